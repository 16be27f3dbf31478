import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import type { Act } from '../platform/auth/acts.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader } from '../platform/graphql/context.js';
import type { RequestContext } from '../platform/graphql/context.js';
import type { Message } from '../platform/messages/messages.js';
import { countersignDue } from './training.messages.js';

/** The text of STAFF_CERTIFICATE, for each room whose approvals ask for one. */
export const STAFF_CERTIFICATE_TEXT: Message = {
  en: 'Approving asks for a valid certificate ({certificates}); yours is missing or has run out. Ask a colleague who has one to approve, and register for a session of that course. What you record counts as before.',
  km: 'ការអនុម័តត្រូវមានវិញ្ញាបនបត្រមានសុពលភាព ({certificates})។ របស់អ្នកគ្មាន ឬផុតកំណត់។ សូមឲ្យសហការីដែលមានវិញ្ញាបនបត្រអនុម័ត ហើយចុះឈ្មោះចូលវគ្គនោះ។ អ្វីដែលអ្នកកត់ត្រានៅតែរាប់ដូចមុន។',
  reviewed: false,
};

/**
 * May this actor approve, by her certificates of today? Which act asks for which is the setting
 * `training.certificates_required`; an act that it does not name asks for none. One look-up by keys.
 */
export async function mayApproveByCertificate(op: Op): Promise<Result<true, 'STAFF_CERTIFICATE'>> {
  if (op.actor.kind === 'system') return ok(true);
  const row = await op.tx.row<{ lacking: string[] }>('select training.lacking($1, $2, $3) as lacking', [op.actor.userId, op.act, op.today]);
  return decideByCertificate(row?.lacking ?? []);
}

/** Certificates of which any one would do; none where nothing is asked for or one is there. */
export function decideByCertificate(lacking: readonly string[]): Result<true, 'STAFF_CERTIFICATE'> {
  return lacking.length === 0 ? ok(true) : refuse('STAFF_CERTIFICATE', { certificates: lacking });
}

const lackingFor = defineLoader<string[]>('lackingCertificates', async (op, acts) => {
  if (op.actor.kind === 'system') return acts.map(() => []);
  const rows = await op.tx.rows<{ act: string; lacking: string[] }>('select act, training.lacking($1, act, $2) as lacking from unnest($3::text[]) as act', [op.actor.userId, op.today, acts]);
  return acts.map((act) => rows.find((row) => row.act === act)?.lacking ?? []);
});

/** The same for the answer to `can`: asked once a request for each act. */
export async function canApproveByCertificate(request: RequestContext, act: Act): Promise<Result<true, 'STAFF_CERTIFICATE'>> {
  return decideByCertificate((await request.load(lackingFor, act)) ?? []);
}

/** What was recorded, and whose office it is. */
export interface Recorded {
  readonly subject: readonly [kind: string, id: string];
  /** The child or family it is about, where that is another row. */
  readonly about?: string | null;
  readonly officeId: string;
}

/**
 * Recording is never refused for want of a certificate: where the recorder lacks the one that her act asks for, a
 * supervisor countersigns. Sent with the act's other statements and waited for by nobody.
 */
export function noteRecorded(op: Op, { subject, about, officeId }: Recorded): void {
  if (op.actor.kind === 'system') return;
  const upwards = op.actor.postings.some(({ role, officeIds }) => role === 'supervisor' && officeIds.includes(officeId));
  op.tx.keyed.later('select training.note_recorded($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)', [
    newId(), op.actor.userId, op.act, subject[0], subject[1], about ?? null, officeId, upwards, op.today, op.now, newId(), countersignDue.kind,
  ]);
}
