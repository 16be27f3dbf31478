/** What must hold, in words, and a statement that finds what breaks it. `$1` is the day. */
export type Invariant = readonly [name: string, sql: string];

/** What an adult of the home lacked on a day, by the papers that were known when an act was written: ids are in the order of their writing. */
const lacked = (decided: string): string => `
  exists (select from carers.adults ad cross join jsonb_array_elements_text(platform.setting('recruitment.checks', ${decided}.day)) as needed (kind)
    where ad.family_id = ${decided}.family_id and ad.id < ${decided}.act_id and ad.during @> ${decided}.day
      and coalesce((select c.outcome <> 'clear' or c.valid_until <= ${decided}.day from recruitment.checks c
        where c.adult_id = ad.id and c.kind = needed.kind and c.done_on <= ${decided}.day and c.id < ${decided}.act_id order by c.done_on desc, c.id desc limit 1), true))
  or exists (select from carers.adults ad where ad.family_id = ${decided}.family_id and ad.id < ${decided}.act_id and ad.carer and ad.during @> ${decided}.day
    and not exists (select from training.certificates t join training.courses tc on tc.id = t.course_id where t.adult_id = ad.id and t.id < ${decided}.act_id and t.during @> ${decided}.day
      and tc.audience in (select jsonb_array_elements_text(platform.setting('training.counts_for.' || ${decided}.kind, lower(t.during))))))`;

const APPROVALS = `
  select p.*, p.decided_on as day, a.family_id, f.kind, f.closed_on, x.id as act_id, x.seq, o.role
  from recruitment.panels p join recruitment.applications a on a.id = p.application_id join carers.families f on f.id = a.family_id
  left join platform.acts x on x.subject_id = a.id and x.act = 'application.approve' left join staff.postings o on o.id = x.posting_id where p.outcome = 'approved'`;

const REVIEWS = `
  select r.*, r.on_day as day, f.kind, x.id as act_id, o.role from recruitment.reviews r join carers.families f on f.id = r.family_id
  left join platform.acts x on x.subject_id = r.family_id and x.act = 'family.review' and x.on_day = r.on_day left join staff.postings o on o.id = x.posting_id`;

/** Deeds that nobody does for a family whom she is tied to. */
const APART = `('application.present', 'application.approve', 'application.refuse', 'application.dissolvePanel', 'application.decideAppeal', 'motive_talk.record', 'check.record', 'check.renew',
  'signature.record', 'home_study.record', 'family.review', 'family.suspend', 'family.liftSuspension', 'family.close', 'family.grantExemption', 'tie.withdraw')`;

