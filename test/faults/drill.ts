import { jest } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/platform/database/migrate.js';
import { addressAs } from '../../src/platform/database/roles.js';
import { endLeftovers, startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded/embedded-postgres.js';
import { lockFolder, type LauncherLock } from '../../src/platform/embedded/launcher-lock.js';
import { DATABASE, ensureDatabase } from '../../src/platform/embedded/owner-database.js';
import { processesIn, signal, until } from '../../src/platform/embedded/processes.js';
import { secretsOf, type Secrets } from '../../src/platform/embedded/secrets.js';
import { register } from '../../src/register.js';
import type { TestDatabase } from '../support/database.js';
import { Harness } from '../support/harness.js';

/** A folder for a drill, below which the database's user may pass. */
export function drillFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'register-drill-'));
  chmodSync(folder, 0o711);
  return folder;
}

/** A command of the operator, in this process, with what it said. */
export async function command(args: readonly string[], env: Readonly<Record<string, string>>): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: unknown) => void said.push(String(line)));
  const complain = jest.spyOn(process.stderr, 'write').mockImplementation((line: unknown) => said.push(String(line).trimEnd()) > 0);
  try {
    return { code: await register(args, env), said: said.join('\n') };
  } finally {
    log.mockRestore();
    complain.mockRestore();
  }
}

/** The embedded register of one data folder: its database with an API on it, in this process. */
export class Register {
  private constructor(
    readonly folder: string,
    readonly secrets: Secrets,
    readonly server: EmbeddedPostgres,
    readonly harness: Harness,
    private readonly lock: LauncherLock,
  ) {}

  /** Starts it as the launcher does, only without waiting for the disk: what is killed here are processes. */
  static async start(folder: string, backups?: string, env: Readonly<Record<string, string>> = {}): Promise<Register> {
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    const lock = lockFolder(folder);
    const secrets = secretsOf(folder);
    const server = await startEmbeddedPostgres({ folder, spare: process.getuid?.() === 0 ? '/var/lib/register' : folder, password: secrets.superuserPassword, durable: false, settings: { fsync: 'off' }, backups });
    await ensureDatabase(server.url('postgres'));
    const ownerUrl = server.url(DATABASE);
    await migrate({ ownerUrl, apiPassword: secrets.apiPassword, workerPassword: secrets.workerPassword });
    const database: TestDatabase = {
      name: DATABASE,
      ownerUrl,
      apiUrl: addressAs(ownerUrl, 'register_api', secrets.apiPassword),
      workerUrl: addressAs(ownerUrl, 'register_worker', secrets.workerPassword),
      drop: () => Promise.resolve(),
    };
    const harness = await Harness.on(database, { TOKEN_SECRET: secrets.tokenSecret, FIELD_KEYS: secrets.fieldKeys, ...env });
    harness.owner.on('error', () => undefined);
    // The recovery of a copy need not wait for the disk either; the setting goes with the copy.
    await harness.sql('alter system set fsync = off');
    return new Register(folder, secrets, server, harness, lock);
  }

  /** Ends the segment that is being written, and waits until it and all before it are archived. */
  async archiveAll(): Promise<void> {
    // An act of nobody, so that there is a segment to end.
    await this.harness.sql(`select pg_logical_emit_message(true, 'drill', 'end of segment')`);
    const [{ name } = { name: '' }] = await this.harness.sql<{ name: string }>('select pg_walfile_name(pg_switch_wal()) as name');
    const taken = async (): Promise<boolean> => ((await this.harness.sql<{ last: string | null }>('select last_archived_wal as last from pg_stat_archiver'))[0]?.last ?? '') >= name;
    if (!(await until(taken, 20_000))) throw new Error(`${name} was not archived: ${readFileSync(join(this.folder, 'postgres.log'), 'utf8').slice(-2000)}`);
  }

  /** kill -9 of the server and of everything it forked, and the folder is gone. */
  async disaster(): Promise<void> {
    const data = join(this.folder, 'postgres');
    for (const pid of [this.server.pid, ...processesIn(data)]) signal(pid, 'SIGKILL');
    await this.harness.app.close().catch(() => undefined);
    await this.harness.owner.end();
    await endLeftovers(data);
    this.lock.release();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.harness.stop();
    await this.server.stop();
    this.lock.release();
  }
}

/** Asks a server as its superuser, once. */
export async function asOwner<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
