import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { civil } from '../kernel/civil-date.js';
import { MOST_ROWS, readBirth, readRow, readTable, sameHousehold } from './family-table.domain.js';
import type { RowHousehold } from './family-table.domain.js';

const HEAD = 'kind,area_code,phone,languages,own_children,carer1_name_km,carer1_name_latin,carer1_sex,carer1_birth,adult1_name_latin,adult1_sex,adult1_birth';
const GOOD = { kind: 'foster', area_code: '02030101', phone: '០១២ ៣៤៥ ៦៧៨', languages: 'khm cjm', own_children: '២', carer1_name_latin: 'Sok Dara', carer1_sex: 'ស្រី', carer1_birth: '02/04/1985' };
const given = { on: civil('2026-06-15'), minimumAge: 25 };
const read = (cells: Record<string, string | undefined>, extra = 0) => readRow({ cells: Object.fromEntries(Object.entries(cells).filter((one): one is [string, string] => one[1] !== undefined)), extra }, given);

describe('a table of families', () => {
  it('comes apart into the cells it was put together of, whatever is in them', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/[\r\uFEFF]/g, '').trim());
    fc.assert(
      fc.property(fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.array(fc.record({ carer1_name_km: cell, phone: cell }), { minLength: 1, maxLength: 5 }), (separator, end, mark, rows) => {
        const names = ['kind', 'area_code', 'carer1_sex', 'carer1_birth', 'carer1_name_km', 'phone'];
        const line = (cells: readonly string[]) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(separator);
        const text = `${mark ? '\uFEFF' : ''}${names.join(separator)}${end}${rows.map((row) => line(['foster', '02', 'f', '1985', row.carer1_name_km, row.phone])).join(end)}${end}`;
        const expected = rows.map((row) => ({ kind: 'foster', area_code: '02', carer1_sex: 'f', carer1_birth: '1985', ...Object.fromEntries(Object.entries(row).filter(([, one]) => one !== '')) }));
        expect(readTable(text)).toMatchObject({ ok: true, value: expected.map((cells) => ({ cells, extra: 0 })) });
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  it('is refused whole only where its rows cannot be told', () => {
    expect(readTable('')).toMatchObject({ code: 'TABLE_EMPTY' });
    expect(readTable(`${HEAD}\n\n , \n`)).toMatchObject({ code: 'TABLE_EMPTY' });
    expect(readTable('kind,village\nfoster,02030101')).toMatchObject({ code: 'TABLE_HEADER', details: { columns: ['village', 'area_code', 'carer1_sex', 'carer1_birth'] } });
    expect(readTable(`${HEAD},kind\nfoster`)).toMatchObject({ code: 'TABLE_HEADER', details: { columns: ['kind'] } });
    expect(readTable(`${HEAD}\nfoster,"0203`)).toMatchObject({ code: 'TABLE_QUOTE' });
    expect(readTable(`${HEAD}\n${'foster\n'.repeat(MOST_ROWS + 1)}`)).toMatchObject({ code: 'TABLE_TOO_LONG' });
    expect(readTable(`${HEAD}\n${'foster\n'.repeat(MOST_ROWS)}`)).toMatchObject({ ok: true });
  });
});

describe('a row of it', () => {
  it('is a household, with the telephone and days as the register writes them', () => {
    expect(read({ ...GOOD, adult1_name_latin: 'Sok Vanna', adult1_sex: 'M', adult1_birth: '1960' })).toEqual({
      ok: true,
      value: {
        kind: 'foster', areaCode: '02030101', phone: '+85512345678', languages: ['khm', 'cjm'], religion: null, ownChildren: 2,
        adults: [
          { nameKm: null, nameLatin: 'Sok Dara', sex: 'female', birthDate: '1985-04-02', birthPrecision: 'day', carer: true },
          { nameKm: null, nameLatin: 'Sok Vanna', sex: 'male', birthDate: '1960-01-01', birthPrecision: 'year', carer: false },
        ],
      },
    });
    expect(['1985-13-01', '31/02/1985', '85', 'yes', '1985-4'].map(readBirth)).toEqual(Array(5).fill(undefined));
    expect(readBirth('១៩៨៥-០៤')).toEqual({ date: '1985-04-01', precision: 'month' });
  });

  it.each([
    ['ROW_UNREADABLE', { carer1_name_latin: 'Sok \uFFFD' }], ['ROW_KIND', { kind: 'friend' }], ['ROW_VILLAGE', { area_code: '0203' }], ['ROW_PHONE', { phone: '117' }],
    ['ROW_LANGUAGE', { languages: 'Khmer' }], ['ROW_RELIGION', { religion: 'x'.repeat(61) }], ['ROW_OWN_CHILDREN', { own_children: 'two' }], ['ROW_OWN_CHILDREN', { own_children: '21' }],
    ['ROW_PERSON', { carer1_sex: 'x' }], ['ROW_PERSON', { carer1_birth: '2026-06-16' }], ['ROW_PERSON', { carer1_name_latin: undefined }], ['ROW_PERSON', { adult1_sex: 'f' }],
    ['CARER_TOO_YOUNG', { carer1_birth: '2001-06-16' }],
    ['CARER_NEEDED', { carer1_name_latin: undefined, carer1_sex: undefined, carer1_birth: undefined, adult1_name_latin: 'Sok', adult1_sex: 'f', adult1_birth: '1960' }],
  ])('is refused by itself: %s', (code, cells) => {
    expect(read({ ...GOOD, ...cells })).toMatchObject({ code });
  });

  it('with more cells than columns is refused: the rest of it cannot be trusted', () => expect(read(GOOD, 1)).toMatchObject({ code: 'ROW_CELLS' }));

  it('may be the household of another with its telephone, or with a whole name in its commune', () => {
    const made = (cells: object): RowHousehold => {
      const result = read({ ...GOOD, ...cells });
      if (!result.ok) throw new Error(result.code);
      return result.value;
    };
    const one = made({});
    expect(sameHousehold(one, made({ area_code: '17100101', carer1_name_latin: 'Chea Rith' }))).toBe(true);
    expect(sameHousehold(one, made({ phone: undefined, area_code: '02030102', carer1_name_latin: 'DARA Sok' }))).toBe(true);
    expect(sameHousehold(one, made({ phone: undefined, area_code: '02030201' }))).toBe(false);
    expect(sameHousehold(one, made({ phone: undefined, carer1_name_latin: 'Sok Vanna' }))).toBe(false);
  });
});
