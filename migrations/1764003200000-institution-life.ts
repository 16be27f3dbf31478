import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What becomes of an institution: licences, inspections, posts, its closure with a plan, and what was written of it before. */
export class InstitutionLife1764003200000 implements MigrationInterface {
  name = 'InstitutionLife1764003200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(`
      -- How many children live there, or have their place kept there. A number, of nobody in particular.
      create function institutions.residents(p_institution uuid) returns int
        language sql stable security definer set search_path = ''
        as $$ select count(*)::int from placements.episodes e where e.institution_id = p_institution and upper_inf(e.during) $$;

      -- Whoever writes: no institution is without children while one lives there.
      create function institutions.nobody_left() returns trigger
        language plpgsql security definer set search_path = ''
        as $$
        begin
          if new.state <> old.state and new.state in ('emptied', 'closed') and institutions.residents(new.id) > 0 then
            raise exception 'children live there' using errcode = 'check_violation', constraint = 'institutions_emptied';
          end if;
          return new;
        end $$;
      create trigger institutions_nobody_left before update of state on institutions.institutions for each row execute function institutions.nobody_left();

      -- Whoever comes to live in an institution waits for who is emptying it, and the other way round.
      create function institutions.somebody_comes() returns trigger
        language plpgsql security definer set search_path = ''
        as $$
        begin
          perform from institutions.institutions i where i.id = new.institution_id for share;
          return new;
        end $$;
      create trigger episodes_hold_the_institution before insert on placements.episodes for each row
        when (new.institution_id is not null and upper_inf(new.during)) execute function institutions.somebody_comes();

      -- A change of kind, capacity or state is kept, however it was written.
      create function institutions.keep_version() returns trigger
        language plpgsql security definer set search_path = ''
        as $$
        begin
          if tg_op = 'INSERT' or (new.kind, new.capacity, new.state) is distinct from (old.kind, old.capacity, old.state) then
            insert into institutions.versions (institution_id, kind, capacity, state, since) values (new.id, new.kind, new.capacity, new.state, clock_timestamp());
          end if;
          return new;
        end $$;
      create trigger institutions_keep_version after insert or update on institutions.institutions for each row execute function institutions.keep_version();
      insert into institutions.versions (institution_id, kind, capacity, state, since) select id, kind, capacity, state, registered_on::timestamp at time zone 'Asia/Phnom_Penh' from institutions.institutions;

      revoke execute on function institutions.residents, institutions.nobody_left, institutions.somebody_comes, institutions.keep_version from public;
      grant execute on function institutions.residents to register_api, register_worker;
      grant update (state) on institutions.institutions to register_api;
      grant select on institutions.licences, institutions.inspections, institutions.closures, institutions.closing_goals, institutions.posts, institutions.versions to register_api, register_worker;
      grant insert on institutions.licences, institutions.inspections, institutions.closures, institutions.closing_goals, institutions.posts to register_api;
      grant update (during, end_reason) on institutions.licences to register_api;
      grant update (emptied_on, closed_on) on institutions.closures to register_api;
      grant update (met_on) on institutions.closing_goals to register_api;
      grant update (during) on institutions.posts to register_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger episodes_hold_the_institution on placements.episodes;
      drop trigger institutions_keep_version on institutions.institutions;
      drop trigger institutions_nobody_left on institutions.institutions;
      drop function institutions.keep_version, institutions.somebody_comes, institutions.nobody_left, institutions.residents;
      drop table institutions.versions, institutions.posts, institutions.closing_goals, institutions.closures, institutions.inspections, institutions.licences;
      revoke update (state) on institutions.institutions from register_api;
    `);
  }
}

const TABLES = `
      create table institutions.licences (
        id uuid primary key,
        institution_id uuid not null references institutions.institutions on delete restrict,
        during daterange not null,
        number text not null,
        authority text not null,
        end_reason text,
        constraint licences_during check (not isempty(during) and not lower_inf(during)),
        constraint licences_one_at_a_time unique (institution_id, during without overlaps)
      );

      create table institutions.inspections (
        id uuid primary key,
        institution_id uuid not null references institutions.institutions on delete restrict,
        on_day date not null,
        kind text not null,
        result text not null,
        findings text,
        next_due date,
        constraint inspections_kind check (kind in ('regular', 'unannounced', 'follow_up', 'after_worry')),
        constraint inspections_result check (result in ('in_order', 'shortcomings', 'grave')),
        constraint inspections_next check (next_due > on_day),
        constraint inspections_findings check (result = 'in_order' or findings is not null),
        constraint inspections_once unique (institution_id, on_day, kind)
      );

      -- The order to close, and how far it has come. An institution is closed once.
      create table institutions.closures (
        id uuid primary key,
        institution_id uuid not null references institutions.institutions on delete restrict,
        ordered_on date not null,
        order_number text not null,
        authority text not null,
        reason text not null,
        emptied_on date,
        closed_on date,
        constraint closures_once unique (institution_id),
        constraint closures_reason check (reason in ('standards', 'harm', 'reform', 'no_licence', 'own_wish', 'other')),
        constraint closures_emptied check (emptied_on >= ordered_on),
        constraint closures_closed check (closed_on is null or (emptied_on is not null and closed_on >= emptied_on))
      );

      create table institutions.closing_goals (
        id uuid primary key,
        closure_id uuid not null references institutions.closures on delete restrict,
        due_on date not null,
        goal text not null,
        responsible text not null,
        children_left int not null,
        met_on date,
        constraint closing_goals_children check (children_left between 0 and 1000),
        constraint closing_goals_one_a_day unique (closure_id, due_on)
      );

      create table institutions.posts (
        institution_id uuid not null references institutions.institutions on delete restrict,
        kind text not null,
        during daterange not null,
        posts int not null,
        filled int not null,
        primary key (institution_id, kind, during without overlaps),
        constraint posts_kind check (kind in ('director', 'carer', 'social_worker', 'para_social_worker', 'teacher', 'health', 'kitchen', 'other')),
        constraint posts_during check (not isempty(during) and not lower_inf(during)),
        constraint posts_numbers check (posts between 0 and 500 and filled between 0 and 500)
      );

      create table institutions.versions (
        seq bigint generated always as identity primary key,
        institution_id uuid not null references institutions.institutions on delete restrict,
        kind text not null,
        capacity int not null,
        state text not null,
        since timestamptz not null
      );
      create index versions_by_institution on institutions.versions (institution_id, seq);
`;
