import pg from 'pg';
import type { Client } from 'pg';
import { matchesVerifier, scramVerifier } from './scram.js';

interface RoleRow {
  readonly login: boolean;
  readonly elevated: boolean;
  readonly inherits: boolean;
}

/** The passwords of the two login roles. */
export interface RolePasswords {
  readonly apiPassword: string;
  readonly workerPassword: string;
}

// Roles belong to the cluster, not to a database: two databases migrated at the same moment meet here.
const MEETINGS = new Set(['40001', '40P01', '23505', '42710']);

async function metSomebody(error: unknown): Promise<boolean> {
  if (!(error instanceof pg.DatabaseError)) return false;
  if (!MEETINGS.has(error.code ?? '') && !/tuple concurrently (updated|deleted)/.test(error.message)) return false;
  await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 80));
  return true;
}

async function patiently(act: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await act();
      return;
    } catch (error) {
      if (attempt >= 20 || !(await metSomebody(error))) throw error;
    }
  }
}

async function quoted(client: Client, format: string, ...values: string[]): Promise<string> {
  const { rows } = await client.query<{ statement: string }>(`select format($1, variadic $2::text[]) as statement`, [format, values]);
  return rows[0]?.statement ?? '';
}

async function ensureRole(client: Client, role: string, login: boolean): Promise<void> {
  const { rows } = await client.query<RoleRow>(
    `select rolcanlogin as login, rolinherit as inherits,
            rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication as elevated
     from pg_roles where rolname = $1`,
    [role],
  );
  const found = rows[0];
  const kind = login ? 'login' : 'nologin';
  if (!found) {
    await client.query(await quoted(client, `create role %I ${kind} nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit`, role));
  } else if (found.elevated) {
    throw new Error(`the role ${role} exists and may do more than this program allows it (superuser, bypassrls, createdb, createrole or replication): take that away first`);
  } else if (found.login !== login || found.inherits) {
    await client.query(await quoted(client, `alter role %I ${kind} noinherit`, role));
  }
}

async function hasPassword(client: Client, role: string, password: string): Promise<boolean> {
  const { rows: may } = await client.query<{ may: boolean }>(`select has_table_privilege('pg_catalog.pg_authid', 'select') as may`);
  if (!may[0]?.may) return false;
  const { rows } = await client.query<{ kept: string | null }>('select rolpassword as kept from pg_authid where rolname = $1', [role]);
  return matchesVerifier(password, rows[0]?.kept ?? '');
}

async function ensurePassword(client: Client, role: string, password: string): Promise<void> {
  if (await hasPassword(client, role, password)) return;
  await client.query(await quoted(client, 'alter role %I password %L', role, scramVerifier(password)));
}

async function ensureReader(client: Client): Promise<void> {
  const { rows } = await client.query(
    `select 1 from pg_auth_members where roleid = 'register_reader'::regrole and member = 'register_api'::regrole
       and not inherit_option and set_option and not admin_option`,
  );
  if (rows.length === 0) await client.query('grant register_reader to register_api with inherit false, set true, admin false');
}

/** Makes, or brings in line, the roles everything runs as: two that sign in, one for statistics. */
export async function ensureRoles(client: Client, passwords: RolePasswords): Promise<void> {
  await patiently(() => ensureRole(client, 'register_api', true));
  await patiently(() => ensureRole(client, 'register_worker', true));
  await patiently(() => ensureRole(client, 'register_reader', false));
  await patiently(() => ensurePassword(client, 'register_api', passwords.apiPassword));
  await patiently(() => ensurePassword(client, 'register_worker', passwords.workerPassword));
  await patiently(() => ensureReader(client));
}

/** Only the two login roles may enter a database, and nobody makes tables or temporary ones by default. */
export async function closeDatabase(client: Client, database: string): Promise<void> {
  await client.query(await quoted(client, 'revoke connect, create, temporary on database %I from public', database));
  await client.query(await quoted(client, 'grant connect on database %I to register_api, register_worker', database));
}

/** A database's address with another role's name and password in it. */
export function addressAs(url: string, role: string, password: string): string {
  const address = new URL(url);
  address.username = role;
  address.password = encodeURIComponent(password);
  return address.href;
}
