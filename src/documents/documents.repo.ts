import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { MediaType, WithdrawalReason } from './document.domain.js';

/** What waits is younger: nobody's documents of years are asked one by one whether they are attached. */
export const LOOKED_AT = '31 days';

/** What a document is attached to: opaque to this room. */
export interface Subject {
  /** `agreement`, `check`, `signature`, `visit`: the policy of that kind decides who sees the document. */
  readonly kind: string;
  readonly id: string;
  readonly officeId: string;
  /** Whose file it is: a child's or a family's. */
  readonly about: { readonly childId: string } | { readonly familyId: string };
  /** Rests on a conviction or on health: opened by the office's supervisors alone. */
  readonly confidential?: boolean;
}

/** The documents of an account that wait. One at a time for an account: the lock is the transaction's. */
export async function countWaiting(op: Op, account: string): Promise<number> {
  await op.tx.run(`select pg_advisory_xact_lock(hashtextextended('documents:' || $1, 0))`, [account]);
  const row = await op.tx.row<{ n: number }>(`select count(*)::int as n from documents.documents where uploaded_by = $1 and uploaded_at > $2::timestamptz - interval '${LOOKED_AT}' and not documents.is_attached(id)`, [account, op.now]);
  return row?.n ?? 0;
}

export async function insertDocument(op: Op, document: { readonly id: string; readonly mediaType: MediaType; readonly bytes: number; readonly sealed: Uint8Array }): Promise<void> {
  await op.tx.run('insert into documents.documents (id, uploaded_by, uploaded_at, media_type, bytes, sealed) values ($1, $2, $3, $4, $5, $6)', [
    document.id, actorId(op), op.now, document.mediaType, document.bytes, document.sealed,
  ]);
}

/** Is this a document of the actor's that waits? */
export async function waits(op: Op, id: string): Promise<boolean> {
  return (await op.tx.row('select id from documents.documents where id = $1 and uploaded_by = $2 and not documents.is_attached(id)', [id, actorId(op)])) !== undefined;
}

/** Says once what a document belongs to. The key decides between two acts at the same moment, and between an act and the job that removes. */
export async function insertAttachment(op: Op, id: string, to: Subject): Promise<void> {
  const { childId, familyId } = { childId: null, familyId: null, ...to.about };
  await refuseWhenBroken(
    op.tx.run(
      `insert into documents.attachments (document_id, subject_kind, subject_id, child_id, family_id, office_id, confidential, attached_by, attached_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, to.kind, to.id, childId, familyId, to.officeId, to.confidential ?? false, actorId(op), op.now],
    ),
    { attachments_pkey: 'DOCUMENT_NOT_WAITING', attachments_document_id_fkey: 'DOCUMENT_NOT_WAITING' },
  );
}

/** Is the document attached to this, and not withdrawn? */
export async function belongsTo(op: Op, id: string, kind: string, subjectId: string): Promise<boolean> {
  const row = await op.tx.row(
    `select document_id from documents.attachments a where document_id = $1 and subject_kind = $2 and subject_id = $3
       and not exists (select from documents.withdrawals w where w.document_id = a.document_id)`,
    [id, kind, subjectId],
  );
  return row !== undefined;
}

/** What a withdrawal needs to know, of a document that is attached and the actor's to see. */
export async function attachedTo(op: Op, id: string): Promise<{ readonly about_id: string } | undefined> {
  return op.tx.row('select coalesce(child_id, family_id) as about_id from documents.attachments where document_id = $1', [id]);
}

export async function insertWithdrawal(op: Op, id: string, reason: WithdrawalReason, on: CivilDate): Promise<void> {
  await refuseWhenBroken(
    op.tx.run('insert into documents.withdrawals (document_id, reason, withdrawn_by, withdrawn_on) values ($1, $2, $3, $4)', [id, reason, actorId(op), on]),
    { withdrawals_pkey: 'WITHDRAWN_ALREADY' },
  );
}

/** Removes documents that nobody attached, the oldest first; those of more than a month ago were looked at often enough. Gives their ids. */
export async function removeWaiting(op: Op, before: Date, limit: number): Promise<string[]> {
  const rows = await op.tx.rows<{ id: string }>(
    `delete from documents.documents where id in (
       select d.id from documents.documents d
       where d.uploaded_at < $1 and d.uploaded_at > $1::timestamptz - interval '${LOOKED_AT}' and not exists (select from documents.attachments a where a.document_id = d.id)
       order by d.uploaded_at limit $2)
     returning id`,
    [before, limit],
  );
  return rows.map(({ id }) => id);
}
