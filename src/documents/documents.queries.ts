import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { LoaderDefinition } from '../platform/graphql/context.js';
import type { MediaType, WithdrawalReason } from './document.domain.js';
import { LOOKED_AT } from './documents.repo.js';

export interface DocumentRow {
  readonly id: string;
  readonly media_type: MediaType;
  readonly bytes: number;
  readonly uploaded_at: Date;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly child_id: string | null;
  readonly family_id: string | null;
  readonly office_id: string | null;
  readonly confidential: boolean | null;
  readonly withdrawn_on: CivilDate | null;
  readonly reason: WithdrawalReason | null;
}

const ROW = `d.id, d.media_type, d.bytes, d.uploaded_at, a.subject_kind, a.subject_id, a.child_id, a.family_id, a.office_id, a.confidential, w.withdrawn_on, w.reason`;
const FROM = `documents.documents d left join documents.attachments a on a.document_id = d.id left join documents.withdrawals w on w.document_id = d.id`;

/** At most so many documents are told of one subject. */
export const MOST_OF_A_SUBJECT = 20;

/** Documents by id, of those that row security lets through. */
export const documentById = defineLoader<DocumentRow>('document', async (op, ids) =>
  inOrder(ids, await op.tx.rows<DocumentRow>(`select ${ROW} from ${FROM} where d.id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** The documents of subjects of one kind, in the order in which they came. A room names its own: `documentsOf('visit')`. */
export function documentsOf(kind: string): LoaderDefinition<DocumentRow[]> {
  return defineLoader<DocumentRow[]>(`documentsOf.${kind}`, async (op, ids) => {
    const rows = await op.tx.rows<DocumentRow>(
      `select ${ROW} from documents.attachments a join documents.documents d on d.id = a.document_id left join documents.withdrawals w on w.document_id = d.id
       where a.subject_kind = $2 and a.subject_id = any ($1::uuid[]) order by a.attached_at, d.id`,
      [ids, kind],
    );
    return ids.map((id) => rows.filter((row) => row.subject_id === id).slice(0, MOST_OF_A_SUBJECT));
  });
}

/** The actor's own documents that wait, the latest first. */
export async function listWaiting(op: Op, account: string, limit: number): Promise<DocumentRow[]> {
  return op.tx.rows<DocumentRow>(
    `select ${ROW} from ${FROM} where d.uploaded_by = $1 and d.uploaded_at > $3::timestamptz - interval '${LOOKED_AT}' and not documents.is_attached(d.id) order by d.uploaded_at desc, d.id desc limit $2`,
    [account, limit, op.now],
  );
}

/** A document with what is sealed in it. */
export async function findSealed(op: Op, id: string): Promise<(DocumentRow & { readonly sealed: Uint8Array }) | undefined> {
  return op.tx.row(`select ${ROW}, d.sealed from ${FROM} where d.id = $1`, [id]);
}
