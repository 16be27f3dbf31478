import { addDays, addMonths, intersect, maxDate, minDate } from '../../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../../kernel/civil-date.js';
import { nameKeys } from '../../kernel/khmer.js';
import type { FieldKeys } from '../../platform/field-crypto.js';
import type { Chronicle } from '../chronicle.js';
import { days } from '../copy.js';
import type { Sheet, Sheets } from '../copy.js';
import type { Stream } from '../random.js';
import type { DemoAdult, DemoApproval, DemoFamily, DemoLand } from '../world.js';
import type { Classroom } from './classroom.js';
import { Desk } from './desk.js';
import { Dossiers } from './dossier.js';
import type { Dossier, DossierWish } from './dossier.js';
import type { Enquiries } from './enquiries.js';
import { Appeals } from './appeals.js';
import type { Move, MoveKind, Moves } from './moves.js';
import { Sides } from './side.js';
import { NEEDS, drawHousehold, drawNewcomer } from './household.js';
import type { Household } from './household.js';
import { planFamily } from './plan.js';
import type { FamilyPlan, Stage } from './plan.js';

const FAMILY = [
  'id', 'kind', 'name_km', 'name_latin', 'phone', 'area_code', 'office_id', 'languages', 'religion', 'own_children', 'experience', 'school_area_code', 'opened_on', 'closed_on',
  'closed_why', 'version',
] as const;
const ADULT = ['id', 'family_id', 'office_id', 'name_km', 'name_latin', 'sex', 'birth_date', 'birth_precision', 'carer', 'during'] as const;
const STANDING = ['id', 'family_id', 'adult_id', 'code', 'during', 'source_id', 'reason', 'confidential'] as const;
const SUSPENSION = ['id', 'family_id', 'reason', 'from_on', 'lifted_on'] as const;
const TERMS = ['id', 'family_id', 'during', 'source_id', 'places', 'youngest', 'oldest', 'sexes', 'needs', 'care_kinds'] as const;
const PLACE = ['family_id', 'slot', 'during', 'basis', 'source_id'] as const;

/** The settings recruitment.approval_months and recruitment.places_limit. */
const APPROVAL_MONTHS = 12;
const MOST_PLACES = { foster: 3, kinship: 3, family_house: 10 } as const;
const CONFIDENTIAL = new Set(['allegation', 'contact_risk', 'conviction', 'health']);

/** What is fixed about a family beforehand. */
export interface FamilyWish {
  readonly stage: Stage;
  readonly kind: DemoFamily['kind'];
  readonly areaCode: string;
  readonly places?: number;
  readonly full?: true;
  /** How it moved lately; it is drawn where this is not said. */
  readonly moved?: MoveKind;
  /** Approved between so many months ago, where it matters. */
  readonly approvedAgo?: readonly [most: number, least: number];
}

type Certificate = DayRange & { readonly id: string };

/** Writes families with everything that happened to them, as recruitment, training and the supervisors would have. */
export class Families {
  readonly #dossiers: Dossiers;
  readonly #appeals: Appeals;
  readonly #sides: Sides;
  readonly #family: Sheet<(typeof FAMILY)[number]>;
  readonly #keys: Sheet<'family_id' | 'key'>;
  readonly #adult: Sheet<(typeof ADULT)[number]>;
  readonly #standing: Sheet<(typeof STANDING)[number]>;
  readonly #suspension: Sheet<(typeof SUSPENSION)[number]>;
  readonly #terms: Sheet<(typeof TERMS)[number]>;
  readonly #place: Sheet<(typeof PLACE)[number]>;

  constructor(
    private readonly land: DemoLand,
    sheets: Sheets,
    private readonly chronicle: Chronicle,
    private readonly classroom: Classroom,
    private readonly moves: Moves,
    fieldKeys?: FieldKeys,
  ) {
    this.#appeals = new Appeals(land, sheets, chronicle);
    this.#sides = new Sides(land, sheets, chronicle, fieldKeys);
    this.#dossiers = new Dossiers(sheets, chronicle);
    this.#family = sheets.sheet('carers.families', FAMILY);
    this.#keys = sheets.sheet('carers.family_keys', ['family_id', 'key']);
    this.#adult = sheets.sheet('carers.adults', ADULT);
    this.#standing = sheets.sheet('carers.standings', STANDING);
    this.#suspension = sheets.sheet('carers.suspensions', SUSPENSION);
    this.#terms = sheets.sheet('carers.approval_terms', TERMS);
    this.#place = sheets.sheet('carers.family_places', PLACE);
  }

