import { documentsOf } from '../documents/documents.queries.js';
import { newCertificateNumber } from '../kernel/check-number.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { Audience } from './training.domain.js';

/** Who holds a certificate: an adult of a family, or a colleague. */
export interface Holder {
  readonly adultId: string | null;
  readonly familyId: string | null;
  readonly accountId: string | null;
}

/** A certificate as its paper says it. */
export interface Paper {
  readonly courseId: string;
  readonly paperNumber: string;
  readonly issuer: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** For whom a course is. */
export async function courseOf(op: Op, id: string): Promise<Audience | undefined> {
  return (await op.tx.row<{ audience: Audience }>('select audience from training.courses where id = $1', [id]))?.audience;
}

/** The offices in which somebody is posted today. */
export async function officesOfAccount(op: Op, accountId: string): Promise<string[]> {
  const rows = await op.tx.rows<{ office_id: string }>('select distinct office_id from staff.postings where account_id = $1 and office_id is not null and withdrawn_at is null and during @> $2::date', [accountId, op.today]);
  return rows.map(({ office_id: id }) => id);
}

/** One certificate of a colleague is written at a time; a family is its own lock. */
export async function lockHolder(op: Op, accountId: string): Promise<void> {
  await op.tx.run(`select pg_advisory_xact_lock(hashtextextended('certificate:' || $1, 0))`, [accountId]);
}

/** The end of her certificates of this course that cover any of these days; null where none does. */
export async function certifiedDuring(op: Op, { adultId, accountId }: Holder, { courseId, from, to }: Paper): Promise<CivilDate | null> {
  return (await op.tx.row<{ ends: CivilDate | null }>('select training.certified_during($1, $2, $3, daterange($4, $5)) as ends', [adultId, accountId, courseId, from, to]))?.ends ?? null;
}

/** Writes a certificate from before the register, under a number of its own beside the paper's. Refuses PAPER_KNOWN. */
export async function insertEarlier(op: Op, holder: Holder, paper: Paper): Promise<string> {
  const id = newId();
  await refuseWhenBroken(
    op.tx.run(
      `insert into training.certificates (id, number, course_id, adult_id, family_id, account_id, during, issued_by, paper_number, paper_issuer)
       values ($1, $2, $3, $4, $5, $6, daterange($7, $8), $9, $10, $11)`,
      [id, newCertificateNumber(), paper.courseId, holder.adultId, holder.familyId, holder.accountId, paper.from, paper.to, actorId(op), paper.paperNumber, paper.issuer],
    ),
    { certificates_paper_once: 'PAPER_KNOWN' },
  );
  return id;
}

/** The papers of certificates. */
export const documentsOfCertificate = documentsOf('certificate');
