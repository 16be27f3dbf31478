import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The days until which a family must have a newcomer checked, its own children by name, what was reported about it, exemptions, yearly reviews and reminders. */
export class FamilyLife1764002220000 implements MigrationInterface {
  name = 'FamilyLife1764002220000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CARERS);
    await runner.query(RECRUITMENT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table recruitment.check_reminders;
      drop table recruitment.reviews;
      drop table carers.exemptions;
      drop table carers.concerns;
      drop table carers.own_children;
      alter table carers.families drop column sleeping_places;
      alter table carers.adults drop column check_due_on;
      delete from platform.settings where name in ('carers.new_adult_check_days', 'carers.reassess_days', 'recruitment.check_reminder_days', 'recruitment.review_notice_days');
    `);
  }
}

const OFFICE = (table: string): string => `
      alter table ${table} enable row level security;
      create policy ${table.split('.')[1] ?? ''}_of_the_office on ${table} to register_api
        using (exists (select from carers.families f where f.id = family_id)) with check (exists (select from carers.families f where f.id = family_id));
      create policy ${table.split('.')[1] ?? ''}_of_the_worker on ${table} to register_worker using (true) with check (true);
`;

const CARERS = `
      -- The first day on which an adult who came to an approved family must have been checked; until then the family stays available.
      alter table carers.adults add column check_due_on date, add constraint adults_check_due check (check_due_on >= lower(during));
      grant update (check_due_on) on carers.adults to register_api, register_worker;
      alter table carers.families add column sleeping_places int, add constraint families_sleeping_places check (sleeping_places between 0 and 40);
      grant update (sleeping_places) on carers.families to register_api, register_worker;

      -- Own children by name and birth, so that the register knows when one of them is an adult of the home.
      create table carers.own_children (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        name_km text,
        name_latin text,
        sex text not null,
        birth_date date not null,
        birth_precision text not null,
        during daterange not null,
        adult_id uuid references carers.adults on delete restrict,
        constraint own_children_named check (name_km is not null or name_latin is not null),
        constraint own_children_sex check (sex in ('female', 'male')),
        constraint own_children_precision check (birth_precision in ('day', 'month', 'year', 'estimated')),
        constraint own_children_during check (not isempty(during) and not lower_inf(during) and lower(during) >= birth_date)
      );
      create index own_children_by_family on carers.own_children (family_id);
      create index own_children_growing_up on carers.own_children (birth_date) where adult_id is null;
      grant select, insert on carers.own_children to register_api, register_worker;
      grant update (during, adult_id) on carers.own_children to register_api, register_worker;
${OFFICE('carers.own_children')}
      -- That something was reported about a family, and when; what was said is casework's. An allegation suspends, a worry does not.
      create table carers.concerns (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        kind text not null,
        on_day date not null,
        suspension_id uuid references carers.suspensions on delete restrict,
        constraint concerns_kind check (kind in ('allegation', 'worry')),
        constraint concerns_worry check (kind = 'allegation' or suspension_id is null)
      );
      create index concerns_by_family on carers.concerns (family_id);
      grant select, insert on carers.concerns to register_api, register_worker;
${OFFICE('carers.concerns')}
      -- One place more for some days, granted by a supervisor and cited.
      create table carers.exemptions (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        during daterange not null,
        reason text not null,
        citation text not null,
        granted_on date not null,
        granted_by uuid references staff.accounts on delete restrict,
        constraint exemptions_reason check (reason in ('siblings', 'known_to_family', 'emergency', 'other')),
        constraint exemptions_during check (not isempty(during) and not lower_inf(during) and not upper_inf(during))
      );
      create index exemptions_by_family on carers.exemptions (family_id);
      grant select, insert on carers.exemptions to register_api, register_worker;
${OFFICE('carers.exemptions')}
      insert into platform.settings (name, during, value, citation) values
        ('carers.new_adult_check_days', '[1900-01-01,)', '30', 'default: no official number was found'),
        ('carers.reassess_days', '[1900-01-01,)', '14', 'default: no official number was found');
`;

const RECRUITMENT = `
      -- What a yearly review decided; one a day.
      create table recruitment.reviews (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        on_day date not null,
        outcome text not null,
        reason text not null,
        decided_by uuid references staff.accounts on delete restrict,
        constraint reviews_once_a_day unique (family_id, on_day),
        constraint reviews_outcome check (outcome in ('confirmed', 'changed', 'suspended', 'removed'))
      );
      grant select, insert on recruitment.reviews to register_api, register_worker;
${OFFICE('recruitment.reviews')}
      -- Which step before a paper's end was told: each once, also when nothing ran for days.
      create table recruitment.check_reminders (
        check_id uuid not null references recruitment.checks on delete restrict,
        days int not null,
        told_on date not null,
        primary key (check_id, days)
      );
      grant select, insert on recruitment.check_reminders to register_worker;
      insert into platform.settings (name, during, value, citation) values
        ('recruitment.check_reminder_days', '[1900-01-01,)', '[90, 60, 30, 7]', 'default: no official number was found'),
        ('recruitment.review_notice_days', '[1900-01-01,)', '60', 'default: no official number was found');
`;
