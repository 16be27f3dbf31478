import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a course is made of, which part is taught on which day, who waits for a place, who passed, and what renews what. */
export class Curriculum1764002000000 implements MigrationInterface {
  name = 'Curriculum1764002000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table training.courses add column pass_mark int, add column renews_id uuid references training.courses on delete restrict,
        add constraint courses_pass_mark check (pass_mark between 1 and 100),
        add constraint courses_renews_another check (renews_id <> id);

      create table training.modules (
        id uuid primary key,
        course_id uuid not null references training.courses on delete restrict,
        position int not null,
        name_km text not null,
        name_latin text not null,
        hours int not null,
        constraint modules_position_once unique (course_id, position),
        constraint modules_position check (position between 1 and 20),
        constraint modules_hours check (hours between 1 and 400)
      );
      grant select, insert on training.modules to register_api, register_worker;

      alter table training.sessions add column cancelled_on date, add column cancel_reason text,
        add constraint sessions_cancelled check ((cancelled_on is null) = (cancel_reason is null)),
        add constraint sessions_cancel_reason check (cancel_reason in ('too_few', 'trainer_absent', 'weather', 'place', 'other'));
      grant update (cancelled_on, cancel_reason) on training.sessions to register_api, register_worker;

      create table training.lessons (
        session_id uuid not null references training.sessions on delete restrict,
        module_id uuid not null references training.modules on delete restrict,
        day date not null,
        primary key (session_id, day, module_id)
      );
      grant select, insert on training.lessons to register_api, register_worker;

      -- Who withdraws may come back, on a line of her own.
      alter table training.registrations
        add column state text not null default 'listed', add column registered_by uuid references staff.accounts on delete restrict,
        add constraint registrations_state check (state in ('listed', 'waiting', 'withdrawn'));
      alter table training.registrations drop constraint registrations_adult_once, drop constraint registrations_account_once;
      create unique index registrations_adult_once on training.registrations (session_id, adult_id) where state <> 'withdrawn';
      create unique index registrations_account_once on training.registrations (session_id, account_id) where state <> 'withdrawn';
      create index registrations_by_session on training.registrations (session_id, id);
      grant update (state) on training.registrations to register_api, register_worker;

      -- A course without parts is attended by days; one with parts, each part by itself.
      alter table training.attendance drop constraint attendance_pkey;
      alter table training.attendance add column id uuid primary key default uuidv7(), add column module_id uuid references training.modules on delete restrict,
        add constraint attendance_once unique nulls not distinct (registration_id, day, module_id);

      create table training.assessments (
        id uuid primary key,
        registration_id uuid not null references training.registrations on delete restrict,
        assessed_on date not null,
        score int not null,
        assessed_by uuid not null references staff.accounts on delete restrict,
        constraint assessments_score check (score between 0 and 100)
      );
      create index assessments_by_registration on training.assessments (registration_id, assessed_on, id);
      grant select, insert on training.assessments to register_api, register_worker;
      alter table training.assessments enable row level security;
      create policy assessments_of_those_concerned on training.assessments to register_api
        using (exists (select from training.registrations r where r.id = registration_id))
        with check (exists (select from training.registrations r where r.id = registration_id));
      create policy assessments_of_the_worker on training.assessments to register_worker using (true) with check (true);

      create or replace function training.registered(p_session uuid) returns int
        language sql stable security definer set search_path = ''
        as $$ select count(*)::int from training.registrations where session_id = p_session and state = 'listed' $$;

      create function training.waiting(p_session uuid) returns int
        language sql stable security definer set search_path = ''
        as $$ select count(*)::int from training.registrations where session_id = p_session and state = 'waiting' $$;
      revoke execute on function training.waiting from public;
      grant execute on function training.waiting to register_api, register_worker;

