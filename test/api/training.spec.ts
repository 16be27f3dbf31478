import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/training/training.policy.js';
import { approvedFamily, knownFamily } from '../support/given.js';
import type { ArrangedFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { waiting } from '../support/documents.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

const TODAY = '2026-06-15';
const DAYS = ['2026-06-09', '2026-06-12'];
let harness: Harness;
let offices: Offices;
let trainer: Person;
let worker: Person;
let supervisor: Person;
let elsewhere: Person;
let courseId: string;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  trainer = await signedIn(harness, { role: 'trainer', office: offices.battambang });
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
  courseId = await aCourse();
});
afterAll(() => harness.stop());

const anId = '00000000-0000-7000-8000-000000000000';
const SESSION = 'TrainingSession { id trainerId days capacity registered registrations { id nameLatin adultId accountId presentOn absentOn certificate { number } } can { act allowed code } }';
const act = (client: Client, name: string, input: Readonly<Record<string, unknown>>): Promise<Outcome> => client.act(name, input, SESSION, 'TrainingRefused');
const issue = (client: Client, input: Readonly<Record<string, unknown>>): Promise<Outcome> =>
  client.act('issueCertificate', input, 'Certificate { id number adultId accountId from to course { nameLatin } }', 'TrainingRefused');
const code = (answer: { errors?: readonly { extensions: { code: string } }[] }): string | undefined => answer.errors?.[0]?.extensions.code;
const countActs = async (name: string): Promise<number> => (await harness.sql('select from platform.acts where act = $1', [name])).length;

async function aCourse(change: object = {}): Promise<string> {
  const input = { audience: 'foster_carer', nameKm: 'វគ្គសម្រាប់អ្នកថែទាំ', nameLatin: `Caring for a child ${newKey().slice(0, 8)}`, hours: 24, validityMonths: 24, ...change };
  return (await trainer.act('openCourse', input, 'Course { id }', 'TrainingRefused')).result.id;
}

async function aSession(change: object = {}): Promise<string> {
  return (await act(trainer, 'openSession', { courseId, areaCode: '0203', place: 'Wat Kandal', days: DAYS, capacity: 10, ...change })).result.id;
}

async function onList(sessionId: string, family: ArrangedFamily): Promise<string> {
  const answer = await act(worker, 'registerForSession', { sessionId, adultId: family.carers[0], on: '2026-06-08' });
  return answer.result.registrations.find((one: { adultId: string }) => one.adultId === family.carers[0]).id;
}

async function present(sessionId: string, registrationId: string, days = DAYS): Promise<void> {
  for (const on of days) expect((await act(trainer, 'recordAttendance', { sessionId, on, present: [{ registrationId, present: true }] })).errors).toBeUndefined();
}

/** The same request twice is one act; the same key for something else is a CONFLICT. */
async function expectReplay(actName: string, send: (requestKey: string, other: boolean) => Promise<Outcome>): Promise<Outcome> {
  const key = newKey();
  const before = await countActs(actName);
  const first = await send(key, false);
  const second = await send(key, false);
  expect(first.errors).toBeUndefined();
  expect(second.result.id).toBe(first.result.id);
  expect(await countActs(actName)).toBe(before + 1);
  expect(code(await send(key, true))).toBe('CONFLICT');
  return first;
}

