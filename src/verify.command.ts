import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { carersFacts, sentenceOf, stepsOf } from './carers/verify.queries.js';
import type { Ask, Difference } from './carers/verify.queries.js';
import { matchingFacts } from './matching/standing-facts.js';
import { HOLDS, STAYS } from './placements/place-facts.js';
import { openOwnerDatabase } from './platform/embedded/owner-database.js';
import { REMOVALS, recruitmentFacts } from './recruitment/standing-facts.js';
import type { CommandEnv } from './register.js';
import { progressOn } from './territory/progress.js';
import type { Shown } from './territory/progress.js';
import { trainingFacts } from './training/standing-facts.js';

const CHECKOUT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** How the stand-by list differs from what the rooms that own the facts say, at one moment; nothing is changed. */
export async function verifyStandings(ask: Ask, now: Date, tell: (done: number, of: number) => void = () => undefined): Promise<Difference[]> {
  const standings = [...carersFacts, ...trainingFacts, ...recruitmentFacts, ...matchingFacts];
  const steps = stepsOf({ standings, stays: STAYS, holds: HOLDS, endings: REMOVALS, now });
  const differences: Difference[] = [];
  for (const [i, { run }] of steps.entries()) {
    differences.push(...(await run(ask)));
    tell(i + 1, steps.length);
  }
  return differences;
}

/** `register verify standings`: exit code 1 where anything differs, each difference on a line of its own. */
export async function verifyStandingsCommand(env: CommandEnv, output: Shown = process.stdout, now: Date = new Date()): Promise<number> {
  const database = await openOwnerDatabase(env, CHECKOUT);
  const client = new pg.Client({ connectionString: database.url, application_name: 'register verify' });
  const started = performance.now();
  try {
    await client.connect();
    await client.query('begin isolation level repeatable read read only');
    const [counted] = (await client.query<{ families: number }>('select count(*)::int as families from carers.families')).rows;
    const progress = progressOn(output, 'comparisons');
    const differences = await verifyStandings(async <T>(sql: string, values: readonly unknown[] = []) => (await client.query(sql, [...values])).rows as T[], now, progress.tell);
    progress.end();
    for (const difference of differences) output.write(`${sentenceOf(difference)}\n`);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const found = differences.length === 0 ? 'nothing differs' : `${differences.length.toLocaleString('en-US')} differences`;
    output.write(`${(counted?.families ?? 0).toLocaleString('en-US')} families: ${found}; ${seconds} s.\n`);
    return differences.length === 0 ? 0 : 1;
  } finally {
    await client.end();
    await database.close();
  }
}