export const OF_DECISIONS: readonly Invariant[] = [
  ['no family was approved without every check and certificate that it needed on that day', `with d as (${APPROVALS}) select d.id from d where d.act_id is null or ${lacked('d')}`],
  ['no review let a family stand by without every check and certificate', `with d as (${REVIEWS}) select d.id from d where d.outcome in ('confirmed', 'changed') and (d.act_id is null or ${lacked('d')})`],
  [
    'no family was approved unsigned, unstudied or not recommended, or before a talk that was asked for',
    `with d as (${APPROVALS}) select d.id from d
     where exists (select from jsonb_array_elements_text(platform.setting('recruitment.signatures', d.day)) as s (party) where not exists (select from recruitment.signatures g where g.application_id = d.application_id and g.party = s.party and g.id < d.act_id))
       or (select h.recommended from recruitment.home_studies h where h.application_id = d.application_id order by h.done_on desc, h.id desc limit 1) is not true
       or exists (select from recruitment.home_studies h where h.application_id = d.application_id and h.motive_talk_needed and not exists
         (select from recruitment.motive_talks t where t.application_id = d.application_id and t.held_on between h.done_on and d.day and t.id < d.act_id))`,
  ],
  [
    'a panel is three people with a posting, one of them from another office, and decided by a supervisor who did not study the home',
    `select p.id from recruitment.panels p where (select count(distinct m) from unnest(p.members) m) <> 3 or p.decided_on < p.met_on
       or exists (select from unnest(p.members) m where not exists (select from staff.postings o where o.account_id = m and o.during @> p.met_on))
       or not exists (select from unnest(p.members) m join staff.postings o on o.account_id = m where o.during @> p.met_on group by m having bool_and(o.office_id is distinct from p.office_id))
       or p.outcome in ('approved', 'refused') and exists (select from recruitment.home_studies h where h.application_id = p.application_id and h.done_by = p.decided_by)
     union all select d.id from (${APPROVALS}) d where d.role is distinct from 'supervisor' or d.decided_by not in (select x.actor_id from platform.acts x where x.id = d.act_id)
     union all select d.id from (${REVIEWS}) d where d.role is distinct from 'supervisor'`,
  ],
  [
    'who is tied to a family decides, checks, studies and signs nothing for it',
    `select x.id from platform.acts x join notes.ties t on t.family_id = coalesce(x.about_id, x.subject_id) and x.seq > t.since and (t.until is null or x.seq <= t.until)
     where x.act in ${APART} and (x.actor_id = t.account_id or t.how = 'household' and exists (
       select from staff.postings hers join staff.postings his on his.office_id = hers.office_id join carers.adults a on a.id = t.adult_id
       where hers.account_id = t.account_id and his.account_id = x.actor_id and a.during @> x.on_day))
     union all select p.id from recruitment.panels p join recruitment.applications a on a.id = p.application_id join notes.ties t on t.family_id = a.family_id and t.account_id = any (p.members)
       join platform.acts x on x.subject_id = a.id and x.act in ('application.approve', 'application.refuse') and x.on_day = p.decided_on
       where p.outcome in ('approved', 'refused') and x.seq > t.since and (t.until is null or x.seq <= t.until)`,
  ],
  [
    'an application is decided once, and once more after each appeal that was upheld',
    `select a.id from recruitment.applications a cross join lateral (
       select count(*) filter (where p.outcome = 'approved') as approved, count(*) filter (where p.outcome = 'refused') as refused, count(*) filter (where p.outcome is null) as waiting,
         (select count(*) from recruitment.appeals l where l.application_id = a.id and l.outcome = 'upheld') as upheld,
         (select count(*) from platform.acts x where x.subject_id = a.id and x.act in ('application.approve', 'application.refuse')) as acts
       from recruitment.panels p where p.application_id = a.id) n
     where n.approved <> (a.state = 'approved')::int or n.refused <> n.upheld + (a.state = 'refused')::int or n.waiting <> (a.state = 'panel')::int and a.state <> 'withdrawn' or n.acts <> n.approved + n.refused`,
  ],
  [
    'an appeal is decided by other hands, and was made in time',
    `select l.id from recruitment.appeals l join recruitment.panels p on p.id = l.panel_id where l.filed_on not between p.decided_on and p.decided_on + 30 or l.decided_on < l.filed_on
       or l.decided_by = p.decided_by or l.decided_by = any (p.members) or exists (select from recruitment.home_studies h where h.application_id = l.application_id and h.done_by = l.decided_by)`,
  ],
  [
    'an application stands where its last step says, in the order of the days, and waits for somebody while it is open',
    `select a.id from recruitment.applications a cross join lateral (
       select (array_agg(s.state order by s.entered_on, s.id))[1] as first, (array_agg(s.state order by s.entered_on desc, s.id desc))[1] as last, max(s.entered_on) as entered from recruitment.application_steps s where s.application_id = a.id) s
     where s.first is distinct from 'received' or s.last is distinct from a.state or (a.ended_on is not null) <> (a.state in ('approved', 'refused', 'withdrawn'))
       or (select count(*) from worklist.tasks t where t.subject_id = a.id and t.kind = 'recruitment.application_waits' and t.state = 'open'
         and t.due_on = s.entered + (platform.setting('recruitment.stage_days', s.entered) ->> a.state)::int) <> (a.ended_on is null)::int`,
  ],
];

