import { jest } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
import { throwAwayFolder } from '../support/cluster.js';
import type { TestDatabase } from '../support/database.js';
import { Harness } from '../support/harness.js';
import { standByOf } from '../support/stand-by.js';

/** A folder for a drill, below which the database's user may pass. */
export function drillFolder(): string {
  const folder = mkdtempSync(join(throwAwayFolder(), 'register-drill-'));
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

/** A stand-by that streams from a register's database: a base backup of it, and everything written since. */
export class Streaming {
  private constructor(
    readonly server: EmbeddedPostgres,
    readonly owner: pg.Pool,
    /** Its address for the API's login. */
    readonly apiUrl: string,
    private readonly again: () => Promise<EmbeddedPostgres>,
  ) {}

  static async start(of: Register, folder: string): Promise<Streaming> {
    const { secrets, server: primary } = of;
    const start = await standByOf({ primaryUrl: primary.url(DATABASE), folder, password: secrets.superuserPassword, settings: { fsync: 'off' } });
    const server = await start();
    const owner = new pg.Pool({ connectionString: server.url(DATABASE), max: 2 });
    owner.on('error', () => undefined);
    return new Streaming(server, owner, addressAs(server.url(DATABASE), 'register_api', secrets.apiPassword), start);
  }

  async sql<T extends object>(text: string): Promise<T[]> {
    return (await this.owner.query<T>(text)).rows;
  }

  /** Waits until it has replayed all that the primary has written by now. */
  async catchUp(of: Register): Promise<void> {
    const [{ place } = { place: '' }] = await of.harness.sql<{ place: string }>('select pg_current_wal_insert_lsn()::text as place');
    const caught = async (): Promise<boolean> => (await this.sql<{ yes: boolean }>(`select pg_last_wal_replay_lsn() >= '${place}' as yes`))[0]?.yes === true;
    if (!(await until(caught, 20_000))) throw new Error('the stand-by does not follow');
  }

  /** Stands still: what is written from now on is not to be seen here. */
  async pause(of: Register): Promise<void> {
    await this.catchUp(of);
    await this.sql('select pg_wal_replay_pause()');
    const paused = async (): Promise<boolean> => (await this.sql<{ state: string }>('select pg_get_wal_replay_pause_state() as state'))[0]?.state === 'paused';
    if (!(await until(paused, 20_000))) throw new Error('the stand-by does not pause');
  }

  async resume(of: Register): Promise<void> {
    await this.sql('select pg_wal_replay_resume()');
    await this.catchUp(of);
  }

  /** kill -9, as of a host that is gone. */
  kill(): void {
    signal(this.server.pid, 'SIGKILL');
  }

  async restart(): Promise<void> {
    await this.again();
  }

  async stop(folder: string): Promise<void> {
    await this.owner.end();
    await endLeftovers(join(folder, 'postgres'));
  }
}
