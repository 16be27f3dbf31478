import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';

/** A withdrawal as the file shows it. */
export interface WithdrawalRow {
  readonly id: string;
  readonly childId: string;
  readonly by: string;
  readonly on: CivilDate;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly reviewedOn: CivilDate | null;
}

const COLUMNS = 'id, child_id as "childId", relation as by, on_day as on, outcome, outcome_reason as reason, reviewed_on as "reviewedOn"';

/** Withdrawals of these children, the latest first, at most 20 of each. */
export async function readWithdrawals(op: Op, ids: readonly string[]): Promise<WithdrawalRow[][]> {
  const rows = await op.tx.rows<WithdrawalRow>(`select ${COLUMNS} from children.withdrawals where child_id = any ($1::uuid[]) order by child_id, on_day desc, id desc`, [ids]);
  return ids.map((id) => rows.filter(({ childId }) => childId === id).slice(0, 20));
}

/** The parents' agreement that stands on a day. */
export async function agreementOn(op: Op, childId: string, on: CivilDate): Promise<{ readonly id: string } | undefined> {
  return op.tx.row(`select id from children.legal_bases where child_id = $1 and kind = 'parents_agreement' and during @> $2::date`, [childId, on]);
}

/** Writes a withdrawal. Gives the day of the earliest one of the child that waits for its review: a second one puts nothing off. */
export async function insertWithdrawal(op: Op, withdrawal: { childId: string; basisId: string; by: string; on: CivilDate; recordedBy: string }): Promise<CivilDate> {
  await refuseWhenBroken(
    op.tx.run('insert into children.withdrawals (id, child_id, basis_id, relation, on_day, recorded_by) values ($1, $2, $3, $4, $5, $6)', [newId(), withdrawal.childId, withdrawal.basisId, withdrawal.by, withdrawal.on, withdrawal.recordedBy]),
    { withdrawals_open: 'ALREADY_WITHDRAWN' },
  );
  const first = await op.tx.row<{ on: CivilDate }>('select min(on_day) as on from children.withdrawals where child_id = $1 and outcome is null', [withdrawal.childId]);
  return first?.on ?? withdrawal.on;
}

/** A withdrawal of this child; undefined where she has no such one. */
export async function findWithdrawal(op: Op, childId: string, id: string): Promise<WithdrawalRow | undefined> {
  return op.tx.row<WithdrawalRow>(`select ${COLUMNS} from children.withdrawals where id = $1 and child_id = $2`, [id, childId]);
}

/** Writes what followed. Gives how many withdrawals of the child still wait for a review. */
export async function writeReview(op: Op, row: WithdrawalRow, review: { outcome: string; reason: string; on: CivilDate; by: string }): Promise<number> {
  await op.tx.run('update children.withdrawals set outcome = $2, outcome_reason = $3, reviewed_on = $4, reviewed_by = $5 where id = $1', [row.id, review.outcome, review.reason, review.on, review.by]);
  const left = await op.tx.row<{ n: number }>('select count(*)::int as n from children.withdrawals where child_id = $1 and outcome is null', [row.childId]);
  return left?.n ?? 0;
}
