import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CarersSideJobs } from '../../src/carers/side.jobs.js';
import { ExitsService } from '../../src/carers/exits.service.js';
import { sideActs as acts } from '../../src/carers/side.policy.js';
import { newId } from '../../src/kernel/ids.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { approvedFamily, knownFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { asWorker } from '../support/worker.js';

const TODAY = '2026-06-15';
let harness: Harness;
let offices: Offices;
let worker: Person;
let colleague: Person;
let supervisor: Person;
let ministry: Person;
let elsewhere: Person;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  colleague = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  ministry = await signedIn(harness, { role: 'supervisor', office: offices.ministry });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
});
afterAll(() => harness.stop());

type Input = Readonly<Record<string, unknown>>;
const code = (answer: Outcome): string | undefined => answer.errors?.[0]?.extensions.code;
const fields = (answer: Outcome): unknown => answer.errors?.[0]?.extensions.fields?.map(({ path }) => path);
const FAMILY = 'Family { id respites { id from to overReason cancelledOn } respiteBalance { year entitled taken left } next: respiteBalance(year: 2027) { taken left } exitInterview { on reasons words wouldReturn } }';
const rest = (who: Client, input: Input): Promise<Outcome> => who.act('recordRespite', { from: '2026-07-01', to: '2026-07-04', ...input }, FAMILY, 'CarersRefused');
const GROUP = 'CarersGroup { id leaderId members meetings { on topics came } }';
const group = (who: Client, name: string, input: Input): Promise<Outcome> => who.act(name, { on: '2026-06-10', ...input }, GROUP, 'CarersRefused');
const COMPLAINT = 'Complaint { id topic words level dueOn appealOf escalatedOn answeredOn outcome answer }';
const complain = (who: Client, input: Input): Promise<Outcome> => who.act('recordComplaint', { on: TODAY, topic: 'worker', words: 'She never comes.', ...input }, COMPLAINT, 'CarersRefused');
const reply = (who: Client, complaintId: string, input: Input = {}): Promise<Outcome> => who.act('answerComplaint', { complaintId, outcome: 'upheld', answer: 'You are right.', ...input }, COMPLAINT, 'CarersRefused');
const appeal = (who: Client, complaintId: string, input: Input = {}): Promise<Outcome> => who.act('appealComplaint', { complaintId, on: TODAY, words: 'It goes on.', ...input }, COMPLAINT, 'CarersRefused');
const sees = async (who: Client, id: string): Promise<boolean> => {
  const one = await who.send('query ($id: Id!) { complaint(id: $id) { id } }', { id });
  const all = await who.send('{ complaints(first: 100, open: false) { nodes { id } } }');
  const listed = all.data.complaints.nodes.some((node: { id: string }) => node.id === id);
  expect(one.data !== null && one.errors === undefined).toBe(listed);
  return listed;
};

/** What the queue does, as its own login. */
async function asQueue<T>(work: (queue: Awaited<ReturnType<typeof asWorker>>) => Promise<T>): Promise<T> {
  const queue = await asWorker(harness);
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}

/** The same request twice is one act. */
async function twice(send: (requestKey: string) => Promise<Outcome>): Promise<Outcome> {
  const key = newKey();
  const first = await send(key);
  expect(first.errors).toBeUndefined();
  expect((await send(key)).result).toEqual(first.result);
  return first;
}

