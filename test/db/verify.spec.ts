import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { sentenceOf } from '../../src/carers/verify.queries.js';
import { verifyStandings, verifyStandingsCommand } from '../../src/verify.command.js';
import { approvedByActs, colleagues } from '../support/approved-by-acts.js';
import type { ApprovedByActs, Colleagues } from '../support/approved-by-acts.js';
import { resident } from '../support/given-placements.js';
import type { Resident } from '../support/given-placements.js';
import { Harness, newKey } from '../support/harness.js';
import type { Outcome } from '../support/harness.js';
import { ask, choiceOf, entryOf, heard, propose, reply } from '../support/match-calls.js';
import { absence, approvedPlan, back, cancel, corrected, death, end, fact, missing, plan, start } from '../support/placement-calls.js';

let harness: Harness;
let all: Colleagues;
let owner: pg.Client;
beforeAll(async () => {
  harness = await Harness.start();
  all = await colleagues(harness);
  owner = new pg.Client({ connectionString: harness.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await harness.stop();
});

const TODAY = '2026-06-15';
const found = async (): Promise<string[]> => (await verifyStandings(async <T>(sql: string, values: readonly unknown[] = []) => (await owner.query(sql, [...values])).rows as T[], harness.clock.now())).map(sentenceOf);
const day = (n: number): string => new Date(Date.UTC(2026, 4, 11 + n)).toISOString().slice(0, 10);

/** What a history happens to: how many acts were taken, by name. */
interface World {
  readonly families: ApprovedByActs[];
  readonly children: Resident[];
  readonly taken: Map<string, number>;
}

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

/** Acts of every room that touches the stand-by list. `a`, `b` choose whom, `d` the day; most may be refused, and that is no fault. */
const ACTS: Readonly<Record<string, (world: World, a: number, b: number, d: number) => Promise<Outcome | undefined>>> = {
  suspend: ({ families }, a, b, d) => all.supervisor.act('suspendFamily', { familyId: pick(families, a)?.id, on: day(d), reason: pick(['allegation', 'standards', 'own_wish'], b) }, 'Family { id }', 'CarersRefused'),
  lift: async ({ families }, a, b, d) => {
    const rows = await harness.sql<{ id: string }>(`select id from carers.standings where family_id = $1 and code = 'suspension' order by id`, [pick(families, a)?.id]);
    const one = pick(rows, b);
    return one && all.supervisor.act('liftSuspension', { familyId: pick(families, a)?.id, standingId: one.id, on: day(d) }, 'Family { id }', 'CarersRefused');
  },
  addAdult: ({ families }, a, b, d) => all.worker.act('addAdult', { familyId: pick(families, a)?.id, nameLatin: 'Chea Nary', sex: 'female', birthDate: '1960-01-01', carer: b % 2 === 0, on: day(d) }, 'Family { id }', 'CarersRefused'),
  adultLeft: async ({ families }, a, b, d) => {
    const one = pick(await harness.sql<{ id: string }>('select id from carers.adults where family_id = $1 order by id', [pick(families, a)?.id]), b);
    return one && all.worker.act('adultLeft', { adultId: one.id, on: day(d), reason: pick(['moved', 'separated', 'died'], d) }, 'Family { id }', 'CarersRefused');
  },
  close: ({ families }, a, _, d) => all.supervisor.act('closeFamily', { familyId: pick(families, a)?.id, on: day(d), reason: 'resigned' }, 'Family { id }', 'CarersRefused'),
  check: ({ families }, a, b, d) => all.supervisor.act('renewCheck', {
    adultId: pick(pick(families, a)?.adults ?? [], b), kind: pick(['identity', 'criminal_record', 'health', 'no_violence'], a + b + d), outcome: d % 7 === 0 ? 'concern' : 'clear',
    on: day(d), validUntil: pick(['2026-06-18', '2026-06-30', '2028-01-01'], a + d),
  }, 'Family { id }', 'RecruitmentRefused'),
  review: ({ families }, a, b, d) => all.supervisor.act('reviewFamily', {
    familyId: pick(families, a)?.id, on: day(d), outcome: pick(['confirmed', 'changed', 'confirmed', 'suspended', 'changed', 'removed'], b), reason: 'Visited at home.',
    ...(b % 6 === 1 || b % 6 === 4 ? { terms: { places: 1 + (d % 3), youngest: 0, oldest: 17, sexes: ['female', 'male'], needs: [], careKinds: ['foster'] } } : {}),
  }, 'Family { id }', 'RecruitmentRefused'),
  exempt: ({ families }, a, _, d) => all.supervisor.act('grantExemption', { familyId: pick(families, a)?.id, from: day(d), to: day(d + 20), reason: 'siblings', citation: 'Letter 12' }, 'Family { id }', 'CarersRefused'),
  report: ({ families }, a, b, d) => all.worker.act('reportConcern', { familyId: pick(families, a)?.id, on: day(d), kind: pick(['worry', 'allegation'], b) }, 'Family { id }', 'CarersRefused'),
  ownChild: ({ families }, a, b, d) => all.worker.act('recordOwnChild', {
    familyId: pick(families, a)?.id, nameLatin: 'Chea Bopha', sex: 'female', birthDate: pick(['2008-06-01', '2012-01-01'], b), on: day(d),
  }, 'Family { id }', 'CarersRefused'),
  fact: ({ families, children }, a, b, d) => fact(all.worker, { childId: pick(children, b)?.id, familyId: pick(families, a)?.id, on: day(d) }),
  plan: ({ families, children }, a, b, d) => plan(all.worker, { childId: pick(children, b)?.id, familyId: pick(families, a)?.id, startsOn: day(d + 20) }),
  cancel: async (_, a) => {
    const one = pick(await harness.sql<{ id: string }>(`select id from placements.placements where state in ('planned', 'approved') order by id`), a);
    return one && cancel(all.worker, one.id);
  },
  start: async ({ families, children }, a, b) => {
    try {
      return await start(all.worker, await approvedPlan(all.worker, all.supervisor, { childId: pick(children, b)?.id ?? '', familyId: pick(families, a)?.id ?? '' }));
    } catch {
      return undefined;
    }
  },
  end: async (_, a, b, d) => {
    const one = pick(await harness.sql<{ id: string }>(`select id from placements.placements where state = 'active' order by id`), a);
    return one && end(all.worker, one.id, { on: day(d), ...(b % 4 === 0 ? { reason: 'died', goesTo: undefined } : {}) });
  },
  away: ({ families, children }, a, b, d) => absence(all.worker, pick(children, b)?.id ?? '', { on: day(d), kind: pick(['respite', 'hospital', 'family_visit'], d), ...(d % 3 === 0 ? { respiteFamilyId: pick(families, a)?.id } : {}) }),
  missing: ({ children }, _, b, d) => missing(all.worker, pick(children, b)?.id ?? '', { on: day(d) }),
  back: ({ children }, _, b, d) => back(all.worker, pick(children, b)?.id ?? '', { on: day(d) }),
  died: ({ children }, a, b, d) => death(all.worker, a === 0 ? (pick(children, b)?.id ?? '') : newKey(), { on: day(d) }),
  correct: async ({ children }, a, b, d) => {
    const child = pick(children, b);
    const one = pick(await harness.sql<{ id: string }>('select id from placements.episodes where child_id = $1 order by id', [child?.id]), a);
    return one && corrected(all.worker, all.supervisor, { childId: child?.id, episodeId: one.id, startsOn: day(d) });
  },
  decline: async ({ families, children }, a, b) => {
    const list = (await ask(all.worker, { childIds: [pick(children, b)?.id], careKind: 'foster' })).result;
    const family = pick(families, a)?.id ?? '';
    if (list?.families === undefined || entryOf(list, family) === undefined) return undefined;
    const proposed = (await propose(all.worker, choiceOf(list, family))).result;
    if (proposed?.id !== undefined) await heard(harness, proposed.id);
    return reply(all.worker, { proposalId: proposed?.id, answer: 'declined', reason: 'Not now.' });
  },
};
const WEIGHTS: Readonly<Record<string, number>> = { away: 5, back: 3, missing: 2, fact: 5, end: 4, plan: 3, correct: 3, check: 5, review: 4, exempt: 2, suspend: 2, lift: 2, cancel: 2, decline: 2 };

const step = fc.record({
  name: fc.oneof(...Object.keys(ACTS).map((name) => ({ weight: WEIGHTS[name] ?? 1, arbitrary: fc.constant(name) }))),
  a: fc.nat({ max: 11 }), b: fc.nat({ max: 11 }), d: fc.integer({ min: 0, max: 35 }),
});

async function history(steps: readonly { name: string; a: number; b: number; d: number }[]): Promise<World> {
  const world: World = { families: [await approvedByActs(harness, all), await approvedByActs(harness, all, 1)], children: [], taken: new Map() };
  for (let i = 0; i < 4; i += 1) world.children.push(await resident(harness));
  for (const { name, a, b, d } of steps) {
    const outcome = await ACTS[name]?.(world, a, b, d);
    if (outcome?.errors?.some((error) => error.extensions.code === 'INTERNAL')) throw new Error(`${name} failed: ${harness.logLines.filter((line) => line.includes("stack")).slice(-1).join("")}`);
    if (outcome?.result !== undefined && !/Refused$/.test(outcome.result.__typename)) world.taken.set(name, (world.taken.get(name) ?? 0) + 1);
  }
  return world;
}

let untouched: ApprovedByActs | undefined;

describe('the stand-by list recomputed from the facts', () => {
  it('is the same after any history of acts', async () => {
    const taken = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30 }), async (steps) => {
        const world = await history(steps);
        for (const [name, count] of world.taken) taken.set(name, (taken.get(name) ?? 0) + count);
        expect(await found()).toEqual([]);
      }),
      { seed: 20260615, numRuns: 4, endOnFailure: true },
    );
    // A history of refusals alone would prove nothing.
    expect([...taken.keys()]).toEqual(expect.arrayContaining(['suspend', 'away', 'fact', 'end', 'check', 'review', 'exempt']));
  });

  it.each([
    ['a check that ends a day early', `update carers.standings set during = daterange(lower(during), upper(during) - 1) where family_id = $1 and code = 'check' and adult_id = $2`, /^standings .* check .* expected \{\[.*found \{\[/],
    ['an approval from nowhere', `insert into carers.standings (id, family_id, code, during, source_id) values ($2, $1, 'approval', '[2025-01-01,2025-02-01)', $2)`, /^standings .* approval .* expected nothing/],
    ['a place too many', `insert into carers.family_places (family_id, slot, during, basis, source_id) select $1, 9, '[2026-05-10,)', 'terms', $3 where $2::uuid is not null`, /^family_places .* terms .* expected 2 on 2026-05-10, found 3/],
    ['a place for nobody', `insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id) values ($1, 1, '[2026-05-10,)', 'placement', $2)`, /^place_occupancies .* placement .* expected nothing/],
    ['a suspension that was lifted in one table only', `with s as (insert into carers.suspensions (id, family_id, reason, from_on) values ($2, $1, 'other', '2026-06-01') returning id) select 1 from s`, /^standings .* suspension .* found nothing/],
  ])('shows one row changed by hand: %s', async (_, sabotage, line) => {
    const family = (untouched ??= await approvedByActs(harness, all));
    expect(await found()).toEqual([]);
    await owner.query('begin');
    try {
      await owner.query(sabotage, [family.id, family.adults[0], family.applicationId].slice(0, sabotage.includes('$3') ? 3 : 2));
      const lines = await found();
      expect(lines).toEqual([expect.stringMatching(line)]);
    } finally {
      await owner.query('rollback');
    }
  });

  it('is a command that changes nothing and says by its exit code whether anything differs', async () => {
    const said: string[] = [];
    const run = (): Promise<number> => verifyStandingsCommand({ MIGRATE_DATABASE_URL: harness.database.ownerUrl }, { write: (text) => said.push(text) }, new Date(`${TODAY}T03:00:00Z`));
    expect(await run()).toBe(0);
    expect(said.at(-1)).toMatch(/families: nothing differs; [\d.]+ s\.\n$/);
    const family = untouched ?? (await approvedByActs(harness, all));
    await harness.sql(`update carers.standings set during = daterange(lower(during), upper(during) + 1) where family_id = $1 and code = 'approval'`, [family.id]);
    expect(await run()).toBe(1);
    expect(said.at(-1)).toMatch(/families: 1 differences;/);
  });
});
