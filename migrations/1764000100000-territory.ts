import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Areas by their national codes, the offices that answer for them, and the days on which nobody works. */
export class Territory1764000100000 implements MigrationInterface {
  name = 'Territory1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema territory;
      grant usage on schema territory to register_api, register_worker, register_reader;

      create table territory.areas (
        code text primary key,
        parent_code text references territory.areas on delete restrict,
        level text not null,
        type_en text not null,
        name_km text not null,
        name_latin text not null,
        lat double precision,
        lng double precision,
        -- What people type to find it, in both scripts: the loader writes it. 16,465 rows are searched in 5 ms without an index.
        search_key text not null default '',
        valid_from date not null default '1900-01-01',
        valid_to date,
        constraint areas_code check (code ~ '^[0-9]{2}([0-9]{2}){0,3}$'),
        constraint areas_named check (name_km <> '' or name_latin <> ''),
        constraint areas_level check (level = (array['province', 'district', 'commune', 'village'])[length(code) / 2]),
        constraint areas_parent check (parent_code is not distinct from nullif(left(code, length(code) - 2), '')),
        constraint areas_centroid check ((lat is null) = (lng is null) and lat between 9 and 15.5 and lng between 102 and 108.5),
        constraint areas_validity check (valid_to > valid_from)
      );
      create index areas_by_parent on territory.areas (parent_code, code);
      grant select on territory.areas to register_api, register_worker, register_reader;
      -- Areas come from the operator's command alone, which signs in as the worker or the owner: the API cannot write one.
      grant insert on territory.areas to register_worker;
      grant update (type_en, name_km, name_latin, lat, lng, search_key) on territory.areas to register_worker;

      create table territory.offices (
        id uuid primary key,
        kind text not null,
        area_code text references territory.areas on delete restrict,
        name_km text not null,
        name_latin text not null,
        constraint offices_kind check (kind in ('ministry', 'province', 'district')),
        constraint offices_area check (case kind when 'ministry' then area_code is null when 'province' then length(area_code) = 2 else length(area_code) = 4 end)
      );
      create unique index offices_one_per_area on territory.offices (coalesce(area_code, ''));
      grant select on territory.offices to register_api, register_worker, register_reader;
      grant insert on territory.offices to register_worker;

      create table territory.holidays (
        day date primary key,
        name_km text not null,
        name_en text not null,
        citation text not null
      );
      grant select on territory.holidays to register_api, register_worker;
      grant insert on territory.holidays to register_worker;

      -- Where an area lies: its own centroid, else the nearest one around it, and whose it is.
      create function territory.centroid_of(p_code text) returns table (code text, lat double precision, lng double precision)
        language sql stable parallel safe
        as $$ select a.code, a.lat, a.lng from territory.areas a
              where a.code in (left(p_code, 2), left(p_code, 4), left(p_code, 6), p_code) and a.lat is not null
              order by length(a.code) desc limit 1 $$;

      -- The office that answers for an area: its district's, else its province's, else the ministry's.
      create function territory.office_for(p_code text) returns uuid
        language sql stable parallel safe
        as $$ select id from territory.offices where p_code like coalesce(area_code, '') || '%' order by length(coalesce(area_code, '')) desc limit 1 $$;

      -- An office and every office below it.
      create function territory.offices_below(p_office uuid) returns uuid[]
        language sql stable parallel safe
        as $$ select array_agg(below.id order by below.id) from territory.offices own join territory.offices below
              on coalesce(below.area_code, '') like coalesce(own.area_code, '') || '%' where own.id = p_office $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema territory cascade`);
  }
}
