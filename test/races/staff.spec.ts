import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newSecret } from '../../src/staff/secrets.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { scryptSync } from 'node:crypto';
import { SecondFactors } from '../../src/staff/second-factors.repo.js';
import { AccountsService } from '../../src/staff/accounts.service.js';
import { SessionsRepo } from '../../src/staff/sessions.repo.js';
import { Harness } from '../support/harness.js';
import type { Answer, Client, Outcome } from '../support/harness.js';
import { codeOf, signedIn, withSecondFactor } from '../support/people.js';
import type { Person } from '../support/people.js';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start({ POOL_SIZE: '12' });
});
afterAll(() => harness.stop());

/** Starts all at once and holds back every write to a table until each of them waits for a lock: the worst moment, each time. */
async function atOnce<T>(table: string, start: () => readonly Promise<T>[]): Promise<T[]> {
  const holder = await harness.owner.connect();
  try {
    await holder.query('begin');
    await holder.query(`lock table ${table} in share row exclusive mode`);
    const racing = start();
    for (;;) {
      const [row] = await harness.sql<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      if (row?.n === racing.length) break;
    }
    await holder.query('commit');
    return await Promise.all(racing);
  } finally {
    await holder.query('rollback');
    holder.release();
  }
}

describe('one refresh token, shown four times at once', () => {
  const REFRESH = 'mutation ($input: RefreshInput!) { refresh(input: $input) { __typename ... on SignedIn { refreshToken } ... on StaffRefused { code } } }';

  async function race(): Promise<{ answers: Answer[]; tokens: number; unused: number; ended: string | null }> {
    const person = await signedIn(harness, { role: 'trainer' });
    const token = newSecret();
    const sessionId = await harness.app.get(UnitOfWork, { strict: false }).system(systemActor('test'), 'test', (op) => new SessionsRepo().begin(op, person.accountId, '', Buffer.from('address'), token));
    const answers = await atOnce('staff.refresh_tokens', () => Array.from({ length: 4 }, () => harness.send(REFRESH, { input: { refreshToken: token } })));
    const [row] = await harness.sql<{ tokens: number; unused: number; ended: string | null }>(
      `select count(*)::int as tokens, count(*) filter (where t.used_at is null)::int as unused, min(s.ended_why) as ended
       from staff.refresh_tokens t join staff.sessions s on s.id = t.session_id where s.id = $1`,
      [sessionId],
    );
    return { answers, ...(row ?? { tokens: 0, unused: 0, ended: 'none' }) };
  }

  it('is used once: one successor for all, one live token, the session stands', async () => {
    const { answers, ...rows } = await race();
    expect(answers.map(({ data }) => data?.refresh?.__typename)).toEqual(['SignedIn', 'SignedIn', 'SignedIn', 'SignedIn']);
    expect(new Set(answers.map(({ data }) => data.refresh.refreshToken)).size).toBe(1);
    expect(rows).toEqual({ tokens: 2, unused: 1, ended: null });
  });

  it('SABOTAGED: without the session\'s lock some get an error instead, though the constraint still keeps one live token', async () => {
    const repo = harness.app.get(SessionsRepo, { strict: false });
    repo.lock = async () => undefined;
    try {
      const { answers, unused } = await race();
      expect(answers.filter(({ errors }) => errors?.[0]?.extensions.code === 'INTERNAL').length).toBeGreaterThan(0);
      expect(unused).toBe(1);
    } finally {
      Reflect.deleteProperty(repo, 'lock');
    }
  });
});

describe('one one-time code, given twice at once', () => {
  const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
  const password = 'three blue buffaloes';

  async function race(): Promise<{ signedIn: number; sessions: number }> {
    const person = await signedIn(harness, { role: 'trainer' });
    const hash = `scrypt$10$8$1$c2FsdA$${scryptSync(password, 'salt', 32, { N: 1024, r: 8, p: 1 }).toString('base64url')}`;
    await harness.sql('update staff.accounts set password_hash = $2 where id = $1', [person.accountId, hash]);
    const { secret } = await withSecondFactor(harness, person.accountId);
    const code = codeOf(harness, secret, 1);
    const answers = await atOnce('staff.sessions', () => Array.from({ length: 3 }, () => harness.send(SIGN_IN, { input: { login: person.login, password, code } })));
    const sessions = await harness.sql('select 1 from staff.sessions where account_id = $1', [person.accountId]);
    return { signedIn: answers.filter(({ data }) => data?.signIn?.__typename === 'SignedIn').length, sessions: sessions.length - 1 };
  }

  it('signs in once', async () => {
    expect(await race()).toEqual({ signedIn: 1, sessions: 1 });
  });

  it('SABOTAGED: where a used step may be used again, it signs in three times', async () => {
    const factors = harness.app.get(SecondFactors, { strict: false });
    factors.useStep = async () => true;
    try {
      expect(await race()).toEqual({ signedIn: 3, sessions: 3 });
    } finally {
      Reflect.deleteProperty(factors, 'useStep');
    }
  });
});

describe('two administrators who end each other at the same moment', () => {
  const end = (who: Client, other: Person): Promise<Outcome> => who.act('endPosting', { postingId: other.postingId, on: '2026-06-15' }, 'StaffPosting { id }', 'StaffRefused');

  async function race(): Promise<{ standing: number; done: number }> {
    await harness.sql(`update staff.postings set withdrawn_at = now() where role = 'administrator'`);
    const [one, two] = [await signedIn(harness, { role: 'administrator' }), await signedIn(harness, { role: 'administrator' })];
    const answers = await atOnce('staff.postings', () => [end(one, two), end(two, one)]);
    const standing = await harness.sql(`select 1 from staff.postings where role = 'administrator' and withdrawn_at is null and upper_inf(during)`);
    return { standing: standing.length, done: answers.filter(({ result }) => result?.__typename === 'StaffPosting').length };
  }

  it('one of them remains', async () => {
    expect(await race()).toEqual({ standing: 1, done: 1 });
  });

  it('SABOTAGED: without the lock none remains', async () => {
    const service = harness.app.get(AccountsService, { strict: false });
    service.lockOtherAdministrators = async (op, accountId) =>
      (await op.tx.rows(`select 1 from staff.postings where role = 'administrator' and withdrawn_at is null and upper_inf(during) and account_id <> $1`, [accountId])).length;
    try {
      expect(await race()).toEqual({ standing: 0, done: 2 });
    } finally {
      Reflect.deleteProperty(service, 'lockOtherAdministrators');
    }
  });
});
