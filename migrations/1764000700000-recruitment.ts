import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Campaigns, the enquiries they bring, how each was followed up, and the applications that come of them. */
export class Recruitment1764000700000 implements MigrationInterface {
  name = 'Recruitment1764000700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema recruitment;
      grant usage on schema recruitment to register_api, register_worker, register_reader;

      create table recruitment.campaigns (
        id uuid primary key,
        name_km text not null,
        name_latin text not null,
        area_code text not null references territory.areas on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        channels text[] not null,
        during daterange not null,
        people_reached int,
        closed_on date,
        version int not null default 1,
        constraint campaigns_area check (length(area_code) >= 4),
        constraint campaigns_channels check (cardinality(channels) > 0 and channels <@ array['village_meeting', 'radio', 'loudspeaker', 'pagoda', 'social_media', 'leaflet']),
        constraint campaigns_during check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
        constraint campaigns_people_reached check (people_reached >= 0),
        constraint campaigns_closed check (closed_on >= lower(during))
      );
      create index campaigns_by_area on recruitment.campaigns (area_code text_pattern_ops, id);
      grant select, insert on recruitment.campaigns to register_api, register_worker;
      grant update (people_reached, closed_on, version) on recruitment.campaigns to register_api;

      create table recruitment.enquiries (
        id uuid primary key,
        campaign_id uuid references recruitment.campaigns on delete restrict,
        source text not null,
        name_km text,
        name_latin text,
        phone text,
        area_code text not null references territory.areas on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        received_on date not null,
        state text not null default 'new',
        worker_id uuid not null references staff.accounts on delete restrict,
        next_on date,
        version int not null default 1,
        constraint enquiries_source check (source in ('campaign', 'walk_in', 'phone')),
        constraint enquiries_campaign check ((source = 'campaign') = (campaign_id is not null)),
        constraint enquiries_named check (name_km is not null or name_latin is not null),
        constraint enquiries_area check (length(area_code) >= 6),
        constraint enquiries_state check (state in ('new', 'followed_up', 'applied', 'not_interested', 'unreachable')),
        constraint enquiries_next check (next_on is null or (state in ('new', 'followed_up') and next_on >= received_on))
      );
      create index enquiries_by_office on recruitment.enquiries (office_id, received_on desc, id desc);
      create index enquiries_by_campaign on recruitment.enquiries (campaign_id, received_on desc, id desc);

      create table recruitment.follow_ups (
        id uuid primary key,
        enquiry_id uuid not null references recruitment.enquiries on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        on_day date not null,
        outcome text not null,
        note text,
        constraint follow_ups_outcome check (outcome in ('interested', 'no_answer', 'not_interested', 'unreachable'))
      );
      create index follow_ups_by_enquiry on recruitment.follow_ups (enquiry_id, on_day, id);

      create table recruitment.applications (
        id uuid primary key,
        enquiry_id uuid references recruitment.enquiries on delete restrict,
        family_id uuid not null references carers.families on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        received_on date not null,
        state text not null default 'received',
        ended_on date,
        version int not null default 1,
        constraint applications_state check (state in ('received', 'checking', 'studying', 'training', 'panel', 'approved', 'refused', 'withdrawn')),
        constraint applications_end check ((ended_on is not null) = (state in ('approved', 'refused', 'withdrawn')) and ended_on >= received_on)
      );
      create unique index applications_one_open on recruitment.applications (family_id) where state not in ('approved', 'refused', 'withdrawn');
      create unique index applications_one_per_enquiry on recruitment.applications (enquiry_id);
      create index applications_by_office on recruitment.applications (office_id, received_on desc, id desc);

      grant select, insert on recruitment.enquiries, recruitment.follow_ups, recruitment.applications to register_api, register_worker;
      grant update (state, worker_id, next_on, version) on recruitment.enquiries to register_api;
      grant update (state, ended_on, version) on recruitment.applications to register_api;

      alter table recruitment.enquiries enable row level security;
      alter table recruitment.enquiries force row level security;
      alter table recruitment.follow_ups enable row level security;
      alter table recruitment.follow_ups force row level security;
      alter table recruitment.applications enable row level security;
      alter table recruitment.applications force row level security;
      create policy enquiries_of_the_office on recruitment.enquiries to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy follow_ups_of_the_office on recruitment.follow_ups to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy applications_of_the_office on recruitment.applications to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy enquiries_of_the_worker on recruitment.enquiries to register_worker using (true) with check (true);
      create policy follow_ups_of_the_worker on recruitment.follow_ups to register_worker using (true) with check (true);
      create policy applications_of_the_worker on recruitment.applications to register_worker using (true) with check (true);

      insert into platform.settings (name, during, value, citation) values
        ('recruitment.minimum_age', '[1900-01-01,)', '25', 'default: no official number was found'),
        ('recruitment.left_alone_days', '[1900-01-01,)', '14', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema recruitment cascade; delete from platform.settings where name like 'recruitment.%'`);
  }
}
