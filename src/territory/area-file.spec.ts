import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AreaFileRefused, decodeAreaFile, planAreaLoad } from './area-file.domain.js';
import type { AreaLoadPlan } from './area-file.domain.js';
import type { AreaFacts } from './area.domain.js';
import { writeCsvLine } from './csv.js';

const HEADER = 'code,parent_code,level,type_en,name_km,name_latin,lat,lng';
const PROVINCE = '02,,province,Province,បាត់ដំបង,Battambang,12.92,103.23';
const DISTRICT = '0203,02,district,Municipality,បាត់ដំបង,Battambang,13.09,103.18';
const COMMUNE = '020301,0203,commune,Quarter,ទួលតាឯក,Tuol Ta Ek,,';
const SEED = { seed: 20260601 };

const file = (...rows: string[]): string => [HEADER, ...rows].join('\n');
const none: ReadonlyMap<string, AreaFacts> = new Map();
const asKnown = (plan: AreaLoadPlan): Map<string, AreaFacts> => new Map([...plan.added, ...plan.changed].map((area) => [area.code, area]));
const codes = (areas: readonly AreaFacts[]): string[] => areas.map(({ code }) => code);
const faults = (plan: AreaLoadPlan): string[] => plan.refused.map(({ line, fault }) => `${line} ${fault}`);

describe('an area file', () => {
  it('goes in with parents first, names as they were typed', () => {
    const plan = planAreaLoad(file(COMMUNE, '020302,0203,commune,Quarter,"ស្ពឺ ""ក""","Two, three",13.1,103.2', DISTRICT, PROVINCE), none);
    expect(codes(plan.added)).toEqual(['02', '0203', '020301', '020302']);
    expect(plan.added[3]).toEqual({ code: '020302', parentCode: '0203', level: 'commune', typeEn: 'Quarter', nameKm: 'ស្ពឺ "ក"', nameLatin: 'Two, three', lat: 13.1, lng: 103.2 });
    expect(plan).toMatchObject({ rows: 4, unchanged: 0, repeated: 0, refused: [], repaired: [] });
  });

  it('keeps the code points of a Khmer name, also those that Unicode would put in another order', () => {
    const typed = 'ខ្ទ៊ំុ\u200b';
    const plan = planAreaLoad(file(PROVINCE.replace('បាត់ដំបង', typed)), none);
    expect(plan.added[0]?.nameKm).toBe(typed);
  });

  it('is read with a byte order mark, CRLF, and its columns in another order', () => {
    const bytes = new TextEncoder().encode('\uFEFFlevel,code,parent_code,type_en,lng,lat,name_latin,name_km\r\nprovince,02,,Province,103.23,12.92,Battambang,បាត់ដំបង\r\n');
    expect(planAreaLoad(decodeAreaFile(bytes), none).added[0]).toMatchObject({ code: '02', nameLatin: 'Battambang', lat: 12.92, lng: 103.23 });
  });

  it.each([
    ['', /name the columns/],
    ['code;parent_code;level\n02;;province', /missing or named twice: code, parent_code/],
    [`${HEADER},code\n`, /named twice: code/],
  ])('is refused as a whole without its first line: %j', (text, sentence) => {
    expect(() => planAreaLoad(text, none)).toThrow(sentence);
  });

  it('is refused in UTF-16, and a row with a letter broken by another encoding is refused alone', () => {
    expect(() => decodeAreaFile(Buffer.from(`\uFEFF${HEADER}`, 'utf16le'))).toThrow(AreaFileRefused);
    const latin1 = Buffer.concat([Buffer.from(`${HEADER}\n${PROVINCE}\n03,,province,Province,,Caf`), Buffer.from([0xe9]), Buffer.from(',,')]);
    const plan = planAreaLoad(decodeAreaFile(latin1), none);
    expect([codes(plan.added), faults(plan)]).toEqual([['02'], ['3 ROW_UNREADABLE']]);
  });
});

