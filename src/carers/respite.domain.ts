import { addDays, compareDates, daysBetween, maxDate, minDate, overlaps } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** Nights from the first until the morning after the last. */
export interface Nights {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** How many of these nights begin in a calendar year. */
export function nightsOfYear({ from, to }: Nights, year: number): number {
  const first = maxDate(from, `${year}-01-01` as CivilDate);
  const end = minDate(to, `${year + 1}-01-01` as CivilDate);
  return Math.max(0, daysBetween(first, end));
}

/** The years in which these nights lie, the first first. */
export function yearsOf({ from, to }: Nights): number[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(addDays(to, -1).slice(0, 4))];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** How many nights of a year are left; a year in which more was given has none left. */
export function leftOf(year: number, taken: readonly Nights[], entitled: number): number {
  return Math.max(0, entitled - taken.reduce((sum, nights) => sum + nightsOfYear(nights, year), 0));
}

export type RespiteRefusal = 'RESPITE_REVERSED' | 'RESPITE_OVERLAPS' | 'RESPITE_EXCEEDED';

/** May the family have these nights? `entitled` by year; `mayExceed` where a supervisor has said why. */
export function mayRest(wanted: Nights, taken: readonly Nights[], entitled: ReadonlyMap<number, number>, mayExceed: boolean): Result<{ readonly exceeds: boolean }, RespiteRefusal> {
  if (compareDates(wanted.to, wanted.from) <= 0) return refuse('RESPITE_REVERSED');
  const other = taken.find((one) => overlaps(one, wanted));
  if (other !== undefined) return refuse('RESPITE_OVERLAPS', { from: other.from, to: other.to });
  const short = yearsOf(wanted).find((year) => nightsOfYear(wanted, year) > leftOf(year, taken, entitled.get(year) ?? 0));
  if (short !== undefined && !mayExceed) return refuse('RESPITE_EXCEEDED', { year: String(short), entitled: entitled.get(short) ?? 0, left: leftOf(short, taken, entitled.get(short) ?? 0) });
  return ok({ exceeds: short !== undefined });
}
