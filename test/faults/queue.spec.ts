import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { pino } from 'pino';
import { newId } from '../../src/kernel/ids.js';
import { openBackend } from '../../src/platform/queue/backend.js';
import type { Backend } from '../../src/platform/queue/backend.js';
import { JobRegistry, checkedPayload, defineJob } from '../../src/platform/queue/jobs.js';
import { QueueRunner } from '../../src/platform/queue/runner.js';
import { USUAL } from '../../src/platform/queue/settings.js';
import { Relay } from '../../src/platform/outbox/relay.js';
import { Sweep } from '../../src/platform/outbox/sweep.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { freePort } from '../../src/platform/embedded/ports.js';
import { Gauges } from '../../src/platform/metrics/gauges.js';
import { queueReadings } from '../../src/platform/queue/queue.readings.js';
import { createDatabase } from '../support/database.js';
import type { TestDatabase } from '../support/database.js';
import { StandingClock } from '../support/standing-clock.js';
import { explaining } from '../support/explaining.js';
import { TestRedis, hasRedis } from '../support/redis.js';
import { QUICK, workerConfig } from '../support/queue-config.js';
import { CANARY, hangs, openRig, writeEffect } from './queue-rig.js';

const SCRIPT = fileURLToPath(new URL('./queue-process.js', import.meta.url));
const NEVER = { ...QUICK, sweepMs: 3_600_000 };

/** One store of the queue, as the tests treat it. */
interface Store {
  readonly redisUrl: string | undefined;
  wipe(): Promise<void>;
  /** Cuts every connection, as a restart does. */
  cut(): Promise<void>;
  bytes(): Promise<string>;
}

let database: TestDatabase;
let owner: pg.Pool;
let store: Store;
const open: (() => Promise<unknown>)[] = [];

async function rows<T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
  return (await owner.query<T>(sql, [...values])).rows;
}

async function count(sql: string, values: readonly unknown[] = []): Promise<number> {
  return Number((await rows<{ n: string }>(`select count(*) as n from ${sql}`, values))[0]?.n);
}

/** Waits until something is so; the suite's own time-out is the limit. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** An act with its events, as a command would have written them. */
async function happened(event: string, times: number): Promise<void> {
  await rows(
    `with act as (insert into platform.acts (id, system, act, subject_kind, subject_id, request_id)
       select uuidv7(), 'test', 'test.do', 'thing', uuidv7(), 'test' from generate_series(1, $2) returning id, subject_id)
     insert into platform.outbox (act_id, event, subject_id) select id, $1, subject_id from act`,
    [event, times],
  );
}

async function worker(settings = QUICK, logLines: string[] = []): Promise<INestApplicationContext> {
  const app = await openRig(workerConfig(database.workerUrl, store.redisUrl), logLines, settings);
  open.push(() => app.close());
  return app;
}

/** The store, open, with nobody at work on it. */
async function idleBackend(): Promise<Backend> {
  const backend = await openBackend(workerConfig(database.workerUrl, store.redisUrl), USUAL, pino({ level: 'silent' }));
  open.push(() => backend.close());
  return backend;
}

const doubled = (): Promise<number> => count('(select from public.effects group by consumer, subject_id having count(*) > 1) as twice');
const delivered = (n: number): Promise<void> => until(async () => (await count('public.effects')) >= n);

