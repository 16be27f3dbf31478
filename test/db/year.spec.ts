import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { sentenceOf } from '../../src/carers/verify.queries.js';
import type { Ask } from '../../src/carers/verify.queries.js';
import { verifyStandings } from '../../src/verify.command.js';
import { Harness } from '../support/harness.js';
import { Tokens } from '../../src/platform/auth/tokens.js';
import { INVARIANTS, SABOTAGE } from '../support/year/invariants.js';
import { live } from '../support/year/live.js';
import { Year } from '../support/year/year.js';

/** Under `npm run prove` a whole year, a busy one and with as many seeds as chunks; otherwise six quiet weeks. */
const proving = process.env['PROVE_TRIALS'] !== undefined;
const seed = process.env['YEAR_SEED'] ?? `recruitment-${Number(process.env['PROVE_SHIFT'] ?? 0)}`;
const DAYS = Number(process.env['YEAR_DAYS'] ?? (proving ? 365 : 42));
const DEEDS = proving ? 20 : 10;

const STANDBY = 'the stand-by list is what the facts say';

let harness: Harness;
let year: Year;

beforeAll(async () => {
  harness = await Harness.start();
  year = await Year.begin(harness, seed);
});
afterAll(async () => {
  await year.end();
  await harness.stop();
});

/** Asks as the owner, on one connection or on any. */
function askOf(owner: Pick<pg.Pool | pg.PoolClient, 'query'>): Ask {
  return async <T>(sql: string, values: readonly unknown[] = []) => (await (owner as pg.Pool).query(sql, [...values])).rows as T[];
}

/** What breaks each invariant today, by its name; broken ones only. */
async function breaches(ask: Ask, only = ''): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [name, sql] of INVARIANTS.filter(([one]) => one.startsWith(only))) {
    const rows = await ask<{ b: string }>(`select to_jsonb(b)::text as b from (${sql}) b where $1::date is not null limit 5`, [year.today]);
    if (rows.length > 0) found[name] = rows.map(({ b }) => b);
  }
  if (!STANDBY.startsWith(only)) return found;
  const differences = await verifyStandings(ask, harness.clock.now());
  if (differences.length > 0) found[STANDBY] = differences.slice(0, 5).map(sentenceOf);
  return found;
}

/** The funnel as each supervisor is answered, beside the rows of her area counted one by one. */
async function funnels(): Promise<string[]> {
  const wrong: string[] = [];
  for (const who of [year.anyone('02', 'supervisor'), year.anyone('17', 'supervisor')]) {
    const token = await harness.app.get(Tokens, { strict: false }).issue({ userId: who.account, sessionId: who.person.sessionId });
    const { data } = await harness.send(`query ($until: Day!) { recruitmentFunnel(from: "2025-01-01", until: $until) { enquiries followedUp applied presented approved refused withdrawn } }`, { until: year.today }, { token });
    const [counted] = await year.sql(
      `select count(*)::int as enquiries, count(*) filter (where exists (select from recruitment.follow_ups u where u.enquiry_id = e.id))::int as "followedUp", count(a.id)::int as applied,
         count(*) filter (where exists (select from recruitment.panels p where p.application_id = a.id))::int as presented, count(*) filter (where a.state = 'approved')::int as approved,
         count(*) filter (where a.state = 'refused')::int as refused, count(*) filter (where a.state = 'withdrawn')::int as withdrawn
       from recruitment.enquiries e left join recruitment.applications a on a.enquiry_id = e.id where e.duplicate_of is null and e.area_code like $1 || '%'`, [who.area],
    );
    if (JSON.stringify(data?.recruitmentFunnel) !== JSON.stringify(counted)) wrong.push(`${who.area}: told ${JSON.stringify(data)}, counted ${JSON.stringify(counted)}`);
  }
  return wrong;
}

/** Says what was done, by act and refusal, for the proof; `YEAR_SAID` for whoever runs it alone. */
function say(text: string): void {
  const journal = process.env['PROVE_JOURNAL'];
  if (journal !== undefined) appendFileSync(journal, `${JSON.stringify({ said: text })}\n`);
  else if (process.env['YEAR_SAID'] !== undefined) process.stderr.write(`${text}\n`);
}

describe('a year of recruitment', () => {
  it(`leaves no invariant broken (seed ${seed}, ${DAYS} days)`, async () => {
    const found: Record<string, string[]> = {};
    await live(year, DAYS, DEEDS, proving ? 30 : 21, async () => {
      for (const [name, rows] of Object.entries(await breaches(askOf(harness.owner)))) found[name] ??= [`first seen on ${year.today}`, ...rows];
      const told = await funnels();
      if (told.length > 0) found['the funnel counts what there is'] ??= told;
    });
    say(`seed ${seed}, until ${year.today}: ${year.report().join('\n')}`);
    expect({ broken: year.broken, found }).toEqual({ broken: [], found: {} });
    expect(year.counts.get('approveFamily ok') ?? 0).toBeGreaterThan(0);
  }, 1_200_000);

  it.each(SABOTAGE)('would have seen: %s', async (name, sabotage) => {
    const client = await harness.owner.connect();
    try {
      await client.query('begin');
      await client.query('set local session_replication_role = replica');
      expect((await client.query(sabotage, sabotage.includes('$1') ? [year.today] : [])).rowCount).toBeGreaterThan(0);
      expect(Object.keys(await breaches(askOf(client), name))).toHaveLength(1);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
