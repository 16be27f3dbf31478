import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Exact counts of a day. Behind row security every episode of the country is asked for its child before anything else may
 * be asked of it, so that a district's count cost what the country's does and grew with every year of history. This one
 * function looks with the owner's eyes and applies the same scope itself, from the children outwards: it gives numbers by
 * office and kind, never a row (`test/db/owner.spec.ts` holds it against row security).
 */
export class Counts1764002010000 implements MigrationInterface {
  name = 'Counts1764002010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index episodes_by_child on placements.episodes (child_id);
      create index episode_versions_known on placements.episode_versions (child_id, known_until);

      -- Children by office and kind of place on a day, as known just before a moment.
      create function statistics.counted(p_on date, p_known timestamptz) returns table (office_id uuid, kind text, children bigint)
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
        $$;
      revoke execute on function statistics.counted from public;
      grant execute on function statistics.counted to register_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function statistics.counted;
      drop index placements.episode_versions_known;
      drop index placements.episodes_by_child;
    `);
  }
}
