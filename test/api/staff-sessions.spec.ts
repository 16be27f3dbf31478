import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { CONFIG } from '../../src/platform/config/config.module.js';
import type { Config } from '../../src/platform/config/config.js';
import { Tokens } from '../../src/platform/auth/tokens.js';
import { freePort } from '../../src/platform/embedded/ports.js';
import { newId } from '../../src/kernel/ids.js';
import { Passwords } from '../../src/staff/passwords.js';
import { Throttle } from '../../src/staff/throttle.js';
import { Client, Harness, newKey } from '../support/harness.js';
import type { Answer } from '../support/harness.js';
import { expectDenied, signedIn } from '../support/people.js';
import type { Person } from '../support/people.js';
import { acts } from '../../src/staff/staff.policy.js';

const PASSWORD = 'three blue buffaloes';
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename
  ... on SignedIn { accessToken refreshToken expiresInSeconds me { id nameLatin login postings { role } can } }
  ... on StaffRefused { code message details { name values } } } }`;
const REFRESH = `mutation ($input: RefreshInput!) { refresh(input: $input) { __typename
  ... on SignedIn { accessToken refreshToken me { id } } ... on StaffRefused { code } } }`;
const INVITE = `mutation ($input: InviteAccountInput!) { inviteAccount(input: $input) { __typename
  ... on IssuedLink { link account { id login state linkExpiresAt } } ... on StaffRefused { code message } } }`;
const byLink = (name: 'acceptInvitation' | 'resetPassword'): string =>
  `mutation ($input: LinkPasswordInput!) { ${name}(input: $input) { __typename ... on PasswordSet { login } ... on StaffRefused { code message } } }`;
const REFUSED = '... on StaffRefused { code }';

let harness: Harness;
let admin: Person;
let metricsPort: number;
const paused: number[] = [];
const secrets: string[] = [];
let number = 0;
let kept: Promise<string> | undefined;

beforeAll(async () => {
  metricsPort = await freePort();
  harness = await Harness.start({ PUBLIC_URL: 'https://register.example', METRICS_PORT: String(metricsPort) });
  admin = await signedIn(harness, { role: 'administrator' });
  // The length of the wait is looked at, not waited for.
  harness.app.get(Throttle, { strict: false }).pause = async (failures) => void paused.push(failures);
});
afterAll(() => harness.stop());
// Each test begins in a minute of its own.
afterEach(() => harness.clock.set(new Date(harness.clock.now().getTime() + 61_000).toISOString()));

/** The same person after her access token was made again: the clock has moved. */
async function again(person: Person): Promise<Client> {
  return harness.client(await harness.app.get(Tokens, { strict: false }).issue({ userId: person.accountId, sessionId: person.sessionId }));
}

async function invited(login = `person-${++number}`): Promise<{ id: string; login: string; token: string }> {
  const answer = await (await again(admin)).send(INVITE, { input: { requestKey: newKey(), login, nameLatin: 'Sokha Secretname', phone: '012 345 678', language: 'KM' } });
  expect(answer.errors).toBeUndefined();
  const { link, account } = answer.data.inviteAccount;
  const token = String(link).split('#invitation=')[1] ?? '';
  secrets.push(token, login);
  return { id: account.id, login, token };
}

/** An account with {@link PASSWORD}, hashed once for all of them: a hash takes a third of a second. */
async function arrived(): Promise<{ id: string; login: string }> {
  kept ??= harness.app.get(Passwords, { strict: false }).hash(PASSWORD);
  const account = { id: newId(), login: `person-${++number}` };
  await harness.sql(`insert into staff.accounts (id, login, name_latin, state, password_hash) values ($1, $2, 'Sokha Secretname', 'active', $3)`, [account.id, account.login, await kept]);
  secrets.push(account.login);
  return account;
}

async function signIn(login: string, password = PASSWORD): Promise<Answer['data']> {
  const answer = await harness.send(SIGN_IN, { input: { login, password, client: 'Phone of Sokha' } });
  expect(answer.errors).toBeUndefined();
  const signed = answer.data.signIn;
  if (signed.accessToken) secrets.push(signed.accessToken, signed.refreshToken);
  return signed;
}

async function refresh(refreshToken: string): Promise<Answer['data']> {
  const answer = await harness.send(REFRESH, { input: { refreshToken } });
  expect(answer.errors).toBeUndefined();
  if (answer.data.refresh.refreshToken) secrets.push(answer.data.refresh.accessToken, answer.data.refresh.refreshToken);
  return answer.data.refresh;
}

const works = async (token: string): Promise<boolean> => (await harness.client(token).send('{ me { id } }')).errors === undefined;
const unauthenticated = async (token: string): Promise<void> => {
  expect((await harness.client(token).send('{ me { id } }')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
};

describe('an invitation', () => {
  it('is a link shown once, kept as a hash, good once: then the person signs in', async () => {
    const key = newKey();
    const input = { requestKey: key, login: 'chan.sokha', nameKm: 'ចាន់ សុខា', nameLatin: 'Chan Sokha', language: 'EN' };
    const client = await again(admin);
    const first = (await client.send(INVITE, { input })).data.inviteAccount;
    expect(first.account).toMatchObject({ login: 'chan.sokha', state: 'INVITED', linkExpiresAt: new Date(harness.clock.now().getTime() + 7 * 86_400_000).toISOString() });
    expect(first.link).toMatch(/^https:\/\/register\.example\/#invitation=[\w-]{43}$/);
    const repeated = (await client.send(INVITE, { input })).data.inviteAccount;
    expect(repeated).toMatchObject({ link: null, account: { id: first.account.id } });
    expect(await harness.sql('select 1 from platform.acts where subject_id = $1', [first.account.id])).toHaveLength(1);
    const token = String(first.link).split('=')[1] ?? '';
    expect(await harness.sql(`select 1 from staff.links where encode(secret_hash, 'escape') like '%' || $1 || '%'`, [token])).toHaveLength(0);

    expect((await signIn('chan.sokha')).code).toBe('SIGN_IN_REFUSED');
    const weak = await harness.send(byLink('acceptInvitation'), { input: { token, password: 'Password123' } });
    expect(weak.data.acceptInvitation.code).toBe('PASSWORD_TOO_COMMON');
    const short = await harness.send(byLink('acceptInvitation'), { input: { token, password: 'nine char' } });
    expect(short.data.acceptInvitation).toMatchObject({ code: 'PASSWORD_TOO_SHORT', message: expect.stringContaining('10') });
    const same = await harness.send(byLink('acceptInvitation'), { input: { token, password: 'Chan.Sokha' } });
    expect(same.data.acceptInvitation.code).toBe('PASSWORD_IS_LOGIN');
    const wrongDoor = await harness.send(byLink('resetPassword'), { input: { token, password: PASSWORD } });
    expect(wrongDoor.data.resetPassword.code).toBe('LINK_NOT_GOOD');
    const both = await Promise.all([1, 2].map(() => harness.send(byLink('acceptInvitation'), { input: { token, password: PASSWORD } })));
    expect(both.map(({ data }) => data.acceptInvitation.__typename).sort()).toEqual(['PasswordSet', 'StaffRefused']);
    const signed = await signIn('Chan.Sokha ');
    expect(signed).toMatchObject({ expiresInSeconds: 900, me: { id: first.account.id, nameLatin: 'Chan Sokha', login: 'chan.sokha', postings: [], can: [] } });
    expect(await works(signed.accessToken)).toBe(true);
  });

  it('ends after seven days, and where a new link is made', async () => {
    const late = await invited();
    const replaced = await invited();
    const issued = await (await again(admin)).send(`mutation ($input: IssueResetLinkInput!) { issueResetLink(input: $input) { __typename ... on IssuedLink { link } ${REFUSED} } }`, {
      input: { requestKey: newKey(), accountId: replaced.id },
    });
    expect(issued.data.issueResetLink.link).toContain('#invitation=');
    expect((await harness.send(byLink('acceptInvitation'), { input: { token: replaced.token, password: PASSWORD } })).data.acceptInvitation.code).toBe('LINK_NOT_GOOD');
    harness.clock.addDays(7);
    expect((await harness.send(byLink('acceptInvitation'), { input: { token: late.token, password: PASSWORD } })).data.acceptInvitation.code).toBe('LINK_NOT_GOOD');
  });
});

describe('a sign-in', () => {
  it('answers the same to a wrong password, an unknown name and a closed account', async () => {
    const { login } = await arrived();
    const unknown = await signIn('nobody-here');
    const wrong = await signIn(login, 'three blue buffalos');
    const never = await signIn((await invited()).login);
    expect(wrong).toEqual(unknown);
    expect(never).toEqual(unknown);
    expect(unknown).toMatchObject({ code: 'SIGN_IN_REFUSED', details: [] });
  });

  it('is slowed down with each failure and refused after six a minute, for a name; a minute later it goes on', async () => {
    const { login } = await arrived();
    paused.length = 0;
    for (let i = 0; i < 6; i++) expect((await signIn(login, 'wrong wrong wrong')).code).toBe('SIGN_IN_REFUSED');
    expect(paused).toEqual([0, 1, 2, 3, 4, 5]);
    harness.clock.set(new Date(harness.clock.now().getTime() + 20_000).toISOString());
    const refused = await signIn(login);
    expect(refused).toMatchObject({ code: 'TRY_LATER', message: expect.stringContaining('40'), details: [{ name: 'retryAfter', values: ['40'] }] });
    harness.clock.set(new Date(harness.clock.now().getTime() + 40_000).toISOString());
    expect((await signIn(login)).accessToken).toBeDefined();
  });

  it('counts an own address apart from strangers, who cannot lock her out', async () => {
    const { login } = await arrived();
    expect((await signIn(login)).accessToken).toBeDefined();
    harness.clock.addDays(1);
    const throttle = harness.app.get(Throttle, { strict: false });
    for (let i = 0; i < 6; i++) expect(await throttle.admit(login, `203.0.113.${i}`, 'test')).toHaveProperty('attempt');
    expect(await throttle.admit(login, '203.0.113.77', 'test')).toEqual({ retryAfter: 60 });
    expect((await signIn(login)).accessToken).toBeDefined();
  });

  it('is refused after thirty a minute from one address, whoever is tried, at once or one after the other', async () => {
    const throttle = harness.app.get(Throttle, { strict: false });
    const throttled = async (by: string): Promise<number> => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      return Number(new RegExp(`^register_sign_ins_throttled_total\\{by="${by}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
    };
    const before = [await throttled('address'), await throttled('account')];
    const crowd = await Promise.all(Array.from({ length: 40 }, (_, i) => throttle.admit(`name-${i}`, '198.51.100.7', 'test')));
    expect(crowd.filter((each) => 'attempt' in each)).toHaveLength(30);
    const one = await Promise.all(Array.from({ length: 12 }, (_, i) => throttle.admit('one-name', `198.51.101.${i}`, 'test')));
    expect(one.filter((each) => 'attempt' in each)).toHaveLength(6);
    expect([await throttled('address'), await throttled('account')]).toEqual([(before[0] ?? 0) + 10, (before[1] ?? 0) + 6]);
  });

  it('takes no broken input', async () => {
    const answer = await harness.send(SIGN_IN, { input: { login: 'x', password: 'y'.repeat(201) } });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'password' }] });
  });
});