  /** Writes one family. Gives it back where it was approved once. */
  write(random: Stream, wish: FamilyWish, enquiries: Enquiries): DemoFamily | undefined {
    const plan = this.#plan(random, wish);
    const desk = new Desk(this.land, this.land.places.officeFor(wish.areaCode).id, random);
    const home = drawHousehold(random, wish.kind, wish.areaCode, plan.first.receivedOn);
    const enquiryId = enquiries.applied(
      random, desk, { km: home.nameKm, latin: home.nameLatin, phone: home.phone, areaCode: wish.areaCode, on: plan.enquiredOn }, plan.first.receivedOn,
    );
    const certificates = this.#training(random, desk, home, plan);
    const dossier = this.#dossiers.write(random, desk, { familyId: home.id, adults: home.adults, enquiryId }, plan.first, dossierOf(random, wish.stage, plan));
    for (const [adult, during] of dossier.checked) this.#stands(random, home.id, 'check', adult, during, adult);
    const newcomers = wish.stage === 'newcomer' ? [this.#newcomer(random, desk, home, plan)] : [];
    this.#household(home, [...home.adults, ...newcomers], desk, plan);
    if (plan.first.outcome === 'refused' && dossier.panel !== undefined) this.#appeals.write(home, desk.officeId, dossier.applicationId, dossier.panel);
    if (plan.first.outcome !== 'approved') return undefined;
    // The tour and the journey count on families with wished places as they are.
    const pinned = wish.places !== undefined;
    const move = pinned ? undefined : this.moves.plan(home, desk.officeId, plan, wish.moved);
    const approvals = this.#approve(random, desk, home, plan, dossier, wish.places, move);
    for (const suspended of plan.suspensions) this.#suspend(random, desk, home.id, suspended);
    if (plan.closedOn !== null) this.#close(random, desk, home.id, plan.closedOn, plan.closedWhy);
    if (move !== undefined) this.moves.write(home, move);
    else if (!pinned) this.#sides.write({ home, officeId: desk.officeId, plan, approvals });
    const leaves = move !== undefined && move.fromOffice !== move.toOffice;
    return {
      id: home.id, kind: home.kind, nameKm: home.nameKm, nameLatin: home.nameLatin, phone: home.phone, areaCode: home.areaCode, officeId: desk.officeId, languages: home.languages,
      adults: [...home.adults, ...newcomers], approvals, suspended: plan.suspensions, ready: leaves ? [] : readyOn(home.adults, dossier.checked, certificates, newcomers), closedOn: plan.closedOn,
      workerId: dossier.workerId ?? '', ...(wish.full === undefined ? {} : { full: wish.full }), ...(leaves ? { movesOn: move.on } : {}),
    };
  }

  #plan(random: Stream, { stage, approvedAgo }: FamilyWish): FamilyPlan {
    const { began, today } = this.land;
    for (;;) {
      const plan = planFamily(random, stage, began, today);
      const on = plan.first.endedOn;
      if (approvedAgo === undefined || (on !== null && on >= addMonths(today, -approvedAgo[0]) && on <= addMonths(today, -approvedAgo[1]))) return plan;
    }
  }

