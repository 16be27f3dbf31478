import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { inventInto, loadDemo } from '../../src/demo/demo.js';
import { PASSWORD } from '../../src/demo/staff.js';
import { fieldKeysOf } from '../../src/platform/config/config.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { addressAs } from '../../src/platform/database/roles.js';
import { openDataFolder, ROOT_FOLDER } from '../../src/platform/embedded/data-folder.js';
import { startEmbeddedPostgres } from '../../src/platform/embedded/embedded-postgres.js';
import { lockFolder } from '../../src/platform/embedded/launcher-lock.js';
import { DATABASE, ensureDatabase } from '../../src/platform/embedded/owner-database.js';
import { freePort } from '../../src/platform/embedded/ports.js';
import { newSecrets, secretsOf } from '../../src/platform/embedded/secrets.js';
import type { Secrets } from '../../src/platform/embedded/secrets.js';
import { Person } from '../api/journeys/client.js';
import { removeTestCluster, startTestCluster } from '../support/cluster.js';

/** Where everything is compiled to. */
export const DIST = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** A process that a bench started. */
export interface Running {
  readonly pid: number;
  /** What it said when it was ready: `{ ready: true, port }`. */
  readonly said: unknown;
  stop(): Promise<void>;
}

/** A register to be measured: its own PostgreSQL, migrated, with invented people, and its API. */
export interface Stack {
  /** Where its files lie; removed at the end unless the command line named it. */
  readonly folder: string;
  /** `http://127.0.0.1:port` of the API. */
  readonly address: string;
  readonly port: number;
  readonly apiPid: number;
  /** Undefined without a worker. */
  readonly workerPid: number | undefined;
  /** Starts one more API on a port of its own, with these settings beside what it needs. It ends with the others. */
  anotherApi(env?: Readonly<Record<string, string>>): Promise<Running & { readonly port: number }>;
  /** The database server; its sessions are this process's children. */
  readonly postgresPid: number;
  /** The owner's address of the database, and those of the two logins. */
  readonly ownerUrl: string;
  readonly apiUrl: string;
  readonly workerUrl: string;
  readonly secrets: Secrets;
  /** The owner's connections: for arranging and for looking. */
  readonly owner: pg.Pool;
  /** An access token of a role of the demonstration: `demo-worker`. It lives for 15 minutes. */
  token(login: string): Promise<string>;
  /** How many rows it holds, for the table's title. */
  rows(): Promise<string>;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** The `DATA_DIR` of a register to run on; it is migrated and kept, with what the bench writes into it. */
  readonly data?: string | undefined;
  /** The size of the invented country, 1 being Cambodia; without it the few people of the demonstration. */
  readonly scale?: number | undefined;
  /** Flags for the API's Node, as `--cpu-prof`. */
  readonly nodeFlags?: readonly string[];
  /** Settings of the API and the worker, beside what they need. */
  readonly env?: Readonly<Record<string, string>>;
  /** Start the worker too: relay, queue and sweeps. */
  readonly worker?: boolean;
  /** Settings of the database server, beside those that it has. */
  readonly postgres?: Readonly<Record<string, string>>;
}

interface Database {
  readonly folder: string;
  readonly url: (database: string) => string;
  readonly secrets: Secrets;
  readonly pid: number;
  remove(): Promise<void>;
}