export const OF_FAMILIES: readonly Invariant[] = [
  [
    'a place is taken once, within what there is',
    `select o.family_id from carers.place_occupancies o join carers.place_occupancies q on q.family_id = o.family_id and q.slot = o.slot and q.occupant_id <> o.occupant_id and q.during && o.during
     union all select o.family_id from carers.place_occupancies o where not exists (select from carers.family_places p where p.family_id = o.family_id and p.slot = o.slot and p.during @> lower(o.during))
     union all select p.family_id from carers.family_places p join carers.family_places q on q.family_id = p.family_id and q.slot = p.slot and q.during && p.during and (q.during, q.source_id) > (p.during, p.source_id)`,
  ],
  [
    'an approval, its terms and its places go together, and end with the family',
    `select f.id from carers.families f cross join lateral (select
         exists (select from carers.standings s where s.family_id = f.id and s.code = 'approval' and s.during @> $1::date) as approved,
         (select max(t.places) from carers.approval_terms t where t.family_id = f.id and t.during @> $1::date) as places,
         (select count(*) from carers.family_places p where p.family_id = f.id and p.basis = 'terms' and p.during @> $1::date) as slots) n
     where n.approved <> (n.places is not null) or n.approved and n.slots <> n.places or n.places > platform.setting('recruitment.places_limit.' || f.kind, $1::date)::int
       or f.closed_on <= $1::date and (n.approved or n.slots > 0)`,
  ],
  [
    'an approval rests on a decision of its day',
    `select s.id from carers.standings s where s.code = 'approval' and not exists (select from recruitment.panels p where p.application_id = s.source_id and p.outcome = 'approved' and p.decided_on = lower(s.during))
       and not exists (select from recruitment.reviews r where r.id = s.source_id and r.outcome in ('confirmed', 'changed') and r.on_day = lower(s.during))`,
  ],
  [
    'nothing is decided about a closed family any more, and its carers are asked why they left',
    `select x.id, x.act from platform.acts x join platform.acts c on c.act = 'family.close' and c.subject_id = coalesce(x.about_id, x.subject_id) and x.seq > c.seq
     where x.act in ('application.approve', 'application.present', 'family.review', 'family.suspend', 'family.grantExemption', 'family.addAdult', 'family.change', 'family.reportConcern', 'check.renew', 'family.close', 'respite.record', 'family.recordOwnChild')
     union all select f.id, 'exit' from carers.families f where f.closed_on is not null and not exists (select from carers.exit_interviews e where e.family_id = f.id)
       and not exists (select from worklist.tasks t where t.subject_id = f.id and t.kind = 'carers.exit_interview') and exists (select from platform.acts x where x.subject_id = f.id and x.act = 'family.close' and x.on_day < $1::date)
       and exists (select from carers.standings s where s.family_id = f.id and s.code = 'approval')`,
  ],
  [
    'an allegation suspended the family on its day, and is hidden; a supervisor was told',
    `select c.id from carers.concerns c where c.kind = 'allegation' and not exists (select from carers.suspensions s where s.family_id = c.family_id and s.reason = 'allegation' and s.from_on <= c.on_day and (s.lifted_on is null or s.lifted_on > c.on_day or s.lifted_on = s.from_on))
     union all select c.id from carers.concerns c where not exists (select from worklist.tasks t where t.subject_id = c.id and t.kind = 'carers.concern_reported' and t.role = 'supervisor')
     union all select s.id from carers.standings s where s.code = 'suspension' and s.confidential <> (s.reason in ('allegation', 'contact_risk', 'conviction', 'health'))`,
  ],
  [
    'who turned eighteen at home is an adult of it, and whoever came to an approved family has her check asked for',
    `select c.id from carers.own_children c join carers.families f on f.id = c.family_id where f.closed_on is null and c.adult_id is null and c.birth_date + interval '18 years' <= $1::date and c.during @> $1::date
     union all select a.id from carers.adults a join carers.standings s on s.family_id = a.family_id and s.code = 'approval' and s.during @> lower(a.during)
       join platform.acts x on x.subject_id = a.id and x.act = 'family.addAdult'
       where s.source_id < a.id and a.check_due_on is null`,
  ],
  [
    'a review is asked for where an approval comes to its end',
    `select f.id from carers.families f join carers.standings s on s.family_id = f.id and s.code = 'approval' where f.closed_on is null
       and coalesce((select r.outcome from recruitment.reviews r where r.family_id = f.id order by r.on_day desc limit 1), '') <> 'removed'
     group by f.id having max(upper(s.during)) <= $1::date + 60 and not exists (select from worklist.tasks t where t.subject_id = f.id and t.kind = 'recruitment.review_due' and t.state = 'open')`,
  ],
  [
    'whose paper runs out within ninety days was told of it',
    `select c.id from recruitment.checks c join carers.families f on f.id = c.family_id and f.closed_on is null join carers.adults a on a.id = c.adult_id and a.during @> $1::date
     where c.outcome = 'clear' and c.valid_until > $1::date and c.valid_until <= $1::date + 90 and not exists (select from recruitment.checks n where n.adult_id = c.adult_id and n.kind = c.kind and (n.done_on, n.id) > (c.done_on, c.id))
       and not exists (select from recruitment.check_reminders r where r.check_id = c.id)`,
  ],
  [
    'a complaint that waited too long is the ministry\'s, and none was answered by whom it is about',
    `select c.id from carers.complaints c where c.answered_on is null and c.level = 'province' and c.due_on < $1::date or c.answered_by = any (c.about_accounts) or c.answered_by = c.recorded_by`,
  ],
];