describe('a row that cannot be taken', () => {
  it.each([
    ['0203,02,town,Municipality,ក,K,,', 'LEVEL_UNKNOWN'],
    ['0203,02,commune,Municipality,ក,K,,', 'CODE_AND_LEVEL'],
    ['02A3,02,district,Municipality,ក,K,,', 'CODE_UNREADABLE'],
    ['0200,02,district,Municipality,ក,K,,', 'CODE_UNREADABLE'],
    ['2.03E+05,0203,commune,Quarter,ក,K,,', 'CODE_WAS_A_NUMBER'],
    ['"2,03E+05",0203,commune,Quarter,ក,K,,', 'CODE_WAS_A_NUMBER'],
    ['203.0,02,district,District,ក,K,,', 'CODE_WAS_A_NUMBER'],
    ['0203,01,district,District,ក,K,,', 'CODE_AND_PARENT'],
    ['0203,,district,District,ក,K,,', 'CODE_AND_PARENT'],
    ['0203,02,district,District, , ,,', 'NAME_MISSING'],
    ['0203,02,district,,ក,K,,', 'TYPE_MISSING'],
    ['0203,02,district,District,ក,K,13.1,', 'POSITION_UNREADABLE'],
    ['0203,02,district,District,ក,K,"13,1","103,2"', 'POSITION_UNREADABLE'],
    ['0203,02,district,District,ក,K,103.2,13.1', 'POSITION_SWAPPED'],
    ['0203,02,district,District,ក,K,48.8,2.3', 'POSITION_OUTSIDE'],
    ['0203,02,district,District,ក,K,', 'ROW_UNREADABLE'],
    ['0203,02,district,District,"ក,K,,', 'ROW_UNREADABLE'],
    [`0203,02,district,District,${'ក'.repeat(201)},K,,`, 'ROW_UNREADABLE'],
  ])('%s: %s', (row, fault) => {
    const plan = planAreaLoad(file(row, PROVINCE), none);
    expect(faults(plan)).toEqual([`2 ${fault}`]);
    expect(codes(plan.added)).toEqual(['02']);
  });

  it('takes the areas inside it along, unless the register knows it already', () => {
    const swapped = DISTRICT.replace('13.09,103.18', '103.18,13.09');
    const rows = file(PROVINCE, swapped, COMMUNE, '02030101,020301,village,Village,ក,K,,');
    expect(faults(planAreaLoad(rows, none))).toEqual(['3 POSITION_SWAPPED', '4 PARENT_MISSING', '5 PARENT_MISSING']);
    const known = asKnown(planAreaLoad(file(PROVINCE, DISTRICT), none));
    expect(faults(planAreaLoad(rows, known))).toEqual(['3 POSITION_SWAPPED']);
  });

  it('names both lines of a contradiction, and lets the same line twice be boring', () => {
    const plan = planAreaLoad(file(PROVINCE, DISTRICT, DISTRICT.replace('Municipality', 'District'), PROVINCE), none);
    expect(plan).toMatchObject({ repeated: 1, unchanged: 0 });
    expect(plan.refused.map(({ line, why }) => [line, why])).toEqual([
      [3, 'the lines 3, 4 say different things of 0203'],
      [4, 'the lines 3, 4 say different things of 0203'],
    ]);
  });
});