/** Starts a register in production's way. Whatever fails on the way, what was started is stopped again. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of undo.splice(0).reverse()) await each();
  };
  try {
    const database = options.data === undefined ? await newDatabase(options.postgres) : await kept(options.data, options.postgres);
    undo.push(() => database.remove());
    const { secrets, folder } = database;
    await ensureDatabase(database.url('postgres'));
    const ownerUrl = database.url(DATABASE);
    await migrate({ ownerUrl, apiPassword: secrets.apiPassword, workerPassword: secrets.workerPassword });
    if (options.scale !== undefined) await inventInto(ownerUrl, { seed: 2026, scale: options.scale, fieldKeys: fieldKeysOf(secrets.fieldKeys) });
    await loadDemo(ownerUrl);
    const owner = new pg.Pool({ connectionString: ownerUrl, max: 3 });
    // A connection that idles when the server stops has nobody to tell it to.
    owner.on('error', () => undefined);
    undo.push(() => owner.end());
    await owner.query('vacuum analyze');
    const apiUrl = addressAs(ownerUrl, 'register_api', secrets.apiPassword);
    const workerUrl = addressAs(ownerUrl, 'register_worker', secrets.workerPassword);
    const port = await freePort();
    const env = settings(secrets, port, options.env ?? {});
    const api = await startScript(join(DIST, 'src/main.js'), { ...env, DATABASE_URL: apiUrl }, join(folder, 'api.log'), options.nodeFlags);
    undo.push(() => api.stop());
    const worker = options.worker === true ? await startScript(join(DIST, 'src/worker.js'), { ...env, DATABASE_URL: workerUrl }, join(folder, 'worker.log')) : undefined;
    if (worker !== undefined) undo.push(() => worker.stop());
    const anotherApi = async (more: Readonly<Record<string, string>> = {}): Promise<Running & { readonly port: number }> => {
      const own = await freePort();
      const running = await startScript(join(DIST, 'src/main.js'), { ...env, DATABASE_URL: apiUrl, PORT: String(own), ...more }, join(folder, 'api.log'));
      undo.push(() => running.stop());
      return { ...running, port: own };
    };
    const address = `http://127.0.0.1:${port}`;
    return {
      folder, address, port, anotherApi, apiPid: api.pid, workerPid: worker?.pid, postgresPid: database.pid, ownerUrl, apiUrl, workerUrl, secrets, owner, stop,
      token: async (login) => (await Person.signIn(address, login, login, PASSWORD)).bearer(),
      rows: () => countRows(owner),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function newDatabase(settings: StackOptions['postgres'] = {}): Promise<Database> {
  const secrets = newSecrets();
  const cluster = await startTestCluster(secrets.superuserPassword, true, settings);
  return { folder: cluster.folder, url: (name) => cluster.server.url(name), secrets, pid: cluster.server.pid, remove: () => removeTestCluster(cluster) };
}

async function kept(named: string, settings: StackOptions['postgres'] = {}): Promise<Database> {
  const folder = openDataFolder(named, DIST);
  const lock = lockFolder(folder);
  try {
    const secrets = secretsOf(folder);
    const server = await startEmbeddedPostgres({ folder, spare: process.getuid?.() === 0 ? ROOT_FOLDER : folder, password: secrets.superuserPassword, settings });
    const remove = async (): Promise<void> => {
      await server.stop();
      lock.release();
    };
    return { folder, url: (name) => server.url(name), secrets, pid: server.pid, remove };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function settings(secrets: Secrets, port: number, more: Readonly<Record<string, string>>): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'production',
    // Its people are invented, and none of them has a telephone.
    SECOND_FACTOR: 'offered',
    PORT: String(port),
    BIND_ADDRESS: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TOKEN_SECRET: secrets.tokenSecret,
    FIELD_KEYS: secrets.fieldKeys,
    ...more,
  };
}

/** Starts a Node script that says `{ ready: true }` to its parent; its output goes to a file. */
export async function startScript(script: string, env: Readonly<Record<string, string>>, log: string, nodeFlags: readonly string[] = [], node = process.execPath): Promise<Running> {
  const file = openSync(log, 'a');
  const child = spawn(node, [...nodeFlags, '--enable-source-maps', script], { env, stdio: ['ignore', file, 'inherit', 'ipc'] });
  closeSync(file);
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  const said = await new Promise<unknown>((done) => {
    child.once('message', done);
    void ended.then(() => done(undefined));
  });
  if (said === undefined || child.pid === undefined) throw new Error(`${script} did not start; what it said is in ${log}`);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { pid: child.pid, said, stop };
}

async function countRows(owner: pg.Pool): Promise<string> {
  const { rows } = await owner.query<{ children: number; families: number; acts: number; areas: number }>(
    `select (select count(*)::int from children.children) as children, (select count(*)::int from carers.families) as families,
       (select count(*)::int from platform.acts) as acts, (select count(*)::int from territory.areas) as areas`,
  );
  return Object.entries(rows[0] ?? {}).map(([name, count]) => `${count} ${name}`).join(', ');
}
