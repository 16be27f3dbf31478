import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';

/** Writes a signature and gives its id; the same person's for the same party is refused. */
export async function insertAgreement(op: Op, agreement: { readonly placementId: string; readonly party: string; readonly on: CivilDate; readonly signer: string; readonly how: string }): Promise<string> {
  const { placementId, party, on, signer, how } = agreement;
  const id = newId();
  await refuseWhenBroken(
    op.tx.run('insert into placements.agreements (id, placement_id, party, signed_on, signer, how, recorded_by) values ($1, $2, $3, $4, $5, $6, $7)', [
      id, placementId, party, on, signer, how, actorId(op),
    ]),
    { agreements_once: 'ALREADY_SIGNED' },
  );
  return id;
}

// A signature is to be seen on a page that stands: a withdrawn one shows nothing.
const WITHOUT_PAGE = `(a.document_id is null or exists (select from documents.withdrawals w where w.document_id = a.document_id))`;

/** The day of the earliest signature that is on no page; null where each is on one, or nobody has signed. */
export async function firstWithoutPage(op: Op, placementId: string): Promise<CivilDate | null> {
  const row = await op.tx.row<{ day: CivilDate | null }>(`select min(signed_on) as day from placements.agreements a where placement_id = $1 and ${WITHOUT_PAGE}`, [placementId]);
  return row?.day ?? null;
}

/** Says on which page one signature is to be seen, or every one that is on none. */
export async function showOnPage(op: Op, placementId: string, documentId: string, agreementId: string | null): Promise<void> {
  await op.tx.run(`update placements.agreements a set document_id = $2 where placement_id = $1 and ($3::uuid is null or id = $3) and ${WITHOUT_PAGE}`, [placementId, documentId, agreementId]);
}

/** The placement whose agreement is on this page. */
export async function placementOfPage(op: Op, documentId: string): Promise<string | undefined> {
  return (await op.tx.row<{ subject_id: string }>(`select subject_id from documents.attachments where document_id = $1 and subject_kind = 'agreement'`, [documentId]))?.subject_id;
}
