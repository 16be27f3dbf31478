import { lockFamily } from '../carers/places.repo.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { actorId } from '../platform/database/op.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { defineLoader } from '../platform/graphql/context.js';
import { setting } from '../platform/settings.js';
import type { Outcome } from './review.domain.js';

/** The terms that a family was last approved for. */
export interface LastTerms {
  readonly places: number;
  readonly youngest: number;
  readonly oldest: number;
  readonly sexes: string[];
  readonly needs: string[];
  readonly careKinds: string[];
}

export async function insertReview(op: Op, review: { readonly familyId: string; readonly on: CivilDate; readonly outcome: Outcome; readonly reason: string }): Promise<string> {
  const id = newId();
  await refuseWhenBroken(
    op.tx.run('insert into recruitment.reviews (id, family_id, on_day, outcome, reason, decided_by) values ($1, $2, $3, $4, $5, $6)', [id, review.familyId, review.on, review.outcome, review.reason, actorId(op)]),
    { reviews_once_a_day: 'BEFORE_LAST_DECISION' },
  );
  return id;
}

/** The day of the last decision about a family, and the terms it was last approved for. */
export async function lastDecision(op: Op, familyId: string): Promise<{ readonly decidedOn: CivilDate | null; readonly terms: LastTerms | undefined }> {
  const row = await op.tx.row<{ decided_on: CivilDate | null }>(
    `select greatest((select max(lower(during)) from carers.standings where family_id = $1 and code = 'approval'), (select max(on_day) from recruitment.reviews where family_id = $1)) as decided_on`,
    [familyId],
  );
  const terms = await op.tx.row<LastTerms>(
    `select places, youngest, oldest, sexes, needs, care_kinds as "careKinds" from carers.approval_terms where family_id = $1 order by lower(during) desc limit 1`,
    [familyId],
  );
  return { decidedOn: row?.decided_on ?? null, terms };
}

/** Adults of the home who are not checked on the day, and carers without a certificate. */
export async function lackingOn(op: Op, familyId: string, on: CivilDate): Promise<{ readonly adultsUnchecked: number; readonly carersUntrained: number }> {
  const row = await op.tx.row<{ unchecked: number; untrained: number }>(
    `select (count(*) filter (where not exists (select from carers.standings s
         where s.family_id = $1 and s.adult_id = a.id and s.code = 'check' and s.reason is distinct from 'new_adult' and s.during @> $2::date)))::int as unchecked,
       (count(*) filter (where a.carer and not exists (select from carers.standings s where s.family_id = $1 and s.adult_id = a.id and s.code = 'certificate' and s.during @> $2::date)))::int as untrained
     from carers.adults a where a.family_id = $1 and a.during @> $2::date`,
    [familyId, on],
  );
  return { adultsUnchecked: row?.unchecked ?? 0, carersUntrained: row?.untrained ?? 0 };
}

/** Papers of an adult that a later one of the same kind has replaced. */
export async function supersededChecks(op: Op, adultId: string): Promise<string[]> {
  const rows = await op.tx.rows<{ id: string }>(
    `select id from (select id, lead(id) over (partition by kind order by done_on, id) as next from recruitment.checks where adult_id = $1) c where next is not null`,
    [adultId],
  );
  return rows.map(({ id }) => id);
}

/** A paper that runs out soon, whose step was not told yet. */
export interface EndingCheck {
  readonly checkId: string;
  readonly familyId: string;
  readonly officeId: string;
  readonly lastDay: CivilDate;
  readonly step: number;
}

/** How many one transaction takes. */
export const BATCH = 200;

/**
 * Takes one batch of papers whose latest step was not told: writes the step down and gives them. Only the latest paper of a
 * kind, of adults who live in a family that is not closed; of steps missed while nothing ran only the last is told.
 */
export async function takeEndingChecks(op: Op): Promise<EndingCheck[]> {
  return op.tx.rows<EndingCheck>(
    `with ending as materialized (
       select c.id, c.family_id, f.office_id, c.valid_until, (select min(s) from unnest($2::int[]) as s where c.valid_until - $1::date <= s) as step
       from recruitment.checks c join carers.families f on f.id = c.family_id and f.closed_on is null
       join carers.adults a on a.id = c.adult_id and a.during @> $1::date
       where c.outcome = 'clear' and c.valid_until > $1::date and c.valid_until - $1::date <= (select max(s) from unnest($2::int[]) as s)
         and not exists (select from recruitment.checks n where n.adult_id = c.adult_id and n.kind = c.kind and (n.done_on, n.id) > (c.done_on, c.id))),
     taken as (
       insert into recruitment.check_reminders (check_id, days, told_on)
       select id, step, $1 from ending e where not exists (select from recruitment.check_reminders r where r.check_id = e.id and r.days <= e.step)
       order by id limit ${BATCH} on conflict do nothing returning check_id)
     select e.id as "checkId", e.family_id as "familyId", e.office_id as "officeId", e.valid_until - 1 as "lastDay", e.step from taken t join ending e on e.id = t.check_id order by e.id`,
    [op.today, await setting<number[]>(op, 'recruitment.check_reminder_days', op.today)],
  );
}

/** Families whose approval ends soon or has ended, and for whom no review is asked for yet. */
export async function reviewsDue(op: Op): Promise<{ readonly familyId: string; readonly officeId: string; readonly lastDay: CivilDate }[]> {
  return op.tx.rows(
    `select f.id as "familyId", f.office_id as "officeId", max(upper(s.during)) - 1 as "lastDay"
     from carers.families f join carers.standings s on s.family_id = f.id and s.code = 'approval'
     where f.closed_on is null and not exists (select from worklist.tasks t where t.kind = 'recruitment.review_due' and t.subject_id = f.id and t.state = 'open')
       and coalesce((select r.outcome from recruitment.reviews r where r.family_id = f.id order by r.on_day desc limit 1), '') <> 'removed'
     group by f.id having bool_and(not upper_inf(s.during)) and max(upper(s.during)) <= $1::date + $2::int order by f.id limit ${BATCH}`,
    [op.today, await setting<number>(op, 'recruitment.review_notice_days', op.today)],
  );
}

export interface ReviewRow {
  readonly id: string;
  readonly family_id: string;
  readonly on_day: CivilDate;
  readonly outcome: Outcome;
  readonly reason: string;
}

/** The reviews of each family, the latest first, at most 20. */
export const reviewsOf = defineLoader<ReviewRow[]>('reviews', async (op, ids) => {
  const rows = await op.tx.rows<ReviewRow>(
    `select r.* from unnest($1::uuid[]) as f (id) cross join lateral
       (select id, family_id, on_day, outcome, reason from recruitment.reviews where family_id = f.id order by on_day desc limit 20) r`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});

const OF_APPLICATION = ['application_steps', 'signatures', 'home_studies', 'panels', 'motive_talks', 'appeals'] as const;

/** The papers of a family are read by the office that answers for it now: its applications with all that hangs on them, and its checks. */
export async function papersFollow(op: Op, familyId: string): Promise<void> {
  const family = await lockFamily(op, familyId);
  if (family === undefined) return;
  for (const table of ['applications', 'checks']) await op.tx.run(`update recruitment.${table} set office_id = $2 where family_id = $1 and office_id <> $2`, [familyId, family.office_id]);
  for (const table of OF_APPLICATION) {
    await op.tx.run(`update recruitment.${table} set office_id = $2 where application_id in (select id from recruitment.applications where family_id = $1) and office_id <> $2`, [familyId, family.office_id]);
  }
}
