import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Courses, their sessions, who came, and the certificates that strangers may verify. */
export class Training1764000600000 implements MigrationInterface {
  name = 'Training1764000600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema training;
      grant usage on schema training to register_api, register_worker;

      create table training.courses (
        id uuid primary key,
        audience text not null,
        name_km text not null,
        name_latin text not null,
        hours int not null,
        validity_months int not null,
        constraint courses_once unique (audience, name_latin),
        constraint courses_audience check (audience in ('foster_carer', 'kinship_carer', 'para_social_worker', 'government_social_worker', 'senior_official', 'community')),
        constraint courses_hours check (hours between 1 and 400),
        constraint courses_validity check (validity_months between 1 and 120)
      );
      grant select, insert on training.courses to register_api, register_worker;

      create table training.sessions (
        id uuid primary key,
        course_id uuid not null references training.courses on delete restrict,
        trainer_id uuid not null references staff.accounts on delete restrict,
        area_code text not null references territory.areas on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        place text,
        days date[] not null,
        capacity int not null,
        constraint sessions_area check (length(area_code) >= 4),
        constraint sessions_days check (cardinality(days) between 1 and 30),
        constraint sessions_capacity check (capacity between 1 and 200)
      );
      create index sessions_by_area on training.sessions (area_code text_pattern_ops, id);
      create index sessions_by_trainer on training.sessions (trainer_id, id);
      grant select, insert on training.sessions to register_api, register_worker;
      -- A lock of the row is the lock of its list; nothing of it is ever changed.
      grant update (capacity) on training.sessions to register_api, register_worker;

      -- Who is on the list: an adult of a family, or a colleague. The name stands here as it stood on the sheet, because
      -- the trainer who calls it out may not open the family's file.
      create table training.registrations (
        id uuid primary key,
        session_id uuid not null references training.sessions on delete restrict,
        adult_id uuid references carers.adults on delete restrict,
        family_id uuid references carers.families on delete restrict,
        account_id uuid references staff.accounts on delete restrict,
        name_km text,
        name_latin text,
        registered_on date not null,
        constraint registrations_one_person check ((adult_id is null) <> (account_id is null) and (adult_id is null) = (family_id is null)),
        constraint registrations_named check (name_km is not null or name_latin is not null),
        constraint registrations_adult_once unique (session_id, adult_id),
        constraint registrations_account_once unique (session_id, account_id)
      );
      create index registrations_by_adult on training.registrations (adult_id);
      create index registrations_by_family on training.registrations (family_id);
      create index registrations_by_account on training.registrations (account_id);

      create table training.attendance (
        registration_id uuid not null references training.registrations on delete restrict,
        day date not null,
        present boolean not null,
        primary key (registration_id, day)
      );

      create table training.certificates (
        id uuid primary key,
        number text not null,
        registration_id uuid not null references training.registrations on delete restrict,
        course_id uuid not null references training.courses on delete restrict,
        adult_id uuid references carers.adults on delete restrict,
        family_id uuid references carers.families on delete restrict,
        account_id uuid references staff.accounts on delete restrict,
        during daterange not null,
        issued_by uuid not null references staff.accounts on delete restrict,
        constraint certificates_number unique (number),
        constraint certificates_number_written check (number ~ '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$'),
        constraint certificates_once unique (registration_id),
        constraint certificates_one_holder check ((adult_id is null) <> (account_id is null) and (adult_id is null) = (family_id is null)),
        constraint certificates_during check (not isempty(during) and not lower_inf(during) and not upper_inf(during))
      );
      create index certificates_by_family on training.certificates (family_id);
      create index certificates_by_account on training.certificates (account_id);
      create index certificates_ending on training.certificates (upper(during));

      grant select, insert on training.registrations, training.attendance, training.certificates to register_api, register_worker;
      -- A day that was ticked wrongly is ticked again; a certificate is never changed.
      grant update (present) on training.attendance to register_api, register_worker;

      -- Rows that name people are for the trainer of the session, the offices of the session and of the family, and the
      -- colleague herself.
      alter table training.registrations enable row level security;
      create policy registrations_of_those_concerned on training.registrations to register_api
        using (account_id::text = current_setting('app.actor', true)
          or exists (select from training.sessions s where s.id = session_id
            and (s.trainer_id::text = current_setting('app.actor', true) or s.office_id = any (platform.ids('app.family_offices'))))
          or exists (select from carers.families f where f.id = family_id))
        with check (true);
      create policy registrations_of_the_worker on training.registrations to register_worker using (true) with check (true);
      alter table training.attendance enable row level security;
      create policy attendance_of_those_concerned on training.attendance to register_api
        using (exists (select from training.registrations r where r.id = registration_id))
        with check (exists (select from training.registrations r where r.id = registration_id));
      create policy attendance_of_the_worker on training.attendance to register_worker using (true) with check (true);
      alter table training.certificates enable row level security;
      create policy certificates_of_those_concerned on training.certificates to register_api
        using (exists (select from training.registrations r where r.id = registration_id))
        with check (exists (select from training.registrations r where r.id = registration_id));
      create policy certificates_of_the_worker on training.certificates to register_worker using (true) with check (true);

      -- Anybody who holds a number may ask for it: the course and the days, never who holds it. Nine characters of which
      -- eight are random leave one number in a hundred million to be hit by a guess, while ten thousand are out.
      create function training.verify(p_number text)
        returns table (name_km text, name_latin text, valid_from date, valid_until date)
        language sql stable security definer set search_path = ''
        as $$ select c.name_km, c.name_latin, lower(t.during), (upper(t.during) - 1) from training.certificates t join training.courses c on c.id = t.course_id where t.number = p_number $$;
      revoke execute on function training.verify from public;
      grant execute on function training.verify to register_api;

      -- How many are on a session's list: everybody who may register must know, also who may not read the names.
      create function training.registered(p_session uuid) returns int
        language sql stable security definer set search_path = ''
        as $$ select count(*)::int from training.registrations where session_id = p_session $$;
      revoke execute on function training.registered from public;
      grant execute on function training.registered to register_api, register_worker;

      insert into platform.settings (name, during, value, citation) values
        ('training.attendance_percent', '[1900-01-01,)', '100', 'default: no official number was found'),
        ('training.counts_for.foster', '[1900-01-01,)', '["foster_carer"]', 'default: the course of its own audience'),
        ('training.counts_for.family_house', '[1900-01-01,)', '["foster_carer"]', 'default: the course of foster carers'),
        ('training.counts_for.kinship', '[1900-01-01,)', '["kinship_carer", "foster_carer"]', 'default: the course of its own audience, or the longer one');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema training cascade; delete from platform.settings where name like 'training.%'`);
  }
}
