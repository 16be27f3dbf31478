import type { CivilDate } from '../kernel/civil-date.js';
import { mayEver } from '../platform/auth/acts.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import { CORRECTION } from './corrections.repo.js';
import type { CorrectionRow } from './corrections.repo.js';
import { acts } from './placements.policy.js';

/** Corrections by id, of the children that row security lets through. */
export const correctionById = defineLoader<CorrectionRow>('correction', async (op, ids) =>
  inOrder(ids, await op.tx.rows<CorrectionRow>(`select ${CORRECTION} from placements.corrections where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** The corrections of children, the latest first, at most 50 each; none for an institution's staff. */
export const correctionsOfChild = defineLoader<CorrectionRow[]>('correctionsOfChild', async (op, ids) => {
  if (!mayEver(op.actor, acts['correction.read'])) return ids.map(() => []);
  const rows = await op.tx.rows<CorrectionRow>(`select ${CORRECTION} from placements.corrections where child_id = any ($1::uuid[]) order by proposed_at desc, id desc limit 5000`, [ids]);
  return ids.map((id) => rows.filter((row) => row.child_id === id).slice(0, 50));
});

export interface VersionRow {
  readonly id: string;
  readonly child_id: string;
  readonly kind: string;
  readonly starts: CivilDate;
  readonly ends: CivilDate | null;
  readonly institution_id: string | null;
  readonly family_id: string | null;
  readonly recorded_by: string | null;
  readonly recorded_at: Date;
  readonly replaced_at: Date;
}

export interface RecordingRow {
  readonly child_id: string;
  readonly id: string;
  readonly act: string;
  readonly at: Date;
  readonly actor_id: string | null;
  readonly on_day: CivilDate | null;
}

/** What was recorded of where children live, the latest first, at most 100 each; none for an institution's staff. */
export const recordingsOfChild = defineLoader<RecordingRow[]>('recordingsOfChild', async (op, ids) => {
  if (!mayEver(op.actor, acts['correction.read'])) return ids.map(() => []);
  const rows = await op.tx.rows<RecordingRow>(
    `select c.id as child_id, a.* from unnest($1::uuid[]) as c (id)
     cross join lateral (select id, act, at, actor_id, on_day from platform.acts where (about_id = c.id or subject_id = c.id) and act = any ($2::text[]) order by at desc, id desc limit 100) a`,
    [ids, Object.values<string>(acts)],
  );
  return ids.map((id) => rows.filter((row) => row.child_id === id));
});

/** What was written of children's timelines before, the latest replaced first, at most 200 rows each. */
export const timelineBefore = defineLoader<VersionRow[]>('timelineBefore', async (op, ids) => {
  const rows = await op.tx.rows<VersionRow>(
    `select id, child_id, kind, lower(during) as starts, upper(during) as ends, institution_id, family_id, recorded_by, lower(recorded) as recorded_at, upper(recorded) as replaced_at
     from placements.episode_versions where child_id = any ($1::uuid[]) order by child_id, seq desc limit 10000`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.child_id === id).slice(0, 200));
});
