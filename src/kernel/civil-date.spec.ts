import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays, addMonths, addWorkingDays, civil, compareDates, contains, dayRange, daysBetween, daysInMonth, firstOfMonth, intersect,
  isCivilDate, isCivilMonth, maxDate, minDate, monthOf, nextWorkingDay, nightsIn, overlaps, previousWorkingDay, startOfDay, todayIn,
  weekday, type CivilDate, type DayRange,
} from './civil-date.js';

const runs = { seed: 1, numRuns: 200 };

/** The calendar said naively: every day from 1900 to 2200 written down one after the other. */
const calendar: string[] = [];
for (let year = 1900; year <= 2200; year += 1) {
  const leap = year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0);
  [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].forEach((length, m) => {
    for (let day = 1; day <= length; day += 1) {
      calendar.push(`${year}-${m + 1 < 10 ? '0' : ''}${m + 1}-${day < 10 ? '0' : ''}${day}`);
    }
  });
}
const indexOf = new Map(calendar.map((d, i) => [d, i]));

function dayAt(i: number): CivilDate {
  const d = calendar[i];
  if (d === undefined) throw new Error(`no day ${i}`);
  return d as CivilDate;
}
function index(d: string): number {
  const i = indexOf.get(d);
  if (i === undefined) throw new Error(`not in the calendar: ${d}`);
  return i;
}

