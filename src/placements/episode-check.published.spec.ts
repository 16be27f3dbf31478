import { describe, expect, it } from '@jest/globals';
import { checkEpisodes } from './episode-check.domain.js';
import { EPISODE_RULES } from './episode-rules.domain.js';
import { readStay } from './episode-table.domain.js';
import type { Field, ForeignRow } from './episode-table.domain.js';

/**
 * The small tables with which England's looked-after-children return shows its rules, and the rows (counted from 0) that
 * must fail. Facts of the public repository `data-to-insight/csc-validator-be-903`, each from
 * `lac_validator/rules/lac2022_23/rule_<number>.py` as of commit 10ad07c513aa (MIT, copyright 2021 Social Finance Digital
 * Labs); written down anew, "-" standing for nothing.
 */
const PUBLISHED: readonly { readonly rule: string; readonly columns: string; readonly fails: readonly number[]; readonly rows: readonly string[] }[] = [
  {
    rule: '142', columns: 'child start end reasonCeased', fails: [1, 5, 13],
    rows: [
      '111 01/06/2020 04/06/2020 X1', '111 05/06/2020 06/06/2020 -', '111 06/06/2020 08/06/2020 X1', '111 08/06/2020 05/06/2020 X1', '222 05/06/2020 06/06/2020 -', '333 06/06/2020 - E11',
      '333 07/06/2020 - -', '444 08/06/2020 09/06/2020 X1', '444 09/06/2020 10/06/2020 E11', '444 15/06/2020 - -', '555 11/06/2020 12/06/2020 X1', '6666 12/06/2020 13/06/2020 X1',
      '6666 13/06/2020 14/06/2020 X1', '6666 14/06/2020 - X1', '6666 15/06/2020 16/06/2020 X1', '77777 16/06/2020 17/06/2020 X1', '77777 17/06/2020 18/06/2020 X1', '77777 18/06/2020 - X1',
      '999 31/06/2020 - -', '123 - - -', '- - - -',
    ],
  },
  {
    rule: '355', columns: 'start end', fails: [0, 3, 5],
    rows: [
      '01/01/2000 01/01/2000', '01/02/2000 01/03/2000', '01/03/2000 -', '01/04/2000 01/04/2000', '01/05/2000 03/05/2000', '01/06/2000 01/06/2000', '04/05/2000 01/05/2000',
    ],
  },
  {
    rule: '356', columns: 'start end', fails: [0],
    rows: [
      '14/03/2021 08/12/2020', '16/06/2019 24/08/2021', '03/10/2020 -', '07/09/2021 07/09/2021',
    ],
  },
  {
    rule: '375', columns: 'child start end place birth', fails: [0, 2, 3],
    rows: [
      '111 01/01/2020 13/02/2020 T1 01/01/1998', '222 01/02/2020 14/03/2020 T1 01/02/2000', '333 02/03/2020 14/04/2020 T1 02/03/2015', '444 15/03/2010 27/04/2010 T1 15/01/2010',
      '555 15/03/2004 26/04/2004 T1 15/03/2000', '666 14/03/2014 25/04/2014 P2 15/03/2000',
    ],
  },
  {
    rule: '376', columns: 'child start end place birth', fails: [1, 2, 3],
    rows: [
      '111 01/01/2020 22/01/2020 T3 01/01/1998', '222 01/02/2020 23/02/2020 T3 01/02/2000', '333 02/03/2020 24/03/2020 T3 02/03/2015', '444 15/03/2010 06/04/2010 T3 15/01/2010',
      '555 15/03/2004 05/04/2004 T3 15/03/2000', '666 14/03/2014 04/04/2014 P2 15/03/2000', '777 - - T3 -',
    ],
  },
  {
    rule: '379', columns: 'child start end place birth', fails: [1, 3],
    rows: [
      '111 01/01/2020 08/01/2020 T4 08/01/2020', '222 01/02/2020 09/02/2020 T4 08/02/2020', '333 02/03/2020 09/03/2020 T4 09/03/2020', '444 15/03/2010 25/03/2010 T4 22/03/2010',
      '555 15/03/2004 22/03/2004 T4 22/03/2004', '666 14/03/2014 25/03/2014 P2 21/03/2014',
    ],
  },
  {
    rule: '380', columns: 'reasonNew place', fails: [1],
    rows: [
      'S U1', 'L T0', 'P U2', 'B Z1', 'P T1', '- -',
    ],
  },
  {
    rule: '381', columns: 'reasonCeased place', fails: [1],
    rows: [
      'X1 T3', 'PR1 T0', 'X1 U2', '- T2', 'X1 T1', '- -',
    ],
  },
  {
    rule: '383', columns: 'child reasonNew start place', fails: [2, 6],
    rows: [
      '111 S 01/06/2020 S1', '111 S 05/06/2020 T1', '111 T 06/06/2020 S1', '222 S 05/06/2020 T1', '333 S 06/06/2020 S1', '333 S 10/06/2020 T1', '333 P 12/06/2020 S2', '444 S 08/06/2020 T1',
      '444 S 09/06/2020 P4', '444 S 15/06/2020 T1', '6666 S 12/06/2020 T1', '6666 S 13/06/2020 T1', '6666 P 14/06/2020 T1',
    ],
  },
  {
    rule: '388', columns: 'child start end reasonCeased', fails: [0, 3, 5, 10, 14],
    rows: [
      '111 01/06/2020 04/06/2020 X1', '111 05/06/2020 06/06/2020 X1', '111 06/06/2020 08/06/2020 X1', '111 08/06/2020 05/06/2020 X1', '222 05/06/2020 06/06/2020 -', '333 06/06/2020 07/06/2020 E11',
      '333 07/06/2020 - -', '444 08/06/2020 09/06/2020 X1', '444 09/06/2020 10/06/2020 E11', '444 15/06/2020 - -', '555 11/06/2020 12/06/2020 X1', '6666 12/06/2020 13/06/2020 X1',
      '6666 13/06/2020 14/06/2020 X1', '6666 14/06/2020 15/06/2020 X1', '6666 15/06/2020 16/06/2020 X1', '77777 16/06/2020 17/06/2020 X1', '77777 17/06/2020 18/06/2020 X1', '77777 18/06/2020 - -',
      '999 31/06/2020 - -', '123 - - -', '- - - -',
    ],
  },
  {
    rule: '431', columns: 'child reasonNew start end', fails: [3, 8, 12, 13],
    rows: [
      '111 S 01/06/2020 04/06/2020', '111 S 05/06/2020 06/06/2020', '111 T 06/06/2020 08/06/2020', '111 S 08/06/2020 05/06/2020', '222 S 05/06/2020 06/06/2020', '333 S 06/06/2020 07/06/2020',
      '333 S 10/06/2020 -', '444 S 08/06/2020 09/06/2020', '444 S 09/06/2020 10/06/2020', '444 S 15/06/2020 -', '555 S 11/06/2020 12/06/2020', '6666 S 12/06/2020 13/06/2020',
      '6666 S 13/06/2020 14/06/2020', '6666 S 14/06/2020 15/06/2020',
    ],
  },
  {
    rule: '432', columns: 'child reasonNew start reasonCeased', fails: [1, 2, 6, 9],
    rows: [
      '111 P 01/06/2020 E2', '111 P 05/06/2020 E3', '111 T 06/06/2020 E3', '111 S 08/06/2020 -', '222 S 05/06/2020 E3', '333 B 06/06/2020 E3', '333 U 10/06/2020 -', '444 S 07/06/2020 E3',
      '444 S 08/06/2020 E3', '444 T 09/06/2020 E3', '444 S 15/06/2020 E3',
    ],
  },
  {
    rule: '433', columns: 'child start reasonNew end', fails: [4, 5],
    rows: [
      '101 20/10/2021 S 20/11/2021', '102 19/11/2021 P -', '102 17/06/2021 P 19/11/2021', '103 04/04/2020 B 12/09/2020', '103 11/09/2020 B 06/05/2021', '103 07/05/2021 B -',
    ],
  },
  {
    rule: '437', columns: 'child start reasonCeased', fails: [4],
    rows: [
      '101 20/10/2021 E2', '102 19/11/2021 E15', '102 17/06/2021 X1', '103 04/04/2020 X1', '103 11/09/2020 E15', '103 07/05/2021 -', '104 15/02/2020 X1', '104 09/04/2020 E4a', '104 24/09/2020 X1',
      '104 30/06/2021 -', '105 - E2', '105 20/12/2020 X1',
    ],
  },
  {
    rule: '501', columns: 'child start end', fails: [1, 6, 8],
    rows: [
      '111 01/06/2020 04/06/2020', '111 02/06/2020 06/06/2020', '111 06/06/2020 -', '111 08/06/2020 09/06/2020', '222 10/06/2020 11/06/2020', '333 04/06/2020 07/06/2020', '333 05/06/2020 -',
      '444 08/06/2020 09/06/2020', '444 08/06/2020 10/06/2020', '444 15/06/2020 -',
    ],
  },
  {
    rule: '567', columns: 'missingFrom missingTo', fails: [2, 3],
    rows: [
      '01/06/2020 05/06/2020', '02/06/2020 -', '03/06/2020 01/06/2020', '04/06/2020 02/06/2020', '- 05/06/2020',
    ],
  },
];

