import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Money is seen by the offices of whoever handles it. */
const MY_MONEY = `office_id = any (platform.ids('app.money_offices'))`;

/** What a child is entitled to is seen by her offices, and not through her institution. */
const HER_OFFICES_CHILD = `exists (select from children.children c where c.id = child_id and (
          c.office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.origin_office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.id = any (array(select children.shared_ids()))))`;

function guarded(table: string, who: string): string {
  return `
      alter table support.${table} enable row level security;
      create policy ${table}_of_the_actor on support.${table} to register_api using (${who}) with check (${who});
      create policy ${table}_of_the_worker on support.${table} to register_worker using (true) with check (true);`;
}

/** Schemes and their dated rates, the entitlements of children, payees, payment runs and their lines. */
export class Support1764001100000 implements MigrationInterface {
  name = 'Support1764001100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCHEMES);
    await runner.query(RUNS);
    await runner.query(SETTLED);
    await runner.query(`
      grant select on support.schemes, support.rates, support.entitlements, support.payees, support.runs, support.lines, support.warnings to register_api, register_worker;
      -- Rates come with an order, from an administrator of the system; entitlements open by themselves, in the worker.
      grant insert on support.rates, support.entitlements to register_worker;
      grant update (during, stop), delete on support.entitlements to register_worker;
      -- The lock under which runs of one scheme are calculated one after the other.
      grant update (calculations) on support.schemes to register_api, register_worker;
      grant insert on support.payees, support.runs, support.lines, support.warnings to register_api, register_worker;
      grant update (state, calculated_by, calculated_at, checked_by, checked_at, approved_by, approved_at, cancelled_by, cancelled_at, version) on support.runs to register_api, register_worker;
      -- A line is never changed; those of a run that is not approved are calculated anew.
      grant delete on support.lines, support.warnings to register_api, register_worker;
      ${guarded('entitlements', HER_OFFICES_CHILD)}
      ${guarded('payees', MY_MONEY)}
      ${guarded('runs', MY_MONEY)}
      ${guarded('lines', MY_MONEY)}
      ${guarded('warnings', MY_MONEY)}
    `);
    await runner.query(FACTS);
    await runner.query(`
      insert into support.schemes (code, name_km, name_en) values
        ('after_residential', 'ប្រាក់ឧបត្ថម្ភក្រោយចាកចេញពីការថែទាំក្នុងមណ្ឌល', 'support after residential care');
      insert into platform.settings (name, during, value, citation) values
        ('support.opens_with.foster', '[1900-01-01,)', 'true', 'default: no official list was found'),
        ('support.opens_with.kinship', '[1900-01-01,)', 'true', 'default: no official list was found'),
        ('support.opens_with.home', '[1900-01-01,)', 'true', 'default: no official list was found'),
        ('support.opens_with.family_house', '[1900-01-01,)', 'false', 'default: a family house is never entitled unless an order says so'),
        ('support.left_residential_from', '[1900-01-01,)', '"2025-01-01"', 'policy: government support for all children moving from residential care to a family from 2025'),
        ('support.age_limit', '[1900-01-01,)', '18', 'default: no official number was found'),
        ('support.special_need_level', '[1900-01-01,)', '2', 'default: a need assessed at this level or above earns the special rate'),
        ('support.short_residential_nights', '[1900-01-01,)', '30', 'default: no official number was found'),
        ('support.town_communes', '[1900-01-01,)', '["Quarter"]', 'default: a sangkat counts as town, a khum as country');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema support cascade; delete from platform.settings where name like 'support.%'`);
  }
}

