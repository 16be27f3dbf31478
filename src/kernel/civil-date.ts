/**
 * Civil days in Cambodia as 'YYYY-MM-DD', with no clock and no time zone in them.
 * Day ranges are half-open, [from, to): the start day counts, the end day does not, as with nights paid.
 */

export type CivilDate = string & { readonly __civil: unique symbol };

/** A month, 'YYYY-MM'. */
export type CivilMonth = string;

/** Half-open range of days; `to: null` has no end. `from` equal to `to` is the empty range. */
export type DayRange = { readonly from: CivilDate; readonly to: CivilDate | null };

const DAY_MS = 86_400_000;
/** Asia/Phnom_Penh has been UTC+7 without summer time all through the life of the register. */
const PHNOM_PENH_MS = 7 * 3_600_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_SHAPE = /^(\d{4})-(0[1-9]|1[0-2])$/;

function monthLength(year: number, month: number): number {
  // Day 0 of the next month. Date.UTC knows no time zone, and years from 1900 on are taken as written.
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function make(year: number, month: number, day: number): CivilDate {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return civil(text);
}

/** Year, month (1-12) and day of a civil date. */
export function partsOf(d: CivilDate): { year: number; month: number; day: number } {
  return { year: Number(d.slice(0, 4)), month: Number(d.slice(5, 7)), day: Number(d.slice(8, 10)) };
}

/** Days since 1970-01-01; the number line on which all arithmetic happens. */
function toDayNumber(d: CivilDate): number {
  const { year, month, day } = partsOf(d);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

function fromDayNumber(n: number): CivilDate {
  const at = new Date(n * DAY_MS);
  return make(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}

function requireWhole(n: number, what: string): void {
  if (!Number.isSafeInteger(n)) throw new RangeError(`${what} must be a whole number, not ${n}`);
}

/** Is this text a real day of the calendar, 'YYYY-MM-DD', in the years 1900 to 2200? */
export function isCivilDate(s: unknown): s is CivilDate {
  if (typeof s !== 'string') return false;
  const match = SHAPE.exec(s);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return false;
  return day >= 1 && day <= monthLength(year, month);
}

/** The text as a civil date; throws a RangeError on anything that is not a real day from 1900 to 2200. */
export function civil(s: string): CivilDate {
  if (!isCivilDate(s)) throw new RangeError('not a calendar day between 1900-01-01 and 2200-12-31 (YYYY-MM-DD)');
  return s;
}

/** The civil day in Asia/Phnom_Penh at an instant, whatever the time zone of the server. */
export function todayIn(now: Date): CivilDate {
  const at = new Date(now.getTime() + PHNOM_PENH_MS);
  return make(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}

/** The instant at which a civil day begins in Asia/Phnom_Penh; the end of day D is the start of D + 1. */
export function startOfDay(d: CivilDate): Date {
  return new Date(toDayNumber(d) * DAY_MS - PHNOM_PENH_MS);
}

/** The day `days` later (earlier when negative). Throws a RangeError outside 1900 to 2200. */
export function addDays(d: CivilDate, days: number): CivilDate {
  requireWhole(days, 'days');
  return fromDayNumber(toDayNumber(d) + days);
}

/** The same day `months` later or earlier; the last day of that month where it is shorter (31 January + 1 = 28 February). */
export function addMonths(d: CivilDate, months: number): CivilDate {
  requireWhole(months, 'months');
  const { year, month, day } = partsOf(d);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  return make(toYear, toMonth, Math.min(day, monthLength(toYear, toMonth)));
}

/** Days from `a` to `b`: nights in [a, b). Negative when `b` is earlier. */
export function daysBetween(a: CivilDate, b: CivilDate): number {
  return toDayNumber(b) - toDayNumber(a);
}

/** -1, 0 or 1, for sorting. The text of a civil date sorts as the day does. */
export function compareDates(a: CivilDate, b: CivilDate): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function minDate(first: CivilDate, ...rest: readonly CivilDate[]): CivilDate {
  return rest.reduce((a, b) => (b < a ? b : a), first);
}

export function maxDate(first: CivilDate, ...rest: readonly CivilDate[]): CivilDate {
  return rest.reduce((a, b) => (b > a ? b : a), first);
}

/** The month of a day, 'YYYY-MM'. */
export function monthOf(d: CivilDate): CivilMonth {
  return d.slice(0, 7);
}

/** Is this text a month 'YYYY-MM' of the years 1900 to 2200? */
export function isCivilMonth(s: unknown): s is CivilMonth {
  return typeof s === 'string' && MONTH_SHAPE.test(s) && isCivilDate(`${s}-01`);
}

/** The first day of a month ('YYYY-MM', or the month of a day). Throws a RangeError on another text. */
export function firstOfMonth(month: CivilMonth | CivilDate): CivilDate {
  return civil(`${isCivilDate(month) ? monthOf(month) : month}-01`);
}

/** How many days a month ('YYYY-MM', or the month of a day) has: 28 to 31. */
export function daysInMonth(month: CivilMonth | CivilDate): number {
  const { year, month: number } = partsOf(firstOfMonth(month));
  return monthLength(year, number);
}

/** The day of the week by ISO 8601: 1 is Monday, 7 is Sunday. */
export function weekday(d: CivilDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // 1970-01-01 was a Thursday.
  const index = (((toDayNumber(d) + 3) % 7) + 7) % 7;
  return (index + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** A working day is Monday to Friday and not in `holidays` ('YYYY-MM-DD'). */
export function isWorkingDay(d: CivilDate, holidays: ReadonlySet<string>): boolean {
  return weekday(d) <= 5 && !holidays.has(d);
}

/** The day itself when it is a working day, else the next one that is: where a due date moves to. */
export function nextWorkingDay(d: CivilDate, holidays: ReadonlySet<string>): CivilDate {
  let day = d;
  while (!isWorkingDay(day, holidays)) day = addDays(day, 1);
  return day;
}

/** The day itself when it is a working day, else the last one before it: due dates in the first month and at high risk. */
export function previousWorkingDay(d: CivilDate, holidays: ReadonlySet<string>): CivilDate {
  let day = d;
  while (!isWorkingDay(day, holidays)) day = addDays(day, -1);
  return day;
}

/**
 * The n-th working day after `d` (before it when `n` is negative); `d` itself is never counted, so
 * "within 5 working days" of a Monday is the next Monday. With n = 0: `nextWorkingDay(d)`.
 */
export function addWorkingDays(d: CivilDate, n: number, holidays: ReadonlySet<string>): CivilDate {
  requireWhole(n, 'working days');
  if (n === 0) return nextWorkingDay(d, holidays);
  const step = n > 0 ? 1 : -1;
  let day = d;
  for (let left = Math.abs(n); left > 0; left -= 1) {
    day = addDays(day, step);
    while (!isWorkingDay(day, holidays)) day = addDays(day, step);
  }
  return day;
}

/** A checked range: throws a RangeError when the end is before the start. */
export function dayRange(from: CivilDate, to: CivilDate | null): DayRange {
  if (to !== null && to < from) throw new RangeError(`a range of days cannot end before it starts (${from}, ${to})`);
  return { from, to };
}

function isEmpty(r: DayRange): boolean {
  return r.to !== null && r.to <= r.from;
}

/** Is the day in [from, to)? */
export function contains(r: DayRange, d: CivilDate): boolean {
  return r.from <= d && (r.to === null || d < r.to);
}

/** The days that two ranges share; undefined when they share none (touching ranges share none). */
export function intersect(a: DayRange, b: DayRange): DayRange | undefined {
  const from = maxDate(a.from, b.from);
  const to = a.to === null ? b.to : b.to === null ? a.to : minDate(a.to, b.to);
  const shared = { from, to };
  return isEmpty(shared) ? undefined : shared;
}

/** Do two ranges share a day? An empty range shares none, as in PostgreSQL. */
export function overlaps(a: DayRange, b: DayRange): boolean {
  return intersect(a, b) !== undefined;
}

/** How many nights of a stay fall in a month ('YYYY-MM'): its days in [from, to), 0 to 31. */
export function nightsIn(range: DayRange, month: CivilMonth): number {
  const first = firstOfMonth(month);
  // Counted from the first day, so that December 2200, the last month of the calendar, works too.
  const length = daysInMonth(month);
  const start = Math.max(0, daysBetween(first, range.from));
  const end = range.to === null ? length : Math.min(length, daysBetween(first, range.to));
  return Math.max(0, end - start);
}
