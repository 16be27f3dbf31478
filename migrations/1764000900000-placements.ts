import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever sees the child sees what hangs on her: the policy asks children.children, under that table's own policy. */
const HER_CHILD = 'exists (select from children.children c where c.id = child_id)';

/** As HER_CHILD, but never through the institution: where a family lives and what was decided is not for its staff. */
const HER_OFFICES_CHILD = `exists (select from children.children c where c.id = child_id and (
          c.office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.origin_office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.id = any (array(select children.shared_ids()))))`;

/** Staff of an institution see the stays in their own house, while they see the child. */
const STAY = `${HER_OFFICES_CHILD}
          or institution_id = any ((select platform.ids('app.child_institutions'))::uuid[]) and ${HER_CHILD}`;

/** A placement is seen by the child's offices and by the family's, which sees it also after she has gone. */
const PLACEMENT = `office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or family_office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or ${HER_OFFICES_CHILD}`;

const OF_PLACEMENT = 'exists (select from placements.placements p where p.id = placement_id)';
/** What was said and signed before a move is the child's: the family's office reads it while it sees the child. */
const OF_HER_PLACEMENT = 'exists (select from placements.placements p where p.id = placement_id and exists (select from children.children c where c.id = p.child_id))';
const OF_GATEKEEPING = 'exists (select from placements.gatekeepings g where g.id = gatekeeping_id)';

function guarded(table: string, who: string, writes = who): string {
  return `
      alter table placements.${table} enable row level security;
      create policy ${table}_seen_by_the_actor on placements.${table} for select to register_api using (${who});
      create policy ${table}_added_by_the_actor on placements.${table} for insert to register_api with check (${writes});
      create policy ${table}_changed_by_the_actor on placements.${table} for update to register_api using (${who}) with check (${who});
      create policy ${table}_taken_back_by_the_actor on placements.${table} for delete to register_api using (${who});
      create policy ${table}_of_the_worker on placements.${table} to register_worker using (true) with check (true);`;
}

/** Where a child lives: one unbroken timeline, its history, the placements, and what must be heard and signed before one. */
export class Placements1764000900000 implements MigrationInterface {
  name = 'Placements1764000900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PLACEMENTS);
    await runner.query(TIMELINE);
    await runner.query(BEFORE_A_MOVE);
    await runner.query(`
      grant select on placements.episodes, placements.care_periods, placements.episode_versions, placements.placements, placements.approvals, placements.emergencies,
        placements.gatekeepings, placements.options, placements.consultations, placements.agreements, placements.breaches to register_api, register_worker;
      -- Not recorded_at: when something became known is the database's word.
      grant insert (id, child_id, during, kind, institution_id, family_id, placement_id, precision, basis, breaches, office_id) on placements.episodes to register_api, register_worker;
      grant update (during, kind, institution_id, family_id, placement_id, precision, basis, breaches, office_id, recorded_at), delete on placements.episodes to register_api, register_worker;
      grant insert on placements.care_periods, placements.episode_versions, placements.placements, placements.approvals, placements.emergencies, placements.gatekeepings,
        placements.options, placements.consultations, placements.agreements, placements.breaches to register_api, register_worker;
      grant update (during, end_reason) on placements.care_periods to register_api, register_worker;
      grant update (office_id, family_office_id, state, approved_by, approved_on, starts_on, ended_on, end_reason, cancelled_on, cancel_reason, emergency, address_rule, breaches, version)
        on placements.placements to register_api, register_worker;
      grant update (concluded_on, concluded_by, parents_traced, parents_reason, kin_traced, kin_reason, state, version) on placements.gatekeepings to register_api, register_worker;
      grant update (confirmed_by, confirmed_at) on placements.emergencies to register_api, register_worker;
      grant update (seen_by, seen_on) on placements.breaches to register_api, register_worker;
      ${guarded('episodes', STAY)}
      ${guarded('episode_versions', STAY)}
      ${guarded('care_periods', HER_CHILD)}
      ${guarded('placements', PLACEMENT)}
      ${guarded('approvals', OF_PLACEMENT)}
      ${guarded('emergencies', OF_HER_PLACEMENT)}
      ${guarded('consultations', OF_HER_PLACEMENT)}
      ${guarded('agreements', OF_HER_PLACEMENT)}
      -- The institution that notifies an arrival opens the question and does not see what becomes of it.
      ${guarded('gatekeepings', HER_OFFICES_CHILD, HER_CHILD)}
      ${guarded('options', OF_GATEKEEPING)}
      ${guarded('breaches', HER_OFFICES_CHILD, HER_CHILD)}
      ${FAMILY_FACTS}

      insert into platform.settings (name, during, value, citation) values
        ('placements.foster_limit', '[1900-01-01,)', '3', 'default: no official number was found'),
        ('placements.family_house_limit', '[1900-01-01,)', '10', 'default: no official number was found'),
        ('placements.family_house_under_threes', '[1900-01-01,)', '2', 'default: no official number was found'),
        ('placements.age_gap', '[1900-01-01,)', '16', 'default: no official number was found; kin exempt'),
        ('placements.language_from_age', '[1900-01-01,)', '2', 'default: no official number was found'),
        ('placements.need_level_in_terms', '[1900-01-01,)', '3', 'default: no official number was found'),
        ('placements.gatekeeping_hours', '[1900-01-01,)', '72', 'default: no official number was found'),
        ('placements.arrival_notice_hours', '[1900-01-01,)', '24', 'default: no official number was found'),
        ('placements.hold_days', '[1900-01-01,)', '7', 'default: no official number was found'),
        ('placements.hold_hours_emergency', '[1900-01-01,)', '24', 'default: no official number was found'),
        ('placements.emergency_confirm_hours', '[1900-01-01,)', '72', 'default: no official number was found'),
        ('placements.emergency_papers_working_days', '[1900-01-01,)', '10', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema placements cascade; delete from platform.settings where name like 'placements.%'`);
  }
}