describe('a course', () => {
  const input = { audience: 'kinship_carer', nameKm: 'វគ្គសាច់ញាតិ', nameLatin: 'Kin who care', hours: 12, validityMonths: 36 };
  const open = (client: Client, change: object = {}) => client.act('openCourse', { ...input, ...change }, 'Course { id audience hours validityMonths }', 'TrainingRefused');

  it('is opened once for its audience', async () => {
    const answer = await expectReplay('course.open', (requestKey, other) => open(trainer, { requestKey, ...(other && { hours: 13 }) }));
    expect(answer.result).toMatchObject({ audience: 'kinship_carer', hours: 12, validityMonths: 36 });
    expect((await open(supervisor)).result.code).toBe('COURSE_EXISTS');
    expect((await open(trainer, { audience: 'foster_carer' })).errors).toBeUndefined();
    expect(code(await open(trainer, { hours: 0 }))).toBe('BAD_USER_INPUT');
    expect(code(await open(trainer, { nameKm: ' ' }))).toBe('BAD_USER_INPUT');
  });

  it('is listed, page after page', async () => {
    const first = await worker.send('{ courses(first: 1, audience: foster_carer) { nodes { id } pageInfo { hasNextPage endCursor } } }');
    expect(first.data.courses.pageInfo.hasNextPage).toBe(true);
    const next = await worker.send('query ($after: String) { courses(first: 50, audience: foster_carer, after: $after) { nodes { id } } }', { after: first.data.courses.pageInfo.endCursor });
    expect(next.data.courses.nodes).not.toContainEqual(first.data.courses.nodes[0]);
  });

  it('is a trainer\'s or a supervisor\'s to open', async () => {
    await expectDenied(harness, acts['course.open'], (client) => open(client));
    await expectDenied(harness, acts['course.read'], (client) => client.send('{ courses { nodes { id } } }'));
  });
});

describe('a session', () => {
  it('is opened in the caller\'s territory by a trainer or for one', async () => {
    const input = { courseId, areaCode: '020301', days: ['2026-07-02', '2026-07-01'], capacity: 5 };
    const answer = await expectReplay('session.open', (requestKey, other) => act(trainer, 'openSession', { ...input, requestKey, ...(other && { capacity: 6 }) }));
    expect(answer.result).toMatchObject({ trainerId: trainer.accountId, days: ['2026-07-01', '2026-07-02'], registered: 0, can: expect.arrayContaining([{ act: 'session.register', allowed: true, code: null }]) });
    expect((await act(supervisor, 'openSession', { ...input, trainerId: trainer.accountId })).result.trainerId).toBe(trainer.accountId);
  });

  it('needs a trainer, a known place that is not a province, and days that are not long past', async () => {
    const input = { courseId, areaCode: '0203', days: ['2026-07-01'], capacity: 5 };
    const open = (change: object, client: Client = trainer) => act(client, 'openSession', { ...input, ...change });
    expect((await open({}, supervisor)).result.code).toBe('NOT_A_TRAINER');
    expect((await open({ trainerId: worker.accountId })).result.code).toBe('NOT_A_TRAINER');
    expect((await open({ areaCode: '02' })).result.code).toBe('AREA_TOO_WIDE');
    expect((await open({ areaCode: '0299' })).result.code).toBe('AREA_UNKNOWN');
    expect(code(await open({ areaCode: '1710' }))).toBe('FORBIDDEN');
    expect(code(await open({ courseId: anId }))).toBe('NOT_FOUND');
    expect(code(await open({ days: ['2026-04-30'] }))).toBe('BAD_USER_INPUT');
    expect(code(await open({ days: [] }))).toBe('BAD_USER_INPUT');
    expect(code(await open({ days: ['2026-07-01', '2026-07-01'] }))).toBe('BAD_USER_INPUT');
    await expectDenied(harness, acts['session.open'], (client) => open({}, client));
  });

  it('is listed for the whole country, and found by place and course', async () => {
    const id = await aSession({ areaCode: '020302' });
    const query = `{ trainingSessions(areaCode: "020302", courseId: "${courseId}") { nodes { id place course { nameLatin } } } }`;
    expect((await elsewhere.send(query)).data.trainingSessions.nodes).toEqual([{ id, place: 'Wat Kandal', course: { nameLatin: expect.stringContaining('Caring') } }]);
    expect(code(await elsewhere.send('query ($id: Id!) { trainingSession(id: $id) { id } }', { id: anId }))).toBe('NOT_FOUND');
    await expectDenied(harness, acts['session.read'], (client) => client.send(query));
    await expectDenied(harness, acts['session.read'], (client) => client.send('query ($id: Id!) { trainingSession(id: $id) { id } }', { id }));
  });
});

