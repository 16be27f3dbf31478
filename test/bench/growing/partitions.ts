import pg from 'pg';
import { migrate } from '../../../src/platform/database/migrate.js';
import { newSecrets } from '../../../src/platform/embedded/secrets.js';
import { removeTestCluster, startTestCluster } from '../../support/cluster.js';
import { median } from '../compare.js';
import { columns } from '../load/figures.js';
import type { BenchOptions } from '../options.js';
import { cpuSeconds } from '../processes.js';

const YEARS = 10;
const PROVINCES = 25;
const INSERTS = 5_000;
/** One child in so many rows of history, and so many accounts at work. */
const SUBJECTS = 60_000;
const ACTORS = 1_500;

interface Table {
  readonly name: 'acts' | 'reads';
  readonly columns: string;
  /** One row at a moment `at`, as `insert ... select` gives it. */
  readonly row: string;
  readonly questions: readonly (readonly [what: string, sql: string])[];
}

/** A subject of the year's own, more often than not: children come and go. */
const subject = (at: string): string => `md5((((extract(year from ${at})::int * 5003 + (random() * ${SUBJECTS} / 4)::int) % ${SUBJECTS}))::text)::uuid`;
const actor = `md5('actor' || (random() * ${ACTORS})::int)::uuid`;

const TABLES: readonly Table[] = [
  {
    name: 'acts', columns: 'id, at, actor_id, posting_id, act, subject_kind, subject_id, about_id, on_day, changed, request_id',
    row: `uuidv7(at - clock_timestamp()), at, ${actor}, ${actor}, 'child.recordNeeds', 'child', ${subject('at')}, ${subject('at')}, at::date, array['needs'], md5(random()::text)`,
    questions: [
      ['history of a child', 'select * from T where subject_id = S or about_id = S order by at desc, seq desc limit 21'],
      ['what changed in a row', `select changed from T where subject_id = S and changed <> '{}' order by seq desc limit 3`],
      ['latest page', 'select * from T order by at desc, seq desc limit 51'],
      ['has she just written?', `select exists (select from T where actor_id = A and at > timestamptz '2026-01-01' - interval '30 s')`],
      ['one by its id', 'select * from T where id = I'],
    ],
  },
  {
    name: 'reads', columns: 'at, actor_id, subject_kind, subject_id, operation, request_id', row: `at, ${actor}, 'child', ${subject('at')}, 'child', md5(random()::text)`,
    questions: [
      ['who opened this file', 'select * from T where subject_id = S order by at desc, id desc limit 21'],
      ['what she opened last', 'select * from T where actor_id = A order by at desc, id desc limit 21'],
      ['latest page', 'select * from T order by at desc, id desc limit 51'],
    ],
  },
];
const LAYOUTS = ['whole', 'year', 'province'] as const;
type Layout = (typeof LAYOUTS)[number];

/** Ten years of acts and of the read-audit, in one table, by year and by province. */
export async function partitions(options: BenchOptions): Promise<boolean> {
  const count = Number(options.other('rows') ?? 500_000);
  const secrets = newSecrets();
  const cluster = await startTestCluster(secrets.superuserPassword, true, { max_wal_size: '8GB', maintenance_work_mem: '512MB', jit: 'off', ...(options.other('buffers') !== undefined && { shared_buffers: options.other('buffers') ?? '' }) });
  const owner = new pg.Client({ connectionString: cluster.server.url('postgres') });
  try {
    await owner.connect();
    await migrate({ ownerUrl: cluster.server.url('postgres'), apiPassword: secrets.apiPassword, workerPassword: secrets.workerPassword });
    await owner.query('create schema big');
    await owner.query('select setseed(0.2026)');
    console.log(`\nPartitions: ${count.toLocaleString('en-US')} rows of ${YEARS} years in each table, with the indexes that the register has`);
    for (const table of TABLES) {
      const layouts: Measured[] = [];
      for (const layout of LAYOUTS) layouts.push(await measured(owner, table, layout, count));
      tell(table, layouts);
    }
    return true;
  } finally {
    await owner.end();
    await removeTestCluster(cluster);
  }
}

interface Measured {
  readonly questions: readonly { readonly buffers: number; readonly ms: number }[];
  readonly insert: number;
  readonly indexes: number;
  readonly hot: number;
  readonly gone: { readonly ms: number; readonly wal: number };
}

async function measured(owner: pg.Client, table: Table, layout: Layout, count: number): Promise<Measured> {
  const name = `big.${table.name}_${layout}`;
  await build(owner, table, layout, name, count);
  const { rows: [known] } = await owner.query<{ s: string; a: string; i: string }>(`select subject_id::text as s, actor_id::text as a, id::text as i from ${name} where at >= '2024-06-01' order by at limit 1`);
  const questions = [];
  for (const [, sql] of table.questions) {
    const asked = sql.replaceAll(/\bT\b/g, name).replaceAll(/\bS\b/g, `'${known?.s ?? ''}'`).replaceAll(/\bA\b/g, `'${known?.a ?? ''}'`).replaceAll(/\bI\b/g, `'${known?.i ?? ''}'`);
    questions.push(await explained(owner, asked));
  }
  const [indexes, hot] = [await indexSize(owner, `${table.name}_${layout}%`), await indexSize(owner, layout === 'year' ? `${table.name}_year_2025` : `${table.name}_${layout}%`)];
  const result = { questions, insert: await inserting(owner, table, layout, name), indexes, hot, gone: await aYearLess(owner, layout, name) };
  await owner.query(`drop table ${name}`);
  return result;
}

