import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runMigrations as runQueueMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { closeDatabase, ensureRoles, type RolePasswords } from './roles.js';

/** What a migration of one database needs. */
export interface MigrateOptions extends RolePasswords {
  /** The owner's address: the only one that may change the schema. */
  readonly ownerUrl: string;
  readonly log?: (line: string) => void;
  /** The compiled migrations; only tests name another folder. */
  readonly folder?: string;
}

/** Why a server is refused; its message is a sentence for the person who starts the program. */
export class ServerRefused extends Error {
  override name = 'ServerRefused';
}

type MigrationClass = new () => MigrationInterface;

const OLDEST_SERVER = 180_000;
const LOCK = 'select pg_advisory_lock(hashtextextended($1, 0))';
const LOCK_NAME = 'register.migrate';

const compiledMigrations = (): string => resolve(dirname(fileURLToPath(import.meta.url)), '../../../migrations');

/** The names of the migrations that are in the database but not in the program, and the like, stay TypeORM's business. */
export async function migrationClasses(folder: string = compiledMigrations()): Promise<MigrationClass[]> {
  const files = readdirSync(folder).filter((name) => /^\d{13}-[a-z0-9-]+\.js$/.test(name)).sort();
  const loaded = await Promise.all(files.map((name) => import(pathToFileURL(join(folder, name)).href) as Promise<Record<string, unknown>>));
  return loaded.flatMap((module, index) => {
    const classes = Object.values(module).filter(isMigrationClass);
    if (classes.length !== 1) throw new Error(`${files[index] ?? ''} must export exactly one migration class`);
    return classes;
  });
}

function isMigrationClass(value: unknown): value is MigrationClass {
  return typeof value === 'function' && typeof Reflect.get(Object(value.prototype), 'up') === 'function';
}

/** The source through which migrations run, forth and back; nothing else uses it. */
export function migrationSource(ownerUrl: string, migrations: MigrationClass[]): DataSource {
  return new DataSource({
    type: 'postgres',
    url: ownerUrl,
    applicationName: 'register-migrate',
    installExtensions: false,
    migrations,
    migrationsTableName: 'applied_migrations',
    migrationsTransactionMode: 'each',
    // A migration that waits for a lock makes everybody behind it wait: rather fail, and be run again.
    extra: { max: 2, lock_timeout: 10_000 },
  });
}

/**
 * Brings a database to the program's schema: roles, migrations one transaction each, the queue's
 * own tables, and who may enter. Repeating it is harmless; of two starters one waits.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'register-migrate' });
  // An error on an idle connection would otherwise end the process before the query tells the caller.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await refuseOldServer(client);
    await client.query(LOCK, [LOCK_NAME]);
    await ensureRoles(client, options);
    await applyMigrations(options);
    await migrateQueue(client);
    const { rows } = await client.query<{ name: string }>('select current_database() as name');
    await closeDatabase(client, rows[0]?.name ?? '');
    await client.query('revoke create on schema public from public');
  } finally {
    await client.end();
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>(`select current_setting('server_version_num') as number, current_setting('server_version') as version`);
  if (Number(rows[0]?.number ?? 0) < OLDEST_SERVER) {
    throw new ServerRefused(`This program needs PostgreSQL 18 or newer (WITHOUT OVERLAPS, PERIOD foreign keys, uuidv7), and the server is ${rows[0]?.version ?? 'unknown'}.`);
  }
}

async function applyMigrations(options: MigrateOptions): Promise<void> {
  const source = migrationSource(options.ownerUrl, await migrationClasses(options.folder));
  await source.initialize();
  try {
    const applied = await source.runMigrations({ transaction: 'each' });
    for (const migration of applied) options.log?.(`migrated ${migration.name}`);
  } finally {
    await source.destroy();
  }
}

/** The queue's tables are the package's own; only the worker may touch them. */
async function migrateQueue(client: pg.Client): Promise<void> {
  await runQueueMigrations(client);
  await client.query(`
    revoke all on schema bullmq from public;
    revoke all on all functions in schema bullmq from public;
    -- create: the package makes a sequence for each queue when its first job is added.
    grant usage, create on schema bullmq to register_worker;
    grant select, insert, update, delete, truncate on all tables in schema bullmq to register_worker;
    grant execute on all functions in schema bullmq to register_worker;
    -- Its own sequences are the worker's already, and an owner who is no superuser may not grant them.
    do $$
    declare ours regclass;
    begin
      for ours in select oid from pg_class where relkind = 'S' and relnamespace = 'bullmq'::regnamespace and relowner = current_user::regrole loop
        execute format('grant usage, select, update on sequence %s to register_worker', ours);
      end loop;
    end $$;
  `);
}
