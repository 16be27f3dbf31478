import { randomBytes } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { availability } from '../../../src/carers/availability.domain.js';
import type { Ask } from '../../../src/carers/availability.domain.js';
import { factsOf, listStandBy } from '../../../src/carers/standby.queries.js';
import type { StandByFilter } from '../../../src/carers/standby.queries.js';
import { addDays, todayIn } from '../../../src/kernel/civil-date.js';
import type { UserActor } from '../../../src/platform/auth/roles.js';
import { SystemClock } from '../../../src/platform/clock.js';
import type { Op } from '../../../src/platform/database/op.js';
import { migrate } from '../../../src/platform/database/migrate.js';
import { addressAs } from '../../../src/platform/database/roles.js';
import { ONE_PLAN } from '../../../src/platform/database/tx.js';
import type { Parameter } from '../../../src/platform/database/tx.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { openOwnerDatabase } from '../../../src/platform/embedded/owner-database.js';
import { stream } from '../../../src/demo/random.js';
import type { Stream } from '../../../src/demo/random.js';
import { removeTestCluster, startTestCluster } from '../../support/cluster.js';
import type { Bench, BenchOptions } from '../options.js';
import { columns, percentile } from '../load/figures.js';
import { fillHistory } from './history.js';

const CALLS = 240;
/** Calls before the first that counts: a server that has run for a while has its indexes in memory. */
const WARM = 200;
const TARGET_MS = { district: 20, province: 100 } as const;
type Level = keyof typeof TARGET_MS;

/** Milliseconds of one answer, and the buffers that PostgreSQL touched for it. */
interface Answer {
  readonly ms: number;
  readonly buffers: number;
  readonly families: number;
  /** Was a day that is over asked for? */
  readonly past: boolean;
}

/** The stand-by list of a large country with a long past, as the API's own login with row security. */
export const standby: Bench = {
  name: 'standby',
  what: 'the stand-by list: --families 100000 --years 10, a district in under 20 ms and a province in under 100',
  run: async (options) => {
    const database = await open(options);
    const source = await new DataSource({ type: 'postgres', url: database.apiUrl, installExtensions: false, extra: { max: 1, options: `-c ${ONE_PLAN}`, pipeline: true } }).initialize();
    try {
      return await measure(new UnitOfWork(source, new SystemClock()), source, options.seed);
    } finally {
      await source.destroy();
      await database.close();
    }
  },
};

/** A filled database: in a cluster that is thrown away, or in the data folder that was named, where it stays. */
async function open(options: BenchOptions): Promise<{ readonly apiUrl: string; close(): Promise<void> }> {
  const size = { families: Number(options.other('families') ?? 100_000), years: Number(options.other('years') ?? 10), seed: options.seed };
  const passwords = { apiPassword: randomBytes(12).toString('hex'), workerPassword: randomBytes(12).toString('hex') };
  if (options.data !== undefined) {
    const kept = await openOwnerDatabase({ DATA_DIR: options.data }, resolve(dirname(fileURLToPath(import.meta.url)), '../../../..'));
    const apiPassword = kept.secrets?.apiPassword ?? passwords.apiPassword;
    await fill(kept.url, { apiPassword, workerPassword: kept.secrets?.workerPassword ?? passwords.workerPassword }, size);
    return { apiUrl: addressAs(kept.url, 'register_api', apiPassword), close: () => kept.close() };
  }
  const cluster = await startTestCluster(randomBytes(12).toString('hex'));
  const url = cluster.server.url('postgres');
  await fill(url, passwords, size);
  return { apiUrl: addressAs(url, 'register_api', passwords.apiPassword), close: () => removeTestCluster(cluster) };
}

async function fill(url: string, passwords: { readonly apiPassword: string; readonly workerPassword: string }, size: { readonly families: number; readonly years: number; readonly seed: number }): Promise<void> {
  await migrate({ ownerUrl: url, ...passwords, log: () => undefined });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const began = performance.now();
  const count = async (): Promise<Record<string, string>> => {
    const { rows } = await client.query(`select (select count(*)::text from carers.families) as families, (select count(*)::text from carers.standings) as standings,
      (select count(*)::text from carers.place_occupancies) as stays, (select count(*)::text from carers.family_places) as places, pg_size_pretty(pg_database_size(current_database())) as size`);
    return rows[0] as Record<string, string>;
  };
  if ((await count())['families'] === '0') await fillHistory(client, size, (what) => console.log(`  ${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${what}`));
  const made = await count();
  console.log(`${made['families']} families, ${made['standings']} standings, ${made['places']} places and ${made['stays']} stays of ${size.years} years, ${made['size']}.`);
  await client.end();
}