export const OF_THE_REST: readonly Invariant[] = [
  [
    'no enquiry is forgotten: an open one waits for a colleague of its office until a day, and its worker is told on that morning',
    `select e.id, e.state, (select jsonb_agg(to_jsonb(t)) from worklist.tasks t where t.subject_id = e.id) as tasks, to_jsonb(e) as e from recruitment.enquiries e where (select count(*) from worklist.tasks t join staff.postings p on p.account_id = t.account_id and p.during @> $1::date
         where t.subject_id = e.id and t.kind = 'recruitment.enquiry_waits' and t.state = 'open' and t.account_id = e.worker_id and t.due_on = coalesce(e.next_on, e.received_on + 14))
       <> (e.state in ('new', 'followed_up') and e.duplicate_of is null)::int
     union all select t.id, 'untold', to_jsonb(t), (select jsonb_agg(to_jsonb(r)) from worklist.reminders r where r.task_id = t.id) from worklist.tasks t where t.kind = 'recruitment.enquiry_waits' and t.state = 'open' and t.due_on <= $1::date
       and not exists (select from worklist.inbox i where i.account_id = t.account_id and t.subject_id = any (i.subject_ids))
     union all select r.task_id, 'unsent', null, null from worklist.reminders r where r.due_at <= $1::date and r.sent_at is null and r.dropped_at is null`,
  ],
  [
    'an enquiry became an application or did not; of one household they are linked one step far',
    `select e.id from recruitment.enquiries e where (e.state = 'applied') <> exists (select from recruitment.applications a where a.enquiry_id = e.id) or e.state = 'followed_up' and e.next_on is null
     union all select e.id from recruitment.enquiries e join recruitment.enquiries o on o.id = e.duplicate_of where o.duplicate_of is not null or e.state = 'applied' or o.id = e.id
     union all select e.id from recruitment.enquiries e where e.phone !~ '^\\+855[1-9][0-9]{7,8}$'`,
  ],
  [
    'a certificate is for who was there, passed, and had something to renew',
    `select t.id from training.certificates t join training.registrations r on r.id = t.registration_id join training.sessions s on s.id = r.session_id join training.courses c on c.id = s.course_id
     where c.id <> t.course_id or r.state <> 'listed' or s.cancelled_on is not null or lower(t.during) < (select max(d) from unnest(s.days) d) or t.issued_by = r.account_id
       or c.pass_mark is not null and coalesce((select a.score from training.assessments a where a.registration_id = r.id order by a.assessed_on desc, a.id desc limit 1), -1) < c.pass_mark
       or c.renews_id is not null and not exists (select from training.certificates o where o.course_id = c.renews_id and coalesce(o.adult_id, o.account_id) = coalesce(t.adult_id, t.account_id) and o.id < t.id)
       or case when exists (select from training.modules m where m.course_id = c.id)
         then exists (select from training.modules m where m.course_id = c.id and not exists (select from training.attendance a join training.registrations o on o.id = a.registration_id
           where a.module_id = m.id and a.present and coalesce(o.adult_id, o.account_id) = coalesce(t.adult_id, t.account_id)))
         else exists (select from unnest(s.days) d where not exists (select from training.attendance a where a.registration_id = r.id and a.day = d and a.present)) end
     union all select (array_agg(t.id))[1] from training.certificates t group by t.registration_id having count(*) > 1`,
  ],
  [
    'no session has more on its list than it has room, nobody waits before an empty chair, nobody is on it twice',
    `select s.id from training.sessions s cross join lateral (select count(*) filter (where r.state = 'listed') as listed, count(*) filter (where r.state = 'waiting') as waiting from training.registrations r where r.session_id = s.id) n
     where n.listed > s.capacity or s.cancelled_on is null and n.waiting > 0 and n.listed < s.capacity
     union all select r.session_id from training.registrations r where r.state <> 'withdrawn' group by r.session_id, coalesce(r.adult_id, r.account_id) having count(*) > 1`,
  ],
  [
    'what was recorded without a certificate waits for a supervisor, and is signed by another hand',
    `select c.id from training.countersignatures c where c.countersigned_by = c.recorded_by or (c.countersigned_on is null) <> exists (select from worklist.tasks t where t.subject_id = c.id and t.kind = 'training.countersign' and t.state = 'open')
     union all select x.id from platform.acts x where x.act in ('application.approve', 'family.review') and exists (select from recruitment.panels p where p.application_id = x.subject_id and p.outcome = 'approved')
       and not exists (select from staff.qualifications q where q.account_id = x.actor_id and q.during @> x.on_day)`,
  ],
  [
    'every act has an author, and a colleague\'s rests on her own posting of that day',
    `select x.id from platform.acts x where x.actor_id is not null and not exists (select from staff.postings p where p.id = x.posting_id and p.account_id = x.actor_id and p.during @> coalesce(x.on_day, $1::date) and p.withdrawn_at is null)
     union all select x.id from platform.acts x where x.on_day > $1::date`,
  ],
  [
    'nothing is announced without an act, and every decision is announced',
    `select o.subject_id from platform.outbox o left join platform.acts x on x.id = o.act_id where o.event not like 'job.%' and (x.id is null or o.subject_id not in (x.subject_id, coalesce(x.about_id, x.subject_id)))
     union all select a.id from recruitment.applications a where a.state in ('approved', 'refused') and not exists (select from platform.outbox o where o.subject_id = a.id and o.event = 'application.' || a.state)`,
  ],
  [
    'a table\'s rows are all told, and what was created is there',
    `select w.id from recruitment.family_load_rows w join recruitment.family_loads l on l.id = w.load_id where w.outcome = 'waiting' or w.outcome = 'created' and (l.dry_run or not exists (select from recruitment.applications a where a.family_id = w.family_id))
     union all select l.id from recruitment.family_loads l where l.done <> l.rows or l.rows <> (select count(*) from recruitment.family_load_rows w where w.load_id = l.id)`,
  ],
];

