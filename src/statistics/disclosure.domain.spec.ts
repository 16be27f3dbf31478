import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { publishedTable, shown } from './disclosure.domain.js';

const rule = { base: 5, least: 10 };

/** Every true count that would be published as this figure. */
function possible(figure: number | null): readonly [number, number] {
  const all = Array.from({ length: 400 }, (_, count) => count).filter((count) => shown(count, rule) === figure);
  return [Math.min(...all), Math.max(...all)];
}

describe('what is published of a count', () => {
  it('is nothing below the least, else the nearest multiple', () => {
    expect([0, 9, 10, 12, 13, 17, 18].map((count) => shown(count, rule))).toEqual([null, null, 10, 10, 15, 15, 20]);
  });

  it('is never further from the truth than half the base', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 20_000 }), (count) => Math.abs((shown(count, rule) ?? NaN) - count) <= rule.base / 2),
      { seed: 3, numRuns: 500 },
    );
  });

  // The attack that hiding small cells alone does not withstand: take what is shown from the total.
  it('gives no hidden count between the ends back by subtraction from its total', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 6 }), (counts) => {
        const table = publishedTable(counts.map((count, i) => ({ dimension: 'sex', category: 'x', careKind: `k${i}`, count })), rule);
        const cells = table.slice(0, -1).map(({ shown: figure }) => possible(figure));
        const [least, most] = possible(table.at(-1)?.shown ?? null);
        cells.forEach(([low, high], i) => {
          const count = counts[i] ?? 0;
          if (count === 0 || count >= rule.least - 1) return;
          const others = cells.filter((_, j) => j !== i);
          const from = Math.max(low, least - others.reduce((sum, [, h]) => sum + h, 0));
          const to = Math.min(high, most - others.reduce((sum, [l]) => sum + l, 0));
          expect(to - from).toBeGreaterThanOrEqual(1);
        });
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});