const PLACEMENTS = `
      create schema placements;
      grant usage on schema placements to register_api, register_worker;

      -- The stay with one family, from plan to end.
      create table placements.placements (
        id uuid primary key,
        child_id uuid not null references children.children on delete restrict,
        family_id uuid not null references carers.families on delete restrict,
        care_kind text not null,
        office_id uuid not null references territory.offices on delete restrict,
        family_office_id uuid not null references territory.offices on delete restrict,
        state text not null default 'planned',
        planned_by uuid references staff.accounts on delete restrict,
        planned_on date not null,
        plan_reason text,
        approved_by uuid references staff.accounts on delete restrict,
        approved_on date,
        starts_on date not null,
        ended_on date,
        end_reason text,
        cancelled_on date,
        cancel_reason text,
        emergency boolean not null default false,
        address_rule text not null default 'named',
        breaches text[] not null default '{}',
        proposal_id uuid,
        version int not null default 1,
        constraint placements_of_the_child unique (id, child_id),
        constraint placements_care_kind check (care_kind in ('foster', 'kinship', 'family_house')),
        constraint placements_state check (state in ('planned', 'approved', 'active', 'ended', 'cancelled')),
        constraint placements_approved check ((approved_by is null) = (approved_on is null) and (state <> 'approved' or approved_on is not null)),
        constraint placements_end check ((state = 'ended') = (ended_on is not null) and (ended_on is null) = (end_reason is null) and ended_on >= starts_on),
        constraint placements_end_reason check (end_reason in ('planned', 'carer_behaviour', 'carer_illness', 'carer_migration', 'carer_support', 'carer_other', 'allegation',
          'standards', 'approval_removed', 'child_asked', 'returned_home', 'adopted', 'leaving_care', 'died', 'moved')),
        constraint placements_cancelled check ((state = 'cancelled') = (cancelled_on is not null) and (cancelled_on is null) = (cancel_reason is null)),
        constraint placements_cancel_reason check (cancel_reason in ('child_asked', 'family_declined', 'parents_disagree', 'not_suitable', 'other_plan', 'written_in_error',
          'hold_lapsed')),
        constraint placements_address_rule check (address_rule in ('open', 'named', 'confidential')),
        -- She lives with one family at a time, whatever was written when.
        constraint placements_one_at_a_time exclude using gist (child_id with =, daterange(starts_on, ended_on) with &&) where (state in ('active', 'ended'))
      );
      create unique index placements_one_active on placements.placements (child_id) where state = 'active';
      create unique index placements_one_plan on placements.placements (child_id) where state in ('planned', 'approved');
      create index placements_by_child on placements.placements (child_id, starts_on desc, id desc);
      create index placements_by_family on placements.placements (family_id, starts_on desc, id desc);
      create index placements_by_office on placements.placements (office_id, starts_on desc, id desc);
      create index placements_by_family_office on placements.placements (family_office_id, starts_on desc, id desc);
      create index placements_waiting on placements.placements (office_id, planned_on, id) where state = 'planned';

      -- One approval for each province concerned: the child's, and the family's where it is another.
      create table placements.approvals (
        placement_id uuid not null references placements.placements on delete restrict,
        province_code text not null references territory.areas on delete restrict,
        approved_by uuid not null references staff.accounts on delete restrict,
        on_day date not null,
        reason text,
        primary key (placement_id, province_code),
        constraint approvals_province check (length(province_code) = 2)
      );

      -- What is never waived at an emergency start, and who gave the word.
      create table placements.emergencies (
        placement_id uuid primary key references placements.placements on delete restrict,
        reason text not null,
        word_of uuid not null references staff.accounts on delete restrict,
        word_at timestamptz not null,
        adults_declared boolean not null,
        home_seen_on date not null,
        child_seen_on date not null,
        confirm_due_at timestamptz not null,
        papers_due_on date not null,
        confirmed_by uuid references staff.accounts on delete restrict,
        confirmed_at timestamptz,
        constraint emergencies_seen check (home_seen_on = child_seen_on),
        constraint emergencies_confirmed check ((confirmed_by is null) = (confirmed_at is null))
      );
`;