/** A worker of this place: a district's office sees its own, a province's also its districts'. */
async function actorsOf(source: DataSource, level: Level): Promise<{ readonly actor: UserActor; readonly area: string }[]> {
  const areas: { area: string; ids: string[] }[] = await source.query(
    `select o.area_code as area, array(select b.id from territory.offices b where starts_with(b.area_code, o.area_code)) as ids from territory.offices o where o.kind = $1 order by o.area_code`, [level],
  );
  const posting = { id: '00000000-0000-7000-8000-000000000000', role: 'supervisor' as const, officeId: null, institutionId: null };
  const user = { kind: 'user' as const, userId: posting.id, sessionId: posting.id };
  const everywhere = areas.flatMap(({ ids }) => ids);
  // Every second one is the ministry's, whose scope is all offices.
  return areas.map(({ area, ids }, i) => ({ area, actor: { ...user, postings: [{ ...posting, area, officeIds: i % 2 === 0 ? ids : everywhere }] } }));
}

/** What is asked: mostly anybody or an age, sometimes a rare need or many places, now, soon, or years ago; sometimes also why not. */
function askedOf(random: Stream, areaCode: string): StandByFilter {
  const today = todayIn(new Date());
  const ask: Ask = {
    places: random.weighted([[1, 6], [2, 2], [3, 1]]), age: random.chance(0.7) ? random.between(0, 16) : null, sex: random.pick(['female', 'male', null]),
    needs: random.weighted<string[]>([[[], 6], [['daily_medicine'], 2], [['sign_language'], 1], [['wheelchair', 'daily_medicine'], 1]]),
    careKind: random.weighted([[null, 3], ['foster', 3], ['emergency', 1], ['kinship', 1]]),
  };
  const on = addDays(today, random.weighted([[0, 5], [random.between(1, 90), 3], [-random.between(1, 3000), 1]]));
  return { areaCode, on, ask, includeUnavailable: random.chance(0.25) };
}

async function measure(uow: UnitOfWork, source: DataSource, seed: number): Promise<boolean> {
  let well = true;
  const rows: string[][] = [];
  for (const level of ['district', 'province'] as const) {
    const random = stream(seed, 'standby', level);
    const actors = await actorsOf(source, level);
    const answers: Answer[] = [];
    for (let i = 0; i < CALLS + WARM; i += 1) {
      const { actor, area } = actors[random.below(actors.length)] ?? { actor: undefined, area: '' };
      if (actor === undefined) throw new Error('There is no office.');
      const answer = await askOnce(uow, actor, askedOf(random, area));
      if (i >= WARM) answers.push(answer);
    }
    const [ahead, before] = [answers.filter(({ past }) => !past), answers.filter(({ past }) => past)];
    const p95 = percentile(ahead.map(({ ms }) => ms).sort((a, b) => a - b), 0.95);
    well = well && p95 < TARGET_MS[level];
    rows.push(rowOf(`${level}, today and ahead`, ahead, `${p95 < TARGET_MS[level] ? 'within' : 'above'} ${TARGET_MS[level]} ms`), rowOf(`${level}, up to 8 years ago`, before, ''));
  }
  console.log(columns(['', 'calls', 'p50 ms', 'p95 ms', 'max ms', 'buffers p50', 'p95', 'families', 'goal of p95'], rows));
  return well;
}

/** One line of the table; what holds on a day long over is found behind everything that ended since, so it stands apart. */
function rowOf(name: string, answers: readonly Answer[], goal: string): string[] {
  const sorted = (of: (answer: Answer) => number): number[] => answers.map(of).sort((a, b) => a - b);
  const [ms, buffers] = [sorted((one) => one.ms), sorted((one) => one.buffers)];
  const mean = answers.reduce((sum, { families }) => sum + families, 0) / answers.length;
  return [
    name, String(answers.length), ...[0.5, 0.95, 1].map((share) => percentile(ms, share).toFixed(1)), ...[0.5, 0.95].map((share) => String(percentile(buffers, share))), mean.toFixed(1), goal,
  ];
}

/** One page as the resolver makes it: the statement, and what it means for each family. Then the same statement explained, for its buffers. */
async function askOnce(uow: UnitOfWork, actor: UserActor, filter: StandByFilter): Promise<Answer> {
  const open = await uow.query(actor, 'bench');
  try {
    let sent: { sql: string; parameters: readonly Parameter[] } | undefined;
    const tx = { rows: (sql: string, parameters: readonly Parameter[]) => { sent = { sql, parameters }; return open.op.tx.rows(sql, parameters); } } as unknown as Op['tx'];
    const began = performance.now();
    const rows = await listStandBy({ ...open.op, tx }, filter, null, 21);
    const families = rows.map((row) => availability(factsOf(row), filter.on, filter.ask, open.op.now, false)).length;
    const ms = performance.now() - began;
    const [plan] = await open.op.tx.rows<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(`explain (analyze, buffers, timing off, format json) ${sent?.sql ?? ''}`, sent?.parameters);
    const top = plan?.['QUERY PLAN'][0].Plan;
    return { ms, families, past: filter.on < open.op.today, buffers: (top?.['Shared Hit Blocks'] ?? 0) + (top?.['Shared Read Blocks'] ?? 0) };
  } finally {
    await open.commit();
  }
}
