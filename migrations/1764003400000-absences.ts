import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The kind under which a stretch is counted: who is away from a place that is kept for her is counted where it is kept. */
const COUNTED_KIND = (row: string): string => `case when ${row}.kind not in ('hospital', 'missing', 'respite', 'family_visit', 'trial_visit', 'carer_holiday') then ${row}.kind
            when ${row}.institution_id is not null then 'institution'
            when ${row}.placement_id is not null then (select p.care_kind from placements.placements p where p.id = ${row}.placement_id)
            else ${row}.kind end`;

const COUNTED = (kind: string, columns: string): string => `
      create or replace function statistics.counted(p_on date, p_known timestamptz) returns table (office_id uuid, kind text, children bigint)
        language sql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
        as $$
          with office as materialized (select unnest(platform.ids('app.child_offices')) as id),
          house as materialized (select unnest(platform.ids('app.child_institutions')) as id),
          hers as materialized (
            select c.id from children.children c where c.office_id in (select id from office)
            union select c.id from children.children c where c.origin_office_id in (select id from office)
            union select * from children.shared_ids()),
          -- An institution's staff see the stays in their own house, of the children who live there now.
          inside as materialized (select c.id from children.children c where c.institution_id in (select id from house) and c.id not in (select id from hers)),
          known as (
            select e.child_id, e.during, e.kind, e.office_id, e.institution_id${columns.replaceAll('row', 'e')} from placements.episodes e where e.recorded_at < p_known
            union all
            select v.child_id, v.during, v.kind, v.office_id, v.institution_id${columns.replaceAll('row', 'v')} from placements.episode_versions v where v.known_until > p_known and lower(v.recorded) < p_known),
          living as (
            select k.* from hers join known k on k.child_id = hers.id where k.during @> p_on
            union all
            select k.* from inside join known k on k.child_id = inside.id where k.during @> p_on and k.institution_id in (select id from house))
          select k.office_id, k.kind, count(*) from (select k.office_id, ${kind} as kind from living k) k
          group by k.office_id, k.kind
        $$;`;

/** As it was before, word for word. */
const COUNTED_BEFORE = `
      create or replace function statistics.counted(p_on date, p_known timestamptz) returns table (office_id uuid, kind text, children bigint)
        language sql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
        as $$
          with office as materialized (select unnest(platform.ids('app.child_offices')) as id),
          house as materialized (select unnest(platform.ids('app.child_institutions')) as id),
          hers as materialized (
            select c.id from children.children c where c.office_id in (select id from office)
            union select c.id from children.children c where c.origin_office_id in (select id from office)
            union select * from children.shared_ids()),
          -- An institution's staff see the stays in their own house, of the children who live there now.
          inside as materialized (select c.id from children.children c where c.institution_id in (select id from house) and c.id not in (select id from hers)),
          known as (
            select e.child_id, e.during, e.kind, e.office_id, e.institution_id from placements.episodes e where e.recorded_at < p_known
            union all
            select v.child_id, v.during, v.kind, v.office_id, v.institution_id from placements.episode_versions v where v.known_until > p_known and lower(v.recorded) < p_known)
          select k.office_id, k.kind, count(*) from (
            select k.office_id, k.kind from hers join known k on k.child_id = hers.id where k.during @> p_on
            union all
            select k.office_id, k.kind from inside join known k on k.child_id = inside.id where k.during @> p_on and k.institution_id in (select id from house)) k
          group by k.office_id, k.kind
        $$;`;

const KINDS_BEFORE = `'institution', 'foster', 'kinship', 'family_house', 'home', 'hospital', 'independent', 'missing', 'unknown'`;

/**
 * A child who sleeps elsewhere for some nights while her place is kept: in hospital, with another family, with her own,
 * on a trial visit, while her carers are on holiday. The stretch names the placement or the institution that keeps it.
 */
export class Absences1764003400000 implements MigrationInterface {
  name = 'Absences1764003400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table placements.episodes drop constraint episodes_kind, drop constraint episodes_where;
      alter table placements.episodes
        add constraint episodes_kind check (kind in (${KINDS_BEFORE}, 'respite', 'family_visit', 'trial_visit', 'carer_holiday')),
        add constraint episodes_where check (case
          when kind = 'institution' then institution_id is not null and family_id is null and placement_id is null
          when kind in ('foster', 'kinship', 'family_house') then institution_id is null and family_id is not null and placement_id is not null
          -- Only respite with a family of the register names where she sleeps.
          when kind = 'respite' then institution_id is null and placement_id is not null
          when kind = 'carer_holiday' then institution_id is null and family_id is null and placement_id is not null
          when kind in ('family_visit', 'trial_visit') then family_id is null and (institution_id is null) <> (placement_id is null)
          when kind in ('hospital', 'missing') then family_id is null and (institution_id is null or placement_id is null)
          else institution_id is null and family_id is null end);
      ${COUNTED(COUNTED_KIND('k'), ', row.placement_id')}

      insert into platform.settings (name, during, value, citation) values
        ('placements.kept_review_days_hospital', '[1900-01-01,)', '42', 'invented default: no official number was found'),
        ('placements.kept_review_days_family_visit', '[1900-01-01,)', '21', 'invented default: no official number was found'),
        ('placements.kept_review_days_carer_holiday', '[1900-01-01,)', '21', 'invented default: no official number was found'),
        ('placements.kept_review_days_trial_visit', '[1900-01-01,)', '7', 'invented default: no official number was found'),
        ('placements.kept_review_days_respite', '[1900-01-01,)', '7', 'invented default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from platform.settings where name like 'placements.kept_review_days_%';
      ${COUNTED_BEFORE}
      update placements.episodes set kind = 'unknown', institution_id = null, family_id = null where kind in ('respite', 'family_visit', 'trial_visit', 'carer_holiday');
      update placements.episodes set institution_id = null where kind in ('hospital', 'missing');
      alter table placements.episodes drop constraint episodes_kind, drop constraint episodes_where;
      alter table placements.episodes
        add constraint episodes_kind check (kind in (${KINDS_BEFORE})),
        add constraint episodes_where check (case
          when kind = 'institution' then institution_id is not null and family_id is null and placement_id is null
          when kind in ('foster', 'kinship', 'family_house') then institution_id is null and family_id is not null and placement_id is not null
          else institution_id is null and family_id is null end);
    `);
  }
}