describe('respite', () => {
  it('is fourteen nights a year; only a supervisor gives more, with a reason', async () => {
    const { id: familyId } = await approvedFamily(harness);
    const first = await twice((requestKey) => rest(worker, { familyId, requestKey }));
    expect(first.result).toMatchObject({ respites: [{ from: '2026-07-01', to: '2026-07-04', overReason: null }], respiteBalance: { year: 2026, entitled: 14, taken: 3, left: 11 } });
    const over = { familyId, from: '2026-08-01', to: '2026-08-13' };
    expect((await rest(worker, over)).result).toMatchObject({ code: 'RESPITE_EXCEEDED', details: [{ name: 'year', values: ['2026'] }, { name: 'entitled', values: ['14'] }, { name: 'left', values: ['11'] }] });
    expect((await rest(worker, { ...over, overReason: 'She is tired.' })).result).toMatchObject({ code: 'RESPITE_EXCEEDED' });
    expect((await rest(supervisor, over)).result).toMatchObject({ code: 'RESPITE_EXCEEDED' });
    expect((await rest(supervisor, { ...over, overReason: 'An operation.' })).result).toMatchObject({ respiteBalance: { taken: 15, left: 0 } });
    expect((await rest(worker, { familyId, from: '2026-12-31', to: '2027-01-02' })).result).toMatchObject({ code: 'RESPITE_EXCEEDED' });
    expect((await rest(worker, { familyId, from: '2027-01-01', to: '2027-01-03' })).result.next).toEqual({ taken: 2, left: 12 });
    const respiteId = first.result.respites[0].id;
    const cancelled = await twice((requestKey) => worker.act('cancelRespite', { respiteId, requestKey }, FAMILY, 'CarersRefused'));
    expect(cancelled.result.respiteBalance).toMatchObject({ taken: 12, left: 2 });
    expect((await worker.act('cancelRespite', { respiteId }, FAMILY, 'CarersRefused')).result).toMatchObject({ code: 'RESPITE_CANCELLED' });
    expect((await rest(worker, { familyId, from: '2026-07-01', to: '2026-07-03' })).result.respiteBalance.left).toBe(0);
  });

  it('is refused reversed, overlapping, of a closed family; nothing is half written', async () => {
    const { id: familyId } = await approvedFamily(harness);
    await rest(worker, { familyId });
    expect((await rest(worker, { familyId, from: '2026-07-10', to: '2026-07-10' })).result).toMatchObject({ code: 'RESPITE_REVERSED' });
    expect((await rest(worker, { familyId, from: '2026-07-03', to: '2026-07-05' })).result).toMatchObject({ code: 'RESPITE_OVERLAPS', details: [{ name: 'from', values: ['2026-07-01'] }, { name: 'to', values: ['2026-07-04'] }] });
    expect(fields(await rest(worker, { familyId, from: '2026-04-01' }))).toEqual(['from']);
    expect(fields(await rest(worker, { familyId, to: '2027-07-01' }))).toEqual(['to']);
    const races = await Promise.all([1, 2, 3].map(() => rest(worker, { familyId, from: '2026-09-01', to: '2026-09-03' })));
    expect(races.map(({ result }) => result.code ?? 'given').sort()).toEqual(['RESPITE_OVERLAPS', 'RESPITE_OVERLAPS', 'given']);
    expect(await harness.sql('select from carers.respites where family_id = $1', [familyId])).toHaveLength(2);
    await harness.sql(`update carers.families set closed_on = '2026-06-10', closed_why = 'resigned' where id = $1`, [familyId]);
    expect((await rest(worker, { familyId, from: '2026-10-01', to: '2026-10-02' })).result).toMatchObject({ code: 'FAMILY_CLOSED' });
    expect(code(await rest(elsewhere, { familyId }))).toBe('NOT_FOUND');
    await expectDenied(harness, acts['respite.record'], (who) => rest(who, { familyId }));
    await expectDenied(harness, acts['respite.cancel'], (who) => who.act('cancelRespite', { respiteId: newId() }, 'Family { id }', 'CarersRefused'));
    expect(acts['respite.exceed']).toBe('respite.exceed');
  });
});

