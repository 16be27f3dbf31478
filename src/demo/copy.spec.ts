import { describe, expect, it } from '@jest/globals';
import { civil } from '../kernel/civil-date.js';
import { Sheets, copyText, days, json } from './copy.js';

describe('COPY text', () => {
  it.each([
    ['nothing', null, '\\N'],
    ['an empty text', '', ''],
    ['a text that looks like nothing', '\\N', '\\\\N'],
    ['tabs, lines and backslashes', 'a\tb\nc\rd\\e', 'a\\tb\\nc\\rd\\\\e'],
    ['an array', ['a', 'b "c"', 'd\\e', null, ''], '{"a","b \\\\"c\\\\"","d\\\\\\\\e",NULL,""}'],
    ['numbers', [1, 2], '{1,2}'],
    ['bytes', Uint8Array.of(0, 255), '\\\\x00ff'],
    ['a moment', new Date('2026-01-02T03:04:05Z'), '2026-01-02T03:04:05.000Z'],
    ['yes', true, 't'],
    ['a big number', 12345678901234567890n, '12345678901234567890'],
    ['days', days(civil('2026-01-01'), null), '[2026-01-01,)'],
    ['JSON', json({ a: 'x\ny' }), '{"a":"x\\\\ny"}'],
  ] as const)('writes %s', (_, value, text) => {
    expect(copyText(value)).toBe(text);
  });
});

describe('sheets', () => {
  it('are written in the order of the foreign keys, whatever came first, and once', async () => {
    const sheets = new Sheets();
    sheets.sheet('carers.families', ['id', 'name_km']).add({ id: 'f', name_km: null });
    sheets.sheet('territory.areas', ['code', 'type_en']).add({ code: '', type_en: 'x' });
    sheets.sheet('carers.families', ['id', 'name_km']).add({ id: 'g', name_km: 'ក' });
    const seen: string[] = [];
    const target = { copy: (sql: string, text: Iterable<string>) => Promise.resolve(void seen.push(`${sql}: ${[...text].join('')}`)) };
    await sheets.flush(target);
    await sheets.flush(target);
    expect(seen).toEqual(['copy territory.areas (code, type_en) from stdin: \tx\n', 'copy carers.families (id, name_km) from stdin: f\t\\N\ng\tក\n']);
    expect(sheets.written().get('carers.families')).toBe(2);
  });

  it('know the columns of a table once', () => {
    const sheets = new Sheets();
    sheets.sheet('staff.accounts', ['id', 'login']);
    expect(() => sheets.sheet('staff.accounts', ['login', 'id'])).toThrow('other columns');
  });
});
