import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil, contains } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { addPlace, freePlaces, lapsed, markKept, releasePlace, setPlaces, takePlace } from './places.domain.js';
import type { Layout, Occupancy, Stay } from './places.domain.js';

const START = civil('2026-01-01');
const day = (n: number): CivilDate => addDays(START, n);
const empty: Layout = { places: [], occupancies: [] };

function withPlaces(count: number, layout: Layout = empty, from = START): Layout {
  const result = setPlaces(layout, from, count, 'terms');
  if (!result.ok) throw new Error(result.code);
  return result.value;
}

function withStay(layout: Layout, occupantId: string, from: string, to: string | null): Layout {
  const result = takePlace(layout, stay(occupantId, from, to));
  if (!result.ok) throw new Error(`${result.code} ${String(result.details['day'])}`);
  return { ...layout, occupancies: [...layout.occupancies, ...result.value] };
}

const stay = (occupantId: string, from: string, to: string | null): Stay => ({
  occupantId, kind: 'placement', from: civil(from), to: to === null ? null : civil(to), expiresAt: null,
});

describe('a place for a stay', () => {
  it('is found across two numbers where no number is free all the time', () => {
    let layout = withPlaces(2);
    layout = withStay(layout, 'A', '2026-01-01', '2026-03-01');
    // B has the second place by force: both were free in March.
    layout = { ...layout, occupancies: [...layout.occupancies, { ...stay('B', '2026-03-01', '2026-06-01'), slot: 2 }] };
    const result = takePlace(layout, stay('C', '2026-01-01', '2026-06-01'));
    expect(result.ok && result.value.map(({ slot, from, to }) => [slot, from, to])).toEqual([
      [2, '2026-01-01', '2026-03-01'],
      [1, '2026-03-01', '2026-06-01'],
    ]);
  });

  it('is kept on some of its days, and the same place on all of them', () => {
    let layout = withStay(withStay(withPlaces(2), 'A', '2026-01-01', null), 'B', '2026-01-01', null);
    const kept = [{ from: civil('2026-02-01'), to: civil('2026-02-04') }, { from: civil('2026-02-04'), to: civil('2026-02-10') }, { from: civil('2026-03-01'), to: null }];
    layout = markKept(layout, 'A', kept);
    const rows = (who: string) => layout.occupancies.filter(({ occupantId }) => occupantId === who).sort((a, b) => (a.from < b.from ? -1 : 1)).map(({ kind, from, to }) => [kind, from, to]);
    expect(rows('A')).toEqual([['placement', '2026-01-01', '2026-02-01'], ['kept', '2026-02-01', '2026-02-10'], ['placement', '2026-02-10', '2026-03-01'], ['kept', '2026-03-01', null]]);
    expect(rows('B')).toEqual([['placement', '2026-01-01', null]]);
    expect(freePlaces(layout, civil('2026-02-05'))).toEqual([]);
    layout = markKept(layout, 'A', []);
    expect(rows('A')).toEqual([['placement', '2026-01-01', null]]);
  });

  it('is refused with the first day on which there is none', () => {
    let layout = withPlaces(1);
    layout = withStay(layout, 'A', '2026-02-10', '2026-02-12');
    expect(takePlace(layout, stay('B', '2026-02-01', null))).toEqual({ ok: false, code: 'NO_PLACE', details: { day: '2026-02-10' } });
    expect(takePlace(layout, stay('B', '2026-02-12', null)).ok).toBe(true);
  });

  it('may be cut down to the occupants and not below them, and everybody keeps a place', () => {
    let layout = withPlaces(3);
    for (const who of ['A', 'B', 'C']) layout = withStay(layout, who, '2026-01-01', who === 'A' ? '2026-05-01' : null);
    expect(setPlaces(layout, civil('2026-04-01'), 2, 'less')).toEqual({ ok: false, code: 'PLACES_BELOW_OCCUPANTS', details: { day: '2026-04-01', occupants: 3, places: 2 } });
    const fewer = withPlaces(2, layout, civil('2026-05-01'));
    expect(freePlaces(fewer, civil('2026-05-01'))).toEqual([]);
    expect(rowsOn(fewer, civil('2026-05-01'))).toEqual([['B', 2], ['C', 1]]);
    expect(rowsOn(fewer, civil('2026-04-30'))).toEqual([['A', 1], ['B', 2], ['C', 3]]);
  });

  it('of a breach serves the fact and no decision, and goes when it is not needed', () => {
    let layout = withPlaces(1);
    layout = withStay(layout, 'A', '2026-01-01', null);
    layout = { ...layout, places: [...layout.places, addPlace(layout, { from: civil('2026-02-01'), to: null }, 'breach', 'fact')] };
    expect(takePlace(layout, stay('B', '2026-02-01', null)).ok).toBe(false);
    const fact = takePlace(layout, { ...stay('B', '2026-02-01', null), fact: true });
    if (!fact.ok) throw new Error(fact.code);
    layout = { ...layout, occupancies: [...layout.occupancies, ...fact.value] };
    expect(freePlaces(layout, civil('2026-02-02'))).toEqual([]);
    layout = releasePlace(layout, 'A', civil('2026-03-01'));
    expect(layout.places.filter(({ basis }) => basis === 'breach')).toEqual([expect.objectContaining({ from: '2026-02-01', to: '2026-03-01' })]);
    expect(rowsOn(layout, civil('2026-03-01'))).toEqual([['B', 1]]);
  });
});