const read = (columns: string, rows: readonly string[]): ForeignRow[] =>
  rows.map((row, at) => readStay(at, Object.fromEntries(row.split(' ').map((cell, n): [Field, string | null] => [columns.split(' ')[n] as Field, cell === '-' ? null : cell]))));
const failing = (code: string, rows: readonly ForeignRow[]): readonly number[] => checkEpisodes(rows).violations.find((one) => one.code === code)?.rows ?? [];
const published = (rule: string): ForeignRow[] => PUBLISHED.filter((one) => one.rule === rule).flatMap(({ columns, rows }) => read(columns, rows));

describe('the published rules of England\'s return', () => {
  it.each(PUBLISHED)('$rule fails exactly the rows that are published', ({ rule, columns, fails, rows }) => {
    expect(failing(rule, read(columns, rows))).toEqual(fails);
  });

  it('are all sixteen that were asked for, each with failing and passing rows', () => {
    const asked = '142 355 356 375 376 379 380 381 383 388 431 432 433 437 501 567'.split(' ');
    expect(EPISODE_RULES.filter(({ by }) => by === 'england').map(({ code }) => code)).toEqual(asked);
    expect(PUBLISHED.map(({ rule }) => rule)).toEqual(asked);
    for (const { fails, rows } of PUBLISHED) expect([fails.length > 0, fails.length < rows.length]).toEqual([true, true]);
  });

  it('find the same rows in whatever order a table stands', () => {
    for (const { rule, columns, fails, rows } of PUBLISHED) {
      const turned = read(columns, rows).map((row) => ({ ...row, row: rows.length - 1 - row.row })).reverse();
      expect([rule, failing(rule, turned).map((row) => rows.length - 1 - row).sort((a, b) => a - b)]).toEqual([rule, fails]);
    }
  });
});

