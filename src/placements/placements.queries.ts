import type { CivilDate } from '../kernel/civil-date.js';
import { areasFor, mayEver } from '../platform/auth/acts.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { CareKind, ConsultationKind, ConsultationOutcome, PlacementState } from './placement.enums.js';
import { acts } from './placements.policy.js';

export interface PlacementRow {
  readonly id: string;
  readonly child_id: string;
  readonly family_id: string;
  readonly care_kind: CareKind;
  readonly office_id: string;
  readonly family_office_id: string;
  readonly state: PlacementState;
  readonly planned_on: CivilDate;
  readonly approved_on: CivilDate | null;
  readonly approved_by: string[];
  readonly starts_on: CivilDate;
  readonly ended_on: CivilDate | null;
  readonly end_reason: string | null;
  readonly emergency: boolean;
  readonly breaches: string[];
}

const COLUMNS = `p.id, p.child_id, p.family_id, p.care_kind, p.office_id, p.family_office_id, p.state, p.planned_on, p.approved_on, p.starts_on, p.ended_on, p.end_reason,
  p.emergency, p.breaches, array(select a.province_code from placements.approvals a where a.placement_id = p.id order by 1) as approved_by`;

/** Placements by id, of the children and families that row security lets through. */
export const placementById = defineLoader<PlacementRow>('placement', async (op, ids) =>
  inOrder(ids, await op.tx.rows<PlacementRow>(`select ${COLUMNS} from placements.placements p where p.id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** The placements of children, the latest first, at most 50 each. */
export const placementsOfChild = defineLoader<PlacementRow[]>('placementsOfChild', (op, ids) => grouped(op, 'child_id', ids));

/** The placements of families, the latest first, at most 50 each. */
export const placementsOfFamily = defineLoader<PlacementRow[]>('placementsOfFamily', (op, ids) => grouped(op, 'family_id', ids));

async function grouped(op: Op, by: 'child_id' | 'family_id', ids: readonly string[]): Promise<PlacementRow[][]> {
  if (!mayEver(op.actor, acts['placement.read'])) return ids.map(() => []);
  const rows = await op.tx.rows<PlacementRow>(
    `select ${COLUMNS} from unnest($1::uuid[]) as own (id), lateral (
       select * from placements.placements q where q.${by} = own.id order by q.starts_on desc, q.id desc limit 50) p order by p.starts_on desc, p.id desc`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row[by] === id));
}

/** Placements the actor may read, the latest first; `after` is the first day and the id of the last one seen. */
export async function listPlacements(op: Op, state: string | null, after: readonly (string | number | null)[] | undefined, limit: number): Promise<PlacementRow[]> {
  if (areasFor(op.actor, acts['placement.read']).length === 0) return [];
  const [day = null, id = null] = after ?? [];
  return op.tx.rows<PlacementRow>(
    `select ${COLUMNS} from placements.placements p
     where ($1::text is null or p.state = $1) and ($2::date is null or (p.starts_on, p.id) < ($2::date, $3::uuid))
       and (p.office_id = any ((select platform.ids('app.child_offices'))::uuid[]) or p.family_office_id = any ((select platform.ids('app.child_offices'))::uuid[]))
     order by p.starts_on desc, p.id desc limit $4`,
    [state, day, id, limit],
  );
}

export interface ConsultationRow {
  readonly id: string;
  readonly placement_id: string;
  readonly kind: ConsultationKind;
  readonly on_day: CivilDate;
  readonly heard_by: string;
  readonly relative_id: string | null;
  readonly outcome: ConsultationOutcome | null;
  readonly too_young_reason: string | null;
  readonly reason: string | null;
}

/** Who was heard, in the order of the days. */
export const consultationsOf = defineLoader<ConsultationRow[]>('consultations', async (op, ids) => {
  const rows = await op.tx.rows<ConsultationRow>(
    `select id, placement_id, kind, on_day, heard_by, relative_id, outcome, too_young_reason, reason from placements.consultations
     where placement_id = any ($1::uuid[]) order by on_day, id limit 5000`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.placement_id === id));
});

export interface AgreementRow {
  readonly id: string;
  readonly placement_id: string;
  readonly party: string;
  readonly signer: string;
  readonly how: string;
  readonly signed_on: CivilDate;
  readonly document_id: string | null;
}

/** Who signed, in the order of the days. */
export const agreementsOf = defineLoader<AgreementRow[]>('agreements', async (op, ids) => {
  const rows = await op.tx.rows<AgreementRow>(
    'select id, placement_id, party, signer, how, signed_on, document_id from placements.agreements where placement_id = any ($1::uuid[]) order by signed_on, id limit 5000',
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.placement_id === id));
});
