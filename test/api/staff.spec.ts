import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { civil } from '../../src/kernel/civil-date.js';
import { newId } from '../../src/kernel/ids.js';
import { systemActor, ROLES } from '../../src/platform/auth/roles.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { allMessages } from '../../src/platform/messages/messages.js';
import { PLACE_OF, acts } from '../../src/staff/staff.policy.js';
import { StaffService } from '../../src/staff/staff.service.js';
import { Client, Harness, newKey } from '../support/harness.js';
import type { Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, oneOfEachRole, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

const TODAY = '2026-06-15';
const POSTING = 'StaffPosting { id role officeId institutionId placeNameLatin from to withdrawn }';

let harness: Harness;
let offices: Offices;
let admin: Person;
let worker: Person;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  admin = await signedIn(harness, { role: 'administrator', nameLatin: 'Admin Anchor' });
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown, nameLatin: 'Worker Wat', nameKm: 'វត្ត' });
});
afterAll(() => harness.stop());

const set = (who: Client, input: object): Promise<Outcome> => who.act('setPosting', { accountId: worker.accountId, role: 'SUPERVISOR', officeId: offices.battambang, from: TODAY, ...input }, POSTING, 'StaffRefused');
const move = (who: Client, input: object): Promise<Outcome> => who.act('movePosting', { from: TODAY, ...input }, POSTING, 'StaffRefused');
const end = (who: Client, input: object): Promise<Outcome> => who.act('endPosting', { on: TODAY, ...input }, POSTING, 'StaffRefused');
const close = (who: Client, accountId: string): Promise<Outcome> => who.act('closeAccount', { accountId }, 'StaffAccount { id state postings { id to } }', 'StaffRefused');
const invite = (who: Client, input: object = {}): Promise<Outcome> => who.act('inviteAccount', { login: `invited-${newKey().slice(0, 8)}`, nameLatin: 'New Person', ...input }, 'IssuedLink { link account { id login phone language state } }', 'StaffRefused');
const issue = (who: Client, accountId: string): Promise<Outcome> => who.act('issueResetLink', { accountId }, 'IssuedLink { link account { id } }', 'StaffRefused');
const roles = async (who: Client): Promise<string[]> => (await who.send('{ me { postings { role } } }')).data.me.postings.map(({ role }: { role: string }) => role).sort();
const actsOf = async (id: string): Promise<{ act: string; actor_id: string; changed: string[]; reason: string | null; posting_id: string }[]> =>
  harness.sql('select act, actor_id, changed, reason, posting_id from platform.acts where subject_id = $1 order by seq', [id]);
const code = (answer: Outcome): string | undefined => answer.errors?.[0]?.extensions.code;

describe('me', () => {
  it('says of one of each role who she is, where she is posted, and which acts that allows', async () => {
    const people = await oneOfEachRole(harness);
    for (const role of ROLES) {
      const { data } = await people[role].send('{ me { id nameKm nameLatin login language postings { role officeId institutionId placeNameLatin from to } can secondFactor } }');
      expect(data.me).toMatchObject({ id: people[role].accountId, login: people[role].login, language: 'km', secondFactor: 'NONE', postings: [{ role: role.toUpperCase(), from: '2020-01-01', to: null }] });
      const [posting] = data.me.postings;
      expect([posting.officeId !== null, posting.institutionId !== null]).toEqual([PLACE_OF[role] === 'office', PLACE_OF[role] === 'institution']);
      expect(data.me.can.includes('posting.set')).toBe(role === 'administrator');
      expect(data.me.can.includes('audit.read')).toBe(role === 'auditor');
      expect(data.me.can).toContain('session.end');
    }
  });
});

