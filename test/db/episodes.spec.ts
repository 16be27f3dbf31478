import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newId } from '../../src/kernel/ids.js';
import { activePlacement, resident } from '../support/given-placements.js';
import type { Resident } from '../support/given-placements.js';
import { approvedFamily } from '../support/given.js';
import { Harness } from '../support/harness.js';

let harness: Harness;
let api: pg.Client;

beforeAll(async () => {
  harness = await Harness.start();
  api = new pg.Client({ connectionString: harness.database.apiUrl });
  await api.connect();
});
afterAll(async () => {
  await api.end();
  await harness.stop();
});

/** Statements in one transaction of the API's own role, as somebody of these offices; gives the constraint that broke, or null. */
async function asApi(offices: readonly string[], statements: readonly (readonly [sql: string, values: readonly unknown[]])[], institutions: readonly string[] = []): Promise<string | null> {
  await api.query('begin');
  try {
    await api.query(`select set_config('app.child_offices', $1, true), set_config('app.child_institutions', $2, true)`, [offices.join(','), institutions.join(',')]);
    for (const [sql, values] of statements) await api.query(sql, [...values]);
    await api.query('commit');
    return null;
  } catch (error) {
    await api.query('rollback');
    if (error instanceof pg.DatabaseError) return error.constraint ?? error.code ?? 'unknown';
    throw error;
  }
}

const addEpisode = (child: Resident, during: string, kind = 'home') =>
  ['insert into placements.episodes (id, child_id, during, kind, office_id) values ($1, $2, $3, $4, $5)', [newId(), child.id, during, kind, child.officeId]] as const;
const cutEpisode = (child: Resident, during: string) => ['update placements.episodes set during = $2 where id = $1', [child.episodeId, during]] as const;

