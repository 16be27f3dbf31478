import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { Consultation, EndReason, PlacementState } from './placement.domain.js';
import { PlacementEntity } from './placement.entity.js';
import type { CareKind } from './suitability.domain.js';

export interface LockedPlacement {
  readonly id: string;
  readonly child_id: string;
  readonly family_id: string;
  readonly care_kind: CareKind;
  readonly office_id: string;
  readonly family_office_id: string;
  readonly state: PlacementState;
  readonly planned_by: string | null;
  readonly starts_on: CivilDate;
  readonly emergency: boolean;
}

const COLUMNS = 'id, child_id, family_id, care_kind, office_id, family_office_id, state, planned_by, starts_on, emergency';

/** A placement before its roots are locked: whose it is, so that they can be. */
export async function findPlacement(op: Op, id: string): Promise<LockedPlacement | undefined> {
  return op.tx.row<LockedPlacement>(`select ${COLUMNS} from placements.placements where id = $1`, [id]);
}

/** Locks a placement and reads it again. Its family and its child are locked before. */
export async function lockPlacement(op: Op, id: string): Promise<LockedPlacement | undefined> {
  return op.tx.row<LockedPlacement>(`select ${COLUMNS} from placements.placements where id = $1 for no key update`, [id]);
}

/** The family in which the child lives now, if she lives in one. */
export async function activePlacement(op: Op, childId: string): Promise<LockedPlacement | undefined> {
  return op.tx.row<LockedPlacement>(`select ${COLUMNS} from placements.placements where child_id = $1 and state = 'active'`, [childId]);
}

/** What is planned or approved for a child. */
export async function plansOf(op: Op, childId: string): Promise<{ id: string; family_id: string }[]> {
  return op.tx.rows(`select id, family_id from placements.placements where child_id = $1 and state in ('planned', 'approved')`, [childId]);
}

/** Writes a placement; a second plan for the child is refused. */
export async function insertPlacement(op: Op, placement: Pick<PlacementEntity, 'id' | 'childId' | 'familyId' | 'careKind' | 'officeId' | 'familyOfficeId' | 'state' | 'plannedOn' | 'startsOn'> & Partial<PlacementEntity>): Promise<void> {
  const none = {
    plannedBy: null, planReason: null, approvedBy: null, approvedOn: null, endedOn: null, endReason: null, cancelledOn: null, cancelReason: null, emergency: false,
    addressRule: 'named', breaches: [], proposalId: null, version: 1,
  };
  await refuseWhenBroken(op.tx.insert(PlacementEntity, { ...none, ...placement }), { placements_one_plan: 'PLAN_EXISTS', placements_one_at_a_time: 'BEFORE_LAST_MOVE', placements_apart: 'CONFLICT_OF_INTEREST' });
}

/** One province has approved. Gives the provinces that have. */
export async function insertApprovals(op: Op, placementId: string, provinces: readonly string[], on: CivilDate, reason: string | null): Promise<string[]> {
  const written = op.tx.run(
    `insert into placements.approvals (placement_id, province_code, approved_by, on_day, reason) select $1, code, $3, $4, $5 from unnest($2::text[]) as code on conflict do nothing`,
    [placementId, provinces, actorId(op), on, reason],
  );
  await refuseWhenBroken(written, { approvals_apart: 'CONFLICT_OF_INTEREST' });
  return approvedProvinces(op, placementId);
}

/** The provinces whose supervisor has approved. */
export async function approvedProvinces(op: Op, placementId: string): Promise<string[]> {
  const rows = await op.tx.rows<{ province_code: string }>('select province_code from placements.approvals where placement_id = $1', [placementId]);
  return rows.map(({ province_code }) => province_code);
}

export async function approvePlacement(op: Op, id: string, on: CivilDate): Promise<void> {
  await op.tx.run(`update placements.placements set state = 'approved', approved_by = $2, approved_on = $3, version = version + 1 where id = $1`, [id, actorId(op), on]);
}

export async function startPlacement(op: Op, id: string, on: CivilDate): Promise<void> {
  await refuseWhenBroken(op.tx.run(`update placements.placements set state = 'active', starts_on = $2, version = version + 1 where id = $1`, [id, on]), {
    placements_one_active: 'PLACEMENT_STATE',
    placements_one_at_a_time: 'BEFORE_LAST_MOVE',
  });
}

export async function endPlacement(op: Op, id: string, on: CivilDate, reason: EndReason): Promise<void> {
  await op.tx.run(`update placements.placements set state = 'ended', ended_on = $2, end_reason = $3, version = version + 1 where id = $1`, [id, on, reason]);
}

/**
 * The placements of a family that are not over, by id. A plan is lost when its place was freed because the family was closed
 * or its approval removed: one whose hold merely ran out asks for a place again when it begins.
 */
