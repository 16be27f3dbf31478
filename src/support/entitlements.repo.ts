import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { mayEver } from '../platform/auth/acts.js';
import { defineLoader } from '../platform/graphql/context.js';
import type { EntitledStretch, StopReason } from './entitlement.domain.js';
import { acts } from './support.policy.js';

export interface EntitlementRow {
  readonly id: string;
  readonly child_id: string;
  readonly scheme_code: string;
  readonly from_day: CivilDate;
  readonly to_day: CivilDate;
  readonly stop: StopReason;
}

const COLUMNS = 'id, child_id, scheme_code, opened_on as from_day, upper(during) as to_day, stop';

/** The entitlements of each child whom the caller's offices see, the latest first, at most 20. */
export const entitlementsOf = defineLoader<EntitlementRow[]>('entitlements', async (op, ids) => {
  const rows = await op.tx.rows<EntitlementRow>(
    `select e.* from unnest($1::uuid[]) as c (id)
     cross join lateral (select ${COLUMNS} from support.entitlements where child_id = c.id order by opened_on desc limit 20) e`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.child_id === id));
});

export interface ChildPaymentRow {
  readonly id: string;
  readonly child_id: string;
  readonly run_id: string;
  readonly state: string;
  readonly month: CivilDate;
  readonly kind: string;
  readonly family_id: string | null;
  readonly nights: number;
  readonly riel: bigint;
}

/** The lines of each child in the runs that the caller may read, the latest month first, at most 60. */
export const paymentsOf = defineLoader<ChildPaymentRow[]>('childPayments', async (op, ids) => {
  if (!mayEver(op.actor, acts['paymentRun.read'])) return ids.map(() => []);
  const rows = await op.tx.rows<ChildPaymentRow>(
    `select l.* from unnest($1::uuid[]) as c (id)
     cross join lateral (select x.id, x.child_id, x.run_id, r.state, x.month, x.kind, x.family_id, x.nights, x.riel from support.lines x join support.runs r on r.id = x.run_id
       where x.child_id = c.id order by x.month desc, x.id desc limit 60) l`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.child_id === id));
});

/** Locks a child, so that her entitlements are brought in line by one at a time. Says whether there is one. */
export async function lockChild(op: Op, childId: string): Promise<boolean> {
  return (await op.tx.row('select id from children.children where id = $1 for no key update', [childId])) !== undefined;
}

/** The child that an event is about, whatever its subject is. */
export async function childOfEvent(op: Op, subjectId: string): Promise<string | undefined> {
  const row = await op.tx.row<{ child_id: string }>(
    `select id as child_id from children.children where id = $1
     union all select child_id from placements.placements where id = $1
     union all select child_id from placements.episodes where id = $1 limit 1`,
    [subjectId],
  );
  return row?.child_id;
}

/** A child's entitlement rows in one scheme, in order. */
export async function listEntitlements(op: Op, childId: string, scheme: string): Promise<EntitlementRow[]> {
  return op.tx.rows<EntitlementRow>(`select ${COLUMNS} from support.entitlements where child_id = $1 and scheme_code = $2 order by opened_on`, [childId, scheme]);
}

export async function deleteEntitlement(op: Op, id: string): Promise<void> {
  await op.tx.run('delete from support.entitlements where id = $1', [id]);
}

export async function changeEntitlement(op: Op, id: string, { during, stop }: EntitledStretch): Promise<void> {
  await op.tx.run('update support.entitlements set during = daterange($2, $3), stop = $4 where id = $1', [id, during.from, during.to, stop]);
}

export async function insertEntitlement(op: Op, id: string, childId: string, scheme: string, { during, stop }: EntitledStretch): Promise<void> {
  await op.tx.run('insert into support.entitlements (id, child_id, scheme_code, during, stop) values ($1, $2, $3, daterange($4, $5), $6)', [id, childId, scheme, during.from, during.to, stop]);
}
