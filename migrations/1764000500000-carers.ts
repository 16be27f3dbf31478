import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Families with their adults, and the three narrow tables that the stand-by list reads: places, occupancies, standings. */
export class Carers1764000500000 implements MigrationInterface {
  name = 'Carers1764000500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema carers;
      grant usage on schema carers to register_api, register_worker;

      create sequence carers.family_numbers;
      grant usage on sequence carers.family_numbers to register_api, register_worker;

      create table carers.families (
        id uuid primary key,
        number int not null default nextval('carers.family_numbers'),
        kind text not null,
        name_km text,
        name_latin text,
        phone text,
        area_code text not null references territory.areas on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        languages text[] not null default '{}',
        religion text,
        own_children int not null default 0,
        experience text[] not null default '{}',
        school_area_code text references territory.areas on delete restrict,
        opened_on date not null,
        closed_on date,
        closed_why text,
        version int not null default 1,
        constraint families_number unique (number),
        constraint families_kind check (kind in ('foster', 'kinship', 'family_house')),
        constraint families_named check (name_km is not null or name_latin is not null),
        constraint families_area check (length(area_code) >= 6),
        constraint families_own_children check (own_children between 0 and 20),
        constraint families_closed check ((closed_on is null) = (closed_why is null) and closed_on >= opened_on)
      );
      create index families_by_office on carers.families (office_id, id);
      create index families_by_area on carers.families (area_code text_pattern_ops, id);

      -- Under what a family is looked for: keys of the names of the household and of its adults, found by equality,
      -- because no other operator drives an index under row security.
      create table carers.family_keys (
        family_id uuid not null references carers.families on delete restrict,
        key text not null,
        primary key (key, family_id)
      );
      create index family_keys_by_family on carers.family_keys (family_id);

      -- Every adult who lives in the home, carer or not: each has checks of her own.
      create table carers.adults (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        name_km text,
        name_latin text,
        sex text not null,
        birth_date date not null,
        birth_precision text not null,
        carer boolean not null,
        account_id uuid references staff.accounts on delete restrict,
        during daterange not null,
        constraint adults_named check (name_km is not null or name_latin is not null),
        constraint adults_sex check (sex in ('female', 'male')),
        constraint adults_precision check (birth_precision in ('day', 'month', 'year', 'estimated')),
        constraint adults_during check (not isempty(during) and not lower_inf(during) and lower(during) >= birth_date)
      );
      create index adults_by_family on carers.adults (family_id);

      -- How many children a family may have, as numbered slots by dates.
      create table carers.family_places (
        family_id uuid not null references carers.families on delete restrict,
        slot int not null,
        during daterange not null,
        basis text not null,
        source_id uuid not null,
        primary key (family_id, slot, during without overlaps),
        constraint family_places_slot check (slot between 1 and 40),
        constraint family_places_basis check (basis in ('terms', 'exemption', 'breach')),
        constraint family_places_during check (not isempty(during) and not lower_inf(during))
      );

      -- Who has a slot when. The occupant is opaque: a placement, a hold or a kept place of a later room.
      create table carers.place_occupancies (
        family_id uuid not null references carers.families on delete restrict,
        slot int not null,
        during daterange not null,
        kind text not null,
        occupant_id uuid not null,
        expires_at timestamptz,
        primary key (family_id, slot, during without overlaps),
        constraint place_occupancies_kind check (kind in ('hold', 'placement', 'kept')),
        constraint place_occupancies_expiry check ((kind = 'hold') = (expires_at is not null)),
        constraint place_occupancies_during check (not isempty(during) and not lower_inf(during)),
        -- Somebody with two places on one day would be counted twice.
        constraint place_occupancies_one_place_a_day unique (occupant_id, during without overlaps),
        -- Deferrable: when places are handed out anew, rows of both tables change one after the other.
        constraint place_occupancies_within_places foreign key (family_id, slot, period during)
          references carers.family_places (family_id, slot, period during) deferrable initially immediate
      );
      create index place_occupancies_lapsing on carers.place_occupancies (expires_at) where kind = 'hold';

      -- Facts that decide whether a family is available on a day: code and dates, written by the rooms that own them.
      create table carers.standings (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        adult_id uuid references carers.adults on delete restrict,
        code text not null,
        during daterange not null,
        source_id uuid not null,
        -- A code of this room, for people who may read it; never a person's words.
        reason text,
        -- Rests on an allegation, a contact risk, a conviction or health: reads "ask the supervisor" to everybody else.
        confidential boolean not null default false,
        constraint standings_reason check (reason ~ '^[a-z][a-z_]{1,39}$'),
        constraint standings_code check (code in ('approval', 'certificate', 'check', 'suspension', 'declined')),
        constraint standings_adult check ((code in ('certificate', 'check')) = (adult_id is not null)),
        constraint standings_during check (not isempty(during) and not lower_inf(during)),
        constraint standings_once exclude using gist (family_id with =, code with =, (coalesce(adult_id, '00000000-0000-0000-0000-000000000000')) with =, source_id with =, during with &&)
      );
      create index standings_by_family on carers.standings (family_id, code);