export async function openPlacements(op: Op, familyId: string): Promise<{ readonly id: string; readonly child_id: string; readonly lost: boolean }[]> {
  return op.tx.rows(
    `select p.id, p.child_id, p.state <> 'active' and not exists (select from carers.place_occupancies o where o.family_id = p.family_id and o.occupant_id = p.id)
        and (f.closed_on is not null or exists (select from recruitment.reviews r where r.family_id = p.family_id and r.outcome = 'removed' and r.id > p.id)) as lost
     from placements.placements p join carers.families f on f.id = p.family_id where p.family_id = $1 and p.state in ('planned', 'approved', 'active') order by p.id`,
    [familyId],
  );
}

/** The family's office is another one now. */
export async function followFamily(op: Op, id: string, officeId: string): Promise<void> {
  await op.tx.run('update placements.placements set family_office_id = $2, version = version + 1 where id = $1', [id, officeId]);
}

export async function cancelPlacement(op: Op, id: string, on: CivilDate, reason: string): Promise<void> {
  await op.tx.run(`update placements.placements set state = 'cancelled', cancelled_on = $2, cancel_reason = $3, version = version + 1 where id = $1`, [id, on, reason]);
}

export interface NewConsultation extends Consultation {
  readonly placementId: string;
  readonly on: CivilDate;
  readonly relativeId: string | null;
}

export async function insertConsultation(op: Op, { placementId, on, kind, relativeId, alone, tooYoungReason, outcome, reason }: NewConsultation): Promise<void> {
  await refuseWhenBroken(
    op.tx.run(
      `insert into placements.consultations (id, placement_id, kind, on_day, heard_by, relative_id, alone, too_young_reason, outcome, reason)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [newId(), placementId, kind, on, actorId(op), relativeId, alone, tooYoungReason, outcome, reason],
    ),
    { consultations_relative_id_fkey: 'RELATIVE_UNKNOWN' },
  );
}

/** Is this person among the child's relatives? */
export async function isRelative(op: Op, childId: string, relativeId: string): Promise<boolean> {
  return (await op.tx.row('select id from children.relatives where id = $1 and child_id = $2', [relativeId, childId])) !== undefined;
}

export async function consultationsOf(op: Op, placementId: string): Promise<{ readonly kind: string; readonly outcome: string | null }[]> {
  return op.tx.rows('select kind, outcome from placements.consultations where placement_id = $1', [placementId]);
}

export async function partiesOf(op: Op, placementId: string): Promise<string[]> {
  const rows = await op.tx.rows<{ party: string }>('select distinct party from placements.agreements where placement_id = $1', [placementId]);
  return rows.map(({ party }) => party);
}

/** The province of an office; the country's own office has none. */
export async function provinceOf(op: Op, officeId: string): Promise<string | null> {
  return (await op.tx.row<{ code: string | null }>('select left(area_code, 2) as code from territory.offices where id = $1', [officeId]))?.code ?? null;
}

/** Writes the broken rules of a fact. Gives the ids, for their events. */
export async function insertBreaches(
  op: Op,
  codes: readonly string[],
  about: { readonly childId: string; readonly familyId: string | null; readonly placementId: string | null; readonly episodeId: string; readonly officeId: string; readonly on: CivilDate },
): Promise<string[]> {
  const ids = codes.map(() => newId());
  if (codes.length === 0) return ids;
  await op.tx.run(
    `insert into placements.breaches (id, code, child_id, family_id, placement_id, episode_id, office_id, on_day, recorded_by)
     select id, code, $3, $4, $5, $6, $7, $8, $9 from unnest($1::uuid[], $2::text[]) as b (id, code)`,
    [ids, codes, about.childId, about.familyId, about.placementId, about.episodeId, about.officeId, about.on, actorId(op)],
  );
  return ids;
}

export interface NewEmergency {
  readonly placementId: string;
  readonly reason: string;
  readonly wordOf: string;
  readonly wordAt: Date;
  readonly adultsDeclared: boolean;
  readonly seenOn: CivilDate;
  readonly confirmDueAt: Date;
  readonly papersDueOn: CivilDate;
}

export async function insertEmergency(op: Op, emergency: NewEmergency): Promise<void> {
  const { placementId, reason, wordOf, wordAt, adultsDeclared, seenOn, confirmDueAt, papersDueOn } = emergency;
  await op.tx.run(
    `insert into placements.emergencies (placement_id, reason, word_of, word_at, adults_declared, home_seen_on, child_seen_on, confirm_due_at, papers_due_on)
     values ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
    [placementId, reason, wordOf, wordAt, adultsDeclared, seenOn, confirmDueAt, papersDueOn],
  );
}

/** Has a court decided about this child by that day? */
export async function courtDecided(op: Op, childId: string, on: CivilDate): Promise<boolean> {
  return (await op.tx.row(`select id from children.legal_bases where child_id = $1 and kind = 'court_decision' and decided_on <= $2`, [childId, on])) !== undefined;
}

/** The days between two on which nobody works. */
export async function holidaysFrom(op: Op, from: CivilDate): Promise<ReadonlySet<string>> {
  const rows = await op.tx.rows<{ day: string }>('select day from territory.holidays where day between $1 and $1::date + 60', [from]);
  return new Set(rows.map(({ day }) => day));
}