describe('a refresh token', () => {
  const sessionOf = async (id: string): Promise<{ why: string | null; unused: number }> => {
    const [row] = await harness.sql<{ why: string | null; unused: number }>(
      `select s.ended_why as why, (select count(*)::int from staff.refresh_tokens t where t.session_id = s.id and t.used_at is null) as unused from staff.sessions s where s.account_id = $1`,
      [id],
    );
    return row ?? { why: 'none', unused: 0 };
  };
  const later = (seconds: number): void => harness.clock.set(new Date(harness.clock.now().getTime() + seconds * 1000).toISOString());

  it('gives a new pair, again and again, for thirty days each', async () => {
    const { id, login } = await arrived();
    let { refreshToken } = await signIn(login);
    for (let i = 0; i < 3; i++) {
      harness.clock.addDays(29);
      const pair = await refresh(refreshToken);
      expect(pair.refreshToken).not.toBe(refreshToken);
      expect(await works(pair.accessToken)).toBe(true);
      refreshToken = pair.refreshToken;
    }
    harness.clock.addDays(30);
    expect((await refresh(refreshToken)).code).toBe('SESSION_OVER');
    expect(await sessionOf(id)).toEqual({ why: null, unused: 1 });
    expect((await refresh('no-such-token')).code).toBe('SESSION_OVER');
  });

  it('gives the same pair again within ten seconds of a lost answer', async () => {
    const { id, login } = await arrived();
    const { refreshToken } = await signIn(login);
    const first = await refresh(refreshToken);
    later(10);
    const second = await refresh(refreshToken);
    expect(second.refreshToken).toBe(first.refreshToken);
    expect(await sessionOf(id)).toEqual({ why: null, unused: 1 });
  });

  it('shown again later ends the session, for the thief and for her', async () => {
    const { id, login } = await arrived();
    const { refreshToken } = await signIn(login);
    const hers = await refresh(refreshToken);
    later(11);
    expect((await refresh(refreshToken)).code).toBe('SESSION_OVER');
    expect((await sessionOf(id)).why).toBe('reuse');
    await unauthenticated(hers.accessToken);
    expect((await refresh(hers.refreshToken)).code).toBe('SESSION_OVER');
    expect(await harness.sql(`select 1 from platform.acts where about_id = $1 and reason = 'reuse'`, [id])).toHaveLength(1);
  });

  it('whose successor was used ends the session even within ten seconds', async () => {
    const { id, login } = await arrived();
    const { refreshToken } = await signIn(login);
    await refresh((await refresh(refreshToken)).refreshToken);
    expect((await refresh(refreshToken)).code).toBe('SESSION_OVER');
    expect((await sessionOf(id)).why).toBe('reuse');
  });
});

