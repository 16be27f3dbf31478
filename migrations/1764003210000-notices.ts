import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who came to an institution and who left it, as its staff say; and how long a child may stay in a temporary centre. */
export class Notices1764003210000 implements MigrationInterface {
  name = 'Notices1764003210000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table placements.notices (
        id uuid primary key,
        institution_id uuid not null references institutions.institutions on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        direction text not null,
        on_day date not null,
        child_id uuid references children.children on delete restrict,
        -- Who came, until it is decided; then it is in her file.
        person jsonb,
        child_number int,
        emergency boolean not null default false,
        circumstances text,
        goes_to text,
        to_institution_id uuid references institutions.institutions on delete restrict,
        notified_at timestamptz not null,
        notified_by uuid not null references staff.accounts on delete restrict,
        late boolean not null,
        state text not null default 'notified',
        decided_by uuid references staff.accounts on delete restrict,
        decided_on date,
        reason text,
        breaches text[] not null default '{}',
        constraint notices_direction check (direction in ('arrival', 'departure')),
        constraint notices_state check (state in ('notified', 'accepted', 'refused')),
        constraint notices_goes_to check (goes_to in ('home', 'kin', 'foster', 'institution', 'independent', 'unknown')),
        constraint notices_to check (to_institution_id is null or goes_to = 'institution'),
        constraint notices_who check (case when direction = 'departure' or state = 'accepted' then child_id is not null and person is null else person is not null end),
        constraint notices_decided check ((state = 'notified') = (decided_by is null) and (decided_by is null) = (decided_on is null)),
        constraint notices_refused check (state <> 'refused' or reason is not null)
      );
      create index notices_by_institution on placements.notices (institution_id, notified_at desc, id desc);
      create index notices_by_child on placements.notices (child_id) where child_id is not null;
      create index notices_to_institution on placements.notices (to_institution_id) where to_institution_id is not null;
      create unique index notices_one_departure on placements.notices (child_id) where direction = 'departure' and state = 'notified';

      -- A stay in a temporary centre beyond its limit, allowed by a supervisor until a day. A correction may unsay the stretch: no key holds it.
      create table placements.temporary_extensions (
        id uuid primary key,
        episode_id uuid not null,
        child_id uuid not null references children.children on delete restrict,
        until_day date not null,
        reason text not null,
        given_by uuid not null references staff.accounts on delete restrict,
        given_on date not null,
        constraint temporary_extensions_ahead check (until_day > given_on),
        constraint temporary_extensions_once unique (episode_id, until_day)
      );
      create index temporary_extensions_by_child on placements.temporary_extensions (child_id);
      -- Which limit of which stay was told: each once.
      create table placements.temporary_alerts (
        episode_id uuid not null,
        due_on date not null,
        kind text not null,
        primary key (episode_id, kind, due_on),
        constraint temporary_alerts_kind check (kind in ('plan', 'decision'))
      );

      grant select, insert on placements.notices to register_api;
      grant update (child_id, person, state, decided_by, decided_on, reason, goes_to, to_institution_id, breaches) on placements.notices to register_api;
      grant select on placements.notices, placements.temporary_extensions, placements.temporary_alerts to register_worker;
      grant select, insert on placements.temporary_extensions to register_api;
      grant insert on placements.temporary_alerts to register_worker;
      alter table placements.notices enable row level security;
      create policy notices_seen on placements.notices for select to register_api
        using (office_id = any ((select platform.ids('app.child_offices'))::uuid[]) or institution_id = any ((select platform.ids('app.child_institutions'))::uuid[]));
      create policy notices_given on placements.notices for insert to register_api
        with check (office_id = any ((select platform.ids('app.child_offices'))::uuid[]) or institution_id = any ((select platform.ids('app.child_institutions'))::uuid[]));
      create policy notices_decided on placements.notices for update to register_api using (office_id = any ((select platform.ids('app.child_offices'))::uuid[]));
      create policy notices_of_the_worker on placements.notices to register_worker using (true);
      alter table placements.temporary_extensions enable row level security;
      create policy temporary_extensions_hers on placements.temporary_extensions to register_api
        using (exists (select from children.children c where c.id = child_id)) with check (exists (select from children.children c where c.id = child_id));
      create policy temporary_extensions_of_the_worker on placements.temporary_extensions to register_worker using (true);

      insert into platform.settings (name, during, value, citation) values
        ('placements.temporary_plan_months', '[1900-01-01,)', '3', 'practice of temporary centres: a long-term plan within 3 months'),
        ('placements.temporary_decision_months', '[1900-01-01,)', '6', 'practice of temporary centres: a decision within 6 months, extended only by the supervisor'),
        ('placements.residential_from_age', '[1900-01-01,)', '3', 'default: under-3s do not go into residential care except in a recorded emergency'),
        ('placements.licence_reminder_days', '[1900-01-01,)', '[90, 60, 30, 7]', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from platform.settings where name in ('placements.temporary_plan_months', 'placements.temporary_decision_months', 'placements.residential_from_age', 'placements.licence_reminder_days');
      drop table placements.temporary_alerts, placements.temporary_extensions, placements.notices;
    `);
  }
}
