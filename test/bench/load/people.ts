import type pg from 'pg';
import { DataSource } from 'typeorm';
import { stream } from '../../../src/demo/random.js';
import { systemActor } from '../../../src/platform/auth/roles.js';
import type { Role } from '../../../src/platform/auth/roles.js';
import { SystemClock } from '../../../src/platform/clock.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { SessionsRepo } from '../../../src/staff/sessions.repo.js';
import { newSecret } from '../../../src/staff/secrets.js';
import type { Someone } from './operations.js';

/** Who is at work at one time, of a hundred and fifty. */
const ACTIVE: readonly (readonly [role: Role, people: number])[] = [
  ['social_worker', 84], ['supervisor', 22], ['para_social_worker', 18], ['trainer', 6], ['finance_officer', 6], ['finance_approver', 3], ['policy_analyst', 3], ['auditor', 3],
  ['administrator', 2], ['community_worker', 2], ['agency_worker', 1],
];
/** Supervisors of the ministry among them: their lists are the whole country's. */
const OF_THE_MINISTRY = 2;

interface Posted {
  readonly account: string;
  readonly role: Role;
  readonly area: string | null;
  readonly institution: string | null;
  readonly offices: string[];
}

/** People of all roles and many offices; where there are fewer than needed, some work at several devices. */
async function choose(owner: pg.Pool, seed: number, today: string): Promise<Posted[]> {
  const { rows } = await owner.query<Posted>(
    `select p.account_id as account, p.role, case when p.office_id is null then null else coalesce(o.area_code, '') end as area, p.institution_id as institution,
       coalesce(territory.offices_below(p.office_id), '{}')::text[] as offices
     from staff.postings p join staff.accounts a on a.id = p.account_id and a.state = 'active' left join territory.offices o on o.id = p.office_id
     where p.during @> $2::date and p.withdrawn_at is null order by md5(p.id::text || $1)`,
    [String(seed), today],
  );
  const random = stream(seed, 'load', 'people');
  return ACTIVE.flatMap(([role, people]) => {
    const all = rows.filter((one) => one.role === role);
    const first = role === 'supervisor' ? [...all.filter(({ area }) => area === '').slice(0, OF_THE_MINISTRY), ...all.filter(({ area }) => area !== '')] : all;
    return all.length === 0 ? [] : Array.from({ length: people }, (_, at) => first[at] ?? random.pick(all));
  });
}

/**
 * Signs them in without their passwords: their sessions are begun by the staff room's own code, and their first tokens
 * are those of a refresh. A hundred and fifty hashes that are made to be slow would only measure themselves. Gives them,
 * and how to sign them out again.
 */
export async function signIn(at: { readonly ownerUrl: string; readonly address: string }, owner: pg.Pool, seed: number, today: string): Promise<{ readonly people: Someone[]; readonly signOut: () => Promise<void> }> {
  const chosen = (await choose(owner, seed, today)).map((one) => ({ ...one, secret: newSecret() }));
  const begun = await begin(at.ownerUrl, chosen);
  const people: Someone[] = [];
  for (const { account, role, area, institution, offices, secret } of chosen) {
    const places = ['', account, ...(institution === null ? [] : [institution]), ...offices, ...offices.map((office) => `${role}@${office}`)];
    people.push({ account, role, area, places, ...(await refreshed(at.address, secret)) });
  }
  const signOut = async (): Promise<void> => {
    await owner.query(`update staff.sessions set ended_at = now(), ended_why = 'signed_out' where id = any ($1::uuid[]) and ended_at is null`, [begun]);
  };
  return { people, signOut };
}

async function begin(ownerUrl: string, chosen: readonly { readonly account: string; readonly secret: string }[]): Promise<string[]> {
  const source = await new DataSource({ type: 'postgres', url: ownerUrl, applicationName: 'register-bench', installExtensions: false, extra: { max: 1 } }).initialize();
  const sessions = new SessionsRepo();
  try {
    return await new UnitOfWork(source, new SystemClock()).system(systemActor('bench'), 'bench', async (op) => {
      const begun: string[] = [];
      for (const { account, secret } of chosen) begun.push(await sessions.begin(op, account, 'bench', Buffer.alloc(16), secret));
      return begun;
    });
  } finally {
    await source.destroy();
  }
}

async function refreshed(address: string, secret: string): Promise<{ token: string; refreshToken: string }> {
  const query = 'mutation Refresh($input: RefreshInput!) { refresh(input: $input) { ... on SignedIn { accessToken refreshToken } } }';
  const response = await fetch(`${address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables: { input: { refreshToken: secret } } }) });
  const { data } = (await response.json()) as { data?: { refresh?: { accessToken?: string; refreshToken?: string } } };
  const { accessToken, refreshToken } = data?.refresh ?? {};
  if (accessToken === undefined || refreshToken === undefined) throw new Error('A session that was begun cannot be refreshed.');
  return { token: accessToken, refreshToken };
}
