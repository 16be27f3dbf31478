import { monthOf } from '../../kernel/civil-date.js';
import type { CivilDate, CivilMonth } from '../../kernel/civil-date.js';
import { sealField } from '../../platform/field-crypto.js';
import type { FieldKeys } from '../../platform/field-crypto.js';
import { entitledStretches, payableNights, shortResidentialStays } from '../../support/entitlement.domain.js';
import type { ChildTimeline, Stay as PaidStay } from '../../support/entitlement.domain.js';
import { linesOf, owed } from '../../support/payment.domain.js';
import type { Line, Owed, Settled } from '../../support/payment.domain.js';
import type { RunRules } from '../../support/run.domain.js';
import { days, json } from '../copy.js';
import type { Sheet } from '../copy.js';
import type { Stream } from '../random.js';
import type { Described } from './files.js';
import type { Life } from './life.js';
import { moment } from './pen.js';
import type { Pen } from './pen.js';
import { Runs, SCHEME } from './runs.js';
import type { Run } from './runs.js';

/** What money depends on, as the register has it before anybody is paid. */
export interface Treasury {
  readonly rules: RunRules;
  /** The kind of each commune: a sangkat counts as town. */
  readonly communeTypes: ReadonlyMap<string, string>;
  /** Human numbers of families. */
  readonly familyNumbers: ReadonlyMap<string, number>;
  /** With keys, accounts are sealed as the register seals them; without, everybody is paid in cash. */
  readonly fieldKeys?: FieldKeys;
}

const LINES = [
  'id', 'run_id', 'office_id', 'scheme_code', 'child_id', 'child_number', 'family_id', 'family_number', 'payee_id', 'month', 'kind', 'nights', 'riel', 'parts', 'adjusts',
] as const;

/** Writes entitlements, payees and what was paid month by month, all of it by the rules of the room that pays. */
export class Money {
  readonly runs: Runs;
  readonly #payees = new Map<string, string>();
  readonly #entitlements: Sheet<'id' | 'child_id' | 'scheme_code' | 'during' | 'stop'>;
  readonly #payeeSheet: Sheet<'id' | 'family_id' | 'child_id' | 'office_id' | 'name' | 'method' | 'account' | 'set_on' | 'set_at'>;
  readonly #lines: Sheet<(typeof LINES)[number]>;
  readonly #warnings: Sheet<'id' | 'run_id' | 'office_id' | 'code' | 'child_number' | 'family_number' | 'on_day' | 'nights' | 'riel'>;

  constructor(
    private readonly pen: Pen,
    private readonly treasury: Treasury,
  ) {
    const { sheets } = pen;
    this.runs = new Runs(pen);
    this.#entitlements = sheets.sheet('support.entitlements', ['id', 'child_id', 'scheme_code', 'during', 'stop']);
    this.#payeeSheet = sheets.sheet('support.payees', ['id', 'family_id', 'child_id', 'office_id', 'name', 'method', 'account', 'set_on', 'set_at']);
    this.#lines = sheets.sheet('support.lines', LINES);
    this.#warnings = sheets.sheet('support.warnings', ['id', 'run_id', 'office_id', 'code', 'child_number', 'family_number', 'on_day', 'nights', 'riel']);
  }

  /** Writes what a child is entitled to, and what was paid for her. */
  write(life: Life, offices: readonly string[], rated: Described): void {
    const { rules } = this.treasury;
    const timeline = timelineOf(life, life.stays);
    const stretches = entitledStretches(timeline, rules);
    if (stretches.length === 0) return;
    const random = this.pen.stream('money', life.child.id);
    for (const { during, stop } of stretches) this.#entitlement(life, during, stop, random);
    const due = this.#due(life, timeline, rated);
    if (due.length === 0) return;
    this.#pay(life, offices, rated, due, random);
    const first = due[0]?.month ?? '';
    for (const onDay of shortResidentialStays(timeline, rules, rules.shortNights)) if (monthOf(onDay) >= first) this.#warn(life, offices, due, onDay, random);
  }

