import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { backupsIn } from './platform/backup/manifest.js';
import { ConfigError, readConfig } from './platform/config/config.js';
import { migrate, ServerRefused } from './platform/database/migrate.js';
import { addressAs } from './platform/database/roles.js';
import { startChild, type Child } from './platform/embedded/child.js';
import { openDataFolder, ROOT_FOLDER } from './platform/embedded/data-folder.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './platform/embedded/embedded-postgres.js';
import { endRememberedChildren, lockFolder, rememberChildren, type LauncherLock } from './platform/embedded/launcher-lock.js';
import { DATABASE, ensureDatabase } from './platform/embedded/owner-database.js';
import { freePort, portTrouble } from './platform/embedded/ports.js';
import { signal } from './platform/embedded/processes.js';
import { RunLog } from './platform/embedded/run-log.js';
import { RefusalToStart, systemCode } from './platform/embedded/refusal-to-start.js';
import { secretsOf, type Secrets } from './platform/embedded/secrets.js';

const HERE = dirname(fileURLToPath(import.meta.url));
const GRAPHQL_PATH = '/graphql';
/** How long the API and the worker may take to finish what they do. */
const GRACE = 10_000;
const READY_WITHIN = 60_000;
/** npm passes a terminal's Ctrl-C on although the terminal already sent it: two at once are one. */
const ONE_PRESS = 700;

/** What a test may replace; the program itself runs with the defaults. */
export interface LaunchOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly checkout: string;
  readonly apiScript: string;
  readonly workerScript: string;
  readonly demoScript: string;
}

/** An account of the demonstration, as `demoSignIns()` gives it. */
export interface DemoSignIn {
  readonly who: string;
  readonly account: string;
  readonly password: string;
}

interface Demonstration {
  /** Loads the invented people where they are not loaded yet. */
  loadDemo(ownerUrl: string, clock: undefined, fieldKeys: string): Promise<void>;
  demoSignIns(): readonly DemoSignIn[];
}

/** Somebody asked us to stop while we were still starting. */
class StopRequested extends Error {}

/** Starts the database, the API and the worker, and keeps them until a signal or a failure ends all of them. */
export async function launch(options: Partial<LaunchOptions> = {}): Promise<void> {
  const launcher = new Launcher({
    env: process.env,
    checkout: resolve(HERE, '../..'),
    apiScript: join(HERE, 'main.js'),
    workerScript: join(HERE, 'worker.js'),
    demoScript: join(HERE, 'demo', 'demo.js'),
    ...options,
  });
  await launcher.run();
}

class Launcher {
  private folder = '';
  private lock: LauncherLock | undefined;
  private log: RunLog | undefined;
  private postgres: EmbeddedPostgres | undefined;
  private readonly children: Child[] = [];
  private askedAt: number | undefined;
  private ending: Promise<never> | undefined;
  private stopAsked: () => void = () => undefined;
  private readonly stopRequested = new Promise<void>((settle) => {
    this.stopAsked = settle;
  });

  constructor(private readonly options: LaunchOptions) {}

