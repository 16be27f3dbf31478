/**
 * What must hold of invented childhoods, asked in SQL that shares nothing with whoever invented them: each statement finds
 * what breaks it. `$1` is the day.
 */
export const OF_CHILDREN: readonly (readonly [name: string, sql: string])[] = [
  [
    'a child is in one place every day, without a gap from the first to death or today',
    `select child_id from (select e.child_id, lower(e.during) as starts, upper(e.during) as ends, lag(upper(e.during)) over w as before, lead(lower(e.during)) over w as after, c.died_on
       from placements.episodes e join children.children c on c.id = e.child_id window w as (partition by e.child_id order by e.during)) t
     where starts <> before or before is null and after is null and ends is not null and died_on is null or after is null and ends is distinct from died_on + 1
     union all select c.id from children.children c where not exists (select from placements.episodes e where e.child_id = c.id)`,
  ],
  [
    'nobody has moved today or later',
    `select id from placements.episodes where lower(during) >= $1::date or recorded_at >= $1::date
     union all select id from placements.placements where state in ('active', 'ended') and (starts_on >= $1::date or ended_on > $1::date)`,
  ],
  [
    'a child answers where she lives: office and institution are those of her last stay',
    `select c.id from children.children c join placements.episodes e on e.child_id = c.id and upper_inf(e.during)
     where c.office_id <> e.office_id or c.institution_id is distinct from e.institution_id`,
  ],
  [
    'no family has more children than places on any day on which somebody came or a place went',
    `with days as (select family_id, lower(during) as day from carers.place_occupancies union select family_id, upper(during) from carers.family_places where upper(during) is not null)
     select d.family_id, d.day from days d
     where (select count(*) from carers.place_occupancies o where o.family_id = d.family_id and o.during @> d.day)
         > (select count(*) from carers.family_places p where p.family_id = d.family_id and p.during @> d.day)`,
  ],
  [
    'a stay in a family is one: its days are those of its place and of its nights',
    `select p.id, p.starts_on, p.ended_on from placements.placements p where p.state in ('active', 'ended') and (
       not exists (select from carers.place_occupancies o where o.occupant_id = p.id and o.family_id = p.family_id and o.kind = 'placement' and o.during = daterange(p.starts_on, p.ended_on))
       or (select range_agg(e.during) from placements.episodes e where e.placement_id = p.id)
          is distinct from datemultirange(daterange(p.starts_on, p.ended_on + (p.end_reason = 'died')::int))
       or not exists (select from placements.episodes e where e.placement_id = p.id and e.family_id = p.family_id and e.kind = p.care_kind))`,
  ],
  [
    'nobody moved into a family unheard, unsigned or unapproved, unless it was a fact',
    `select p.id, p.state from placements.placements p where p.planned_by is not null and p.state in ('approved', 'active', 'ended') and (
       (select count(distinct k.kind) from placements.consultations k where k.placement_id = p.id and k.on_day <= p.approved_on) < 4
       or (select count(distinct a.party) from placements.agreements a where a.placement_id = p.id and a.party in ('carer', 'office', 'commune') and a.signed_on <= p.approved_on) < 3
       or not exists (select from placements.approvals a where a.placement_id = p.id)
       or p.approved_by = p.planned_by or p.approved_on > p.starts_on or p.planned_on > p.approved_on
       or not exists (select from placements.gatekeepings g where g.child_id = p.child_id and g.concluded_on <= p.planned_on)
       or (select count(*) from platform.acts a where a.subject_id = p.id and a.act = 'placement.approve' and a.reason = 'approved') <> 1
       or (select count(distinct left(o.area_code, 2)) from territory.offices o where o.id in (p.office_id, p.family_office_id)) <> (select count(*) from placements.approvals a where a.placement_id = p.id))
     union all select p.id, p.state from placements.placements p where p.planned_by is null and p.state in ('active', 'ended')
       and not exists (select from platform.acts a where a.subject_id = p.id and a.act = 'placement.recordFact')`,
  ],
  [
    'every stay that was decided began with a family that was approved, ready and not suspended, with terms for the child',
    `select p.id from placements.placements p join children.children c on c.id = p.child_id where p.planned_by is not null and p.state in ('active', 'ended') and (
       not exists (select from carers.standings s where s.family_id = p.family_id and s.code = 'approval' and s.during @> p.starts_on)
       or exists (select from carers.standings s where s.family_id = p.family_id and s.code = 'suspension' and s.during @> p.starts_on)
       or exists (select from carers.adults a where a.family_id = p.family_id and a.during @> p.starts_on and not exists
         (select from carers.standings s where s.adult_id = a.id and s.code = 'check' and s.during @> p.starts_on))
       or exists (select from carers.adults a where a.family_id = p.family_id and a.carer and a.during @> p.starts_on and not exists
         (select from carers.standings s where s.adult_id = a.id and s.code = 'certificate' and s.during @> p.starts_on))
       or not exists (select from carers.approval_terms t where t.family_id = p.family_id and t.during @> p.starts_on and p.care_kind = any (t.care_kinds) and c.sex = any (t.sexes)
         and platform.age_on(c.birth_date, p.starts_on) between t.youngest - 1 and t.oldest + 2))`,
  ],
  [
    'every effect has its act: child, gatekeeping, placement, visit, run',
    `select c.id from children.children c where not exists (select from platform.acts a where a.subject_id = c.id and a.act = 'resident.register')
     union all select g.id from placements.gatekeepings g where g.state = 'complete' and not exists (select from platform.acts a where a.subject_id = g.id and a.act = 'gatekeeping.conclude')
     union all select p.id from placements.placements p where p.state in ('active', 'ended') and not exists (select from platform.acts a where a.subject_id = p.id and a.act in ('placement.start', 'placement.recordFact'))
     union all select p.id from placements.placements p where p.state = 'ended' and not exists (select from platform.acts a where a.subject_id = p.id and a.act = 'placement.end')
       and not exists (select from placements.placements n where n.child_id = p.child_id and n.starts_on = p.ended_on and n.state in ('active', 'ended'))
     union all select v.id from casework.visits v where v.state = 'recorded' and not exists (select from platform.acts a where a.subject_id = v.id and a.act = 'visit.record')
     union all select r.id from support.runs r where r.state = 'approved' and not exists (select from platform.acts a where a.subject_id = r.id and a.act = 'paymentRun.approve')`,
  ],
  [
    'a plan keeps a place that has not lapsed, and a proposal is as open as its plan',
    `select p.id from placements.placements p where p.state in ('planned', 'approved') and (p.starts_on <= $1::date
       or not exists (select from carers.place_occupancies o where o.occupant_id = p.id and o.family_id = p.family_id and o.kind = 'hold' and lower(o.during) = p.starts_on and o.expires_at > $1::date + 1)
       or (p.state = 'planned') <> exists (select from worklist.tasks t where t.subject_id = p.id and t.kind = 'placements.approve' and t.state = 'open'))
     union all select q.id from matching.proposals q join matching.proposal_children c on c.proposal_id = q.id join placements.placements p on p.id = c.placement_id
       where (q.state in ('waiting', 'accepted')) <> (p.state in ('planned', 'approved')) or p.proposal_id <> q.id or q.family_id <> p.family_id
         or q.state = 'declined' and not exists (select from carers.standings s where s.family_id = q.family_id and s.source_id = q.child_id and s.code = 'declined')`,
  ],
  [
    'a list adds up: its scores, its order, and those left out',
    `select e.list_id from matching.entries e join matching.lists l on l.id = e.list_id
     where e.score <> (select sum((f ->> 'value')::int * (l.weights ->> (f ->> 'factor'))::int) from jsonb_array_elements(e.factors) f)
       or exists (select from matching.entries b where b.list_id = e.list_id and b.rank < e.rank and b.score < e.score)
     union all select l.id from matching.lists l where l.searched <> l.eligible + (select count(*) from matching.exclusions x where x.list_id = l.id) or l.eligible <> (select count(*) from matching.entries e where e.list_id = l.id)`,
  ],
  [
    'options were looked at in the order of policy, and one was chosen where it was concluded',
    `select g.id from placements.gatekeepings g cross join lateral (
       select array_agg(o.option order by array_position(array['birth_family', 'kin', 'foster', 'family_house', 'faith_place', 'residential'], o.option)) as options, count(*) filter (where o.outcome = 'chosen') as chosen
       from placements.options o where o.gatekeeping_id = g.id) t
     where options <> (array['birth_family', 'kin', 'foster', 'family_house', 'faith_place', 'residential'])[1:cardinality(options)] or chosen <> (g.state = 'complete')::int`,
  ],
  [
    'a visit is due for every active stay, and none after it ended',
    `select p.id from placements.placements p
     where p.state in ('active', 'ended') and (select count(*) from casework.visits v where v.placement_id = p.id and v.state = 'due') <> (p.state = 'active')::int
     union all select v.id from casework.visits v join placements.placements p on p.id = v.placement_id where v.happened_on < p.starts_on or v.happened_on >= p.ended_on or v.happened_on >= $1::date
     union all select v.id from casework.visits v where (select count(*) from worklist.tasks t where t.subject_id = v.id and t.kind = 'casework.visit_due' and t.state = 'open') <> (v.state = 'due')::int`,
  ],
  [
    'nobody was paid for a night that was not slept there, and every night of a month that was paid',
    `with paid as (select l.child_id, l.family_id, l.month, sum(l.nights) as nights from support.lines l group by 1, 2, 3),
     slept as (select p.child_id, p.family_id, p.month, p.nights, count(*) filter (where e.child_id is not null and t.child_id is not null) as slept
       from paid p cross join lateral generate_series(p.month, p.month + interval '1 month' - interval '1 day', interval '1 day') as d (day)
       left join placements.episodes e left join placements.placements s on s.id = e.placement_id
         on e.child_id = p.child_id and e.during @> d.day::date and (s.family_id = p.family_id or p.family_id is null and s.id is null and e.kind = 'home')
       left join support.entitlements t on t.child_id = p.child_id and t.during @> d.day::date group by 1, 2, 3, 4)
     select s.* from slept s join children.children c on c.id = s.child_id where s.nights <> s.slept and c.died_on is null
       -- What is corrected after the last run was reckoned is brought in line by the next one.
       and not exists (select from placements.episodes e where e.child_id = s.child_id and e.basis = 'correction'
         and e.recorded_at > (select max(r.calculated_at) from support.lines l join support.runs r on r.id = l.run_id where l.child_id = s.child_id))`,
  ],
  [
    'a line is the sum of its parts, rounded once to a hundred riel, and two families share no night of a month',
    `select l.id from support.lines l, lateral (select sum((x ->> 'riel')::numeric * (x ->> 'nights')::int) as riel, sum((x ->> 'nights')::int) as nights from jsonb_array_elements(l.parts) x) t
     where l.kind <> 'adjustment' and (t.nights <> l.nights or floor(t.riel / extract(day from l.month + interval '1 month' - interval '1 day') / 100 + 0.5) * 100 <> l.riel)
     union all select min(l.id::text)::uuid from support.lines l group by l.child_id, l.month having sum(l.nights) > extract(day from l.month + interval '1 month' - interval '1 day')`,
  ],
  [
    'a run is paid by its own province, and what was approved was approved by another hand',
    `select l.id from support.lines l join support.runs r on r.id = l.run_id join territory.offices o on o.id = l.office_id join territory.offices p on p.id = r.office_id where left(o.area_code, 2) <> p.area_code
     union all select r.id from support.runs r where r.state = 'approved' and r.approved_by in (r.prepared_by, r.calculated_by)
     union all select r.id from support.runs r where not exists (select from support.lines l where l.run_id = r.id)
     union all select l.id from support.lines l left join support.payees y on y.id = l.payee_id where y.id is null or y.family_id is distinct from l.family_id`,
  ],
  [
    'an open task is somebody\'s who is there, and a late one was brought to the supervisor',
    `select t.id from worklist.tasks t where t.state = 'open' and case when t.account_id is not null then not exists (select from staff.accounts a where a.id = t.account_id and a.state = 'active')
       else not exists (select worklist.holders(t.role, t.office_id, $1::date)) end
     union all select t.id from worklist.tasks t where t.state = 'open' and t.escalated_at is null and t.due_at < $1::date - 4 and t.kind in ('placements.gatekeeping', 'casework.visit_due', 'casework.visit_record')
     union all select r.task_id from worklist.reminders r where r.due_at < $1::date and r.sent_at is null and r.dropped_at is null`,
  ],
];