const SCHEMES = `
      create schema support;
      grant usage on schema support to register_api, register_worker;

      create table support.schemes (
        code text primary key,
        name_km text not null,
        name_en text not null,
        calculations int not null default 0,
        constraint schemes_code check (code ~ '^[a-z][a-z_]{2,39}$')
      );

      -- Riel a month, by what an order distinguishes. A register starts without any: nobody has been told the amounts.
      create table support.rates (
        id uuid primary key,
        scheme_code text not null references support.schemes on delete restrict,
        care_kind text not null,
        age_band text not null,
        special_need boolean not null,
        urban boolean not null,
        riel bigint not null,
        during daterange not null,
        citation text not null,
        constraint rates_care_kind check (care_kind in ('foster', 'kinship', 'home', 'family_house')),
        constraint rates_age_band check (age_band in ('0-2', '3-5', '6-11', '12-14', '15-17', '18+')),
        constraint rates_riel check (riel between 0 and 100000000),
        constraint rates_during check (not isempty(during) and not lower_inf(during)),
        constraint rates_one_at_a_time unique (scheme_code, care_kind, age_band, special_need, urban, during without overlaps)
      );

      -- The child's right, wherever she lives: from the first night to the night on which it no longer stands.
      create table support.entitlements (
        id uuid primary key,
        child_id uuid not null references children.children on delete restrict,
        scheme_code text not null references support.schemes on delete restrict,
        during daterange not null,
        opened_on date not null generated always as (lower(during)) stored,
        stop text not null,
        constraint entitlements_stop check (stop in ('residential', 'exit', 'age', 'died')),
        constraint entitlements_during check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
        constraint entitlements_one_at_a_time unique (child_id, scheme_code, during without overlaps)
      );

      -- To whom a family's money goes, or that of a child at home. Never changed: another payee is another row, and the latest counts.
      create table support.payees (
        id uuid primary key,
        family_id uuid references carers.families on delete restrict,
        child_id uuid references children.children on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        name text not null,
        method text not null,
        account bytea,
        set_on date not null,
        set_at timestamptz not null default clock_timestamp(),
        constraint payees_of_one check (num_nonnulls(family_id, child_id) = 1),
        constraint payees_method check (method in ('bank', 'cash')),
        constraint payees_account check ((method = 'bank') = (account is not null))
      );
      create index payees_by_family on support.payees (family_id, set_at desc, id desc) where family_id is not null;
      create index payees_by_child on support.payees (child_id, set_at desc, id desc) where child_id is not null;
      create index payees_by_office on support.payees (office_id, id);
`;

