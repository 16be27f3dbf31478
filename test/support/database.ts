import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { addressAs, closeDatabase } from '../../src/platform/database/roles.js';

/** The migrated database that every test's own is a copy of. */
export const TEMPLATE = 'register_template';

/** Who owns the databases of the tests, and may no more than an owner on a managed server. */
export const OWNER = 'test_owner';

/** A database of a test's own. */
export interface TestDatabase {
  readonly name: string;
  /** The superuser's way in: for arranging and for looking. */
  readonly ownerUrl: string;
  readonly apiUrl: string;
  readonly workerUrl: string;
  /** Drops it, ending any session still in it. */
  drop(): Promise<void>;
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm test, whose set-up starts the database`);
  return value;
}

async function asAdmin<T>(act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: setting('TEST_ADMIN_URL') });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

function adminAddress(database: string): string {
  const url = new URL(setting('TEST_ADMIN_URL'));
  url.pathname = `/${database}`;
  return url.href;
}

/** A test's connections. A pool does not wait until they are closed: what they hear when their database is dropped is nobody's fault. */
export function poolOf(connectionString: string, max: number): pg.Pool {
  return new pg.Pool({ connectionString, max }).on('error', () => undefined);
}

/** A new database: a copy of the migrated template, or empty when asked. */
export async function createDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(async (client) => {
    // One copy at a time: PostgreSQL refuses a template that somebody else is at.
    await client.query(`select pg_advisory_lock(hashtextextended('register.create', 0))`);
    await client.query(`create database ${name} owner ${OWNER} template ${options.empty ? 'template0' : TEMPLATE} strategy file_copy`);
    // Who may enter is not copied with a database.
    if (!options.empty) await closeDatabase(client, name);
  });
  const ownerUrl = adminAddress(name);
  return {
    name,
    ownerUrl,
    apiUrl: addressAs(ownerUrl, 'register_api', setting('TEST_API_PASSWORD')),
    workerUrl: addressAs(ownerUrl, 'register_worker', setting('TEST_WORKER_PASSWORD')),
    drop: () => asAdmin(async (client) => {
      await client.query(`drop database if exists ${name} with (force)`);
    }),
  };
}
