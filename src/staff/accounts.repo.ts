import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Role } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { AccountEntity, PostingEntity } from './account.entity.js';
import type { AccountState } from './account.entity.js';
import type { Place } from './posting.domain.js';
import { hashOfSecret, newSecret } from './secrets.js';

export type LinkPurpose = 'invitation' | 'reset';

/** An account under its lock. */
export interface LockedAccount {
  readonly id: string;
  readonly login: string;
  readonly state: AccountState;
  readonly passwordHash: string | null;
  /** Her link to the external issuer, where she has one. */
  readonly signInId: string | null;
}

/** A posting under its account's lock. */
export interface LockedPosting {
  readonly id: string;
  readonly accountId: string;
  readonly role: Role;
  readonly officeId: string | null;
  readonly institutionId: string | null;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly withdrawn: boolean;
}

export interface NewAccount {
  readonly login: string;
  readonly nameKm: string | null;
  readonly nameLatin: string;
  readonly phone: string | null;
  readonly language: 'km' | 'en';
}

const NO_SIGN_IN = { signInId: null, signInIssuer: null, signInSubject: null, signInAt: null };

/** Locks an account; everything about it, its postings, links and sessions, is changed under this lock. */
export async function lockAccount(op: Op, id: string): Promise<LockedAccount | undefined> {
  return op.tx.row<LockedAccount>(`select id, login, state, password_hash as "passwordHash", sign_in_id as "signInId" from staff.accounts where id = $1 for no key update`, [id]);
}

export async function insertAccount(op: Op, account: NewAccount): Promise<string> {
  const id = newId();
  await refuseWhenBroken(op.tx.insert(AccountEntity, { id, ...account, state: 'invited', passwordHash: null }), { accounts_login: 'LOGIN_TAKEN' });
  return id;
}

/** Ends the open link of an account. */
export async function endLink(op: Op, accountId: string, why: 'used' | 'replaced' | 'closed'): Promise<void> {
  await op.tx.run('update staff.links set ended_at = $2, ended_why = $3 where account_id = $1 and ended_at is null', [accountId, op.now, why]);
}

/** A new link in place of an open one. The secret leaves this function once and is kept nowhere. */
export async function insertLink(op: Op, accountId: string, purpose: LinkPurpose): Promise<string> {
  await endLink(op, accountId, 'replaced');
  const secret = newSecret();
  await op.tx.run(
    `insert into staff.links (id, account_id, purpose, secret_hash, made_at, expires_at)
     values ($1, $2, $3, $4, $5, $5::timestamptz + make_interval(days => (platform.setting('staff.link_days', $6))::int))`,
    [newId(), accountId, purpose, hashOfSecret(secret), op.now, op.today],
  );
  return secret;
}

/** The account whose open link has this secret; it says nothing about links that are used, replaced or expired. */
export async function findByLink(op: Op, secret: string, purpose: LinkPurpose): Promise<string | undefined> {
  const row = await op.tx.row<{ id: string }>(
    'select account_id as id from staff.links where secret_hash = $1 and purpose = $2 and ended_at is null and expires_at > $3',
    [hashOfSecret(secret), purpose, op.now],
  );
  return row?.id;
}

/** A password makes an invited account an active one. */
export async function setPassword(op: Op, accountId: string, passwordHash: string): Promise<void> {
  await op.tx.update(AccountEntity, accountId, { passwordHash, state: 'active' });
}

/** Links an account to a person of the external issuer; one that waited for its invitation is an active one by it. */
export async function linkSignIn(op: Op, accountId: string, issuer: string, subject: string): Promise<void> {
  const link = { signInId: newId(), signInIssuer: issuer, signInSubject: subject, signInAt: op.now };
  await refuseWhenBroken(op.tx.update(AccountEntity, accountId, { ...link, state: 'active' }), { accounts_sign_in: 'SIGN_IN_TAKEN' });
}

/** Ends the link. Without a password there is no other way in: the account waits for an invitation. */
export async function unlinkSignIn(op: Op, account: LockedAccount): Promise<void> {
  await op.tx.update(AccountEntity, account.id, { ...NO_SIGN_IN, state: account.passwordHash === null ? 'invited' : account.state });
}

export async function closeAccount(op: Op, accountId: string): Promise<void> {
  await op.tx.update(AccountEntity, accountId, { ...NO_SIGN_IN, state: 'closed', passwordHash: null });
  await op.tx.run(
    `update staff.postings set
       withdrawn_at = case when lower(during) >= $2::date then $3::timestamptz end,
       during = case when lower(during) >= $2::date then during else daterange(lower(during), $2::date) end
     where account_id = $1 and withdrawn_at is null and (upper_inf(during) or upper(during) > $2::date)`,
    [accountId, op.today, op.now],
  );
}

/** The postings of an account that could still count, today or later. */
export async function openPostings(op: Op, accountId: string): Promise<LockedPosting[]> {
  return op.tx.rows<LockedPosting>(`${POSTING} where account_id = $1 and withdrawn_at is null and (upper_inf(during) or upper(during) > $2)`, [accountId, op.today]);
}

export async function findPosting(op: Op, id: string): Promise<LockedPosting | undefined> {
  return op.tx.row<LockedPosting>(`${POSTING} where id = $1`, [id]);
}

const POSTING = `select id, account_id as "accountId", role, office_id as "officeId", institution_id as "institutionId",
  lower(during) as "from", upper(during) as "to", withdrawn_at is not null as withdrawn from staff.postings`;

export async function insertPosting(op: Op, accountId: string, role: Role, place: Place, from: CivilDate, to: CivilDate | null): Promise<string> {
  const id = newId();
  await refuseWhenBroken(op.tx.insert(PostingEntity, { id, accountId, role, ...place, during: `[${from},${to ?? ''})` }), { postings_once: 'POSTING_OVERLAPS' });
  return id;
}

/** Ends a posting on a day, the first without it, or withdraws it where no day would be left. */
export async function endPosting(op: Op, id: string, on: CivilDate, withdraw: boolean): Promise<void> {
  if (withdraw) await op.tx.run('update staff.postings set withdrawn_at = $2 where id = $1', [id, op.now]);
  else await op.tx.run('update staff.postings set during = daterange(lower(during), $2) where id = $1', [id, on]);
}

/**
 * How many active people other than this one are administrators from now on without an end, under a lock on their
 * postings: two administrators who end each other at the same moment must not both succeed.
 */
export async function lockOtherAdministrators(op: Op, accountId: string): Promise<number> {
  const rows = await op.tx.rows<{ account_id: string; counts: boolean }>(
    `select p.account_id, p.during @> $1::date and upper_inf(p.during) and a.state = 'active' as counts
     from staff.postings p join staff.accounts a on a.id = p.account_id
     where p.role = 'administrator' and p.withdrawn_at is null and upper_inf(p.during) order by p.id for no key update of p`,
    [op.today],
  );
  return new Set(rows.filter((row) => row.counts && row.account_id !== accountId).map((row) => row.account_id)).size;
}

/** Is there such a place? */
export async function isPlaceThere(op: Op, place: Place): Promise<boolean> {
  const row = await op.tx.row<{ there: boolean }>(
    `select ($1::uuid is null or exists (select 1 from territory.offices where id = $1)) and ($2::uuid is null or exists (select 1 from institutions.institutions where id = $2)) as there`,
    [place.officeId, place.institutionId],
  );
  return row?.there ?? false;
}
