import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { leftOf, mayRest, nightsOfYear, yearsOf } from './respite.domain.js';
import type { Nights } from './respite.domain.js';

const START = civil('2025-11-01');
const stretch = fc.record({ at: fc.integer({ min: 0, max: 500 }), length: fc.integer({ min: -3, max: 20 }) }).map(({ at, length }): Nights => ({ from: addDays(START, at), to: addDays(START, at + length) }));
/** Every night of a stretch, one by one. */
const each = ({ from, to }: Nights): CivilDate[] => {
  const all: CivilDate[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) all.push(day);
  return all;
};

describe('nights of respite', () => {
  it('are given as somebody counts who writes down every night by itself', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(stretch, fc.boolean()), { maxLength: 25 }), (asked) => {
        const taken: Nights[] = [];
        const calendar = new Set<string>();
        const entitled = new Map([[2025, 14], [2026, 10], [2027, 14]]);
        for (const [wanted, mayExceed] of asked) {
          const nights = each(wanted);
          const result = mayRest(wanted, taken, entitled, mayExceed);
          const taking = nights.filter((night) => calendar.has(night)).length;
          const counts = new Map<string, number>();
          for (const night of [...calendar, ...nights]) counts.set(night.slice(0, 4), (counts.get(night.slice(0, 4)) ?? 0) + 1);
          const exceeds = nights.some((night) => (counts.get(night.slice(0, 4)) ?? 0) > (entitled.get(Number(night.slice(0, 4))) ?? 0));
          const expected = nights.length === 0 ? 'RESPITE_REVERSED' : taking > 0 ? 'RESPITE_OVERLAPS' : exceeds && !mayExceed ? 'RESPITE_EXCEEDED' : 'given';
          expect(result.ok ? 'given' : result.code).toBe(expected);
          if (!result.ok) continue;
          expect(result.value.exceeds).toBe(exceeds);
          taken.push(wanted);
          for (const night of nights) calendar.add(night);
          for (const year of [2025, 2026, 2027]) {
            const had = [...calendar].filter((night) => night.startsWith(String(year))).length;
            expect(leftOf(year, taken, entitled.get(year) ?? 0)).toBe(Math.max(0, (entitled.get(year) ?? 0) - had));
          }
        }
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });

  it('over New Year count for the year in which they begin', () => {
    const nights = { from: civil('2026-12-30'), to: civil('2027-01-03') };
    expect([2026, 2027].map((year) => nightsOfYear(nights, year))).toEqual([2, 2]);
    expect(yearsOf(nights)).toEqual([2026, 2027]);
    expect(yearsOf({ from: civil('2026-12-30'), to: civil('2027-01-01') })).toEqual([2026]);
  });
});
