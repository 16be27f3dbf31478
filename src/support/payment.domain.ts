import { ageBand, ageOn, dayTurning, latestBirth } from '../kernel/age.js';
import type { AgeBand, BirthDate } from '../kernel/age.js';
import { addDays, contains, daysBetween, daysInMonth, firstOfMonth, intersect, monthOf } from '../kernel/civil-date.js';
import type { CivilDate, CivilMonth, DayRange } from '../kernel/civil-date.js';
import { monthAmount } from '../kernel/money.js';
import type { Riel } from '../kernel/money.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import type { CareKind, CareNights } from './entitlement.domain.js';

/** What one month of care costs, for whom and when. */
export interface Rate {
  readonly id: string;
  readonly careKind: CareKind;
  readonly ageBand: AgeBand;
  readonly specialNeed: boolean;
  readonly urban: boolean;
  readonly riel: Riel;
  readonly during: DayRange;
}

/** What a rate is chosen by, beside the care kind: age, and days on which a special need was assessed. */
export interface RatedChild {
  readonly birth: BirthDate;
  readonly specialNeed: readonly DayRange[];
}

/** Nights of one line at one rate. */
export interface LinePart {
  readonly rateId: string;
  readonly riel: Riel;
  readonly nights: number;
}

/** What is owed to one family (null: at home) for one month of one child. */
export interface Owed {
  readonly month: CivilMonth;
  readonly familyId: string | null;
  readonly nights: number;
  readonly riel: Riel;
  readonly parts: readonly LinePart[];
}

/** What was approved before for the same month, child and family: one line or several added up. */
export interface Settled {
  readonly month: CivilMonth;
  readonly familyId: string | null;
  readonly nights: number;
  readonly riel: Riel;
  /** The latest of them, which a correction names. */
  readonly lineId: string;
}

export type LineKind = 'regular' | 'arrears' | 'adjustment';

/** A line that a run pays. */
export interface Line extends Owed {
  readonly kind: LineKind;
  /** The line that it corrects. */
  readonly adjusts: string | null;
}

/** Something that a person must look at; nothing is held back for it. */
export interface Overpaid {
  readonly month: CivilMonth;
  readonly familyId: string | null;
  readonly nights: number;
  readonly riel: Riel;
}

const OLDEST = 21;

/** The days on which this child's rate may change beside the first of a month: birthdays, needs, new rates. */
function turningDays(child: RatedChild, rates: readonly Rate[]): (CivilDate | null)[] {
  const born = latestBirth(child.birth);
  const birthdays = Array.from({ length: OLDEST }, (_, years) => dayTurning(born, years + 1));
  return [...new Set([...birthdays, ...child.specialNeed.flatMap(({ from, to }) => [from, to]), ...rates.flatMap(({ during }) => [during.from, during.to])])];
}

/** The days in a range on which a part of a line begins. */
function cuts(range: { readonly from: CivilDate; readonly to: CivilDate }, turning: readonly (CivilDate | null)[]): CivilDate[] {
  const days = new Set<CivilDate>([range.from]);
  for (const day of turning) if (day !== null && day > range.from && day < range.to) days.add(day);
  for (let first = firstOfMonth(range.from); first < range.to; first = addDays(first, daysInMonth(first))) if (first > range.from) days.add(first);
  return [...days].sort();
}

/** The rate of one night. */
function rateOn(night: CivilDate, care: CareNights, urban: boolean, child: RatedChild, rates: readonly Rate[]): Rate | undefined {
  const band = ageBand(ageOn(latestBirth(child.birth), night));
  const specialNeed = child.specialNeed.some((during) => contains(during, night));
  return rates.find(
    (rate) => rate.careKind === care.careKind && rate.ageBand === band && rate.specialNeed === specialNeed && rate.urban === urban && contains(rate.during, night),
  );
}

/**
 * What is owed for these nights up to the end of `last`, one sum a month and family. The start day counts, the end day
 * does not; a change of rate splits the month; the parts are added exactly and rounded once, half-up to 100 riel.
 * Refuses RATE_MISSING with the care kind and the month, never with the child.
 */
export function owed(
  nights: readonly CareNights[],
  child: RatedChild,
  rates: readonly Rate[],
  isUrban: (familyId: string | null) => boolean,
  last: CivilMonth,
): Result<Owed[], 'RATE_MISSING'> {
  const end = addDays(firstOfMonth(last), daysInMonth(last));
  const turning = turningDays(child, rates);
  const sums = new Map<string, { month: CivilMonth; familyId: string | null; parts: Map<string, LinePart> }>();
  for (const care of nights) {
    const during = intersect(care.during, { from: care.during.from, to: end });
    if (during === undefined || during.to === null) continue;
    const range = { from: during.from, to: during.to };
    const starts = cuts(range, turning);
    for (const [i, from] of starts.entries()) {
      const rate = rateOn(from, care, isUrban(care.familyId), child, rates);
      if (rate === undefined) return refuse('RATE_MISSING', { careKind: care.careKind, month: monthOf(from) });
      const month = monthOf(from);
      const key = `${month} ${care.familyId ?? ''}`;
      const sum = sums.get(key) ?? { month, familyId: care.familyId, parts: new Map<string, LinePart>() };
      const before = sum.parts.get(rate.id)?.nights ?? 0;
      sum.parts.set(rate.id, { rateId: rate.id, riel: rate.riel, nights: before + daysBetween(from, starts[i + 1] ?? range.to) });
      sums.set(key, sum);
    }
  }
  return ok([...sums.values()].map(({ month, familyId, parts }) => sumUp(month, familyId, [...parts.values()])));
}

function sumUp(month: CivilMonth, familyId: string | null, parts: readonly LinePart[]): Owed {
  return {
    month,
    familyId,
    nights: parts.reduce((all, { nights }) => all + nights, 0),
    riel: monthAmount(parts.map(({ riel, nights }) => ({ rate: riel, nights })), daysInMonth(month)),
    parts,
  };
}

/**
 * The lines of a run for `month`: what is owed and was never approved is regular, or arrears of an earlier month; what
 * was approved too low is put right by an adjustment that names the line. What was approved too high is only told: to
 * take money back is a person's decision, after hearing the family.
 */
export function linesOf(month: CivilMonth, due: readonly Owed[], settled: readonly Settled[]): { readonly lines: Line[]; readonly overpaid: Overpaid[] } {
  const keyOf = (each: { readonly month: CivilMonth; readonly familyId: string | null }): string => `${each.month} ${each.familyId ?? ''}`;
  const before = new Map(settled.map((each) => [keyOf(each), each]));
  const lines: Line[] = [];
  const overpaid: Overpaid[] = [];
  for (const each of due) {
    const paid = before.get(keyOf(each));
    before.delete(keyOf(each));
    if (paid === undefined) {
      lines.push({ ...each, kind: each.month === month ? 'regular' : 'arrears', adjusts: null });
    } else if (each.riel > paid.riel || (each.riel === paid.riel && each.nights !== paid.nights)) {
      lines.push({ ...each, kind: 'adjustment', nights: each.nights - paid.nights, riel: each.riel - paid.riel, adjusts: paid.lineId });
    } else if (each.riel < paid.riel) {
      overpaid.push({ month: each.month, familyId: each.familyId, nights: paid.nights - each.nights, riel: paid.riel - each.riel });
    }
  }
  for (const { month: paidMonth, familyId, nights, riel } of before.values()) if (riel > 0n) overpaid.push({ month: paidMonth, familyId, nights, riel });
  return { lines, overpaid };
}
