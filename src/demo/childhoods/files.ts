import { addDays, addWorkingDays, maxDate } from '../../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../../kernel/civil-date.js';
import { nameKeys } from '../../kernel/khmer.js';
import { days } from '../copy.js';
import type { Sheet } from '../copy.js';
import type { Stream } from '../random.js';
import { CIVIL_REGISTRATION } from './odds.js';
import { fraction } from './households.js';
import type { Life } from './life.js';
import type { Pen } from './pen.js';
import { RISK_REASONS, VIEWS } from './texts.js';
import type { Period } from './timelines.js';

const CHILDREN = [
  'id', 'number', 'name_km', 'name_latin', 'sex', 'birth_date', 'birth_precision', 'birth_basis', 'office_id', 'origin_office_id', 'institution_id', 'home_area_code', 'religion', 'languages',
  'main_reason', 'reasons', 'parental_status', 'civil_registration', 'disability', 'died_on', 'registered_on', 'first_seen_on', 'last_seen_on', 'version',
] as const;
const NEEDS: readonly (readonly [kind: string, weight: number])[] = [
  ['learning_support', 26], ['behaviour_support', 17], ['daily_medicine', 12], ['monthly_clinic', 12], ['special_school', 7], ['therapy', 7], ['low_vision', 5], ['special_diet', 4], ['sign_language', 4],
  ['wheelchair', 3], ['night_care', 3],
];

/** The setting support.special_need_level. */
const SPECIAL_LEVEL = 2;

/** A child as her file says it, as far as money and matching ask. */
export interface Described {
  readonly homeArea: string | null;
  readonly languages: readonly string[];
  readonly religion: string | null;
  readonly needs: readonly { readonly kind: string; readonly level: number }[];
  /** Days on which a need earns the special rate. */
  readonly specialNeed: readonly DayRange[];
  readonly riskAreas: readonly string[];
}

/** Writes who children are: the form, names as they are looked for, needs, legal bases, what they said, whom they must not meet. */
export class Files {
  readonly #children: Sheet<(typeof CHILDREN)[number]>;
  readonly #keys: Sheet<'key' | 'child_id'>;
  readonly #bases: Sheet<'id' | 'child_id' | 'kind' | 'number' | 'decided_on' | 'during'>;
  readonly #needs: Sheet<'id' | 'child_id' | 'kind' | 'level' | 'during'>;
  readonly #views: Sheet<'id' | 'child_id' | 'heard_on' | 'heard_by' | 'alone' | 'text'>;
  readonly #risks: Sheet<'id' | 'child_id' | 'family_id' | 'adult_name' | 'area_code' | 'during' | 'reason'>;
  readonly #objections: Sheet<'child_id' | 'family_id' | 'on_day'>;

  constructor(private readonly pen: Pen) {
    const { sheets } = pen;
    this.#children = sheets.sheet('children.children', CHILDREN);
    this.#keys = sheets.sheet('children.name_keys', ['key', 'child_id']);
    this.#bases = sheets.sheet('children.legal_bases', ['id', 'child_id', 'kind', 'number', 'decided_on', 'during']);
    this.#needs = sheets.sheet('children.needs', ['id', 'child_id', 'kind', 'level', 'during']);
    this.#views = sheets.sheet('children.views', ['id', 'child_id', 'heard_on', 'heard_by', 'alone', 'text']);
    this.#risks = sheets.sheet('children.contact_risks', ['id', 'child_id', 'family_id', 'adult_name', 'area_code', 'during', 'reason']);
    this.#objections = sheets.sheet('children.objections', ['child_id', 'family_id', 'on_day']);
  }

  /** Writes the file of a child as it stands today. Gives what later parts ask of it. */
  write(life: Life, offices: readonly string[], periods: readonly Period[]): Described {
    const random = this.pen.stream('file', life.child.id);
    const described = this.pen.late(life.child.registeredOn, random.between(1, 25));
    const hasForm = random.chance(0.93);
    const homeArea = hasForm && random.chance(0.86) ? life.household.homeArea : null;
    this.#form(life, offices, random, { hasForm, home: homeArea });
    this.#register(life, offices, random);
    if (hasForm) this.#describe(life, offices, random, described);
    this.#basis(life, offices, periods, random, described);
    const needs = random.chance(0.32) ? this.#need(life, offices, random, described) : [];
    if (random.chance(0.16)) this.#view(life, offices, random, this.pen.late(described, random.between(5, 200)));
    const riskAreas = this.#risk(life, offices, random, described);
    this.#objection(life, offices, random);
    return {
      homeArea, needs, riskAreas, languages: hasForm ? life.household.languages : [], religion: hasForm ? life.household.religion : null,
      specialNeed: needs.filter(({ level }) => level >= SPECIAL_LEVEL).map(({ during }) => during),
    };
  }

