import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { migrationStamps } from '../database/migration-stamps.js';
import { faultOf } from '../queue/fault.js';
import { addressOf } from './address.js';
import { Metrics } from './metrics.js';
import type { PoolState, Reading } from './metrics.js';
import { Source } from './source.js';

/** 250 and 800 ms are what the country's load is held to. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.8, 1.5, 3, 10];
const JOB_SECONDS = [0.01, 0.05, 0.25, 1, 5, 15, 60, 300];

/** What a process counts, in the words Prometheus reads. Loaded only where a port for it is set. */
export class PrometheusMetrics extends Metrics {
  readonly #registry = new Registry();
  readonly #sources: Source[] = [];
  readonly #pools = new Map<string, () => PoolState>();
  readonly #api: ReturnType<typeof apiFamilies> | undefined;
  readonly #worker: ReturnType<typeof workerFamilies> | undefined;
  #server: Server | undefined;

  constructor(process: 'api' | 'worker', private readonly at: { readonly address: string; readonly port: number }, private readonly log: Logger) {
    super();
    collectDefaultMetrics({ register: this.#registry });
    if (process === 'api') this.#api = apiFamilies(this.#registry);
    else this.#worker = workerFamilies(this.#registry);
    const build = new Gauge({ name: 'register_build_info', help: 'Always 1: which program this is, and the last migration it knows.', labelNames: ['process', 'version', 'schema'], registers: [this.#registry] });
    poolFamilies(this.#registry, this.#pools);
    build.set({ process, version: version(), schema: migrationStamps().at(-1) ?? '' }, 1);
  }

  requestBegan(): void {
    this.#api?.inFlight.inc();
  }

  requestEnded(operation: string, outcome: string, seconds: number): void {
    this.#api?.inFlight.dec();
    this.#api?.requests.inc({ operation, outcome });
    this.#api?.seconds.observe({ operation }, seconds);
  }

  jobEnded(job: string, outcome: 'done' | 'failed', seconds: number): void {
    this.#worker?.jobs.inc({ job, outcome });
    this.#worker?.seconds.observe({ job }, seconds);
  }

  signInThrottled(by: 'account' | 'address' | 'codes'): void {
    this.#api?.throttled.inc({ by });
  }

  watchPool(name: string, pool: () => PoolState): void {
    this.#pools.set(name, pool);
  }

  readFrom(source: string, read: () => Promise<readonly Reading[]>): void {
    this.#sources.push(new Source(source, read, (error) => this.log.warn({ source, ...faultOf(error) }, 'a source of the metrics failed')));
  }

  async open(): Promise<void> {
    const { port } = this.at;
    const server = createServer((request, response) => void this.#answer(request, response));
    server.maxConnections = 20;
    server.headersTimeout = 5_000;
    server.requestTimeout = 5_000;
    const host = await addressOf(this.at.address);
    await new Promise<void>((listens, failed) => {
      server.once('error', (error: NodeJS.ErrnoException) => failed(new Error(`The metrics cannot be served on ${host}, port ${port} (${error.code ?? error.name}): check METRICS_ADDRESS and METRICS_PORT.`)));
      server.listen(port, host, listens);
    });
    this.#server = server;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise<void>((closed) => (this.#server === undefined ? closed() : this.#server.close(() => closed())));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(request.url === '/metrics' ? 405 : 404).end();
      return;
    }
    try {
      const text = await this.#text();
      response.writeHead(200, { 'content-type': this.#registry.contentType, 'cache-control': 'no-store' }).end(text);
    } catch (error) {
      this.log.error(faultOf(error), 'the metrics could not be told');
      response.writeHead(500).end();
    }
  }

  async #text(): Promise<string> {
    const now = new Registry();
    const ok = { name: 'register_source_ok', help: 'Whether this source of numbers answered in time; without it its numbers are missing, never old.' };
    for (const source of await Promise.all(this.#sources.map(async (each) => ({ name: each.name, readings: await each.read() })))) {
      for (const reading of source.readings ?? []) set(now, reading);
      set(now, { ...ok, labels: { source: source.name }, value: source.readings === undefined ? 0 : 1 });
    }
    return `${await this.#registry.metrics()}\n${await now.metrics()}`;
  }
}

function set(registry: Registry, { name, help, labels = {}, value }: Reading): void {
  const known = registry.getSingleMetric(name);
  const gauge = known instanceof Gauge ? known : new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry] });
  gauge.set(labels, value);
}

function apiFamilies(registry: Registry) {
  const registers = [registry];
  return {
    requests: new Counter({ name: 'register_requests_total', help: 'Requests, by root field of the schema (or route) and outcome: ok, refused, gone, a code of the closed set.', labelNames: ['operation', 'outcome'], registers }),
    seconds: new Histogram({ name: 'register_request_seconds', help: 'How long a request took until its answer had left.', labelNames: ['operation'], buckets: REQUEST_SECONDS, registers }),
    inFlight: new Gauge({ name: 'register_requests_in_flight', help: 'Requests that are being answered.', registers }),
    throttled: new Counter({ name: 'register_sign_ins_throttled_total', help: 'Sign-ins that were told to wait, by what had been tried too often.', labelNames: ['by'], registers }),
  };
}

function poolFamilies(registry: Registry, pools: ReadonlyMap<string, () => PoolState>): void {
  const family = (name: string, help: string, labels: readonly string[], tell: (gauge: Gauge, pool: string, state: PoolState) => void): Gauge =>
    new Gauge({ name, help, labelNames: ['pool', ...labels], registers: [registry], collect() {
      for (const [pool, state] of pools) tell(this, pool, state());
    } });
  family('register_pool_size', 'Connections to the database that this process may hold.', [], (gauge, pool, { options }) => gauge.set({ pool }, options.max));
  family('register_pool_waiting', 'Transactions that wait for a connection.', [], (gauge, pool, { waitingCount }) => gauge.set({ pool }, waitingCount));
  family('register_pool_connections', 'Connections to the database that this process holds.', ['state'], (gauge, pool, { totalCount, idleCount }) => {
    gauge.set({ pool, state: 'busy' }, totalCount - idleCount);
    gauge.set({ pool, state: 'idle' }, idleCount);
  });
}

function workerFamilies(registry: Registry) {
  const registers = [registry];
  return {
    jobs: new Counter({ name: 'register_jobs_total', help: 'Runs of jobs, by job and whether it was done or failed.', labelNames: ['job', 'outcome'], registers }),
    seconds: new Histogram({ name: 'register_job_seconds', help: 'How long a run of a job took.', labelNames: ['job'], buckets: JOB_SECONDS, registers }),
  };
}

function version(): string {
  const read: unknown = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'));
  return typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : 'unknown';
}
