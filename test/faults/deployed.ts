import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { parse } from 'yaml';
import { freePort } from '../../src/platform/embedded/ports.js';
import { signal, until } from '../../src/platform/embedded/processes.js';
import { removeTestCluster, startTestCluster, type TestCluster } from '../support/cluster.js';

interface Service {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

/** The services as the file has them, `$$` and the settings of `.env` filled in as compose does. */
export function servicesOf(file: string, dotenv: Readonly<Record<string, string>>): Readonly<Record<string, Service>> {
  const filled = readFileSync(file, 'utf8').replace(/\$\$|\$\{([A-Z_]+)(:\?|:-([^}]*))?\}/g, (whole: string, name?: string, kind?: string, fallback?: string) => {
    if (name === undefined) return '$';
    const value = dotenv[name] ?? (kind?.startsWith(':-') ? fallback : undefined);
    if (value === undefined) throw new Error(`compose would stop: ${whole} is not set`);
    return value;
  });
  return (parse(filled, { merge: true }) as { services: Record<string, Service> }).services;
}

/** One process of a service, with everything it ever said. */
export class Running {
  said = '';
  private ending: { code: number | null } | undefined;

  constructor(readonly name: string, readonly child: ChildProcess, readonly port: number, readonly metricsPort: number, readonly folder: string) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (this.said += chunk.toString('utf8')));
    child.once('close', (code) => (this.ending = { code }));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get over(): boolean {
    return this.ending !== undefined;
  }

  /** Its exit code, once everything it said is read. */
  async code(patience = 60_000): Promise<number | null> {
    if (!(await until(() => this.over, patience))) throw new Error(`${this.name} did not end:\n${this.said}`);
    return this.ending?.code ?? null;
  }

  /** Waits for a condition, and says what the process said when it ends before. */
  async until(condition: () => boolean | Promise<boolean>, patience = 60_000): Promise<this> {
    if (!(await until(async () => this.over || (await condition()), patience)) || this.over) throw new Error(`${this.name} did not become ready:\n${this.said}`);
    return this;
  }
}

/** The services of docker-compose.yml on local servers: their commands, their settings; only names, ports and folders are this machine's. */
export class Deployment {
  readonly runs: Running[] = [];

  private constructor(
    readonly services: Readonly<Record<string, Service>>,
    readonly cluster: TestCluster,
    readonly owner: pg.Pool,
    readonly folder: string,
    readonly redisPort: number,
  ) {}

  static async prepare(dotenv: Readonly<Record<string, string>>, withRedis: boolean): Promise<Deployment> {
    const services = servicesOf('docker-compose.yml', dotenv);
    const cluster = await startTestCluster(services['postgres']?.environment['POSTGRES_PASSWORD'] ?? '');
    const name = services['postgres']?.environment['POSTGRES_DB'] ?? '';
    const admin = new pg.Client({ connectionString: cluster.server.url('postgres') });
    await admin.connect();
    await admin.query(`create database ${name}`);
    await admin.end();
    const owner = new pg.Pool({ connectionString: cluster.server.url(name), max: 3 });
    // The cluster goes away under whatever still idles.
    owner.on('error', () => undefined);
    return new Deployment(services, cluster, owner, mkdtempSync(join(tmpdir(), 'register-deployed-')), withRedis ? await freePort() : 0);
  }

  /** Starts a service's command. */
  async start(name: string, more: Readonly<Record<string, string | undefined>> = {}): Promise<Running> {
    const port = name === 'api' ? await freePort() : 0;
    const metricsPort = await freePort();
    const { command, env, folder } = this.#here(name, port, metricsPort);
    const [program = '', ...args] = command;
    const child = spawn(program === 'node' ? process.execPath : program, args, { env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'], cwd: name === 'redis' ? folder : process.cwd() });
    const run = new Running(`${name} ${this.runs.length}`, child, port, metricsPort, folder);
    this.runs.push(run);
    return run;
  }

  /** Runs a service's own health check against one of its processes. Gives the exit code. */
  async check(name: string, run: Running): Promise<number | null> {
    const { env } = this.#here(name, run.port, run.metricsPort);
    const [kind, ...words] = this.services[name]?.healthcheck?.test ?? [];
    const said = (text: string): string => this.#local(text, run.port, run.metricsPort, run.folder).replace('redis-cli', `redis-cli -p ${this.redisPort}`);
    const [program = '', ...args] = kind === 'CMD-SHELL' ? ['/bin/sh', '-c', ...words.map(said)] : words.map(said);
    const child = spawn(program === 'node' ? process.execPath : program, args, { env, stdio: 'ignore' });
    return new Promise((resolve) => child.once('exit', resolve));
  }

  /** Every byte that Redis wrote down. */
  redisBytes(run: Running): string {
    const files = readdirSync(run.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
  }

  async sql<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.owner.query<T>(text, [...values])).rows;
  }

  async end(): Promise<void> {
    for (const run of this.runs) if (!run.over) signal(run.pid, 'SIGKILL');
    await Promise.all(this.runs.map((run) => run.code()));
    await this.owner.end();
    await removeTestCluster(this.cluster);
    rmSync(this.folder, { recursive: true, force: true });
  }

  #here(name: string, port: number, metricsPort: number): { command: readonly string[]; env: NodeJS.ProcessEnv; folder: string } {
    const service = this.services[name];
    if (service === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
    const folder = mkdtempSync(join(this.folder, `${name}-`));
    const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'] };
    for (const [key, value] of Object.entries(service.environment)) env[key] = this.#local(String(value), port, metricsPort, folder);
    if (this.redisPort === 0) delete env['REDIS_URL'];
    const ours = name === 'redis' ? ` --port ${this.redisPort} --bind 127.0.0.1` : '';
    return { command: service.command.map((word, index) => (index === 2 ? word + ours : word)), env, folder };
  }

  #local(text: string, port: number, metricsPort: number, folder: string): string {
    return text
      .replace('@postgres:5432', `@127.0.0.1:${this.cluster.server.port}`)
      .replace('@redis:6379', `@127.0.0.1:${this.redisPort}`)
      .replace('toward:postgres', 'toward:127.0.0.1')
      .replace('0.0.0.0', '127.0.0.1')
      .replace(/^9464$/, String(metricsPort))
      .replace(/\b3000\b/, String(port))
      .replace('/tmp/', `${folder}/`);
  }
}