  async run(): Promise<void> {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => this.onSignal());
    this.endWithNpm();
    // Somebody may read our first lines only (npm start | head).
    process.stdout.on('error', () => undefined);
    try {
      await this.start();
    } catch (error) {
      if (error instanceof StopRequested) return this.end(0);
      return this.fail(error);
    }
    await this.stopRequested;
    return this.end(0);
  }

  private async start(): Promise<void> {
    const { env, checkout } = this.options;
    refuseHalfProduction(env);
    const wanted = wantedPort(env['PORT']);
    this.folder = openDataFolder(env['DATA_DIR'], checkout);
    this.lock = lockFolder(this.folder);
    await endRememberedChildren(this.folder, GRACE);
    const host = env['BIND_ADDRESS'] || '127.0.0.1';
    const port = wanted === 0 ? await freePort(host) : wanted;
    await mustBeFree(port, host);
    const secrets = secretsOf(this.folder);
    this.checkpoint();
    const ownerUrl = env['DATABASE_URL'] || (await this.startDatabase(secrets));
    this.checkpoint();
    const passwords = { apiPassword: env['API_DB_PASSWORD'] || secrets.apiPassword, workerPassword: env['WORKER_DB_PASSWORD'] || secrets.workerPassword };
    await this.migrateDatabase({ ownerUrl, ...passwords });
    this.checkpoint();
    const demonstration = await this.demonstration();
    await demonstration?.loadDemo(ownerUrl, undefined, env['FIELD_KEYS'] || secrets.fieldKeys);
    this.checkpoint();
    const shared = childEnvironment(env, secrets, host, port);
    const login = (role: string, password: string): NodeJS.ProcessEnv => ({ DATABASE_URL: addressAs(ownerUrl, role, password) });
    // In production somebody collects lines of JSON; at a person's terminal they would be a flood.
    this.log = env['NODE_ENV'] === 'production' ? undefined : new RunLog(this.folder, env['LOG_LEVEL']);
    this.watch(startChild('API', this.options.apiScript, { ...shared, ...login('register_api', passwords.apiPassword) }, this.log));
    this.watch(startChild('worker', this.options.workerScript, { ...shared, ...nextMetricsPort(env), ...login('register_worker', passwords.workerPassword) }, this.log));
    rememberChildren(this.folder, this.children.map((child) => child.pid));
    await this.childrenReady();
    this.greet(shared['PUBLIC_URL'] ?? '', demonstration);
  }

  /** npm that is killed cannot tell us: what it started ends with it. Started otherwise, the program may outlive who started it. */
  private endWithNpm(): void {
    const npm = process.ppid;
    if (this.options.env['npm_lifecycle_event'] !== 'start') return;
    const watch = setInterval(() => {
      if (process.ppid === npm) return;
      clearInterval(watch);
      this.onSignal();
    }, 500);
    watch.unref();
  }

  private checkpoint(): void {
    if (this.askedAt !== undefined) throw new StopRequested();
  }

  private async startDatabase(secrets: Secrets): Promise<string> {
    const postgres = await startEmbeddedPostgres({
      folder: this.folder,
      spare: process.getuid?.() === 0 ? ROOT_FOLDER : this.folder,
      password: secrets.superuserPassword,
      backups: this.options.env['BACKUP_DIR'] || undefined,
    });
    this.postgres = postgres;
    void postgres.ended.then(() => {
      if (this.ending === undefined) void this.fail(new RefusalToStart(`The database server ended unexpectedly: everything is stopped (log: ${join(this.folder, 'postgres.log')}).`));
    });
    await ensureDatabase(postgres.url('postgres'));
    return postgres.url(DATABASE);
  }

  private async migrateDatabase(options: { ownerUrl: string; apiPassword: string; workerPassword: string }): Promise<void> {
    try {
      await migrate({ ...options, log: (line) => console.log(line) });
    } catch (error) {
      if (error instanceof ServerRefused) throw new RefusalToStart(error.message);
      const code = systemCode(error);
      if (UNREACHABLE.has(code)) throw new RefusalToStart(`The database at ${new URL(options.ownerUrl).host} cannot be used (${code}): check DATABASE_URL.`);
      throw error;
    }
  }

  /** Invented people belong in a database of our own; in one that was named only when asked for. */
  private async demonstration(): Promise<Demonstration | undefined> {
    const { env, demoScript } = this.options;
    const wanted = env['NODE_ENV'] !== 'production' && (env['DEMO'] ? env['DEMO'] === 'true' : !env['DATABASE_URL']);
    if (!wanted || !existsSync(demoScript)) return undefined;
    const loaded: unknown = await import(pathToFileURL(demoScript).href);
    if (!isDemonstration(loaded)) throw new Error(`${demoScript} must export loadDemo and demoSignIns`);
    return loaded;
  }

  private watch(child: Child): void {
    this.children.push(child);
    void child.ended.then((ending) => {
      if (this.ending !== undefined) return;
      const how = ending.signal ? `was ended by ${ending.signal}` : `ended with code ${ending.code ?? 'unknown'}`;
      void this.fail(new RefusalToStart(`The ${child.name} process ${how}: everything is stopped.`));
    });
  }

  private async childrenReady(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, refuse) => {
      timer = setTimeout(() => refuse(new RefusalToStart(`The API and the worker were not ready within ${READY_WITHIN / 1000} seconds.`)), READY_WITHIN);
    });
    try {
      await Promise.race([Promise.all(this.children.map((child) => child.ready)), this.stopRequested, late]);
    } finally {
      clearTimeout(timer);
    }
    this.checkpoint();
  }

  private greet(address: string, demonstration: Demonstration | undefined): void {
    const lines = [
      '',
      `The register is ready after ${(performance.now() / 1000).toFixed(1)} s.`,
      `  Address       ${address}`,
      `  GraphQL page  ${address}${GRAPHQL_PATH}`,
      `  Data          ${this.options.env['DATABASE_URL'] ? 'the server of DATABASE_URL; secrets in ' : ''}${this.folder}`,
    ];
    if (this.log !== undefined) lines.push(`  Log           ${this.log.file}`);
    const backups = this.options.env['BACKUP_DIR'];
    if (backups && this.postgres) lines.push(`  Backups       ${backups}: ${lastBackup(backups)}`);
    const signIns = demonstration?.demoSignIns() ?? [];
    if (signIns.length > 0) lines.push('  Sign in as (invented people):');
    const width = (pick: (each: DemoSignIn) => string): number => Math.max(...signIns.map((each) => pick(each).length));
    for (const each of signIns) {
      lines.push(`    ${each.who.padEnd(width(({ who }) => who))}  ${each.account.padEnd(width(({ account }) => account))}  ${each.password}`);
    }
    console.log([...lines, '  Ctrl-C stops everything.', ''].join('\n'));
  }

  private onSignal(): void {
    if (this.askedAt === undefined) {
      this.askedAt = Date.now();
      this.stopAsked();
    } else if (Date.now() - this.askedAt > ONE_PRESS) {
      this.force();
    }
  }

  /** The second Ctrl-C: nothing is waited for. The database recovers at the next start. */
  private force(): void {
    for (const child of this.children) child.kill();
    if (this.postgres) signal(this.postgres.pid, 'SIGQUIT');
    this.lock?.release();
    process.exit(130);
  }

  private async fail(error: unknown): Promise<never> {
    if (this.ending === undefined) console.error(error instanceof RefusalToStart ? error.message : error);
    return this.end(1);
  }

  /** Ends everything in order, once: who uses the database before the database. */
  private end(code: number): Promise<never> {
    this.ending ??= (async () => {
      await Promise.all(this.children.map((child) => child.stop(GRACE)));
      await this.postgres?.stop();
      this.lock?.release();
      process.exit(code);
    })();
    return this.ending;
  }
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN', '28P01', '28000', '3D000', '57P03']);

