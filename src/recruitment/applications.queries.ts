import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';

export interface ApplicationRow {
  readonly id: string;
  readonly enquiry_id: string | null;
  readonly family_id: string;
  readonly office_id: string;
  readonly received_on: string;
  readonly state: string;
  readonly ended_on: string | null;
}

const COLUMNS = 'id, enquiry_id, family_id, office_id, received_on, state, ended_on';

/** Applications by id, of the offices that row security lets through. */
export const applicationById = defineLoader<ApplicationRow>('application', async (op, ids) =>
  inOrder(ids, await op.tx.rows<ApplicationRow>(`select ${COLUMNS} from recruitment.applications where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** Applications of the caller's offices, the latest first; `after` is the day and the id of the last one seen. */
export async function listApplications(op: Op, state: string | null, after: readonly (string | number | null)[] | undefined, limit: number): Promise<ApplicationRow[]> {
  const [day = null, id = null] = after ?? [];
  return op.tx.rows<ApplicationRow>(
    `select ${COLUMNS} from recruitment.applications
     where office_id = any ((select platform.ids('app.family_offices'))::uuid[]) and ($1::text is null or state = $1)
       and ($2::date is null or (received_on, id) < ($2::date, $3::uuid))
     order by received_on desc, id desc limit $4`,
    [state, day, id, limit],
  );
}
