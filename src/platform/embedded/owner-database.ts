import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openDataFolder, ROOT_FOLDER } from './data-folder.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { FolderInUse, lockFolder, type LauncherLock } from './launcher-lock.js';
import { RefusalToStart, systemCode } from './refusal-to-start.js';
import { secretsOf, type Secrets } from './secrets.js';

/** The name of the register's database in a server of our own. */
export const DATABASE = 'register';

/** The owner's way into the database, for the command line. */
export interface OwnerDatabase {
  readonly url: string;
  /** What the data folder keeps; none where the environment named a server. */
  readonly secrets: Secrets | undefined;
  /** Stops the server again where it was started for this. */
  close(): Promise<void>;
}

/**
 * Opens the database as its owner: the server that MIGRATE_DATABASE_URL or DATABASE_URL names, the one
 * a running launcher keeps, or that of the data folder, started for as long as it is needed.
 */
export async function openOwnerDatabase(env: NodeJS.ProcessEnv, checkout: string): Promise<OwnerDatabase> {
  const named = env['MIGRATE_DATABASE_URL'] || env['DATABASE_URL'];
  if (named) return { url: named, secrets: undefined, close: () => Promise.resolve() };
  const folder = openDataFolder(env['DATA_DIR'], checkout);
  let lock: LauncherLock;
  try {
    lock = lockFolder(folder);
  } catch (error) {
    if (error instanceof FolderInUse) return runningDatabase(folder);
    throw error;
  }
  try {
    const secrets = secretsOf(folder);
    const server = await startEmbeddedPostgres({ folder, spare: process.getuid?.() === 0 ? ROOT_FOLDER : folder, password: secrets.superuserPassword, backups: env['BACKUP_DIR'] || undefined });
    const close = async (): Promise<void> => {
      await server.stop();
      lock.release();
    };
    try {
      await ensureDatabase(server.url('postgres'));
    } catch (error) {
      await close();
      throw error;
    }
    return { url: server.url(DATABASE), secrets, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function runningDatabase(folder: string): OwnerDatabase {
  const portFile = join(folder, 'postgres.port');
  if (!existsSync(portFile)) throw new RefusalToStart('The program is just starting for the first time: try again when it is ready.');
  const secrets = secretsOf(folder);
  const port = Number(readFileSync(portFile, 'utf8'));
  return { url: `postgres://postgres:${encodeURIComponent(secrets.superuserPassword)}@127.0.0.1:${port}/${DATABASE}`, secrets, close: () => Promise.resolve() };
}

/** Makes the register's database in a server of our own, the first time. */
export async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  try {
    await client.connect();
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rows.length === 0) await client.query(`create database ${DATABASE}`);
  } catch (error) {
    if (systemCode(error) === '28P01') throw new RefusalToStart('The database does not accept the passwords of secrets.json: the file belongs to another data folder.');
    throw error;
  } finally {
    await client.end();
  }
}