/** The archived log alone brings nothing back. */
function lastBackup(folder: string): string {
  const last = backupsIn(folder).at(-1);
  return last === undefined ? 'the log is archived, but there is no backup yet: npm run register -- backup' : `the last one of ${last.manifest.endedAt}`;
}

/** With NODE_ENV=production nothing is made up for the operator: what is missing is said, all of it, before anything begins. */
function refuseHalfProduction(env: NodeJS.ProcessEnv): void {
  if (env['NODE_ENV'] !== 'production') return;
  const problems = ['API_DB_PASSWORD', 'WORKER_DB_PASSWORD'].filter((name) => !env[name]).map((name) => `${name} is missing: the password of a login of the database.`);
  try {
    readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
  }
  if (problems.length > 0) throw new RefusalToStart(new ConfigError(problems).message);
}

function wantedPort(value: string | undefined): number {
  const port = value ? Number(value) : 3000;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RefusalToStart(`PORT must be a whole number from 0 to 65535, and it is "${value ?? ''}".`);
  return port;
}

async function mustBeFree(port: number, host: string): Promise<void> {
  const trouble = await portTrouble(port, host);
  if (trouble === 'EADDRINUSE') throw new RefusalToStart(`Port ${port} is already in use: stop the program that uses it, or set PORT to another one.`);
  if (trouble === 'EACCES') throw new RefusalToStart(`Port ${port} may not be used by this user: set PORT to one above 1023.`);
  if (trouble !== undefined) throw new RefusalToStart(`The program cannot listen on ${host}, port ${port} (${trouble}): check BIND_ADDRESS and PORT.`);
}

/** What the children get: our own settings, without the owner's address and the other's password. */
function childEnvironment(env: NodeJS.ProcessEnv, secrets: Secrets, host: string, port: number): NodeJS.ProcessEnv {
  const { DATABASE_URL: _owner, MIGRATE_DATABASE_URL: _migrator, API_DB_PASSWORD: _api, WORKER_DB_PASSWORD: _worker, ...rest } = env;
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return {
    ...rest,
    // What a picture took goes back to the system at once: 60 photos made anew need 150 MB with it and 500 without.
    MALLOC_TRIM_THRESHOLD_: env['MALLOC_TRIM_THRESHOLD_'] || '131072',
    PORT: String(port),
    BIND_ADDRESS: host,
    TOKEN_SECRET: env['TOKEN_SECRET'] || secrets.tokenSecret,
    FIELD_KEYS: env['FIELD_KEYS'] || secrets.fieldKeys,
    PUBLIC_URL: env['PUBLIC_URL'] || `http://${shownHost}:${port}`,
  };
}

/** Two processes on one machine: the API tells what it counts on METRICS_PORT, the worker on the next. */
function nextMetricsPort(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const port = Number(env['METRICS_PORT'] || 0);
  return Number.isInteger(port) && port > 0 ? { METRICS_PORT: String(port + 1) } : {};
}

function isDemonstration(value: unknown): value is Demonstration {
  return typeof value === 'object' && value !== null && 'loadDemo' in value && typeof value.loadDemo === 'function' && 'demoSignIns' in value && typeof value.demoSignIns === 'function';
}
