import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import { mayChange, shapeOf } from './settings.domain.js';

const today = civil('2026-06-15');

describe('changing a setting', () => {
  it('keeps the shape of the value, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        const may = mayChange({ value: before as never, from: civil('2000-01-01') }, { value: after as never, from: today }, today);
        if (shapeOf(before as never) === shapeOf(after as never)) expect(may.ok).toBe(true);
        if (typeof before !== typeof after) expect(may.ok).toBe(false);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('begins today or later, and after the value before', () => {
    const change = (from: string, since = '2000-01-01') => mayChange({ value: 3, from: civil(since) }, { value: 4, from: civil(from) }, today).ok;
    expect([change(addDays(today, -1)), change(today), change('2026-07-01', '2026-07-01'), change('2026-07-02', '2026-07-01')]).toEqual([false, true, false, true]);
  });
});
