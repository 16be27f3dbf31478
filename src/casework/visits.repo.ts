import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import type { VisitState } from './visit.domain.js';

/**
 * Whose visits they are: those of the office that placed the child. Where the family was that office's too and has moved
 * to another one since, they are that one's, as the child is; who planned the stay lives too far away to go on visiting.
 */
const MOVED = `exists (select from carers.family_moves m where m.family_id = p.family_id and m.from_office = p.office_id and m.to_office <> m.from_office and m.on_day >= p.starts_on)`;
const OFFICE = `case when ${MOVED} then p.family_office_id else p.office_id end as office_id`;

export interface LockedVisit {
  readonly id: string;
  readonly child_id: string;
  readonly placement_id: string;
  readonly family_id: string;
  readonly office_id: string;
  readonly worker_id: string | null;
  readonly ordinal: number;
  readonly state: VisitState;
  readonly happened_on: CivilDate | null;
  readonly starts_on: CivilDate;
  readonly placement_state: string;
}

/** The child of a visit that the actor may see. */
export async function childOfVisit(op: Op, id: string): Promise<string | undefined> {
  return (await op.tx.row<{ child_id: string }>('select child_id from casework.visits where id = $1', [id]))?.child_id;
}

/** A visit with its placement's dates, once its child is locked. */
export async function readVisit(op: Op, id: string): Promise<LockedVisit | undefined> {
  return op.tx.row<LockedVisit>(
    `select v.id, v.child_id, v.placement_id, p.family_id, ${OFFICE}, v.worker_id, v.ordinal, v.state, v.happened_on, p.starts_on, p.state as placement_state
     from casework.visits v join placements.placements p on p.id = v.placement_id where v.id = $1`,
    [id],
  );
}

export interface PlacementFacts {
  readonly id: string;
  readonly child_id: string;
  readonly family_id: string;
  readonly office_id: string;
  readonly planned_by: string | null;
  /** The family has moved to another office since. */
  readonly moved: boolean;
  readonly starts_on: CivilDate;
  readonly state: string;
}

/** What visits need to know of a placement. */
export async function placementFacts(op: Op, id: string): Promise<PlacementFacts | undefined> {
  return op.tx.row<PlacementFacts>(`select p.id, p.child_id, p.family_id, ${OFFICE}, p.planned_by, ${MOVED} as moved, p.starts_on, p.state from placements.placements p where p.id = $1`, [id]);
}

/** How far the visits of a placement have come: the last ordinal, and whether one is still due. */
export async function visitsSoFar(op: Op, placementId: string): Promise<{ last: number; open: string | null }> {
  const row = await op.tx.row<{ last: number; open: string | null }>(
    `select coalesce(max(ordinal), 0)::int as last, (array_agg(id) filter (where state = 'due'))[1] as open from casework.visits where placement_id = $1`,
    [placementId],
  );
  return row ?? { last: 0, open: null };
}

/** A visit that is due is nobody's own any more. Gives what its task says of it, and whether it was somebody's. */
export async function releaseVisit(op: Op, id: string): Promise<{ readonly ordinal: number; readonly dueOn: CivilDate; readonly released: boolean } | undefined> {
  const released = (await op.tx.run('update casework.visits set worker_id = null, version = version + 1 where id = $1 and worker_id is not null', [id])) > 0;
  const row = await op.tx.row<{ ordinal: number; due_on: CivilDate }>('select ordinal, due_on from casework.visits where id = $1', [id]);
  return row && { ordinal: row.ordinal, dueOn: row.due_on, released };
}

export async function insertVisit(op: Op, visit: { id: string; placement: PlacementFacts; visitor: string | null; ordinal: number; dueOn: CivilDate }): Promise<void> {
  const { id, placement, visitor, ordinal, dueOn } = visit;
  await op.tx.run(
    `insert into casework.visits (id, child_id, placement_id, office_id, worker_id, ordinal, due_on) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict on constraint visits_once do nothing`,
    [id, placement.child_id, placement.id, placement.office_id, visitor, ordinal, dueOn],
  );
}

export async function tapVisit(op: Op, id: string, by: string, on: CivilDate): Promise<void> {
  await op.tx.run(`update casework.visits set state = 'seen', happened_on = $3, tapped_by = $2, tapped_at = $4, version = version + 1 where id = $1`, [id, by, on, op.now]);
}

export async function recordVisit(op: Op, id: string, by: string, on: CivilDate, record: { seenAlone: boolean; worry: boolean; text: object }): Promise<void> {
  await op.tx.run(
    `update casework.visits set state = 'recorded', happened_on = $3, recorded_by = $2, recorded_at = $4, seen_alone = $5, worry = $6, record = $7, version = version + 1 where id = $1`,
    [id, by, on, op.now, record.seenAlone, record.worry, JSON.stringify(record.text)],
  );
}

export async function cancelVisit(op: Op, id: string): Promise<void> {
  await op.tx.run(`update casework.visits set state = 'cancelled', version = version + 1 where id = $1`, [id]);
}

/** Days on which nobody works, for two years from a day. */
export async function holidaysFrom(op: Op, day: CivilDate): Promise<ReadonlySet<string>> {
  const rows = await op.tx.rows<{ day: string }>(`select day from territory.holidays where day between $1::date - 31 and $1::date + 800`, [day]);
  return new Set(rows.map((row) => row.day));
}
