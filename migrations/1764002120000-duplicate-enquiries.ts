import type { MigrationInterface, QueryRunner } from 'typeorm';
import { nameKeys } from '../src/kernel/khmer.js';

const BATCH = 2000;

/** One household may ask twice: enquiries are found by telephone and by the keys of their names, and linked to the first of them. */
export class DuplicateEnquiries1764002120000 implements MigrationInterface {
  name = 'DuplicateEnquiries1764002120000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Two columns that nobody writes keep links one step long: what is linked can never be linked to.
      alter table recruitment.enquiries
        add column duplicate_of uuid,
        add column is_duplicate boolean not null generated always as (duplicate_of is not null) stored,
        add column of_duplicate boolean generated always as (case when duplicate_of is not null then false end) stored,
        add constraint enquiries_first unique (id, is_duplicate),
        add constraint enquiries_duplicate_of_first foreign key (duplicate_of, of_duplicate) references recruitment.enquiries (id, is_duplicate) on delete restrict,
        add constraint enquiries_duplicate_open check (duplicate_of is null or state <> 'applied');
      create index enquiries_by_original on recruitment.enquiries (duplicate_of) where duplicate_of is not null;
      create index enquiries_by_phone on recruitment.enquiries (phone) where phone is not null;
      grant update (duplicate_of) on recruitment.enquiries to register_api;

      -- Written with the enquiry. Equality on a key is all that a search may do under row security.
      create table recruitment.enquiry_keys (
        key text not null,
        enquiry_id uuid not null references recruitment.enquiries on delete restrict,
        primary key (key, enquiry_id)
      );
      create index enquiry_keys_by_enquiry on recruitment.enquiry_keys (enquiry_id);
      grant select, insert on recruitment.enquiry_keys to register_api, register_worker;
      alter table recruitment.enquiry_keys enable row level security;
      create policy enquiry_keys_of_the_office on recruitment.enquiry_keys to register_api
        using (exists (select from recruitment.enquiries e where e.id = enquiry_id)) with check (exists (select from recruitment.enquiries e where e.id = enquiry_id));
      create policy enquiry_keys_of_the_worker on recruitment.enquiry_keys to register_worker using (true) with check (true);
    `);
    await this.#keysOfKnown(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table recruitment.enquiry_keys;
      drop index recruitment.enquiries_by_phone, recruitment.enquiries_by_original;
      alter table recruitment.enquiries
        drop constraint enquiries_duplicate_of_first, drop constraint enquiries_first, drop constraint enquiries_duplicate_open,
        drop column of_duplicate, drop column is_duplicate, drop column duplicate_of;
    `);
  }

  /** Keys are made by the program alone, so those of enquiries that are there already are made here. */
  async #keysOfKnown(runner: QueryRunner): Promise<void> {
    for (let after: string | null = null; ; ) {
      const known = (await runner.query('select id, name_km, name_latin from recruitment.enquiries where $1::uuid is null or id > $1 order by id limit $2', [after, BATCH])) as {
        id: string; name_km: string | null; name_latin: string | null;
      }[];
      const rows = known.flatMap(({ id, name_km, name_latin }) => nameKeys(name_km, name_latin).map((key) => [id, key] as const));
      await runner.query('insert into recruitment.enquiry_keys (enquiry_id, key) select * from unnest($1::uuid[], $2::text[])', [rows.map(([id]) => id), rows.map(([, key]) => key)]);
      if (known.length < BATCH) return;
      after = known.at(-1)?.id ?? null;
    }
  }
}
