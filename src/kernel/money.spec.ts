import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { monthAmount, proRata, type RatePart } from './money.js';

const runs = { seed: 1, numRuns: 200 };

const month = fc.integer({ min: 28, max: 31 });
const rate = fc.oneof(fc.bigInt({ min: 0n, max: 9_000n }).map((n) => n * 100n), fc.bigInt({ min: 0n, max: 1_000_000n }));
/** A month cut into consecutive parts, each at its own rate. */
const parts: fc.Arbitrary<{ days: number; parts: RatePart[] }> = month.chain((days) =>
  fc.array(fc.tuple(rate, fc.integer({ min: 0, max: 12 })), { maxLength: 6 }).map((list) => {
    let left = days;
    return {
      days,
      parts: list.map(([r, n]) => {
        const nights = Math.min(left, n);
        left -= nights;
        return { rate: r, nights };
      }),
    };
  }),
);

/** Naively: add one night after the other, in days-ths of a riel, then step up by 100 riel while that comes closer, or as close. */
function naive(list: readonly RatePart[], days: number): bigint {
  let shares = 0n;
  for (const p of list) for (let n = 0; n < p.nights; n += 1) shares += p.rate;
  const miss = (amount: bigint): bigint => (amount * BigInt(days) > shares ? amount * BigInt(days) - shares : shares - amount * BigInt(days));
  let amount = 0n;
  while (miss(amount + 100n) <= miss(amount)) amount += 100n;
  return amount;
}

describe('the amount of a month', () => {
  it('is 306,700 riel for 400,000 from 8 November', () => {
    expect(proRata(400_000n, 23, 30)).toBe(306_700n);
    expect(proRata(400_000n, 7, 30)).toBe(93_300n);
  });

  it('adds the parts exactly and rounds once, half up to 100 riel', () => {
    fc.assert(fc.property(parts, (c) => expect(monthAmount(c.parts, c.days)).toBe(naive(c.parts, c.days))), runs);
    // 1,500 x 14 / 28 = 750: the half goes up.
    expect(proRata(1_500n, 14, 28)).toBe(800n);
    expect(proRata(1_499n, 14, 28)).toBe(700n);
    // Rounded part by part this would be 100 + 100.
    expect(monthAmount([{ rate: 1_600n, nights: 1 }, { rate: 1_600n, nights: 1 }], 30)).toBe(100n);
  });

  it('is at most 50 riel from the exact amount and never depends on the order of the parts', () => {
    fc.assert(
      fc.property(parts, (c) => {
        const exact = c.parts.reduce((sum, p) => sum + p.rate * BigInt(p.nights), 0n);
        const off = monthAmount(c.parts, c.days) * BigInt(c.days) - exact;
        expect((off < 0n ? -off : off) <= 50n * BigInt(c.days)).toBe(true);
        expect(monthAmount([...c.parts].reverse(), c.days)).toBe(monthAmount(c.parts, c.days));
      }),
      runs,
    );
  });

  it('is the whole rate for the whole month, however it is cut', () => {
    fc.assert(
      fc.property(month, fc.bigInt({ min: 0n, max: 90_000n }), fc.integer({ min: 0, max: 28 }), (days, hundreds, cut) => {
        const r = hundreds * 100n;
        expect(monthAmount([{ rate: r, nights: cut }, { rate: r, nights: days - cut }], days)).toBe(r);
      }),
      runs,
    );
  });

  it('refuses more nights than the month has, and anything negative or broken', () => {
    expect(() => monthAmount([{ rate: 1n, nights: 20 }, { rate: 1n, nights: 11 }], 30)).toThrow(RangeError);
    expect(() => proRata(-1n, 1, 30)).toThrow(RangeError);
    expect(() => proRata(1n, -1, 30)).toThrow(RangeError);
    expect(() => proRata(1n, 1.5, 30)).toThrow(RangeError);
    expect(() => proRata(1n, 1, 27)).toThrow(RangeError);
    expect(monthAmount([], 30)).toBe(0n);
  });
});
