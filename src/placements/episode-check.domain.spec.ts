import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil, daysBetween } from '../kernel/civil-date.js';
import { checkEpisodes } from './episode-check.domain.js';
import { readDay, readEpisodeTable, readStay } from './episode-table.domain.js';
import type { ForeignRow } from './episode-table.domain.js';

const DAY0 = civil('2026-01-01');
const SPAN = 14;
const violated = (rows: readonly ForeignRow[], code: string): readonly number[] => checkEpisodes(rows).violations.find((one) => one.code === code)?.rows ?? [];

const stay = fc.record({
  child: fc.constantFrom('a', 'b', null), start: fc.option(fc.nat({ max: SPAN - 1 }), { freq: 12 }), end: fc.option(fc.nat({ max: SPAN - 1 })),
  reasonNew: fc.constantFrom('S', 'P', 'L', null), reasonCeased: fc.constantFrom('X1', 'E11', null),
});
const stays = fc.array(stay, { maxLength: 9 }).map((list) =>
  list.map((one, at) => readStay(at + 1, { ...one, start: one.start === null ? null : addDays(DAY0, one.start), end: one.end === null ? null : addDays(DAY0, one.end) })));

/** The nights of a stay, numbered; an open one has every night of the span and after. */
function nights({ start, end, unreadable }: ForeignRow): Set<number> {
  if (start === null || unreadable.length > 0) return new Set();
  const [from, to] = [daysBetween(DAY0, start), end === null ? SPAN + 1 : daysBetween(DAY0, end)];
  return new Set(Array.from({ length: SPAN + 2 }, (_, n) => n).filter((n) => n >= from && n < to));
}
const first = (row: ForeignRow): number => Math.min(...nights(row));
/** Which of two stays is the later one: by its first night, its last, its row. */
function isBefore(a: ForeignRow, b: ForeignRow): boolean {
  const last = (row: ForeignRow): number => Math.max(...nights(row));
  return first(a) !== first(b) ? first(a) < first(b) : last(a) !== last(b) ? last(a) < last(b) : a.row < b.row;
}
const others = (rows: readonly ForeignRow[], here: ForeignRow): ForeignRow[] => rows.filter((one) => one !== here && one.child !== null && one.child === here.child && nights(one).size > 0);

describe('a foreign list of stays', () => {
  it('has an overlap exactly where a stay shares a night with an earlier one, night by night', () => {
    fc.assert(
      fc.property(stays, (rows) => {
        const naive = rows.filter((here) => others(rows, here).some((one) => isBefore(one, here) && [...nights(here)].some((night) => nights(one).has(night))));
        expect(violated(rows, 'OVERLAP')).toEqual(naive.map(({ row }) => row));
      }),
      { seed: 31, numRuns: 300 },
    );
  });

  it('has a gap exactly where nobody covers the night before a stay that is not the first, and care had not ended', () => {
    fc.assert(
      fc.property(stays, (rows) => {
        const naive = rows.filter((here) => {
          if (nights(here).size === 0) return false;
          const earlier = others(rows, here).filter((one) => isBefore(one, here));
          if (earlier.length === 0 || earlier.some((one) => nights(one).has(first(here) - 1) || nights(one).has(first(here)))) return false;
          const until = Math.max(...earlier.map((one) => Math.max(...nights(one))));
          const last = earlier.filter((one) => nights(one).has(until)).sort((a, b) => (isBefore(a, b) ? -1 : 1)).at(-1);
          if (last?.reasonCeased === 'X1' || here.reasonNew === 'P' || here.reasonNew === 'L') return true;
          return last?.reasonCeased === null && here.reasonNew === null;
        });
        expect(violated(rows, 'GAP')).toEqual(naive.map(({ row }) => row));
      }),
      { seed: 37, numRuns: 300 },
    );
  });

  it('is judged child by child: other children, and the order of the rows, change nothing', () => {
    fc.assert(
      fc.property(stays, fc.infiniteStream(fc.nat()), (rows, random) => {
        const whole = checkEpisodes(rows);
        const shuffled = rows.map((row) => ({ row, at: random.next().value as number })).sort((a, b) => a.at - b.at).map(({ row }) => row);
        expect(checkEpisodes(shuffled)).toEqual(whole);
        for (const { code, rows: broken } of whole.violations) {
          const alone = ['a', 'b'].flatMap((child) => violated(rows.filter((row) => row.child === child), code)).concat(violated(rows.filter(({ child }) => child === null), code));
          expect(alone.sort((a, b) => a - b)).toEqual(broken);
        }
      }),
      { seed: 41, numRuns: 200 },
    );
  });

  it('is clean where she moves from place to place, and where care begins anew after it ended', () => {
    const rows = [
      { child: '1', birth: '2015-05-01', start: '2026-01-01', reasonNew: 'S', end: '2026-02-01', reasonCeased: 'x1', place: 'U1' },
      { child: '1', start: '2026-02-01', reasonNew: 'p', end: '2026-03-01', reasonCeased: 'E4a', place: 'u1' },
      { child: '1', start: '2026-06-01', reasonNew: 'S', missingFrom: '2026-07-01', missingTo: '2026-07-01' },
    ].map((cells, at) => readStay(at + 1, cells));
    expect(checkEpisodes(rows)).toEqual({ rows: 3, children: 1, violations: [] });
  });

  it('tells of births that differ, and of what lies before birth or after death', () => {
    const rows = [
      { child: '1', birth: '2015-05-01', start: '2026-01-01' }, { child: '1', birth: '2015-05-02', missingFrom: '2015-04-30', missingTo: '2026-02-01' },
      { child: '2', died: '2026-02-01', start: '2026-01-01' }, { child: '2', missingFrom: '2026-02-01' }, { child: '2', missingFrom: '2026-02-02' },
    ].map((cells, at) => readStay(at + 1, cells));
    expect([violated(rows, 'BIRTH_DIFFERS'), violated(rows, 'BEFORE_BIRTH'), violated(rows, 'AFTER_DEATH')]).toEqual([[2], [2], [3, 5]]);
  });

  it('costs little more than sorting: 60,000 stays, half of them of one child; its progress is told', () => {
    const some = Array.from({ length: 500 }, (_, at) => readStay(at, { child: 'a', start: addDays(DAY0, -at), end: DAY0, reasonCeased: 'X1' }));
    const rows = Array.from({ length: 60_000 }, (_, at): ForeignRow => ({ ...(some[at % 500] ?? readStay(at, {})), row: at, child: at < 30_000 ? 'a' : `c${at}` }));
    const told: number[] = [];
    const before = process.cpuUsage();
    const { children } = checkEpisodes(rows, (done) => void told.push(done));
    // Processor time, which other work does not lengthen; looking at every pair would take minutes.
    expect(process.cpuUsage(before).user / 1_000_000).toBeLessThan(10);
    expect(children).toBe(30_001);
    expect(told.at(-1)).toBe(60_000);
    expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
  });
});