describe('the database itself, whoever writes', () => {
  it('refuses two stretches on one day', async () => {
    const child = await resident(harness);
    expect(await asApi([child.officeId], [addEpisode(child, '[2026-03-01,2026-03-02)')])).toBe('episodes_pkey');
    expect(await asApi([child.officeId], [cutEpisode(child, '[2026-01-04,2026-03-01)'), addEpisode(child, '[2026-02-28,)')])).toBe('episodes_pkey');
  });

  it('refuses a gap inside a care period, of a day or for good, and lets the two ends touch', async () => {
    const child = await resident(harness);
    expect(await asApi([child.officeId], [cutEpisode(child, '[2026-01-04,2026-03-01)')])).toBe('care_periods_without_gap');
    expect(await asApi([child.officeId], [cutEpisode(child, '[2026-01-04,2026-03-01)'), addEpisode(child, '[2026-03-02,)', 'unknown')])).toBe('care_periods_without_gap');
    expect(await asApi([child.officeId], [['delete from placements.episodes where child_id = $1', [child.id]]])).toBe('care_periods_without_gap');
    expect(await asApi([child.officeId], [cutEpisode(child, '[2026-01-04,2026-03-01)'), addEpisode(child, '[2026-03-01,)', 'unknown')])).toBeNull();
  });

  it('refuses a day before the earliest possible birth and a night after death', async () => {
    const child = await resident(harness, { birthDate: '2014-02-11', birthPrecision: 'year' });
    expect(await asApi([child.officeId], [cutEpisode(child, '[2013-12-31,)')])).toBe('episodes_after_birth');
    expect(await asApi([child.officeId], [cutEpisode(child, '[2014-01-01,)')])).toBeNull();
    await harness.sql(`update children.children set died_on = '2026-06-10', last_seen_on = '2026-06-10' where id = $1`, [child.id]);
    expect(await asApi([child.officeId], [cutEpisode(child, '[2014-01-01,2026-06-12)')])).toBe('episodes_before_death');
  });

  it('refuses two families at once, two plans, and a stretch in a placement of another child', async () => {
    const { id, child, family, startsOn } = await activePlacement(harness);
    const other = await approvedFamily(harness);
    const insert = (state: string, starts: string) =>
      ['insert into placements.placements (id, child_id, family_id, care_kind, office_id, family_office_id, state, planned_on, starts_on) values ($1, $2, $3, $4, $5, $5, $6, $7, $7)',
        [newId(), child.id, other.id, 'foster', family.officeId, state, starts]] as const;
    expect(await asApi([family.officeId], [insert('active', '2026-06-01')])).toMatch(/^placements_one_(active|at_a_time)$/);
    expect(await asApi([family.officeId], [
      [`update placements.placements set state = 'ended', ended_on = '2026-06-01', end_reason = 'moved' where id = $1`, [id]], insert('active', '2026-05-31'),
    ])).toBe('placements_one_at_a_time');
    expect(await asApi([family.officeId], [insert('planned', '2026-06-01'), insert('planned', '2026-06-02')])).toBe('placements_one_plan');
    const stranger = await resident(harness);
    expect(await asApi([stranger.officeId], [
      cutEpisode(stranger, `[2026-01-04,${startsOn})`),
      ['insert into placements.episodes (id, child_id, during, kind, family_id, placement_id, office_id) values ($1, $2, daterange($3, null), $4, $5, $6, $7)', [newId(), stranger.id, startsOn, 'foster', family.id, id, family.officeId]],
    ])).toBe('episodes_placement');
  });

  it('refuses a kind without its place, and a place without its kind', async () => {
    const child = await resident(harness);
    expect(await asApi([child.officeId], [cutEpisode(child, '[2026-01-04,2026-03-01)'), addEpisode(child, '[2026-03-01,)', 'institution')])).toBe('episodes_where');
    expect(await asApi([child.officeId], [['update placements.episodes set kind = $2 where id = $1', [child.episodeId, 'home']]])).toBe('episodes_where');
  });

  it('keeps every replaced row, and lets nobody change or forge what was known', async () => {
    const child = await resident(harness);
    await asApi([child.officeId], [cutEpisode(child, '[2026-01-05,)')]).then((broken) => expect(broken).toBe('care_periods_without_gap'));
    await asApi([child.officeId], [cutEpisode(child, '[2026-01-03,)')]);
    await asApi([child.officeId], [cutEpisode(child, '[2026-01-02,)'), cutEpisode(child, '[2026-01-01,)')]);
    const versions = await harness.sql<{ during: string; known: boolean }>(
      'select during::text, upper(recorded) > lower(recorded) as known from placements.episode_versions where child_id = $1 order by seq', [child.id],
    );
    expect(versions).toEqual([{ during: '[2026-01-04,)', known: true }, { during: '[2026-01-03,)', known: true }]);
    const forged = ['insert into placements.episodes (id, child_id, during, kind, office_id, recorded_at) values ($1, $2, $3, $4, $5, now() - interval \'1 year\')', [newId(), child.id, '[2025-01-01,2025-02-01)', 'home', child.officeId]] as const;
    expect(await asApi([child.officeId], [forged])).toBe('42501');
    for (const change of ['update placements.episode_versions set kind = \'home\'', 'delete from placements.episode_versions', 'delete from placements.gatekeepings', 'delete from placements.breaches']) {
      expect(await asApi([child.officeId], [[change, []]])).toBe('42501');
    }
  });

  it('shows and takes rows only of the offices that have the child, and of her own house to its staff', async () => {
    const child = await resident(harness);
    const count = async (offices: string[], institutions: string[] = [], table = 'episodes'): Promise<number> => {
      await api.query('begin');
      await api.query(`select set_config('app.child_offices', $1, true), set_config('app.child_institutions', $2, true)`, [offices.join(','), institutions.join(',')]);
      const { rows } = await api.query<{ n: number }>(`select count(*)::int as n from placements.${table} where child_id = $1`, [child.id]);
      await api.query('rollback');
      return rows[0]?.n ?? -1;
    };
    expect(await count([child.officeId])).toBe(1);
    expect(await count([newId()])).toBe(0);
    expect(await count([])).toBe(0);
    expect(await count([], [child.institutionId])).toBe(1);
    expect(await count([], [newId()])).toBe(0);
    expect([await count([child.officeId], [], 'gatekeepings'), await count([], [child.institutionId], 'gatekeepings')]).toEqual([1, 0]);
    expect(await asApi([newId()], [addEpisode(child, '[2020-01-01,2020-02-01)')])).toBe('42501');
  });
});