function suite(): void {
  it('hands every event to every consumer once, and settles it', async () => {
    const app = await worker();
    await happened('test.happened', 250);
    await happened('test.nobody_listens', 1);
    await delivered(500);
    await until(async () => (await count('platform.outbox where settled_at is null')) === 0);
    expect(await count('public.effects')).toBe(500);
    expect(await doubled()).toBe(0);
    expect(await app.get(QueueRunner).backend.queue.getJobCounts('completed', 'failed', 'wait')).toEqual({ completed: 0, failed: 0, wait: 0 });
  });

  it('does a job that was asked for in a transaction, with its ids', async () => {
    await worker();
    const childId = newId();
    await rows(`insert into platform.outbox (event, subject_id, payload) values ('job.test.write', uuidv7(), $1)`, [JSON.stringify({ childId })]);
    await delivered(1);
    expect(await rows('select consumer, subject_id from public.effects')).toEqual([{ consumer: 'test.write', subject_id: childId }]);
  });

  it('leaves the jobs of another version to that version', async () => {
    await worker();
    await rows(`insert into platform.outbox (event, subject_id, payload) values ('job.of.tomorrow', uuidv7(), '{}')`);
    await happened('test.happened', 1);
    await delivered(2);
    expect(await count('platform.outbox where relayed_at is null')).toBe(1);
  });

  it('two workers and two relays share the work: lost=0 doubled=0', async () => {
    await Promise.all([worker(), worker()]);
    await Promise.all(Array.from({ length: 10 }, () => happened('test.happened', 40)));
    await delivered(800);
    await until(async () => (await count('platform.outbox where settled_at is null')) === 0);
    expect(await count('public.effects')).toBe(800);
    expect(await doubled()).toBe(0);
    expect(await count('platform.receipts')).toBe(800);
  });

  async function relayedTwice(): Promise<void> {
    await worker(NEVER);
    await happened('test.happened', 30);
    await delivered(60);
    // The relay ended between adding and its commit: the rows are as if nothing had been relayed.
    await rows('update platform.outbox set relayed_at = null, settled_at = null');
    await happened('test.happened', 1);
    await until(async () => (await count('platform.outbox where relayed_at is null')) === 0);
    const before = await count('public.effects');
    await happened('test.happened', 1);
    await delivered(Math.max(before, 62) + 2);
  }

  it('a relay that ended before its commit adds again, and the receipt makes it boring', async () => {
    await relayedTwice();
    expect(await doubled()).toBe(0);
    expect(await count('public.effects')).toBe(64);
  });

  it('sabotaged: without the receipt the same doubles', async () => {
    await rows('alter table platform.receipts drop constraint receipts_pkey');
    await relayedTwice();
    await until(async () => (await doubled()) > 0);
    expect(await doubled()).toBeGreaterThan(0);
  });

  async function wipedAfterRelay(settings: typeof QUICK): Promise<void> {
    const backend = await idleBackend();
    const relaying = await openRig(workerConfig(database.workerUrl, store.redisUrl), [], NEVER);
    await relaying.get(QueueRunner).beforeApplicationShutdown();
    await happened('test.happened', 40);
    while (await relaying.get(Relay).once(backend));
    expect(await backend.queue.getWaitingCount()).toBe(80);
    await relaying.close();
    await store.wipe();
    await worker(settings);
  }

  it('a wiped store loses nothing: the sweep adds again what has no receipt', async () => {
    await wipedAfterRelay(QUICK);
    await delivered(80);
    await until(async () => (await count('platform.outbox where settled_at is null')) === 0);
    expect(await doubled()).toBe(0);
    expect(await count('public.effects')).toBe(80);
  });

  it('sabotaged: without the sweep the wiped jobs are lost', async () => {
    await wipedAfterRelay(NEVER);
    await happened('test.happened', 1);
    await delivered(2);
    expect(await count('public.effects')).toBe(2);
  });

  it('says how deep the queue is, and how long its oldest job has waited', async () => {
    const backend = await idleBackend();
    const told = async (): Promise<Record<string, number>> => Object.fromEntries((await queueReadings(backend)).map(({ name, labels, value }) => [labels?.['state'] ?? name, value]));
    expect(await told()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0, register_queue_lag_seconds: 0 });
    const ago = (seconds: number): { timestamp: number } => ({ timestamp: Date.now() - seconds * 1000 });
    // The oldest first, then more than one page of the tail; one that was to wait is not late.
    await backend.queue.add('test.first', {}, ago(90));
    for (let at = 0; at < 20; at += 1) await backend.queue.add('test.first', {}, ago(5));
    await backend.queue.add('test.first', {}, { ...ago(500), delay: 499_000 });
    const deep = await told();
    expect(deep).toMatchObject({ waiting: 21, active: 0, delayed: 1, failed: 0 });
    expect(Math.floor(deep['register_queue_lag_seconds'] ?? 0)).toBe(90);
  });

  it('a store wiped under a worker gets its schedules back', async () => {
    const app = await worker();
    await happened('test.happened', 20);
    await delivered(10);
    await store.wipe();
    await happened('test.happened', 20);
    await delivered(80);
    await until(async () => (await app.get(QueueRunner).backend.queue.getJobScheduler('tick.sweep')) != null);
    expect(await doubled()).toBe(0);
  });

  it('goes on after every connection was cut', async () => {
    await worker();
    await happened('test.happened', 10);
    await delivered(20);
    await store.cut();
    await happened('test.happened', 10);
    await delivered(40);
    expect(await doubled()).toBe(0);
  });

  it('a worker killed inside a job: another does it, its effect is there once', async () => {
    const victim = await startProcess({ HANG: 'true' });
    await rows(`insert into platform.outbox (event, subject_id, payload) values ('job.test.hangs', uuidv7(), '{}')`);
    await message(victim, 'inside');
    victim.kill('SIGKILL');
    const heir = await startProcess({});
    await message(heir, 'inside');
    await delivered(1);
    await until(async () => (await count('platform.outbox where settled_at is null')) === 0);
    expect(await count('public.effects')).toBe(1);
    expect(await count('platform.receipts')).toBe(1);
    const ended = new Promise((resolve) => heir.once('exit', resolve));
    heir.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('a job that keeps failing ends, is told once by name and act, and no word of its error is kept', async () => {
    const logLines: string[] = [];
    const app = await worker(QUICK, logLines);
    await happened('test.bad', 1);
    const [row] = await rows<{ id: string; act_id: string }>('select id, act_id from platform.outbox');
    await until(async () => (await count('public.effects')) > 0);
    await app.get(Sweep).once(app.get(QueueRunner).backend);
    expect(await rows('select consumer, subject_id from public.effects')).toEqual([{ consumer: `failed test.fails.${row?.id}`, subject_id: row?.act_id }]);
    expect(logLines.join('')).toContain('"job":"test.fails"');
    for (const kept of [await store.bytes(), logLines.join('')]) expect(kept).not.toContain(CANARY);
    expect(await store.bytes()).toContain('test.fails');
  });
}

beforeEach(async () => {
  database = await createDatabase();
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 3 });
  owner.on('error', () => undefined);
  await rows(`create table public.effects (consumer text not null, subject_id uuid not null)`);
  await rows(`grant select, insert on public.effects to register_worker`);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
  await owner.end();
  await database.drop();
});

