import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Matching asks about every family of the country at once. Each fact is now read once for all of them instead of family by
 * family; the same rows come back (`test/db/standby.spec.ts` holds them against the rules). json, not jsonb: it is written
 * here and read in the program, and nothing looks into it on the way. Planned for each call: a plan kept for any day and any
 * list of families expects a handful of them and takes ten times as long.
 */
export class WholeCountry1764001710000 implements MigrationInterface {
  name = 'WholeCountry1764001710000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CANDIDATES);
    await runner.query(`drop function placements.family_facts`);
    await runner.query(FAMILY_FACTS);
    await runner.query(GRANTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(CANDIDATES_BEFORE);
    await runner.query(`drop function placements.family_facts`);
    await runner.query(FAMILY_FACTS_BEFORE);
    await runner.query(GRANTS);
  }
}

const GRANTS = `
      revoke execute on function placements.family_facts from public;
      grant execute on function placements.family_facts to register_api, register_worker;
`;

const CANDIDATES = `
      create or replace function carers.candidates(p_on date, p_area text default '', p_now timestamptz default now())
        returns table (id uuid, number int, area_code text, office_id uuid, kind text, languages text[], religion text, own_children int, experience text[],
          school_area_code text, waiting_since date, terms_id uuid, places int, youngest int, oldest int, sexes text[], needs text[], care_kinds text[],
          free_places int, children int, failed text[], youngest_carer_born date, oldest_carer_born date)
        language sql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
        as $$
          with asked as materialized (
            select f.* from carers.families f
            where (cardinality(platform.ids('app.family_offices')) > 0 or session_user = 'register_worker')
              and starts_with(f.area_code, p_area) and (f.closed_on is null or f.closed_on > p_on)),
          standing as (
            select s.family_id, coalesce(min(lower(s.during)) filter (where s.code = 'approval' and s.during @> p_on), min(lower(s.during)) filter (where s.code = 'approval')) as since,
              bool_or(s.code = 'approval' and s.during @> p_on) as approved, bool_or(s.code = 'suspension' and not s.confidential and s.during @> p_on) as suspended,
              bool_or(s.code = 'suspension' and s.confidential and s.during @> p_on) as hidden
            from carers.standings s where s.code in ('approval', 'suspension') group by s.family_id),
          holds as (
            select s.adult_id, bool_or(s.code = 'certificate') as certified, bool_or(s.code = 'check') as checked
            from carers.standings s where s.code in ('certificate', 'check') and s.during @> p_on group by s.adult_id),
          home as (
            select a.family_id, bool_or(a.carer) as carer, bool_or(a.carer and h.certified is not true) as uncertified, bool_or(h.checked is not true) as unchecked,
              max(case a.birth_precision when 'day' then a.birth_date when 'month' then (date_trunc('month', a.birth_date::timestamp) + interval '1 month - 1 day')::date
                when 'year' then make_date(extract(year from a.birth_date)::int, 12, 31) else (a.birth_date + interval '1 year')::date end) filter (where a.carer) as youngest,
              min(case a.birth_precision when 'day' then a.birth_date when 'month' then date_trunc('month', a.birth_date::timestamp)::date
                when 'year' then make_date(extract(year from a.birth_date)::int, 1, 1) else (a.birth_date - interval '1 year')::date end) filter (where a.carer) as oldest
            from carers.adults a left join holds h on h.adult_id = a.id where a.during @> p_on group by a.family_id),
          firm as (select p.family_id, count(*)::int as places from carers.family_places p where p.during @> p_on and p.basis <> 'breach' group by p.family_id),
          taken as (
            select o.family_id, count(*)::int as places, (count(*) filter (where o.kind = 'hold'))::int as held
            from carers.place_occupancies o where o.during @> p_on and (o.expires_at is null or o.expires_at > p_now) group by o.family_id)
          select f.id, f.number, left(f.area_code, 6), f.office_id, f.kind, f.languages, f.religion, f.own_children, f.experience,
            left(f.school_area_code, 6), s.since, t.id, t.places, t.youngest, t.oldest, t.sexes, t.needs, t.care_kinds,
            greatest(0, coalesce(firm.places, 0) - coalesce(taken.places, 0)), coalesce(taken.places - taken.held, 0),
            array_remove(array[
              case when f.closed_on <= p_on then 'CLOSED' end,
              case when s.approved is not true or t.id is null then 'NOT_APPROVED' end,
              case when s.suspended then 'SUSPENDED' end,
              case when s.hidden then 'ASK_SUPERVISOR' end,
              case when h.carer is not true then 'NO_CARER' end,
              case when h.uncertified then 'CERTIFICATE_MISSING' end,
              case when h.unchecked then 'CHECK_MISSING' end
            ], null), h.youngest, h.oldest
          from asked f join standing s on s.family_id = f.id and s.since is not null
          left join carers.approval_terms t on t.family_id = f.id and t.during @> p_on
          left join home h on h.family_id = f.id left join firm on firm.family_id = f.id left join taken on taken.family_id = f.id
        $$;
`;

