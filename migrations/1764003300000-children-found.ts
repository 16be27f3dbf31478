import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A child is found by her name in the same time whoever asks. Each key carries what decides who may see her and when she
 * can have been born, so that of a name with tens of thousands of bearers an office reads its own from an index, and who
 * sees the whole country reads the first of them in the order in which the answer is given, and no more.
 */
export class ChildrenFound1764003300000 implements MigrationInterface {
  name = 'ChildrenFound1764003300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(KEYS);
    await runner.query(FOUND);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function children.found;
      drop trigger children_key_facts on children.children;
      drop trigger name_keys_facts on children.name_keys;
      drop function children.key_facts_changed, children.key_facts;
      alter table children.name_keys drop constraint name_keys_pkey, add primary key (key, child_id),
        drop column number, drop column office_id, drop column origin_office_id, drop column institution_id, drop column born_from, drop column born_to;
      drop function children.born_from, children.born_to;
    `);
  }
}

const KEYS = `
      -- The first and the last day on which somebody can have been born: earliestBirth and latestBirth of the program.
      create function children.born_from(birth date, known text) returns date language sql immutable strict parallel safe
        return case known when 'day' then birth when 'month' then date_trunc('month', birth::timestamp)::date
          when 'year' then date_trunc('year', birth::timestamp)::date
          else case when birth < '1901-01-01' then date '1900-01-01' else (birth::timestamp - interval '12 months')::date end end;
      create function children.born_to(birth date, known text) returns date language sql immutable strict parallel safe
        return case known when 'day' then birth when 'month' then (date_trunc('month', birth::timestamp) + interval '1 month - 1 day')::date
          when 'year' then (date_trunc('year', birth::timestamp) + interval '1 year - 1 day')::date
          else case when birth > '2199-12-31' then date '2200-12-31' else platform.day_turning(birth, 1) end end;

      alter table children.name_keys
        add column number int, add column office_id uuid, add column origin_office_id uuid, add column institution_id uuid, add column born_from date, add column born_to date;
      update children.name_keys k set (number, office_id, origin_office_id, institution_id, born_from, born_to)
        = (select c.number, c.office_id, c.origin_office_id, c.institution_id, children.born_from(c.birth_date, c.birth_precision), children.born_to(c.birth_date, c.birth_precision)
           from children.children c where c.id = k.child_id);
      alter table children.name_keys
        alter column number set not null, alter column office_id set not null, alter column born_from set not null, alter column born_to set not null,
        drop constraint name_keys_pkey,
        add primary key (key, number) include (child_id, office_id, origin_office_id, institution_id, born_from, born_to);
      create index name_keys_by_office on children.name_keys (key, office_id) include (number, child_id, born_from, born_to);
      create index name_keys_by_origin_office on children.name_keys (key, origin_office_id) where origin_office_id is not null;
      create index name_keys_by_institution on children.name_keys (key, institution_id) where institution_id is not null;