  #form(
    { child, household, stays, diedOn }: Life, offices: readonly string[], random: Stream, { hasForm, home }: { readonly hasForm: boolean; readonly home: string | null },
  ): void {
    const origin = home === null ? null : this.pen.country.places.officeFor(home).id;
    const seen = maxDate(child.registeredOn, addDays(this.pen.last, -random.between(0, 120)));
    this.#children.add({
      id: child.id, number: child.number, name_km: child.nameKm, name_latin: child.nameLatin, sex: child.sex, birth_date: child.birth.date, birth_precision: child.birth.precision,
      birth_basis: child.birthBasis, office_id: offices.at(-1), origin_office_id: origin === offices[0] && origin === offices.at(-1) ? null : origin,
      institution_id: diedOn === null ? stays.at(-1)?.institution?.id : null, home_area_code: home, religion: hasForm ? household.religion : null,
      languages: hasForm ? household.languages : [], main_reason: hasForm ? household.mainReason : null, reasons: hasForm ? household.reasons : [],
      parental_status: hasForm ? household.parents : 'unknown', civil_registration: hasForm ? random.weighted(CIVIL_REGISTRATION) : 'unknown',
      disability: hasForm ? (household.mainReason === 'disability' && child.index === 0) || random.chance(0.03) : null, died_on: diedOn,
      registered_on: child.registeredOn, first_seen_on: child.registeredOn, last_seen_on: diedOn === null ? seen : child.registeredOn, version: hasForm ? 3 : 1,
    });
    for (const key of nameKeys(child.nameKm, child.nameLatin)) this.#keys.add({ key, child_id: child.id });
  }

  /** Staff of the institution notify her where somebody is posted there, else the office registers her. */
  #register({ child, stays }: Life, offices: readonly string[], random: Stream): void {
    const house = stays.findLast(({ from, institution }) => institution !== null && from <= child.registeredOn)?.institution ?? null;
    const [para] = house === null ? [] : this.pen.country.roster.posted('para_social_worker', house.id, child.registeredOn);
    const by = para !== undefined && random.chance(0.8) ? para : this.pen.serving('social_worker', house?.officeId ?? offices[0] ?? '', child.registeredOn, child.id);
    this.pen.chronicle.act(random, { act: 'resident.register', by, subject: ['child', child.id], on: stays[0]?.from ?? child.registeredOn, recordedOn: child.registeredOn });
  }

  #describe({ child }: Life, offices: readonly string[], random: Stream, on: CivilDate): void {
    const by = this.pen.serving('social_worker', offices[0] ?? '', on, child.id);
    const subject = ['child', child.id] as const;
    this.pen.chronicle.act(random, { act: 'child.describe', by, subject, on, changed: ['home_area_code', 'religion', 'languages', 'civil_registration', 'disability'] });
    this.pen.chronicle.act(random, { act: 'child.recordReasons', by, subject, on, changed: ['main_reason', 'reasons', 'parental_status'] });
  }

  /** By what she is in care: often an agreement, seldom a court; of some nobody knows, and a supervisor looks for it. */
  #basis({ child }: Life, offices: readonly string[], periods: readonly Period[], random: Stream, on: CivilDate): void {
    const [period] = periods;
    const kind = random.weighted([['parents_agreement', 46], ['authority_order', 27], ['court_decision', 5], ['none_known', 1.6], [null, 20]] as const);
    if (period === undefined || kind === null) return;
    const by = this.pen.serving('social_worker', offices[0] ?? '', on, child.id);
    const act = (reason: string, day: CivilDate): string => this.pen.chronicle.act(random, { act: 'child.recordLegalBasis', by, subject: ['child', child.id], on: day, recordedOn: on, reason, changed: ['legal_bases'] });
    if (kind !== 'none_known') {
      const number = kind === 'court_decision' || random.chance(0.6) ? `${offices.length}${random.between(10, 999)}/${period.from.slice(2, 4)}` : null;
      this.#bases.add({ id: random.id(on), child_id: child.id, kind, number, decided_on: period.from, during: days(period.from, period.to) });
      act(kind, period.from);
      return;
    }
    this.#bases.add({ id: random.id(on), child_id: child.id, kind, number: null, decided_on: null, during: days(on, null) });
    act(kind, on);
    const due = addWorkingDays(on, 5, this.pen.country.holidays);
    this.pen.chronicle.task(random, {
      kind: 'children.legal_basis_missing', subject: ['child', child.id], about: child.id, to: { role: 'supervisor', office: offices[0] ?? '' }, openedOn: on, due, escalatedOn: this.pen.escalation(due),
    });
  }

  /** Writes what she needs. */
  #need({ child, household, diedOn }: Life, offices: readonly string[], random: Stream, on: CivilDate): { readonly kind: string; readonly level: number; readonly during: DayRange }[] {
    const needs: { kind: string; level: number; during: DayRange }[] = [];
    const during = { from: on, to: diedOn === null ? null : maxDate(addDays(on, 1), addDays(diedOn, 1)) };
    const first = household.mainReason === 'hiv_affected' ? 'daily_medicine' : random.weighted(NEEDS);
    const kinds = new Set([first, ...(random.chance(0.25) ? [random.weighted(NEEDS)] : [])]);
    for (const kind of kinds) {
      const level = random.weighted([[1, 58], [2, 34], [3, 8]]);
      this.#needs.add({ id: random.id(on), child_id: child.id, kind, level, during: days(during.from, during.to) });
      needs.push({ kind, level, during });
    }
    this.pen.chronicle.act(random, { act: 'child.recordNeeds', by: this.pen.serving('social_worker', offices[0] ?? '', on, child.id), subject: ['child', child.id], on, changed: ['needs'] });
    return needs;
  }

  #view({ child, diedOn }: Life, offices: readonly string[], random: Stream, on: CivilDate): void {
    if (diedOn !== null && on > diedOn) return;
    const by = this.pen.serving('social_worker', offices[0] ?? '', on, child.id);
    const alone = random.chance(0.85);
    this.#views.add({ id: random.id(on), child_id: child.id, heard_on: on, heard_by: by.accountId, alone, text: random.pick(VIEWS) });
    this.pen.chronicle.act(random, { act: 'child.recordView', by, subject: ['child', child.id], on, reason: alone ? 'alone' : 'with_others', changed: ['views'] });
  }

  #risk({ child, household }: Life, offices: readonly string[], random: Stream, on: CivilDate): string[] {
    const dangerous = ['abuse', 'trafficking', 'exploitation'].includes(household.mainReason);
    if (fraction(random) > (dangerous ? 0.55 : 0.004)) return [];
    const place = random.chance(0.4);
    this.#risks.add({
      id: random.id(on), child_id: child.id, family_id: null, adult_name: place ? null : `${household.family[1]} ${random.pick(['Sarin', 'Vuth', 'Chan', 'Tola'])}`,
      area_code: place ? household.homeArea : null, during: days(on, null), reason: random.pick(RISK_REASONS),
    });
    this.pen.chronicle.act(random, { act: 'child.recordContactRisk', by: this.pen.serving('social_worker', offices[0] ?? '', on, child.id), subject: ['child', child.id], on, changed: ['contact_risks'] });
    return place ? [household.homeArea] : [];
  }

  /** Some of those who asked to leave a family say that they do not want to go back to it. */
  #objection({ child, placements }: Life, offices: readonly string[], random: Stream): void {
    const left = placements.find(({ endReason }) => endReason === 'child_asked');
    if (left === undefined || left.endedOn === null || !random.chance(0.6)) return;
    const on = this.pen.late(left.endedOn, 3);
    this.#objections.add({ child_id: child.id, family_id: left.family.id, on_day: on });
    const by = this.pen.serving('social_worker', offices.at(-1) ?? '', on, child.id);
    this.pen.chronicle.act(random, { act: 'child.recordObjection', by, subject: ['child', child.id], about: left.family.id, on, changed: ['objections'] });
  }
}