/** The same of the carers' side of invented families, and of those that moved. */
export const OF_FAMILIES: readonly (readonly [name: string, sql: string])[] = [
  [
    'a family lives where it moved to last, and its adults, papers and moves are its office\'s',
    `select f.id from carers.families f join lateral (select a.area_code from carers.family_addresses a where a.family_id = f.id order by a.from_on desc, a.id desc limit 1) a on a.area_code <> f.area_code
     union all select f.id from carers.families f where f.office_id <> territory.office_for(f.area_code)
     union all select d.family_id from carers.adults d join carers.families f on f.id = d.family_id where d.office_id <> f.office_id
     union all select a.family_id from recruitment.applications a join carers.families f on f.id = a.family_id where a.office_id <> f.office_id
     union all select a.family_id from recruitment.applications a join carers.families f on f.id = a.family_id join recruitment.panels p on p.application_id = a.id where p.office_id <> f.office_id
     union all select m.family_id from carers.family_moves m join carers.families f on f.id = m.family_id where m.to_office <> f.office_id or m.on_day > $1::date
       or not exists (select from platform.acts a where a.subject_id = m.family_id and a.act = 'family.move' and a.on_day = m.on_day)
       or m.suspended <> exists (select from carers.suspensions s where s.family_id = m.family_id and s.reason = 'moved_province' and s.from_on = m.on_day)
     union all select m.family_id from carers.family_moves m join placements.placements p on p.family_id = m.family_id where m.from_office <> m.to_office`,
  ],
  [
    'a complaint is taken down and answered by nobody whom it is about, within its days, and has one task',
    `select c.id from carers.complaints c join territory.offices o on o.id = c.office_id where o.kind <> c.level or c.answered_on > c.due_on or c.received_on > $1::date
     union all select c.id from carers.complaints c join carers.complaints b on b.id = c.appeal_of where b.answered_on is null or c.received_on not between b.answered_on and b.answered_on + 30 or not b.answered_by = any (c.about_accounts)
     union all select c.id from carers.complaints c where (select count(*) from worklist.tasks t where t.subject_id = c.id and t.kind = 'carers.complaint' and (t.state = 'open') = (c.answered_on is null)) <> 1
       or (select count(*) from platform.acts a where a.subject_id = c.id) <> 1 + (c.answered_on is not null)::int`,
  ],
  [
    'an appeal is against a refusal of the last thirty days, and decided by another hand',
    `select a.id from recruitment.appeals a join recruitment.panels p on p.id = a.panel_id where p.outcome is distinct from 'refused' or a.filed_on not between p.decided_on and p.decided_on + 30
       or a.decided_by = any (p.members || p.decided_by || array(select h.done_by from recruitment.home_studies h where h.application_id = a.application_id))`,
  ],
  [
    'nobody rests more than her nights of a year, or after the family was closed',
    `select family_id from (select r.family_id, extract(year from d) as year from carers.respites r, generate_series(lower(r.during), upper(r.during) - 1, interval '1 day') d where r.cancelled_on is null) n
     group by family_id, year having count(*) > 14
     union all select r.family_id from carers.respites r join carers.families f on f.id = r.family_id where upper(r.during) > f.closed_on`,
  ],
  [
    'who leads and meets in a group belongs to it',
    `select g.id from carers.groups g where not exists (select from carers.group_members m where m.group_id = g.id and m.adult_id = g.leader_id and lower(m.during) = g.founded_on)
     union all select a.meeting_id from carers.group_attendance a join carers.group_meetings t on t.id = a.meeting_id
       where t.met_on > $1::date or not exists (select from carers.group_members m where m.group_id = t.group_id and m.adult_id = a.adult_id and m.during @> t.met_on)
     union all select m.group_id from carers.group_members m join carers.adults d on d.id = m.adult_id where not d.carer or not d.during @> lower(m.during)
     union all select t.id from carers.group_meetings t where not exists (select from carers.group_attendance a where a.meeting_id = t.id)`,
  ],
  [
    'who left was asked why, or is still to be asked; children who left home were no adults of it',
    `select f.id from carers.families f where f.closed_on is not null and (select count(*) from carers.exit_interviews e where e.family_id = f.id and e.held_on >= f.closed_on)
       + (select count(*) from worklist.tasks t where t.subject_id = f.id and t.kind = 'carers.exit_interview' and t.state = 'open') <> 1
     union all select c.id from carers.own_children c where upper(c.during) > $1::date or upper(c.during) > c.birth_date + interval '18 years' or upper_inf(c.during) and c.birth_date <= $1::date - interval '18 years'`,
  ],
  [
    'an exemption is one place more until it ends, early or not',
    `select e.id from carers.exemptions e where (select count(*) from carers.family_places p where p.source_id = e.id and p.basis = 'exemption' and p.during = daterange(lower(e.during), coalesce(e.ended_on, upper(e.during)))) <> 1
       or (e.ended_on is not null) <> exists (select from platform.acts a where a.subject_id = e.id and a.act = 'family.endExemption' and a.on_day = e.ended_on)`,
  ],
];
