import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Staff may be carers. They, their relatives and their direct colleagues decide nothing about that family, study nothing of
 * it and visit nobody in it: who lives there is written on the adult, who is related in a table beside it, and who works
 * with one of its adults follows from the postings. The tables of studies, panels and visits refuse it by themselves too.
 */
export class ConflictOfInterest1764002100000 implements MigrationInterface {
  name = 'ConflictOfInterest1764002100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table carers.family_ties (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        account_id uuid not null references staff.accounts on delete restrict,
        relation text not null,
        declared_on date not null,
        ended_on date,
        constraint family_ties_relation check (relation in ('parent', 'child', 'sibling', 'spouse', 'grandparent', 'aunt_or_uncle', 'cousin', 'in_law', 'godparent', 'other')),
        constraint family_ties_ended check (ended_on >= declared_on)
      );
      create unique index family_ties_once on carers.family_ties (family_id, account_id) where ended_on is null;
      grant select, insert on carers.family_ties to register_api, register_worker;
      grant update (ended_on) on carers.family_ties to register_api;
      grant update (account_id) on carers.adults to register_api;
      alter table carers.family_ties enable row level security;
      create policy family_ties_of_the_office on carers.family_ties to register_api
        using (exists (select from carers.families f where f.id = family_id)) with check (exists (select from carers.families f where f.id = family_id));
      create policy family_ties_of_the_worker on carers.family_ties to register_worker using (true) with check (true);

      -- What ties each of these accounts to the family on a day. A cousin was one before it was declared; a colleague is
      -- posted to the same office or institution on that very day as an adult who lives there on it.
      create function carers.tied(p_family uuid, p_accounts uuid[], p_on date) returns table (account uuid, how text)
        language sql stable security definer set search_path = ''
        as $$
          select t.account, t.how from (
            select w.account, case
              when exists (select from carers.adults a where a.family_id = p_family and a.account_id = w.account) then 'household'
              when exists (select from carers.family_ties t where t.family_id = p_family and t.account_id = w.account and (t.ended_on is null or t.ended_on > p_on)) then 'relative'
              when exists (select from carers.adults a
                join staff.postings hers on hers.account_id = a.account_id and hers.during @> p_on and hers.withdrawn_at is null
                join staff.postings his on his.account_id = w.account and his.during @> p_on and his.withdrawn_at is null
                  and (his.office_id = hers.office_id or his.institution_id = hers.institution_id)
                where a.family_id = p_family and a.account_id is not null and a.during @> p_on) then 'colleague' end as how
            from unnest(p_accounts) as w (account)) t
          where t.how is not null
        $$;
      revoke execute on function carers.tied from public;

      -- A visitor may have to be kept from a family of another province, whose rows she cannot read: she learns about
      -- herself alone; about others, who has families of her own. Rows of neither are given.
      create function carers.conflicts(p_family uuid, p_accounts uuid[], p_on date) returns table (account uuid, how text)
        language sql stable security definer set search_path = ''
        as $$
          select t.account, t.how from carers.tied(p_family, p_accounts, p_on) t
          where t.account::text = current_setting('app.actor', true) or cardinality(platform.ids('app.family_offices')) > 0 or session_user = 'register_worker'
        $$;
      revoke execute on function carers.conflicts from public;
      grant execute on function carers.conflicts to register_api, register_worker;

      -- The backstop: what a forgotten question would let through.
      create function carers.keep_apart(p_family uuid, p_accounts uuid[], p_on date, p_constraint text) returns void
        language plpgsql stable security definer set search_path = ''
        as $$
        begin
          if exists (select from carers.tied(p_family, p_accounts, p_on)) then
            raise exception 'somebody of the household, a relative or a direct colleague' using errcode = '23514', constraint = p_constraint;
          end if;
        end $$;
      revoke execute on function carers.keep_apart from public;

      create function recruitment.study_apart() returns trigger language plpgsql security definer set search_path = ''
        as $$
        begin
          perform carers.keep_apart((select a.family_id from recruitment.applications a where a.id = new.application_id), array[new.done_by], new.done_on, 'home_studies_apart');
          return new;
        end $$;
      create trigger home_studies_apart before insert on recruitment.home_studies for each row execute function recruitment.study_apart();

      create function recruitment.panel_apart() returns trigger language plpgsql security definer set search_path = ''
        as $$
        begin
          perform carers.keep_apart((select a.family_id from recruitment.applications a where a.id = new.application_id),
            new.members || array_remove(array[new.decided_by], null), coalesce(new.decided_on, new.met_on), 'panels_apart');
          return new;
        end $$;
      create trigger panels_apart before insert or update of members, decided_by, decided_on on recruitment.panels for each row execute function recruitment.panel_apart();

      create function casework.visit_apart() returns trigger language plpgsql security definer set search_path = ''
        as $$
        begin
          perform carers.keep_apart((select p.family_id from placements.placements p where p.id = new.placement_id),
            array_remove(array[new.tapped_by, new.recorded_by], null), new.happened_on, 'visits_apart');
          return new;
        end $$;
      create trigger visits_apart before insert or update of tapped_by, recorded_by on casework.visits for each row
        when (new.tapped_by is not null or new.recorded_by is not null) execute function casework.visit_apart();
      revoke execute on function recruitment.study_apart, recruitment.panel_apart, casework.visit_apart from public;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger visits_apart on casework.visits;
      drop function casework.visit_apart;
      drop trigger panels_apart on recruitment.panels;
      drop trigger home_studies_apart on recruitment.home_studies;
      drop function recruitment.panel_apart, recruitment.study_apart;
      drop function carers.keep_apart, carers.conflicts, carers.tied;
      revoke update (account_id) on carers.adults from register_api;
      drop table carers.family_ties;
    `);
  }
}
