import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Residential institutions. A day-care centre is not one. */
export class Institutions1764000200000 implements MigrationInterface {
  name = 'Institutions1764000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema institutions;
      grant usage on schema institutions to register_api, register_worker, register_reader;

      create table institutions.institutions (
        id uuid primary key,
        kind text not null,
        name_km text not null,
        name_latin text not null,
        area_code text not null references territory.areas on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        capacity int not null,
        state text not null default 'open',
        registered_on date not null,
        version int not null default 1,
        constraint institutions_kind check (kind in ('temporary_centre', 'protection_centre', 'pagoda', 'boarding', 'group_home')),
        constraint institutions_state check (state in ('open', 'ordered', 'emptied', 'closed')),
        constraint institutions_capacity check (capacity between 1 and 1000),
        constraint institutions_area check (length(area_code) >= 6),
        constraint institutions_named check (name_km <> '' and name_latin <> '')
      );
      create index institutions_by_area on institutions.institutions (area_code text_pattern_ops, id);
      grant select on institutions.institutions to register_api, register_worker, register_reader;
      grant insert on institutions.institutions to register_api;
      grant update (kind, name_km, name_latin, capacity, version) on institutions.institutions to register_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema institutions cascade`);
  }
}