describe('a group of carers', () => {
  it('has a leader, members and meetings with who came', async () => {
    const [one, two] = [await approvedFamily(harness), await approvedFamily(harness)];
    const [leaderId, other, late] = [one.carers[0], one.carers[1], two.carers[0]];
    const founded = await twice((requestKey) => group(worker, 'foundGroup', { nameKm: 'ក្រុម', nameLatin: 'Lotus carers', areaCode: '020301', leaderId, on: '2026-05-20', requestKey }));
    expect(founded.result).toMatchObject({ leaderId, members: [leaderId], meetings: [] });
    const groupId = founded.result.id;
    expect((await group(worker, 'foundGroup', { nameKm: 'ក្រុម', nameLatin: 'Lotus carers', areaCode: '020301', leaderId })).result).toMatchObject({ code: 'GROUP_EXISTS' });
    expect((await twice((requestKey) => group(worker, 'joinGroup', { groupId, adultId: other, on: '2026-05-25', requestKey }))).result.members).toEqual([leaderId, other]);
    expect((await group(worker, 'joinGroup', { groupId, adultId: other })).result).toMatchObject({ code: 'ALREADY_MEMBER' });
    expect((await group(worker, 'joinGroup', { groupId, adultId: other, leads: true })).result.leaderId).toBe(other);
    expect((await group(worker, 'joinGroup', { groupId, adultId: late, on: '2026-05-10' })).result).toMatchObject({ code: 'BEFORE_FOUNDING' });
    await group(worker, 'joinGroup', { groupId, adultId: late });
    const meeting = { groupId, on: '2026-06-01', topics: ['behaviour', 'rest'], came: [leaderId, other] };
    expect((await group(worker, 'recordGroupMeeting', { ...meeting, came: [leaderId, late] })).result).toMatchObject({ code: 'NOT_A_MEMBER' });
    const met = await twice((requestKey) => group(worker, 'recordGroupMeeting', { ...meeting, requestKey }));
    expect(met.result.meetings).toEqual([{ on: '2026-06-01', topics: ['behaviour', 'rest'], came: [leaderId, other].sort() }]);
    expect((await group(worker, 'recordGroupMeeting', meeting)).result).toMatchObject({ code: 'MET_ALREADY' });
    expect(fields(await group(worker, 'recordGroupMeeting', { ...meeting, on: '2026-06-02', topics: [] }))).toEqual(['topics']);
    expect((await group(worker, 'leaveGroup', { groupId, adultId: other, on: '2026-06-11' })).result).toMatchObject({ leaderId: null, members: [leaderId, late] });
    expect((await group(worker, 'leaveGroup', { groupId, adultId: other })).result).toMatchObject({ code: 'NOT_A_MEMBER' });
    const list = await worker.send('{ carersGroups(areaCode: "0203") { nodes { id nameLatin } } }');
    expect(list.data.carersGroups.nodes).toContainEqual({ id: groupId, nameLatin: 'Lotus carers' });
    expect(code(await group(elsewhere, 'leaveGroup', { groupId, adultId: late }))).toBe('NOT_FOUND');
    expect((await elsewhere.send('{ carersGroups { nodes { id } } }')).data.carersGroups.nodes).toEqual([]);
    const found = (who: Client, change: Input = {}) => group(who, 'foundGroup', { nameKm: 'ក', nameLatin: newKey(), areaCode: '020301', leaderId, ...change });
    expect((await found(worker, { areaCode: '029901' })).result).toMatchObject({ code: 'AREA_UNKNOWN' });
    expect((await found(worker, { leaderId: newId() })).result).toMatchObject({ code: 'NOT_A_CARER' });
    expect(code(await found(worker, { areaCode: '171001' }))).toBe('FORBIDDEN');
    await expectDenied(harness, acts['group.found'], (who) => found(who));
    await expectDenied(harness, acts['group.join'], (who) => group(who, 'joinGroup', { groupId, adultId: late }));
    await expectDenied(harness, acts['group.leave'], (who) => group(who, 'leaveGroup', { groupId, adultId: late }));
    await expectDenied(harness, acts['group.meet'], (who) => group(who, 'recordGroupMeeting', meeting));
    await expectDenied(harness, acts['group.read'], (who) => who.send('query ($id: Id!) { carersGroup(id: $id) { id } }', { id: groupId }));
  });
});