/** What breaks an invariant on purpose, past every constraint: the beginning of its name, and the statement. `$1` is the day. */
export const SABOTAGE: readonly Invariant[] = [
  ['no family was approved without every check', `delete from recruitment.checks c using recruitment.applications a where a.family_id = c.family_id and a.state = 'approved' and c.kind = 'health'`],
  ['no family was approved unsigned', `delete from recruitment.signatures s using recruitment.applications a where a.id = s.application_id and a.state = 'approved' and s.party = 'police'`],
  ['a panel is three people', `update recruitment.panels p set decided_by = h.done_by from recruitment.home_studies h where h.application_id = p.application_id and p.outcome = 'approved'`],
  ['who is tied to a family', `insert into notes.ties (family_id, account_id, how, since) select a.family_id, p.decided_by, 'relative', 0 from recruitment.panels p join recruitment.applications a on a.id = p.application_id where p.outcome = 'approved'`],
  ['an application is decided once', `insert into recruitment.panels select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid()))).* from recruitment.panels p where p.outcome = 'approved'`],
  ['an application stands where', `update worklist.tasks set state = 'done', closed_at = now() where kind = 'recruitment.application_waits' and state = 'open'`],
  ['a place is taken once', `insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id) select id, 39, daterange($1::date, null), 'placement', gen_random_uuid() from carers.families limit 1`],
  ['an approval, its terms and its places', `update carers.families f set closed_on = $1::date, closed_why = 'other' from recruitment.applications a where a.family_id = f.id and a.state = 'approved'`],
  ['an approval rests on a decision', `update recruitment.panels set decided_on = decided_on + 1 where outcome = 'approved'`],
  ['an allegation suspended the family', `insert into carers.concerns (id, family_id, kind, on_day) select gen_random_uuid(), id, 'allegation', $1::date from carers.families limit 1`],
  ['who turned eighteen at home', `insert into carers.own_children (id, family_id, name_latin, sex, birth_date, birth_precision, during) select gen_random_uuid(), id, 'Grown', 'female', '2001-01-01', 'day', daterange('2020-01-01', null) from carers.families where closed_on is null limit 1`],
  ['whose paper runs out', `delete from recruitment.check_reminders where $1::date is not null`],
  ['no enquiry is forgotten', `delete from worklist.tasks where kind = 'recruitment.enquiry_waits' and state = 'open'`],
  ['an enquiry became an application', `update recruitment.enquiries set state = 'new' where state = 'applied'`],
  ['a certificate is for who was there', `update training.attendance set present = false`],
  ['no session has more on its list', `insert into training.registrations select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'adult_id', gen_random_uuid()))).* from training.registrations r cross join generate_series(1, 7) where r.state = 'listed' and r.adult_id is not null`],
  ['what was recorded without a certificate', `insert into training.countersignatures select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'subject_id', gen_random_uuid(), 'countersigned_on', null, 'countersigned_by', null))).* from training.countersignatures c limit 1`],
  ['every act has an author', `update platform.acts set posting_id = gen_random_uuid() where act = 'enquiry.record'`],
  ['nothing is announced without an act', `update platform.outbox set act_id = gen_random_uuid() where event not like 'job.%'`],
  ['the stand-by list is what the facts say', `delete from carers.standings where code = 'check'`],
];

export const INVARIANTS: readonly Invariant[] = [...OF_DECISIONS, ...OF_FAMILIES, ...OF_THE_REST];