  #entitlement({ child, stays }: Life, during: { readonly from: CivilDate; readonly to: CivilDate }, stop: string, random: Stream): void {
    const opened = stays.find(({ from }) => from === during.from)?.recordedOn ?? this.pen.late(during.from, 1);
    const id = random.id(opened);
    this.#entitlements.add({ id, child_id: child.id, scheme_code: SCHEME, during: days(during.from, during.to), stop });
    const act = (reason: string, on: CivilDate, recordedOn: CivilDate): void => {
      this.pen.chronicle.act(random, { act: 'system:support.entitlements', by: 'support.entitlements', subject: ['entitlement', id], about: child.id, on, recordedOn, reason });
    };
    act('opened', during.from, opened);
    const ended = stays.find(({ from }) => from === during.to);
    if (ended !== undefined && stop !== 'age') act('moved', during.from, ended.recordedOn);
  }

  /** Everything owed for the nights until the end of last month, as the register knows them. */
  #due(life: Life, timeline: ChildTimeline, { homeArea, specialNeed }: Described): Owed[] {
    const { rules, communeTypes } = this.treasury;
    const nights = payableNights(timeline, rules, this.pen.country.today);
    const areas = new Map(life.placements.map(({ family }) => [family.id, family.areaCode]));
    const isTown = (familyId: string | null): boolean => {
      const area = familyId === null ? homeArea : areas.get(familyId);
      return rules.townCommunes.includes(communeTypes.get(area?.slice(0, 6) ?? '') ?? '');
    };
    const due = owed(nights, { birth: life.child.birth, specialNeed }, rules.rates, isTown, this.runs.lastMonth);
    if (!due.ok) throw new Error(`There is no rate for ${JSON.stringify(due.details)}.`);
    return [...due.value].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
  }

  /** Month by month what the runs paid: some were told of a child too late, and paid for her a month after. */
  #pay(life: Life, offices: readonly string[], rated: Described, due: readonly Owed[], random: Stream): void {
    const months = [...new Set(due.map(({ month }) => month))];
    const first = months[0] ?? '';
    const late = life.stays.some(({ from, recordedOn, kind, placement }) => (kind === 'home' || placement !== null) && monthOf(from) === first && recordedOn > this.runs.dayOf(first)) ? first : undefined;
    const corrected = this.#asFirstKnown(life, rated, due);
    const settled: Settled[] = [];
    for (const month of months) {
      const known = due.filter((each) => each.month <= month && !(each.month === late && month === late)).map((each) => (each.month === month ? (corrected.get(keyOf(each)) ?? each) : each));
      for (const line of linesOf(month, known, settled).lines) {
        const run = this.runs.of(this.#officeOf(life, offices, line), month);
        if (run === undefined) continue;
        const id = this.#line(life, run, this.#officeOf(life, offices, line), line, random);
        add(settled, { month: line.month, familyId: line.familyId, nights: line.nights, riel: line.riel, lineId: id });
      }
    }
  }

  /** What was owed by what the register said at first, where the day of a move was put right after the month was paid. */
  #asFirstKnown(life: Life, rated: Described, due: readonly Owed[]): ReadonlyMap<string, Owed> {
    const { correction } = life;
    if (correction === null || due.length === 0) return new Map();
    const stays = life.stays.map((stay, i) => (stay.id === correction.stayId ? { ...stay, from: correction.was } : life.stays[i + 1]?.id === correction.stayId ? { ...stay, to: correction.was } : stay));
    const first = this.#due(life, timelineOf(life, stays), rated);
    return new Map(first.filter(({ month }) => month === monthOf(correction.was)).map((each) => [keyOf(each), each]));
  }

  #line({ child }: Life, run: Run, officeId: string, line: Line, random: Stream): string {
    const id = random.id(run.day);
    this.#lines.add({
      id, run_id: run.id, office_id: officeId, scheme_code: SCHEME, child_id: child.id, child_number: child.number, family_id: line.familyId,
      family_number: line.familyId === null ? null : this.treasury.familyNumbers.get(line.familyId), payee_id: this.#payees.get(line.familyId ?? child.id), month: `${line.month}-01`, kind: line.kind,
      nights: line.nights, riel: line.riel, parts: json(line.parts.map((part) => ({ ...part, riel: part.riel.toString() }))), adjusts: line.adjusts,
    });
    return id;
  }

  #warn(life: Life, offices: readonly string[], due: readonly Owed[], onDay: CivilDate, random: Stream): void {
    const line = due.find(({ month }) => month === monthOf(onDay));
    if (line === undefined) return;
    const officeId = this.#officeOf(life, offices, line);
    const run = this.runs.of(officeId, line.month);
    if (run === undefined) return;
    this.#warnings.add({
      id: random.id(run.day), run_id: run.id, office_id: officeId, code: 'short_residential_stay', child_number: life.child.number,
      family_number: line.familyId === null ? null : this.treasury.familyNumbers.get(line.familyId), on_day: onDay, nights: null, riel: null,
    });
  }

  /** Which office pays: the family's, or the child's own where she is at home; with it, to whom. */
  #officeOf(life: Life, offices: readonly string[], { familyId, month }: { readonly familyId: string | null; readonly month: CivilMonth }): string {
    const placement = life.placements.find(({ family }) => family.id === familyId);
    const home = life.stays.findLastIndex(({ kind, placement: inside, from }) => kind === 'home' && inside === null && from.slice(0, 7) <= month);
    const officeId = placement?.family.officeId ?? offices[home] ?? offices.at(-1) ?? '';
    const payee = familyId ?? life.child.id;
    const since = placement?.family.approvals[0]?.from ?? life.stays[home]?.from ?? life.child.registeredOn;
    if (!this.#payees.has(payee)) this.#payees.set(payee, this.#payee(life, familyId, officeId, since));
    return officeId;
  }

  #payee({ child, placements, household }: Life, familyId: string | null, officeId: string, from: CivilDate): string {
    const random = this.pen.stream('payee', familyId ?? child.id);
    const on = this.pen.late(from, random.between(0, 3));
    const id = random.id(on);
    const { fieldKeys } = this.treasury;
    const family = placements.find((placement) => placement.family.id === familyId)?.family;
    const number = `${random.between(100, 999)}${random.between(100_000, 999_999)}`;
    const account = fieldKeys !== undefined && random.chance(0.55) ? sealField(fieldKeys, { table: 'support.payees', field: 'account', rowId: id }, number) : null;
    const method = account === null ? 'cash' : 'bank';
    this.#payeeSheet.add({
      id, family_id: familyId, child_id: familyId === null ? child.id : null, office_id: officeId, name: family?.nameLatin ?? family?.nameKm ?? household.family[1], method, account, set_on: on,
      set_at: moment(on, 0),
    });
    const by = this.pen.serving('finance_officer', officeId, on, id);
    this.pen.chronicle.act(random, { act: 'payee.set', by, subject: ['payee', id], about: familyId ?? child.id, on, reason: method });
    return id;
  }
}

/** A life as payment reads a timeline. */
function timelineOf({ child, diedOn }: Life, stays: readonly Life['stays'][number][]): ChildTimeline {
  return {
    birth: child.birth, diedOn,
    stays: stays.map(({ kind, from, to, placement }): PaidStay => ({
      kind, during: { from, to }, placed: placement === null ? null : { placementId: placement.id, familyId: placement.family.id, careKind: placement.careKind },
    })),
  };
}

function keyOf({ month, familyId }: { readonly month: CivilMonth; readonly familyId: string | null }): string {
  return `${month} ${familyId ?? ''}`;
}

/** Lines of one month and family as one sum, which the latest stands for: as a run adds them up. */
function add(settled: Settled[], line: Settled): void {
  const at = settled.findIndex((one) => keyOf(one) === keyOf(line));
  const before = settled[at];
  if (before === undefined) settled.push(line);
  else settled[at] = { ...line, nights: before.nights + line.nights, riel: before.riel + line.riel };
}
