import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil, partsOf } from '../kernel/civil-date.js';
import { bornBetween, rankOf, wantedOf } from './search.domain.js';

const runs = { seed: 5, numRuns: 300 };

describe('what is looked for', () => {
  it('is a number when there are only digits, of either script', () => {
    for (const text of ['1204', '១២០៤', ' 1 204 ', '១២\u200b០៤', '12-04']) expect([text, wantedOf(text)]).toEqual([text, { number: 1204 }]);
    expect(wantedOf('សុខ ១')).toHaveProperty('wholes');
    expect(wantedOf('12345678901')).toHaveProperty('wholes');
    expect(wantedOf(' . ')).toBeUndefined();
  });

  it('ranks a whole name above all of its parts, and more parts above fewer', () => {
    const wanted = wantedOf('Sok Chantha');
    if (wanted === undefined || 'number' in wanted) throw new Error('not a name');
    expect(wanted.parts.length).toBe(2);
    expect(rankOf(wanted.wholes.slice(0, 1), wanted)).toBe(3);
    expect(rankOf([...wanted.parts, 't:mom'], wanted)).toBe(2);
    expect(rankOf(wanted.parts.slice(1), wanted)).toBe(1);
    expect(rankOf(['t:mom'], wanted)).toBe(0);
  });
});

describe('a partly known birth date', () => {
  it('holds a day exactly when its year and month are the ones said, or within twelve months of them where they are about right', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1950, max: 2100 }), fc.option(fc.integer({ min: 1, max: 12 })), fc.boolean(), fc.integer({ min: -900, max: 900 }), (year, month, about, off) => {
        const { from, to } = bornBetween(year, month, about);
        const day = addDays(civil(`${year}-${String(month ?? 6).padStart(2, '0')}-15`), off);
        const parts = partsOf(day);
        // Months counted from the year 0: a naive statement without any date arithmetic.
        const said = [year * 12 + (month ?? 1) - 1, year * 12 + (month ?? 12) - 1] as const;
        const is = parts.year * 12 + parts.month - 1;
        const reach = about ? 12 : 0;
        expect(from <= day && day <= to).toBe(is >= said[0] - reach && is <= said[1] + reach);
      }),
      runs,
    );
  });

  it('stays within the calendar', () => {
    expect(bornBetween(1900, null, true)).toEqual({ from: '1900-01-01', to: '1901-12-31' });
    expect(bornBetween(2200, 3, true)).toEqual({ from: '2199-03-01', to: '2200-12-31' });
  });
});