  /** Who cares for children goes to a course between the application and the panel; some are only on its list yet. */
  #training(random: Stream, desk: Desk, home: Household, plan: FamilyPlan): ReadonlyMap<string, Certificate> {
    const { stage, first } = plan;
    const who = home.adults.filter(({ carer }) => carer).map((adult) => ({ adult, familyId: home.id }));
    const course = stage === 'certificate_expired' ? 'short' : home.kind === 'kinship' ? 'kin' : 'whole';
    if (stage === 'training') this.classroom.invite(random, desk, course, who, addDays(first.receivedOn, random.between(3, 20)));
    if (first.panelOn === null) return new Map();
    const until = stage === 'certificate_expired' && first.endedOn !== null ? minDate(first.panelOn, addDays(first.endedOn, -27)) : addDays(first.panelOn, -1);
    const certificates = this.classroom.teach(random, desk, course, who, addDays(first.receivedOn, 1), until);
    for (const [adult, certificate] of certificates) this.#stands(random, home.id, 'certificate', adult, certificate, certificate.id);
    return certificates;
  }

  #household(home: Household, adults: readonly DemoAdult[], { officeId }: Desk, { closedOn, closedWhy }: FamilyPlan): void {
    this.#family.add({
      id: home.id, kind: home.kind, name_km: home.nameKm, name_latin: home.nameLatin, phone: home.phone, area_code: home.areaCode, office_id: officeId, languages: home.languages,
      religion: home.religion, own_children: home.ownChildren, experience: home.experience, school_area_code: home.schoolAreaCode, opened_on: home.openedOn, closed_on: closedOn,
      closed_why: closedWhy, version: closedOn === null ? 1 : 2,
    });
    const keys = new Set([home, ...adults].flatMap(({ nameKm, nameLatin }) => nameKeys(nameKm, nameLatin)));
    for (const key of keys) this.#keys.add({ family_id: home.id, key });
    for (const adult of adults) {
      this.#adult.add({
        id: adult.id, family_id: home.id, office_id: officeId, name_km: adult.nameKm, name_latin: adult.nameLatin, sex: adult.sex, birth_date: adult.birthDate,
        birth_precision: adult.birthPrecision, carer: adult.carer, during: days(adult.from, adult.to),
      });
    }
  }

  /** Every approval with its terms and places: the first, the yearly review's, and that of another province. */
  #approve(random: Stream, desk: Desk, home: Household, plan: FamilyPlan, dossier: Dossier, wanted: number | undefined, move?: Move): DemoApproval[] {
    const review = plan.review === null ? undefined : this.#dossiers.write(
      random, desk, { familyId: home.id, adults: home.adults, enquiryId: null }, plan.review, { checks: 'none', signatures: 3, recommended: true, state: 'approved' },
    );
    const terms = drawTerms(random, home, wanted);
    const begun = [{ on: plan.first.endedOn, source: dossier.applicationId }, { on: plan.review?.endedOn ?? null, source: review?.applicationId ?? '' }, { on: move?.reviewed?.on ?? null, source: move?.reviewed?.id ?? '' }]
      .flatMap(({ on, source }) => (on === null ? [] : [{ on, source }]));
    return begun.map(({ on, source }, i): DemoApproval => {
      const next = begun[i + 1]?.on ?? null;
      const lapses = addMonths(on, APPROVAL_MONTHS);
      const to = minDate(lapses, plan.closedOn ?? lapses, next ?? lapses);
      this.#stands(random, home.id, 'approval', null, { from: on, to: minDate(lapses, plan.closedOn ?? lapses) }, source);
      this.#terms.add({
        id: random.id(on), family_id: home.id, during: days(on, to), source_id: source, places: terms.places, youngest: terms.youngest, oldest: terms.oldest, sexes: terms.sexes,
        needs: terms.needs, care_kinds: terms.careKinds,
      });
      for (let slot = 1; slot <= terms.places; slot++) this.#place.add({ family_id: home.id, slot, during: days(on, next ?? plan.closedOn), basis: 'terms', source_id: source });
      return { ...terms, from: on, to };
    });
  }

  #suspend(random: Stream, desk: Desk, familyId: string, during: DayRange): void {
    const reason = random.weighted([['standards', 3], ['own_wish', 4], ['health', 2], ['allegation', 2], ['contact_risk', 1], ['other', 1]]);
    const confidential = CONFIDENTIAL.has(reason);
    const id = random.id(during.from);
    this.#suspension.add({ id, family_id: familyId, reason, from_on: during.from, lifted_on: during.to });
    this.#standing.add({ id: random.id(during.from), family_id: familyId, adult_id: null, code: 'suspension', during: days(during.from, during.to), source_id: id, reason, confidential });
    const subject = ['family', familyId] as const;
    this.chronicle.act(random, { act: 'family.suspend', by: desk.supervisor(during.from), subject, on: during.from, reason: confidential ? 'confidential' : reason });
    if (during.to !== null) this.chronicle.act(random, { act: 'family.liftSuspension', by: desk.supervisor(during.to), subject, on: during.to });
  }

  #close(random: Stream, desk: Desk, familyId: string, on: CivilDate, reason: string | null): void {
    this.chronicle.act(random, { act: 'family.close', by: desk.supervisor(on), subject: ['family', familyId], on, reason, changed: ['closed_on', 'closed_why'] });
  }

  /** An adult who moved in lately and is not checked yet. */
  #newcomer(random: Stream, desk: Desk, home: Household, { first, review }: FamilyPlan): DemoAdult {
    const heardOn = review?.panelOn ?? first.panelOn ?? first.receivedOn;
    const adult = drawNewcomer(random, maxDate(addDays(heardOn, 1), addDays(this.land.today, -random.between(3, 25))));
    this.chronicle.act(random, { act: 'family.addAdult', by: desk.worker(adult.from), subject: ['adult', adult.id], about: home.id, on: adult.from });
    return adult;
  }

  #stands(random: Stream, familyId: string, code: 'approval' | 'certificate' | 'check', adultId: string | null, during: DayRange, source: string): void {
    this.#standing.add({
      id: random.id(during.from), family_id: familyId, adult_id: adultId, code, during: days(during.from, during.to), source_id: source, reason: null, confidential: false,
    });
  }
}

