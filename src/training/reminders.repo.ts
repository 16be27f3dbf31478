import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';

/** How many certificates or lists one transaction takes. */
export const BATCH = 200;

/** A certificate that ends soon, whose step was not told yet, and to whom. */
export interface Ending {
  readonly certificateId: string;
  readonly lastDay: CivilDate;
  /** The family, where a carer holds it. */
  readonly familyId: string | null;
  /** The colleague who holds it. */
  readonly accountId: string | null;
  /** The family's office, or where the colleague's supervisor sits; the ministry above a supervisor. */
  readonly officeId: string | null;
  readonly step: number;
}

/**
 * Takes one batch of certificates whose latest step was not told: writes the step down and gives them. Who has a later
 * certificate that counts the same, has left, or is of a closed family is left in peace. Of several steps that
 * were missed while nothing ran only the last one is told.
 */
export async function takeEnding(op: Op, steps: readonly number[]): Promise<Ending[]> {
  return op.tx.rows<Ending>(
    `with ending as materialized (
       select t.id, t.family_id, t.adult_id, t.account_id, c.audience, upper(t.during) as ends, (select min(s) from unnest($2::int[]) as s where upper(t.during) - $1::date <= s) as step
       from training.certificates t join training.courses c on c.id = t.course_id
       where upper(t.during) > $1::date and upper(t.during) - (select max(s) from unnest($2::int[]) as s) <= $1::date),
     carers as (
       select e.id, e.ends, e.family_id, null::uuid as account_id, f.office_id, e.step
       from ending e join carers.families f on f.id = e.family_id and (f.closed_on is null or f.closed_on > $1::date)
       join carers.adults a on a.id = e.adult_id and a.carer and a.during @> $1::date
       where exists (select from carers.standings s where s.adult_id = e.adult_id and s.code = 'certificate' and s.source_id = e.id and s.during @> $1::date)
         and not exists (select from carers.standings s where s.adult_id = e.adult_id and s.code = 'certificate' and (upper_inf(s.during) or upper(s.during) > e.ends))),
     colleagues as (
       select e.id, e.ends, null::uuid as family_id, e.account_id, place.office_id, e.step
       from ending e join staff.accounts a on a.id = e.account_id and a.state = 'active'
       cross join lateral (select case when p.role = 'supervisor' then ministry.id else coalesce(p.office_id, i.office_id, ministry.id) end as office_id
         from staff.postings p left join institutions.institutions i on i.id = p.institution_id left join territory.offices ministry on ministry.kind = 'ministry'
         where p.account_id = a.id and p.during @> $1::date and p.withdrawn_at is null order by p.id limit 1) as place
       where not exists (select from staff.qualifications q where q.account_id = e.account_id and q.kind = e.audience and (upper_inf(q.during) or upper(q.during) > e.ends))),
     taken as (
       insert into training.certificate_reminders (certificate_id, days, told_on)
       select id, step, $1 from (select * from carers union all select * from colleagues) as due
       where not exists (select from training.certificate_reminders r where r.certificate_id = due.id and r.days <= due.step)
       order by id limit ${BATCH} on conflict do nothing returning certificate_id)
     select due.id as "certificateId", due.ends - 1 as "lastDay", due.family_id as "familyId", due.account_id as "accountId", due.office_id as "officeId", due.step
     from taken join (select * from carers union all select * from colleagues) as due on due.id = taken.certificate_id order by due.id`,
    [op.today, steps],
  );
}

/** Older certificates of the person of this one, for the same audience: their renewal is asked for no longer. */
export async function replacedBy(op: Op, certificateId: string): Promise<string[]> {
  const rows = await op.tx.rows<{ id: string }>(
    `select old.id from training.certificates new join training.courses c on c.id = new.course_id
     join training.certificates old on (old.adult_id = new.adult_id or old.account_id = new.account_id) and old.id <> new.id and upper(old.during) <= upper(new.during)
     join training.courses oc on oc.id = old.course_id where new.id = $1 and (new.adult_id is not null or oc.audience = c.audience)`,
    [certificateId],
  );
  return rows.map(({ id }) => id);
}

/**
 * Takes one batch of people to be told that a session begins tomorrow, or today where yesterday nothing ran: colleagues
 * on its list, and who put carers on it. The trainer has a task with a reminder of its own.
 */
export async function takeTomorrow(op: Op): Promise<{ readonly sessionId: string; readonly accountId: string }[]> {
  return op.tx.rows<{ sessionId: string; accountId: string }>(
    `insert into training.session_reminders (session_id, account_id, told_on)
     select distinct s.id, coalesce(r.account_id, r.registered_by), $1::date from training.sessions s join training.registrations r on r.session_id = s.id and r.state = 'listed'
     where s.days[1] between $1::date and $1::date + 1 and s.cancelled_on is null and coalesce(r.account_id, r.registered_by) is not null
       and not exists (select from training.session_reminders d where d.session_id = s.id and d.account_id = coalesce(r.account_id, r.registered_by))
     limit ${BATCH} on conflict do nothing returning session_id as "sessionId", account_id as "accountId"`,
    [op.today],
  );
}
