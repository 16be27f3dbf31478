import { scryptSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import type { Role } from '../../src/platform/auth/roles.js';
import { Tokens } from '../../src/platform/auth/tokens.js';
import { JobRegistry } from '../../src/platform/queue/jobs.js';
import { acts } from '../../src/staff/staff.policy.js';
import { Throttle } from '../../src/staff/throttle.js';
import { Client, Harness, newKey } from '../support/harness.js';
import type { Answer, Outcome } from '../support/harness.js';
import { codeOf, expectDenied, oneOfEachRole, signedIn, withSecondFactor } from '../support/people.js';
import type { Person } from '../support/people.js';
import { asWorker } from '../support/worker.js';

const PASSWORD = 'three blue buffaloes';
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename
  ... on SignedIn { accessToken me { id secondFactor can } } ... on StaffRefused { code message details { name values } } } }`;
const ME = '{ me { id secondFactor can } }';

let harness: Harness;
let admin: Person;
/** A hash of {@link PASSWORD} that costs little to check: what is tested here is what comes after it. */
const KEPT = `scrypt$10$8$1$c2FsdA$${scryptSync(PASSWORD, 'salt', 32, { N: 1024, r: 8, p: 1 }).toString('base64url')}`;
/** Everything that was shown once, and what was typed. */
const secrets: string[] = [PASSWORD];

beforeAll(async () => {
  harness = await Harness.start({ SECOND_FACTOR: 'required', PUBLIC_URL: 'https://register.example' });
  harness.app.get(Throttle, { strict: false }).pause = async () => undefined;
  admin = await signedIn(harness, { role: 'administrator' });
  await withSecondFactor(harness, admin.accountId);
});
afterAll(() => harness.stop());
// Each test begins in a minute of its own.
afterEach(() => later(61));

const later = (seconds: number): void => harness.clock.set(new Date(harness.clock.now().getTime() + seconds * 1000).toISOString());
/** The same person after her access token was made again: the clock has moved. */
const again = async (person: Person): Promise<Client> => harness.client(await harness.app.get(Tokens, { strict: false }).issue({ userId: person.accountId, sessionId: person.sessionId }));
const code = (answer: Answer): string | undefined => answer.errors?.[0]?.extensions.code;

/** Somebody with {@link PASSWORD}. */
async function person(role: Role): Promise<Person> {
  const made = await signedIn(harness, { role });
  await harness.sql('update staff.accounts set password_hash = $2 where id = $1', [made.accountId, KEPT]);
  return made;
}

async function signIn(login: string, more: { password?: string; code?: string } = {}): Promise<Answer['data']> {
  const answer = await harness.send(SIGN_IN, { input: { login, password: PASSWORD, ...more } });
  expect(answer.errors).toBeUndefined();
  return answer.data.signIn;
}

async function start(who: Client, input: object = {}, language: 'km' | 'en' = 'en'): Promise<Outcome> {
  const answer = await who.act('startSecondFactor', { password: PASSWORD, ...input }, 'SecondFactorStarted { secret uri }', 'StaffRefused', language);
  if (answer.result?.secret) secrets.push(answer.result.secret, answer.result.uri);
  return answer;
}

async function confirm(who: Client, given: string, input: object = {}): Promise<Outcome> {
  const answer = await who.act('confirmSecondFactor', { code: given, ...input }, 'SecondFactorSet { recoveryCodes me { id secondFactor can } }', 'StaffRefused');
  secrets.push(...(answer.result?.recoveryCodes ?? []));
  return answer;
}

const reset = (who: Client, accountId: string, input: object = {}): Promise<Outcome> => who.act('resetSecondFactor', { accountId, ...input }, 'StaffAccount { id secondFactorSince }', 'StaffRefused');

describe('where one-time codes are required', () => {
  it('a supervisor, finance or an administrator without them may set them up and nothing else; the others are not asked', async () => {
    const people = await oneOfEachRole(harness);
    for (const one of Object.values(people)) {
      const asked = ['supervisor', 'finance_officer', 'finance_approver', 'administrator'].includes(one.role);
      const { data } = await one.send(ME);
      expect({ role: one.role, state: data.me.secondFactor, some: data.me.can.length > 0 }).toEqual({ role: one.role, state: asked ? 'REQUIRED' : 'NONE', some: !asked });
    }
    const refused = await people.administrator.send('{ accounts { nodes { id } } }');
    expect(refused.errors).toMatchObject([{ message: expect.stringContaining('startSecondFactor'), extensions: { code: 'FORBIDDEN' } }]);
    expect((await people.administrator.send('{ accounts { nodes { id } } }', {}, 'km')).errors?.[0]?.message).toMatch(/[\u1780-\u17ff]/);
    expect(code(await people.administrator.act('inviteAccount', { login: 'not.yet', nameLatin: 'Not Yet' }, 'IssuedLink { link }', 'StaffRefused'))).toBe('FORBIDDEN');
    expect(await harness.sql(`select act from platform.denials where actor_id = $1 group by act order by act`, [people.administrator.accountId])).toEqual([{ act: 'account.invite' }, { act: 'account.read' }]);
    expect((await people.administrator.act('signOut', {}, 'StaffSession { id }', 'StaffRefused')).result.__typename).toBe('StaffSession');
  });

  it('they are asked for from the request on that comes after the posting', async () => {
    const trainer = await signedIn(harness, { role: 'trainer' });
    expect((await trainer.send(ME)).data.me.secondFactor).toBe('NONE');
    await (await again(admin)).act('setPosting', { accountId: trainer.accountId, role: 'ADMINISTRATOR', from: '2026-06-15' }, 'StaffPosting { id }', 'StaffRefused');
    expect((await trainer.send(ME)).data.me).toMatchObject({ secondFactor: 'REQUIRED', can: [] });
    expect(code(await trainer.send('{ accounts { nodes { id } } }'))).toBe('FORBIDDEN');
    await withSecondFactor(harness, trainer.accountId);
    expect((await trainer.send('{ me { secondFactor } accounts { nodes { id } } }')).data.me.secondFactor).toBe('SET');
  });
});

describe('one-time codes', () => {
  it('are set up by password and first code; then a new one is asked for at each sign-in, and no answer says what was wrong', async () => {
    const boss = await person('administrator');
    const signed = await signIn(boss.login);
    expect(signed.me).toMatchObject({ secondFactor: 'REQUIRED', can: [] });
    const client = harness.client(signed.accessToken);
    expect((await confirm(client, '123456')).result).toMatchObject({ code: 'SECOND_FACTOR_NOT_STARTED' });
    expect((await start(client, { password: 'wrong wrong wrong' })).result).toMatchObject({ code: 'SECOND_FACTOR_REFUSED' });
    const requestKey = newKey();
    const { secret, uri } = (await start(client, { requestKey })).result;
    expect(uri).toBe(`otpauth://totp/Register%20register.example:${boss.login}?secret=${secret}&issuer=Register%20register.example`);
    expect((await start(client, { requestKey })).result).toEqual({ __typename: 'SecondFactorStarted', secret: null, uri: null });
    expect(code(await start(client, { requestKey, password: 'another password' }))).toBe('CONFLICT');
    expect((await client.send(ME)).data.me.secondFactor).toBe('REQUIRED');

    expect((await confirm(client, codeOf(harness, secret, 2))).result).toMatchObject({ code: 'CODE_WRONG', message: expect.stringContaining('clock') });
    const first = codeOf(harness, secret);
    const done = (await confirm(client, first, { requestKey: `${requestKey}-2` })).result;
    expect(done.recoveryCodes).toHaveLength(10);
    expect(done.me).toMatchObject({ id: boss.accountId, secondFactor: 'SET', can: expect.arrayContaining(['account.invite']) });
    expect((await confirm(client, first, { requestKey: `${requestKey}-2` })).result).toMatchObject({ __typename: 'SecondFactorSet', recoveryCodes: null });
    expect((await client.send('{ accounts { nodes { id } } }')).errors).toBeUndefined();
    expect(code(await boss.send(ME))).toBe('UNAUTHENTICATED');
    expect(await harness.sql('select act, changed from platform.acts where subject_id = $1 order by seq', [boss.accountId])).toEqual([{ act: 'secondFactor.start', changed: [] }, { act: 'secondFactor.confirm', changed: ['secondFactor'] }]);

    later(61);
    const fresh = codeOf(harness, secret);
    secrets.push(fresh);
    const refusals = [await signIn(boss.login, { password: 'wrong wrong wrong', code: fresh }), await signIn(boss.login), await signIn(boss.login, { code: '000000' }), await signIn(boss.login, { code: first })];
    expect(new Set(refusals.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(refusals[0]).toMatchObject({ code: 'SIGN_IN_REFUSED', details: [] });
    expect((await signIn(boss.login, { code: fresh })).me.secondFactor).toBe('SET');
    expect((await signIn(boss.login, { code: fresh })).code).toBe('SIGN_IN_REFUSED');
  });

  it('of the half minute before or after are taken, once and in their order; Khmer digits too', async () => {
    const worker = await person('social_worker');
    const { secret } = await withSecondFactor(harness, worker.accountId);
    later(90);
    const khmer = codeOf(harness, secret, 1).replace(/\d/g, (digit) => String.fromCharCode(0x17e0 + Number(digit)));
    expect((await signIn(worker.login, { code: khmer })).accessToken).toBeDefined();
    for (const steps of [-1, 0, 1]) expect((await signIn(worker.login, { code: codeOf(harness, secret, steps) })).code).toBe('SIGN_IN_REFUSED');
    later(30);
    expect((await signIn(worker.login, { code: codeOf(harness, secret, 1) })).accessToken).toBeDefined();
  });

  it('have ten stand-ins on paper, each good once', async () => {
    const worker = await person('social_worker');
    const { recovery } = await withSecondFactor(harness, worker.accountId);
    secrets.push(...recovery);
    const [one = '', two = ''] = recovery;
    expect((await signIn(worker.login, { code: one.toLowerCase().replaceAll('-', ' ') })).accessToken).toBeDefined();
    expect((await signIn(worker.login, { code: one })).code).toBe('SIGN_IN_REFUSED');
    expect((await signIn(worker.login, { password: 'wrong wrong wrong', code: two })).code).toBe('SIGN_IN_REFUSED');
    expect((await signIn(worker.login, { code: two })).accessToken).toBeDefined();
    expect(await harness.sql(`select reason from platform.acts where about_id = $1 and act = 'system:sign-in'`, [worker.accountId])).toEqual([{ reason: 'recovery_code' }, { reason: 'recovery_code' }]);
  });

  it('are replaced by who has a code or a stand-in, not by who found her session; those of before count no more', async () => {
    const worker = await person('social_worker');
    const old = await withSecondFactor(harness, worker.accountId);
    const client = await again(worker);
    for (const given of [undefined, '000000', codeOf(harness, old.secret)]) expect((await start(client, { code: given })).result).toMatchObject({ code: 'SECOND_FACTOR_REFUSED' });
    const { secret } = (await start(client, { code: old.recovery[0] })).result;
    expect((await start(client, { code: old.recovery[0] })).result).toMatchObject({ code: 'SECOND_FACTOR_REFUSED' });
    later(61);
    expect((await signIn(worker.login, { code: codeOf(harness, old.secret) })).accessToken).toBeDefined();
    expect((await confirm(await again(worker), codeOf(harness, secret))).result.recoveryCodes).toHaveLength(10);
    later(61);
    for (const given of [codeOf(harness, old.secret), old.recovery[1] ?? '']) expect((await signIn(worker.login, { code: given })).code).toBe('SIGN_IN_REFUSED');
    expect((await signIn(worker.login, { code: codeOf(harness, secret) })).accessToken).toBeDefined();
  });

  it('that were begun wait a quarter of an hour for the first', async () => {
    const worker = await person('social_worker');
    const { secret } = (await start(await again(worker))).result;
    later(15 * 60);
    expect((await confirm(await again(worker), codeOf(harness, secret))).result).toMatchObject({ code: 'SECOND_FACTOR_NOT_STARTED' });
    expect((await signIn(worker.login)).me.secondFactor).toBe('NONE');
  });

  it('are tried six times a minute, at sign-in and by who holds a token', async () => {
    const worker = await person('social_worker');
    const { secret } = await withSecondFactor(harness, worker.accountId);
    later(61);
    const right = codeOf(harness, secret);
    for (let i = 0; i < 6; i++) expect((await signIn(worker.login, { code: '000000' })).code).toBe('SIGN_IN_REFUSED');
    expect(await signIn(worker.login, { code: right })).toMatchObject({ code: 'TRY_LATER', details: [{ name: 'retryAfter', values: ['60'] }] });
    const client = await again(worker);
    for (let i = 0; i < 6; i++) expect((await confirm(client, '000000')).result.code).toBe('SECOND_FACTOR_NOT_STARTED');
    expect((await confirm(client, '000000')).result).toMatchObject({ code: 'TRY_LATER' });
    expect((await start(client, { code: right }, 'km')).result).toMatchObject({ code: 'TRY_LATER', message: expect.stringMatching(/[\u1780-\u17ff]/) });
  });

  it('are guessed by strangers thirty times an hour, which keeps her out from nowhere that she comes from', async () => {
    const worker = await person('social_worker');
    const { secret } = await withSecondFactor(harness, worker.accountId);
    later(61);
    expect((await signIn(worker.login, { code: codeOf(harness, secret) })).accessToken).toBeDefined();
    const throttle = harness.app.get(Throttle, { strict: false });
    const guess = (): Promise<object> => throttle.admit(worker.login, '203.0.113.9', 'test');
    for (let i = 0; i < 30; i++, later(20)) expect(await guess()).toHaveProperty('attempt');
    expect(await guess()).toEqual({ retryAfter: 3000 });
    expect((await signIn(worker.login, { code: codeOf(harness, secret) })).accessToken).toBeDefined();
    later(3000);
    expect(await guess()).toHaveProperty('attempt');
    const { login } = await person('trainer');
    for (let i = 0; i < 31; i++, later(20)) expect(await throttle.admit(login, '203.0.113.9', 'test')).toHaveProperty('attempt');
  });

  it('take no broken input, and are begun and confirmed by nobody without a sign-in', async () => {
    const client = await again(await person('social_worker'));
    expect((await start(client, { password: 'x'.repeat(201) })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'password' }] });
    expect((await confirm(client, '1'.repeat(41))).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'code' }] });
    expect(code(await harness.send(SIGN_IN, { input: { login: 'x', password: 'y', code: '1'.repeat(41) } }))).toBe('BAD_USER_INPUT');
    await expectDenied(harness, acts['secondFactor.start'], (who) => start(who));
    await expectDenied(harness, acts['secondFactor.confirm'], (who) => confirm(who, '000000'));
    expect(Object.keys(acts)).toEqual(expect.arrayContaining(['secondFactor.start', 'secondFactor.confirm']));
  });
});

