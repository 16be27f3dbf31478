import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of families that an office already knows: what was sent, how far it is, and what came of each row. */
export class FamilyLoads1764002160000 implements MigrationInterface {
  name = 'FamilyLoads1764002160000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table recruitment.family_loads (
        id uuid primary key,
        office_id uuid not null references territory.offices on delete restrict,
        dry_run boolean not null,
        accept_duplicates boolean not null,
        on_day date not null,
        loaded_by uuid not null references staff.accounts on delete restrict,
        loaded_at timestamptz not null,
        rows int not null,
        done int not null default 0,
        constraint family_loads_done check (done between 0 and rows)
      );
      create index family_loads_by_office on recruitment.family_loads (office_id, id);

      -- What was written in a row is kept until the row is done, and no longer: then it is in the family's file, or still
      -- in the table of whoever sent it.
      create table recruitment.family_load_rows (
        id uuid primary key,
        load_id uuid not null references recruitment.family_loads on delete restrict,
        row int not null,
        job_id uuid not null,
        office_id uuid not null references territory.offices on delete restrict,
        cells jsonb,
        same_as int,
        outcome text not null default 'waiting',
        code text,
        details jsonb not null default '{}',
        family_id uuid references carers.families on delete restrict,
        candidates uuid[] not null default '{}',
        constraint family_load_rows_once unique (load_id, row),
        constraint family_load_rows_job unique (job_id),
        constraint family_load_rows_outcome check (outcome in ('waiting', 'created', 'would_create', 'possible_duplicate', 'refused')),
        constraint family_load_rows_waits check ((outcome = 'waiting') = (cells is not null)),
        constraint family_load_rows_created check ((outcome = 'created') = (family_id is not null)),
        constraint family_load_rows_refused check (outcome <> 'refused' or code is not null),
        constraint family_load_rows_same_as check (same_as < row)
      );

      -- A telephone finds a family that is known already.
      create index families_by_phone on carers.families (phone) where phone is not null;

      grant select, insert on recruitment.family_loads, recruitment.family_load_rows to register_api;
      grant select on recruitment.family_loads, recruitment.family_load_rows to register_worker;
      grant update (done) on recruitment.family_loads to register_worker;
      grant update (cells, outcome, code, details, family_id, candidates) on recruitment.family_load_rows to register_worker;
      ${['family_loads', 'family_load_rows'].map((table) => `
      alter table recruitment.${table} enable row level security;
      create policy ${table}_of_the_office on recruitment.${table} to register_api
        using (office_id = any ((select platform.ids('app.family_offices'))::uuid[])) with check (office_id = any (platform.ids('app.family_offices')));
      create policy ${table}_of_the_worker on recruitment.${table} to register_worker using (true) with check (true);`).join('\n')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index carers.families_by_phone;
      drop table recruitment.family_load_rows;
      drop table recruitment.family_loads;
    `);
  }
}