/** Where the register's own timeline asks for more than the published tables, on purpose. */
describe('ours is stricter on purpose', () => {
  it('an open stay covers every day after it: 501 lets row 3 begin inside one, OVERLAP does not', () => {
    expect(failing('501', published('501'))).toEqual([1, 6, 8]);
    expect(failing('OVERLAP', published('501'))).toEqual([1, 3, 6, 8]);
  });

  it('an overlap with any earlier stay counts: 501 looks at the neighbour alone', () => {
    const rows = read('child start end', ['a 2020-01-01 2020-03-01', 'a 2020-01-10 2020-01-12', 'a 2020-02-01 2020-04-01']);
    expect(failing('501', rows)).toEqual([1]);
    expect(failing('OVERLAP', rows)).toEqual([1, 2]);
  });

  it('a day that is none is told: 142 and 388 let "31/06/2020" and a stay without a first day pass', () => {
    for (const rule of ['142', '388']) {
      expect(failing(rule, published(rule))).not.toContain(18);
      expect(failing('DAY_UNREADABLE', published(rule))).toEqual([18]);
    }
    expect(failing('437', published('437'))).toEqual([4]);
    expect(failing('START_MISSING', published('437'))).toEqual([10]);
  });

  it('a row that names no child is told, where the published tables have none', () => {
    expect(failing('CHILD_MISSING', published('356'))).toEqual([0, 1, 2, 3]);
    expect(failing('CHILD_MISSING', published('142'))).toEqual([20]);
  });

  it('a stay on one day and one that ends before it begins hold no night alike: 355 and 356 in one', () => {
    expect(failing('NO_NIGHT', published('355'))).toEqual([0, 3, 5, 6]);
    expect(failing('NO_NIGHT', published('356'))).toEqual([0, 3]);
  });

  it('nights that nobody knows of are a gap, also where no code says that care went on', () => {
    expect(failing('GAP', published('388'))).toEqual([1]);
    expect(failing('GAP', published('433'))).toEqual([5]);
    expect(failing('GAP', published('142'))).toEqual([1]);
    expect(failing('GAP', read('child start end reasonNew', ['a 2020-01-01 2020-02-01 -', 'a 2020-02-03 - -', 'b 2020-01-01 2020-02-01 -', 'b 2020-02-03 - S']))).toEqual([1]);
  });

  it('a temporary place is too long whether or not the birth is known: 375, 376 and 379 pass a child without one', () => {
    const withoutBirth = (rule: string): readonly number[] => failing(rule, published(rule).map((row) => ({ ...row, birth: null })));
    expect([withoutBirth('375'), withoutBirth('376'), withoutBirth('379')]).toEqual([[0, 2, 3], [1, 2, 3], [1, 3]]);
  });

  it('nothing lies before birth: 379 has a stay that begins before the child was born', () => {
    expect(failing('BEFORE_BIRTH', published('379'))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(failing('BEFORE_BIRTH', published('375'))).toEqual([]);
  });

  it('nothing goes on after death, wherever the row stands: 437 asks only whether another stay follows', () => {
    const rows = read('child start end reasonCeased', ['a 2020-01-01 2020-09-01 X1', 'a 2020-02-01 2020-03-01 E2', 'b 2020-01-01 2020-03-01 E2', 'c 2020-01-01 2020-03-01 E15', 'c 2020-04-01 - -']);
    expect(failing('437', rows)).toEqual([3]);
    expect(failing('AFTER_DEATH', rows)).toEqual([0]);
  });
});