const TIMELINE = `
      -- One moment for all that a transaction changes in timelines, taken at its first change, after the child's lock.
      create function placements.moment() returns timestamptz
        language plpgsql volatile
        as $$
        begin
          if coalesce(current_setting('placements.moment', true), '') = '' then
            perform set_config('placements.moment', clock_timestamp()::text, true);
          end if;
          return current_setting('placements.moment')::timestamptz;
        end $$;

      -- One stretch of a child's life in one place.
      create table placements.episodes (
        id uuid not null,
        child_id uuid not null references children.children on delete restrict,
        during daterange not null,
        kind text not null,
        institution_id uuid references institutions.institutions on delete restrict,
        family_id uuid references carers.families on delete restrict,
        placement_id uuid,
        precision text not null default 'day',
        basis text not null default 'recorded',
        breaches text[] not null default '{}',
        office_id uuid not null references territory.offices on delete restrict,
        recorded_at timestamptz not null default placements.moment(),
        primary key (child_id, during without overlaps),
        constraint episodes_id unique (id),
        constraint episodes_placement foreign key (placement_id, child_id) references placements.placements (id, child_id) on delete restrict,
        constraint episodes_kind check (kind in ('institution', 'foster', 'kinship', 'family_house', 'home', 'hospital', 'independent', 'missing', 'unknown')),
        constraint episodes_where check (case
          when kind = 'institution' then institution_id is not null and family_id is null and placement_id is null
          when kind in ('foster', 'kinship', 'family_house') then institution_id is null and family_id is not null and placement_id is not null
          else institution_id is null and family_id is null end),
        constraint episodes_during check (not isempty(during) and not lower_inf(during)),
        constraint episodes_precision check (precision in ('day', 'month', 'year', 'estimated')),
        constraint episodes_basis check (basis in ('recorded', 'document', 'told_by_institution', 'told_by_family', 'told_by_child', 'estimated', 'correction'))
      );
      create index episodes_by_institution on placements.episodes (institution_id, child_id) where institution_id is not null;
      create index episodes_by_family on placements.episodes (family_id, child_id) where family_id is not null;
      create index episodes_by_placement on placements.episodes (placement_id) where placement_id is not null;
      create index episodes_now on placements.episodes (office_id, kind, child_id) where upper_inf(during);

      -- Each of these stretches is covered by episodes without a gap; whereabouts unknown is a stretch too.
      create table placements.care_periods (
        id uuid primary key,
        child_id uuid not null references children.children on delete restrict,
        during daterange not null,
        previous_id uuid references placements.care_periods on delete restrict,
        entry_reason text,
        end_reason text,
        constraint care_periods_during check (not isempty(during) and not lower_inf(during)),
        constraint care_periods_entry_reason check (entry_reason in ('orphan', 'disability', 'abandoned', 'street', 'drugs', 'basic_needs', 'hiv_affected', 'abuse', 'exploitation',
          'conflict_with_law', 'trafficking', 'parents_migration', 'schooling', 'prison', 'other')),
        constraint care_periods_end check (upper_inf(during) or end_reason is not null),
        constraint care_periods_end_reason check (end_reason in ('returned_home', 'adopted', 'leaving_care', 'died', 'left', 'correction')),
        constraint care_periods_one_at_a_time unique (child_id, during without overlaps),
        constraint care_periods_without_gap foreign key (child_id, period during) references placements.episodes (child_id, period during) deferrable initially deferred
      );

      -- What the timeline said before, and from when to when it said so.
      create table placements.episode_versions (
        seq bigint generated always as identity primary key,
        id uuid not null,
        child_id uuid not null,
        during daterange not null,
        kind text not null,
        institution_id uuid,
        family_id uuid,
        placement_id uuid,
        precision text not null,
        basis text not null,
        breaches text[] not null,
        office_id uuid not null,
        recorded tstzrange not null,
        constraint episode_versions_recorded check (not isempty(recorded) and not lower_inf(recorded) and not upper_inf(recorded))
      );
      create index episode_versions_by_child on placements.episode_versions (child_id, seq);

      -- In the database and not in the service, so that no way of writing leaves the old row out.
      create function placements.keep_version() returns trigger
        language plpgsql
        as $$
        declare
          at timestamptz := greatest(placements.moment(), old.recorded_at);
        begin
          if tg_op = 'UPDATE' and (new.during, new.kind, new.institution_id, new.family_id, new.placement_id, new.precision, new.basis, new.breaches)
              is not distinct from (old.during, old.kind, old.institution_id, old.family_id, old.placement_id, old.precision, old.basis, old.breaches) then
            return new;
          end if;
          -- What came and went in one transaction was never known.
          if at > old.recorded_at then
            insert into placements.episode_versions (id, child_id, during, kind, institution_id, family_id, placement_id, precision, basis, breaches, office_id, recorded)
            values (old.id, old.child_id, old.during, old.kind, old.institution_id, old.family_id, old.placement_id, old.precision, old.basis, old.breaches, old.office_id,
              tstzrange(old.recorded_at, at));
          end if;
          if tg_op = 'DELETE' then
            return old;
          end if;
          new.recorded_at := at;
          return new;
        end $$;
      create trigger episodes_keep_version before update or delete on placements.episodes for each row execute function placements.keep_version();

      -- Nothing before birth (the earliest possible), nothing after death.
      create function placements.within_life() returns trigger
        language plpgsql
        as $$
        declare
          born date;
          died date;
        begin
          select case c.birth_precision
              when 'day' then c.birth_date
              when 'month' then date_trunc('month', c.birth_date::timestamp)::date
              when 'year' then date_trunc('year', c.birth_date::timestamp)::date
              else (c.birth_date::timestamp - interval '12 months')::date end, c.died_on
            into born, died from children.children c where c.id = new.child_id;
          if lower(new.during) < born then
            raise exception 'an episode before birth' using errcode = 'check_violation', constraint = 'episodes_after_birth';
          end if;
          -- The day of death is the last day of the last episode.
          if died is not null and (upper_inf(new.during) or upper(new.during) > died + 1) then
            raise exception 'an episode after death' using errcode = 'check_violation', constraint = 'episodes_before_death';
          end if;
          return new;
        end $$;
      create trigger episodes_within_life before insert or update of during on placements.episodes for each row execute function placements.within_life();
`;

