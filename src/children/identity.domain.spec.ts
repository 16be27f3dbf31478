import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideMerge, judge, ranked, twinSigns } from './identity.domain.js';
import type { Comparison } from './identity.domain.js';

const runs = { seed: 5, numRuns: 500 };

const comparison: fc.Arbitrary<Comparison> = fc.record({
  whole: fc.boolean(), parts: fc.nat(6), bearers: fc.nat(100), sameSex: fc.boolean(), sameDay: fc.boolean(), yearsApart: fc.nat(12), home: fc.option(fc.nat(3)), relatives: fc.nat(4), siblings: fc.boolean(),
});

describe('the judgement of two files', () => {
  it('never says of one sign that it agrees and contradicts, and knows no reason without a change of the score', () => {
    fc.assert(fc.property(comparison, (two) => {
      const { score, agrees, contradicts } = judge(two);
      expect(agrees.filter((sign) => contradicts.includes(sign))).toEqual([]);
      expect(score === 0 || agrees.length + contradicts.length > 0).toBe(true);
      expect(judge(two)).toEqual({ score, agrees, contradicts });
    }), runs);
  });

  it('is lowered by another sex, another year of birth and a sibling group, whatever else there is, and says so', () => {
    fc.assert(fc.property(comparison, (two) => {
      const alike = { ...two, sameSex: true, siblings: false, yearsApart: 0 };
      for (const [change, sign] of [[{ sameSex: false }, 'sex'], [{ siblings: true }, 'siblings'], [{ yearsApart: 1 + two.yearsApart, sameDay: false }, 'birth_time']] as const) {
        const against = judge({ ...alike, ...change });
        expect(against.score).toBeLessThan(judge(alike).score);
        expect(against.contradicts).toContain(sign);
      }
    }), runs);
  });

  it('is heard only where more speaks for one child than a name', () => {
    const name: Comparison = { whole: true, parts: 2, bearers: 100, sameSex: true, sameDay: false, yearsApart: 1, home: null, relatives: 0, siblings: false };
    expect(ranked([name], 10)).toEqual([]);
    expect(ranked([{ ...name, yearsApart: 0 }], 10)).toMatchObject([{ score: 60, agrees: ['whole_name', 'birth_time'], contradicts: [] }]);
    expect(ranked([{ ...name, sameDay: true, yearsApart: 0, sameSex: false }], 10)).toMatchObject([{ score: 45, agrees: ['whole_name', 'birth_day'], contradicts: ['sex'] }]);
  });

  it('puts the likeliest first, equal ones as they came, and no more than asked for', () => {
    fc.assert(fc.property(fc.array(comparison, { maxLength: 30 }), fc.nat(12), (found, most) => {
      const numbered = found.map((one, at) => ({ ...one, at }));
      const got = ranked(numbered, most);
      // The naive statement: whoever is left out is no better than whoever is in, and stood later if just as good.
      const rest = numbered.filter(({ at }) => !got.some((one) => one.at === at)).map((one) => ({ ...judge(one), at: one.at })).filter(({ score }) => score >= 40);
      expect(got.length).toBe(Math.min(most, got.length + rest.length));
      for (const [n, one] of got.entries()) {
        for (const later of [...got.slice(n + 1), ...rest]) expect(one.score > later.score || (one.score === later.score && one.at < later.at)).toBe(true);
      }
    }), runs);
  });
});

describe('merging two files', () => {
  const file = fc.record({ number: fc.nat(1000), mergedInto: fc.option(fc.nat(1000)), holds: fc.array(fc.nat(1000), { maxLength: 2 }) });
  const between = fc.record({ differentSince: fc.option(fc.constant('2026-05-01')), siblings: fc.boolean(), sameBirth: fc.boolean(), sameMother: fc.boolean() });

  it('is one step long, never of two known to be different, and never of possible twins without a word', () => {
    fc.assert(fc.property(file, file, between, fc.boolean(), (kept, other, two, noTwins) => {
      const free = kept.mergedInto === null && other.mergedInto === null && other.holds.length === 0;
      const maybeTwins = two.siblings || (two.sameBirth && two.sameMother);
      expect(decideMerge(kept, other, two, noTwins).ok).toBe(free && two.differentSince === null && (noTwins || !maybeTwins));
      expect(twinSigns(two).length > 0).toBe(maybeTwins);
    }), runs);
  });
});