describe('a complaint', () => {
  const tasks = (id: string) => harness.sql<{ state: string }>(`select state, role, office_id, account_id, due_on::text from worklist.tasks where kind = 'carers.complaint' and subject_id = $1`, [id]);

  it('is sealed, the answer too; what was written before is read, and sealed by the worker', async () => {
    const { id: familyId } = await approvedFamily(harness);
    const made = (await complain(worker, { familyId, words: 'She never comes to us.' })).result;
    expect((await reply(supervisor, made.id)).result).toMatchObject({ words: 'She never comes to us.', answer: 'You are right.' });
    const kept = () => harness.sql<{ words: string | null; answer: string | null; sealed: string }>(`select words, answer, encode(words_sealed, 'escape') || encode(answer_sealed, 'escape') as sealed from carers.complaints where id = $1`, [made.id]);
    const [sealed] = await kept();
    expect(sealed).toMatchObject({ words: null, answer: null });
    expect(sealed?.sealed).not.toMatch(/never|right/);
    await harness.sql(`update carers.complaints set words = 'Written before.', words_sealed = null, answer = 'Answered before.', answer_sealed = null where id = $1`, [made.id]);
    const read = async () => (await worker.send('query ($id: Id!) { complaint(id: $id) { words answer } }', { id: made.id })).data.complaint;
    expect(await read()).toEqual({ words: 'Written before.', answer: 'Answered before.' });
    await asQueue((queue) => harness.app.get(CarersSideJobs, { strict: false }).sealOld((work) => queue.uow.system(systemActor('carers.complaints_sealed'), 'test', work)));
    expect((await kept())[0]).toMatchObject({ words: null, answer: null });
    expect(await read()).toEqual({ words: 'Written before.', answer: 'Answered before.' });
    await expect(harness.sql(`update carers.complaints set words = 'x' where id = $1`, [made.id])).rejects.toMatchObject({ constraint: 'complaints_words_once' });
  });

  it('about a worker is the supervisor\'s to answer within ten working days, and never hers to see', async () => {
    const { id: familyId } = await approvedFamily(harness);
    const made = (await twice((requestKey) => complain(worker, { familyId, againstId: colleague.accountId, requestKey }))).result;
    expect(made).toMatchObject({ level: 'province', dueOn: '2026-06-29', answeredOn: null });
    expect(await tasks(made.id)).toEqual([{ state: 'open', role: 'supervisor', office_id: offices.battambang, account_id: null, due_on: '2026-06-29' }]);
    for (const [who, may] of [[worker, true], [supervisor, true], [ministry, true], [colleague, false], [elsewhere, false]] as const) expect(await sees(who, made.id)).toBe(may);
    expect((await complain(colleague, { familyId, againstId: colleague.accountId })).result).toMatchObject({ code: 'COMPLAINT_ABOUT_YOU' });
    expect((await twice((requestKey) => reply(supervisor, made.id, { requestKey }))).result).toMatchObject({ answeredOn: TODAY, outcome: 'upheld', answer: 'You are right.' });
    expect(await tasks(made.id)).toMatchObject([{ state: 'done' }]);
    expect((await reply(ministry, made.id)).result).toMatchObject({ code: 'COMPLAINT_ANSWERED' });
    expect(code(await reply(supervisor, newId()))).toBe('NOT_FOUND');
    expect(fields(await complain(worker, { familyId, words: ' ' }))).toEqual(['words']);
    expect(code(await complain(worker, { familyId, againstId: newId() }))).toBe('NOT_FOUND');
    expect(code(await complain(elsewhere, { familyId }))).toBe('NOT_FOUND');
  });

  it('about a supervisor goes one level up, and past whoever of the ministry it is about', async () => {
    const { id: familyId } = await approvedFamily(harness);
    const made = (await complain(worker, { familyId, againstId: supervisor.accountId })).result;
    expect(made.level).toBe('ministry');
    expect(await sees(supervisor, made.id)).toBe(false);
    expect(code(await reply(supervisor, made.id))).toBe('NOT_FOUND');
    expect(await tasks(made.id)).toMatchObject([{ role: 'supervisor', office_id: offices.ministry }]);
    const second = await signedIn(harness, { role: 'supervisor', office: offices.ministry });
    const high = (await complain(worker, { familyId, againstId: ministry.accountId })).result;
    expect(await sees(ministry, high.id)).toBe(false);
    expect(await tasks(high.id)).toMatchObject([{ role: null, account_id: second.accountId }]);
    expect(code(await reply(ministry, high.id))).toBe('NOT_FOUND');
    expect((await reply(second, high.id, { outcome: 'not_upheld' })).result.outcome).toBe('not_upheld');
    await harness.sql(`update staff.postings set during = '[2020-01-01,2020-02-01)' where id = $1`, [second.postingId]);
  });

  it('about a decision keeps out whoever decided it, whoever that was', async () => {
    const { id: familyId } = await approvedFamily(harness);
    expect((await supervisor.act('suspendFamily', { familyId, on: TODAY, reason: 'standards' }, 'Family { id }', 'CarersRefused')).result).toMatchObject({ id: familyId });
    expect((await complain(worker, { familyId, topic: 'decision', decisionId: newId() })).result).toMatchObject({ code: 'DECISION_UNKNOWN' });
    const made = (await complain(worker, { familyId, topic: 'decision', decisionId: familyId })).result;
    expect(made.level).toBe('ministry');
    expect(await sees(supervisor, made.id)).toBe(false);
    expect((await reply(ministry, made.id)).result.outcome).toBe('upheld');
  });

  it('may be appealed once, within thirty days, past whoever answered', async () => {
    const { id: familyId } = await approvedFamily(harness);
    const made = (await complain(worker, { familyId, topic: 'money' })).result;
    expect((await appeal(worker, made.id)).result).toMatchObject({ code: 'COMPLAINT_OPEN' });
    await reply(supervisor, made.id, { outcome: 'not_upheld' });
    const appealed = (await twice((requestKey) => appeal(worker, made.id, { requestKey }))).result;
    expect(appealed).toMatchObject({ appealOf: made.id, level: 'ministry', words: 'It goes on.' });
    expect(await sees(supervisor, appealed.id)).toBe(false);
    expect((await appeal(worker, made.id)).result).toMatchObject({ code: 'ALREADY_APPEALED' });
    expect((await reply(ministry, appealed.id)).result).toMatchObject({ outcome: 'upheld' });
    expect((await appeal(worker, appealed.id)).result).toMatchObject({ code: 'ALREADY_APPEALED' });
    const old = (await complain(worker, { familyId, topic: 'money' })).result;
    await reply(supervisor, old.id);
    expect((await appeal(supervisor, old.id)).result).toMatchObject({ code: 'COMPLAINT_ABOUT_YOU' });
    await harness.sql(`update carers.complaints set answered_on = '2026-05-01' where id = $1`, [old.id]);
    expect((await appeal(worker, old.id)).result).toMatchObject({ code: 'APPEAL_LATE', details: [{ name: 'until', values: ['2026-05-31'] }] });
  });

  it('that a province leaves unanswered goes to the ministry, once', async () => {
    const { id: familyId } = await approvedFamily(harness);
    const made = (await complain(worker, { familyId, topic: 'support' })).result;
    const sweep = () => asQueue((queue) => harness.app.get(CarersSideJobs, { strict: false }).escalate((work) => queue.uow.system(systemActor('carers.complaints'), 'test', work)));
    await sweep();
    expect(await harness.sql('select level from carers.complaints where id = $1', [made.id])).toEqual([{ level: 'province' }]);
    await harness.sql(`update carers.complaints set due_on = '2026-06-14' where id = $1`, [made.id]);
    await sweep();
    await sweep();
    expect(await harness.sql('select level, escalated_on::text, due_on::text from carers.complaints where id = $1', [made.id])).toEqual([{ level: 'ministry', escalated_on: TODAY, due_on: '2026-06-29' }]);
    expect(await tasks(made.id)).toMatchObject([{ state: 'open', office_id: offices.ministry }]);
    expect(await harness.sql(`select from platform.acts where subject_id = $1 and reason = 'unanswered'`, [made.id])).toHaveLength(1);
    expect(await sees(supervisor, made.id)).toBe(false);
  });

  it('is taken down, answered and read by nobody without the posting', async () => {
    const { id: familyId } = await approvedFamily(harness);
    await expectDenied(harness, acts['complaint.record'], (who) => complain(who, { familyId }));
    await expectDenied(harness, acts['complaint.answer'], (who) => reply(who, newId()));
    await expectDenied(harness, acts['complaint.appeal'], (who) => appeal(who, newId()));
    await expectDenied(harness, acts['complaint.read'], (who) => who.send('{ complaints { nodes { id } } }'));
  });
});

