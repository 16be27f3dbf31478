import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { ApprovingGoesOn1764002900000 } from '../../migrations/1764002900000-approving-goes-on.js';
import { migrate, ServerRefused } from '../../src/platform/database/migrate.js';
import { addressAs, ensureRoles } from '../../src/platform/database/roles.js';
import { removeTestCluster, startTestCluster } from '../support/cluster.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const passwords = (): { apiPassword: string; workerPassword: string } => ({ apiPassword: process.env['TEST_API_PASSWORD'] ?? '', workerPassword: process.env['TEST_WORKER_PASSWORD'] ?? '' });

async function connected<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** What a job's data is when it comes out at the other end of a queue. */
async function throughQueue(connectionString: string, data: object): Promise<unknown> {
  // BullMQ types a connection as one to Redis.
  const options = { connection: { connectionString, max: 3 } as never };
  const queue = new Queue('trial', options, createPostgresBackend);
  let resolve: (value: unknown) => void = () => undefined;
  const promise = new Promise((settle) => (resolve = settle));
  const worker = new Worker('trial', async (job) => resolve(job.data), options, createPostgresBackend);
  try {
    await queue.add('one', data);
    return await promise;
  } finally {
    await worker.close();
    await queue.close();
  }
}

describe('a migrated database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('has roles that may do no more than they need', async () => {
    const { rows } = await connected(database.ownerUrl, (client) => client.query(
      `select rolname, rolcanlogin, rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication or rolinherit as more
       from pg_roles where rolname like 'register%' order by 1`,
    ));
    expect(rows).toEqual([
      { rolname: 'register_api', rolcanlogin: true, more: false },
      { rolname: 'register_reader', rolcanlogin: false, more: false },
      { rolname: 'register_worker', rolcanlogin: true, more: false },
    ]);
  });

  it('lets the API become the reader of statistics, but not read as it unasked', async () => {
    await connected(database.apiUrl, async (client) => {
      expect((await client.query(`select pg_has_role('register_reader', 'usage') as inherits, pg_has_role('register_reader', 'set') as may_set`)).rows).toEqual([{ inherits: false, may_set: true }]);
      await client.query('set role register_reader');
    });
    await connected(database.workerUrl, (client) => expect(client.query('set role register_reader')).rejects.toThrow(/permission denied/));
  });

  it.each(['apiUrl', 'workerUrl'] as const)('lets nobody make tables by %s', async (who) => {
    await connected(database[who], async (client) => {
      await expect(client.query('create table public.mine ()')).rejects.toThrow(/permission denied/);
      await expect(client.query('create temporary table mine ()')).rejects.toThrow(/permission denied/);
      await expect(client.query('create schema mine')).rejects.toThrow(/permission denied/);
    });
  });

  it('lets in only who has the password', async () => {
    await expect(connected(addressAs(database.ownerUrl, 'register_api', 'another'), (client) => client.query('select 1'))).rejects.toThrow(/password authentication failed/);
  });

  it('asks the staff of a register that exists for certificates 90 days later, and those of a new one at once', async () => {
    await connected(database.ownerUrl, async (client) => {
      const runner = { query: (sql: string) => client.query(sql) } as unknown as QueryRunner;
      const asked = async (): Promise<unknown[]> => (await client.query(
        `select lower(during) - (now() at time zone 'Asia/Phnom_Penh')::date as days, lower(during) = '1900-01-01' as always from platform.settings where name = 'training.certificates_required'`,
      )).rows;
      const always = [{ days: expect.any(Number), always: true }];
      const moved = new ApprovingGoesOn1764002900000();
      await client.query('begin');
      await moved.up(runner);
      expect(await asked()).toEqual(always);
      await client.query(`insert into staff.accounts (id, login, name_latin, language, state, invited_at) values (uuidv7(), 'somebody', 'Somebody', 'km', 'invited', now())`);
      await moved.up(runner);
      expect(await asked()).toEqual([{ days: 90, always: false }]);
      await moved.down(runner);
      expect(await asked()).toEqual(always);
      await client.query('rollback');
    });
  });

  it('keeps the queue to the worker', async () => {
    await connected(database.apiUrl, (client) => expect(client.query('select from bullmq.job')).rejects.toThrow(/permission denied for schema bullmq/));
    expect(await throughQueue(database.workerUrl, { id: 7 })).toEqual({ id: 7 });
  });
});

describe('migrate', () => {
  it('is boring when two start at once, and when it is repeated', async () => {
    const database = await createDatabase({ empty: true });
    const said: string[] = [];
    const run = (): Promise<void> => migrate({ ownerUrl: database.ownerUrl, ...passwords(), log: (line) => said.push(line) });
    await Promise.all([run(), run()]);
    expect(said.length).toBeGreaterThan(0);
    expect(new Set(said).size).toBe(said.length);
    said.splice(0);
    await run();
    expect(said).toEqual([]);
    await database.drop();
  });

  it('survives that several databases of one cluster make and change the roles at once', async () => {
    // A cluster of its own: roles and passwords are the whole cluster's.
    const cluster = await startTestCluster('admin');
    try {
      const urls = ['a', 'b', 'c', 'd'].map((name) => cluster.server.url(name));
      await connected(cluster.server.url('postgres'), async (client) => {
        for (const name of ['a', 'b', 'c', 'd']) await client.query(`create database ${name}`);
      });
      const word = 'the same for all';
      await Promise.all(urls.map((ownerUrl) => migrate({ ownerUrl, apiPassword: word, workerPassword: word })));
      await Promise.all(urls.map((url) => connected(addressAs(url, 'register_worker', word), (client) => client.query('select 1'))));
      // Passwords that differ make every one of them write the same rows, again and again.
      await Promise.all(urls.flatMap((url, index) => [0, 1, 2].map(() => connected(url, (client) => ensureRoles(client, { apiPassword: `a${index}`, workerPassword: `w${index}` })))));
    } finally {
      await removeTestCluster(cluster);
    }
  });

  it('works for an owner who is no superuser', async () => {
    const database = await createDatabase({ empty: true });
    await connected(database.ownerUrl, async (client) => {
      await client.query(`create role landlord login createrole password 'landlord'`);
      await client.query(`alter database ${database.name} owner to landlord`);
      // An owner who did not make the roles must have been given them.
      await client.query('grant register_api, register_worker, register_reader to landlord with admin option, inherit false, set false');
    });
    const asLandlord = { ownerUrl: addressAs(database.ownerUrl, 'landlord', 'landlord'), ...passwords() };
    await migrate(asLandlord);
    await connected(database.apiUrl, (client) => client.query('select 1'));
    expect(await throughQueue(database.workerUrl, { id: 8 })).toEqual({ id: 8 });
    await migrate(asLandlord);
    await database.drop();
    await connected(process.env['TEST_ADMIN_URL'] ?? '', async (client) => {
      await client.query('drop owned by landlord');
      await client.query('drop role landlord');
    });
  });

  it('refuses an older server in one sentence', async () => {
    const database = await createDatabase({ empty: true });
    await connected(database.ownerUrl, (client) => client.query(`
      create schema old;
      create function old.current_setting(text) returns text language sql as $$ select '15.4'::text where $1 = 'server_version' union all select '150004' where $1 <> 'server_version' $$;
      alter database ${database.name} set search_path = old, pg_catalog;
    `));
    await expect(migrate({ ownerUrl: database.ownerUrl, ...passwords() })).rejects.toThrow(new ServerRefused('This program needs PostgreSQL 18 or newer (WITHOUT OVERLAPS, PERIOD foreign keys, uuidv7), and the server is 15.4.'));
    await database.drop();
  });
});
