import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Papers of a household that its office reads: they follow it to another office. Steps, talks and appeals had no right for that yet. */
const PAPERS = ['applications', 'application_steps', 'checks', 'signatures', 'home_studies', 'panels', 'motive_talks', 'appeals'].map((table) => `recruitment.${table}`).join(', ');
const CANCELLED = `'child_asked', 'family_declined', 'parents_disagree', 'not_suitable', 'other_plan', 'written_in_error', 'hold_lapsed'`;

/** Where a family lived and when, its moves from office to office, exemptions that end early, and plans whose family is gone. */
export class FamilyMoves1764003000000 implements MigrationInterface {
  name = 'FamilyMoves1764003000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Where a family lives from a day on. Nothing is ever changed here: a later line of the same day corrects an earlier
      -- one, and each day's address holds until the next day that has one.
      create table carers.family_addresses (
        id bigint generated always as identity primary key,
        family_id uuid not null references carers.families on delete restrict,
        area_code text not null references territory.areas on delete restrict,
        from_on date not null,
        recorded_on date not null,
        constraint family_addresses_area check (length(area_code) >= 6)
      );
      create index family_addresses_by_family on carers.family_addresses (family_id, from_on desc, id desc);
      create index family_addresses_by_area on carers.family_addresses (area_code);
      grant select, insert on carers.family_addresses to register_api, register_worker;
      alter table carers.family_addresses enable row level security;
      create policy family_addresses_of_the_office on carers.family_addresses to register_api
        using (exists (select from carers.families f where f.id = family_id)) with check (exists (select from carers.families f where f.id = family_id));
      create policy family_addresses_of_the_worker on carers.family_addresses to register_worker using (true) with check (true);

      insert into carers.family_addresses (family_id, area_code, from_on, recorded_on) select id, area_code, opened_on, opened_on from carers.families order by id;
      -- A family is known with its first address, however it came: by one act, from a table of an office, or by COPY.
      create function carers.first_addresses() returns trigger language plpgsql set search_path = ''
        as $$
        begin
          insert into carers.family_addresses (family_id, area_code, from_on, recorded_on) select id, area_code, opened_on, opened_on from fresh;
          return null;
        end $$;
      revoke execute on function carers.first_addresses from public;
      create trigger families_first_addresses after insert on carers.families referencing new table as fresh for each statement execute function carers.first_addresses();

      -- That a family moved, when, and to which office: what the office it left goes on reading. No address.
      create table carers.family_moves (
        id uuid primary key,
        family_id uuid not null references carers.families on delete restrict,
        on_day date not null,
        from_office uuid not null references territory.offices on delete restrict,
        to_office uuid not null references territory.offices on delete restrict,
        suspended boolean not null
      );
      create index family_moves_by_family on carers.family_moves (family_id, on_day);
      create index family_moves_by_office on carers.family_moves (from_office);
      create index family_moves_to_office on carers.family_moves (to_office);
      grant select, insert on carers.family_moves to register_api, register_worker;
      alter table carers.family_moves enable row level security;
      create policy family_moves_seen_by_both on carers.family_moves for select to register_api
        using (from_office = any ((select platform.ids('app.family_offices'))::uuid[]) or to_office = any ((select platform.ids('app.family_offices'))::uuid[]));
      create policy family_moves_told_by_the_old on carers.family_moves for insert to register_api
        with check (from_office = any ((select platform.ids('app.family_offices'))::uuid[]));
      create policy family_moves_of_the_worker on carers.family_moves to register_worker using (true) with check (true);

      create index tasks_about on worklist.tasks (about_id) where state = 'open' and about_id is not null;
      create index attachments_by_family on documents.attachments (family_id) where family_id is not null;

      -- Gives a family to the office of its new address, with its adults, the tasks that its old office had about it, and
      -- the say over its confidential documents. It passes row security, since afterwards the actor may not see the family
      -- any more; so it asks itself whether she could until now, and whether she is recording a move.
      create function carers.hand_over(p_family uuid, p_area text) returns void
        language plpgsql volatile security definer set search_path = ''
        as $$
        declare
          v_from uuid;
          v_to uuid := territory.office_for(p_area);
        begin
          select f.office_id into v_from from carers.families f
          where f.id = p_family and f.office_id = any (platform.ids('app.family_offices')) and current_setting('app.act', true) in ('family.move', 'family.change');
          if v_from is null or v_to is null then
            raise exception 'not a family of the actor that moves' using errcode = 'insufficient_privilege';
          end if;
          update carers.families set area_code = p_area, office_id = v_to where id = p_family;
          update carers.adults set office_id = v_to where family_id = p_family and office_id <> v_to;
          update worklist.tasks set office_id = v_to where about_id = p_family and state = 'open' and office_id = v_from and v_from <> v_to;
          update documents.attachments set office_id = v_to where family_id = p_family and office_id <> v_to;
        end $$;
      revoke execute on function carers.hand_over from public;
      grant execute on function carers.hand_over to register_api;

      -- The first day on which an exemption that was ended early held no more; its own first day where it never held.
      alter table carers.exemptions add column ended_on date, add constraint exemptions_ended check (ended_on >= lower(during) and ended_on < upper(during));
      grant update (ended_on) on carers.exemptions to register_api, register_worker;

      grant update (office_id) on ${PAPERS} to register_worker;

      alter table placements.placements drop constraint placements_cancel_reason,
        add constraint placements_cancel_reason check (cancel_reason in (${CANCELLED}, 'family_gone'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update placements.placements set cancel_reason = 'not_suitable' where cancel_reason = 'family_gone';
      alter table placements.placements drop constraint placements_cancel_reason, add constraint placements_cancel_reason check (cancel_reason in (${CANCELLED}));
      revoke update (office_id) on ${PAPERS} from register_worker;
      alter table carers.exemptions drop column ended_on;
      drop function carers.hand_over;
      drop index documents.attachments_by_family, worklist.tasks_about;
      drop table carers.family_moves;
      drop trigger families_first_addresses on carers.families;
      drop function carers.first_addresses;
      drop table carers.family_addresses;
    `);
  }
}
