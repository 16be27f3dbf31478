import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../../src/kernel/civil-date.js';
import { newId } from '../../src/kernel/ids.js';
import { PlacesService } from '../../src/carers/places.service.js';
import { lockFamily } from '../../src/carers/places.repo.js';
import type { Op } from '../../src/platform/database/op.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { approvedFamily, knownFamily } from '../support/given.js';
import { Harness } from '../support/harness.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

let harness: Harness;
let worker: WorkerDatabase;
const places = new PlacesService();
beforeAll(async () => {
  harness = await Harness.start();
  worker = await asWorker(harness);
});
afterAll(async () => {
  await worker.close();
  await harness.stop();
});

const inFamily = <T>(familyId: string, work: (op: Op) => Promise<T>): Promise<T> =>
  worker.uow.system(systemActor('test'), 'test', async (op) => {
    if ((await lockFamily(op, familyId)) === undefined) throw new Error('no such family');
    return work(op);
  });

interface Row { slot: number; during: string; occupant_id: string }
const rowsOf = (familyId: string): Promise<Row[]> =>
  harness.sql<Row>('select slot, during::text, occupant_id from carers.place_occupancies where family_id = $1 order by lower(during), slot', [familyId]);

describe('the tables of places refuse by themselves', () => {
  it('a slot above capacity, also from plain SQL', async () => {
    const family = await approvedFamily(harness, { places: 2 });
    const take = (slot: number, from: string) =>
      harness.sql(`insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id) values ($1, $2, daterange($3, null), 'placement', $4)`, [family.id, slot, from, newId()]);
    await expect(take(3, '2026-01-01')).rejects.toMatchObject({ constraint: 'place_occupancies_within_places' });
    await expect(take(1, '2023-12-31')).rejects.toMatchObject({ constraint: 'place_occupancies_within_places' });
    await take(1, '2026-01-01');
    await expect(take(1, '2026-05-01')).rejects.toMatchObject({ constraint: 'place_occupancies_pkey' });
  });

  it('two places for one occupant on one day, and a cut below an occupant', async () => {
    const family = await approvedFamily(harness, { places: 2 });
    const other = await approvedFamily(harness, { places: 1 });
    const occupant = newId();
    const take = (familyId: string, slot: number, during: string) =>
      harness.sql(`insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id) values ($1, $2, $3, 'placement', $4)`, [familyId, slot, during, occupant]);
    await take(family.id, 1, '[2026-01-01,2026-03-01)');
    await take(family.id, 2, '[2026-03-01,2026-04-01)');
    await expect(take(other.id, 1, '[2026-02-01,2026-05-01)')).rejects.toMatchObject({ constraint: 'place_occupancies_one_place_a_day' });
    await expect(harness.sql(`delete from carers.family_places where family_id = $1 and slot = 2`, [family.id])).rejects.toMatchObject({ constraint: 'place_occupancies_within_places' });
    await expect(harness.sql(`update carers.family_places set during = '[2024-01-01,2026-03-15)' where family_id = $1 and slot = 2`, [family.id])).rejects.toMatchObject({
      constraint: 'place_occupancies_within_places',
    });
  });

  it('a hold without a moment at which it lapses', async () => {
    const family = await approvedFamily(harness);
    await expect(
      harness.sql(`insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id) values ($1, 1, '[2026-01-01,)', 'hold', $2)`, [family.id, newId()]),
    ).rejects.toMatchObject({ constraint: 'place_occupancies_expiry' });
  });
});

