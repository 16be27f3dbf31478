import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import { overlapsOf } from './overlap.domain.js';
import type { Stretch } from './overlap.domain.js';

const FIRST = civil('2025-01-01');

/** A timeline of one file: stretches in order with gaps between, the last of them perhaps without an end. */
const timeline: fc.Arbitrary<Stretch[]> = fc.tuple(fc.array(fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 8 }), fc.constantFrom('a', 'b')), { maxLength: 6 }), fc.boolean()).map(([parts, open]) => {
  let day = 0;
  return parts.map(([gap, nights, institution], at) => {
    const starts = addDays(FIRST, day + gap);
    day += gap + nights;
    return { id: `${at}`, kind: 'institution', starts, ends: open && at === parts.length - 1 ? null : addDays(FIRST, day), institution_id: institution, family_id: null };
  });
});

const on = (list: readonly Stretch[], day: string): Stretch | undefined => list.find(({ starts, ends }) => starts <= day && (ends === null || day < ends));

describe('the overlaps of two timelines', () => {
  it('are the days on which both say where she was, each once, and say whether they agree', () => {
    fc.assert(fc.property(timeline, timeline, (kept, other) => {
      const overlaps = overlapsOf(kept, other);
      for (let n = 0; n < 100; n += 1) {
        const day = addDays(FIRST, n);
        const [one, two] = [on(kept, day), on(other, day)];
        const found = overlaps.filter(({ from, to }) => from <= day && (to === null || day < to));
        expect(found.length).toBe(one !== undefined && two !== undefined ? 1 : 0);
        if (found[0] !== undefined) expect([found[0].kept, found[0].other, found[0].samePlace]).toEqual([one, two, one?.institution_id === two?.institution_id]);
      }
      expect(overlaps.map(({ from }) => from)).toEqual(overlaps.map(({ from }) => from).sort());
    }), { seed: 5, numRuns: 300 });
  });
});
