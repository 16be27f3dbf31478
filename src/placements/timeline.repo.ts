import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { IN_CARE, OUT_OF_CARE } from './timeline.domain.js';
import type { Episode, EpisodeKind, Moved, Whereabouts } from './timeline.domain.js';

interface EpisodeRow {
  readonly id: string;
  readonly starts: CivilDate;
  readonly ends: CivilDate | null;
  readonly kind: EpisodeKind;
  readonly institution_id: string | null;
  readonly family_id: string | null;
  readonly placement_id: string | null;
}

/** A child's timeline in order, as the actor may see it. She is locked before. */
export async function loadTimeline(op: Op, childId: string): Promise<Episode[]> {
  const rows = await op.tx.rows<EpisodeRow>(
    `select id, lower(during) as starts, upper(during) as ends, kind, institution_id, family_id, placement_id from placements.episodes where child_id = $1 order by during`,
    [childId],
  );
  return rows.map(({ id, starts, ends, kind, institution_id, family_id, placement_id }) => ({
    id, from: starts, to: ends, kind, institutionId: institution_id, familyId: family_id, placementId: placement_id,
  }));
}

/** What is written of a new stretch beside where it is lived. */
export interface NewEpisode extends Whereabouts {
  readonly childId: string;
  readonly officeId: string;
  readonly from: CivilDate;
  readonly to?: CivilDate | null;
  readonly precision?: string;
  readonly basis?: string;
  readonly breaches?: readonly string[];
}

// The service asks first and under lock; these answer for whoever forgets.
const BROKEN = { episodes_pkey: 'BEFORE_LAST_MOVE', episodes_after_birth: 'BEFORE_BIRTH', episodes_before_death: 'AFTER_DEATH' };

/** Ends the open stretch and writes the next one. Gives its id. */
export async function writeMove(op: Op, moved: Moved, next: NewEpisode): Promise<string> {
  if (moved.ends !== null) await endEpisode(op, moved.ends.id, next.from);
  const id = newId();
  await refuseWhenBroken(
    op.tx.run(
      `insert into placements.episodes (id, child_id, during, kind, institution_id, family_id, placement_id, precision, basis, breaches, office_id)
       values ($1, $2, daterange($3, $4), $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        id, next.childId, next.from, next.to ?? null, next.kind, next.institutionId, next.familyId, next.placementId, next.precision ?? 'day', next.basis ?? 'recorded',
        [...(next.breaches ?? [])], next.officeId,
      ],
    ),
    BROKEN,
  );
  return id;
}

/** The open stretch ends on a day: that night she sleeps elsewhere. */
export async function endEpisode(op: Op, id: string, on: CivilDate): Promise<void> {
  await op.tx.run('update placements.episodes set during = daterange(lower(during), $2) where id = $1', [id, on]);
}

/** Begins a care period, or ends the open one, as the next stretch asks. */
export async function followCare(
  op: Op,
  childId: string,
  kind: EpisodeKind,
  on: CivilDate,
  reasons: { readonly entry: string | null; readonly end: string },
): Promise<void> {
  if (OUT_OF_CARE.includes(kind)) {
    await endCare(op, childId, on, reasons.end);
    return;
  }
  if (!IN_CARE.includes(kind)) return;
  await op.tx.run(
    `insert into placements.care_periods (id, child_id, during, previous_id, entry_reason)
     select $1, $2, daterange($3, null), (select p.id from placements.care_periods p where p.child_id = $2 order by p.during desc limit 1), $4
     where not exists (select from placements.care_periods p where p.child_id = $2 and upper_inf(p.during))`,
    [newId(), childId, on, reasons.entry],
  );
}

/** Ends the open care period, if there is one. */
export async function endCare(op: Op, childId: string, on: CivilDate, reason: string): Promise<void> {
  await op.tx.run('update placements.care_periods set during = daterange(lower(during), $2), end_reason = $3 where child_id = $1 and upper_inf(during)', [childId, on, reason]);
}

/** The id of the open care period. */
export async function openCarePeriod(op: Op, childId: string): Promise<string | undefined> {
  return (await op.tx.row<{ id: string }>('select id from placements.care_periods where child_id = $1 and upper_inf(during)', [childId]))?.id;
}
