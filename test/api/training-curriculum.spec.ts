import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/training/training.policy.js';
import { approvedFamily, knownFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

const TODAY = '2026-06-15';
const [D1, D2] = ['2026-06-09', '2026-06-12'];
const anId = '00000000-0000-7000-8000-000000000000';
let harness: Harness;
let offices: Offices;
let trainer: Person;
let worker: Person;
let supervisor: Person;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  trainer = await signedIn(harness, { role: 'trainer', office: offices.battambang });
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
});
afterAll(() => harness.stop());

const COURSE = 'Course { id hours passMark renewsId modules { id position nameLatin hours } }';
const SESSION = `TrainingSession { id capacity registered waiting cancelledOn cancelReason lessons { day moduleId }
  registrations { id state adultId presentOn absentOn score attended missed } can { act allowed code } }`;
type Input = Readonly<Record<string, unknown>>;
const act = (who: Client, name: string, input: Input): Promise<Outcome> => who.act(name, input, SESSION, 'TrainingRefused');
const openCourse = (who: Client, input: Input): Promise<Outcome> =>
  who.act('openCourse', { audience: 'foster_carer', nameKm: 'វគ្គ', nameLatin: `Course ${newKey().slice(0, 8)}`, hours: 12, validityMonths: 24, ...input }, COURSE, 'TrainingRefused');
const openSession = (input: Input): Promise<Outcome> => act(trainer, 'openSession', { areaCode: '0203', days: [D1, D2], capacity: 10, ...input });
const issue = (who: Client, registrationId: string, on = TODAY): Promise<Outcome> =>
  who.act('issueCertificate', { registrationId, on }, 'Certificate { id from to }', 'TrainingRefused');
const codeOf = (answer: Outcome): string | undefined => answer.errors?.[0]?.extensions.code ?? answer.result?.code;
const MODULES = [{ nameKm: 'សិទ្ធិកុមារ', nameLatin: 'Rights', hours: 3 }, { nameKm: 'ការថែទាំ', nameLatin: 'Care', hours: 3 }, { nameKm: 'ទំនាក់ទំនង', nameLatin: 'Contact', hours: 6 }];
const tellings = (who: Person, kind: string) => harness.sql<{ subject_ids: string[] }>('select subject_ids from worklist.inbox where account_id = $1 and kind = $2', [who.accountId, kind]);
const countActs = async (name: string): Promise<number> => (await harness.sql(`select from platform.acts where act = $1 and reason is distinct from 'moved_up'`, [name])).length;

async function register(sessionId: string, input: Input = {}): Promise<{ answer: Outcome; id: string; adultId: string }> {
  const adultId = (await knownFamily(harness)).carers[0] ?? '';
  const answer = await act(worker, 'registerForSession', { sessionId, adultId, on: '2026-06-08', ...input });
  return { answer, adultId, id: answer.result.registrations?.find((one: { adultId: string }) => one.adultId === adultId)?.id };
}

async function there(sessionId: string, registrationId: string, on: string, moduleId?: string): Promise<Outcome> {
  return act(trainer, 'recordAttendance', { sessionId, on, ...(moduleId !== undefined && { moduleId }), present: [{ registrationId, present: true }] });
}

/** The same request twice is one act. */
async function expectReplay(name: string, send: (requestKey: string) => Promise<Outcome>): Promise<Outcome> {
  const [key, before] = [newKey(), await countActs(name)];
  const first = await send(key);
  expect(first.errors).toBeUndefined();
  expect((await send(key)).result.id).toBe(first.result.id);
  expect(await countActs(name)).toBe(before + 1);
  return first;
}

