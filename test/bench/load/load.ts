import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { inventCountry } from '../../../src/demo/demo.command.js';
import { todayIn } from '../../../src/kernel/civil-date.js';
import type { Bench, BenchOptions } from '../options.js';
import { startStack } from '../stack.js';
import type { Stack } from '../stack.js';
import { isWhole, readJournal, verdictLine } from './journal.js';
import { signIn } from './people.js';
import type { Plan, Results } from './plan.js';
import { prove } from './proof.js';
import type { Proof } from './proof.js';
import { beyond, errorsOf, heapOf, tableOf, usageOf } from './report.js';
import { slowStatements, startCounting } from './statements.js';
import { survey } from './survey.js';
import { heapAfterCollections, Watch } from './watch.js';
import { readWorld } from './world.js';

const HERE = dirname(fileURLToPath(import.meta.url));

/** The country's load: 150 people, open arrivals, every list; a journal against the database; processor, memory and lag. */
export const load: Bench = {
  name: 'load',
  what: 'a country\'s load: --data FOLDER --scale 1 --rate 150 --minutes 15 --only CLASS-OR-NAME --survey --sql',
  run: async (options) => {
    // A folder without a register gets a country of its own first; one that has a register is taken as it is.
    if (options.data !== undefined && !existsSync(join(options.data, 'postgres'))) await inventCountry(['--scale', options.other('scale') ?? '1'], { ...process.env, DATA_DIR: options.data });
    const counts = options.other('sql') !== undefined || options.other('survey') !== undefined;
    const stack = await startStack({
      data: options.data, worker: true, nodeFlags: ['--trace-gc'],
      ...(counts && { postgres: { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track': 'all', 'pg_stat_statements.max': '10000', 'pg_stat_statements.track_planning': 'on' } }),
    });
    try {
      return await (options.other('survey') !== undefined ? askEachAlone(stack, options) : loaded(stack, options));
    } finally {
      await stack.stop();
    }
  },
};

const numberOf = (options: BenchOptions, name: string, fallback: number): number => Number(options.other(name) ?? fallback);

async function prepared(stack: Stack, options: BenchOptions, folder: string): Promise<{ readonly plan: Plan; readonly signOut: () => Promise<void> }> {
  const today = todayIn(new Date());
  const { people, signOut } = await signIn(stack, stack.owner, options.seed, today);
  const world = await readWorld(stack.owner, options.seed, today);
  const plan: Plan = {
    port: stack.port, seed: options.seed, today, run: `L${Date.now().toString(36)}`, rate: numberOf(options, 'rate', 150), seconds: numberOf(options, 'minutes', 1) * 60,
    warmUp: numberOf(options, 'warm-up', 30), only: options.other('only'), people, world, journal: join(folder, 'journal.jsonl'), results: join(folder, 'results.json'),
  };
  return { plan, signOut };
}

async function askEachAlone(stack: Stack, options: BenchOptions): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'register-load-'));
  const { plan, signOut } = await prepared(stack, options, folder);
  try {
    await startCounting(stack.owner);
    console.log(`\nEach operation alone, ${numberOf(options, 'times', 10)} times: ${await stack.rows()}, seed ${options.seed}`);
    return await survey(plan, stack.owner, numberOf(options, 'times', 10));
  } finally {
    await signOut();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function loaded(stack: Stack, options: BenchOptions): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'register-load-'));
  const { plan, signOut } = await prepared(stack, options, folder);
  try {
    console.log(`\nThe country's load: ${plan.rate} operations a second for ${plan.seconds} s, ${plan.people.length} people, ${await stack.rows()}, seed ${plan.seed}`);
    if (options.other('sql') !== undefined) await startCounting(stack.owner);
    const since = (await stack.owner.query<{ now: Date }>('select clock_timestamp() as now')).rows[0]?.now ?? new Date();
    const watch = new Watch([{ name: 'API', pid: stack.apiPid }, { name: 'worker', pid: stack.workerPid ?? 0 }, { name: 'PostgreSQL', pid: stack.postgresPid, cluster: true }]);
    const log = { file: join(stack.folder, 'api.log'), length: statSync(join(stack.folder, 'api.log')).size };
    const results = await drive(plan, folder);
    const usages = watch.end();
    const lag = await lagOf(stack.owner);
    console.log(tableOf(results));
    const asked = results.outcomes.reduce((sum, { latencies }) => sum + latencies.length, 0);
    console.log(`\n${usageOf(usages, results.seconds + plan.warmUp, asked)}`);
    console.log(`driver: ${results.cpu.toFixed(1)} s of processor (${(results.cpu / results.seconds).toFixed(2)} of a core), sent p99 ${results.late.p99.toFixed(1)} ms and at most ${results.late.max.toFixed(0)} ms late, ${results.inFlight} at once; p95 by minute: ${results.minutes.map((p95) => p95.toFixed(0)).join(' ')}`);
    console.log(heapOf(heapAfterCollections(readFileSync(log.file).subarray(log.length).toString())));
    console.log(lag);
    if (options.other('sql') !== undefined) console.log(await slowStatements(stack.owner));
    return told(results, await prove(stack.owner, readJournal(plan.journal), plan.run, [...new Set(plan.people.map(({ account }) => account))], since));
  } finally {
    await signOut();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A process of its own: what it computes delays nobody's answer but by the processor it takes, which is told. */
async function drive(plan: Plan, folder: string): Promise<Results> {
  const file = join(folder, 'plan.json');
  writeFileSync(file, JSON.stringify(plan));
  const child = spawn(process.execPath, ['--enable-source-maps', join(HERE, 'driver.js'), file], { stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`The driver ended with ${String(code)}.`);
  return JSON.parse(readFileSync(plan.results, 'utf8')) as Results;
}

/** How much of the outbox waits for the queue, right at the end; and how long until nothing does. */
async function lagOf(owner: pg.Pool): Promise<string> {
  const waiting = async (): Promise<{ n: number; seconds: number }> => (await owner.query<{ n: number; seconds: number }>(
    `select count(*)::int as n, coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float as seconds from platform.outbox where relayed_at is null`,
  )).rows[0] ?? { n: 0, seconds: 0 };
  const jobs = async (): Promise<number> => (await owner.query<{ n: number }>(`select count(*)::int as n from bullmq.job where state in ('waiting', 'active')`)).rows[0]?.n ?? 0;
  const [first, queued] = [await waiting(), await jobs()];
  const began = performance.now();
  while (((await waiting()).n > 0 || (await jobs()) > 0) && performance.now() - began < 60_000) await new Promise((done) => setTimeout(done, 250));
  return `outbox at the end: ${first.n} rows wait, the oldest ${first.seconds.toFixed(1)} s; queue: ${queued} jobs; all done after ${((performance.now() - began) / 1000).toFixed(1)} s`;
}

function told(results: Results, { verdict, sabotaged }: Proof): boolean {
  console.log(`\n${verdictLine(verdict)}${verdict.examples.map((one) => `\n  ${one}`).join('')}`);
  console.log(`damaged on purpose: ${sabotaged.map(({ what, seen }) => `${what}: ${seen ? 'seen' : 'NOT SEEN'}`).join('; ')}`);
  const [errors, slow] = [errorsOf(results), beyond(results)];
  if (results.unasked.length > 0) console.log(`not asked, for there is nothing of the kind: ${results.unasked.join('; ')}`);
  console.log(errors.length === 0 ? 'errors: 0' : `errors:\n  ${errors.join('\n  ')}`);
  console.log(slow.length === 0 ? 'within p95 250 ms and p99 800 ms' : `beyond the goal:\n  ${slow.join('\n  ')}`);
  return errors.length === 0 && slow.length === 0 && isWhole(verdict) && sabotaged.every(({ seen }) => seen);
}