describe('a table of stays', () => {
  const table = (text: string) => {
    const read = readEpisodeTable(text, 3);
    return read.ok ? read.value : { code: read.code };
  };

  it('is read under our names and under those of the return, with commas, semicolons or tabs; rows are lines', () => {
    const ours = table('child,start,end,reason_new,reason_ceased,place\n1,2026-02-28,,s,x1,u1');
    expect(ours).toEqual(table('\uFEFFCHILD;DECOM;DEC;RNE;REC;PLACE\r\n1;28/02/2026;;S;X1;U1\r\n'));
    expect(ours).toEqual(table('child\tstart\tend\treason_new\treason_ceased\tplace\n 1 \t២៨/០២/២០២៦\t\tS\tX1\tU1'));
    expect(ours).toMatchObject({ rows: [{ row: 2, child: '1', start: '2026-02-28', end: null, reasonNew: 'S', isStay: true }] });
    expect(table('child,mis_start,mis_end\n\n7,2026-01-01,2026-01-02')).toMatchObject({ rows: [{ row: 3, missingTo: '2026-01-02', isStay: false }] });
  });

  it('names the columns that no rule asks about, and spoils no line by another', () => {
    const read = table('child,LS,decom,\n1,"C2,2026-01-01\n2,C2,2026-01-01,,x\n3,C2,2026-13-01');
    expect(read).toMatchObject({ ignored: ['ls'], rows: [{ row: 2, isBroken: true }, { row: 3, isBroken: true }, { row: 4, unreadable: ['start'] }] });
    if ('rows' in read) expect([violated(read.rows, 'ROW_UNREADABLE'), violated(read.rows, 'DAY_UNREADABLE'), violated(read.rows, 'CHILD_MISSING')]).toEqual([[2, 3], [4], []]);
  });

  it.each([
    ['EMPTY', ''], ['EMPTY', 'child,start\n\n'], ['HEADER', 'start,end\n1,2'], ['HEADER', 'child,end\n1,2'], ['HEADER', 'child,start,decom\n1,2,3'], ['HEADER', 'child,"start\n1,2'],
    ['TOO_LONG', `child,start${'\n1,2026-01-01'.repeat(4)}`],
  ])('is refused whole: %s', (code, text) => {
    expect(table(text)).toEqual({ code });
  });

  it('takes days as people write them', () => {
    expect(['2026-02-28', '28/2/2026', '២៨/០២/២០២៦'].map(readDay)).toEqual(Array(3).fill('2026-02-28'));
    expect(['31/06/2020', '2026-2-28', '28/02/26', 'yesterday'].map(readDay)).toEqual(Array(4).fill(undefined));
  });
});
