import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { defineLoader } from '../platform/graphql/context.js';
import type { AddClosingGoalInput, OrderClosureInput, RecordInspectionInput, RecordLicenceInput, RecordStaffPostsInput } from './institution-life.graphql.js';
import type { InstitutionStateCode } from './institution.domain.js';

/** How many children live in an institution, or have their place kept there: a number, of nobody in particular. */
export async function residents(op: Op, institutionId: string): Promise<number> {
  return (await op.tx.row<{ n: number }>('select institutions.residents($1) as n', [institutionId]))?.n ?? 0;
}

export interface Licence extends DayRange {
  readonly id: string;
}

export async function licencesOf(op: Op, institutionId: string): Promise<Licence[]> {
  return op.tx.rows<Licence>('select id, lower(during) as "from", upper(during) as "to" from institutions.licences where institution_id = $1 order by during', [institutionId]);
}

export async function insertLicence(op: Op, input: RecordLicenceInput): Promise<void> {
  await refuseWhenBroken(
    op.tx.run('insert into institutions.licences (id, institution_id, during, number, authority) values ($1, $2, daterange($3, $4), $5, $6)', [
      newId(), input.institutionId, input.from, input.to ?? null, input.number, input.authority,
    ]),
    { licences_one_at_a_time: 'LICENCE_OVERLAPS' },
  );
}

export async function endLicence(op: Op, id: string, on: CivilDate, reason: string): Promise<void> {
  await op.tx.run('update institutions.licences set during = daterange(lower(during), $2), end_reason = $3 where id = $1', [id, on, reason]);
}

export async function insertInspection(op: Op, input: RecordInspectionInput): Promise<void> {
  await refuseWhenBroken(
    op.tx.run('insert into institutions.inspections (id, institution_id, on_day, kind, result, findings, next_due) values ($1, $2, $3, $4, $5, $6, $7)', [
      newId(), input.institutionId, input.on, input.kind, input.result, input.findings ?? null, input.nextDue ?? null,
    ]),
    { inspections_once: 'INSPECTION_RECORDED', inspections_findings: 'INSPECTION_FINDINGS', inspections_next: 'INSPECTION_FINDINGS' },
  );
}

export interface Closure {
  readonly id: string;
  readonly ordered_on: CivilDate;
  readonly emptied_on: CivilDate | null;
}

/** The order to close an institution, which is locked before. */
export async function closureOf(op: Op, institutionId: string): Promise<Closure | undefined> {
  return op.tx.row<Closure>('select id, ordered_on, emptied_on from institutions.closures where institution_id = $1', [institutionId]);
}

export async function insertClosure(op: Op, input: OrderClosureInput): Promise<void> {
  await op.tx.run('insert into institutions.closures (id, institution_id, ordered_on, order_number, authority, reason) values ($1, $2, $3, $4, $5, $6)', [
    newId(), input.institutionId, input.on, input.orderNumber, input.authority, input.reason,
  ]);
}

/** Writes the next state of an institution; the database looks once more whether somebody lives there. */
export async function setState(op: Op, institutionId: string, state: InstitutionStateCode): Promise<void> {
  await refuseWhenBroken(op.tx.run('update institutions.institutions set state = $2, version = version + 1 where id = $1', [institutionId, state]), { institutions_emptied: 'INSTITUTION_NOT_EMPTY' });
}

export async function setClosureDay(op: Op, closureId: string, column: 'emptied_on' | 'closed_on', on: CivilDate): Promise<void> {
  await op.tx.run(`update institutions.closures set ${column} = $2 where id = $1`, [closureId, on]);
}

export async function insertGoal(op: Op, closureId: string, input: AddClosingGoalInput): Promise<string> {
  const id = newId();
  await refuseWhenBroken(
    op.tx.run('insert into institutions.closing_goals (id, closure_id, due_on, goal, responsible, children_left) values ($1, $2, $3, $4, $5, $6)', [id, closureId, input.dueOn, input.goal, input.responsible, input.childrenLeft]),
    { closing_goals_one_a_day: 'GOAL_ON_DAY' },
  );
  return id;
}

export interface Goal {
  readonly id: string;
  readonly institution_id: string;
  readonly children_left: number;
  readonly met_on: CivilDate | null;
}

