import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a campaign cost, and the events that it is made of. */
export class CampaignEvents1764002110000 implements MigrationInterface {
  name = 'CampaignEvents1764002110000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table recruitment.campaigns add column cost bigint, add constraint campaigns_cost check (cost >= 0);
      grant update (cost) on recruitment.campaigns to register_api;

      create table recruitment.campaign_events (
        id uuid primary key,
        campaign_id uuid not null references recruitment.campaigns on delete restrict,
        held_on date not null,
        area_code text not null references territory.areas on delete restrict,
        channel text not null,
        people_reached int not null,
        note text,
        constraint campaign_events_area check (length(area_code) >= 4),
        constraint campaign_events_channel check (channel in ('village_meeting', 'radio', 'loudspeaker', 'pagoda', 'social_media', 'leaflet')),
        constraint campaign_events_people_reached check (people_reached >= 0)
      );
      create index campaign_events_by_campaign on recruitment.campaign_events (campaign_id, held_on desc, id desc);
      grant select, insert on recruitment.campaign_events to register_api, register_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table recruitment.campaign_events;
      revoke update (cost) on recruitment.campaigns from register_api;
      alter table recruitment.campaigns drop column cost;
    `);
  }
}
