import { Queue, Worker, createPostgresBackend } from 'bullmq';
import type { Job as QueuedJob, JobsOptions } from 'bullmq';
import type { Cluster, Redis, RedisOptions } from 'ioredis';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { faultOf } from './fault.js';
import { IMPATIENT, PATIENT, PREFIX, connectRedis, whenReady } from './redis.js';
import type { RedisAddress } from './redis.js';
import type { QueueSettings } from './settings.js';

/** What a queued job carries: the row of the outbox it stands for, and where that came from. Nothing else of ours is ever in the queue's store. */
export interface JobData {
  readonly outboxId?: string;
  readonly requestId?: string;
  readonly traceparent?: string;
}

export type Processor = (job: QueuedJob<JobData>) => Promise<void>;

/** The queue's store, opened once a process. */
export interface Backend {
  readonly queue: Queue<JobData>;
  /** Begins to work on jobs. */
  work(process: Processor): Promise<void>;
  /** Claims no more, lets running jobs finish for the grace, then closes. */
  close(): Promise<void>;
}

export const QUEUE = 'register';
const KEEP_FAILED = { age: 30 * 86_400, count: 1_000 };

/** How every job is added: gone when done, so that its id may be used again; kept for a month when it failed for good. */
export function jobOptions(settings: QueueSettings): JobsOptions {
  return {
    removeOnComplete: true,
    removeOnFail: KEEP_FAILED,
    attempts: settings.attempts,
    backoff: { type: 'exponential', delay: settings.backoffMs },
    // The store keeps no stack: its lines begin with the error's words.
    stackTraceLimit: 0,
  };
}

/** Opens BullMQ on Redis where `REDIS_URL` is set, else on its own tables in our PostgreSQL. */
export async function openBackend(config: Config, settings: QueueSettings, log: Logger): Promise<Backend> {
  return config.redisUrl === undefined ? onPostgres(config.databaseUrl, settings, log) : onRedis(config, settings, log);
}

/**
 * Empties the queue in Redis, after a restore: its jobs are of a later moment than the database then, and the numbers of
 * outbox rows that they stand for are given out again. The worker fills it from the rows.
 */
export async function wipeQueue(redis: RedisAddress): Promise<void> {
  const connection = connectRedis(redis, IMPATIENT);
  connection.on('error', () => undefined);
  await whenReady(connection);
  const queue = new Queue(QUEUE, { connection: connection as never, prefix: PREFIX });
  queue.on('error', () => undefined);
  try {
    await queue.obliterate({ force: true });
  } finally {
    await queue.close();
    connection.disconnect();
  }
}

async function onPostgres(url: string, settings: QueueSettings, log: Logger): Promise<Backend> {
  // BullMQ's statements name its tables without their schema. Its numbers are its own: our exact int8 would break its arithmetic.
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'register-queue',
    options: '-c search_path=bullmq',
    max: 4,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === pg.types.builtins.INT8 ? String : pg.types.getTypeParser(oid, format)) as never },
  });
  const connection = pool as never;
  const queue = new Queue<JobData>(QUEUE, { connection }, createPostgresBackend as never);
  return opened(queue, (process) => new Worker<JobData, void>(QUEUE, process, { connection, ...workerOptions(settings) }, createPostgresBackend as never), () => pool.end(), settings, log);
}

async function onRedis(redis: RedisAddress, settings: QueueSettings, log: Logger): Promise<Backend> {
  const connect = (options: RedisOptions): Redis | Cluster => {
    const client = connectRedis(redis, options);
    client.on('error', (error: unknown) => log.warn({ redis: faultOf(error).code ?? faultOf(error).kind }, 'the queue\'s store does not answer'));
    return client;
  };
  const producer = connect(IMPATIENT);
  let consumer: Redis | Cluster | undefined;
  await whenReady(producer);
  const queue = new Queue<JobData>(QUEUE, { connection: producer as never, prefix: PREFIX });
  const close = async (): Promise<void> => {
    producer.disconnect();
    consumer?.disconnect();
  };
  const makeWorker = (process: Processor): Worker<JobData, void> => {
    consumer?.disconnect();
    consumer = connect(PATIENT);
    return new Worker<JobData, void>(QUEUE, process, { connection: consumer as never, prefix: PREFIX, ...workerOptions(settings) });
  };
  return opened(queue, makeWorker, close, settings, log, redis.redisCluster);
}

/**
 * After every node of a cluster was away, BullMQ's worker may wait for jobs on a connection that never comes back, and tells
 * nobody (taskforcesh/bullmq#4138). The sweep alone is a job at every `sweepMs`: none at all for this long is no quiet hour.
 */
const stillMs = ({ sweepMs, lockMs }: QueueSettings): number => 3 * sweepMs + lockMs;

function workerOptions(settings: QueueSettings) {
  return {
    concurrency: settings.concurrency,
    lockDuration: settings.lockMs,
    stalledInterval: settings.lockMs,
    // With the usual 1, two kills inside one job send it to `failed`.
    maxStalledCount: 25,
    runRetryDelay: Math.min(2_000, settings.lockMs),
    drainDelay: 1,
  };
}

async function opened(
  queue: Queue<JobData>, makeWorker: (process: Processor) => Worker<JobData, void>, closeStore: () => Promise<void>, settings: QueueSettings, log: Logger, mayStick = false,
): Promise<Backend> {
  const complain = (error: Error): void => log.warn(faultOf(error), 'the queue complains');
  queue.on('error', complain);
  await queue.waitUntilReady();
  let worker: Worker<JobData, void> | undefined;
  let watch: NodeJS.Timeout | undefined;
  const begin = (process: Processor): Worker<JobData, void> => {
    worker = makeWorker(process);
    worker.on('error', complain);
    return worker;
  };
  return {
    queue,
    async work(process) {
      if (!mayStick) return void (await begin(process).waitUntilReady());
      const seen = { running: 0, at: Date.now() };
      const counted: Processor = async (job) => {
        seen.running += 1;
        await process(job).finally(() => Object.assign(seen, { running: seen.running - 1, at: Date.now() }));
      };
      await begin(counted).waitUntilReady();
      watch = setInterval(() => {
        if (seen.running > 0 || Date.now() - seen.at < stillMs(settings)) return;
        seen.at = Date.now();
        log.warn('the queue stands still: its worker is made anew');
        worker?.close(true).catch(complain);
        begin(counted);
      }, stillMs(settings) / 4);
    },
    async close() {
      clearInterval(watch);
      if (worker !== undefined) await within(settings.graceMs, worker.close());
      await within(2_000, queue.close());
      await within(2_000, closeStore());
    },
  };
}

/** Waits for something, but not for ever: what is cut off is done again by another worker. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work.then(() => undefined, () => undefined), late]);
  clearTimeout(timer);
}
