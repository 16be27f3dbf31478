import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { resident } from '../support/given-placements.js';
import { approvedFamily } from '../support/given.js';
import { Harness } from '../support/harness.js';
import type { Outcome } from '../support/harness.js';
import { ask, choiceOf, propose } from '../support/match-calls.js';
import { arrangeOffices, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

let harness: Harness;
let offices: Offices;
let workers: readonly Person[];
beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  workers = [await signedIn(harness, { role: 'social_worker', office: offices.battambangTown }), await signedIn(harness, { role: 'social_worker', office: offices.battambangTown })];
});
afterAll(() => harness.stop());

/** Runs work while the next two transactions of the API wait for each other after their first statement: both are under way. */
async function bothUnderWay<T>(work: () => Promise<T>): Promise<T> {
  const uow = harness.app.get(UnitOfWork, { strict: false });
  const command = uow.command.bind(uow);
  let waiting = 2;
  let open: () => void = () => undefined;
  const together = new Promise<void>((resolve) => (open = resolve));
  uow.command = ((actor, act, input, requestId, inner) =>
    command(actor, act, input, requestId, async (op) => {
      waiting -= 1;
      if (waiting === 0) open();
      await together;
      return inner(op);
    })) as typeof uow.command;
  try {
    return await work();
  } finally {
    uow.command = command;
  }
}

/** Two workers, a child each, and one family with one place that both lists show. Both propose it at the same moment. */
async function rush(): Promise<{ outcomes: Outcome[]; holds: number; plans: number; proposals: number }> {
  const family = await approvedFamily(harness, { places: 1, languages: ['khm'] });
  const choices = await Promise.all(workers.map(async (worker) => choiceOf((await ask(worker, { childId: (await resident(harness)).id })).result, family.id)));
  const outcomes = await bothUnderWay(() => Promise.all(workers.map((worker, at) => propose(worker, choices[at] ?? {}))));
  const [row] = await harness.sql<{ holds: number; plans: number; proposals: number }>(
    `select (select count(*)::int from carers.place_occupancies where family_id = $1) as holds, (select count(*)::int from placements.placements where family_id = $1) as plans,
       (select count(*)::int from matching.proposals where family_id = $1) as proposals`,
    [family.id],
  );
  return { outcomes, ...(row ?? { holds: -1, plans: -1, proposals: -1 }) };
}

describe('two workers propose the last place of one family at once', () => {
  it('one gets it, and the other is told by name that it was just taken; again and again', async () => {
    for (let trial = 0; trial < 5; trial++) {
      const { outcomes, ...rows } = await rush();
      expect(outcomes.map(({ result }) => result.code ?? result.state).sort()).toEqual(['PLACE_TAKEN', 'waiting']);
      expect(outcomes.find(({ result }) => result.code === 'PLACE_TAKEN')?.result.message).toContain('Another worker has just taken the last place');
      expect(rows).toEqual({ holds: 1, plans: 1, proposals: 1 });
    }
  });

  it('without the family\'s lock the tables still let one in, but the other meets an error (the lock is what the test above proves)', async () => {
    await harness.sql(`create or replace function carers.lock_family(p_family uuid)
      returns table (id uuid, number int, kind text, area_code text, office_id uuid, opened_on date, closed_on date)
      language sql volatile security definer set search_path = ''
      as $$ select f.id, f.number, f.kind, left(f.area_code, 6), f.office_id, f.opened_on, f.closed_on from carers.families f where f.id = p_family $$`);
    const ended: string[] = [];
    for (let trial = 0; trial < 5; trial++) {
      const { outcomes, ...rows } = await rush();
      ended.push(...outcomes.map(({ result, errors }) => errors?.[0]?.extensions.code ?? result.code ?? result.state));
      expect(rows).toEqual({ holds: 1, plans: 1, proposals: 1 });
    }
    expect(ended).toContain('INTERNAL');
  });
});