      -- What a family is approved for. One set of terms at a time.
      create table carers.approval_terms (
        id uuid not null unique,
        family_id uuid not null references carers.families on delete restrict,
        during daterange not null,
        source_id uuid not null,
        places int not null,
        youngest int not null,
        oldest int not null,
        sexes text[] not null,
        needs text[] not null default '{}',
        care_kinds text[] not null,
        primary key (family_id, during without overlaps),
        constraint approval_terms_places check (places between 1 and 12),
        constraint approval_terms_ages check (0 <= youngest and youngest <= oldest and oldest <= 20),
        constraint approval_terms_sexes check (sexes <@ array['female', 'male'] and cardinality(sexes) > 0),
        constraint approval_terms_care_kinds check (care_kinds <@ array['foster', 'kinship', 'family_house', 'emergency', 'respite'] and cardinality(care_kinds) > 0),
        constraint approval_terms_during check (not isempty(during) and not lower_inf(during))
      );

      grant select, insert on carers.families, carers.adults, carers.family_places, carers.place_occupancies, carers.standings, carers.approval_terms to register_api;
      grant select, insert on carers.families, carers.adults, carers.family_places, carers.place_occupancies, carers.standings, carers.approval_terms to register_worker;
      grant update (name_km, name_latin, phone, area_code, office_id, languages, religion, own_children, experience, school_area_code, closed_on, closed_why, version) on carers.families to register_api, register_worker;
      grant update (name_km, name_latin, carer, office_id, during) on carers.adults to register_api, register_worker;
      grant select, insert, delete on carers.family_keys to register_api, register_worker;
      -- Slots are numbers, not identities: they are handed out anew under the family's lock.
      grant update, delete on carers.place_occupancies to register_api, register_worker;
      grant update, delete on carers.family_places to register_api, register_worker;
      -- A standing that had not begun when its room took it back is gone: what was decided, and when, is in the acts.
      grant update (during), delete on carers.standings, carers.approval_terms to register_api, register_worker;

      alter table carers.families enable row level security;
      alter table carers.adults enable row level security;
      create policy families_of_the_office on carers.families to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy families_of_the_worker on carers.families to register_worker using (true) with check (true);
      create policy adults_of_the_office on carers.adults to register_api
        using (office_id = any (platform.ids('app.family_offices'))) with check (office_id = any (platform.ids('app.family_offices')));
      create policy adults_of_the_worker on carers.adults to register_worker using (true) with check (true);
      alter table carers.family_keys enable row level security;
      create policy family_keys_of_the_office on carers.family_keys to register_api
        using (exists (select from carers.families f where f.id = family_id)) with check (exists (select from carers.families f where f.id = family_id));
      create policy family_keys_of_the_worker on carers.family_keys to register_worker using (true) with check (true);

      -- A child of one province may go to a family of another, so that worker must lock a family she cannot read. She
      -- gets what a decision about places needs, no name, phone or village. Only who has families of her own may ask, and a
      -- trainer for the act that writes a certificate into a family's standings.
      create function carers.lock_family(p_family uuid)
        returns table (id uuid, number int, kind text, area_code text, office_id uuid, opened_on date, closed_on date)
        language sql volatile security definer set search_path = ''
        as $$ select f.id, f.number, f.kind, left(f.area_code, 6), f.office_id, f.opened_on, f.closed_on from carers.families f
              where f.id = p_family and (cardinality(platform.ids('app.family_offices')) > 0 or current_setting('app.act', true) = 'certificate.issue'
                or session_user = 'register_worker') for no key update $$;
      revoke execute on function carers.lock_family from public;
      grant execute on function carers.lock_family to register_api, register_worker;

      -- What stands against a family on a day, and its places: the same rules as availability.domain.ts, which a test
      -- holds against each other. Terms and the number of places are the caller's question. A lapsed hold holds nothing.
      create function carers.state_on(p_family uuid, p_closed date, p_on date, p_now timestamptz)
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

      -- Every family that was ever approved and is not closed, for matching, which searches the country: no name, no
      -- phone, no address below the commune, and a reason that is not for everybody reads ASK_SUPERVISOR. It passes row
      -- security, so it asks itself who may: a transaction entered as somebody whose posting shows her families at all
      -- (a social worker or supervisor; the scope is set by the unit of work and nothing else), or the worker's login.
      -- The name of the act would not do: a list of families is a query, and every query is the act "read".
      create function carers.candidates(p_on date, p_area text default '', p_now timestamptz default now())
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
      revoke execute on function carers.candidates from public;
      grant execute on function carers.candidates to register_api, register_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema carers cascade`);
  }
}
