import type { CivilDate } from '../kernel/civil-date.js';
import { addDays, startOfDay } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';

export interface EpisodeRow {
  readonly id: string;
  readonly child_id: string;
  readonly kind: string;
  readonly starts: CivilDate;
  readonly ends: CivilDate | null;
  readonly institution_id: string | null;
  readonly family_id: string | null;
  readonly placement_id: string | null;
  readonly precision: string;
  readonly basis: string;
  readonly breaches: string[];
  readonly office_id: string;
  readonly recorded_at: Date;
  readonly recorded_by: string | null;
}

const COLUMNS = 'id, child_id, kind, lower(during) as starts, upper(during) as ends, institution_id, family_id, placement_id, precision, basis, breaches, office_id, recorded_by';

/** Episodes by id, of the children that row security lets through. */
export const episodeById = defineLoader<EpisodeRow>('episode', async (op, ids) =>
  inOrder(ids, await op.tx.rows<EpisodeRow>(`select ${COLUMNS}, recorded_at from placements.episodes where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** The timelines of children as they are known now, in order, at most 200 stretches each. */
export async function timelinesNow(op: Op, ids: readonly string[]): Promise<(EpisodeRow[] | undefined)[]> {
  const rows = await op.tx.rows<EpisodeRow>(`select ${COLUMNS}, recorded_at from placements.episodes where child_id = any ($1::uuid[]) order by child_id, during limit 10000`, [ids]);
  return ids.map((id) => rows.filter((row) => row.child_id === id).slice(0, 200));
}

/**
 * A child's timeline as the register knew it at the end of a day: rows written before that moment and not replaced
 * before it. Without a day, as it knows it now.
 */
export async function timelineAsKnown(op: Op, childId: string, on: CivilDate | null, asKnownOn: CivilDate | null): Promise<EpisodeRow[]> {
  const known = asKnownOn === null ? null : startOfDay(addDays(asKnownOn, 1));
  return op.tx.rows<EpisodeRow>(
    `select ${COLUMNS}, recorded_at from (
       select id, child_id, kind, during, institution_id, family_id, placement_id, precision, basis, breaches, office_id, recorded_by, recorded_at from placements.episodes
       where child_id = $1 and ($3::timestamptz is null or recorded_at < $3)
       union all
       select id, child_id, kind, during, institution_id, family_id, placement_id, precision, basis, breaches, office_id, recorded_by, lower(recorded) from placements.episode_versions
       where child_id = $1 and lower(recorded) < $3::timestamptz and upper(recorded) >= $3::timestamptz) as known
     where $2::date is null or during @> $2::date
     order by during limit 200`,
    [childId, on, known],
  );
}