/**
 * A child of one province may go to a family of another, and the children who live there already may be nobody's of the
 * actor's: the hard rules need numbers and days of both, and get no name, no phone, no village, and no id of a child they did not ask about.
 */
const FAMILY_FACTS = `
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
      revoke execute on function placements.family_facts from public;
      grant execute on function placements.family_facts to register_api, register_worker;
`;

const BEFORE_A_MOVE = `
      -- Why she is not at home, and what was tried: each option in the order of policy.
      create table placements.gatekeepings (
        id uuid primary key,
        child_id uuid not null references children.children on delete restrict,
        care_period_id uuid not null references placements.care_periods on delete restrict,
        opened_on date not null,
        due_at timestamptz not null,
        concluded_on date,
        concluded_by uuid references staff.accounts on delete restrict,
        parents_traced boolean,
        parents_reason text,
        kin_traced boolean,
        kin_reason text,
        state text not null default 'open',
        version int not null default 1,
        constraint gatekeepings_state check (state in ('open', 'complete')),
        constraint gatekeepings_concluded check ((state = 'complete') = (concluded_on is not null) and (concluded_on is null) = (concluded_by is null) and concluded_on >= opened_on),
        constraint gatekeepings_traced check (state <> 'complete' or (parents_traced is not null and kin_traced is not null
          and (parents_traced or parents_reason is not null) and (kin_traced or kin_reason is not null)))
      );
      create unique index gatekeepings_one_open on placements.gatekeepings (child_id) where state = 'open';
      create index gatekeepings_by_child on placements.gatekeepings (child_id, opened_on desc, id desc);
      create index gatekeepings_waiting on placements.gatekeepings (due_at) where state = 'open';

      create table placements.options (
        id uuid primary key,
        gatekeeping_id uuid not null references placements.gatekeepings on delete restrict,
        option text not null,
        outcome text not null,
        reason text not null,
        relative_id uuid references children.relatives on delete restrict,
        on_day date not null,
        recorded_by uuid not null references staff.accounts on delete restrict,
        constraint options_option check (option in ('birth_family', 'kin', 'foster', 'family_house', 'faith_place', 'residential')),
        constraint options_outcome check (outcome in ('passed_over', 'absent', 'chosen', 'refused')),
        constraint options_relative check (relative_id is null or option in ('birth_family', 'kin')),
        constraint options_once unique nulls not distinct (gatekeeping_id, option, relative_id)
      );
      create unique index options_one_chosen on placements.options (gatekeeping_id) where outcome = 'chosen';

      -- Who was heard before the move. Each parent is heard in a row of her own.
      create table placements.consultations (
        id uuid primary key,
        placement_id uuid not null references placements.placements on delete restrict,
        kind text not null,
        on_day date not null,
        heard_by uuid not null references staff.accounts on delete restrict,
        relative_id uuid references children.relatives on delete restrict,
        alone boolean,
        too_young_reason text,
        outcome text,
        reason text,
        constraint consultations_kind check (kind in ('child', 'family', 'team', 'province')),
        constraint consultations_child check (case when kind = 'child' then (too_young_reason is not null) <> (alone is true and outcome is not null)
          else alone is null and too_young_reason is null and outcome is not null end),
        constraint consultations_outcome check (outcome in ('agrees', 'does_not_agree', 'not_found') and (outcome <> 'not_found' or kind = 'family')),
        constraint consultations_reason check (outcome = 'agrees' or outcome is null or reason is not null),
        constraint consultations_relative check (relative_id is null or kind = 'family')
      );
      create index consultations_by_placement on placements.consultations (placement_id, on_day, id);

      create table placements.agreements (
        id uuid primary key,
        placement_id uuid not null references placements.placements on delete restrict,
        party text not null,
        signed_on date not null,
        signer text not null,
        how text not null,
        recorded_by uuid not null references staff.accounts on delete restrict,
        constraint agreements_party check (party in ('carer', 'office', 'commune', 'parent', 'child')),
        constraint agreements_how check (how in ('signed', 'thumbprint')),
        constraint agreements_once unique (placement_id, party, signer)
      );

      -- A fact beyond a rule: recorded as it was, brought to a supervisor the same day.
      create table placements.breaches (
        id uuid primary key,
        code text not null,
        child_id uuid not null references children.children on delete restrict,
        family_id uuid references carers.families on delete restrict,
        placement_id uuid references placements.placements on delete restrict,
        episode_id uuid,
        office_id uuid not null references territory.offices on delete restrict,
        on_day date not null,
        recorded_by uuid references staff.accounts on delete restrict,
        recorded_at timestamptz not null default clock_timestamp(),
        seen_by uuid references staff.accounts on delete restrict,
        seen_on date,
        constraint breaches_code check (code ~ '^[A-Z][A-Z_]{2,40}$'),
        constraint breaches_seen check ((seen_by is null) = (seen_on is null))
      );
      create index breaches_by_child on placements.breaches (child_id, on_day desc, id desc);
      create index breaches_unseen on placements.breaches (office_id, on_day, id) where seen_on is null;
`;