const RUNS = `
      create table support.runs (
        id uuid primary key,
        scheme_code text not null references support.schemes on delete restrict,
        month date not null,
        office_id uuid not null references territory.offices on delete restrict,
        -- The numbers of the provinces it pays: one, or all of them.
        provinces int4range not null,
        reason text not null,
        fund text not null,
        state text not null default 'draft',
        prepared_by uuid not null references staff.accounts on delete restrict,
        prepared_on date not null,
        calculated_by uuid references staff.accounts on delete restrict,
        calculated_at timestamptz,
        checked_by uuid references staff.accounts on delete restrict,
        checked_at timestamptz,
        approved_by uuid references staff.accounts on delete restrict,
        approved_at timestamptz,
        cancelled_by uuid references staff.accounts on delete restrict,
        cancelled_at timestamptz,
        version int not null default 1,
        constraint runs_month check (extract(day from month) = 1),
        constraint runs_provinces check (not isempty(provinces)),
        constraint runs_reason check (reason in ('regular', 'extra')),
        constraint runs_fund check (fund ~ '^[a-z][a-z_]{2,39}$'),
        constraint runs_state check (state in ('draft', 'calculated', 'checked', 'approved', 'cancelled')),
        constraint runs_calculated check ((calculated_by is null) = (calculated_at is null) and (state not in ('calculated', 'checked', 'approved') or calculated_by is not null)),
        constraint runs_checked check ((checked_by is null) = (checked_at is null) and (state not in ('checked', 'approved') or checked_by is not null)),
        constraint runs_approved check ((approved_by is null) = (approved_at is null) and (state = 'approved') = (approved_by is not null)),
        constraint runs_cancelled check ((cancelled_by is null) = (cancelled_at is null) and (state = 'cancelled') = (cancelled_by is not null)),
        -- Maker and approver differ, whatever the program says.
        constraint runs_maker_is_not_approver check (approved_by <> prepared_by and approved_by <> calculated_by),
        -- One open run per scheme and month wherever two would pay the same province; provinces do not wait for one another.
        constraint runs_one_open exclude using gist (scheme_code with =, month with =, provinces with &&) where (state in ('draft', 'calculated', 'checked'))
      );
      create index runs_by_office on support.runs (office_id, month desc, id desc);

      -- What a run pays. The human numbers are kept with it, so that who pays needs no file of a child or family.
      create table support.lines (
        id uuid primary key,
        run_id uuid not null references support.runs on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        scheme_code text not null references support.schemes on delete restrict,
        child_id uuid not null references children.children on delete restrict,
        child_number int not null,
        family_id uuid references carers.families on delete restrict,
        family_number int,
        payee_id uuid references support.payees on delete restrict,
        month date not null,
        kind text not null,
        nights int not null,
        riel bigint not null,
        parts jsonb not null,
        adjusts uuid references support.lines on delete restrict,
        constraint lines_month check (extract(day from month) = 1),
        constraint lines_kind check (kind in ('regular', 'arrears', 'adjustment')),
        constraint lines_adjusts check ((kind = 'adjustment') = (adjusts is not null)),
        constraint lines_nights check (case when kind = 'adjustment' then nights between -31 and 31 else nights between 1 and 31 end),
        constraint lines_riel check (riel >= 0 and riel % 100 = 0),
        constraint lines_parts check (jsonb_typeof(parts) = 'array'),
        constraint lines_family check ((family_id is null) = (family_number is null)),
        constraint lines_once_a_run unique nulls not distinct (run_id, child_id, scheme_code, month, family_id, kind)
      );
      -- The lines of a cancelled run are gone: whatever is left is paid or about to be, and once only.
      create unique index lines_first_once on support.lines (child_id, scheme_code, month, family_id) nulls not distinct where kind <> 'adjustment';
      create index lines_by_run on support.lines (run_id, id);
      create index lines_adjusting on support.lines (adjusts) where adjusts is not null;

      -- What a person must look at; nothing is held back for it.
      create table support.warnings (
        id uuid primary key,
        run_id uuid not null references support.runs on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        code text not null,
        child_number int not null,
        family_number int,
        on_day date not null,
        nights int,
        riel bigint,
        constraint warnings_code check (code in ('overpaid', 'short_residential_stay')),
        constraint warnings_amount check ((code = 'overpaid') = (riel is not null) and (riel is null) = (nights is null))
      );
      create index warnings_by_run on support.warnings (run_id, id);
`;

const SETTLED = `
      -- In the database and not only in the program: what was approved stays as it was.
      create function support.run_is_settled() returns trigger
        language plpgsql
        as $$
        begin
          if old.state in ('approved', 'cancelled') then
            raise exception 'a settled run is not changed' using errcode = 'check_violation', constraint = 'runs_settled';
          end if;
          return case when tg_op = 'DELETE' then old else new end;
        end $$;
      create trigger runs_settled before update or delete on support.runs for each row execute function support.run_is_settled();

      create function support.line_is_open() returns trigger
        language plpgsql
        as $$
        begin
          if not exists (select from support.runs where id = case when tg_op = 'INSERT' then new.run_id else old.run_id end and state in ('draft', 'calculated', 'checked'))
              or tg_op = 'UPDATE' then
            raise exception 'a line of a settled run is not changed, and no line ever is' using errcode = 'check_violation', constraint = 'lines_settled';
          end if;
          return case when tg_op = 'DELETE' then old else new end;
        end $$;
      create trigger lines_settled before insert or update or delete on support.lines for each row execute function support.line_is_open();
`;

/**
 * Who pays sees no child's file: what a calculation needs of it comes through these functions alone, which run as the
 * worker, look at the actor's own money offices themselves, and give ids, numbers, days and codes, never a name.
 */
