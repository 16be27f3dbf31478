import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type pg from 'pg';
import { dataSource } from '../../src/platform/database/data-source.js';
import { Tx, sqlState } from '../../src/platform/database/tx.js';
import { createDatabase } from '../support/database.js';
import type { TestDatabase } from '../support/database.js';

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createDatabase();
  source = await dataSource({ databaseUrl: database.apiUrl, poolSize: 2 }, 'test').initialize();
});

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

async function using<T>(work: (tx: Tx, client: pg.PoolClient) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  const client = (await runner.connect()) as pg.PoolClient;
  try {
    return await work(Tx.on(source, client), client);
  } finally {
    await client.query('rollback');
    await runner.release();
  }
}

const DENIAL = `insert into platform.denials (act, code, request_id) values ($1, 'FORBIDDEN', 'x')`;
const denials = (act: string): Promise<{ n: number }[]> => source.query('select count(*)::int as n from platform.denials where act = $1', [act]);

describe('statements that are sent together', () => {
  it('run in the order in which they were sent', async () => {
    await using(async (tx) => {
      tx.later('begin');
      tx.later(`select set_config('app.act', 'one', true)`);
      const one = tx.row(`select current_setting('app.act') as act`);
      tx.later(`select set_config('app.act', 'two', true)`);
      const two = tx.row(`select current_setting('app.act') as act`);
      expect(await Promise.all([one, two])).toEqual([{ act: 'one' }, { act: 'two' }]);
      await tx.commit();
    });
  });

  it('run as another role alone', async () => {
    await using(async (tx) => {
      tx.later('begin');
      const who = 'select current_user::text as who';
      const all = await Promise.all([tx.row(who), tx.rowsAs('register_reader', who), tx.row(who), tx.rowsAs('register_reader', who)]);
      expect(all).toEqual([{ who: 'register_api' }, [{ who: 'register_reader' }], { who: 'register_api' }, [{ who: 'register_reader' }]]);
      await tx.commit();
    });
  });

  it('cannot follow the end: the connection is somebody else\'s by then', async () => {
    await using(async (tx) => {
      tx.later('begin');
      const end = tx.commit();
      await expect(tx.rows('select 1')).rejects.toThrow('This transaction has ended.');
      expect(() => tx.later('select 1')).toThrow('This transaction has ended.');
      await end;
    });
  });
});

describe('a statement that nobody waits for', () => {
  it('ends the transaction with its own error where it fails, and nothing is kept', async () => {
    await using(async (tx) => {
      tx.later('begin');
      await tx.run(DENIAL, ['kept?']);
      tx.later(DENIAL, [null]);
      expect(sqlState(await tx.rows('select 1').catch((error: unknown) => error))).toBe('23502');
      expect(sqlState(await tx.commit().catch((error: unknown) => error))).toBe('23502');
    });
    expect(await denials('kept?')).toEqual([{ n: 0 }]);
  });

  it('fails the commit that was sent before it failed', async () => {
    await using(async (tx) => {
      tx.later('begin');
      tx.later(DENIAL, [null]);
      expect(sqlState(await tx.commit().catch((error: unknown) => error))).toBe('23502');
    });
  });

  it('is the beginning itself: what ran outside a transaction is not told as if it had been inside', async () => {
    await using(async (tx) => {
      tx.later('begin isolation level unheard');
      expect(sqlState(await tx.rows('select 1').catch((error: unknown) => error))).toBe('42601');
      expect(sqlState(await tx.commit().catch((error: unknown) => error))).toBe('42601');
    });
  });
});

describe('a statement by keys', () => {
  it('is kept by the connection, and no other is', async () => {
    await using(async (tx, client) => {
      tx.later('begin');
      for (const key of [1, 2, 3]) expect(await tx.keyed.row('select $1::int as key', [key])).toEqual({ key });
      await tx.row('select $1::int + 1 as not_kept', [1]);
      await tx.commit();
      const { rows } = await client.query<{ statement: string }>(`select statement from pg_prepared_statements where statement like 'select $1::int%'`);
      expect(rows).toEqual([{ statement: 'select $1::int as key' }]);
    });
  });

  it('has one plan for one id and for many; a list between them is planned for what was asked', async () => {
    await using(async (tx, client) => {
      const mode = `select current_setting('plan_cache_mode') as mode where $1::int = 1`;
      tx.later('begin');
      expect([await tx.keyed.row(mode, [1]), await tx.row(mode, [1]), await tx.keyed.row(mode, [1])]).toEqual([{ mode: 'force_generic_plan' }, { mode: 'auto' }, { mode: 'force_generic_plan' }]);
      for (let times = 0; times < 8; times++) await tx.keyed.rows('select act from platform.acts where id = any ($1::uuid[])', [['01900000-0000-7000-8000-000000000000']]);
      await tx.commit();
      const { rows } = await client.query<{ custom: number; generic: number }>(`select custom_plans::int as custom, generic_plans::int as generic from pg_prepared_statements where statement like 'select act%'`);
      // Left to itself PostgreSQL plans for the values, the first five times and, of a short list of ids, ever after.
      expect(rows).toEqual([{ custom: 0, generic: 8 }]);
    });
  });

  it('may fail and be asked again on the same connection', async () => {
    await using(async (tx) => {
      tx.later('begin');
      expect(sqlState(await tx.keyed.row('select 1 / $1::int as part', [0]).catch((error: unknown) => error))).toBe('22012');
      // Not even parsed: the transaction is over.
      await expect(tx.keyed.row('select 2 / $1::int as part', [1])).rejects.toThrow('division by zero');
      await tx.rollback();
    });
    await using(async (tx) => {
      tx.later('begin');
      expect(await tx.keyed.row('select 1 / $1::int as part', [1])).toEqual({ part: 1 });
      expect(await tx.keyed.row('select 2 / $1::int as part', [1])).toEqual({ part: 2 });
      await tx.commit();
    });
  });
});