      -- Written by the database, whoever writes the key or moves the child.
      create function children.key_facts() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        begin
          select c.number, c.office_id, c.origin_office_id, c.institution_id, children.born_from(c.birth_date, c.birth_precision), children.born_to(c.birth_date, c.birth_precision)
            into new.number, new.office_id, new.origin_office_id, new.institution_id, new.born_from, new.born_to
            from children.children c where c.id = new.child_id;
          return new;
        end $$;
      create function children.key_facts_changed() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        begin
          update children.name_keys set office_id = new.office_id, origin_office_id = new.origin_office_id, institution_id = new.institution_id,
            born_from = children.born_from(new.birth_date, new.birth_precision), born_to = children.born_to(new.birth_date, new.birth_precision)
            where child_id = new.id;
          return null;
        end $$;
      revoke execute on function children.key_facts, children.key_facts_changed from public;
      create trigger name_keys_facts before insert on children.name_keys for each row execute function children.key_facts();
      create trigger children_key_facts after update on children.children for each row
        when ((old.office_id, old.origin_office_id, old.institution_id, old.birth_date, old.birth_precision)
          is distinct from (new.office_id, new.origin_office_id, new.institution_id, new.birth_date, new.birth_precision))
        execute function children.key_facts_changed();
`;

/** Whom the actor sees, as the policy of children.children says it; sets that are looked up, not walked. */
const SEEN = `(k.office_id in (select unnest(offices)) or k.origin_office_id in (select unnest(offices)) or k.institution_id in (select unnest(houses)) or k.child_id in (select children.shared_ids()))`;

const BORN = 'k.born_to >= born_after and k.born_from <= born_before';
/** How many of the parts a child shares. */
const PARTS_OF = (number: string): string => `(select count(*) from children.name_keys p where p.key = any (p_parts) and p.number = ${number})`;
const NOT_WHOLE = (number: string): string => `${number} not in (select n.number from children.name_keys n where n.key = any (p_wholes))`;

/** Of each of some keys the next few in the order of their numbers. */
function walk(keys: string, more: string): string {
  return `select distinct f.child_id, f.number from unnest(${keys}) w (key) cross join lateral (
              select k.child_id, k.number from children.name_keys k
              where k.key = w.key and k.number > after_number and ${BORN} and ${SEEN}${more}
              order by k.number limit most) f
            order by f.number limit most`;
}

/** The rows of each asked key in each of these places, by an index that begins with key and place: never by key alone, of which there may be tens of thousands: `offset 0` keeps the planner from joining them so. */
const ARM = ([column, places]: readonly [column: string, places: string]): string =>
  `select f.* from unnest(p_wholes || p_parts) w (key) cross join unnest(${places}) at (id) cross join lateral (
                  select k.key, k.number, k.child_id from children.name_keys k where k.key = w.key and k.${column} = at.id and ${BORN} offset 0) f`;
const ARMS: readonly (readonly [string, string])[] = [['office_id', 'offices'], ['origin_office_id', 'offices'], ['institution_id', 'houses']];

const FOUND = `
      -- The children the actor may see who share a key with a name: those with a whole name first, then those with more of
      -- its parts, then by number; p_after_* are the rank and number of the last one seen. As the owner, who is bound by no
      -- policy, it applies the actor's scope itself; its callers join children.children under their own.
      -- Few offices: their rows of the keys are gathered and sorted, a twenty-fifth of the country's at most.
      -- Many offices: nearly everybody is seen, so that the keys are walked in the order of the answer until it is full.
      create function children.found(p_wholes text[], p_parts text[], p_born_from date, p_born_to date, p_after_rank int, p_after_number int, most int)
        returns table (child_id uuid, rank int, number int)
        language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan rows 20
        as $$
        #variable_conflict use_column
        declare
          offices uuid[] := platform.ids('app.child_offices');
          houses uuid[] := platform.ids('app.child_institutions');
          shared uuid[];
          born_after date := coalesce(p_born_from, '-infinity');
          born_before date := coalesce(p_born_to, 'infinity');
          whole int := cardinality(p_parts) + 1;
          after_rank int := coalesce(p_after_rank, whole);
          after_number int := coalesce(p_after_number, 0);
          had int := 0;
        begin
          if cardinality(offices) <= 60 then
            shared := array(select children.shared_ids());
            return query
              with rows as (
                ${ARMS.map(ARM).join(`
                union `)}
                union select f.* from unnest(shared) at (id) cross join lateral (
                  select k.key, k.number, k.child_id from children.name_keys k where k.child_id = at.id and k.key = any (p_wholes || p_parts) and ${BORN} offset 0) f),
              ranked as (select r.child_id, r.number, case when bool_or(starts_with(r.key, 'w:')) then whole else count(*)::int end as rank from rows r group by r.child_id, r.number)
              select r.child_id, r.rank, r.number from ranked r where r.rank < after_rank or (r.rank = after_rank and r.number > after_number) order by r.rank desc, r.number limit most;
            return;
          end if;
          if after_rank = whole then
            return query select w.child_id, whole, w.number from (${walk('p_wholes', '')}) w order by w.number;
            get diagnostics had = row_count;
            most := most - had;
            if most <= 0 then return; end if;
            after_rank := whole - 1;
            after_number := 0;
          end if;
          if after_rank > 1 then
            -- Counted by number alone, from the index; who she is and who may see her is asked of those only who come to be shown.
            return query
              select f.child_id, c.parts, c.number from (
                select k.number, count(*)::int as parts from children.name_keys k where k.key = any (p_parts) group by k.number
                having count(*) > 1 and (count(*) < after_rank or (count(*) = after_rank and k.number > after_number)) and ${NOT_WHOLE('k.number')}
                order by count(*) desc, k.number) c
              cross join lateral (select k.child_id from children.name_keys k where k.key = any (p_parts) and k.number = c.number and ${BORN} and ${SEEN} limit 1) f
              limit most;
            get diagnostics had = row_count;
            most := most - had;
            if most <= 0 then return; end if;
            after_number := 0;
          end if;
          return query select p.child_id, 1, p.number from (${walk('p_parts', ` and ${NOT_WHOLE('k.number')} and ${PARTS_OF('k.number')} = 1`)}) p order by p.number;
        end $$;
      revoke execute on function children.found from public;
      grant execute on function children.found to register_api;
`;
