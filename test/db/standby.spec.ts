import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { availability } from '../../src/carers/availability.domain.js';
import type { Ask } from '../../src/carers/availability.domain.js';
import { factsOf, listStandBy } from '../../src/carers/standby.queries.js';
import { addDays, civil } from '../../src/kernel/civil-date.js';
import type { CivilDate } from '../../src/kernel/civil-date.js';
import { newId } from '../../src/kernel/ids.js';
import type { Op } from '../../src/platform/database/op.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { approvedFamily, knownFamily, standing } from '../support/given.js';
import { Harness } from '../support/harness.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

let harness: Harness;
let worker: WorkerDatabase;
beforeAll(async () => {
  harness = await Harness.start();
  worker = await asWorker(harness);
});
afterAll(async () => {
  await worker.close();
  await harness.stop();
});

const START = civil('2026-06-01');
const day = (n: number): string => addDays(START, n);
const anybody: Ask = { places: 1, age: null, sex: null, needs: [], careKind: null };

const range = fc.record({ from: fc.integer({ min: -20, max: 25 }), nights: fc.option(fc.integer({ min: 1, max: 30 }), { freq: 2 }) })
  .map(({ from, nights }) => ({ from: day(from), to: nights === null ? null : day(from + nights) }));
const mostly = fc.oneof({ weight: 8, arbitrary: fc.constant({ from: '2024-01-01', to: null as string | null }) }, { weight: 2, arbitrary: range });
const history = fc.record({
  approval: mostly, certificate: mostly, check: mostly, terms: mostly, suspension: fc.option(fc.tuple(range, fc.boolean()), { freq: 1 }),
  places: fc.integer({ min: 0, max: 3 }), stays: fc.array(fc.tuple(range, fc.constantFrom('placement', 'hold', 'lapsed')), { maxLength: 3 }),
  granny: fc.option(range, { freq: 1 }), closed: fc.option(fc.integer({ min: 0, max: 25 }), { freq: 1 }), oldest: fc.integer({ min: 4, max: 9 }), breach: fc.boolean(),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

async function arrange(h: History): Promise<void> {
  const family = await knownFamily(harness, { area: '02010101', from: '2024-01-01', carersBorn: ['1980-02-29'] });
  const [carer = ''] = family.carers;
  await standing(harness, family.id, 'approval', h.approval.from, h.approval.to);
  await standing(harness, family.id, 'certificate', h.certificate.from, h.certificate.to, carer);
  await standing(harness, family.id, 'check', h.check.from, h.check.to, carer);
  if (h.suspension !== null) await standing(harness, family.id, 'suspension', h.suspension[0].from, h.suspension[0].to, null, h.suspension[1]);
  await harness.sql(
    `insert into carers.approval_terms (id, family_id, during, source_id, places, youngest, oldest, sexes, care_kinds) values ($1, $2, daterange($3, $4), $1, 3, 3, $5, '{female,male}', '{foster}')`,
    [newId(), family.id, h.terms.from, h.terms.to, h.oldest],
  );
  await harness.sql(
    `insert into carers.family_places (family_id, slot, during, basis, source_id)
     select $1::uuid, slot, '[2020-01-01,)'::daterange, 'terms', $1::uuid from generate_series(1, $2::int) slot union all select $1::uuid, 13, '[2020-01-01,)'::daterange, 'breach', $1::uuid where $3`,
    [family.id, h.places, h.breach],
  );
  for (const [i, [during, kind]] of h.stays.slice(0, h.places).entries()) {
    await harness.sql(
      `insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id, expires_at) values ($1, $2, daterange($3, $4), $5, $6, $7)`,
      [family.id, i + 1, during.from, during.to, kind === 'placement' ? kind : 'hold', newId(), kind === 'placement' ? null : kind === 'hold' ? '2026-06-15T03:00:01Z' : '2026-06-15T03:00:00Z'],
    );
  }
  if (h.granny !== null) {
    await harness.sql(
      `insert into carers.adults (id, family_id, office_id, name_km, sex, birth_date, birth_precision, carer, during) values ($1, $2, $3, 'យាយ', 'female', '1950-01-01', 'year', false, daterange($4, $5))`,
      [newId(), family.id, family.officeId, h.granny.from, h.granny.to],
    );
  }
  if (h.closed !== null) await harness.sql(`update carers.families set closed_on = $2, closed_why = 'resigned' where id = $1`, [family.id, day(h.closed)]);
}

/** The function for matching says the same of every family that is not closed. */
async function expectCandidates(op: Op, on: CivilDate): Promise<void> {
  const candidates = await op.tx.rows<{ id: string; failed: string[]; free_places: number }>('select id, failed, free_places from carers.candidates($1, $2, $3)', [on, '0201', op.now]);
  const all = await listStandBy(op, { areaCode: '0201', on, ask: anybody, includeUnavailable: true }, null, 100);
  const told = all.flatMap((row) => {
    const { reasons, freePlaces } = availability(factsOf(row), on, { ...anybody, places: 0 }, op.now, false);
    const codes = [...new Set(reasons.map(({ code }) => code))].sort();
    return codes.includes('CLOSED') ? [] : [{ id: row.id, codes: codes.join(), free: freePlaces.length }];
  });
  expect(candidates.map(({ id, failed, free_places }) => ({ id, codes: [...failed].sort().join(), free: free_places })).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(told);
}

describe('the stand-by list over random histories', () => {
  it('holds exactly the families that the pure rules call available, on every day and for every question', async () => {
    const histories = fc.sample(history, { seed: 20260601, numRuns: 60 });
    for (const one of histories) await arrange(one);
    const asks: Ask[] = [anybody, { ...anybody, places: 2 }, { ...anybody, age: 6 }, { ...anybody, sex: 'female', needs: ['wheelchair'] }, { ...anybody, careKind: 'foster' }, { ...anybody, careKind: 'respite' }];
    let found = 0;
    await worker.uow.system(systemActor('test'), 'test', async (op) => {
      for (const n of [0, 3, 9, 14, 21, 30]) {
        const on = civil(day(n));
        for (const ask of asks) {
          const filter = { areaCode: '0201', on, ask };
          const all = await listStandBy(op, { ...filter, includeUnavailable: true }, null, 100);
          const said = all.filter((row) => availability(factsOf(row), on, ask, op.now, true).available).map(({ id }) => id);
          const listed = await listStandBy(op, { ...filter, includeUnavailable: false }, null, 100);
          expect(all.length).toBe(histories.length);
          expect(listed.map(({ id }) => id)).toEqual(said);
          found += said.length;
        }
        await expectCandidates(op, on);
      }
    });
    expect(found).toBeGreaterThan(50);
  });

  it('reads on from the last id, and misses nobody', async () => {
    for (let i = 0; i < 5; i += 1) await approvedFamily(harness, { area: '17100101' });
    await worker.uow.system(systemActor('test'), 'test', async (op) => {
      const filter = { areaCode: '17', on: op.today, ask: anybody, includeUnavailable: false };
      const whole = await listStandBy(op, filter, null, 100);
      const pages: string[] = [];
      for (let after: string | null = null; ; after = pages.at(-1) ?? null) {
        const page = await listStandBy(op, filter, after, 2);
        if (page.length === 0) break;
        pages.push(...page.map(({ id }) => id));
      }
      expect(whole.length).toBe(5);
      expect(pages).toEqual(whole.map(({ id }) => id));
    });
  });
});