describe('the queue on PostgreSQL', () => {
  beforeAll(() => {
    store = {
      redisUrl: undefined,
      wipe: async () => {
        const wipe = () => rows(`do $$ begin execute (select 'truncate ' || string_agg(format('bullmq.%I', tablename), ', ') from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'); end $$`);
        // A worker at its own tables takes their locks in another order: PostgreSQL ends one of the two, here and then us.
        await wipe().catch(wipe).catch(wipe);
      },
      cut: async () => {
        await rows(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'register_worker'`);
      },
      bytes: async () => {
        const tables = await rows<{ tablename: string }>(`select tablename from pg_tables where schemaname = 'bullmq'`);
        const dumped = await Promise.all(tables.map(({ tablename }) => rows<{ line: string }>(`select t::text as line from bullmq.${tablename} t`)));
        return dumped.flat().map(({ line }) => line).join('\n');
      },
    };
  });
  suite();
});

const redisSuite = hasRedis ? describe : describe.skip;
redisSuite(`the queue on Redis${hasRedis ? '' : ' (skipped: there is no redis-server on this machine)'}`, () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await TestRedis.start();
    store = {
      redisUrl: redis.url,
      wipe: async () => {
        await redis.asked((client) => client.flushall());
      },
      cut: () => redis.killAndReplace(),
      bytes: () => redis.bytes(),
    };
  });
  beforeEach(async () => {
    await redis.asked((client) => client.flushall());
  });
  afterAll(() => redis.stop());
  suite();
});

describe('jobs', () => {
  it('carry ids and nothing else', async () => {
    expect(() => checkedPayload(writeEffect, { childId: CANARY })).toThrow('childId');
    expect(() => checkedPayload(writeEffect, { childId: newId(), name: CANARY })).toThrow('name');
    await expect(rows(`insert into platform.outbox (event, subject_id, payload) values ('job.x', uuidv7(), $1)`, [JSON.stringify({ name: CANARY })])).rejects.toThrow('outbox_payload_is_ids');
    await expect(rows(`insert into platform.outbox (event, subject_id, payload) values ('job.x', uuidv7(), '{"n": 1}')`)).rejects.toThrow('outbox_payload_is_ids');
  });

  it('have one handler: none or two stop the program', () => {
    const registry = new JobRegistry();
    expect(() => registry.check()).toThrow('test.write');
    registry.handle(writeEffect, () => Promise.resolve());
    registry.handle(hangs, () => Promise.resolve());
    registry.check();
    expect(() => registry.handle(writeEffect, () => Promise.resolve())).toThrow('two handlers');
    expect(() => defineJob({ name: 'test.write', payload: [] })).toThrow('twice');
  });

  it('are told in numbers: what waits, how long, and that the database is silent', async () => {
    store = { ...store, redisUrl: undefined };
    const port = await freePort();
    const app = await openRig(workerConfig(database.workerUrl, undefined, { METRICS_PORT: String(port) }), [], NEVER);
    open.push(() => app.close());
    const told = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const number = (text: string, name: string): number => Number(text.split('\n').find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
    // What nobody relays: a job of another version. What nobody has done: relayed, and one of two receipts missing.
    await rows(`insert into platform.outbox (event, subject_id, payload, created_at) values ('job.of.tomorrow', uuidv7(), '{}', clock_timestamp() - interval '90 s')`);
    await rows(`with act as (insert into platform.acts (id, system, act, subject_kind, subject_id, request_id) values (uuidv7(), 'test', 'test.do', 'thing', uuidv7(), 'test') returning id),
      late as (insert into platform.outbox (act_id, event, subject_id, created_at, relayed_at) select id, 'test.happened', uuidv7(), clock_timestamp() - interval '300 s', clock_timestamp() from act returning id)
      insert into platform.receipts (consumer, outbox_id) select 'test.first', id from late`);
    // Every connection is taken: whoever wants one waits for five seconds, whoever asks for numbers does not.
    const uow = app.get(UnitOfWork, { strict: false });
    let letGo: () => void = () => undefined;
    const gone = new Promise<void>((settle) => (letGo = settle));
    let held = 0;
    const holders = Array.from({ length: 6 }, () => uow.system(systemActor('test'), 'test', () => { held += 1; return gone; }));
    await until(async () => held === 6);
    const began = performance.now();
    const silent = await told();
    expect(performance.now() - began).toBeLessThan(2_500);
    expect(silent).toContain('register_source_ok{source="database"} 0');
    expect(silent).toContain('register_source_ok{source="queue"} 1');
    expect(silent).not.toContain('register_outbox');
    expect(silent).toContain('register_pool_connections{pool="main",state="busy"} 6');
    expect(silent).toMatch(/^register_pool_waiting\{pool="main"\} [1-9]$/m);
    letGo();
    await Promise.all(holders);
    let text = '';
    await until(async () => (text = await told()).includes('register_source_ok{source="database"} 1'));
    expect(number(text, 'register_outbox_waiting')).toBe(1);
    expect(Math.floor(number(text, 'register_outbox_lag_seconds') / 10)).toBe(9);
    expect(Math.floor(number(text, 'register_outbox_undelivered_seconds') / 10)).toBe(30);
    // Asked again at once, the database is not.
    await rows('delete from platform.outbox');
    expect(await told()).toContain('register_outbox_waiting 1');
    const read = (): Promise<readonly { name: string }[]> => uow.system(systemActor('test'), 'test', (op) => app.get(Gauges, { strict: false }).read(op));
    const ofTheOutbox = (await read()).filter(({ name }) => name.startsWith('register_outbox_'));
    expect(ofTheOutbox).toEqual(['waiting', 'lag_seconds', 'undelivered_seconds'].map((name) => expect.objectContaining({ name: `register_outbox_${name}`, value: 0 })));
  });

  it('are counted along an index', async () => {
    store = { ...store, redisUrl: undefined };
    const app = await openRig(workerConfig(database.workerUrl), [], NEVER);
    open.push(() => app.close());
    await happened('test.bad', 1);
    await rows(`insert into platform.outbox (event, subject_id, payload, relayed_at, settled_at) select 'job.test.write', uuidv7(), '{}', now(), now() from generate_series(1, 20000)`);
    // Relayed, and done by everybody: what the sweep would take away.
    await rows(`with act as (select id from platform.acts limit 1), done as (
        insert into platform.outbox (act_id, event, subject_id, relayed_at) select act.id, 'test.happened', uuidv7(), now() from act, generate_series(1, 20000) returning id)
      insert into platform.receipts (consumer, outbox_id) select consumer, id from done, unnest('{test.first,test.second}'::text[]) as consumer`);
    await rows('analyze platform.outbox, platform.receipts');
    const plans: string[] = [];
    await app.get(UnitOfWork, { strict: false }).system(systemActor('test'), 'test', (op) => app.get(Gauges, { strict: false }).read(explaining(op, plans)));
    expect(plans.length).toBe(5);
    for (const plan of plans.filter((each) => !each.includes('pg_stat_get_archiver'))) expect(plan).toMatch(/(Index|Bitmap).* on outbox/);
    expect(plans.join('\n')).not.toContain('Seq Scan');
  });

  it('forgets request keys and settled events after ninety days', async () => {
    store = { ...store, redisUrl: undefined };
    const clock = new StandingClock(new Date());
    const app = await openRig(workerConfig(database.workerUrl, undefined), [], NEVER, clock);
    open.push(() => app.close());
    await rows(`insert into platform.request_keys (actor_id, key, act, input_hash, result_id) values (uuidv7(), 'a-key-of-today', 'a.b', '', uuidv7())`);
    await happened('test.happened', 2);
    await delivered(4);
    const sweep = (): Promise<void> => app.get(Sweep).once(app.get(QueueRunner).backend);
    clock.addDays(89);
    await sweep();
    expect(await count('platform.request_keys')).toBe(1);
    expect(await count('platform.outbox where settled_at is not null')).toBe(2);
    clock.addDays(91);
    await sweep();
    expect(await count('platform.request_keys')).toBe(0);
    expect([await count('platform.outbox'), await count('platform.receipts'), await count('platform.acts')]).toEqual([0, 0, 2]);
  });
});

describe('src/worker.ts', () => {
  it('is ready, and ends well when asked to', async () => {
    const config = { DATABASE_URL: database.workerUrl, TOKEN_SECRET: 'x'.repeat(43), FIELD_KEYS: `1:${Buffer.alloc(32).toString('base64')}` };
    const child = fork(fileURLToPath(new URL('../../src/worker.js', import.meta.url)), { env: { ...process.env, ...config, REDIS_URL: '' }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await message(child, 'ready');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});

async function startProcess(env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = fork(SCRIPT, { env: { ...process.env, DATABASE_URL: database.workerUrl, REDIS_URL: store.redisUrl ?? '', ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  open.push(async () => void child.kill('SIGKILL'));
  await message(child, 'ready');
  return child;
}

function message(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('message', (told) => {
      if (typeof told === 'object' && told !== null && name in told) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the process ended with ${String(code)} before it was ${name}`)));
  });
}