async function build(owner: pg.Client, table: Table, layout: Layout, name: string, count: number): Promise<void> {
  const by = { whole: '', year: 'partition by range (at)', province: 'partition by list (province)' }[layout];
  await owner.query(`create table ${name} (like platform.${table.name} including defaults including constraints including identity${layout === 'province' ? ', province smallint not null' : ''}) ${by}`);
  for (let at = 0; layout === 'year' && at < YEARS; at++) await owner.query(`create table ${name}_${2016 + at} partition of ${name} for values from ('${2016 + at}-01-01') to ('${2017 + at}-01-01')`);
  for (let at = 0; layout === 'province' && at < PROVINCES; at++) await owner.query(`create table ${name}_${at} partition of ${name} for values in (${at})`);
  await owner.query(fill(table, layout, name, `select timestamptz '2016-01-01' + (n * interval '1 second' * (${YEARS} * 365.2 * 86400 / ${count})) as at from generate_series(1, ${count - 1}) as n`));
  const key = { whole: '(id)', year: '(id, at)', province: '(id, province)' }[layout];
  await owner.query(`alter table ${name} add primary key ${key}`);
  const { rows } = await owner.query<{ sql: string }>(`select pg_get_indexdef(indexrelid) as sql from pg_index where indrelid = 'platform.${table.name}'::regclass and not indisprimary`);
  for (const { sql } of rows) await owner.query(sql.replace(/INDEX \w+ ON platform\.\w+/, `INDEX ON ${name}`));
  await owner.query(`vacuum analyze ${name}`);
  await owner.query('checkpoint');
}

const fill = (table: Table, layout: Layout, name: string, moments: string): string =>
  `insert into ${name} (${table.columns}${layout === 'province' ? ', province' : ''}) select ${table.row}${layout === 'province' ? `, (random() * ${PROVINCES - 1})::int` : ''} from (${moments}) as moment`;

/** Pages looked at, and milliseconds of planning and running, the middle of seven. */
async function explained(owner: pg.Client, sql: string): Promise<{ buffers: number; ms: number }> {
  const times: number[] = [];
  let buffers = 0;
  for (let n = 0; n < 7; n++) {
    const { rows: [row] } = await owner.query<{ 'QUERY PLAN': [{ Plan: Record<string, number>; 'Planning Time': number; 'Execution Time': number }] }>(`explain (analyze, buffers, format json) ${sql}`);
    const [plan] = row?.['QUERY PLAN'] ?? [];
    buffers = (plan?.Plan['Shared Hit Blocks'] ?? 0) + (plan?.Plan['Shared Read Blocks'] ?? 0);
    times.push((plan?.['Planning Time'] ?? NaN) + (plan?.['Execution Time'] ?? NaN));
  }
  return { buffers, ms: median(times) };
}

async function indexSize(owner: pg.Client, like: string): Promise<number> {
  const { rows: [row] } = await owner.query<{ bytes: string }>(`select coalesce(sum(pg_indexes_size(c.oid)), 0) as bytes from pg_class c where c.relnamespace = 'big'::regnamespace and c.relkind = 'r' and c.relname like $1`, [like]);
  return Number(row?.bytes ?? 0) / 2 ** 20;
}

/** Milliseconds of processor time of one row put in by itself, at the end of the last year. */
async function inserting(owner: pg.Client, table: Table, layout: Layout, name: string): Promise<number> {
  const { rows: [me] } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid');
  const one = fill(table, layout, name, `select timestamptz '2025-12-31' + random() * interval '1 hour' as at`);
  const before = cpuSeconds(me?.pid);
  await owner.query(`do $$ begin for n in 1..${INSERTS} loop ${one}; end loop; end $$`);
  return ((cpuSeconds(me?.pid) - before) * 1000) / INSERTS;
}

/** What it takes to be rid of the first year, in milliseconds and megabytes of log. */
async function aYearLess(owner: pg.Client, layout: Layout, name: string): Promise<{ ms: number; wal: number }> {
  const place = async (): Promise<number> => Number((await owner.query<{ at: string }>(`select pg_current_wal_insert_lsn() - '0/0' as at`)).rows[0]?.at);
  const [began, from] = [performance.now(), await place()];
  if (layout === 'year') await owner.query(`drop table ${name}_2016`);
  else {
    await owner.query(`delete from ${name} where at < '2017-01-01'`);
    await owner.query(`vacuum ${name}`);
  }
  return { ms: performance.now() - began, wal: ((await place()) - from) / 2 ** 20 };
}

function tell(table: Table, layouts: readonly Measured[]): void {
  const line = (what: string, of: (one: Measured) => string): string[] => [what, ...layouts.map(of)];
  console.log(`\n${table.name}\n${columns(['', 'one table', `by year (${YEARS})`, `by province (${PROVINCES})`], [
    ...table.questions.map(([what], at) => line(`${what}: pages (ms)`, ({ questions }) => `${questions[at]?.buffers ?? NaN} (${(questions[at]?.ms ?? NaN).toFixed(2)})`)),
    line('one insert, CPU ms', ({ insert }) => insert.toFixed(3)), line('all indexes, MB', ({ indexes }) => indexes.toFixed(0)), line('of them written to, MB', ({ hot }) => hot.toFixed(0)),
    line('a year less: ms', ({ gone }) => gone.ms.toFixed(0)), line('a year less: MB of log', ({ gone }) => gone.wal.toFixed(1)),
  ])}`);
}