/** Days with room for arithmetic on both sides, and more often around the ends of months. */
const middle = fc.integer({ min: 2000, max: calendar.length - 2000 }).map(dayAt);
const monthEnds = fc
  .tuple(fc.integer({ min: 1910, max: 2190 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom('01', '28', '29', '30', '31'))
  .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${d}`)
  .filter((d): d is CivilDate => indexOf.has(d));
const someDay = fc.oneof(middle, monthEnds);
const holidaysNear = (d: CivilDate) =>
  fc.array(fc.integer({ min: -25, max: 25 }), { maxLength: 20 }).map((ns) => new Set<string>(ns.map((n) => dayAt(index(d) + n))));
const near = someDay.chain((d) => fc.integer({ min: -70, max: 70 }).map((n) => dayAt(index(d) + n)));
const range: fc.Arbitrary<DayRange> = fc
  .tuple(fc.integer({ min: 40_000, max: 40_120 }), fc.option(fc.integer({ min: 0, max: 80 })))
  .map(([i, n]) => ({ from: dayAt(i), to: n === null ? null : dayAt(i + n) }));

describe('a civil day', () => {
  it('is every day of the calendar from 1900 to 2200 and nothing else', () => {
    expect(calendar.every(isCivilDate)).toBe(true);
    let count = 0;
    for (let year = 1899; year <= 2201; year += 1) {
      for (let month = 0; month <= 13; month += 1) {
        for (let day = 0; day <= 32; day += 1) {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          if (isCivilDate(text)) count += 1;
        }
      }
    }
    expect(count).toBe(calendar.length);
  });

  it('refuses other shapes, and says what it wants without repeating what it got', () => {
    for (const bad of ['', '2025-2-03', '2025-02-03T00:00', ' 2025-02-03', '2025-02-03\n', '២០២៥-០២-០៣', '0999-01-01', null, 20250203, new Date()]) {
      expect(isCivilDate(bad)).toBe(false);
    }
    expect(() => civil('2025-02-30')).toThrow(/YYYY-MM-DD/);
    expect(() => civil('secret')).not.toThrow(/secret/);
  });

  it('is the day in Phnom Penh at an instant, as the time zone database says', () => {
    const zone = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Phnom_Penh', year: 'numeric', month: '2-digit', day: '2-digit' });
    const instants = fc.date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(fc.property(instants, (now) => expect(todayIn(now)).toBe(zone.format(now))), runs);
    expect(todayIn(new Date('2026-12-31T16:59:59.999Z'))).toBe('2026-12-31');
    expect(todayIn(new Date('2026-12-31T17:00:00Z'))).toBe('2027-01-01');
  });

  it('begins at 17:00 UTC of the day before', () => {
    fc.assert(
      fc.property(someDay, (d) => {
        const start = startOfDay(d).getTime();
        expect(todayIn(new Date(start))).toBe(d);
        expect(todayIn(new Date(start - 1))).toBe(dayAt(index(d) - 1));
      }),
      runs,
    );
  });
});

describe('arithmetic of days', () => {
  it('counts along the calendar', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -1500, max: 1500 }), (d, n) => {
        const moved = addDays(d, n);
        expect(moved).toBe(dayAt(index(d) + n));
        expect(daysBetween(d, moved)).toBe(n);
        expect(compareDates(d, moved)).toBe(Math.sign(0 - n) + 0);
        expect(minDate(d, moved)).toBe(n < 0 ? moved : d);
        expect(maxDate(d, moved)).toBe(n < 0 ? d : moved);
      }),
      runs,
    );
  });

  it('adds months by keeping the day, or the last day of a shorter month', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -60, max: 60 }), (d, n) => {
        let [year, month] = [Number(d.slice(0, 4)), Number(d.slice(5, 7))];
        for (let i = 0; i < Math.abs(n); i += 1) {
          month += Math.sign(n);
          if (month === 13) [year, month] = [year + 1, 1];
          if (month === 0) [year, month] = [year - 1, 12];
        }
        const prefix = `${year}-${String(month).padStart(2, '0')}`;
        const around = index(`${prefix}-01`);
        const ofMonth = calendar.slice(around, around + 31).filter((x) => x.startsWith(prefix));
        expect(addMonths(d, n)).toBe(ofMonth.filter((x) => x.slice(8) <= d.slice(8)).at(-1));
        expect(daysInMonth(prefix)).toBe(ofMonth.length);
        expect(firstOfMonth(addMonths(d, n))).toBe(`${prefix}-01`);
      }),
      runs,
    );
    expect(addMonths(civil('2024-01-31'), 1)).toBe('2024-02-29');
  });

  it('refuses to leave the calendar, parts of days and broken months', () => {
    expect(() => addDays(civil('2200-12-31'), 1)).toThrow(RangeError);
    expect(() => addDays(civil('1900-01-01'), -1)).toThrow(RangeError);
    expect(() => addMonths(civil('1900-01-01'), -1)).toThrow(RangeError);
    expect(() => addDays(civil('2025-01-01'), 0.5)).toThrow(RangeError);
    expect(() => addDays(civil('2025-01-01'), Number.MAX_SAFE_INTEGER)).toThrow(RangeError);
    expect(() => daysInMonth('2025-13')).toThrow(RangeError);
    expect(isCivilMonth('2025-00')).toBe(false);
    expect(isCivilMonth('1899-12')).toBe(false);
    expect(isCivilMonth(monthOf(civil('2025-11-08')))).toBe(true);
  });
});

describe('working days', () => {
  // 1 January 1900 was a Monday.
  const isWorking = (d: string, holidays: ReadonlySet<string>): boolean => index(d) % 7 < 5 && !holidays.has(d);

  it('know the day of the week', () => {
    fc.assert(fc.property(someDay, (d) => expect(weekday(d)).toBe((index(d) % 7) + 1)), runs);
    expect(weekday(civil('2026-04-14'))).toBe(2);
    expect(weekday(civil('1969-12-31'))).toBe(3);
  });

  it('move a due date to the nearest working day after or before, itself included', () => {
    fc.assert(
      fc.property(someDay.chain((d) => fc.tuple(fc.constant(d), holidaysNear(d))), ([d, holidays]) => {
        const window = calendar.slice(index(d) - 60, index(d) + 61).filter((x) => isWorking(x, holidays));
        expect(nextWorkingDay(d, holidays)).toBe(window.find((x) => x >= d));
        expect(previousWorkingDay(d, holidays)).toBe(window.filter((x) => x <= d).at(-1));
      }),
      runs,
    );
  });

  it('count without the first day', () => {
    fc.assert(
      fc.property(someDay.chain((d) => fc.tuple(fc.constant(d), holidaysNear(d))), fc.integer({ min: 1, max: 25 }), ([d, holidays], n) => {
        const window = calendar.slice(index(d) - 120, index(d) + 121).filter((x) => isWorking(x, holidays));
        expect(addWorkingDays(d, n, holidays)).toBe(window.filter((x) => x > d)[n - 1]);
        expect(addWorkingDays(d, -n, holidays)).toBe(window.filter((x) => x < d).at(-n));
        expect(addWorkingDays(d, 0, holidays)).toBe(nextWorkingDay(d, holidays));
      }),
      runs,
    );
    // Khmer New Year 2026 is Tuesday to Thursday, 14 to 16 April: five working days after Monday the 13th.
    const newYear = new Set(['2026-04-14', '2026-04-15', '2026-04-16']);
    expect(addWorkingDays(civil('2026-04-13'), 5, newYear)).toBe('2026-04-23');
  });
});

describe('a range of days', () => {
  const days = (r: DayRange): Set<string> => new Set(calendar.slice(index(r.from), r.to === null ? 40_400 : index(r.to)));

  it('shares with another exactly the days that are in both', () => {
    fc.assert(
      fc.property(range, range, (a, b) => {
        const both = [...days(a)].filter((d) => days(b).has(d));
        const shared = intersect(a, b);
        expect(overlaps(a, b)).toBe(both.length > 0);
        expect(shared === undefined ? [] : [...days(shared)]).toEqual(both);
        expect(intersect(b, a)).toEqual(shared);
      }),
      runs,
    );
  });

  it('has its nights in the months, and every night in exactly one', () => {
    fc.assert(
      fc.property(range, near, (r, d) => {
        expect(contains(r, d)).toBe(r.to === null ? d >= r.from : days(r).has(d));
        const months = [...new Set(calendar.slice(39_900, 40_300).map((x) => x.slice(0, 7)))];
        for (const month of months) {
          const whole = calendar.slice(39_800, 40_400).filter((x) => x.startsWith(month));
          expect(nightsIn(r, month)).toBe(whole.filter((x) => contains(r, x as CivilDate)).length);
        }
        if (r.to !== null) {
          expect(months.reduce((sum, m) => sum + nightsIn(r, m), 0)).toBe(daysBetween(r.from, r.to));
        }
      }),
      { ...runs, numRuns: 40 },
    );
  });

  it('pays the start day and not the end day', () => {
    expect(nightsIn(dayRange(civil('2025-11-08'), null), '2025-11')).toBe(23);
    expect(nightsIn(dayRange(civil('2025-11-08'), civil('2025-11-09')), '2025-11')).toBe(1);
    expect(nightsIn(dayRange(civil('2025-10-08'), civil('2025-11-01')), '2025-11')).toBe(0);
    expect(nightsIn(dayRange(civil('2200-12-05'), null), '2200-12')).toBe(27);
    expect(() => dayRange(civil('2025-11-08'), civil('2025-11-07'))).toThrow(RangeError);
  });
});