/** A goal with its institution, which is to be locked next; read again under its lock. */
export async function goalById(op: Op, id: string): Promise<Goal | undefined> {
  return op.tx.row<Goal>('select g.id, c.institution_id, g.children_left, g.met_on from institutions.closing_goals g join institutions.closures c on c.id = g.closure_id where g.id = $1', [id]);
}

export async function meetGoal(op: Op, id: string, on: CivilDate): Promise<void> {
  await op.tx.run('update institutions.closing_goals set met_on = $2 where id = $1', [id, on]);
}

/** The first day of the latest numbers of a kind of posts. */
export async function lastPosts(op: Op, institutionId: string, kind: string): Promise<CivilDate | null> {
  return (await op.tx.row<{ day: CivilDate | null }>('select max(lower(during)) as day from institutions.posts where institution_id = $1 and kind = $2', [institutionId, kind]))?.day ?? null;
}

export async function writePosts(op: Op, { institutionId, kind, posts, filled, on }: RecordStaffPostsInput): Promise<void> {
  await op.tx.run('update institutions.posts set during = daterange(lower(during), $3) where institution_id = $1 and kind = $2 and upper_inf(during)', [institutionId, kind, on]);
  await op.tx.run('insert into institutions.posts (institution_id, kind, during, posts, filled) values ($1, $2, daterange($3, null), $4, $5)', [institutionId, kind, on, posts, filled]);
}

/** Rows that hang on institutions, one statement for all of them; the caller sees the institutions already. */
function hanging<T extends { readonly institution_id: string }>(name: string, sql: string) {
  return defineLoader<T[]>(name, async (op, ids) => {
    const rows = await op.tx.rows<T>(sql, [ids]);
    return ids.map((id) => rows.filter((row) => row.institution_id === id));
  });
}

export interface LicenceRow {
  readonly institution_id: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly number: string;
  readonly authority: string;
  readonly end_reason: string | null;
}
export const licencesLoader = hanging<LicenceRow>(
  'institutionLicences',
  'select institution_id, lower(during) as "from", upper(during) as "to", number, authority, end_reason from institutions.licences where institution_id = any ($1::uuid[]) order by during desc',
);

export interface InspectionRow {
  readonly institution_id: string;
  readonly on_day: CivilDate;
  readonly kind: string;
  readonly result: string;
  readonly findings: string | null;
  readonly next_due: CivilDate | null;
}
export const inspectionsLoader = hanging<InspectionRow>(
  'institutionInspections',
  'select institution_id, on_day, kind, result, findings, next_due from institutions.inspections where institution_id = any ($1::uuid[]) order by on_day desc, id desc',
);

export interface ClosureRow {
  readonly institution_id: string;
  readonly ordered_on: CivilDate;
  readonly order_number: string;
  readonly authority: string;
  readonly reason: string;
  readonly emptied_on: CivilDate | null;
  readonly closed_on: CivilDate | null;
}
export const closuresLoader = hanging<ClosureRow>(
  'institutionClosures',
  'select institution_id, ordered_on, order_number, authority, reason, emptied_on, closed_on from institutions.closures where institution_id = any ($1::uuid[])',
);

export interface GoalRow {
  readonly institution_id: string;
  readonly id: string;
  readonly due_on: CivilDate;
  readonly goal: string;
  readonly responsible: string;
  readonly children_left: number;
  readonly met_on: CivilDate | null;
}
export const goalsLoader = hanging<GoalRow>(
  'institutionGoals',
  `select c.institution_id, g.id, g.due_on, g.goal, g.responsible, g.children_left, g.met_on from institutions.closing_goals g join institutions.closures c on c.id = g.closure_id
   where c.institution_id = any ($1::uuid[]) order by g.due_on`,
);

export interface PostsRow {
  readonly institution_id: string;
  readonly kind: string;
  readonly posts: number;
  readonly filled: number;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}
export const postsLoader = hanging<PostsRow>(
  'institutionPosts',
  'select institution_id, kind, posts, filled, lower(during) as "from", upper(during) as "to" from institutions.posts where institution_id = any ($1::uuid[]) order by during desc, kind',
);

export interface VersionRow {
  readonly institution_id: string;
  readonly kind: string;
  readonly capacity: number;
  readonly state: string;
  readonly since: Date;
}
export const versionsLoader = hanging<VersionRow>(
  'institutionVersions',
  'select institution_id, kind, capacity, state, since from institutions.versions where institution_id = any ($1::uuid[]) order by seq desc',
);