/** What a dossier holds by the stage of its family. */
function dossierOf(random: Stream, stage: Stage, { first }: FamilyPlan): DossierWish {
  switch (stage) {
    case 'received': return { checks: 'none', signatures: 0, recommended: false, state: 'received' };
    case 'checking': return { checks: 'some', signatures: random.between(0, 2), recommended: false, state: 'checking' };
    case 'studying': return { checks: 'all', signatures: random.between(1, 3), recommended: false, state: 'studying' };
    case 'training': return { checks: 'all', signatures: 3, recommended: true, state: 'training' };
    case 'panel': return { checks: 'all', signatures: 3, recommended: true, state: 'panel' };
    case 'withdrawn': return { checks: 'some', signatures: random.between(0, 2), recommended: random.chance(0.6), state: 'withdrawn' };
    case 'check_expired': return { checks: 'short', signatures: 3, recommended: true, state: 'approved' };
    default: return { checks: 'all', signatures: 3, recommended: true, state: first.outcome };
  }
}

function drawTerms(random: Stream, home: Household, wanted: number | undefined): Omit<DemoApproval, keyof DayRange> {
  const youngest = random.weighted([[0, 5], [1, 1], [3, 3], [6, 2]]);
  return {
    places: wanted ?? (home.kind === 'family_house' ? random.between(6, MOST_PLACES.family_house) : random.weighted([[1, 4], [2, 5], [MOST_PLACES[home.kind], 2]])),
    youngest, oldest: Math.max(youngest + 4, random.weighted([[17, 6], [15, 3], [12, 2]])),
    sexes: random.weighted([[['female', 'male'], 8], [['female'], 2], [['male'], 1]] as const),
    needs: [...new Set([...home.experience, ...(random.chance(0.4) ? random.some(NEEDS, random.between(1, 3)) : [])])],
    careKinds: home.kind === 'foster' ? ['foster', ...(random.chance(0.4) ? ['emergency'] : []), ...(random.chance(0.25) ? ['respite'] : [])] : [home.kind],
  };
}

/** The days on which every certificate and check holds. */
function readyOn(adults: readonly DemoAdult[], checked: ReadonlyMap<string, DayRange>, certificates: ReadonlyMap<string, DayRange>, newcomers: readonly DemoAdult[]): DayRange[] {
  let ready: DayRange | undefined;
  for (const [i, during] of adults.flatMap(({ id, carer }) => [checked.get(id), ...(carer ? [certificates.get(id)] : [])]).entries()) {
    if (during === undefined) return [];
    ready = i === 0 ? during : ready === undefined ? undefined : intersect(ready, during);
  }
  if (ready === undefined) return [];
  const [unchecked] = newcomers;
  return [unchecked === undefined ? ready : { from: ready.from, to: maxDate(ready.from, unchecked.from) }];
}
