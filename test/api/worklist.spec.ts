import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { addDays, civil } from '../../src/kernel/civil-date.js';
import { newId } from '../../src/kernel/ids.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import type { Op } from '../../src/platform/database/op.js';
import { Tokens } from '../../src/platform/auth/tokens.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Gauges } from '../../src/platform/metrics/gauges.js';
import { JobRegistry } from '../../src/platform/queue/jobs.js';
import { QueueRunner } from '../../src/platform/queue/runner.js';
import { defineTaskKind } from '../../src/worklist/task-kinds.js';
import { WorklistJobs } from '../../src/worklist/worklist.jobs.js';
import { acts } from '../../src/worklist/worklist.policy.js';
import { WorklistService } from '../../src/worklist/worklist.service.js';
import type { Due } from '../../src/worklist/worklist.service.js';
import { explaining } from '../support/explaining.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client } from '../support/harness.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { startWorker } from '../support/queue-worker.js';

const visit = defineTaskKind({ kind: 'test.visit', en: 'Visit the child ({detail})', km: 'ទៅសួរសុខទុក្ខកុមារ ({detail})', byHand: false, escalateAfterDays: 5 });
const call = defineTaskKind({ kind: 'test.call', en: 'Call the family', km: 'ទូរសព្ទទៅគ្រួសារ', byHand: true });

const TASKS = 'query ($first: Int, $after: String, $kind: String, $dueBefore: Day) { worklist(first: $first, after: $after, kind: $kind, dueBefore: $dueBefore) { nodes { id kind label subjectId aboutId dueOn overdue escalated byHand closedAt } pageInfo { hasNextPage endCursor } } }';
const INBOX = 'query ($first: Int, $after: String, $unread: Boolean) { inbox(first: $first, after: $after, unread: $unread) { nodes { id kind reason text subjectKind subjectIds items readAt } pageInfo { hasNextPage endCursor } } }';
const COMPLETE = 'mutation ($input: CompleteTaskInput!) { completeTask(input: $input) { __typename ... on Task { id closedAt } ... on WorklistRefused { code message } } }';
const MARK = 'mutation ($input: MarkReadInput!) { markRead(input: $input) { __typename ... on InboxMessage { id readAt } } }';

let harness: Harness;
let worker: INestApplicationContext;
let offices: Offices;
let supervisor: Person;
let service: WorklistService;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  service = harness.app.get(WorklistService, { strict: false });
  worker = await startWorker(harness);
});
afterAll(async () => {
  await worker?.close();
  await harness.stop();
});
beforeEach(async () => {
  harness.clock.set('2026-06-15T03:00:00Z');
  await harness.sql('delete from worklist.reminders; delete from worklist.tasks; delete from worklist.inbox');
});

/** As a room's command would, over the API's own login. */
function asRoom<T>(work: (op: Op) => Promise<T>): Promise<T> {
  return harness.app.get(UnitOfWork, { strict: false }).system(systemActor('test'), 'test', work);
}

function due(task: Partial<Due> & Pick<Due, 'to'>): Promise<string> {
  return asRoom((op) => service.due(op, { kind: call, subject: ['family', newId()], due: op.today, ...task }));
}

/** The same person with a token of this moment: the tests move the clock further than a token lives. */
async function now(person: Person): Promise<Client> {
  return harness.client(await harness.app.get(Tokens, { strict: false }).issue({ userId: person.accountId, sessionId: person.sessionId }));
}

async function open(person: Person, variables: object = {}, language: 'km' | 'en' = 'en') {
  return (await (await now(person)).send(TASKS, variables, language)).data.worklist;
}

async function inbox(person: Person, variables: object = {}, language: 'km' | 'en' = 'en') {
  return (await (await now(person)).send(INBOX, variables, language)).data.inbox.nodes;
}

function inTransaction<T>(work: (op: Op) => Promise<T>): Promise<T> {
  return worker.get(UnitOfWork, { strict: false }).system(systemActor('test'), 'test', work);
}

const remind = (): Promise<void> => worker.get(WorklistJobs, { strict: false }).remind(inTransaction);
const digest = (): Promise<void> => worker.get(WorklistJobs, { strict: false }).digest(inTransaction);

