import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { overlaps, intersect } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { careRuns, rewritten, stays } from './corrections.domain.js';
import type { Edit } from './corrections.domain.js';
import type { Episode } from './timeline.domain.js';

export interface CorrectionRow {
  readonly id: string;
  readonly child_id: string;
  readonly office_id: string;
  readonly what: Edit['what'];
  readonly edit: Edit;
  readonly read_timeline: string;
  readonly reason: string;
  readonly note: string;
  readonly state: 'proposed' | 'applied' | 'declined';
  readonly proposed_by: string;
  readonly proposed_at: Date;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly decline_note: string | null;
}

export const CORRECTION = 'id, child_id, office_id, what, edit, read_timeline, reason, note, state, proposed_by, proposed_at, decided_by, decided_at, decline_note';

/** A timeline as one text: two are the same where nobody has written in between. */
export function asRead(timeline: readonly Episode[]): string {
  return timeline.map((one) => [one.id, one.from, one.to, one.kind, one.institutionId, one.familyId, one.placementId].join(' ')).join('\n');
}

/** A proposal; a second one for the child waits until the first is decided. */
export async function insertCorrection(op: Op, row: { readonly id: string; readonly childId: string; readonly officeId: string; readonly edit: Edit; readonly readTimeline: string; readonly reason: string; readonly note: string }): Promise<void> {
  const { id, childId, officeId, edit, readTimeline, reason, note } = row;
  await refuseWhenBroken(
    op.tx.run(
      'insert into placements.corrections (id, child_id, office_id, what, edit, read_timeline, reason, note, proposed_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [id, childId, officeId, edit.what, JSON.stringify(edit), readTimeline, reason, note, actorId(op)],
    ),
    { corrections_one_waiting: 'CORRECTION_WAITING' },
  );
}

/** A proposal before its roots are locked; `lock` after them. */
export async function findCorrection(op: Op, id: string, lock = false): Promise<CorrectionRow | undefined> {
  return op.tx.row<CorrectionRow>(`select ${CORRECTION} from placements.corrections where id = $1${lock ? ' for no key update' : ''}`, [id]);
}

export async function decideCorrection(op: Op, id: string, state: 'applied' | 'declined', declineNote: string | null): Promise<void> {
  await op.tx.run('update placements.corrections set state = $2, decided_by = $3, decided_at = $4, decline_note = $5 where id = $1', [id, state, actorId(op), op.now, declineNote]);
}

/** Who wrote these stretches last, and when. */
export async function authorsOf(op: Op, ids: readonly string[]): Promise<{ readonly recorded_by: string | null; readonly recorded_at: Date }[]> {
  return op.tx.rows('select recorded_by, recorded_at from placements.episodes where id = any ($1::uuid[])', [ids]);
}

/** The families that a child lived with or had a bed in, and a further one: the order in which families are locked. */
export async function familiesOf(op: Op, childId: string, also: string | null): Promise<string[]> {
  const rows = await op.tx.rows<{ family_id: string }>(
    `select family_id from placements.placements where child_id = $1 and state in ('active', 'ended') union select family_id from placements.episodes where child_id = $1 and family_id is not null`,
    [childId],
  );
  return [...new Set([...rows.map(({ family_id }) => family_id), ...(also === null ? [] : [also])])].sort();
}

/** The office that answers for a stretch: its institution's, its family's, or the one given. */
export async function officeOf(op: Op, one: Episode, otherwise: string, families: ReadonlyMap<string, { readonly office_id: string }>): Promise<string | undefined> {
  if (one.institutionId !== null) return (await op.tx.row<{ office_id: string }>('select office_id from institutions.institutions where id = $1', [one.institutionId]))?.office_id;
  return (one.familyId === null ? undefined : families.get(one.familyId)?.office_id) ?? otherwise;
}

/** Writes a timeline over another: what is gone first, then what shrinks, then what grows, so that nothing overlaps on the way. */
export async function writeTimeline(op: Op, childId: string, before: readonly Episode[], after: readonly Episode[], offices: ReadonlyMap<string, string>): Promise<void> {
  const now = new Map(after.map((one) => [one.id, one]));
  const known = new Set(before.map(({ id }) => id));
  const kept: Episode[] = [];
  for (const old of rewritten(before, after)) {
    const one = now.get(old.id);
    const common = one === undefined ? undefined : intersect(old, one);
    if (one === undefined || common === undefined) {
      await op.tx.run('delete from placements.episodes where id = $1', [old.id]);
      known.delete(old.id);
      continue;
    }
    kept.push(one);
    if (common.from !== old.from || common.to !== old.to) await op.tx.run('update placements.episodes set during = daterange($2, $3) where id = $1', [old.id, common.from, common.to]);
  }
  for (const one of kept) {
    const office = offices.get(one.id) ?? null;
    await refuseWhenBroken(
      op.tx.run(
        `update placements.episodes set during = daterange($2, $3), kind = $4, institution_id = $5, family_id = $6, placement_id = $7, basis = 'correction', office_id = coalesce($8, office_id) where id = $1`,
        [one.id, one.from, one.to, one.kind, one.institutionId, one.familyId, one.placementId, office],
      ),
      BROKEN,
    );
  }
  for (const one of after.filter(({ id }) => !known.has(id))) {
    await refuseWhenBroken(
      op.tx.run(
        `insert into placements.episodes (id, child_id, during, kind, institution_id, family_id, placement_id, basis, office_id) values ($1, $2, daterange($3, $4), $5, $6, $7, $8, 'correction', $9)`,
        [one.id, childId, one.from, one.to, one.kind, one.institutionId, one.familyId, one.placementId, offices.get(one.id)],
      ),
      BROKEN,
    );
  }
}

