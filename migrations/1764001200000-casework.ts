import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A visit is seen by the offices of the child, never through an institution: it may hold what was said alone. */
const HER_OFFICES_CHILD = `exists (select from children.children c where c.id = child_id and (
          c.office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.origin_office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.id = any (array(select children.shared_ids()))))`;

/** Visits to children in families: due by rule, one tap when she was seen, the record after. */
export class Casework1764001200000 implements MigrationInterface {
  name = 'Casework1764001200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema casework;
      grant usage on schema casework to register_api, register_worker;

      create table casework.visits (
        id uuid primary key,
        child_id uuid not null references children.children on delete restrict,
        placement_id uuid not null references placements.placements on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        worker_id uuid references staff.accounts on delete restrict,
        ordinal int not null,
        due_on date not null,
        state text not null default 'due',
        happened_on date,
        tapped_by uuid references staff.accounts on delete restrict,
        tapped_at timestamptz,
        recorded_by uuid references staff.accounts on delete restrict,
        recorded_at timestamptz,
        seen_alone boolean,
        worry boolean,
        record jsonb,
        version int not null default 1,
        constraint visits_once unique (placement_id, ordinal),
        constraint visits_ordinal check (ordinal between 1 and 200),
        constraint visits_state check (state in ('due', 'seen', 'recorded', 'cancelled')),
        constraint visits_happened check ((state in ('seen', 'recorded')) = (happened_on is not null)),
        constraint visits_recorded check ((state = 'recorded') = (recorded_at is not null) and (recorded_at is null) = (recorded_by is null)
          and (recorded_at is null) = (record is null) and (recorded_at is null) = (seen_alone is null) and (recorded_at is null) = (worry is null)),
        constraint visits_tapped check ((tapped_at is null) = (tapped_by is null) and (state <> 'seen' or tapped_at is not null))
      );
      create index visits_by_child on casework.visits (child_id, due_on desc, id desc);
      create index visits_due on casework.visits (office_id, due_on, id) where state = 'due';

      grant select, insert on casework.visits to register_api, register_worker;
      grant update (worker_id, due_on, state, happened_on, tapped_by, tapped_at, recorded_by, recorded_at, seen_alone, worry, record, version) on casework.visits to register_api, register_worker;
      alter table casework.visits enable row level security;
      create policy visits_of_the_actor on casework.visits to register_api using (${HER_OFFICES_CHILD}) with check (${HER_OFFICES_CHILD});
      create policy visits_of_the_worker on casework.visits to register_worker using (true) with check (true);

      insert into platform.settings (name, during, value, citation) values
        ('casework.visit_months', '[1900-01-01,)', '[1, 3, 6, 9, 12]', 'default: week 1, these months, then quarterly; no official number was found'),
        ('casework.record_days', '[1900-01-01,)', '14', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema casework cascade; delete from platform.settings where name like 'casework.%'`);
  }
}