describe('the worklist', () => {
  it('shows what is due, the first due first, in the caller\'s language', async () => {
    const worker = await signedIn(harness, { role: 'social_worker' });
    const child = newId();
    const later = await due({ to: { account: worker.accountId }, due: civil('2026-06-20'), kind: visit, detail: 'V-2', about: child });
    const first = await due({ to: { account: worker.accountId }, due: civil('2026-06-14') });
    const { nodes } = await open(worker, {}, 'km');
    expect(nodes).toEqual([
      expect.objectContaining({ id: first, label: 'ទូរសព្ទទៅគ្រួសារ', dueOn: '2026-06-14', overdue: true, byHand: true }),
      expect.objectContaining({ id: later, label: 'ទៅសួរសុខទុក្ខកុមារ (V-2)', dueOn: '2026-06-20', overdue: false, byHand: false, aboutId: child }),
    ]);
    expect((await open(worker, { kind: 'test.visit' })).nodes.map(({ id }: { id: string }) => id)).toEqual([later]);
    expect((await open(worker, { dueBefore: '2026-06-20' })).nodes.map(({ id }: { id: string }) => id)).toEqual([first]);
  });

  it('counts a day as due until it ends in Phnom Penh', async () => {
    const worker = await signedIn(harness, { role: 'social_worker' });
    await due({ to: { account: worker.accountId }, due: civil('2026-06-15') });
    harness.clock.set('2026-06-15T16:59:59Z');
    expect((await open(worker)).nodes[0].overdue).toBe(false);
    harness.clock.set('2026-06-15T17:00:00Z');
    expect((await open(worker)).nodes[0].overdue).toBe(true);
  });

  it('pages by a key, also where many are due at the same moment', async () => {
    const worker = await signedIn(harness, { role: 'social_worker' });
    const ids = await Promise.all(Array.from({ length: 5 }, () => due({ to: { account: worker.accountId } })));
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = await open(worker, { first: 2, after });
      seen.push(...page.nodes.map(({ id }: { id: string }) => id));
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(seen).toEqual([...ids].sort());
  });

  it('hides other people\'s tasks, and those of other roles and other offices', async () => {
    const mine = await signedIn(harness, { role: 'social_worker', office: offices.banan });
    const other = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
    const task = await due({ to: { account: mine.accountId } });
    const post = await due({ to: { role: 'social_worker', office: offices.banan } });
    const above = await due({ to: { role: 'supervisor', office: offices.banan } });
    const admin = await due({ to: { role: 'administrator' } });
    const seenBy = async (person: Person): Promise<string[]> => (await open(person)).nodes.map(({ id }: { id: string }) => id).sort();
    expect(await seenBy(mine)).toEqual([task, post].sort());
    expect(await seenBy(other)).toEqual([]);
    expect(await seenBy(supervisor)).toEqual([above]);
    expect(await seenBy(await signedIn(harness, { role: 'administrator' }))).toEqual([admin]);
    const refused = await other.send(COMPLETE, { input: { requestKey: newKey(), taskId: task } });
    expect(refused.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('keeps one open task for one thing, brought up to date, and opens a new one after it', async () => {
    const worker = await signedIn(harness, { role: 'social_worker' });
    const family = newId();
    const task = { to: { account: worker.accountId }, subject: ['family', family] as const };
    const id = await due({ ...task, due: civil('2026-06-16') });
    expect(await due({ ...task, due: civil('2026-06-18') })).toBe(id);
    expect((await open(worker)).nodes).toEqual([expect.objectContaining({ id, dueOn: '2026-06-18' })]);
    expect(await asRoom((op) => service.done(op, { kind: call, subjectId: family }))).toBe(1);
    expect(await asRoom((op) => service.cancel(op, { kind: call, subjectId: family }))).toBe(0);
    expect((await open(worker)).nodes).toEqual([]);
    expect(await due(task)).not.toBe(id);
  });

  it('refuses bad pages and kinds', async () => {
    for (const variables of [{ first: 101 }, { after: 'x' }, { kind: 'No Kind' }]) {
      expect((await supervisor.send(TASKS, variables)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    await expectDenied(harness, acts['task.read'], (client) => client.send('{ worklist { nodes { __typename id } } }'));
    await expectDenied(harness, acts['inbox.read'], (client) => client.send('{ inbox { nodes { __typename id } } }'));
  });
});

describe('completeTask', () => {
  it('ticks off what ends by hand, once', async () => {
    const worker = await signedIn(harness, { role: 'social_worker' });
    const taskId = await due({ to: { account: worker.accountId } });
    const input = { requestKey: newKey(), taskId };
    const done = await worker.send(COMPLETE, { input });
    expect(done.data.completeTask).toEqual({ __typename: 'Task', id: taskId, closedAt: '2026-06-15T03:00:00.000Z' });
    expect((await worker.send(COMPLETE, { input })).data.completeTask.id).toBe(taskId);
    expect(await harness.sql('select act, reason from platform.acts where subject_id = $1', [taskId])).toEqual([{ act: 'task.complete', reason: 'test.call' }]);
    expect((await open(worker)).nodes).toEqual([]);
    const again = await worker.send(COMPLETE, { input: { requestKey: newKey(), taskId } });
    expect(again.data.completeTask).toEqual({ __typename: 'WorklistRefused', code: 'TASK_CLOSED', message: 'This task is closed already (done).' });
  });

  it('refuses what ends by the act it asks for', async () => {
    const worker = await signedIn(harness, { role: 'social_worker' });
    const taskId = await due({ to: { account: worker.accountId }, kind: visit });
    expect((await worker.send(COMPLETE, { input: { requestKey: newKey(), taskId } })).data.completeTask.code).toBe('NOT_BY_HAND');
    expect((await open(worker)).nodes).toHaveLength(1);
  });

  it('is denied to who has no worklist, and takes no bad input', async () => {
    const taskId = await due({ to: { account: supervisor.accountId } });
    await expectDenied(harness, acts['task.complete'], (client) => client.send(COMPLETE, { input: { requestKey: newKey(), taskId } }));
    const bad = await supervisor.send(COMPLETE, { input: { requestKey: 'short', taskId } });
    expect(bad.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await open(supervisor)).nodes).toHaveLength(1);
  });
});

describe('the inbox', () => {
  it('holds ids and says them in the reader\'s language; markRead marks once', async () => {
    const worker = await signedIn(harness, { role: 'social_worker' });
    const stranger = await signedIn(harness, { role: 'social_worker' });
    const child = newId();
    await asRoom((op) => service.tell(op, { kind: visit, subject: ['child', child], detail: 'V-1', to: { account: worker.accountId } }));
    const [message] = await inbox(worker, {}, 'km');
    expect(message).toMatchObject({ kind: 'test.visit', reason: 'told', text: 'ទៅសួរសុខទុក្ខកុមារ (V-1)', subjectKind: 'child', subjectIds: [child], items: 1, readAt: null });
    expect(await inbox(stranger)).toEqual([]);
    const input = { requestKey: newKey(), messageId: message.id };
    expect((await stranger.send(MARK, { input: { ...input, requestKey: newKey() } })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await worker.send(MARK, { input })).data.markRead).toMatchObject({ id: message.id, readAt: '2026-06-15T03:00:00.000Z' });
    harness.clock.addDays(1);
    const later = await now(worker);
    expect((await later.send(MARK, { input })).data.markRead.id).toBe(message.id);
    expect((await later.send(MARK, { input: { ...input, requestKey: newKey() } })).data.markRead.readAt).toBe('2026-06-15T03:00:00.000Z');
    expect(await harness.sql(`select id from platform.acts where subject_id = $1`, [message.id])).toHaveLength(2);
    expect(await inbox(worker, { unread: true })).toEqual([]);
    harness.clock.set('2026-06-15T03:00:00Z');
    await expectDenied(harness, acts['inbox.markRead'], (client) => client.send(MARK, { input: { ...input, requestKey: newKey() } }));
    expect((await worker.send(MARK, { input: { ...input, requestKey: '' } })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('reaches every holder of a role at the office, or at the nearest above it', async () => {
    const trainer = await signedIn(harness, { role: 'trainer', office: offices.siemReap });
    await signedIn(harness, { role: 'trainer', office: offices.battambang });
    await asRoom((op) => service.tell(op, { kind: visit, subject: ['child', newId()], to: { role: 'trainer', office: offices.siemReapTown } }));
    expect(await harness.sql('select account_id from worklist.inbox')).toEqual([{ account_id: trainer.accountId }]);
  });
});

describe('reminders', () => {
  it('are told of when they wait too long, found along an index', async () => {
    const read = (as: (op: Op) => Op = (op) => op): Promise<number | undefined> =>
      inTransaction(async (op) => (await harness.app.get(Gauges, { strict: false }).read(as(op))).find(({ name }) => name === 'register_reminders_oldest_unsent_seconds')?.value);
    await due({ to: { role: 'administrator' }, due: civil('2026-06-20'), remindAt: [new Date('2026-06-18T00:00:00Z'), new Date('2026-06-19T00:00:00Z')] });
    expect(await read()).toBe(0);
    // A worker is at work beside us: only in this transaction is it later already.
    expect(await read((op) => ({ ...op, now: new Date('2026-06-19T00:00:01Z') }))).toBe(86_401);
    await harness.sql(`insert into worklist.reminders (task_id, due_at, sent_at) select id, due_at + n * interval '1 s', now() from worklist.tasks, generate_series(1, 10000) as n where state = 'open'`);
    await harness.sql('analyze worklist.reminders');
    const plans: string[] = [];
    await read((op) => explaining(op, plans));
    expect(plans.join('\n')).toMatch(/Index.* using reminders_waiting on reminders/);
  });

  it('reach the worker\'s inbox through the queue, once', async () => {
    const worker = await signedIn(harness, { role: 'social_worker' });
    await due({ to: { account: worker.accountId }, due: civil('2026-06-20'), remindAt: [new Date('2026-06-18T00:00:00Z')] });
    harness.clock.set('2026-06-18T00:00:01Z');
    let messages = await inbox(worker);
    while (messages.length === 0) messages = await inbox(worker);
    await Promise.all([remind(), remind()]);
    expect(await inbox(worker)).toEqual([expect.objectContaining({ reason: 'reminder', text: 'Reminder: Call the family' })]);
  });

  it('say nothing of a task that was closed, nor at a moment that was changed', async () => {
    const worker = await signedIn(harness, { role: 'social_worker' });
    const family = newId();
    const moment = new Date('2026-06-18T00:00:00Z');
    const task = { to: { account: worker.accountId }, due: civil('2026-06-20') };
    await due({ ...task, subject: ['family', family], remindAt: [moment] });
    await asRoom((op) => service.cancel(op, { kind: call, subjectId: family }));
    const moved = { ...task, subject: ['family', newId()] as const };
    await due({ ...moved, remindAt: [moment] });
    await due({ ...moved, remindAt: [new Date('2026-06-25T00:00:00Z')] });
    harness.clock.set('2026-06-19T00:00:00Z');
    await remind();
    expect(await inbox(worker)).toEqual([]);
    expect(await harness.sql('select count(*)::int as n from worklist.reminders where dropped_at is not null')).toEqual([{ n: 1 }]);
  });
});

describe('escalation', () => {
  it('tells the supervisor of what stays overdue, in one message, once', async () => {
    const worker = await signedIn(harness, { role: 'social_worker', office: offices.banan });
    const late = civil('2026-06-15');
    const old = [await due({ to: { account: worker.accountId }, due: late }), await due({ to: { role: 'social_worker', office: offices.banan }, due: late })];
    const patient = await due({ to: { account: worker.accountId }, due: late, kind: visit });
    await due({ to: { account: worker.accountId }, due: addDays(late, 30) });
    // Due until the end of the 15th, and three days more by the setting, five by the kind.
    harness.clock.set('2026-06-18T16:59:00Z');
    await digest();
    expect(await inbox(supervisor)).toEqual([]);
    harness.clock.set('2026-06-18T17:01:00Z');
    await digest();
    expect(await inbox(supervisor)).toEqual([expect.objectContaining({ reason: 'overdue', text: 'Tasks of your office that are overdue: 2.', subjectKind: 'task', items: 2, subjectIds: [...old].sort() })]);
    harness.clock.set('2026-06-20T17:01:00Z');
    await digest();
    await digest();
    expect((await inbox(supervisor)).map(({ subjectIds }: { subjectIds: string[] }) => subjectIds)).toEqual([[patient], [...old].sort()]);
    expect((await open(worker)).nodes[0].escalated).toBe(true);
  });
});

describe('a job that failed for good', () => {
  it('is an administrator\'s task, once, with its name and its act', async () => {
    const tell = worker.get(JobRegistry, { strict: false }).failureListeners();
    const failed = { name: 'support.calculate', key: 'support.calculate.7', id: newId() };
    const report = (): Promise<void[]> => inTransaction((op) => Promise.all(tell.map((listener) => listener(op, failed))));
    await report();
    await report();
    const administrator = await signedIn(harness, { role: 'administrator' });
    const { nodes } = await open(administrator);
    expect(nodes).toEqual([expect.objectContaining({ kind: 'worklist.job_failed', subjectId: failed.id, label: expect.stringContaining('support.calculate') })]);
    await administrator.send(COMPLETE, { input: { requestKey: newKey(), taskId: nodes[0].id } });
    await report();
    expect((await open(administrator)).nodes).toEqual([]);
  });

  it('and the digest is asked for every morning in Phnom Penh', async () => {
    const scheduler = await worker.get(QueueRunner, { strict: false }).backend.queue.getJobScheduler('tick.worklist.digest');
    expect(scheduler).toMatchObject({ pattern: '0 7 * * *', tz: 'Asia/Phnom_Penh' });
  });
});
