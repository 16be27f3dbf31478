import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A suspension is a fact of its own; the standing that the stand-by list reads follows from it and can be recomputed. */
export class Suspensions1764002200000 implements MigrationInterface {
  name = 'Suspensions1764002200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table carers.suspensions (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        reason text not null,
        from_on date not null,
        -- The first day on which it no longer held.
        lifted_on date,
        constraint suspensions_reason check (reason ~ '^[a-z][a-z_]{1,39}$'),
        constraint suspensions_days check (lifted_on >= from_on)
      );
      create index suspensions_by_family on carers.suspensions (family_id, from_on);
      grant select, insert on carers.suspensions to register_api, register_worker;
      grant update (lifted_on) on carers.suspensions to register_api, register_worker;
      alter table carers.suspensions enable row level security;
      create policy suspensions_of_the_office on carers.suspensions to register_api
        using (exists (select from carers.families f where f.id = family_id)) with check (exists (select from carers.families f where f.id = family_id));
      create policy suspensions_of_the_worker on carers.suspensions to register_worker using (true) with check (true);

      insert into carers.suspensions (id, family_id, reason, from_on, lifted_on)
      select source_id, family_id, coalesce(min(reason), 'other'), min(lower(during)), nullif(max(coalesce(upper(during), 'infinity')), 'infinity')
      from carers.standings where code = 'suspension' group by source_id, family_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table carers.suspensions`);
  }
}
