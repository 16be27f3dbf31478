import type { Role } from '../platform/auth/roles.js';
import { REFRESH_DAYS } from './session.domain.js';
import type { Op } from '../platform/database/op.js';
import type { AccountState } from './account.entity.js';

export interface AccountRow {
  readonly id: string;
  readonly login: string;
  readonly nameKm: string | null;
  readonly nameLatin: string;
  readonly phone: string | null;
  readonly language: 'km' | 'en';
  readonly state: AccountState;
  readonly invitedAt: Date;
  readonly linkExpiresAt: Date | null;
  readonly secondFactorSince: Date | null;
  readonly signInIssuer: string | null;
  readonly signInSubject: string | null;
  readonly signInAt: Date | null;
}

export interface PostingRow {
  readonly id: string;
  readonly accountId: string;
  readonly role: Role;
  readonly officeId: string | null;
  readonly institutionId: string | null;
  readonly placeNameKm: string | null;
  readonly placeNameLatin: string | null;
  readonly from: string;
  readonly to: string | null;
  readonly withdrawn: boolean;
}

export interface SessionRow {
  readonly id: string;
  readonly accountId: string;
  readonly client: string;
  readonly beganAt: Date;
  readonly usedAt: Date;
  readonly endedAt: Date | null;
}

export interface NameRow {
  readonly id: string;
  readonly nameKm: string | null;
  readonly nameLatin: string;
}

const ACCOUNT = `select a.id, a.login, a.name_km as "nameKm", a.name_latin as "nameLatin", a.phone, a.language, a.state, a.invited_at as "invitedAt",
  (select f.confirmed_at from staff.second_factors f where f.account_id = a.id and f.confirmed_at is not null) as "secondFactorSince",
  a.sign_in_issuer as "signInIssuer", a.sign_in_subject as "signInSubject", a.sign_in_at as "signInAt",
  (select l.expires_at from staff.links l where l.account_id = a.id and l.ended_at is null) as "linkExpiresAt" from staff.accounts a`;

const POSTING = `select p.id, p.account_id as "accountId", p.role, p.office_id as "officeId", p.institution_id as "institutionId",
  coalesce(o.name_km, i.name_km) as "placeNameKm", coalesce(o.name_latin, i.name_latin) as "placeNameLatin",
  lower(p.during)::text as "from", upper(p.during)::text as "to", p.withdrawn_at is not null as withdrawn
  from staff.postings p left join territory.offices o on o.id = p.office_id left join institutions.institutions i on i.id = p.institution_id`;

/** The accounts, by name; `state` narrows. For an administrator, whose office is the whole system. */
export async function listAccounts(op: Op, first: number, after: readonly (string | number | null)[] | undefined, state: AccountState | null): Promise<AccountRow[]> {
  const [name, id] = after ?? [null, null];
  return op.tx.rows<AccountRow>(
    `${ACCOUNT} where ($2::text is null or (a.name_latin, a.id) > ($2, $3::uuid)) and ($4::text is null or a.state = $4) order by a.name_latin, a.id limit $1`,
    [first + 1, name, id, state],
  );
}

export async function accountsById(op: Op, ids: readonly string[]): Promise<AccountRow[]> {
  return op.tx.rows<AccountRow>(`${ACCOUNT} where a.id = any($1::uuid[])`, [ids]);
}

export async function postingsById(op: Op, ids: readonly string[]): Promise<PostingRow[]> {
  return op.tx.rows<PostingRow>(`${POSTING} where p.id = any($1::uuid[])`, [ids]);
}

/** The latest hundred postings of each account, the newest first; those that never counted are left out. */
export async function postingsOf(op: Op, accountIds: readonly string[]): Promise<PostingRow[]> {
  return op.tx.rows<PostingRow>(
    `select * from (${POSTING} where p.account_id = any($1::uuid[]) and p.withdrawn_at is null) as q order by q."from" desc, q.id limit 100 * cardinality($1::uuid[])`,
    [accountIds],
  );
}

/** The postings that count today. */
export async function livePostings(op: Op, accountId: string): Promise<PostingRow[]> {
  return op.tx.rows<PostingRow>(`${POSTING} where p.account_id = $1 and p.withdrawn_at is null and p.during @> $2::date order by p.id limit 100`, [accountId, op.today]);
}

/** The sessions that could still be refreshed, the last used first. */
export async function liveSessions(op: Op, accountId: string): Promise<SessionRow[]> {
  return op.tx.rows<SessionRow>(
    `${SESSION} where account_id = $1 and ended_at is null and used_at > $2::timestamptz - make_interval(days => $3) order by used_at desc, id limit 100`,
    [accountId, op.now, REFRESH_DAYS],
  );
}

export async function sessionsById(op: Op, ids: readonly string[]): Promise<SessionRow[]> {
  return op.tx.rows<SessionRow>(`${SESSION} where id = any($1::uuid[])`, [ids]);
}

const SESSION = `select id, account_id as "accountId", client, began_at as "beganAt", used_at as "usedAt", ended_at as "endedAt" from staff.sessions`;

export async function namesById(op: Op, ids: readonly string[]): Promise<NameRow[]> {
  return op.tx.rows<NameRow>('select id, name_km as "nameKm", name_latin as "nameLatin" from staff.accounts where id = any($1::uuid[])', [ids]);
}
