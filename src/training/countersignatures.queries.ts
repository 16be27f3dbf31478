import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';

export interface CountersignatureRow {
  readonly id: string;
  readonly act: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly about_id: string | null;
  readonly office_id: string;
  readonly recorded_by: string;
  readonly recorded_on: CivilDate;
  readonly lacked: string[];
  readonly countersigned_by: string | null;
  readonly countersigned_on: CivilDate | null;
}

const COLUMNS = 'id, act, subject_kind, subject_id, about_id, office_id, recorded_by, recorded_on, lacked, countersigned_by, countersigned_on';

/** Countersignatures by id, as far as row security shows them. */
export const countersignatureById = defineLoader<CountersignatureRow>('countersignature', async (op, ids) =>
  inOrder(ids, await op.tx.rows<CountersignatureRow>(`select ${COLUMNS} from training.countersignatures where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** Of each record the countersignature that waits, or the latest; for the rooms whose records may need one. */
export const countersignatureOf = defineLoader<CountersignatureRow>('countersignatureOf', async (op, ids) =>
  inOrder(
    ids,
    await op.tx.rows<CountersignatureRow>(
      `select distinct on (subject_id) ${COLUMNS} from training.countersignatures where subject_id = any ($1::uuid[]) order by subject_id, (countersigned_on is null) desc, id desc`, [ids],
    ),
    (row) => row.subject_id,
  ),
);

/** Those of the caller's offices and her own, the latest recorded first. */
export async function listCountersignatures(op: Op, waiting: boolean, after: string | null, limit: number): Promise<CountersignatureRow[]> {
  return op.tx.rows<CountersignatureRow>(
    `select ${COLUMNS} from training.countersignatures where (not $1 or countersigned_on is null) and ($2::uuid is null or id < $2) order by id desc limit $3`, [waiting, after, limit],
  );
}

/** Locks one. */
export async function lockCountersignature(op: Op, id: string): Promise<CountersignatureRow | undefined> {
  return op.tx.row<CountersignatureRow>(`select ${COLUMNS} from training.countersignatures where id = $1 for no key update`, [id]);
}

/** Writes who countersigned. */
export async function writeCountersigned(op: Op, id: string, by: string): Promise<void> {
  await op.tx.run('update training.countersignatures set countersigned_by = $2, countersigned_on = $3 where id = $1', [id, by, op.today]);
}
