import type { CivilDate } from '../kernel/civil-date.js';
import { actorId } from '../platform/database/op.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';

/** Where a complaint is answered, and by whom where somebody of that desk must not see it. */
export interface Desk {
  readonly level: 'province' | 'ministry';
  readonly office_id: string;
  readonly handler_id: string | null;
}

/** Everybody who decided something about a record. */
export async function decidersOf(op: Op, decisionId: string): Promise<string[]> {
  return (await op.tx.row<{ who: string[] }>('select carers.deciders($1)::text[] as who', [decisionId]))?.who ?? [];
}

/** The desk of a complaint about these people; `up` where it goes to the ministry in any case. */
export async function deskFor(op: Op, officeId: string, about: readonly string[], up: boolean): Promise<Desk> {
  const desk = await op.tx.row<Desk>('select level, office_id, handler_id from carers.complaint_desk($1, $2::uuid[], $3, $4)', [officeId, about, up, op.today]);
  if (desk === undefined) throw new Error('No office answers complaints of this territory.');
  return desk;
}

/** Is there an account of this id? */
export async function isAccount(op: Op, id: string): Promise<boolean> {
  return (await op.tx.row('select from staff.accounts where id = $1', [id])) !== undefined;
}

export interface ComplaintRow {
  readonly id: string;
  readonly family_id: string;
  readonly received_on: CivilDate;
  readonly topic: string;
  /** As they were written before words were sealed; null from then on. */
  readonly words: string | null;
  readonly words_sealed: Uint8Array | null;
  readonly decision_id: string | null;
  readonly about_accounts: string[];
  readonly level: 'province' | 'ministry';
  readonly office_id: string;
  readonly due_on: CivilDate;
  readonly appeal_of: string | null;
  readonly escalated_on: CivilDate | null;
  readonly answered_on: CivilDate | null;
  readonly answered_by: string | null;
  readonly outcome: string | null;
  readonly answer: string | null;
  readonly answer_sealed: Uint8Array | null;
}

const COLUMNS = `id, family_id, received_on, topic, words, decision_id, about_accounts::text[] as about_accounts, level, office_id, due_on, appeal_of, escalated_on, answered_on, answered_by, outcome, answer, words_sealed, answer_sealed`;

/** A complaint to be written. */
export interface NewComplaint {
  readonly id: string;
  readonly familyId: string;
  readonly on: CivilDate;
  readonly topic: string;
  readonly words: Uint8Array;
  readonly decisionId: string | null;
  readonly about: readonly string[];
  readonly desk: Desk;
  readonly dueOn: CivilDate;
  readonly appealOf: string | null;
}

/** Writes a complaint. Refuses ALREADY_APPEALED where another appeal was first. */
export async function insertComplaint(op: Op, one: NewComplaint): Promise<void> {
  await refuseWhenBroken(
    op.tx.run(
      `insert into carers.complaints (id, family_id, received_on, recorded_by, topic, words_sealed, decision_id, about_accounts, level, office_id, due_on, appeal_of)
       values ($1, $2, $3, $4, $5, $6, $7, $8::uuid[], $9, $10, $11, $12)`,
      [one.id, one.familyId, one.on, actorId(op), one.topic, one.words, one.decisionId, one.about, one.desk.level, one.desk.office_id, one.dueOn, one.appealOf],
    ),
    { complaints_one_appeal: 'ALREADY_APPEALED' },
  );
}

/** Locks a complaint that the actor may see. */
export async function lockComplaint(op: Op, id: string): Promise<ComplaintRow | undefined> {
  return op.tx.row<ComplaintRow>(`select ${COLUMNS} from carers.complaints where id = $1 for no key update`, [id]);
}

/** Is there an appeal against its answer? */
export async function isAppealed(op: Op, id: string): Promise<boolean> {
  return (await op.tx.row('select from carers.complaints where appeal_of = $1', [id])) !== undefined;
}

export async function writeComplaintAnswer(op: Op, id: string, outcome: string, answer: Uint8Array): Promise<void> {
  await op.tx.run('update carers.complaints set answered_on = $2, answered_by = $3, outcome = $4, answer_sealed = $5 where id = $1', [id, op.today, actorId(op), outcome, answer]);
}

/** Complaints that the province has left unanswered past their day, each with the family's office. */
export async function leftUnanswered(op: Op, limit: number): Promise<{ readonly id: string; readonly family_id: string; readonly topic: string; readonly about_accounts: string[]; readonly family_office_id: string }[]> {
  return op.tx.rows(
    `select c.id, c.family_id, c.topic, c.about_accounts::text[] as about_accounts, f.office_id as family_office_id from carers.complaints c join carers.families f on f.id = c.family_id
     where c.answered_on is null and c.level = 'province' and c.due_on < $1 order by c.due_on, c.id limit $2 for update of c skip locked`,
    [op.today, limit],
  );
}

/** Complaints of the time before words were sealed, locked. */
export async function unsealedComplaints(op: Op, limit: number): Promise<{ readonly id: string; readonly words: string | null; readonly answer: string | null }[]> {
  return op.tx.rows('select id, words, answer from carers.complaints where words is not null or answer is not null order by id limit $1 for update skip locked', [limit]);
}

/** Puts sealed words in the place of plain ones; what is null stays as it is. */
export async function sealComplaint(op: Op, id: string, words: Uint8Array | null, answer: Uint8Array | null): Promise<void> {
  await op.tx.run(
    'update carers.complaints set words = null, answer = null, words_sealed = coalesce($2, words_sealed), answer_sealed = coalesce($3, answer_sealed) where id = $1', [id, words, answer],
  );
}

/** Moves a complaint up. */
export async function moveUp(op: Op, id: string, desk: Desk, dueOn: CivilDate): Promise<void> {
  await op.tx.run('update carers.complaints set level = $2, office_id = $3, due_on = $4, escalated_on = $5 where id = $1', [id, desk.level, desk.office_id, dueOn, op.today]);
}

/** Complaints by id, as far as row security shows them. */
export const complaintById = defineLoader<ComplaintRow>('complaint', async (op, ids) =>
  inOrder(ids, await op.tx.rows<ComplaintRow>(`select ${COLUMNS} from carers.complaints where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** Complaints that the caller may see, the latest first. */
export async function listComplaints(op: Op, open: boolean, after: string | null, limit: number): Promise<ComplaintRow[]> {
  return op.tx.rows<ComplaintRow>(`select ${COLUMNS} from carers.complaints where (not $1 or answered_on is null) and ($2::uuid is null or id < $2) order by id desc limit $3`, [open, after, limit]);
}
