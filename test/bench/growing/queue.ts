import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../../src/platform/database/migrate.js';
import { addressAs } from '../../../src/platform/database/roles.js';
import { newSecrets } from '../../../src/platform/embedded/secrets.js';
import { removeTestCluster, startTestCluster } from '../../support/cluster.js';
import { TestRedis, TestRedisCluster, hasRedis } from '../../support/redis.js';
import { columns } from '../load/figures.js';
import { Watch } from '../load/watch.js';
import type { BenchOptions } from '../options.js';
import { DIST, startScript } from '../stack.js';

interface Store {
  readonly name: string;
  readonly url: string;
  readonly pids: readonly number[];
}

/** Two consumers listen to each event: so many jobs twice. */
const PER_EVENT = 2;

/** Jobs that each write one row, with the queue in PostgreSQL, in Redis and in a Redis cluster, by one worker and by two. */
export async function queue(options: BenchOptions): Promise<boolean> {
  const events = Number(options.other('events') ?? 2_000);
  const secrets = newSecrets();
  const cluster = await startTestCluster(secrets.superuserPassword, true);
  const [redis, redisCluster] = hasRedis ? [await TestRedis.start(), await TestRedisCluster.start()] : [undefined, undefined];
  try {
    const admin = new pg.Client({ connectionString: cluster.server.url('postgres') });
    await admin.connect();
    console.log(`\nThe queue: ${events * PER_EVENT} jobs of one row each, four at once in a worker${hasRedis ? '' : '; without Redis, for there is no redis-server on this machine'}`);
    const stores: Store[] = [{ name: 'PostgreSQL', url: '', pids: [] }];
    if (redis !== undefined) stores.push({ name: 'Redis', url: redis.url, pids: [redis.pid] });
    if (redisCluster !== undefined) stores.push({ name: 'Redis cluster of 3', url: redisCluster.url, pids: redisCluster.nodes.map(({ pid }) => pid) });
    const rows: string[][] = [];
    let first = 0;
    for (const [at, workers] of [1, 2].flatMap((n) => stores.map((_store, i) => [i, n] as const))) {
      const store = stores[at];
      if (store === undefined) continue;
      const database = `queue_${at}_${workers}`;
      await admin.query(`create database ${database}`);
      const ownerUrl = cluster.server.url(database);
      await migrate({ ownerUrl, apiPassword: secrets.apiPassword, workerPassword: secrets.workerPassword });
      const { perSecond, cpu } = await run(store, workers, events, ownerUrl, addressAs(ownerUrl, 'register_worker', secrets.workerPassword), cluster.folder, cluster.server.pid);
      first ||= perSecond;
      rows.push([`${store.name}, ${workers} worker${workers > 1 ? 's' : ''}`, perSecond.toFixed(0), (perSecond / first).toFixed(2), ...['worker', 'PostgreSQL', 'Redis'].map((name) => ((cpu[name] ?? 0) * 1000 / (events * PER_EVENT)).toFixed(2))]);
      await redisCluster?.flushAll();
      await redis?.asked((client) => client.flushall());
    }
    await admin.end();
    console.log(columns(['', 'jobs/s', 'ratio', 'CPU ms a job: worker', 'PostgreSQL', 'Redis'], rows));
    return true;
  } finally {
    await redis?.stop();
    await redisCluster?.stop();
    await removeTestCluster(cluster);
  }
}

async function run(store: Store, workers: number, events: number, ownerUrl: string, workerUrl: string, folder: string, postgresPid: number): Promise<{ perSecond: number; cpu: Record<string, number> }> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query('create table public.effects (consumer text not null, subject_id uuid not null)');
  await owner.query('grant select, insert on public.effects to register_worker');
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: workerUrl, REDIS_URL: store.url };
  const running = await Promise.all(Array.from({ length: workers }, () => startScript(join(DIST, 'test/bench/growing/queue-worker.js'), env, join(folder, 'worker.log'))));
  const happened = (times: number): Promise<unknown> => owner.query(
    `with act as (insert into platform.acts (id, system, act, subject_kind, subject_id, request_id)
       select uuidv7(), 'bench', 'bench.do', 'thing', uuidv7(), 'bench' from generate_series(1, $1) returning id, subject_id)
     insert into platform.outbox (act_id, event, subject_id) select id, 'test.happened', subject_id from act`,
    [times],
  );
  const done = async (jobs: number): Promise<void> => {
    while (Number((await owner.query<{ n: string }>('select count(*) as n from public.effects')).rows[0]?.n) < jobs) await new Promise((settle) => setTimeout(settle, 50));
  };
  try {
    await happened(events / 4);
    await done((events / 4) * PER_EVENT);
    const watch = new Watch([
      ...running.map(({ pid }, at) => ({ name: `worker ${at}`, pid })), { name: 'PostgreSQL', pid: postgresPid, cluster: true }, ...store.pids.map((pid, at) => ({ name: `Redis ${at}`, pid })),
    ]);
    const began = performance.now();
    await happened(events);
    await done(events * 1.25 * PER_EVENT);
    const seconds = (performance.now() - began) / 1000;
    const cpu: Record<string, number> = {};
    for (const usage of watch.end()) cpu[usage.name.split(' ')[0] ?? ''] = (cpu[usage.name.split(' ')[0] ?? ''] ?? 0) + usage.cpu;
    return { perSecond: (events * PER_EVENT) / seconds, cpu };
  } finally {
    await Promise.all(running.map((each) => each.stop()));
    await owner.end();
  }
}