describe('an administrator', () => {
  it('takes one-time codes away, once for a request key: sessions end, and she is told', async () => {
    const worker = await person('social_worker');
    await withSecondFactor(harness, worker.accountId);
    const boss = await again(admin);
    const requestKey = newKey();
    expect((await boss.send('query ($id: Id!) { account(id: $id) { secondFactorSince } }', { id: worker.accountId })).data.account.secondFactorSince).toBe(harness.clock.now().toISOString());
    for (let i = 0; i < 2; i++) expect((await reset(boss, worker.accountId, { requestKey })).result).toEqual({ __typename: 'StaffAccount', id: worker.accountId, secondFactorSince: null });
    expect(await harness.sql('select act, actor_id, changed from platform.acts where subject_id = $1', [worker.accountId])).toEqual([{ act: 'secondFactor.reset', actor_id: admin.accountId, changed: ['secondFactor'] }]);
    expect(code(await (await again(worker)).send(ME))).toBe('UNAUTHENTICATED');
    expect((await reset(boss, worker.accountId)).result).toMatchObject({ code: 'SECOND_FACTOR_NOT_SET' });

    const [event] = await harness.sql<{ event: string; subjectId: string; actId: string }>(`select event, subject_id as "subjectId", act_id as "actId" from platform.outbox where subject_id = $1`, [worker.accountId]);
    const work = harness.app.get(JobRegistry, { strict: false }).work('worklist.second_factor');
    const queue = await asWorker(harness);
    try {
      await queue.uow.system(systemActor('worklist.second_factor'), 'test', async (op) => event !== undefined && work?.(op, { ...event, payload: null }, async () => undefined));
    } finally {
      await queue.close();
    }
    const her = harness.client((await signIn(worker.login)).accessToken);
    const ask = '{ inbox(first: 5) { nodes { kind text } } }';
    expect((await her.send(ask)).data.inbox.nodes).toEqual([{ kind: 'worklist.second_factor_reset', text: expect.stringContaining('change your password') }]);
    expect((await her.send(ask, {}, 'km')).data.inbox.nodes[0].text).toMatch(/[\u1780-\u17ff]/);
  });

  it('does not take away her own, nor those of nobody; nobody else does', async () => {
    const boss = await again(admin);
    expect((await reset(boss, admin.accountId)).result).toMatchObject({ code: 'OWN_ACCOUNT' });
    expect(code(await reset(boss, newId()))).toBe('NOT_FOUND');
    expect(code(await reset(boss, 'x'))).toBe('BAD_USER_INPUT');
    await expectDenied(harness, acts['secondFactor.reset'], (who) => reset(who, admin.accountId));
    expect(Object.keys(acts)).toContain('secondFactor.reset');
  });

  it('who closes an account takes its codes with it', async () => {
    const worker = await person('social_worker');
    await withSecondFactor(harness, worker.accountId);
    await (await again(admin)).act('closeAccount', { accountId: worker.accountId }, 'StaffAccount { id }', 'StaffRefused');
    expect(await harness.sql('select 1 from staff.second_factors where account_id = $1', [worker.accountId])).toEqual([]);
  });
});

describe('what is written down', () => {
  it('holds no secret, address, code or recovery code: neither log, audit, request keys nor the tables themselves', async () => {
    const tables = ['platform.acts', 'platform.denials', 'platform.request_keys', 'platform.outbox', 'staff.second_factors', 'staff.recovery_codes', 'staff.sign_in_attempts', 'worklist.inbox'];
    const rows = await harness.sql<{ line: string }>(tables.map((table) => `select to_jsonb(t)::text as line from ${table} t`).join(' union all '));
    const text = [...harness.logLines, ...rows.map(({ line }) => line)].join('\n');
    const hex = (secret: string): string => Buffer.from(secret).toString('hex');
    expect(rows.length).toBeGreaterThan(40);
    expect(secrets.length).toBeGreaterThan(30);
    const long = secrets.filter((secret) => secret.length > 6);
    expect([...long, ...long.map(hex), ...long.map((secret) => secret.replaceAll('-', ''))].filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toContain('otpauth');
  });
});