describe('an access token', () => {
  it('is refused when it has expired, by its fifteen minutes', async () => {
    const { login } = await arrived();
    const { accessToken } = await signIn(login);
    const start = harness.clock.now().getTime();
    harness.clock.set(new Date(start + 899_000).toISOString());
    expect(await works(accessToken)).toBe(true);
    harness.clock.set(new Date(start + 901_000).toISOString());
    await unauthenticated(accessToken);
  });

  it('is refused with another signature, without one, for another audience, and as nonsense', async () => {
    const { id, login } = await arrived();
    const { accessToken } = await signIn(login);
    const [session] = await harness.sql<{ id: string }>('select id from staff.sessions where account_id = $1', [id]);
    const seconds = Math.floor(harness.clock.now().getTime() / 1000);
    const claims = new SignJWT({ sid: session?.id }).setProtectedHeader({ alg: 'HS256' }).setSubject(id).setIssuer('register').setIssuedAt(seconds).setExpirationTime(seconds + 600);
    await unauthenticated(await claims.setAudience('register').sign(Buffer.alloc(32, 7)));
    const secret = harness.app.get<Config>(CONFIG, { strict: false }).tokenSecret;
    expect(await works(await claims.setAudience('register').sign(secret))).toBe(true);
    await unauthenticated(await claims.setAudience('elsewhere').sign(secret));
    const [, payload] = accessToken.split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    for (const forged of [`${none}.${payload}.`, `${none}.${payload}`, `${accessToken.slice(0, -2)}xx`, 'nonsense', 'a.b.c']) await unauthenticated(forged);
  });
});

