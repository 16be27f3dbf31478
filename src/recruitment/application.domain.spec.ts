import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { civil } from '../kernel/civil-date.js';
import { applicationLifecycle, mayApply } from './application.domain.js';

const on = civil('2026-06-15');
const adult = fc.record({
  carer: fc.boolean(),
  birth: fc.record({ date: fc.integer({ min: 1940, max: 2010 }).map((year) => civil(`${year}-06-15`)), precision: fc.constant('day' as const) }),
});

describe('who may apply', () => {
  it('is a household with a carer, all of them old enough unless kin', () => {
    fc.assert(
      fc.property(fc.array(adult, { maxLength: 4 }), fc.constantFrom('foster' as const, 'kinship' as const, 'family_house' as const), (adults, kind) => {
        const years = adults.filter(({ carer }) => carer).map(({ birth }) => 2026 - Number(birth.date.slice(0, 4)));
        const expected = years.length > 0 && (kind === 'kinship' || Math.min(...years) >= 25);
        expect(mayApply({ kind, adults }, 25, on).ok).toBe(expected);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('counts the latest birth date that the precision allows', () => {
    const born = (precision: 'day' | 'year') => mayApply({ kind: 'foster', adults: [{ carer: true, birth: { date: civil('2001-01-01'), precision } }] }, 25, on).ok;
    expect([born('day'), born('year')]).toEqual([true, false]);
  });
});

describe('an application', () => {
  it('reaches approval only through the panel', () => {
    for (const state of applicationLifecycle.states) expect(applicationLifecycle.next(state, 'approve')).toBe(state === 'panel' ? 'approved' : undefined);
  });
});
