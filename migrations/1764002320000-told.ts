import type { MigrationInterface, QueryRunner } from 'typeorm';

const OF_PROPOSAL = 'exists (select from matching.proposals p where p.id = proposal_id)';

/** What a family was told about a child before it answered, one row a matter. */
export class Told1764002320000 implements MigrationInterface {
  name = 'Told1764002320000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The list of matters is closed: there is none for a diagnosis, for what was done to the child, or for a confidential
      -- address. What is told is the need.
      create table matching.told_items (
        id uuid primary key,
        proposal_id uuid not null references matching.proposals on delete restrict,
        topic text not null,
        words text not null,
        told_on date not null,
        told_by uuid references staff.accounts on delete restrict,
        constraint told_items_topic check (topic in ('needs', 'behaviour', 'contact', 'support', 'school', 'habits', 'wishes', 'legal')),
        constraint told_items_words check (length(words) between 1 and 2000)
      );
      create index told_items_by_proposal on matching.told_items (proposal_id, told_on, id);
      grant select, insert on matching.told_items to register_api, register_worker;
      alter table matching.told_items enable row level security;
      create policy told_items_of_the_actor on matching.told_items to register_api using (${OF_PROPOSAL}) with check (${OF_PROPOSAL});
      create policy told_items_of_the_worker on matching.told_items to register_worker using (true) with check (true);

      insert into platform.settings (name, during, value, citation) values
        ('matching.told_topics', '[1900-01-01,)', '["needs", "behaviour", "contact", "support"]', 'invented: no order was found that lists what carers are told'),
        ('matching.told_topics_emergency', '[1900-01-01,)', '["needs"]', 'invented: no order was found that lists what carers are told');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from platform.settings where name in ('matching.told_topics', 'matching.told_topics_emergency');
      drop table matching.told_items;
    `);
  }
}