describe('sessions', () => {
  const MINE = '{ mySessions { id client current } }';

  it('are listed, and one is revoked: its tokens count no more from the next request on', async () => {
    const { id, login } = await arrived();
    const one = await signIn(login);
    const two = await signIn(login);
    const listed = (await harness.client(one.accessToken).send(MINE)).data.mySessions;
    expect(listed).toHaveLength(2);
    expect(listed.filter((each: { current: boolean }) => each.current)).toHaveLength(1);
    expect(listed[0].client).toBe('Phone of Sokha');
    const other = listed.find((each: { current: boolean }) => !each.current).id;
    const revoked = await harness.client(one.accessToken).act('revokeSession', { sessionId: other }, 'StaffSession { id endedAt }', 'StaffRefused');
    expect(revoked.result).toMatchObject({ id: other, endedAt: harness.clock.now().toISOString() });
    await unauthenticated(two.accessToken);
    expect((await refresh(two.refreshToken)).code).toBe('SESSION_OVER');
    expect((await harness.client(one.accessToken).act('revokeSession', { sessionId: other }, 'StaffSession { id }', 'StaffRefused')).result.code).toBe('SESSION_OVER');

    const signedOut = await harness.client(one.accessToken).act('signOut', {}, 'StaffSession { current }', 'StaffRefused');
    expect(signedOut.result).toMatchObject({ current: true });
    await unauthenticated(one.accessToken);
    expect(await harness.sql(`select ended_why from staff.sessions where account_id = $1 order by ended_why`, [id])).toEqual([{ ended_why: 'revoked' }, { ended_why: 'signed_out' }]);
  });

  it('of another person are not found, by anybody', async () => {
    const stranger = await signedIn(harness, { role: 'administrator' });
    const { login } = await arrived();
    const { accessToken } = await signIn(login);
    const answer = await harness.client(accessToken).act('revokeSession', { sessionId: stranger.sessionId }, 'StaffSession { id }', 'StaffRefused');
    expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(stranger.token === undefined ? false : await works(stranger.token)).toBe(true);
  });

  it('are nobody\'s without a sign-in', async () => {
    await expectDenied(harness, acts['session.end'], (client) => client.act('signOut', {}, 'StaffSession { id }', 'StaffRefused'));
    const stranger = harness.client(undefined);
    for (const document of [MINE, '{ me { id } }']) expect((await stranger.send(document)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    for (const answer of [
      await stranger.act('revokeSession', { sessionId: admin.sessionId }, 'StaffSession { id }', 'StaffRefused'),
      await stranger.act('changePassword', { present: 'x', password: 'y' }, 'PasswordSet { login }', 'StaffRefused'),
    ]) expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('a password', () => {
  const CHANGE = ['PasswordSet { login }', 'StaffRefused'] as const;

  it('is changed by who knows the present one; the other sessions end; the same request again is the same answer', async () => {
    const { login } = await arrived();
    const one = await signIn(login);
    const two = await signIn(login);
    const client = harness.client(one.accessToken);
    const next = 'four green elephants';
    expect((await client.act('changePassword', { present: 'wrong wrong wrong', password: next }, ...CHANGE)).result.code).toBe('PASSWORD_WRONG');
    expect((await client.act('changePassword', { present: PASSWORD, password: 'short' }, ...CHANGE)).result.code).toBe('PASSWORD_TOO_SHORT');
    const requestKey = newKey();
    for (let i = 0; i < 2; i++) expect((await client.act('changePassword', { requestKey, present: PASSWORD, password: next }, ...CHANGE)).result.login).toBe(login);
    const other = await client.act('changePassword', { requestKey, present: PASSWORD, password: 'five red crocodiles' }, ...CHANGE);
    expect(other.errors?.[0]?.extensions.code).toBe('CONFLICT');
    expect(await works(one.accessToken)).toBe(true);
    await unauthenticated(two.accessToken);
    harness.clock.set(new Date(harness.clock.now().getTime() + 61_000).toISOString());
    expect((await signIn(login)).code).toBe('SIGN_IN_REFUSED');
    expect((await signIn(login, next)).accessToken).toBeDefined();
  });

  it('is tried six times a minute, also by who holds a token', async () => {
    const { login } = await arrived();
    const client = harness.client((await signIn(login)).accessToken);
    for (let i = 0; i < 6; i++) await client.act('changePassword', { present: 'wrong wrong wrong', password: 'four green elephants' }, ...CHANGE);
    expect((await client.act('changePassword', { present: PASSWORD, password: 'four green elephants' }, ...CHANGE)).result.code).toBe('TRY_LATER');
  });

  it('is reset by a one-time link, and every session ends', async () => {
    const { id, login } = await arrived();
    const { accessToken, refreshToken } = await signIn(login);
    const issued = await (await again(admin)).send(`mutation ($input: IssueResetLinkInput!) { issueResetLink(input: $input) { __typename ... on IssuedLink { link } ${REFUSED} } }`, {
      input: { requestKey: newKey(), accountId: id },
    });
    const token = String(issued.data.issueResetLink.link).split('#reset=')[1] ?? '';
    secrets.push(token);
    expect(await works(accessToken)).toBe(true);
    expect((await harness.send(byLink('resetPassword'), { input: { token, password: 'four green elephants' } })).data.resetPassword).toEqual({ __typename: 'PasswordSet', login });
    expect((await harness.send(byLink('resetPassword'), { input: { token, password: 'five red crocodiles' } })).data.resetPassword.code).toBe('LINK_NOT_GOOD');
    await unauthenticated(accessToken);
    expect((await refresh(refreshToken)).code).toBe('SESSION_OVER');
    expect((await signIn(login)).code).toBe('SIGN_IN_REFUSED');
    expect((await signIn(login, 'four green elephants')).accessToken).toBeDefined();
  });
});

describe('what is written down', () => {
  it('holds no name, sign-in name, password, link or token: neither the log nor the audit', async () => {
    const audit = await harness.sql<{ line: string }>('select to_jsonb(a)::text as line from platform.acts a union all select to_jsonb(d)::text from platform.denials d union all select to_jsonb(k)::text from platform.request_keys k');
    const text = [...harness.logLines, ...audit.map(({ line }) => line)].join('\n');
    expect(audit.length).toBeGreaterThan(20);
    expect(secrets.length).toBeGreaterThan(50);
    for (const secret of [...secrets, PASSWORD, 'four green elephants', 'Secretname', '12345678']) expect(text.includes(secret)).toBe(false);
  });

  it('is kept as hashes only', async () => {
    const rows = await harness.sql<{ line: string }>('select to_jsonb(l)::text as line from staff.links l union all select to_jsonb(t)::text from staff.refresh_tokens t union all select password_hash from staff.accounts where password_hash is not null');
    const text = rows.map(({ line }) => line).join('\n');
    for (const secret of secrets.filter((each) => each.length > 40)) expect(text.includes(secret)).toBe(false);
    expect(text).toContain('scrypt$15$8$3$');
  });
});