      -- Places that came free go to who waited longest, whoever's family she is of. Called under the session's lock.
      create function training.move_up(p_session uuid) returns table (registration_id uuid, family_id uuid, account_id uuid, registered_by uuid)
        language sql security definer set search_path = ''
        as $$
          update training.registrations r set state = 'listed'
          where r.id in (
            select w.id from training.registrations w where w.session_id = p_session and w.state = 'waiting' order by w.id
            limit greatest(0, (select s.capacity from training.sessions s where s.id = p_session) - training.registered(p_session)))
          returning r.id, r.family_id, r.account_id, r.registered_by
        $$;
      revoke execute on function training.move_up from public;
      grant execute on function training.move_up to register_api, register_worker;

      -- Whom a session's cancelling concerns, whoever's families they are of.
      create function training.concerned(p_session uuid) returns table (account_id uuid)
        language sql stable security definer set search_path = ''
        as $$ select distinct coalesce(r.account_id, r.registered_by) from training.registrations r
              where r.session_id = p_session and r.state <> 'withdrawn' and coalesce(r.account_id, r.registered_by) is not null $$;
      revoke execute on function training.concerned from public;
      grant execute on function training.concerned to register_api, register_worker;

      -- The best share of each part that the person of a registration has attended in any session of the course: a part
      -- that was missed may be made up in another session, whose list the trainer of this one may not read.
      create function training.modules_attended(p_registration uuid, p_until date) returns table (module_position int, percent int)
        language sql stable security definer set search_path = ''
        as $$
          with her as (select r.adult_id, r.account_id, s.course_id from training.registrations r join training.sessions s on s.id = r.session_id where r.id = p_registration),
          shares as (
            select l.module_id, r.id,
              count(*) filter (where exists (select from training.attendance a
                where a.registration_id = r.id and a.module_id = l.module_id and a.day = l.day and a.present and a.day <= p_until)) * 100 / count(*) as percent
            from her join training.sessions s on s.course_id = her.course_id
            join training.registrations r on r.session_id = s.id and (r.adult_id = her.adult_id or r.account_id = her.account_id)
            join training.lessons l on l.session_id = s.id
            group by l.module_id, r.id)
          select m.position, coalesce(max(shares.percent), 0)::int
          from her join training.modules m on m.course_id = her.course_id left join shares on shares.module_id = m.id
          group by m.position order by m.position
        $$;
      revoke execute on function training.modules_attended from public;
      grant execute on function training.modules_attended to register_api, register_worker;

      -- When the person of a registration was last certified for a course: a renewal asks, whoever issued the first.
      create function training.certified_to(p_registration uuid, p_course uuid) returns date
        language sql stable security definer set search_path = ''
        as $$
          select max(upper(t.during)) from training.registrations r join training.certificates t on t.adult_id = r.adult_id or t.account_id = r.account_id
          where r.id = p_registration and t.course_id = p_course
        $$;
      revoke execute on function training.certified_to from public;
      grant execute on function training.certified_to to register_api, register_worker;
      create index certificates_by_adult on training.certificates (adult_id);

      insert into platform.settings (name, during, value, citation) values
        ('training.renewal_months', '[1900-01-01,)', '12', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from platform.settings where name = 'training.renewal_months';
      drop index training.certificates_by_adult;
      drop function training.certified_to;
      drop function training.modules_attended;
      drop function training.concerned;
      drop function training.move_up;
      drop function training.waiting;
      create or replace function training.registered(p_session uuid) returns int
        language sql stable security definer set search_path = ''
        as $$ select count(*)::int from training.registrations where session_id = p_session $$;
      drop table training.assessments;
      delete from training.attendance where module_id is not null;
      alter table training.attendance drop constraint attendance_once, drop column id, drop column module_id;
      alter table training.attendance add primary key (registration_id, day);
      drop index training.registrations_by_session;
      drop index training.registrations_adult_once;
      drop index training.registrations_account_once;
      delete from training.registrations where state <> 'listed';
      alter table training.registrations drop column state, drop column registered_by,
        add constraint registrations_adult_once unique (session_id, adult_id), add constraint registrations_account_once unique (session_id, account_id);
      drop table training.lessons;
      alter table training.sessions drop column cancelled_on, drop column cancel_reason;
      drop table training.modules;
      alter table training.courses drop column pass_mark, drop column renews_id;
    `);
  }
}