function rowsOn(layout: Layout, on: CivilDate): [string, number][] {
  return layout.occupancies.filter((row) => contains(row, on)).map(({ occupantId, slot }): [string, number] => [occupantId, slot]).sort();
}

/** What anybody would count on fingers: for each of 40 days (the last stands for ever after) who is there and how many may be. */
const DAYS = 40;
class Naive {
  readonly firm: number[] = Array.from({ length: DAYS }, () => 0);
  readonly extra: number[] = Array.from({ length: DAYS }, () => 0);
  readonly there: Set<string>[] = Array.from({ length: DAYS }, () => new Set());

  range(from: number, to: number | null): number[] {
    return Array.from({ length: (to ?? DAYS) - from }, (_, i) => from + i);
  }

  firstFull(from: number, to: number | null): number | undefined {
    return this.range(from, to).find((d) => (this.there[d]?.size ?? 0) >= (this.firm[d] ?? 0) + (this.extra[d] ?? 0));
  }
}

const moment = fc.integer({ min: 0, max: DAYS - 2 });
const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('take' as const), from: moment, nights: fc.option(fc.integer({ min: 1, max: 15 }), { freq: 2 }), hold: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), who: fc.nat(), from: moment }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('set' as const), from: moment, count: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('exempt' as const), from: moment, nights: fc.integer({ min: 1, max: 20 }) }) },
);

describe('places over random histories', () => {
  it('are refused exactly where counting by days refuses them, and nobody shares one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.array(command, { maxLength: 25 }), (first, commands) => {
        let layout = withPlaces(first);
        const naive = new Naive();
        naive.firm.fill(first);
        const everybody: string[] = [];
        commands.forEach((one, i) => {
          switch (one.kind) {
            case 'take': {
              const to = one.nights === null ? null : Math.min(DAYS - 1, one.from + one.nights);
              const full = naive.firstFull(one.from, to);
              const result = takePlace(layout, { occupantId: `o${i}`, kind: 'placement', from: day(one.from), to: to === null ? null : day(to), expiresAt: null });
              expect(result.ok ? undefined : result.details['day']).toBe(full === undefined ? undefined : day(full));
              if (!result.ok) break;
              layout = { ...layout, occupancies: [...layout.occupancies, ...result.value] };
              everybody.push(`o${i}`);
              for (const d of naive.range(one.from, to)) naive.there[d]?.add(`o${i}`);
              break;
            }
            case 'release': {
              const who = everybody[one.who % Math.max(1, everybody.length)];
              if (who === undefined) break;
              layout = releasePlace(layout, who, day(one.from));
              for (const d of naive.range(one.from, null)) naive.there[d]?.delete(who);
              break;
            }
            case 'set': {
              const result = setPlaces(layout, day(one.from), one.count, `s${i}`);
              const bad = naive.range(one.from, null).find((d) => (naive.there[d]?.size ?? 0) > one.count + (naive.extra[d] ?? 0));
              expect(result.ok ? undefined : result.details['day']).toBe(bad === undefined ? undefined : day(bad));
              if (!result.ok) break;
              layout = result.value;
              for (const d of naive.range(one.from, null)) naive.firm[d] = one.count;
              break;
            }
            case 'exempt': {
              const to = Math.min(DAYS - 1, one.from + one.nights);
              layout = { ...layout, places: [...layout.places, addPlace(layout, { from: day(one.from), to: day(to) }, 'exemption', `e${i}`)] };
              for (const d of naive.range(one.from, to)) naive.extra[d] = (naive.extra[d] ?? 0) + 1;
            }
          }
          expectSame(layout, naive);
        });
      }),
      { seed: 20260615, numRuns: 200 },
    );
  });
});

/** One comparison a step: an expectation for every day would take a hundred times as long. */
function expectSame(layout: Layout, naive: Naive): void {
  const problems: string[] = [];
  for (let d = 0; d < DAYS; d += 1) {
    const here = layout.occupancies.filter((row) => contains(row, day(d)));
    const slots = new Set(layout.places.filter((row) => contains(row, day(d))).map(({ slot }) => slot));
    const there = naive.there[d] ?? new Set();
    if (here.map(({ occupantId }) => occupantId).sort().join() !== [...there].sort().join()) problems.push(`${d}: other people`);
    if (new Set(here.map(({ slot }) => slot)).size !== here.length) problems.push(`${d}: a number twice`);
    if (!here.every(({ slot }) => slots.has(slot))) problems.push(`${d}: a number without a place`);
    const [firm = 0, extra = 0] = [naive.firm[d], naive.extra[d]];
    if (slots.size !== firm + extra) problems.push(`${d}: other places`);
    if (freePlaces(layout, day(d)).length !== firm + extra - there.size) problems.push(`${d}: other free places`);
  }
  expect(problems).toEqual([]);
}

describe('a hold', () => {
  const hold: Occupancy = { slot: 1, from: START, to: null, kind: 'hold', occupantId: 'H', expiresAt: new Date('2026-01-05T03:00:00Z') };

  it('lapses at its moment, not before', () => {
    expect(lapsed([hold], new Date('2026-01-05T02:59:59.999Z'))).toEqual([]);
    expect(lapsed([hold], new Date('2026-01-05T03:00:00Z'))).toEqual([hold]);
  });

  it('hands its number on to the stay it was held for', () => {
    const layout = withPlaces(3);
    const result = takePlace(layout, { ...stay('P', '2026-01-03', null), prefer: 3 });
    expect(result.ok && result.value.map(({ slot }) => slot)).toEqual([3]);
  });
});
