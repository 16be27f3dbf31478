import type { StandingFacts } from '../carers/verify.queries.js';

/**
 * What approvals and checks make of a family's standings, said a second time and without the services that write them.
 * An approval holds from its decision for as long as the setting of that day says, or until the family was closed.
 * A review that confirms or changes is an approval too; one that removes ends those before it.
 * A check holds on a day when the latest paper of every kind that was required is clear and has not run out.
 */
export const recruitmentFacts: readonly StandingFacts[] = [
  {
    code: 'approval',
    sql: `select d.family_id, null::uuid as adult_id, d.id as source_id,
            daterange(d.on_day, least((d.on_day + make_interval(months => platform.setting('recruitment.approval_months', d.on_day)::int))::date, f.closed_on,
              (select min(r.on_day) from recruitment.reviews r where r.family_id = d.family_id and r.outcome = 'removed' and r.on_day > d.on_day))) as during
          from (select a.family_id, a.id, p.decided_on as on_day from recruitment.applications a join recruitment.panels p on p.application_id = a.id and p.outcome = 'approved' where a.state = 'approved'
            union all select family_id, id, on_day from recruitment.reviews where outcome in ('confirmed', 'changed')) d
          join carers.families f on f.id = d.family_id where f.closed_on is null or f.closed_on > d.on_day`,
  },
  {
    code: 'check',
    sql: `select p.family_id, p.adult_id, p.adult_id as source_id, daterange(p.day, p.next) as during
          from (select d.family_id, d.adult_id, d.day, lead(d.day) over (partition by d.adult_id order by d.day) as next
                from (select family_id, adult_id, done_on as day from recruitment.checks union select family_id, adult_id, valid_until from recruitment.checks) d) p
          cross join lateral (select max(c.done_on) as done_on from recruitment.checks c where c.adult_id = p.adult_id and c.done_on <= p.day) latest
          where p.next is not null and not exists (
            select from jsonb_array_elements_text(platform.setting('recruitment.checks', latest.done_on)) as required (kind)
            where not exists (
              select from (select c.outcome, c.valid_until from recruitment.checks c
                where c.adult_id = p.adult_id and c.kind = required.kind and c.done_on <= p.day order by c.done_on desc, c.id desc limit 1) paper
              where paper.outcome = 'clear' and paper.valid_until > p.day))`,
  },
  {
    code: 'concern',
    sql: `select c.family_id, c.adult_id, c.adult_id as source_id, daterange(c.done_on, c.next) as during
          from (select *, lead(done_on) over (partition by adult_id, kind order by done_on, id) as next from recruitment.checks) c where c.outcome = 'concern'`,
  },
];

/** Days from which a family has no places by terms any more, because its approval was removed. */
export const REMOVALS = `select family_id, on_day as day from recruitment.reviews where outcome = 'removed'`;