describe('the list of a session', () => {
  it('takes an adult of one\'s own families, and a colleague on a course for colleagues', async () => {
    const family = await knownFamily(harness);
    const sessionId = await aSession();
    const answer = await expectReplay('session.register', (requestKey, other) => act(worker, 'registerForSession', { sessionId, adultId: family.carers[0], on: other ? '2026-06-07' : '2026-06-08', requestKey }));
    expect(answer.result).toMatchObject({ registered: 1, registrations: [{ nameLatin: 'Sok Chan', adultId: family.carers[0], presentOn: [], certificate: null }] });
    const staffSession = await aSession({ courseId: await aCourse({ audience: 'government_social_worker' }) });
    const staff = await act(supervisor, 'registerForSession', { sessionId: staffSession, accountId: worker.accountId, on: '2026-06-08' });
    expect(staff.result.registrations).toEqual([expect.objectContaining({ accountId: worker.accountId })]);
  });

  it('refuses twice, too many, too late and the wrong audience', async () => {
    const sessionId = await aSession({ capacity: 1 });
    const [one, two] = [await knownFamily(harness), await knownFamily(harness)];
    const register = (family: ArrangedFamily, change: object = {}) => act(worker, 'registerForSession', { sessionId, adultId: family.carers[0], on: '2026-06-08', ...change });
    expect((await register(one, { on: '2026-06-13' })).result.code).toBe('SESSION_ENDED');
    expect((await register(one, { adultId: null, accountId: worker.accountId })).result.code).toBe('OTHER_AUDIENCE');
    expect((await register(one)).result.registered).toBe(1);
    expect((await register(two)).result).toMatchObject({ code: 'SESSION_FULL', details: [{ name: 'capacity', values: ['1'] }] });
    const wide = await aSession();
    await register(one, { sessionId: wide });
    expect((await register(one, { sessionId: wide })).result.code).toBe('ALREADY_REGISTERED');
    expect(code(await register(one, { adultId: null }))).toBe('BAD_USER_INPUT');
    expect(code(await register(one, { accountId: worker.accountId }))).toBe('BAD_USER_INPUT');
    expect(code(await register(one, { sessionId: anId }))).toBe('NOT_FOUND');
  });

  it('two workers after the last place: one gets it', async () => {
    const sessionId = await aSession({ capacity: 1 });
    const families = await Promise.all(Array.from({ length: 5 }, () => knownFamily(harness)));
    const answers = await Promise.all(families.map((family) => act(worker, 'registerForSession', { sessionId, adultId: family.carers[0], on: '2026-06-08' })));
    expect(answers.map((answer) => answer.result.code ?? 'ok').sort()).toEqual(['SESSION_FULL', 'SESSION_FULL', 'SESSION_FULL', 'SESSION_FULL', 'ok']);
  });

  it('shows names to the trainer, the office and the family\'s own workers, and a count to the others', async () => {
    const sessionId = await aSession();
    await onList(sessionId, await knownFamily(harness));
    const list = (client: Client) => client.send('query ($id: Id!) { trainingSession(id: $id) { registered registrations { nameLatin } } }', { id: sessionId });
    for (const client of [trainer, worker, supervisor]) expect((await list(client)).data.trainingSession).toEqual({ registered: 1, registrations: [{ nameLatin: 'Sok Chan' }] });
    expect((await list(elsewhere)).data.trainingSession).toEqual({ registered: 1, registrations: [] });
    const other = await signedIn(harness, { role: 'trainer', office: offices.battambang });
    expect((await list(other)).data.trainingSession.registrations).toEqual([]);
  });

  it('is for those who may see the person', async () => {
    const family = await knownFamily(harness);
    const sessionId = await aSession();
    const input = { sessionId, adultId: family.carers[0], on: '2026-06-08' };
    expect(code(await act(elsewhere, 'registerForSession', input))).toBe('NOT_FOUND');
    await expectDenied(harness, acts['session.register'], (client) => act(client, 'registerForSession', input));
  });
});

