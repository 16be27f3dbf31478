import type { MigrationInterface, QueryRunner } from 'typeorm';

const OF_FAMILY = 'exists (select from carers.families f where f.id = family_id)';
const OF_OFFICE = `office_id = any ((select platform.ids('app.family_offices'))::uuid[])`;
const OF_GROUP = 'exists (select from carers.groups g where g.id = group_id)';
const OF_MEETING = 'exists (select from carers.group_meetings m where m.id = meeting_id)';

function guarded(table: string, who: string): string {
  return `
      alter table carers.${table} enable row level security;
      create policy ${table}_of_the_actor on carers.${table} to register_api using (${who}) with check (${who});
      create policy ${table}_of_the_worker on carers.${table} to register_worker using (true) with check (true);`;
}

/** The carer's side: respite, groups, complaints and appeals, and why carers leave. */
export class CarersSide1764002330000 implements MigrationInterface {
  name = 'CarersSide1764002330000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RESPITE_AND_GROUPS);
    await runner.query(COMPLAINTS);
    await runner.query(`
      ${guarded('respites', OF_FAMILY)}
      ${guarded('groups', OF_OFFICE)}
      ${guarded('group_members', OF_GROUP)}
      ${guarded('group_meetings', OF_GROUP)}
      ${guarded('group_attendance', OF_MEETING)}
      ${guarded('exit_interviews', OF_FAMILY)}

      insert into platform.settings (name, during, value, citation) values
        ('carers.respite_nights', '[1900-01-01,)', '14', 'default: no official number was found'),
        ('carers.complaint_working_days', '[1900-01-01,)', '10', 'default: no official number was found'),
        ('carers.appeal_days', '[1900-01-01,)', '30', 'default: no official number was found'),
        ('carers.exit_interview_days', '[1900-01-01,)', '30', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from platform.settings where name in ('carers.respite_nights', 'carers.complaint_working_days', 'carers.appeal_days', 'carers.exit_interview_days');
      drop table carers.complaints;
      drop function carers.complaint_desk;
      drop function carers.deciders;
      drop table carers.exit_interviews, carers.group_attendance, carers.group_meetings, carers.group_members, carers.groups, carers.respites;
    `);
  }
}

const RESPITE_AND_GROUPS = `
      -- Nights in which somebody else looks after the children, from the first until the morning after the last.
      create table carers.respites (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        during daterange not null,
        over_reason text,
        recorded_by uuid not null references staff.accounts on delete restrict,
        cancelled_on date,
        constraint respites_during check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
        constraint respites_once exclude using gist (family_id with =, during with &&) where (cancelled_on is null)
      );
      create index respites_by_family on carers.respites (family_id, id);
      grant select, insert on carers.respites to register_api, register_worker;
      grant update (cancelled_on) on carers.respites to register_api, register_worker;

      create table carers.groups (
        id uuid primary key,
        name_km text not null,
        name_latin text not null,
        area_code text not null references territory.areas on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        leader_id uuid references carers.adults on delete restrict,
        founded_on date not null,
        constraint groups_once unique (area_code, name_latin),
        constraint groups_area check (length(area_code) >= 6)
      );
      create index groups_by_area on carers.groups (area_code text_pattern_ops, id);
      create table carers.group_members (
        group_id uuid not null references carers.groups on delete restrict,
        adult_id uuid not null references carers.adults on delete restrict,
        during daterange not null,
        primary key (group_id, adult_id, during without overlaps),
        constraint group_members_during check (not isempty(during) and not lower_inf(during))
      );
      create index group_members_by_adult on carers.group_members (adult_id);
      create table carers.group_meetings (
        id uuid primary key,
        group_id uuid not null references carers.groups on delete restrict,
        met_on date not null,
        topics text[] not null,
        recorded_by uuid not null references staff.accounts on delete restrict,
        constraint group_meetings_once unique (group_id, met_on),
        constraint group_meetings_topics check (cardinality(topics) between 1 and 9
          and topics <@ array['behaviour', 'school', 'health', 'money', 'contact_with_parents', 'own_children', 'rest', 'rights', 'other'])
      );
      create table carers.group_attendance (
        meeting_id uuid not null references carers.group_meetings on delete restrict,
        adult_id uuid not null references carers.adults on delete restrict,
        primary key (meeting_id, adult_id)
      );
      create index group_attendance_by_adult on carers.group_attendance (adult_id);
      grant select, insert on carers.groups, carers.group_members, carers.group_meetings, carers.group_attendance to register_api, register_worker;
      grant update (leader_id) on carers.groups to register_api;
      grant update (during), delete on carers.group_members to register_api;

      create table carers.exit_interviews (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        held_on date not null,
        held_by uuid not null references staff.accounts on delete restrict,
        reasons text[] not null,
        words text,
        would_return boolean,
        constraint exit_interviews_once unique (family_id),
        constraint exit_interviews_reasons check (cardinality(reasons) between 1 and 12 and reasons <@ array['money', 'too_little_support', 'behaviour_of_a_child', 'own_health', 'own_family', 'moved',
          'work', 'age', 'allegation', 'way_they_were_treated', 'wish_fulfilled', 'did_not_want_to_say'])
      );
      grant select, insert on carers.exit_interviews to register_api, register_worker;`;