const FAMILY_FACTS = `
      create function placements.family_facts(p_families uuid[], p_from date, p_children uuid[]) returns table (facts json)
        language sql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
        as $$
          with asked as materialized (
            select f.id, f.kind, f.office_id, f.area_code, f.languages, f.closed_on from carers.families f
            where f.id = any (p_families) and (cardinality(platform.ids('app.family_offices')) > 0 or session_user = 'register_worker')),
          adults as (
            select a.family_id, json_agg(json_build_object('id', a.id, 'carer', a.carer, 'birth', json_build_object('date', a.birth_date, 'precision', a.birth_precision)) order by a.id) as facts
            from asked f join carers.adults a on a.family_id = f.id where a.during @> p_from group by a.family_id),
          standings as (
            select s.family_id, json_agg(json_build_object('code', s.code, 'adultId', s.adult_id, 'sourceId', s.source_id, 'confidential', s.confidential,
                'from', lower(s.during), 'to', upper(s.during)) order by s.id) as facts
            from asked f join carers.standings s on s.family_id = f.id group by s.family_id),
          places as (
            select p.family_id, json_agg(json_build_object('from', lower(p.during), 'to', upper(p.during), 'exempt', p.basis = 'exemption') order by p.slot, p.during) as facts
            from asked f join carers.family_places p on p.family_id = f.id where p.basis <> 'breach' and coalesce(upper(p.during), 'infinity') > p_from group by p.family_id),
          occupants as (
            select o.family_id, json_agg(json_build_object('from', lower(o.during), 'to', upper(o.during), 'occupantId', o.occupant_id, 'childId', case when p.child_id = any (p_children) then p.child_id end,
                'groupId', b.group_id, 'underThree', coalesce(extract(year from age(p_from, c.birth_date)) < 3, false), 'expiresAt', o.expires_at) order by o.slot, o.during) as facts
            from asked f join carers.place_occupancies o on o.family_id = f.id left join placements.placements p on p.id = o.occupant_id
              left join children.siblings b on b.child_id = p.child_id left join children.children c on c.id = p.child_id
            where coalesce(upper(o.during), 'infinity') > p_from group by o.family_id)
          select json_build_object('id', f.id, 'kind', f.kind, 'officeId', f.office_id, 'communeCode', left(f.area_code, 6), 'languages', f.languages, 'closedOn', f.closed_on,
            'adults', coalesce(a.facts, '[]'), 'standings', coalesce(s.facts, '[]'),
            'terms', case when t.id is not null then json_build_object('youngest', t.youngest, 'oldest', t.oldest, 'sexes', t.sexes, 'needs', t.needs, 'careKinds', t.care_kinds) end,
            'places', coalesce(p.facts, '[]'), 'occupants', coalesce(o.facts, '[]'))
          from asked f left join adults a on a.family_id = f.id left join standings s on s.family_id = f.id
            left join carers.approval_terms t on t.family_id = f.id and t.during @> p_from
            left join places p on p.family_id = f.id left join occupants o on o.family_id = f.id
        $$;
`;