// The domain asks first and under lock; these answer for whoever forgets.
const BROKEN = { episodes_after_birth: 'BEFORE_BIRTH', episodes_before_death: 'AFTER_DEATH' };

interface Period extends DayRange {
  readonly id: string;
}

/** Care periods begin and end with what the timeline says now; where two became one, what was decided in the second belongs to the first. */
export async function writeCare(op: Op, childId: string, before: readonly Episode[], after: readonly Episode[]): Promise<void> {
  const runs = careRuns(after);
  if (JSON.stringify(careRuns(before)) === JSON.stringify(runs)) return;
  const periods = await op.tx.rows<Period>(`select id, lower(during) as "from", upper(during) as "to" from placements.care_periods where child_id = $1 order by during`, [childId]);
  const taken = new Map<Period, DayRange>();
  for (const run of runs) {
    const mine = periods.find((period) => !taken.has(period) && overlaps(period, run));
    if (mine !== undefined) taken.set(mine, run);
  }
  for (const period of periods.filter((one) => !taken.has(one))) await dropPeriod(op, period, taken);
  for (const [period, run] of taken) {
    const common = intersect(period, run) ?? run;
    await writePeriod(op, period.id, common);
  }
  for (const [period, run] of taken) await writePeriod(op, period.id, run);
  for (const run of runs.filter((one) => ![...taken.values()].includes(one))) {
    await op.tx.run(
      `insert into placements.care_periods (id, child_id, during, previous_id, end_reason)
       select $1, $2, daterange($3, $4), (select p.id from placements.care_periods p where p.child_id = $2 and lower(p.during) < $3 order by p.during desc limit 1), $5`,
      [newId(), childId, run.from, run.to, run.to === null ? null : 'correction'],
    );
  }
}

async function writePeriod(op: Op, id: string, { from, to }: DayRange): Promise<void> {
  await op.tx.run(
    `update placements.care_periods set during = daterange($2, $3), end_reason = case when $3::date is null then null else coalesce(end_reason, 'correction') end
     where id = $1 and during <> daterange($2, $3)`,
    [id, from, to],
  );
}

async function dropPeriod(op: Op, period: Period, taken: ReadonlyMap<Period, DayRange>): Promise<void> {
  const heir = [...taken].find(([, run]) => overlaps(run, period))?.[0] ?? [...taken.keys()][0];
  if (heir === undefined) throw new Error('A timeline without a care period was to be written over one with.');
  await op.tx.run('update placements.gatekeepings set care_period_id = $2 where care_period_id = $1', [period.id, heir.id]);
  await op.tx.run('update placements.care_periods set previous_id = nullif($2::uuid, id) where previous_id = $1', [period.id, heir.id]);
  await op.tx.run('delete from placements.care_periods where id = $1', [period.id]);
}

/** Stays with families begin and end with what the timeline says now. One that never was is called off as written in error. `begin` writes one that was missed. Gives their events. */
export async function writeStays(op: Op, before: readonly Episode[], after: readonly Episode[], today: CivilDate, begin: (id: string, stay: DayRange & { readonly first: Episode }) => Promise<void>): Promise<(readonly [string, string])[]> {
  const [had, has] = [stays(before), stays(after)];
  const events: (readonly [string, string])[] = [];
  for (const id of had.keys()) {
    if (has.has(id)) continue;
    await op.tx.run(
      `update placements.placements set state = 'cancelled', cancelled_on = $2, cancel_reason = 'written_in_error', ended_on = null, end_reason = null, version = version + 1 where id = $1`,
      [id, today],
    );
    events.push(['placement.ended', id]);
  }
  const moved = [...has].flatMap(([id, stay]) => {
    const was = had.get(id);
    return was === undefined || (was.from === stay.from && was.to === stay.to) ? [] : [{ id, was, stay }];
  });
  for (const { id, was, stay } of moved) await writeStay(op, id, intersect(was, stay) ?? stay);
  for (const [id, stay] of has) {
    if (had.has(id)) continue;
    await begin(id, stay);
    events.push(['placement.started', id], ...(stay.to === null ? [] : [['placement.ended', id] as const]));
  }
  for (const { id, was, stay } of moved) {
    await writeStay(op, id, stay);
    if (was.to !== null && stay.to === null) events.push(['placement.started', id]);
    else if (was.to !== stay.to) events.push(['placement.ended', id]);
    else events.push(['placement.started', id]);
  }
  return events;
}

async function writeStay(op: Op, id: string, { from, to }: DayRange): Promise<void> {
  await op.tx.run(
    `update placements.placements set starts_on = $2, ended_on = $3, state = case when $3::date is null then 'active' else 'ended' end,
       end_reason = case when $3::date is null then null else coalesce(end_reason, 'moved') end, version = version + 1
     where id = $1 and (starts_on, ended_on) is distinct from ($2::date, $3::date)`,
    [id, from, to],
  );
}

/** The days a place is written down for, for the occupants of a child: her stays, and her beds for respite. */
export async function placesOf(op: Op, ids: readonly string[]): Promise<(DayRange & { readonly familyId: string; readonly occupantId: string })[]> {
  return op.tx.rows(
    `select family_id as "familyId", occupant_id as "occupantId", min(lower(during)) as "from", nullif(max(coalesce(upper(during), 'infinity')), 'infinity') as "to"
     from carers.place_occupancies where occupant_id = any ($1::uuid[]) group by family_id, occupant_id order by family_id, occupant_id`,
    [ids],
  );
}