describe('a course of several parts', () => {
  it('says its parts, whose hours add up', async () => {
    const { result } = await openCourse(trainer, { modules: MODULES });
    expect(result.modules).toEqual(MODULES.map(({ nameLatin, hours }, index) => ({ id: expect.any(String), position: index + 1, nameLatin, hours })));
    expect((await openCourse(trainer, { modules: MODULES, hours: 13 })).result).toMatchObject({ code: 'HOURS_DIFFER', details: [{ name: 'hours', values: ['13'] }, { name: 'modules', values: ['12'] }] });
    expect(codeOf(await openCourse(trainer, { passMark: 101 }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await openCourse(trainer, { renewsId: anId }))).toBe('NOT_FOUND');
    expect(codeOf(await openCourse(trainer, { renewsId: result.id, audience: 'community' }))).toBe('OTHER_AUDIENCE');
    expect((await openCourse(trainer, {})).result.modules).toEqual([]);
  });

  it('is spread over the days of a session, or planned by hand', async () => {
    const { id: courseId, modules: [one, two, three] } = (await openCourse(trainer, { modules: MODULES })).result;
    expect((await openSession({ courseId })).result.lessons).toEqual([{ day: D1, moduleId: one.id }, { day: D1, moduleId: two.id }, { day: D2, moduleId: three.id }]);
    const plan = [{ day: D2, moduleId: one.id }, { day: D1, moduleId: two.id }, { day: D1, moduleId: three.id }];
    expect((await openSession({ courseId, lessons: plan })).result.lessons).toEqual([{ day: D1, moduleId: two.id }, { day: D1, moduleId: three.id }, { day: D2, moduleId: one.id }]);
    expect((await openSession({ courseId, lessons: plan.slice(1) })).result).toMatchObject({ code: 'LESSONS_INCOMPLETE', details: [{ name: 'modules', values: ['1'] }] });
    expect(codeOf(await openSession({ courseId, lessons: [...plan, { day: '2026-06-10', moduleId: one.id }] }))).toBe('NOT_A_SESSION_DAY');
    expect(codeOf(await openSession({ courseId, lessons: [...plan, { day: D1, moduleId: anId }] }))).toBe('NOT_FOUND');
    expect(codeOf(await openSession({ courseId, lessons: [...plan, plan[0]] }))).toBe('BAD_USER_INPUT');
  });

  it('is certified when every part was attended, also in another session of it', async () => {
    const { id: courseId, modules: [one, two, three] } = (await openCourse(trainer, { modules: MODULES })).result;
    const first = (await openSession({ courseId })).result.id;
    const { id, adultId } = await register(first);
    expect((await there(first, id, D1, one.id)).result.registrations[0]).toMatchObject({ presentOn: [D1], attended: [one.id], missed: [] });
    expect(codeOf(await there(first, id, D1, three.id))).toBe('NOT_TAUGHT_THAT_DAY');
    await there(first, id, D2);
    expect((await issue(trainer, id)).result).toMatchObject({ code: 'MODULES_MISSING', details: [{ name: 'modules', values: ['2'] }] });
    // Another trainer's session, whose list this one may not read.
    const other = await signedIn(harness, { role: 'trainer', office: offices.battambang });
    const second = (await act(other, 'openSession', { courseId, areaCode: '0203', days: ['2026-06-13'], capacity: 5 })).result.id;
    const made = await act(worker, 'registerForSession', { sessionId: second, adultId, on: '2026-06-12' });
    const present = [{ registrationId: made.result.registrations[0].id, present: true }];
    await act(other, 'recordAttendance', { sessionId: second, on: '2026-06-13', moduleId: two.id, present });
    expect(codeOf(await issue(trainer, id, D2))).toBe('MODULES_MISSING');
    expect((await issue(trainer, id)).result.from).toBe(TODAY);
    expect((await harness.sql(`select code from carers.standings where adult_id = $1`, [adultId]))).toEqual([{ code: 'certificate' }]);
  });
});

describe('a session that is full', () => {
  it('is waited for, and who waited longest gets the place that comes free', async () => {
    const { result: { id: courseId } } = await openCourse(trainer, {});
    const sessionId = (await openSession({ courseId, capacity: 1, days: [TODAY, '2026-06-20'] })).result.id;
    const has = await register(sessionId);
    expect(codeOf((await register(sessionId)).answer)).toBe('SESSION_FULL');
    const next = await register(sessionId, { waitIfFull: true });
    const last = await register(sessionId, { waitIfFull: true });
    expect(last.answer.result).toMatchObject({ registered: 1, waiting: 2 });
    expect(codeOf(await act(worker, 'registerForSession', { sessionId, adultId: next.adultId, on: '2026-06-08' }))).toBe('ALREADY_REGISTERED');
    expect(codeOf(await there(sessionId, next.id, TODAY))).toBe('NOT_FOUND');
    const state = async (id: string) => (await harness.sql<{ state: string }>('select state from training.registrations where id = $1', [id]))[0]?.state;

    const withdrawn = await expectReplay('session.withdraw', (requestKey) => act(worker, 'withdrawRegistration', { registrationId: has.id, on: TODAY, requestKey }));
    expect(withdrawn.result).toMatchObject({ registered: 1, waiting: 1 });
    expect([await state(next.id), await state(last.id)]).toEqual(['listed', 'waiting']);
    expect(await tellings(worker, 'training.place_came_free')).toEqual([{ subject_ids: [sessionId] }]);
    expect(codeOf(await act(worker, 'withdrawRegistration', { registrationId: has.id, on: TODAY }))).toBe('NOT_REGISTERED');
    // Who withdrew may come back: to the end of the queue.
    expect((await act(worker, 'registerForSession', { sessionId, adultId: has.adultId, on: TODAY, waitIfFull: true })).result.waiting).toBe(2);

    const resized = await expectReplay('session.resize', (requestKey) => act(trainer, 'resizeSession', { sessionId, capacity: 2, requestKey }));
    expect(resized.result).toMatchObject({ capacity: 2, registered: 2, waiting: 1 });
    expect(await state(last.id)).toBe('listed');
    expect((await act(trainer, 'resizeSession', { sessionId, capacity: 1 })).result).toMatchObject({ code: 'BELOW_REGISTERED', details: [{ name: 'registered', values: ['2'] }] });
    expect(codeOf(await act(trainer, 'resizeSession', { sessionId, capacity: 0 }))).toBe('BAD_USER_INPUT');
  });

  it('gives one free place to one of two who withdraw and wait at the same moment', async () => {
    const { result: { id: courseId } } = await openCourse(trainer, {});
    const sessionId = (await openSession({ courseId, capacity: 2, days: ['2026-06-20'] })).result.id;
    const [a, b] = [await register(sessionId), await register(sessionId)];
    for (let n = 0; n < 3; n += 1) await register(sessionId, { waitIfFull: true });
    await Promise.all([a, b].map(({ id }) => act(worker, 'withdrawRegistration', { registrationId: id, on: TODAY })));
    expect(await harness.sql(`select state, count(*)::int as n from training.registrations where session_id = $1 group by 1 order by 1`, [sessionId])).toEqual([
      { state: 'listed', n: 2 }, { state: 'waiting', n: 1 }, { state: 'withdrawn', n: 2 },
    ]);
  });

  it('keeps who was there', async () => {
    const { result: { id: courseId } } = await openCourse(trainer, {});
    const sessionId = (await openSession({ courseId })).result.id;
    const { id } = await register(sessionId);
    await there(sessionId, id, D1 ?? '');
    expect(codeOf(await act(worker, 'withdrawRegistration', { registrationId: id, on: TODAY }))).toBe('ALREADY_ATTENDED');
    expect(codeOf(await act(trainer, 'cancelSession', { sessionId, reason: 'weather' }))).toBe('SESSION_HELD');
  });
});

describe('a session that does not take place', () => {
  it('is cancelled once; who was expected hears of it, and the trainer is reminded of it no more', async () => {
    const { result: { id: courseId } } = await openCourse(trainer, {});
    const sessionId = (await openSession({ courseId, days: ['2026-06-20', '2026-06-21'] })).result.id;
    const { id } = await register(sessionId);
    const task = () => harness.sql<{ state: string; due_on: string; reminders: number }>(
      `select t.state, t.due_on::text, (select count(*)::int from worklist.reminders r where r.task_id = t.id and r.due_at = '2026-06-19T00:00:00Z') as reminders
       from worklist.tasks t where t.subject_id = $1 and t.kind = 'training.session_comes'`, [sessionId]);
    expect(await task()).toEqual([{ state: 'open', due_on: '2026-06-20', reminders: 1 }]);
    const cancelled = await expectReplay('session.cancel', (requestKey) => act(trainer, 'cancelSession', { sessionId, reason: 'weather', requestKey }));
    expect(cancelled.result).toMatchObject({ cancelledOn: TODAY, cancelReason: 'weather' });
    expect((await task())[0]?.state).toBe('cancelled');
    expect(await tellings(worker, 'training.session_cancelled')).toEqual([{ subject_ids: [sessionId] }]);
    const again = [
      await act(trainer, 'cancelSession', { sessionId, reason: 'other' }), await act(trainer, 'resizeSession', { sessionId, capacity: 5 }),
      (await register(sessionId)).answer, await issue(trainer, id), await there(sessionId, id, '2026-06-15'),
      await act(trainer, 'assessRegistration', { registrationId: id, on: TODAY, score: 80 }),
    ];
    for (const answer of again) expect(answer.result).toMatchObject({ code: 'SESSION_CANCELLED', details: [{ name: 'on', values: [TODAY] }] });
    expect(codeOf(await act(trainer, 'cancelSession', { sessionId, reason: 'rain' }))).toBe('BAD_USER_INPUT');
  });
});

describe('an assessment', () => {
  it('is asked for where the course has one; the latest counts', async () => {
    const { result: { id: courseId } } = await openCourse(trainer, { passMark: 60 });
    const sessionId = (await openSession({ courseId })).result.id;
    const { id } = await register(sessionId);
    for (const day of [D1, D2]) await there(sessionId, id, day ?? '');
    const assess = (who: Client, input: Input = {}) => act(who, 'assessRegistration', { registrationId: id, on: TODAY, score: 59, ...input });
    expect((await issue(trainer, id)).result).toMatchObject({ code: 'NOT_PASSED', details: [{ name: 'passMark', values: ['60'] }] });
    const first = await expectReplay('session.assess', (requestKey) => assess(trainer, { requestKey }));
    expect(first.result.registrations[0].score).toBe(59);
    expect(codeOf(await issue(trainer, id))).toBe('NOT_PASSED');
    expect((await assess(supervisor, { score: 60 })).result.registrations[0].score).toBe(60);
    expect((await issue(trainer, id)).result.from).toBe(TODAY);
    expect(codeOf(await assess(trainer, { score: 10 }))).toBe('ALREADY_CERTIFIED');
    expect(codeOf(await assess(trainer, { score: 101 }))).toBe('BAD_USER_INPUT');
    expect(await harness.sql('select score from training.assessments where registration_id = $1 order by id', [id])).toEqual([{ score: 59 }, { score: 60 }]);
  });

  it('is nobody\'s of herself, and of nobody who is not on the list', async () => {
    const plain = (await openSession({ courseId: (await openCourse(trainer, {})).result.id })).result.id;
    expect(codeOf(await act(trainer, 'assessRegistration', { registrationId: (await register(plain)).id, on: TODAY, score: 80 }))).toBe('NO_ASSESSMENT');
    const courseId = (await openCourse(trainer, { passMark: 50, audience: 'government_social_worker' })).result.id;
    const sessionId = (await openSession({ courseId, capacity: 1 })).result.id;
    const own = (await act(trainer, 'registerForSession', { sessionId, accountId: trainer.accountId, on: '2026-06-08' })).result.registrations[0].id;
    expect(codeOf(await act(trainer, 'assessRegistration', { registrationId: own, on: TODAY, score: 100 }))).toBe('OWN_ASSESSMENT');
    const waits = (await act(trainer, 'registerForSession', { sessionId, accountId: worker.accountId, on: '2026-06-08', waitIfFull: true })).result.registrations.find((one: { state: string }) => one.state === 'waiting').id;
    expect(codeOf(await act(trainer, 'assessRegistration', { registrationId: waits, on: TODAY, score: 80 }))).toBe('NOT_REGISTERED');
    expect(codeOf(await issue(trainer, waits))).toBe('NOT_REGISTERED');
  });
});

describe('a renewal', () => {
  it('goes on where the certificate ends, and asks that there is one', async () => {
    const base = (await openCourse(trainer, {})).result.id;
    const renewal = (await openCourse(trainer, { renewsId: base, hours: 3, validityMonths: 12 })).result;
    expect(renewal.renewsId).toBe(base);
    const family = await approvedFamily(harness);
    const certify = async (courseId: string): Promise<Outcome> => {
      const session = (await openSession({ courseId, days: [D1] })).result.id;
      const listed = await act(worker, 'registerForSession', { sessionId: session, adultId: family.carers[0], on: '2026-06-08' });
      await there(session, listed.result.registrations[0].id, D1 ?? '');
      return issue(trainer, listed.result.registrations[0].id, '2026-06-12');
    };
    expect((await certify(renewal.id)).result).toMatchObject({ code: 'NOTHING_TO_RENEW', details: [{ name: 'months', values: ['12'] }] });
    expect((await certify(base)).result.to).toBe('2028-06-12');
    expect((await certify(renewal.id)).result).toMatchObject({ from: '2026-06-12', to: '2029-06-12' });
  });
});

describe('who is no trainer of the session', () => {
  it('holds it not', async () => {
    const sessionId = (await openSession({ courseId: (await openCourse(trainer, { passMark: 50 })).result.id, days: ['2026-06-20'] })).result.id;
    const { id: registrationId } = await register(sessionId);
    const stranger = await signedIn(harness, { role: 'trainer', office: offices.battambang });
    expect(codeOf(await act(stranger, 'resizeSession', { sessionId, capacity: 3 }))).toBe('FORBIDDEN');
    expect(codeOf(await act(stranger, 'cancelSession', { sessionId, reason: 'other' }))).toBe('FORBIDDEN');
    const hidden = [await act(stranger, 'assessRegistration', { registrationId, on: TODAY, score: 70 }), await act(stranger, 'withdrawRegistration', { registrationId, on: TODAY })];
    expect(hidden.map(codeOf)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    await expectDenied(harness, acts['session.resize'], (who) => act(who, 'resizeSession', { sessionId, capacity: 3 }));
    await expectDenied(harness, acts['session.cancel'], (who) => act(who, 'cancelSession', { sessionId, reason: 'other' }));
    await expectDenied(harness, acts['session.assess'], (who) => act(who, 'assessRegistration', { registrationId, on: TODAY, score: 70 }));
    await expectDenied(harness, acts['session.withdraw'], (who) => act(who, 'withdrawRegistration', { registrationId, on: TODAY }));
    expect(await harness.sql('select capacity, cancelled_on from training.sessions where id = $1', [sessionId])).toEqual([{ capacity: 10, cancelled_on: null }]);
  });
});