describe('an account', () => {
  it('is invited once for a request key, with its telephone number written one way', async () => {
    const requestKey = newKey();
    const first = await invite(admin, { requestKey, login: 'sok.dara', phone: '០១២ ៣៤៥ ៦៧៨', language: 'EN' });
    expect(first.result).toMatchObject({ __typename: 'IssuedLink', account: { login: 'sok.dara', phone: '+85512345678', language: 'EN', state: 'INVITED' } });
    const again = await invite(admin, { requestKey, login: 'sok.dara', phone: '០១២ ៣៤៥ ៦៧៨', language: 'EN' });
    expect(again.result.account.id).toBe(first.result.account.id);
    expect(again.result.link).toBeNull();
    expect(code(await invite(admin, { requestKey, login: 'sok.other' }))).toBe('CONFLICT');
    const written = await actsOf(first.result.account.id);
    expect(written).toEqual([{ act: 'account.invite', actor_id: admin.accountId, changed: [], reason: null, posting_id: admin.postingId }]);
    expect((await invite(admin, { login: 'sok.dara' })).result).toMatchObject({ code: 'LOGIN_TAKEN', message: 'Somebody has this sign-in name already. Choose another one.' });
    const inKhmer = await admin.act('inviteAccount', { login: 'sok.dara', nameLatin: 'X' }, 'IssuedLink { link }', 'StaffRefused', 'km');
    expect(inKhmer.result.message).toMatch(/[\u1780-\u17ff]/);
  });

  it.each([
    [{ login: 'Sok Dara' }, 'login'],
    [{ login: 'ab' }, 'login'],
    [{ nameLatin: ' ' }, 'nameLatin'],
    [{ nameLatin: 'x'.repeat(101) }, 'nameLatin'],
    [{ phone: '12' }, 'phone'],
    [{ requestKey: 'short' }, 'requestKey'],
  ])('is not invited with %j', async (input, path) => {
    const before = await harness.sql('select count(*) from staff.accounts');
    const answer = await invite(admin, input);
    expect(code(answer)).toBe('BAD_USER_INPUT');
    expect(answer.errors?.[0]?.extensions.fields?.[0]?.path).toBe(path);
    expect(await harness.sql('select count(*) from staff.accounts')).toEqual(before);
  });

  it('is closed for good: token, links and postings count no more from the next request on', async () => {
    const person = await signedIn(harness, { role: 'trainer' });
    expect((await issue(admin, person.accountId)).result.link).toContain('#reset=');
    const closed = await close(admin, person.accountId);
    expect(closed.result).toMatchObject({ state: 'CLOSED', postings: [{ id: person.postingId, to: TODAY }] });
    expect((await person.send('{ me { id } }')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await harness.sql(`select ended_why from staff.sessions where account_id = $1 union all select ended_why from staff.links where account_id = $1`, [person.accountId])).toEqual([{ ended_why: 'closed' }, { ended_why: 'closed' }]);
    for (const answer of [await close(admin, person.accountId), await issue(admin, person.accountId), await set(admin, { accountId: person.accountId })]) expect(answer.result).toMatchObject({ code: 'ACCOUNT_CLOSED' });
  });

  it('is not closed, posted or given a link by its own holder; one that is not there is not found', async () => {
    for (const answer of [await close(admin, admin.accountId), await issue(admin, admin.accountId), await set(admin, { accountId: admin.accountId }), await end(admin, { postingId: admin.postingId }), await move(admin, { postingId: admin.postingId })]) {
      expect(answer.result).toMatchObject({ code: 'OWN_ACCOUNT' });
    }
    for (const answer of [await close(admin, newId()), await issue(admin, newId()), await set(admin, { accountId: newId() }), await end(admin, { postingId: newId() }), await move(admin, { postingId: newId() })]) {
      expect(code(answer)).toBe('NOT_FOUND');
    }
  });

  it('is linked to no external sign-in where none is configured', async () => {
    const { result } = await admin.act('linkSignIn', { accountId: worker.accountId, subject: 'somebody' }, 'StaffAccount { id }', 'StaffRefused');
    expect(result).toMatchObject({ code: 'NO_ISSUER', message: expect.stringContaining('OIDC_ISSUER') });
  });

  it('is listed by name, page by page, and read', async () => {
    const names: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await admin.send('query ($after: String) { accounts(first: 4, after: $after) { nodes { id nameLatin } pageInfo { hasNextPage endCursor } } }', { after });
      names.push(...data.accounts.nodes.map(({ nameLatin, id }: { nameLatin: string; id: string }) => `${nameLatin}\u0000${id}`));
      after = data.accounts.pageInfo.hasNextPage ? data.accounts.pageInfo.endCursor : null;
    } while (after !== null);
    const [all] = await harness.sql<{ n: number }>('select count(*)::int as n from staff.accounts');
    expect(names).toHaveLength(all?.n ?? 0);
    expect(names).toEqual([...names].sort());
    const { data } = await admin.send('query ($id: Id!) { account(id: $id) { nameLatin nameKm state postings { role } } accounts(state: INVITED) { nodes { state } } }', { id: worker.accountId });
    expect(data.account).toEqual({ nameLatin: 'Worker Wat', nameKm: 'វត្ត', state: 'ACTIVE', postings: [{ role: 'SOCIAL_WORKER' }] });
    expect(new Set(data.accounts.nodes.map(({ state }: { state: string }) => state))).toEqual(new Set(['INVITED']));
    expect((await admin.send('query ($id: Id!) { account(id: $id) { id } }', { id: newId() })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    for (const bad of ['{ accounts(first: 101) { nodes { id } } }', '{ accounts(after: "nonsense") { nodes { id } } }', '{ accounts(after: "WyJhIiwiYiJd") { nodes { id } } }']) {
      expect((await admin.send(bad)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });
});

describe('a posting', () => {
  it('counts from the next request on, once for a request key', async () => {
    const person = await signedIn(harness, { role: 'trainer' });
    const requestKey = newKey();
    const first = await set(admin, { accountId: person.accountId, requestKey });
    expect(first.result).toMatchObject({ role: 'SUPERVISOR', officeId: offices.battambang, placeNameLatin: 'Battambang department', from: TODAY, to: null, withdrawn: false });
    expect(await roles(person)).toEqual(['SUPERVISOR', 'TRAINER']);
    expect((await set(admin, { accountId: person.accountId, requestKey })).result.id).toBe(first.result.id);
    expect(await actsOf(first.result.id)).toEqual([{ act: 'posting.set', actor_id: admin.accountId, changed: [], reason: 'supervisor', posting_id: admin.postingId }]);
    expect(await harness.sql('select event from platform.outbox where subject_id = $1', [first.result.id])).toEqual([{ event: 'posting.set' }]);
  });

  it('of a later day waits for it, and ends on its last', async () => {
    const person = await signedIn(harness, { role: 'trainer' });
    expect((await set(admin, { accountId: person.accountId, role: 'AUDITOR', officeId: null, from: '2026-06-16', to: '2026-06-18' })).result).toMatchObject({ to: '2026-06-18' });
    const on = async (iso: string): Promise<string[]> => {
      const row = await harness.sql<{ roles: string[] }>(`select array(select jsonb_array_elements(staff.actor($1, $2, $3))->>'role') as roles`, [person.accountId, person.sessionId, iso]);
      return row[0]?.roles.sort() ?? [];
    };
    expect(await roles(person)).toEqual(['TRAINER']);
    expect(await on('2026-06-16')).toEqual(['auditor', 'trainer']);
    expect(await on('2026-06-17')).toEqual(['auditor', 'trainer']);
    expect(await on('2026-06-18')).toEqual(['trainer']);
  });

  it('is ended and moved from the next request on; the act just done is then forbidden', async () => {
    const person = await signedIn(harness, { role: 'administrator' });
    expect(code(await invite(person))).toBeUndefined();
    const ended = await end(admin, { postingId: person.postingId });
    expect(ended.result).toMatchObject({ to: TODAY, withdrawn: false });
    expect(code(await invite(person))).toBe('FORBIDDEN');
    expect((await end(admin, { postingId: person.postingId })).result).toMatchObject({ code: 'POSTING_OVER' });
    expect((await person.act('signOut', {}, 'StaffSession { current }', 'StaffRefused')).result).toMatchObject({ current: true });

    const mover = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
    const requestKey = newKey();
    const moved = await move(admin, { postingId: mover.postingId, officeId: offices.siemReapTown, requestKey });
    expect(moved.result).toMatchObject({ role: 'SOCIAL_WORKER', officeId: offices.siemReapTown, from: TODAY });
    expect((await move(admin, { postingId: mover.postingId, officeId: offices.siemReapTown, requestKey })).result.id).toBe(moved.result.id);
    expect((await mover.send('{ me { postings { officeId } } }')).data.me.postings).toEqual([{ officeId: offices.siemReapTown }]);
    expect(await harness.sql(`select event from platform.outbox where subject_id = any($1) order by id`, [[mover.postingId, moved.result.id]])).toEqual([{ event: 'posting.ended' }, { event: 'posting.set' }]);
    expect((await move(admin, { postingId: mover.postingId, officeId: offices.banan })).result).toMatchObject({ code: 'POSTING_OVER' });
    expect((await move(admin, { postingId: moved.result.id })).result).toMatchObject({ code: 'PLACE_MISSING' });
  });

  it('set by mistake today is withdrawn today, and may then be set again', async () => {
    const person = await signedIn(harness, { role: 'trainer' });
    const first = (await set(admin, { accountId: person.accountId })).result;
    expect((await end(admin, { postingId: first.id })).result).toMatchObject({ withdrawn: true });
    expect(await roles(person)).toEqual(['TRAINER']);
    expect((await set(admin, { accountId: person.accountId })).result).toMatchObject({ __typename: 'StaffPosting' });
  });

  it('never overlaps another of the same role at the same place, not by two administrators at once either', async () => {
    const person = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
    expect((await set(admin, { accountId: person.accountId, officeId: offices.siemReap, from: '2026-07-01' })).result).toMatchObject({ code: 'POSTING_OVERLAPS' });
    const second = await signedIn(harness, { role: 'administrator' });
    const both = await Promise.all([set(admin, { accountId: person.accountId }), set(second, { accountId: person.accountId })]);
    expect(both.map(({ result }) => result.code ?? 'set').sort()).toEqual(['POSTING_OVERLAPS', 'set']);
    await end(admin, { postingId: second.postingId });
  });

  it('has the place of its role, which is there', async () => {
    expect((await set(admin, { officeId: null })).result).toMatchObject({ code: 'PLACE_MISSING', details: [{ name: 'place', values: ['office'] }] });
    expect((await set(admin, { role: 'PARA_SOCIAL_WORKER', officeId: null })).result).toMatchObject({ code: 'PLACE_MISSING', details: [{ name: 'place', values: ['institution'] }] });
    expect((await set(admin, { role: 'AUDITOR' })).result).toMatchObject({ code: 'PLACE_NOT_FOR_ROLE' });
    expect(code(await set(admin, { officeId: newId() }))).toBe('NOT_FOUND');
    expect(code(await set(admin, { role: 'PARA_SOCIAL_WORKER', officeId: null, institutionId: newId() }))).toBe('NOT_FOUND');
    const institutionId = await arrangeInstitution(harness);
    expect((await set(admin, { role: 'PARA_SOCIAL_WORKER', officeId: null, institutionId })).result).toMatchObject({ institutionId, placeNameLatin: 'House of the Lotus' });
  });

  it.each([
    [{ from: '2026-06-14' }, 'from'],
    [{ from: '2027-06-17' }, 'from'],
    [{ from: TODAY, to: TODAY }, 'to'],
  ])('is not set with the days %j', async (input, path) => {
    const before = await harness.sql('select count(*) from staff.postings');
    const answer = await set(admin, { ...input, role: 'TRAINER' });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    expect(await harness.sql('select count(*) from staff.postings')).toEqual(before);
  });

  it('is not set on a day that is none, or for a role that is none', async () => {
    for (const input of [{ from: '2026-02-30' }, { role: 'QUEEN' }, { accountId: 'x' }]) expect(code(await set(admin, input))).toBe('BAD_USER_INPUT');
    expect(code(await end(admin, { postingId: worker.postingId, on: '2026-06-14' }))).toBe('BAD_USER_INPUT');
    expect(code(await move(admin, { postingId: worker.postingId, officeId: offices.banan, from: '2026-06-14' }))).toBe('BAD_USER_INPUT');
  });
});

describe('the last administrator', () => {
  /** Ends every administrator's posting but those named. */
  const only = async (...kept: Person[]): Promise<void> => {
    await harness.sql(`update staff.postings set withdrawn_at = now() where role = 'administrator' and account_id <> all($1)`, [kept.map(({ accountId }) => accountId)]);
  };
  const standing = async (): Promise<number> => (await harness.sql(`select 1 from staff.postings where role = 'administrator' and withdrawn_at is null and upper_inf(during)`)).length;

  it('is neither ended nor closed, by one whose own posting is going to end', async () => {
    const leaving = await signedIn(harness, { role: 'administrator' });
    await only(leaving, admin);
    await harness.sql(`update staff.postings set during = daterange('2020-01-01', '2026-07-01') where id = $1`, [leaving.postingId]);
    expect((await end(leaving, { postingId: admin.postingId })).result).toMatchObject({ code: 'LAST_ADMINISTRATOR' });
    expect((await close(leaving, admin.accountId)).result).toMatchObject({ code: 'LAST_ADMINISTRATOR' });
    expect(await standing()).toBe(1);
    expect((await end(admin, { postingId: leaving.postingId })).result).toMatchObject({ to: TODAY });
  });
});

describe('nobody but the right role', () => {
  it.each([
    ['account.invite', (who: Client) => invite(who)],
    ['account.issueLink', (who: Client) => issue(who, newId())],
    ['account.close', (who: Client) => close(who, newId())],
    ['posting.set', (who: Client) => set(who, {})],
    ['posting.move', (who: Client) => move(who, { postingId: newId() })],
    ['posting.end', (who: Client) => end(who, { postingId: newId() })],
    ['account.read', (who: Client) => who.send('{ accounts { nodes { id } } }')],
    ['account.read', (who: Client) => who.send(`{ account(id: "${newId()}") { id } }`)],
    ['audit.read', (who: Client) => who.send('{ acts { nodes { id } } }')],
    ['audit.read', (who: Client) => who.send('{ reads { nodes { at } } }')],
    ['audit.read', (who: Client) => who.send('{ denials { nodes { at } } }')],
  ] as const)('%s', (act, ask) => expectDenied(harness, acts[act], ask));
});

describe('the audit', () => {
  it('tells the auditor who did what, with which posting, and page by page', async () => {
    const auditor = await signedIn(harness, { role: 'auditor' });
    const boss = await signedIn(harness, { role: 'administrator', nameLatin: 'Boss Borey' });
    const person = await signedIn(harness, { role: 'trainer' });
    await set(boss, { accountId: person.accountId });
    await close(boss, person.accountId);
    const ACTS = 'query ($subjectId: Id, $actorId: Id, $from: Day, $to: Day, $first: Int, $after: String) { acts(subjectId: $subjectId, actorId: $actorId, from: $from, to: $to, first: $first, after: $after) { nodes { act subjectKind subjectId aboutId on reason changed system by { nameLatin } posting { role } } pageInfo { hasNextPage endCursor } } }';
    const { data } = await auditor.send(ACTS, { subjectId: person.accountId });
    expect(data.acts.nodes).toEqual([
      { act: 'account.close', subjectKind: 'account', subjectId: person.accountId, aboutId: null, on: null, reason: null, changed: ['state'], system: null, by: { nameLatin: 'Boss Borey' }, posting: { role: 'ADMINISTRATOR' } },
      expect.objectContaining({ act: 'posting.set', aboutId: person.accountId, on: TODAY, reason: 'supervisor', by: { nameLatin: 'Boss Borey' } }),
    ]);
    const one = (await auditor.send(ACTS, { actorId: boss.accountId, first: 1 })).data.acts;
    const two = (await auditor.send(ACTS, { actorId: boss.accountId, first: 1, after: one.pageInfo.endCursor })).data.acts;
    expect([one.nodes[0].act, two.nodes[0].act, one.pageInfo.hasNextPage, two.pageInfo.hasNextPage]).toEqual(['account.close', 'posting.set', true, false]);
    const [{ day } = { day: '' }] = await harness.sql<{ day: string }>(`select (now() at time zone 'Asia/Phnom_Penh')::date::text as day`);
    expect((await auditor.send(ACTS, { actorId: boss.accountId, from: day, to: day })).data.acts.nodes).toHaveLength(2);
    expect((await auditor.send(ACTS, { actorId: boss.accountId, to: '2020-01-01' })).data.acts.nodes).toHaveLength(0);
    expect((await auditor.send('{ acts(after: "WyJ4Il0") { nodes { id } } }')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('tells who opened whose file, and who was denied what', async () => {
    const auditor = await signedIn(harness, { role: 'auditor' });
    const child = newId();
    await harness.sql(`insert into platform.reads (actor_id, subject_kind, subject_id, operation, request_id) values ($1, 'child', $2, 'child', 'r')`, [worker.accountId, child]);
    const { data } = await auditor.send('query ($id: Id!) { reads(subjectId: $id) { nodes { subjectKind subjectId operation by { nameLatin } } } }', { id: child });
    expect(data.reads.nodes).toEqual([{ subjectKind: 'child', subjectId: child, operation: 'child', by: { nameLatin: 'Worker Wat' } }]);
    await invite(worker);
    const denied = await auditor.send('query ($id: Id!) { denials(actorId: $id, first: 1) { nodes { act code by { nameLatin } } } }', { id: worker.accountId });
    expect(denied.data.denials.nodes).toEqual([{ act: 'account.invite', code: 'FORBIDDEN', by: { nameLatin: 'Worker Wat' } }]);
  });
});

describe('what other rooms ask', () => {
  it('the holders of a posting today: active, at this office, with this role', async () => {
    const here = await signedIn(harness, { role: 'finance_officer', office: offices.siemReap });
    const closed = await signedIn(harness, { role: 'finance_officer', office: offices.siemReap });
    await signedIn(harness, { role: 'finance_officer', office: offices.battambang });
    await close(admin, closed.accountId);
    const staff = harness.app.get(StaffService, { strict: false });
    const holders = await harness.app.get(UnitOfWork, { strict: false }).system(systemActor('test'), 'test', (op) => staff.postingHolders(op, { role: 'finance_officer', officeId: offices.siemReap }));
    expect(holders).toEqual([here.accountId]);
  });

  it('the certificate that counts on a day; a newer one takes over on the days of both', async () => {
    const staff = harness.app.get(StaffService, { strict: false });
    const uow = harness.app.get(UnitOfWork, { strict: false });
    const [old, renewed] = [newId(), newId()];
    const base = { accountId: worker.accountId, kind: 'assessment' };
    await uow.system(systemActor('test'), 'test', (op) => staff.recordQualification(op, { ...base, from: civil('2025-01-01'), to: civil('2026-07-01'), certificateId: old }));
    await uow.system(systemActor('test'), 'test', (op) => staff.recordQualification(op, { ...base, from: civil('2026-06-01'), to: civil('2028-06-01'), certificateId: renewed }));
    const on = (day: string): Promise<string | undefined> =>
      uow.system(systemActor('test'), 'test', async (op) => (await staff.qualificationOn(op, worker.accountId, 'assessment', civil(day)))?.certificateId);
    expect([await on('2024-12-31'), await on('2025-01-01'), await on('2026-05-31'), await on('2026-06-01'), await on('2028-05-31'), await on('2028-06-01')]).toEqual([undefined, old, old, renewed, renewed, undefined]);
    await expect(harness.sql(`insert into staff.qualifications (account_id, kind, during, certificate_id) values ($1, 'assessment', daterange('2027-01-01', null), $2)`, [worker.accountId, old])).rejects.toMatchObject({ code: '23P01' });
  });
});

describe('the database', () => {
  it('refuses a role without its place and two open links, whoever writes', async () => {
    const insert = (role: string, office: string | null): Promise<object[]> =>
      harness.sql(`insert into staff.postings (id, account_id, role, office_id, during) values ($1, $2, $3, $4, daterange('2026-01-01', null))`, [newId(), worker.accountId, role, office]);
    await expect(insert('supervisor', null)).rejects.toMatchObject({ constraint: 'postings_place' });
    await expect(insert('auditor', offices.banan)).rejects.toMatchObject({ constraint: 'postings_place' });
    for (const role of ROLES.filter((each) => PLACE_OF[each] === 'institution')) await expect(insert(role, offices.banan)).rejects.toMatchObject({ constraint: 'postings_place' });
    await expect(insert('queen', offices.banan)).rejects.toMatchObject({ constraint: 'postings_role' });
    const link = (): Promise<object[]> =>
      harness.sql(`insert into staff.links (id, account_id, purpose, secret_hash, made_at, expires_at) values ($1, $2, 'reset', sha256($1::uuid::text::bytea), now(), now() + interval '1 day')`, [newId(), worker.accountId]);
    await link();
    await expect(link()).rejects.toMatchObject({ constraint: 'links_one_open' });
  });

  it('has a text in both languages for every refusal, state and role', () => {
    const keys = [...allMessages().keys()];
    for (const role of ROLES) expect(keys).toContain(`enum.Role.${role.toUpperCase()}`);
    for (const [key, { en, km }] of allMessages()) if (/^(staff|enum\.(Role|Staff))/.test(key)) expect([key, en !== '', /[\u1780-\u17ff]/.test(km)]).toEqual([key, true, true]);
  });
});
