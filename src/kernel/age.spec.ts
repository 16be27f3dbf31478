import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AGE_BANDS, ageBand, ageOn, ageSql, dayTurning, dayTurningSql, earliestBirth, latestBirth, oldestAge, youngestAge, type BirthDate,
} from './age.js';
import { addDays, addMonths, civil, compareDates, daysBetween, type CivilDate } from './civil-date.js';

const runs = { seed: 1, numRuns: 200 };

const start = civil('1925-01-01');
const anyBirth = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays(start, n));
const leapBirth = fc.integer({ min: 482, max: 505 }).map((n) => civil(`${n * 4}-02-29`));
const birthDay = fc.oneof({ weight: 3, arbitrary: anyBirth }, { weight: 1, arbitrary: leapBirth });
const birthDate: fc.Arbitrary<BirthDate> = fc.record({
  date: birthDay,
  precision: fc.constantFrom<BirthDate['precision']>('day', 'month', 'year', 'estimated'),
});

/** Days near birthdays, where an age function goes wrong, and others. */
const onDay = (birth: CivilDate) =>
  fc.oneof(
    fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: -2, max: 2 })).map(([y, n]) => addDays(addMonths(birth, y * 12), n)),
    fc.integer({ min: 0, max: 30_000 }).map((n) => addDays(birth, n)),
  );

/** The rule said naively: count the birthdays written down so far; 29 February sorts before 1 March also where it does not exist. */
function birthdaysPassed(birth: string, on: string): number {
  let count = 0;
  for (let k = 1; k <= 130; k += 1) {
    if (`${Number(birth.slice(0, 4)) + k}${birth.slice(4)}` <= on) count += 1;
  }
  return count;
}

describe('age', () => {
  it('is the number of birthdays passed', () => {
    fc.assert(
      fc.property(birthDay.chain((b) => fc.tuple(fc.constant(b), onDay(b))), ([birth, on]) => {
        expect(ageOn(birth, on)).toBe(birthdaysPassed(birth, on));
      }),
      runs,
    );
  });

  it('turns on 1 March for a leap-day birth in a common year', () => {
    const birth = civil('2004-02-29');
    expect(ageOn(birth, civil('2022-02-28'))).toBe(17);
    expect(ageOn(birth, civil('2022-03-01'))).toBe(18);
    expect(ageOn(birth, civil('2024-02-28'))).toBe(19);
    expect(ageOn(birth, civil('2024-02-29'))).toBe(20);
    expect(dayTurning(birth, 18)).toBe('2022-03-01');
    expect(dayTurning(birth, 20)).toBe('2024-02-29');
  });

  it('turns on the day that dayTurning names, and not a day sooner', () => {
    fc.assert(
      fc.property(birthDay, fc.integer({ min: 1, max: 80 }), (birth, years) => {
        const day = dayTurning(birth, years);
        expect(ageOn(birth, day)).toBe(years);
        expect(ageOn(birth, addDays(day, -1))).toBe(years - 1);
      }),
      runs,
    );
  });

  it('is 0 before the birth, however long before', () => {
    expect(ageOn(civil('2025-06-01'), civil('2025-01-01'))).toBe(0);
    expect(ageOn(civil('2025-06-01'), civil('1990-01-01'))).toBe(0);
  });

  it('is written for the database without a time zone', () => {
    expect(ageSql).toContain('immutable');
    expect(ageSql.match(/::timestamp\b/g)).toHaveLength(2);
    expect(ageSql + dayTurningSql).not.toMatch(/timestamptz|now\(|current_/);
  });
});

describe('a birth date that is not quite known', () => {
  /** Every birth date that fits the statement, one by one. */
  function possible(b: BirthDate): CivilDate[] {
    const around = Array.from({ length: 800 }, (_, i) => addDays(b.date, i - 400));
    switch (b.precision) {
      case 'day':
        return [b.date];
      case 'month':
        return around.filter((d) => d.slice(0, 7) === b.date.slice(0, 7));
      case 'year':
        return around.filter((d) => d.slice(0, 4) === b.date.slice(0, 4));
      case 'estimated': {
        // A year either way. A leap day's year after ends on 1 March, its year before begins on 28 February: the wider span.
        const [y, rest] = [Number(b.date.slice(0, 4)), b.date.slice(4)];
        const first = rest === '-02-29' ? `${y - 1}-02-28` : `${y - 1}${rest}`;
        const last = rest === '-02-29' ? `${y + 1}-03-01` : `${y + 1}${rest}`;
        return around.filter((d) => d >= first && d <= last);
      }
    }
  }

  it('gives the youngest and the oldest age of all that fit', () => {
    fc.assert(
      fc.property(birthDate.chain((b) => fc.tuple(fc.constant(b), onDay(b.date))), ([b, on]) => {
        const births = possible(b).sort(compareDates);
        expect(earliestBirth(b)).toBe(births[0]);
        expect(latestBirth(b)).toBe(births.at(-1));
        // Each birth date once a month is enough beside the two ends: the age never rises with a later birth.
        const ages = births.filter((_, i) => i % 28 === 0 || i === births.length - 1).map((d) => birthdaysPassed(d, on));
        expect(youngestAge(b, on)).toBe(Math.min(...ages));
        expect(oldestAge(b, on)).toBe(Math.max(...ages));
      }),
      runs,
    );
  });

  it('protects: the youngest age of an estimate is a year less, a leap day never less than that', () => {
    fc.assert(
      fc.property(birthDay.chain((b) => fc.tuple(fc.constant(b), onDay(b))), ([date, on]) => {
        const youngest = youngestAge({ date, precision: 'estimated' }, on);
        const yearLess = Math.max(0, ageOn(date, on) - 1);
        // On 29 February somebody born on one is a year older, somebody born on 1 March a year later is not yet.
        if (date.endsWith('-02-29') && on.endsWith('-02-29')) expect(youngest).toBe(Math.max(0, yearLess - 1));
        else expect(youngest).toBe(yearLess);
      }),
      runs,
    );
  });

  it('stays within the calendar at its two ends', () => {
    for (const precision of ['day', 'month', 'year', 'estimated'] as const) {
      for (const date of ['1900-01-01', '1900-12-31', '1901-01-01', '2199-12-31', '2200-01-01', '2200-12-31'].map(civil)) {
        expect(daysBetween(earliestBirth({ date, precision }), date)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(date, latestBirth({ date, precision }))).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

describe('age bands', () => {
  it('hold the ages their names say', () => {
    for (let age = 0; age <= 90; age += 1) {
      const named = AGE_BANDS.filter((band) => {
        const [low, high] = band.split('-').map((n) => Number.parseInt(n, 10));
        return age >= (low ?? 0) && age <= (high ?? 200);
      });
      expect([ageBand(age)]).toEqual(named);
    }
    expect(() => ageBand(-1)).toThrow(RangeError);
    expect(() => ageBand(2.5)).toThrow(RangeError);
  });
});
