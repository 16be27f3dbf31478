import { Queue, Worker, createPostgresBackend } from 'bullmq';
import type { Job as QueuedJob, JobsOptions } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { faultOf } from './fault.js';
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
  return config.redisUrl === undefined ? onPostgres(config.databaseUrl, settings, log) : onRedis(config.redisUrl, settings, log);
}

/**
 * Empties the queue in Redis, after a restore: its jobs are of a later moment than the database then, and the numbers of
 * outbox rows that they stand for are given out again. The worker fills it from the rows.
 */
export async function wipeQueue(redisUrl: string): Promise<void> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: 1, commandTimeout: 5_000 });
  connection.on('error', () => undefined);
  const queue = new Queue(QUEUE, { connection: connection as never });
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

async function onRedis(url: string, settings: QueueSettings, log: Logger): Promise<Backend> {
  const retryStrategy = (times: number): number => Math.min(times * 200, 2_000);
  // Who adds jobs holds a transaction open meanwhile: it fails fast and tries again. Who works waits for Redis as long as it takes.
  const producer = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: 5_000, retryStrategy });
  const consumer = new Redis(url, { maxRetriesPerRequest: null, retryStrategy });
  for (const client of [producer, consumer]) client.on('error', (error) => log.warn({ redis: faultOf(error).code ?? faultOf(error).kind }, 'the queue\'s store does not answer'));
  const queue = new Queue<JobData>(QUEUE, { connection: producer as never });
  const close = async (): Promise<void> => {
    producer.disconnect();
    consumer.disconnect();
  };
  return opened(queue, (process) => new Worker<JobData, void>(QUEUE, process, { connection: consumer as never, ...workerOptions(settings) }), close, settings, log);
}

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

async function opened(queue: Queue<JobData>, makeWorker: (process: Processor) => Worker<JobData, void>, closeStore: () => Promise<void>, settings: QueueSettings, log: Logger): Promise<Backend> {
  const complain = (error: Error): void => log.warn(faultOf(error), 'the queue complains');
  queue.on('error', complain);
  await queue.waitUntilReady();
  let worker: Worker<JobData, void> | undefined;
  return {
    queue,
    async work(process) {
      worker = makeWorker(process);
      worker.on('error', complain);
      await worker.waitUntilReady();
    },
    async close() {
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
