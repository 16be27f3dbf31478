import type { StandingFacts } from '../carers/verify.queries.js';

/**
 * What approvals and checks make of a family's standings, said a second time and without the services that write them.
 * An approval holds from its decision for as long as the setting of that day says, or until the family was closed.
 * A check holds on a day when the latest paper of every kind that was required is clear and has not run out.
 */
export const recruitmentFacts: readonly StandingFacts[] = [
  {
    code: 'approval',
    sql: `select a.family_id, null::uuid as adult_id, a.id as source_id,
            daterange(p.decided_on, least((p.decided_on + make_interval(months => platform.setting('recruitment.approval_months', p.decided_on)::int))::date, f.closed_on)) as during
          from recruitment.applications a join recruitment.panels p on p.application_id = a.id join carers.families f on f.id = a.family_id
          where a.state = 'approved' and (f.closed_on is null or f.closed_on > p.decided_on)`,
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
