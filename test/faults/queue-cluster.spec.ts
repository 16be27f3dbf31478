import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Queue } from 'bullmq';
import pg from 'pg';
import { redisOf } from '../../src/platform/config/config.js';
import { wipeQueue } from '../../src/platform/queue/backend.js';
import { QueueRunner } from '../../src/platform/queue/runner.js';
import { createDatabase } from '../support/database.js';
import type { TestDatabase } from '../support/database.js';
import { workerConfig } from '../support/queue-config.js';
import { TestRedisCluster, hasRedis } from '../support/redis.js';
import { openRig } from './queue-rig.js';

describe('the address of the queue\'s store', () => {
  it('names several nodes only where they are said to be a cluster', () => {
    const [one, several] = ['redis://:secret@a:6379', 'redis://a:6379,rediss://b:6379'];
    expect(redisOf({ REDIS_URL: one })).toEqual({ redisUrl: one, redisCluster: false });
    expect(redisOf({ REDIS_URL: several, REDIS_CLUSTER: 'true' })).toEqual({ redisUrl: several, redisCluster: true });
    expect(() => redisOf({ REDIS_URL: several })).toThrow('REDIS_CLUSTER=true');
    expect(() => redisOf({ REDIS_URL: 'redis://a:6379,b:6379', REDIS_CLUSTER: 'true' })).toThrow('must begin with redis://');
    expect(() => redisOf({ REDIS_CLUSTER: 'yes' })).toThrow('REDIS_CLUSTER must be');
  });
});

const suite = hasRedis ? describe : describe.skip;
suite(`the queue on a Redis cluster of three${hasRedis ? '' : ' (skipped: there is no redis-server on this machine)'}`, () => {
  let cluster: TestRedisCluster;
  let database: TestDatabase;
  let owner: pg.Pool;
  const open: INestApplicationContext[] = [];

  const count = async (from: string): Promise<number> => Number((await owner.query<{ n: string }>(`select count(*) as n from ${from}`)).rows[0]?.n);
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const happened = (times: number): Promise<unknown> => owner.query(
    `with act as (insert into platform.acts (id, system, act, subject_kind, subject_id, request_id)
       select uuidv7(), 'test', 'test.do', 'thing', uuidv7(), 'test' from generate_series(1, $1) returning id, subject_id)
     insert into platform.outbox (act_id, event, subject_id) select id, 'test.happened', subject_id from act`,
    [times],
  );
  const worker = async (): Promise<INestApplicationContext> => {
    const app = await openRig(workerConfig(database.workerUrl, cluster.url));
    open.push(app);
    return app;
  };

  beforeAll(async () => {
    cluster = await TestRedisCluster.start();
  }, 60_000);
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    await cluster.flushAll();
    database = await createDatabase();
    owner = new pg.Pool({ connectionString: database.ownerUrl, max: 3 });
    owner.on('error', () => undefined);
    await owner.query('create table public.effects (consumer text not null, subject_id uuid not null)');
    await owner.query('grant select, insert on public.effects to register_worker');
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((app) => app.close()));
    await owner.end();
    await database.drop();
  });

  it('two workers share the work: lost=0 doubled=0; all of it lies on one node', async () => {
    const [first] = await Promise.all([worker(), worker()]);
    await happened(200);
    await until(async () => (await count('public.effects')) >= 400);
    await until(async () => (await count('platform.outbox where settled_at is null')) === 0);
    expect([await count('public.effects'), await count('platform.receipts')]).toEqual([400, 400]);
    expect(await first?.get(QueueRunner).backend.queue.getJobCounts('completed', 'failed', 'wait')).toEqual({ completed: 0, failed: 0, wait: 0 });
    expect((await cluster.sizes()).filter((keys) => keys > 0).length).toBe(1);
  });

  it('goes on after every node was killed and came back empty', async () => {
    await worker();
    await happened(10);
    await until(async () => (await count('public.effects')) >= 20);
    await cluster.killAndReplace();
    await happened(10);
    await until(async () => (await count('public.effects')) >= 40);
    expect(await count('(select from public.effects group by consumer, subject_id having count(*) > 1) as twice')).toBe(0);
  });

  it('is emptied after a restore', async () => {
    const app = await worker();
    await app.close();
    open.pop();
    expect((await cluster.sizes()).some((keys) => keys > 0)).toBe(true);
    await wipeQueue({ redisUrl: cluster.url, redisCluster: true });
    expect(await cluster.sizes()).toEqual([0, 0, 0]);
  });

  it('sabotaged: without the braces around its keys the cluster refuses them', async () => {
    await cluster.asked(async (connection) => {
      const queue = new Queue('register', { connection: connection as never });
      await expect(queue.add('test.first', {})).rejects.toThrow(/same slot|CROSSSLOT/i);
      await queue.close();
    });
  });
});