describe('places of a family', () => {
  it('A until March and B from March leave a place for C from January to June, by a change of number', async () => {
    const family = await approvedFamily(harness, { places: 2 });
    const [a, b, c] = [newId(), newId(), newId()];
    await harness.sql(
      `insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id) values
       ($1, 1, '[2026-01-01,2026-03-01)', 'placement', $2), ($1, 2, '[2026-03-01,2026-06-01)', 'placement', $3)`,
      [family.id, a, b],
    );
    const result = await inFamily(family.id, (op) => places.takePlace(op, { familyId: family.id, occupantId: c, kind: 'placement', from: civil('2026-01-01'), to: civil('2026-06-01') }));
    expect(result).toEqual({ ok: true, value: c });
    expect((await rowsOf(family.id)).filter((row) => row.occupant_id === c)).toEqual([
      { slot: 2, during: '[2026-01-01,2026-03-01)', occupant_id: c },
      { slot: 1, during: '[2026-03-01,2026-06-01)', occupant_id: c },
    ]);
  });

  it('taking a place first frees lapsed holds; a live hold keeps it and becomes the stay it was for', async () => {
    const family = await approvedFamily(harness, { places: 1 });
    const [hold, rival, placement] = [newId(), newId(), newId()];
    const from = civil('2026-06-20');
    const held = { familyId: family.id, occupantId: hold, kind: 'hold', from, to: null, expiresAt: new Date('2026-06-16T03:00:00Z') } as const;
    const wish = (occupantId: string) => ({ familyId: family.id, occupantId, kind: 'placement', from, to: null }) as const;
    await inFamily(family.id, (op) => places.takePlace(op, held));
    expect(await inFamily(family.id, (op) => places.takePlace(op, wish(rival)))).toEqual({ ok: false, code: 'NO_PLACE', details: { day: from } });
    expect(await inFamily(family.id, (op) => places.turnHold(op, { holdId: hold, into: wish(placement) }))).toEqual({ ok: true, value: placement });
    expect(await rowsOf(family.id)).toEqual([{ slot: 1, during: '[2026-06-20,)', occupant_id: placement }]);
    await inFamily(family.id, (op) => places.releasePlace(op, { familyId: family.id, occupantId: placement, from }));
    await inFamily(family.id, (op) => places.takePlace(op, held));
    harness.clock.set('2026-06-16T03:00:00Z');
    expect(await inFamily(family.id, (op) => places.takePlace(op, wish(rival)))).toEqual({ ok: true, value: rival });
    expect((await rowsOf(family.id)).map((row) => row.occupant_id)).toEqual([rival]);
    harness.clock.set('2026-06-15T03:00:00Z');
  });

  it('frees lapsed holds by name and leaves the others', async () => {
    const family = await approvedFamily(harness, { places: 2 });
    const [soon, later] = [newId(), newId()];
    const hold = (occupantId: string, expiresAt: string) => ({ familyId: family.id, occupantId, kind: 'hold', from: civil('2026-06-20'), to: null, expiresAt: new Date(expiresAt) }) as const;
    await inFamily(family.id, (op) => places.takePlace(op, hold(soon, '2026-06-15T02:00:00Z')));
    await inFamily(family.id, (op) => places.takePlace(op, hold(later, '2026-06-22T03:00:00Z')));
    expect(await inFamily(family.id, (op) => places.freeLapsedHolds(op, family.id))).toEqual([]);
    expect((await rowsOf(family.id)).map((row) => row.occupant_id)).toEqual([later]);
    const kept = await inFamily(family.id, (op) => places.extendHold(op, { familyId: family.id, holdId: later, expiresAt: new Date('2026-07-01T00:00:00Z') }));
    expect(kept).toEqual({ ok: true, value: later });
    expect(await inFamily(family.id, (op) => places.extendHold(op, { familyId: family.id, holdId: soon, expiresAt: new Date('2026-07-01T00:00:00Z') }))).toMatchObject({ code: 'NO_PLACE' });
  });

  it('a cut below the occupants is refused; to them, everybody stays', async () => {
    const family = await approvedFamily(harness, { places: 3 });
    const who = [newId(), newId(), newId()];
    for (const occupantId of who) {
      await inFamily(family.id, (op) => places.takePlace(op, { familyId: family.id, occupantId, kind: 'placement', from: civil('2026-01-01'), to: occupantId === who[0] ? civil('2026-05-01') : null }));
    }
    const cut = (from: string) => inFamily(family.id, (op) => places.setPlaces(op, { familyId: family.id, from: civil(from), places: 2, sourceId: newId() }));
    expect(await cut('2026-04-01')).toEqual({ ok: false, code: 'PLACES_BELOW_OCCUPANTS', details: { day: '2026-04-01', occupants: 3, places: 2 } });
    expect(await cut('2026-05-01')).toEqual({ ok: true, value: family.id });
    const after = await harness.sql<{ slot: number }>(`select slot from carers.place_occupancies where family_id = $1 and during @> '2026-05-01'::date order by slot`, [family.id]);
    expect(after).toEqual([{ slot: 1 }, { slot: 2 }]);
  });

  it('an exemption adds a place for its days only', async () => {
    const family = await approvedFamily(harness, { places: 1 });
    const take = (from: string, to: string) => inFamily(family.id, (op) => places.takePlace(op, { familyId: family.id, occupantId: newId(), kind: 'placement', from: civil(from), to: civil(to) }));
    await take('2026-01-01', '2026-12-01');
    await inFamily(family.id, (op) => places.addPlace(op, { familyId: family.id, from: civil('2026-02-01'), to: civil('2026-04-01'), basis: 'exemption', sourceId: newId() }));
    expect(await take('2026-02-01', '2026-04-02')).toEqual({ ok: false, code: 'NO_PLACE', details: { day: '2026-04-01' } });
    expect((await take('2026-02-01', '2026-04-01')).ok).toBe(true);
  });

  it('what is stored over random histories is what counting by days says', async () => {
    const start = civil('2026-01-01');
    const command = fc.record({
      kind: fc.constantFrom('take' as const, 'take' as const, 'release' as const, 'set' as const),
      from: fc.integer({ min: 0, max: 25 }),
      nights: fc.option(fc.integer({ min: 1, max: 12 }), { freq: 2 }),
      who: fc.nat({ max: 9 }),
      count: fc.integer({ min: 0, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 14 }), async (commands) => {
        const family = await knownFamily(harness);
        const there = Array.from({ length: 40 }, () => new Set<string>());
        const may = Array.from({ length: 40 }, () => 0);
        const who: string[] = [];
        for (const one of commands) {
          const from = addDays(start, one.from);
          const end = one.nights === null ? 40 : Math.min(39, one.from + one.nights);
          const days = Array.from({ length: 40 }, (_, d) => d);
          if (one.kind === 'set') {
            const result = await inFamily(family.id, (op) => places.setPlaces(op, { familyId: family.id, from, places: one.count, sourceId: newId() }));
            const later = days.filter((d) => d >= one.from);
            expect(result.ok).toBe(later.every((d) => (there[d]?.size ?? 0) <= one.count));
            if (result.ok) for (const d of later) may[d] = one.count;
          } else if (one.kind === 'take') {
            const id = newId();
            const stay = days.filter((d) => d >= one.from && d < end);
            const to = one.nights === null ? null : addDays(start, end);
            const result = await inFamily(family.id, (op) => places.takePlace(op, { familyId: family.id, occupantId: id, kind: 'placement', from, to }));
            expect(result.ok).toBe(stay.every((d) => (there[d]?.size ?? 0) < (may[d] ?? 0)));
            if (result.ok) {
              who.push(id);
              for (const d of stay) there[d]?.add(id);
            }
          } else {
            const id = who[one.who % Math.max(1, who.length)];
            if (id === undefined) continue;
            await inFamily(family.id, (op) => places.releasePlace(op, { familyId: family.id, occupantId: id, from }));
            for (const d of days) if (d >= one.from) there[d]?.delete(id);
          }
        }
        const stored = await harness.sql<{ d: number; n: number; slots: number }>(
          `select d, (select count(*)::int from carers.place_occupancies where family_id = $1 and during @> ($2::date + d)) as n,
                  (select count(*)::int from carers.family_places where family_id = $1 and during @> ($2::date + d)) as slots
           from generate_series(0, 39) as d order by d`,
          [family.id, start],
        );
        expect(stored.map((row) => [row.n, row.slots])).toEqual(there.map((set, d) => [set.size, may[d] ?? 0]));
      }),
      { seed: 20260615, numRuns: 15 },
    );
  });
});