describe('carers who leave', () => {
  it('are asked why, once, and the office has it on its worklist', async () => {
    const { id: familyId } = await knownFamily(harness);
    const ask = (who: Client, input: Input = {}): Promise<Outcome> => who.act('recordExitInterview', { familyId, on: TODAY, reasons: ['money', 'work'], words: 'The factory pays more.', wouldReturn: true, ...input }, FAMILY, 'CarersRefused');
    const tasks = () => harness.sql(`select state, role, office_id, due_on::text from worklist.tasks where kind = 'carers.exit_interview' and subject_id = $1`, [familyId]);
    const follow = () => asQueue((queue) => queue.uow.system(systemActor('carers.exits'), 'test', (op) => harness.app.get(ExitsService, { strict: false }).follow(op, familyId)));
    expect((await ask(worker)).result).toMatchObject({ code: 'FAMILY_OPEN' });
    await follow();
    expect(await tasks()).toEqual([]);
    await supervisor.act('closeFamily', { familyId, on: '2026-06-10', reason: 'resigned' }, 'Family { id }', 'CarersRefused');
    await follow();
    await follow();
    expect(await tasks()).toEqual([{ state: 'open', role: 'social_worker', office_id: offices.battambangTown, due_on: '2026-07-10' }]);
    expect(fields(await ask(worker, { reasons: [] }))).toEqual(['reasons']);
    const asked = await twice((requestKey) => ask(worker, { requestKey }));
    expect(asked.result.exitInterview).toEqual({ on: TODAY, reasons: ['money', 'work'], words: 'The factory pays more.', wouldReturn: true });
    expect(await tasks()).toMatchObject([{ state: 'done' }]);
    expect((await ask(worker)).result).toMatchObject({ code: 'EXIT_RECORDED', details: [{ name: 'on', values: [TODAY] }] });
    await follow();
    expect(await tasks()).toHaveLength(1);
    expect(code(await ask(elsewhere))).toBe('NOT_FOUND');
    await expectDenied(harness, acts['exit.record'], (who) => ask(who));
  });
});