const COMPLAINTS = `
      -- Who took a decision: everybody whose act on this record decided something. For a complaint about it, whoever records it.
      create function carers.deciders(p_decision uuid) returns uuid[]
        language sql stable security definer set search_path = ''
        as $$ select coalesce(array_agg(distinct a.actor_id), '{}') from platform.acts a where a.subject_id = p_decision and a.actor_id is not null
              and split_part(a.act, '.', 2) in ('approve', 'refuse', 'suspend', 'liftSuspension', 'close', 'end', 'cancel', 'correct', 'conclude', 'answer') $$;
      revoke execute on function carers.deciders from public;
      grant execute on function carers.deciders to register_api, register_worker;

      -- Where a complaint is answered: in the province, or in the ministry where it is about a supervisor; and by whom, where
      -- somebody of that desk must not see it.
      create function carers.complaint_desk(p_office uuid, p_about uuid[], p_up boolean, p_day date) returns table (level text, office_id uuid, handler_id uuid)
        language sql stable security definer set search_path = ''
        as $$
          with up as (select p_up or exists (select from staff.postings p where p.account_id = any (p_about) and p.role = 'supervisor' and p.during @> p_day and p.withdrawn_at is null) as yes),
          desk as (
            select case when up.yes then 'ministry' else 'province' end as level, o.id as office_id from up join territory.offices o on
              case when up.yes then o.kind = 'ministry' else o.kind = 'province' and o.area_code = (select left(own.area_code, 2) from territory.offices own where own.id = p_office) end)
          select d.level, d.office_id,
            case when exists (select from worklist.holders('supervisor', d.office_id, p_day) as h where h = any (p_about))
              then (select h from worklist.holders('supervisor', d.office_id, p_day) as h where h <> all (p_about) order by h limit 1) end
          from desk d
        $$;
      revoke execute on function carers.complaint_desk from public;
      grant execute on function carers.complaint_desk to register_api, register_worker;

      create table carers.complaints (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        received_on date not null,
        recorded_by uuid not null references staff.accounts on delete restrict,
        topic text not null,
        words text not null,
        decision_id uuid,
        -- Whom it is about. She never sees it, takes it down or answers it.
        about_accounts uuid[] not null,
        level text not null,
        office_id uuid not null references territory.offices on delete restrict,
        due_on date not null,
        appeal_of uuid references carers.complaints on delete restrict,
        escalated_on date,
        answered_on date,
        answered_by uuid references staff.accounts on delete restrict,
        outcome text,
        answer text,
        constraint complaints_topic check (topic in ('decision', 'worker', 'money', 'support', 'placement', 'other')),
        constraint complaints_level check (level in ('province', 'ministry')),
        constraint complaints_one_appeal unique (appeal_of),
        constraint complaints_not_taken_down_by_whom_it_is_about check (recorded_by <> all (about_accounts)),
        constraint complaints_not_answered_by_whom_it_is_about check (answered_by <> all (about_accounts)),
        constraint complaints_outcome check (outcome in ('upheld', 'partly_upheld', 'not_upheld')),
        constraint complaints_answered_whole check ((answered_on is null) = (answered_by is null) and (answered_on is null) = (outcome is null) and (answered_on is null) = (answer is null))
      );
      create index complaints_by_family on carers.complaints (family_id, id);
      create index complaints_waiting on carers.complaints (due_on) where answered_on is null;
      grant select, insert on carers.complaints to register_api, register_worker;
      grant update (answered_on, answered_by, outcome, answer) on carers.complaints to register_api;
      grant update (level, office_id, due_on, escalated_on) on carers.complaints to register_worker;
      alter table carers.complaints enable row level security;
      create policy complaints_of_the_desk on carers.complaints to register_api
        using (worklist.me() <> all (about_accounts) and (recorded_by = worklist.me() or ('supervisor@' || office_id) = any ((select worklist.my_posts())::text[])))
        with check (worklist.me() <> all (about_accounts));
      create policy complaints_of_the_worker on carers.complaints to register_worker using (true) with check (true);`;