const CANDIDATES_BEFORE = `
      create or replace function carers.candidates(p_on date, p_area text default '', p_now timestamptz default now())
        returns table (id uuid, number int, area_code text, office_id uuid, kind text, languages text[], religion text, own_children int, experience text[],
          school_area_code text, waiting_since date, terms_id uuid, places int, youngest int, oldest int, sexes text[], needs text[], care_kinds text[],
          free_places int, children int, failed text[], youngest_carer_born date, oldest_carer_born date)
        language sql stable security definer set search_path = ''
        as $$
          select f.id, f.number, left(f.area_code, 6), f.office_id, f.kind, f.languages, f.religion, f.own_children, f.experience,
            left(f.school_area_code, 6), a.since, t.id, t.places, t.youngest, t.oldest, t.sexes, t.needs, t.care_kinds,
            greatest(0, st.firm - st.taken), st.taken - st.held, st.failed, born.youngest, born.oldest
          from carers.families f
          cross join lateral (select coalesce(min(lower(s.during)) filter (where s.during @> p_on), min(lower(s.during))) as since
            from carers.standings s where s.family_id = f.id and s.code = 'approval') a
          cross join lateral carers.state_on(f.id, f.closed_on, p_on, p_now) st
          left join carers.approval_terms t on t.family_id = f.id and t.during @> p_on
          cross join lateral (select
              max(case c.birth_precision when 'day' then c.birth_date when 'month' then (date_trunc('month', c.birth_date::timestamp) + interval '1 month - 1 day')::date
                when 'year' then make_date(extract(year from c.birth_date)::int, 12, 31) else (c.birth_date + interval '1 year')::date end) as youngest,
              min(case c.birth_precision when 'day' then c.birth_date when 'month' then date_trunc('month', c.birth_date::timestamp)::date
                when 'year' then make_date(extract(year from c.birth_date)::int, 1, 1) else (c.birth_date - interval '1 year')::date end) as oldest
            from carers.adults c where c.family_id = f.id and c.carer and c.during @> p_on) born
          where (cardinality(platform.ids('app.family_offices')) > 0 or session_user = 'register_worker')
            and starts_with(f.area_code, p_area) and a.since is not null and (f.closed_on is null or f.closed_on > p_on)
        $$;
`;

const FAMILY_FACTS_BEFORE = `
      create function placements.family_facts(p_families uuid[], p_from date, p_children uuid[]) returns table (facts jsonb)
        language sql stable security definer set search_path = ''
        as $$
          select jsonb_build_object('id', f.id, 'kind', f.kind, 'officeId', f.office_id, 'communeCode', left(f.area_code, 6), 'languages', f.languages, 'closedOn', f.closed_on,
            'adults', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'carer', a.carer, 'birth', jsonb_build_object('date', a.birth_date, 'precision', a.birth_precision)) order by a.id), '[]')
              from carers.adults a where a.family_id = f.id and a.during @> p_from),
            'standings', (select coalesce(jsonb_agg(jsonb_build_object('code', s.code, 'adultId', s.adult_id, 'sourceId', s.source_id, 'confidential', s.confidential,
                'from', lower(s.during), 'to', upper(s.during)) order by s.id), '[]')
              from carers.standings s where s.family_id = f.id),
            'terms', (select jsonb_build_object('youngest', t.youngest, 'oldest', t.oldest, 'sexes', t.sexes, 'needs', t.needs, 'careKinds', t.care_kinds)
              from carers.approval_terms t where t.family_id = f.id and t.during @> p_from),
            'places', (select coalesce(jsonb_agg(jsonb_build_object('from', lower(p.during), 'to', upper(p.during), 'exempt', p.basis = 'exemption') order by p.slot, p.during), '[]')
              from carers.family_places p where p.family_id = f.id and p.basis <> 'breach' and coalesce(upper(p.during), 'infinity') > p_from),
            'occupants', (select coalesce(jsonb_agg(jsonb_build_object('from', lower(o.during), 'to', upper(o.during), 'occupantId', o.occupant_id, 'childId', case when p.child_id = any (p_children) then p.child_id end,
                'groupId', b.group_id, 'underThree', coalesce(extract(year from age(p_from, c.birth_date)) < 3, false), 'expiresAt', o.expires_at) order by o.slot, o.during), '[]')
              from carers.place_occupancies o left join placements.placements p on p.id = o.occupant_id left join children.siblings b on b.child_id = p.child_id
                left join children.children c on c.id = p.child_id
              where o.family_id = f.id and coalesce(upper(o.during), 'infinity') > p_from))
          from carers.families f
          where f.id = any (p_families) and (cardinality(platform.ids('app.family_offices')) > 0 or session_user = 'register_worker')
        $$;
`;
