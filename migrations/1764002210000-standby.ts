import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The stand-by list with ten years behind each family: what holds on a day is found by the day on which it ends, and not by
 * reading a family's whole past. And a paper that speaks against an adult is a standing of its own: that an adult is not
 * checked for that reason reads "ask the supervisor" to everybody else.
 */
export class Standby1764002210000 implements MigrationInterface {
  name = 'Standby1764002210000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table carers.standings drop constraint standings_code, drop constraint standings_adult,
        add constraint standings_code check (code in ('approval', 'certificate', 'check', 'suspension', 'declined', 'concern')),
        add constraint standings_adult check ((code in ('certificate', 'check', 'concern')) = (adult_id is not null));
    `);
    await runner.query(STATE_ON);
    await runner.query(`
      -- By the day on which it ends, so that what holds on a day is at the end of what lies behind.
      create index standings_by_end on carers.standings (family_id, code, coalesce(upper(during), 'infinity'::date));
      create index approval_terms_by_end on carers.approval_terms (family_id, coalesce(upper(during), 'infinity'::date));
      create index family_places_by_end on carers.family_places (family_id, coalesce(upper(during), 'infinity'::date));
      create index place_occupancies_by_end on carers.place_occupancies (family_id, coalesce(upper(during), 'infinity'::date));
      drop index carers.standings_by_family;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index standings_by_family on carers.standings (family_id, code);
      drop index carers.standings_by_end, carers.approval_terms_by_end, carers.family_places_by_end, carers.place_occupancies_by_end;
    `);
    await runner.query(STATE_ON_BEFORE);
    await runner.query(`
      delete from carers.standings where code = 'concern';
      alter table carers.standings drop constraint standings_code, drop constraint standings_adult,
        add constraint standings_code check (code in ('approval', 'certificate', 'check', 'suspension', 'declined')),
        add constraint standings_adult check ((code in ('certificate', 'check')) = (adult_id is not null));
    `);
  }
}

const STATE_ON = `
      create or replace function carers.state_on(p_family uuid, p_closed date, p_on date, p_now timestamptz)
        returns table (failed text[], firm int, taken int, held int)
        language sql stable parallel safe
        as $$
          select array_remove(array[
              case when p_closed <= p_on then 'CLOSED' end,
              case when not exists (select from carers.standings s where s.family_id = p_family and s.code = 'approval' and s.during @> p_on)
                or not exists (select from carers.approval_terms t where t.family_id = p_family and t.during @> p_on) then 'NOT_APPROVED' end,
              case when exists (select from carers.standings s where s.family_id = p_family and s.code = 'suspension' and not s.confidential and s.during @> p_on) then 'SUSPENDED' end,
              case when exists (select from carers.standings s where s.family_id = p_family and s.code = 'suspension' and s.confidential and s.during @> p_on)
                or exists (select from carers.adults a join carers.standings c on c.family_id = a.family_id and c.adult_id = a.id and c.code = 'concern' and c.during @> p_on
                  where a.family_id = p_family and a.during @> p_on and not exists
                  (select from carers.standings s where s.family_id = p_family and s.code = 'check' and s.adult_id = a.id and s.during @> p_on)) then 'ASK_SUPERVISOR' end,
              case when not exists (select from carers.adults a where a.family_id = p_family and a.carer and a.during @> p_on) then 'NO_CARER' end,
              case when exists (select from carers.adults a where a.family_id = p_family and a.carer and a.during @> p_on and not exists
                (select from carers.standings s where s.family_id = p_family and s.code = 'certificate' and s.adult_id = a.id and s.during @> p_on)) then 'CERTIFICATE_MISSING' end,
              case when exists (select from carers.adults a where a.family_id = p_family and a.during @> p_on and not exists
                (select from carers.standings s where s.family_id = p_family and s.code in ('check', 'concern') and s.adult_id = a.id and s.during @> p_on)) then 'CHECK_MISSING' end
            ], null),
            (select count(*)::int from carers.family_places p where p.family_id = p_family and p.during @> p_on and p.basis <> 'breach'),
            (select count(*)::int from carers.place_occupancies o where o.family_id = p_family and o.during @> p_on and (o.expires_at is null or o.expires_at > p_now)),
            (select count(*)::int from carers.place_occupancies o where o.family_id = p_family and o.during @> p_on and o.kind = 'hold' and o.expires_at > p_now)
        $$;
`;

const STATE_ON_BEFORE = `
      create or replace function carers.state_on(p_family uuid, p_closed date, p_on date, p_now timestamptz)
        returns table (failed text[], firm int, taken int, held int)
        language sql stable parallel safe
        as $$
          select array_remove(array[
              case when p_closed <= p_on then 'CLOSED' end,
              case when not exists (select from carers.standings s where s.family_id = p_family and s.code = 'approval' and s.during @> p_on)
                or not exists (select from carers.approval_terms t where t.family_id = p_family and t.during @> p_on) then 'NOT_APPROVED' end,
              case when exists (select from carers.standings s where s.family_id = p_family and s.code = 'suspension' and not s.confidential and s.during @> p_on) then 'SUSPENDED' end,
              case when exists (select from carers.standings s where s.family_id = p_family and s.code = 'suspension' and s.confidential and s.during @> p_on) then 'ASK_SUPERVISOR' end,
              case when not exists (select from carers.adults a where a.family_id = p_family and a.carer and a.during @> p_on) then 'NO_CARER' end,
              case when exists (select from carers.adults a where a.family_id = p_family and a.carer and a.during @> p_on and not exists
                (select from carers.standings s where s.family_id = p_family and s.code = 'certificate' and s.adult_id = a.id and s.during @> p_on)) then 'CERTIFICATE_MISSING' end,
              case when exists (select from carers.adults a where a.family_id = p_family and a.during @> p_on and not exists
                (select from carers.standings s where s.family_id = p_family and s.code = 'check' and s.adult_id = a.id and s.during @> p_on)) then 'CHECK_MISSING' end
            ], null),
            (select count(*)::int from carers.family_places p where p.family_id = p_family and p.during @> p_on and p.basis <> 'breach'),
            (select count(*)::int from carers.place_occupancies o where o.family_id = p_family and o.during @> p_on and (o.expires_at is null or o.expires_at > p_now)),
            (select count(*)::int from carers.place_occupancies o where o.family_id = p_family and o.during @> p_on and o.kind = 'hold' and o.expires_at > p_now)
        $$;
`;
