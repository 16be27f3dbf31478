import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who asks may be a family of the country already, or stand in an open application elsewhere. Enquiries are compared with
 * all of them; of a family that the caller does not see she learns whom to ask, and nothing else.
 */
export class KnownHouseholds1764003080000 implements MigrationInterface {
  name = 'KnownHouseholds1764003080000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function recruitment.known_households(p_enquiries uuid[]) returns table (enquiry uuid, family uuid, office uuid, agrees text[], open boolean)
        language sql stable security definer set search_path = ''
        as $$
          with asked as (
            select e.id, e.phone, e.area_code, e.duplicate_of from recruitment.enquiries e
            where e.id = any (p_enquiries) and e.office_id = any ((select platform.ids('app.family_offices'))::uuid[])),
          signs as (
            select a.id as of, f.id as family, 'phone' as sign from asked a join carers.families f on f.phone = a.phone
            union select a.id, f.id, 'name' from asked a
              join recruitment.enquiry_keys k on k.enquiry_id = a.id and starts_with(k.key, 'w:')
              join carers.family_keys o on o.key = k.key
              join carers.families f on f.id = o.family_id and left(f.area_code, 6) = left(a.area_code, 6)),
          found as (
            select s.of, f.id, f.office_id, f.office_id = any ((select platform.ids('app.family_offices'))::uuid[]) as seen,
              array_agg(s.sign order by s.sign desc) || case when a.area_code = f.area_code and length(f.area_code) = 8 then array['village'] else '{}' end as agrees,
              exists (select from recruitment.applications p where p.family_id = f.id and p.ended_on is null) as open
            from signs s join asked a on a.id = s.of join carers.families f on f.id = s.family
            where not exists (select from recruitment.applications p where p.family_id = f.id and p.enquiry_id in (a.id, a.duplicate_of))
            group by s.of, f.id, f.office_id, a.area_code, f.area_code)
          select distinct of, case when seen then id end, office_id, case when seen then agrees else '{}' end, case when seen then open end from found
        $$;
      revoke execute on function recruitment.known_households from public;
      grant execute on function recruitment.known_households to register_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function recruitment.known_households;');
  }
}
