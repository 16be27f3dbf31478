import { addDays, addMonths, civil, daysInMonth, firstOfMonth, partsOf, type CivilDate } from './civil-date.js';

/**
 * How well a birth date is known. `month` and `year` keep the true month or year and any day in it;
 * `estimated` is an age guessed by somebody: the date may be wrong by a year either way.
 */
export type BirthPrecision = 'day' | 'month' | 'year' | 'estimated';

export type BirthDate = { readonly date: CivilDate; readonly precision: BirthPrecision };

export type AgeBand = '0-2' | '3-5' | '6-11' | '12-14' | '15-17' | '18+';

export const AGE_BANDS: readonly AgeBand[] = ['0-2', '3-5', '6-11', '12-14', '15-17', '18+'];

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/**
 * The day on which somebody born on `birth` becomes `years` old: the same day of the year, and
 * 1 March for a birth on 29 February where the year has no such day (as `age()` of PostgreSQL counts).
 * Throws a RangeError when the day is after 2200.
 */
export function dayTurning(birth: CivilDate, years: number): CivilDate {
  const { year, month, day } = partsOf(birth);
  const target = year + years;
  const shown = month === 2 && day === 29 && !isLeap(target) ? '03-01' : birth.slice(5);
  return civil(`${String(target).padStart(4, '0')}-${shown}`);
}

/**
 * Whole years of age on a civil day: the one age function of the register, equal to `ageSql`.
 * A day before the birth gives 0: a rule that must refuse such a day compares the dates.
 */
export function ageOn(birth: CivilDate, on: CivilDate): number {
  const b = partsOf(birth);
  const o = partsOf(on);
  const birthdayPassed = o.month > b.month || (o.month === b.month && o.day >= b.day);
  return Math.max(0, o.year - b.year - (birthdayPassed ? 0 : 1));
}

/**
 * The same function in SQL, for the migration that creates it. Both dates are cast to `timestamp`:
 * `age(date, date)` would choose the overload with time zone, which is not IMMUTABLE.
 */
export const ageSql = `create function platform.age_on(birth date, on_day date) returns int
  language sql immutable strict parallel safe
  return greatest(0, extract(year from age(on_day::timestamp, birth::timestamp))::int)`;

/** `dayTurning` in SQL, for due dates and for "was of age on D" by an index on the birth date. */
export const dayTurningSql = `create function platform.day_turning(birth date, years int) returns date
  language sql immutable strict parallel safe
  return (birth + make_interval(years => years))::date
    + case when extract(day from birth) = 29 and extract(month from birth) = 2
            and extract(day from birth + make_interval(years => years)) = 28 then 1 else 0 end`;

/** The first day on which the person can have been born: "not before birth" is judged by it. */
export function earliestBirth(birth: BirthDate): CivilDate {
  switch (birth.precision) {
    case 'day':
      return birth.date;
    case 'month':
      return firstOfMonth(birth.date);
    case 'year':
      return civil(`${birth.date.slice(0, 4)}-01-01`);
    case 'estimated':
      // Nobody in the register was born before its calendar begins.
      return birth.date < '1901' ? civil('1900-01-01') : addMonths(birth.date, -12);
  }
}

/**
 * The last day on which the person can have been born: protection (under 3, under 18, age gap, bands)
 * is judged by it. An estimate on 29 February reaches to 1 March, the more careful of its two ends. It may lie in the future of the day the estimate was made; the age is then 0.
 */
export function latestBirth(birth: BirthDate): CivilDate {
  switch (birth.precision) {
    case 'day':
      return birth.date;
    case 'month':
      return addDays(firstOfMonth(birth.date), daysInMonth(birth.date) - 1);
    case 'year':
      return civil(`${birth.date.slice(0, 4)}-12-31`);
    case 'estimated':
      return birth.date > '2199-12-31' ? civil('2200-12-31') : dayTurning(birth.date, 1);
  }
}

/** The youngest the person can be on a day: what protection goes by. */
export function youngestAge(birth: BirthDate, on: CivilDate): number {
  return ageOn(latestBirth(birth), on);
}

/** The oldest the person can be on a day. */
export function oldestAge(birth: BirthDate, on: CivilDate): number {
  return ageOn(earliestBirth(birth), on);
}

/** The band of an age in whole years, as statistics and rates use it. Throws a RangeError on a negative or broken number. */
export function ageBand(age: number): AgeBand {
  if (!Number.isInteger(age) || age < 0) throw new RangeError(`not an age in whole years: ${age}`);
  if (age <= 2) return '0-2';
  if (age <= 5) return '3-5';
  if (age <= 11) return '6-11';
  if (age <= 14) return '12-14';
  if (age <= 17) return '15-17';
  return '18+';
}
