import { documentsOf } from '../documents/documents.queries.js';
import { recordReads } from '../platform/audit/acts.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';

export interface VisitRow {
  readonly id: string;
  readonly child_id: string;
  readonly placement_id: string;
  readonly ordinal: number;
  readonly due_on: string;
  readonly state: string;
  readonly happened_on: string | null;
  readonly seen_alone: boolean | null;
  readonly worry: boolean | null;
  readonly record: Readonly<Record<string, string | null>> | null;
}

const COLUMNS = 'id, child_id, placement_id, ordinal, due_on, state, happened_on, seen_alone, worry, record';

/** Visits by id, of the children whom the actor may see. A record is part of the child's file: reading it is written down. */
export const visitById = defineLoader<VisitRow>('visit', async (op, ids) => {
  const rows = await op.tx.rows<VisitRow>(`select ${COLUMNS} from casework.visits where id = any ($1::uuid[])`, [ids]);
  await recordReads(op, 'child', rows.map((row) => row.child_id), 'visit');
  return inOrder(ids, rows, (row) => row.id);
});

/** The visits of each child, the latest due first, at most 50. */
export const visitsOfChild = defineLoader<VisitRow[]>('visitsOfChild', async (op, ids) => {
  const rows = await op.tx.rows<VisitRow>(
    `select v.* from unnest($1::uuid[]) as c (id)
     cross join lateral (select ${COLUMNS} from casework.visits where child_id = c.id order by due_on desc, id desc limit 50) v`,
    [ids],
  );
  await recordReads(op, 'child', rows.map((row) => row.child_id), 'visits');
  return ids.map((id) => rows.filter((row) => row.child_id === id));
});

/** The documents of visits, for who may read the child's file. */
export const documentsOfVisit = documentsOf('visit');