const FACTS = `
      -- A child's timeline, birth, needs and what was settled for her, as far as payment asks.
      create function support.facts_of(p_children uuid[], p_scheme text, p_special_level int) returns table (child_id uuid, facts jsonb)
        language sql stable set search_path = pg_catalog, pg_temp
        as $$
          select c.id, jsonb_build_object(
            'number', c.number, 'officeId', c.office_id, 'birthDate', c.birth_date, 'birthPrecision', c.birth_precision, 'diedOn', c.died_on,
            'communeType', (select a.type_en from territory.areas a where a.code = left(c.home_area_code, 6)),
            'payeeId', (select y.id from support.payees y where y.child_id = c.id order by y.set_at desc, y.id desc limit 1),
            'stays', coalesce((select jsonb_agg(jsonb_build_object('kind', e.kind, 'from', lower(e.during), 'to', upper(e.during),
                'placementId', p.id, 'familyId', p.family_id, 'careKind', p.care_kind) order by lower(e.during))
              from placements.episodes e left join placements.placements p on p.id = e.placement_id where e.child_id = c.id), '[]'),
            'specialNeed', coalesce((select jsonb_agg(jsonb_build_object('from', lower(n.during), 'to', upper(n.during))) from children.needs n
              where n.child_id = c.id and n.level >= p_special_level), '[]'),
            'settled', coalesce((select jsonb_agg(jsonb_build_object('lineId', l.id, 'month', l.month, 'familyId', l.family_id, 'nights', l.nights, 'riel', l.riel::text,
                'runId', l.run_id, 'runState', r.state) order by l.id)
              from support.lines l join support.runs r on r.id = l.run_id where l.child_id = c.id and l.scheme_code = p_scheme), '[]'),
            'families', coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'number', f.number, 'officeId', f.office_id,
                'communeType', (select a.type_en from territory.areas a where a.code = left(f.area_code, 6)),
                'payeeId', (select y.id from support.payees y where y.family_id = f.id order by y.set_at desc, y.id desc limit 1)))
              from carers.families f where f.id in (select p.family_id from placements.placements p where p.child_id = c.id
                union select l.family_id from support.lines l where l.child_id = c.id)), '[]'))
          from children.children c where c.id = any (p_children)
        $$;

      -- The facts of every child who has been in residential care and lives here or lived with a family of here, and of whom a line was paid here.
      create function support.payment_facts(p_office uuid, p_scheme text, p_special_level int) returns table (child_id uuid, facts jsonb)
        language sql stable security definer set search_path = pg_catalog, pg_temp
        as $$
          select f.child_id, f.facts from support.facts_of(array(
            select c.id from children.children c
            where p_office = any (platform.ids('app.money_offices'))
              and (exists (select from placements.episodes e where e.child_id = c.id and e.kind = 'institution')
                  and (c.office_id = any (territory.offices_below(p_office))
                    or exists (select from placements.placements p join carers.families f on f.id = p.family_id
                      where p.child_id = c.id and p.state in ('active', 'ended') and f.office_id = any (territory.offices_below(p_office))))
                or exists (select from support.lines l where l.child_id = c.id and l.office_id = any (territory.offices_below(p_office))))
          ), p_scheme, p_special_level) f
        $$;

      -- Which office pays a family, or a child at home; none outside the actor's own.
      create function support.paying_office(p_family uuid, p_child_number int) returns table (office_id uuid, child_id uuid)
        language sql stable security definer set search_path = pg_catalog, pg_temp
        as $$
          select f.office_id, null::uuid from carers.families f where f.id = p_family and f.office_id = any (platform.ids('app.money_offices'))
          union all
          select c.office_id, c.id from children.children c where c.number = p_child_number and c.office_id = any (platform.ids('app.money_offices'))
        $$;

      revoke all on function support.facts_of(uuid[], text, int), support.payment_facts(uuid, text, int), support.paying_office(uuid, int) from public;
      grant execute on function support.facts_of(uuid[], text, int) to register_worker;
      grant execute on function support.payment_facts(uuid, text, int), support.paying_office(uuid, int) to register_api;
`;
