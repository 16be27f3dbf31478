import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/casework/casework.policy.js';
import { VisitsService } from '../../src/casework/visits.service.js';
import { newId } from '../../src/kernel/ids.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { approvedFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

let harness: Harness;
let offices: Offices;
let worker: Person;
let supervisor: Person;
let queue: WorkerDatabase;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  queue = await asWorker(harness);
});
afterAll(async () => {
  await queue.close();
  await harness.stop();
});

const TODAY = '2026-06-15';

/** A child who moved to a family on a day, planned by the worker. */
async function placed(startsOn = '2026-06-01'): Promise<{ child: string; placement: string }> {
  const family = await approvedFamily(harness);
  const child = newId();
  const placement = newId();
  await harness.sql(
    `insert into children.children (id, sex, birth_date, birth_precision, birth_basis, office_id, registered_on, first_seen_on, last_seen_on)
     values ($1, 'female', '2016-01-01', 'day', 'birth_certificate', $2, '2026-01-05', '2026-01-05', '2026-01-05')`,
    [child, offices.battambangTown],
  );
  await harness.sql(
    `insert into placements.placements (id, child_id, family_id, care_kind, office_id, family_office_id, state, planned_by, planned_on, approved_by, approved_on, starts_on)
     values ($1, $2, $3, 'foster', $4, $4, 'active', $5, $6, $7, $6, $6)`,
    [placement, child, family.id, offices.battambangTown, worker.accountId, startsOn, supervisor.accountId],
  );
  return { child, placement };
}

const follow = (placement: string): Promise<void> =>
  queue.uow.system(systemActor('casework.visits'), 'test', (op) => harness.app.get(VisitsService, { strict: false }).follow(op, placement));
const visits = (placement: string) =>
  harness.sql<{ id: string; ordinal: number; due_on: string; state: string }>('select id, ordinal, due_on, state from casework.visits where placement_id = $1 order by ordinal', [placement]);
const tasks = (child: string) => harness.sql<{ kind: string; state: string }>('select kind, state from worklist.tasks where about_id = $1 order by opened_at, kind', [child]);
const tapVisit = (who: Client, input: object): Promise<Outcome> =>
  who.act('tapVisit', { on: TODAY, ...input }, 'Visit { id state happenedOn ordinal record { childSaid } can { act allowed code } }', 'CaseworkRefused');
const record = { on: TODAY, seenAlone: true, worry: false, wellbeing: 'Eats well, sleeps well.', childSaid: 'I like the dog.', carerSaid: 'She laughs again.' };
const recordVisit = (who: Client, input: object): Promise<Outcome> =>
  who.act('recordVisit', { ...record, ...input }, 'Visit { id state happenedOn record { seenAlone worry wellbeing childSaid carerSaid nextSteps } }', 'CaseworkRefused');

/** A placed child's first visit. */
async function firstVisit(): Promise<{ visitId: string; child: string; placement: string }> {
  const made = await placed();
  await follow(made.placement);
  return { ...made, visitId: (await visits(made.placement))[0]?.id ?? '' };
}

