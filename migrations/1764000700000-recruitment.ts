import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Campaigns, the enquiries they bring, how each was followed up, and the applications that come of them. */
export class Recruitment1764000700000 implements MigrationInterface {
  name = 'Recruitment1764000700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema recruitment;
      grant usage on schema recruitment to register_api, register_worker;

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

      -- Checks on every adult of the home, each with the day until which it holds.
      create table recruitment.checks (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        adult_id uuid not null references carers.adults on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        kind text not null,
        outcome text not null,
        done_on date not null,
        valid_until date not null,
        constraint checks_kind check (kind in ('identity', 'criminal_record', 'health', 'no_violence')),
        constraint checks_outcome check (outcome in ('clear', 'concern')),
        constraint checks_validity check (valid_until > done_on)
      );
      create index checks_by_adult on recruitment.checks (adult_id, kind, done_on);

      -- Who signed for the household: village chief, commune, police, neighbours.
      create table recruitment.signatures (
        id uuid primary key,
        application_id uuid not null references recruitment.applications on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        party text not null,
        how text not null,
        signed_on date not null,
        constraint signatures_once unique (application_id, party),
        constraint signatures_party check (party in ('village_chief', 'commune', 'police', 'neighbour')),
        constraint signatures_how check (how in ('signed', 'thumbprint'))
      );

      create table recruitment.home_studies (
        id uuid primary key,
        application_id uuid not null references recruitment.applications on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        form text not null,
        done_on date not null,
        done_by uuid not null references staff.accounts on delete restrict,
        scores jsonb not null,
        recommended boolean not null,
        motive_talk_needed boolean not null,
        note text
      );
      create index home_studies_by_application on recruitment.home_studies (application_id, done_on, id);

      create table recruitment.panels (
        id uuid primary key,
        application_id uuid not null references recruitment.applications on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        met_on date not null,
        members uuid[] not null,
        decided_on date,
        decided_by uuid references staff.accounts on delete restrict,
        outcome text,
        reason text,
        constraint panels_once unique (application_id),
        constraint panels_members check (cardinality(members) = 3),
        constraint panels_outcome check (outcome in ('approved', 'refused')),
        constraint panels_decided check ((outcome is null) = (decided_on is null) and (outcome is null) = (decided_by is null) and decided_on >= met_on)
      );

      grant select, insert on recruitment.checks, recruitment.signatures, recruitment.home_studies, recruitment.panels to register_api, register_worker;
      grant update (decided_on, decided_by, outcome, reason) on recruitment.panels to register_api;
      grant select, insert on recruitment.enquiries, recruitment.follow_ups, recruitment.applications to register_api, register_worker;
      grant update (state, worker_id, next_on, version) on recruitment.enquiries to register_api;
      grant update (state, ended_on, version) on recruitment.applications to register_api;

      alter table recruitment.enquiries enable row level security;
      alter table recruitment.follow_ups enable row level security;
      alter table recruitment.applications enable row level security;
      create policy enquiries_of_the_office on recruitment.enquiries to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy follow_ups_of_the_office on recruitment.follow_ups to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy applications_of_the_office on recruitment.applications to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy enquiries_of_the_worker on recruitment.enquiries to register_worker using (true) with check (true);
      create policy follow_ups_of_the_worker on recruitment.follow_ups to register_worker using (true) with check (true);
      create policy applications_of_the_worker on recruitment.applications to register_worker using (true) with check (true);

      alter table recruitment.checks enable row level security;
      create policy checks_of_the_office on recruitment.checks to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy checks_of_the_worker on recruitment.checks to register_worker using (true) with check (true);
      alter table recruitment.signatures enable row level security;
      create policy signatures_of_the_office on recruitment.signatures to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy signatures_of_the_worker on recruitment.signatures to register_worker using (true) with check (true);
      alter table recruitment.home_studies enable row level security;
      create policy home_studies_of_the_office on recruitment.home_studies to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy home_studies_of_the_worker on recruitment.home_studies to register_worker using (true) with check (true);
      alter table recruitment.panels enable row level security;
      create policy panels_of_the_office on recruitment.panels to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy panels_of_the_worker on recruitment.panels to register_worker using (true) with check (true);

      insert into platform.settings (name, during, value, citation) values
        ('recruitment.minimum_age', '[1900-01-01,)', '25', 'default: no official number was found'),
        ('recruitment.left_alone_days', '[1900-01-01,)', '14', 'default: no official number was found'),
        ('recruitment.checks', '[1900-01-01,)', '["identity", "criminal_record", "health", "no_violence"]', 'default: the papers that the ministry\''s forms ask for'),
        ('recruitment.signatures', '[1900-01-01,)', '["village_chief", "commune", "police"]', 'default: the signatures that the ministry\''s forms ask for'),
        ('recruitment.places_limit.foster', '[1900-01-01,)', '3', 'default: no official number was found'),
        ('recruitment.places_limit.kinship', '[1900-01-01,)', '3', 'default: no official number was found'),
        ('recruitment.places_limit.family_house', '[1900-01-01,)', '10', 'default: no official number was found'),
        ('recruitment.approval_months', '[1900-01-01,)', '12', 'default: reviewed every year');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema recruitment cascade; delete from platform.settings where name like 'recruitment.%'`);
  }
}