describe('a code that lost its leading zero', () => {
  it('gets it back where level and parent agree, with or without the zero of the parent', () => {
    const plan = planAreaLoad(file('2,,province,Province,បាត់ដំបង,Battambang,,', '203,2,district,District,ក,K,,', '20301,0203,commune,Commune,ខ,L,,', '2030101,20301,village,Village,គ,M,,'), none);
    expect(codes(plan.added)).toEqual(['02', '0203', '020301', '02030101']);
    expect(plan.repaired.map(({ line, written, code }) => [line, written, code])).toEqual([[2, '2', '02'], [3, '203', '0203'], [4, '20301', '020301'], [5, '2030101', '02030101']]);
  });

  it('is refused with both areas named where its digits and its parent lead to two', () => {
    const plan = planAreaLoad(file('10,,province,Province,ក្រចេះ,Kratie,,', '01,,province,Province,ក,K,,', '102,10,district,District,ខ,L,,'), none);
    expect(plan.refused).toEqual([{ line: 4, code: '102', fault: 'CODE_AMBIGUOUS', why: 'it fits two areas: 0102 by its own digits, 1002 by its parent_code' }]);
  });

  it.each([
    ['203,12,district,District,ក,K,,', 'CODE_AND_PARENT'],
    ['203,,district,District,ក,K,,', 'CODE_AND_PARENT'],
    ['203,2,commune,Commune,ក,K,,', 'CODE_AND_LEVEL'],
    ['1,2,district,District,ក,K,,', 'CODE_AND_LEVEL'],
    ['0,,province,Province,ក,K,,', 'CODE_UNREADABLE'],
  ])('is refused where no area fits: %s', (row, fault) => {
    expect(faults(planAreaLoad(file(PROVINCE, row), none))).toEqual([`3 ${fault}`]);
  });

  it('never renames the area it would fit, but may bring it a new spelling in one script', () => {
    const known = asKnown(planAreaLoad(file(PROVINCE, DISTRICT), none));
    expect(faults(planAreaLoad(file('203,2,district,District,ក,K,,'), known))).toEqual(['2 CODE_OF_ANOTHER']);
    expect(codes(planAreaLoad(file('203,2,district,District,បាត់ដំបង,Batdambang,,'), known).changed)).toEqual(['0203']);
  });

  it('says the same as the row with the whole code: no repair; says another thing: both are refused', () => {
    expect(planAreaLoad(file(PROVINCE, DISTRICT, DISTRICT.replace('0203,02', '203,2')), none)).toMatchObject({ repeated: 1, repaired: [], refused: [] });
    expect(faults(planAreaLoad(file(PROVINCE, DISTRICT, '203,2,district,District,ក,K,,'), none))).toEqual(['3 ROWS_CONTRADICT', '4 ROWS_CONTRADICT']);
  });
});

/** Rows of a small country: whole areas, spoiled ones, repeated ones, ones without their zero. */
const someRows = fc.array(
  fc.record({
    pairs: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
    name: fc.constantFrom('ក', 'ខ', ' '),
    spoil: fc.constantFrom('', '', '', 'zero', 'level', 'position', 'quote'),
  }).map(({ pairs, name, spoil }) => {
    const code = pairs.map((pair) => String(pair).padStart(2, '0')).join('');
    const level = ['province', 'district', 'commune', 'village'][pairs.length - 1] ?? '';
    const line = writeCsvLine([spoil === 'zero' ? code.slice(1) : code, code.slice(0, -2), spoil === 'level' ? 'town' : level, 'Type', name, 'Name', spoil === 'position' ? '103' : '', spoil === 'position' ? '12' : '']);
    return spoil === 'quote' ? `"${line}` : line;
  }),
  { maxLength: 25 },
);

describe('loading', () => {
  /** The plan without its line numbers: what must not depend on the order. */
  const essence = (plan: AreaLoadPlan, lines: readonly string[]) => ({
    ...plan,
    refused: plan.refused.map(({ line, fault }) => `${lines[line - 2]} ${fault}`).sort(),
    repaired: plan.repaired.map(({ written, code }) => `${written} ${code}`).sort(),
  });

  it('gives the same for any order of the rows', () => {
    fc.assert(
      fc.property(someRows.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))), ([rows, shuffled]) => {
        expect(essence(planAreaLoad(file(...shuffled), none), shuffled)).toEqual(essence(planAreaLoad(file(...rows), none), rows));
      }),
      SEED,
    );
  });

  it('changes nothing the second time, and counts every row once', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const first = planAreaLoad(file(...rows), none);
        const second = planAreaLoad(file(...rows), asKnown(first));
        expect(second).toEqual({ ...first, added: [], changed: [], unchanged: first.added.length });
        for (const plan of [first, second]) {
          expect(plan.added.length + plan.changed.length + plan.unchanged + plan.repeated + plan.refused.length).toBe(rows.length);
        }
      }),
      SEED,
    );
  });

  it('never puts an area in before the one around it', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const { added } = planAreaLoad(file(...rows), none);
        for (const [index, area] of added.entries()) expect(area.parentCode === null || codes(added.slice(0, index)).includes(area.parentCode)).toBe(true);
      }),
      SEED,
    );
  });
});
