import type { MigrationInterface, QueryRunner } from 'typeorm';

const KEPT_WITH_ITS_AUTHOR = `
      create or replace function placements.keep_version() returns trigger
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
            insert into placements.episode_versions (id, child_id, during, kind, institution_id, family_id, placement_id, precision, basis, breaches, office_id, recorded_by, recorded)
            values (old.id, old.child_id, old.during, old.kind, old.institution_id, old.family_id, old.placement_id, old.precision, old.basis, old.breaches, old.office_id,
              old.recorded_by, tstzrange(old.recorded_at, at));
          end if;
          if tg_op = 'DELETE' then
            return old;
          end if;
          new.recorded_at := at;
          new.recorded_by := placements.author();
          return new;
        end $$;`;

const KEPT = `
      create or replace function placements.keep_version() returns trigger
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
        end $$;`;

/**
 * Corrections of a timeline. Who wrote a stretch is kept with it, as the database knows it: one's own slip of the pen is
 * put right alone, everything else is proposed by one and decided by another, on the timeline that was proposed on.
 */
export class Corrections1764003450000 implements MigrationInterface {
  name = 'Corrections1764003450000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The account that writes; nobody where the register itself does.
      create function placements.author() returns uuid
        language sql stable parallel safe
        as $$ select case when current_setting('app.actor', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.actor', true)::uuid end $$;

      alter table placements.episodes add column recorded_by uuid;
      alter table placements.episodes alter column recorded_by set default placements.author();
      alter table placements.episode_versions add column recorded_by uuid;
      ${KEPT_WITH_ITS_AUTHOR}

      -- What somebody proposes to write otherwise, and the timeline that she read when she did.
      create table placements.corrections (
        id uuid primary key,
        child_id uuid not null references children.children on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        what text not null,
        edit jsonb not null,
        read_timeline text not null,
        reason text not null,
        note text not null,
        state text not null default 'proposed',
        proposed_by uuid not null references staff.accounts on delete restrict,
        proposed_at timestamptz not null default clock_timestamp(),
        decided_by uuid references staff.accounts on delete restrict,
        decided_at timestamptz,
        decline_note text,
        constraint corrections_what check (what in ('moved', 'other_place', 'missed', 'never_was')),
        constraint corrections_reason check (reason in ('typing_error', 'document_found', 'told_later', 'notified_late')),
        constraint corrections_state check (state in ('proposed', 'applied', 'declined')),
        constraint corrections_decided check ((state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
        -- Whatever the program says.
        constraint corrections_two_people check (decided_by <> proposed_by or state = 'declined'),
        constraint corrections_declined check ((state = 'declined') = (decline_note is not null))
      );
      create unique index corrections_one_waiting on placements.corrections (child_id) where state = 'proposed';
      create index corrections_by_child on placements.corrections (child_id, proposed_at desc, id desc);
      alter table placements.corrections enable row level security;
      create policy corrections_of_the_actor on placements.corrections to register_api using (${HER_OFFICES_CHILD}) with check (${HER_OFFICES_CHILD});
      create policy corrections_of_the_worker on placements.corrections to register_worker using (true) with check (true);
      grant select on placements.corrections to register_api, register_worker;
      grant insert (id, child_id, office_id, what, edit, read_timeline, reason, note, proposed_by) on placements.corrections to register_api;
      grant update (state, decided_by, decided_at, decline_note) on placements.corrections to register_api;

      -- Two care periods become one where the days between were in care after all.
      grant delete on placements.care_periods to register_api;
      grant update (previous_id) on placements.care_periods to register_api;
      grant update (care_period_id) on placements.gatekeepings to register_api;

      -- Has somebody been paid for a night of hers in these days? Who corrects a timeline sees no money, and gets a yes or a no.
      create function support.paid_for(p_child uuid, p_from date, p_to date) returns boolean
        language sql stable security definer set search_path = ''
        as $$
          select exists (select from support.lines l join support.runs r on r.id = l.run_id
            where l.child_id = p_child and r.state = 'approved' and daterange(l.month, (l.month + interval '1 month')::date) && daterange(p_from, p_to)
              and exists (select from children.children c where c.id = p_child and (c.office_id = any ((select platform.ids('app.child_offices'))::uuid[])
                or c.origin_office_id = any ((select platform.ids('app.child_offices'))::uuid[]))))
        $$;
      revoke execute on function support.paid_for from public;
      grant execute on function support.paid_for to register_api;

      insert into platform.settings (name, during, value, citation) values
        ('placements.own_correction_days', '[1900-01-01,)', '7', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from platform.settings where name = 'placements.own_correction_days';
      drop function support.paid_for;
      revoke update (care_period_id) on placements.gatekeepings from register_api;
      revoke update (previous_id) on placements.care_periods from register_api;
      revoke delete on placements.care_periods from register_api;
      drop table placements.corrections;
      ${KEPT}
      alter table placements.episode_versions drop column recorded_by;
      alter table placements.episodes drop column recorded_by;
      drop function placements.author;
    `);
  }
}

const HER_OFFICES_CHILD = `exists (select from children.children c where c.id = child_id and (
          c.office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.origin_office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.id = any (array(select children.shared_ids()))))`;