describe('attendance', () => {
  it('is recorded per day, and recorded again where it was wrong', async () => {
    const sessionId = await aSession();
    const registrationId = await onList(sessionId, await knownFamily(harness));
    const record = (there: boolean, change: object = {}) => act(trainer, 'recordAttendance', { sessionId, on: DAYS[0], present: [{ registrationId, present: there }], ...change });
    await expectReplay('session.attendance', (requestKey, other) => record(true, { requestKey, ...(other && { on: DAYS[1] }) }));
    const answer = await record(false);
    expect(answer.result.registrations[0]).toMatchObject({ presentOn: [], absentOn: [DAYS[0]] });
    expect((await record(true, { on: '2026-06-10' })).result).toMatchObject({ code: 'NOT_A_SESSION_DAY', details: [{ name: 'days', values: DAYS }] });
    expect(code(await record(true, { present: [{ registrationId: anId, present: true }] }))).toBe('NOT_FOUND');
    expect(code(await record(true, { present: [] }))).toBe('BAD_USER_INPUT');
    expect(code(await record(true, { on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
  });

  it('is the session\'s own trainer\'s, or a supervisor\'s of its place', async () => {
    const sessionId = await aSession();
    const registrationId = await onList(sessionId, await knownFamily(harness));
    const input = { sessionId, on: DAYS[0], present: [{ registrationId, present: true }] };
    const otherTrainer = await signedIn(harness, { role: 'trainer', office: offices.battambang });
    const farSupervisor = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
    expect(code(await act(otherTrainer, 'recordAttendance', input))).toBe('FORBIDDEN');
    expect(code(await act(farSupervisor, 'recordAttendance', input))).toBe('FORBIDDEN');
    expect((await act(supervisor, 'recordAttendance', input)).errors).toBeUndefined();
    await expectDenied(harness, acts['session.attendance'], (client) => act(client, 'recordAttendance', input));
  });
});

describe('a certificate', () => {
  it('of a carer puts the family on the stand-by list, and its number may be verified by anybody, without a name', async () => {
    const family = await approvedFamily(harness, { carersBorn: ['1985-01-01'] });
    await harness.sql(`delete from carers.standings where family_id = $1 and code = 'certificate'`, [family.id]);
    const available = async (): Promise<boolean> =>
      (await worker.send('{ standBy(areaCode: "02030101") { nodes { family { id } } } }')).data.standBy.nodes.some((node: { family: { id: string } }) => node.family.id === family.id);
    expect(await available()).toBe(false);
    const sessionId = await aSession();
    const registrationId = await onList(sessionId, family);
    await present(sessionId, registrationId);
    const answer = await expectReplay('certificate.issue', (requestKey, other) => issue(trainer, { registrationId, on: other ? TODAY : '2026-06-12', requestKey }));
    expect(answer.result).toMatchObject({ adultId: family.carers[0], from: '2026-06-12', to: '2028-06-12' });
    expect(await available()).toBe(true);
    const shown = await worker.send('query ($id: Id!) { family(id: $id) { certificates { number } standings { code adultId from to } } }', { id: family.id });
    expect(shown.data.family.certificates).toEqual([{ number: answer.result.number }]);
    expect(shown.data.family.standings).toContainEqual({ code: 'certificate', adultId: family.carers[0], from: '2026-06-12', to: '2028-06-12' });

    const verify = async (number: string) => (await harness.send('query ($n: String!) { verifyCertificate(number: $n) { status courseNameKm courseNameLatin validFrom validUntil } }', { n: number })).data.verifyCertificate;
    const valid = await verify(String(answer.result.number).replaceAll('-', ' ').toLowerCase());
    expect(valid).toEqual({ status: 'valid', courseNameKm: 'វគ្គសម្រាប់អ្នកថែទាំ', courseNameLatin: expect.stringContaining('Caring'), validFrom: '2026-06-12', validUntil: '2028-06-11' });
    const unknown = { status: 'unknown', courseNameKm: null, courseNameLatin: null, validFrom: null, validUntil: null };
    for (const number of ['0000-0000-0', 'nonsense', '', '7K3M-9QXT-2', 'x'.repeat(500)]) expect(await verify(number)).toEqual(unknown);
    harness.clock.set('2028-06-11T03:00:00Z');
    expect((await verify(answer.result.number)).status).toBe('valid');
    harness.clock.set('2028-06-12T03:00:00Z');
    expect(await verify(answer.result.number)).toMatchObject({ status: 'expired', validUntil: '2028-06-11' });
    harness.clock.set('2026-06-15T03:00:00Z');
  });

  it('is not issued twice for the same days, nor for an earlier end than the one she has', async () => {
    const family = await knownFamily(harness);
    const [first, second] = [await aSession(), await aSession()];
    const registrations = [await onList(first, family), await onList(second, family)];
    for (const [at, sessionId] of [first, second].entries()) await present(sessionId, registrations[at] ?? '');
    expect((await issue(trainer, { registrationId: registrations[0], on: TODAY })).result.to).toBe('2028-06-15');
    for (const on of ['2026-06-12', TODAY]) {
      expect((await issue(trainer, { registrationId: registrations[1], on })).result).toMatchObject({ code: 'VALIDITY_OVERLAPS', details: [{ name: 'until', values: ['2028-06-15'] }] });
    }
    expect(await harness.sql('select from training.certificates where adult_id = $1', [family.carers[0]])).toHaveLength(1);
    expect((await issue(trainer, { registrationId: registrations[1], on: TODAY })).result.code).toBe('VALIDITY_OVERLAPS');
  });

  it('of a colleague stands among her qualifications', async () => {
    const sessionId = await aSession({ courseId: await aCourse({ audience: 'para_social_worker', validityMonths: 12 }) });
    const listed = await act(trainer, 'registerForSession', { sessionId, accountId: worker.accountId, on: '2026-06-08' });
    const registrationId = listed.result.registrations[0].id;
    await present(sessionId, registrationId);
    const answer = await issue(trainer, { registrationId, on: TODAY });
    expect(await harness.sql(`select kind, during::text, certificate_id from staff.qualifications where account_id = $1 and kind = 'para_social_worker'`, [worker.accountId])).toEqual([
      { kind: 'para_social_worker', during: '[2026-06-15,2027-06-15)', certificate_id: answer.result.id },
    ]);
    const self = await act(trainer, 'registerForSession', { sessionId, accountId: trainer.accountId, on: '2026-06-08' });
    const own = self.result.registrations.find((one: { accountId: string }) => one.accountId === trainer.accountId).id;
    await present(sessionId, own);
    expect((await issue(trainer, { registrationId: own, on: TODAY })).result.code).toBe('OWN_CERTIFICATE');
  });

  it('of a course for kin does not make a foster carer', async () => {
    const family = await knownFamily(harness);
    const sessionId = await aSession({ courseId: await aCourse({ audience: 'kinship_carer' }) });
    const registrationId = await onList(sessionId, family);
    await present(sessionId, registrationId);
    expect((await issue(trainer, { registrationId, on: TODAY })).result.number).toMatch(/^....-....-.$/);
    expect(await harness.sql(`select from carers.standings where family_id = $1`, [family.id])).toHaveLength(0);
  });

  it('goes only to who was there, after the last day, and once', async () => {
    const family = await knownFamily(harness);
    const sessionId = await aSession();
    const registrationId = await onList(sessionId, family);
    await present(sessionId, registrationId, [DAYS[0] ?? '']);
    expect((await issue(trainer, { registrationId, on: '2026-06-11' })).result).toMatchObject({ code: 'SESSION_NOT_ENDED', details: [{ name: 'lastDay', values: ['2026-06-12'] }] });
    const half = await issue(trainer, { registrationId, on: TODAY });
    expect(half.result.code).toBe('NOT_ATTENDED');
    expect(half.result.message).toContain('1 of 2');
    await present(sessionId, registrationId);
    expect((await issue(trainer, { registrationId, on: TODAY })).result.from).toBe(TODAY);
    expect((await issue(trainer, { registrationId, on: TODAY })).result.code).toBe('ALREADY_ISSUED');
    const taken = await act(trainer, 'recordAttendance', { sessionId, on: DAYS[0], present: [{ registrationId, present: false }] });
    expect(taken.result.code).toBe('ALREADY_CERTIFIED');
    expect(code(await issue(trainer, { registrationId, on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect(code(await issue(trainer, { registrationId: anId, on: TODAY }))).toBe('NOT_FOUND');
    expect(await harness.sql('select from training.certificates where registration_id = $1', [registrationId])).toHaveLength(1);
  });

  it('is issued by the session\'s trainer or a supervisor of its place', async () => {
    const sessionId = await aSession();
    const registrationId = await onList(sessionId, await knownFamily(harness));
    await present(sessionId, registrationId);
    const otherTrainer = await signedIn(harness, { role: 'trainer', office: offices.battambang });
    expect(code(await issue(otherTrainer, { registrationId, on: TODAY }))).toBe('NOT_FOUND');
    await expectDenied(harness, acts['certificate.issue'], (client) => issue(client, { registrationId, on: TODAY }));
    expect((await issue(supervisor, { registrationId, on: TODAY })).result.from).toBe(TODAY);
  });
});

describe('a certificate from before the register', () => {
  let paper = 0;
  const record = (who: Client, input: Readonly<Record<string, unknown>>): Promise<Outcome> =>
    who.act('recordEarlierCertificate', { courseId, issuer: 'Mlup Russey', from: '2025-01-10', to: '2027-01-10', paperNumber: `No. ${(paper += 1)}`, ...input },
      'Certificate { id number adultId accountId from to earlier paperNumber issuer documents { kind } }', 'TrainingRefused');
  const verify = async (number: string) => (await harness.send('query ($n: String!) { verifyCertificate(number: $n) { status earlier issuer validFrom validUntil } }', { n: number })).data.verifyCertificate;

  it('of a carer counts as any other, keeps its paper, and says what it is to whoever verifies it', async () => {
    const family = await knownFamily(harness);
    const adultId = family.carers[0];
    const documentId = await waiting(harness, supervisor);
    const requestKey = newKey();
    const { result } = await record(supervisor, { adultId, documentId, requestKey, paperNumber: 'A-17' });
    expect((await record(supervisor, { adultId, documentId, requestKey, paperNumber: 'A-17' })).result).toEqual(result);
    expect(code(await record(supervisor, { adultId, documentId, requestKey, paperNumber: 'A-18' }))).toBe('CONFLICT');
    expect(await harness.sql('select reason from platform.acts where subject_id = $1', [result.id])).toEqual([{ reason: 'earlier' }]);
    expect(result).toMatchObject({ adultId, accountId: null, earlier: true, paperNumber: 'A-17', issuer: 'Mlup Russey', from: '2025-01-10', to: '2027-01-10', documents: [{ kind: 'certificate' }] });
    expect(await harness.sql(`select adult_id, during::text from carers.standings where family_id = $1 and code = 'certificate'`, [family.id])).toEqual([{ adult_id: adultId, during: '[2025-01-10,2027-01-10)' }]);
    expect(await verify(result.number)).toEqual({ status: 'valid', earlier: true, issuer: 'Mlup Russey', validFrom: '2025-01-10', validUntil: '2027-01-09' });
    const other = await knownFamily(harness);
    const known = await record(supervisor, { adultId: other.carers[0], documentId: await waiting(harness, supervisor), paperNumber: 'a-17', issuer: 'mlup russey' });
    expect(known.result.code).toBe('PAPER_KNOWN');
    const expired = await record(supervisor, { adultId: other.carers[0], documentId: await waiting(harness, supervisor), from: '2020-01-10', to: '2022-01-10' });
    expect(await verify(expired.result.number)).toMatchObject({ status: 'expired', earlier: true });
  });

  it('is refused with days that are reversed or covered already, ahead, without its paper, of another audience, and by who is tied to the family', async () => {
    const family = await knownFamily(harness);
    const adultId = family.carers[0];
    const documentId = await waiting(harness, supervisor);
    expect((await record(supervisor, { adultId })).result.code).toBe('PAPER_NEEDED');
    expect((await record(supervisor, { adultId, documentId: newKey() })).result.code).toBe('DOCUMENT_NOT_WAITING');
    expect((await record(supervisor, { adultId, documentId, to: '2025-01-10' })).result.code).toBe('DATES_REVERSED');
    expect((await record(supervisor, { adultId, documentId, courseId: await aCourse({ audience: 'community' }) })).result.code).toBe('OTHER_AUDIENCE');
    expect(await harness.sql('select from training.certificates where family_id = $1', [family.id])).toHaveLength(0);
    expect((await record(supervisor, { adultId, documentId })).result.earlier).toBe(true);
    const again = await waiting(harness, supervisor);
    expect((await record(supervisor, { adultId, documentId: again, from: '2024-06-01', to: '2025-01-11' })).result).toMatchObject({ code: 'VALIDITY_OVERLAPS', details: [{ name: 'until', values: ['2027-01-10'] }] });
    expect((await record(supervisor, { adultId, documentId: again, from: '2024-06-01', to: '2025-01-10' })).result.earlier).toBe(true);
    for (const wrong of [{ adultId, from: '2026-06-16' }, {}, { adultId, accountId: worker.accountId }, { accountId: worker.accountId, documentId: again }]) expect(code(await record(supervisor, wrong))).toBe('BAD_USER_INPUT');
    await harness.sql(`insert into carers.family_ties (id, family_id, account_id, relation, declared_on) values ($1, $2, $3, 'sibling', '2026-06-15')`, [newKey(), family.id, supervisor.accountId]);
    expect((await record(supervisor, { adultId, documentId: again })).result.code).toBe('CONFLICT_OF_INTEREST');
    const km = await supervisor.act('recordEarlierCertificate', { courseId, adultId, issuer: 'x', paperNumber: 'y', from: '2025-01-10', to: '2027-01-10' }, 'Certificate { id }', 'TrainingRefused', 'km');
    expect(km.result.message).toContain('សាច់ញាតិ');
  });

  it('of a colleague is recorded by a supervisor of her office, never her own, and by nobody without the posting', async () => {
    const staffCourse = await aCourse({ audience: 'government_social_worker' });
    const { result } = await record(supervisor, { accountId: worker.accountId, courseId: staffCourse });
    expect(result).toMatchObject({ accountId: worker.accountId, adultId: null, earlier: true, documents: [] });
    expect(await harness.sql('select kind, lower(during)::text as starts from staff.qualifications where account_id = $1', [worker.accountId])).toContainEqual({ kind: 'government_social_worker', starts: '2025-01-10' });
    expect((await record(supervisor, { accountId: worker.accountId, courseId: staffCourse })).result.code).toBe('VALIDITY_OVERLAPS');
    expect((await record(supervisor, { accountId: supervisor.accountId, courseId: staffCourse })).result.code).toBe('OWN_CERTIFICATE');
    expect(code(await record(supervisor, { accountId: elsewhere.accountId, courseId: staffCourse }))).toBe('FORBIDDEN');
    expect(code(await record(supervisor, { accountId: newKey(), courseId: staffCourse }))).toBe('NOT_FOUND');
    const far = await knownFamily(harness, { area: '17100101' });
    expect(code(await record(supervisor, { adultId: far.carers[0] }))).toBe('NOT_FOUND');
    await expectDenied(harness, acts['certificate.recordEarlier'], (client) => record(client, { accountId: worker.accountId }));
  });
});
