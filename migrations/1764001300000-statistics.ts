import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Published quarters: rounded figures that no child can be found in, read by a role that can read no person's row. */
export class Statistics1764001300000 implements MigrationInterface {
  name = 'Statistics1764001300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema statistics;
      grant usage on schema statistics to register_api, register_worker, register_reader;

      create table statistics.releases (
        id uuid primary key,
        quarter text not null,
        reference_day date not null,
        as_known_on date not null,
        base int not null,
        least int not null,
        published_by uuid not null references staff.accounts on delete restrict,
        published_at timestamptz not null default clock_timestamp(),
        constraint releases_quarter check (quarter ~ '^20[0-9]{2}-Q[1-4]$'),
        constraint releases_once unique (quarter),
        constraint releases_rule check (base >= 5 and least >= 10 and least >= base),
        constraint releases_known check (as_known_on >= reference_day)
      );

      -- A published cell holds only what is published: a multiple of the base, or nothing where it is below the least.
      create table statistics.cells (
        release_id uuid not null references statistics.releases on delete restrict,
        dimension text not null,
        category text not null,
        care_kind text not null,
        shown int,
        primary key (release_id, dimension, category, care_kind),
        constraint cells_dimension check (dimension in ('country', 'province', 'sex', 'age_band', 'left_residential_for')),
        constraint cells_care_kind check (care_kind in ('residential', 'foster', 'kinship', 'family_house', 'home', 'other', 'all')),
        constraint cells_shown check (shown >= 0)
      );
      grant select, insert on statistics.releases, statistics.cells to register_api;
      grant select on statistics.cells to register_reader;
      grant select (id, quarter, reference_day, as_known_on, base, least, published_at) on statistics.releases to register_reader;

      insert into platform.settings (name, during, value, citation) values
        ('statistics.round_to', '[1900-01-01,)', '5', 'default: no official number was found'),
        ('statistics.least_shown', '[1900-01-01,)', '10', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema statistics cascade; delete from platform.settings where name like 'statistics.%'`);
  }
}