describe('visits', () => {
  it('begin a week after the move, once however often the register looks', async () => {
    const { child, placement } = await placed();
    await follow(placement);
    await follow(placement);
    expect(await visits(placement)).toMatchObject([{ ordinal: 1, due_on: '2026-06-08', state: 'due' }]);
    expect(await tasks(child)).toEqual([{ kind: 'casework.visit_due', state: 'open' }]);
    expect(await harness.sql('select act, system from platform.acts where about_id = $1', [child])).toEqual([{ act: 'system:casework.visits', system: 'casework.visits' }]);
  });

  it('end with the placement', async () => {
    const { child, placement } = await firstVisit();
    await harness.sql(`update placements.placements set state = 'ended', ended_on = '2026-06-10', end_reason = 'returned_home' where id = $1`, [placement]);
    await follow(placement);
    await follow(placement);
    expect(await visits(placement)).toMatchObject([{ ordinal: 1, state: 'cancelled' }]);
    expect(await tasks(child)).toEqual([{ kind: 'casework.visit_due', state: 'cancelled' }]);
  });

  it('are one tap first, the record after, and the next one follows', async () => {
    const { visitId, child, placement } = await firstVisit();
    const requestKey = newKey();
    const tapped = await tapVisit(worker, { visitId, requestKey });
    expect(tapped.result).toEqual({
      __typename: 'Visit', id: visitId, state: 'seen', happenedOn: TODAY, ordinal: 1, record: null,
      can: [{ act: 'visit.tap', allowed: false, code: 'VISIT_STATE' }, { act: 'visit.record', allowed: true, code: null }],
    });
    expect((await tapVisit(worker, { visitId, requestKey })).result).toEqual(tapped.result);
    expect(await visits(placement)).toMatchObject([{ ordinal: 1, state: 'seen' }, { ordinal: 2, due_on: '2026-07-01', state: 'due' }]);
    expect(await tasks(child)).toEqual([
      { kind: 'casework.visit_due', state: 'done' }, { kind: 'casework.visit_due', state: 'open' }, { kind: 'casework.visit_record', state: 'open' },
    ]);
    const key = newKey();
    const recorded = await recordVisit(worker, { visitId, requestKey: key });
    expect(recorded.result).toMatchObject({ state: 'recorded', record: { seenAlone: true, childSaid: 'I like the dog.', nextSteps: null } });
    expect((await recordVisit(worker, { visitId, requestKey: key })).result).toEqual(recorded.result);
    expect((await tasks(child)).filter(({ state }) => state === 'open')).toEqual([{ kind: 'casework.visit_due', state: 'open' }]);
    expect(await visits(placement)).toHaveLength(2);
  });

  it('may be recorded at once, and a worry reaches the supervisor the same day', async () => {
    const { visitId, child, placement } = await firstVisit();
    await recordVisit(worker, { visitId, worry: true });
    expect(await visits(placement)).toMatchObject([{ state: 'recorded' }, { state: 'due' }]);
    const [task] = await harness.sql<{ office_id: string; role: string; due_on: string }>(`select office_id, role, due_on from worklist.tasks where about_id = $1 and kind = 'casework.visit_worry'`, [child]);
    expect(task).toEqual({ office_id: offices.battambangTown, role: 'supervisor', due_on: TODAY });
  });

  it('are made by nobody who lives there, is related, or works with one of the family; the supervisor finds somebody else', async () => {
    const { visitId, child, placement } = await firstVisit();
    const [family] = await harness.sql<{ family_id: string; adult: string }>('select p.family_id, (select min(a.id::text) from carers.adults a where a.family_id = p.family_id) as adult from placements.placements p where id = $1', [placement]);
    const [carer, stranger] = [await signedIn(harness, { role: 'social_worker', office: offices.battambangTown }), await signedIn(harness, { role: 'social_worker', office: offices.battambang })];
    await harness.sql('update carers.adults set account_id = $2 where id = $1', [family?.adult, carer.accountId]);
    await harness.sql(`insert into carers.family_ties (id, family_id, account_id, relation, declared_on) values ($1, $2, $3, 'cousin', '2026-06-15')`, [newId(), family?.family_id, supervisor.accountId]);
    for (const [who, how] of [[carer, 'household'], [worker, 'colleague'], [supervisor, 'relative']] as const) {
      expect((await tapVisit(who, { visitId })).result).toMatchObject({ code: 'CONFLICT_OF_INTEREST', details: [{ name: 'how', values: [how] }] });
      expect((await recordVisit(who, { visitId })).result.code).toBe('CONFLICT_OF_INTEREST');
    }
    await expect(harness.sql(`update casework.visits set state = 'seen', happened_on = $2, tapped_by = $3, tapped_at = now() where id = $1`, [visitId, TODAY, worker.accountId])).rejects.toMatchObject({ constraint: 'visits_apart' });
    expect((await tapVisit(stranger, { visitId })).result.state).toBe('seen');
    const next = await harness.sql(`select role, account_id from worklist.tasks where about_id = $1 and kind = 'casework.visit_due' and state = 'open'`, [child]);
    expect(next).toEqual([{ role: 'supervisor', account_id: null }]);
  });

  it('are refused twice, before the move and on another day than the tap', async () => {
    const { visitId } = await firstVisit();
    expect((await tapVisit(worker, { visitId, on: '2026-05-31' })).result).toMatchObject({ code: 'BEFORE_MOVE', details: [{ name: 'movedOn', values: ['2026-06-01'] }] });
    await tapVisit(worker, { visitId });
    expect((await tapVisit(worker, { visitId })).result.code).toBe('VISIT_STATE');
    expect((await recordVisit(worker, { visitId, on: '2026-06-14' })).result.code).toBe('OTHER_DAY');
    expect((await recordVisit(worker, { visitId, childSaid: ' ' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await recordVisit(worker, { visitId, on: '2026-06-16' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('are tapped once when two tap at the same moment', async () => {
    const { visitId, placement } = await firstVisit();
    const both = await Promise.all([tapVisit(worker, { visitId }), tapVisit(supervisor, { visitId })]);
    expect(both.map(({ result }) => result.code ?? result.state).sort()).toEqual(['VISIT_STATE', 'seen']);
    expect(await visits(placement)).toHaveLength(2);
  });

  it('are not there for another office, and reading one is written down', async () => {
    const { visitId, child } = await firstVisit();
    const elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
    expect((await tapVisit(elsewhere, { visitId })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const read = 'query ($id: Id!) { visit(id: $id) { id state } }';
    expect((await elsewhere.send(read, { id: visitId })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await supervisor.send(read, { id: visitId })).data.visit).toEqual({ id: visitId, state: 'due' });
    expect(await harness.sql('select actor_id from platform.reads where subject_id = $1', [child])).toEqual([{ actor_id: supervisor.accountId }]);
    const { data } = await worker.send('query ($id: Id!) { child(id: $id) { visits { id ordinal } } }', { id: child });
    expect(data.child.visits).toEqual([{ id: visitId, ordinal: 1 }]);
  });

  it('are tapped, recorded and read by nobody without the posting', async () => {
    const visitId = newKey();
    await expectDenied(harness, acts['visit.tap'], (who) => tapVisit(who, { visitId }));
    await expectDenied(harness, acts['visit.record'], (who) => recordVisit(who, { visitId }));
    await expectDenied(harness, acts['visit.read'], (who) => who.send('query ($id: Id!) { visit(id: $id) { id } }', { id: visitId }));
  });

  it('leave no word of the child in the audit, the outbox or the log', async () => {
    const rows = await harness.sql<{ text: string }>('select to_jsonb(a)::text as text from platform.acts a union all select to_jsonb(o)::text from platform.outbox o union all select to_jsonb(t)::text from worklist.tasks t');
    expect([...rows.map(({ text }) => text), ...harness.logLines].join('\n')).not.toMatch(/dog|laughs|sleeps/);
  });
});
