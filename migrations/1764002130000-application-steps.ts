import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When an application entered each stage, home studies by a form that is a dated setting, the talk that some motives ask
 * for, several neighbours' references, and appeals: a panel that was appealed with success is followed by another one.
 */
export class ApplicationSteps1764002130000 implements MigrationInterface {
  name = 'ApplicationSteps1764002130000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table recruitment.application_steps (
        id uuid primary key,
        application_id uuid not null references recruitment.applications on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        state text not null,
        entered_on date not null,
        constraint application_steps_state check (state in ('received', 'checking', 'studying', 'training', 'panel', 'approved', 'refused', 'withdrawn'))
      );
      create index application_steps_by_application on recruitment.application_steps (application_id, entered_on, id);

      -- What is known of applications that are there already: the first day, the panel, and where each stands.
      insert into recruitment.application_steps (id, application_id, office_id, state, entered_on)
        select uuidv7(), id, office_id, state, entered_on from (
          select id, office_id, 'received' as state, received_on as entered_on, 1 as place from recruitment.applications
          union all select a.id, a.office_id, 'panel', p.met_on, 2 from recruitment.applications a join recruitment.panels p on p.application_id = a.id where a.state in ('panel', 'approved', 'refused')
          union all select a.id, a.office_id, a.state, coalesce(a.ended_on, (select max(c.done_on) from recruitment.home_studies c where c.application_id = a.id), a.received_on), 3
            from recruitment.applications a where a.state not in ('received', 'panel')) known order by id, place;

      alter table recruitment.home_studies add column motives text[] not null default '{}',
        add constraint home_studies_motives check (motives <@ array['wish_to_adopt', 'need_of_labour', 'debt'] and (cardinality(motives) = 0 or motive_talk_needed));

      create table recruitment.motive_talks (
        id uuid primary key,
        application_id uuid not null references recruitment.applications on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        held_on date not null,
        held_by uuid not null references staff.accounts on delete restrict,
        note text
      );
      create index motive_talks_by_application on recruitment.motive_talks (application_id, held_on);

      alter table recruitment.signatures add column note text, drop constraint signatures_once;
      create unique index signatures_once on recruitment.signatures (application_id, party) where party <> 'neighbour';

      alter table recruitment.panels drop constraint panels_once;
      create unique index panels_one_open on recruitment.panels (application_id) where outcome is null;
      create index panels_by_application on recruitment.panels (application_id, met_on, id);

      create table recruitment.appeals (
        id uuid primary key,
        application_id uuid not null references recruitment.applications on delete restrict,
        panel_id uuid not null references recruitment.panels on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        adult_id uuid references carers.adults on delete restrict,
        filed_on date not null,
        reason text not null,
        decided_on date,
        decided_by uuid references staff.accounts on delete restrict,
        outcome text,
        decision text,
        constraint appeals_once unique (panel_id),
        constraint appeals_outcome check (outcome in ('upheld', 'dismissed')),
        constraint appeals_decided check ((outcome is null) = (decided_on is null) and (outcome is null) = (decided_by is null) and (outcome is null) = (decision is null) and decided_on >= filed_on)
      );
      create index appeals_by_application on recruitment.appeals (application_id, filed_on, id);

      grant select, insert on recruitment.application_steps, recruitment.motive_talks, recruitment.appeals to register_api, register_worker;
      grant update (decided_on, decided_by, outcome, decision) on recruitment.appeals to register_api;
      alter table recruitment.application_steps enable row level security;
      create policy application_steps_of_the_office on recruitment.application_steps to register_api
        using (office_id = any ((select platform.ids('app.family_offices'))::uuid[])) with check (office_id = any ((select platform.ids('app.family_offices'))::uuid[]));
      create policy application_steps_of_the_worker on recruitment.application_steps to register_worker using (true) with check (true);
      alter table recruitment.motive_talks enable row level security;
      create policy motive_talks_of_the_office on recruitment.motive_talks to register_api
        using (office_id = any ((select platform.ids('app.family_offices'))::uuid[])) with check (office_id = any ((select platform.ids('app.family_offices'))::uuid[]));
      create policy motive_talks_of_the_worker on recruitment.motive_talks to register_worker using (true) with check (true);
      alter table recruitment.appeals enable row level security;
      create policy appeals_of_the_office on recruitment.appeals to register_api
        using (office_id = any ((select platform.ids('app.family_offices'))::uuid[])) with check (office_id = any ((select platform.ids('app.family_offices'))::uuid[]));
      create policy appeals_of_the_worker on recruitment.appeals to register_worker using (true) with check (true);

      -- The backstops: who decided does not decide the appeal, and no panel decides before the talk that a study asked for.
      create function recruitment.appeal_by_another() returns trigger language plpgsql security definer set search_path = ''
        as $$
        begin
          if exists (select from recruitment.panels p where p.id = new.panel_id and (p.decided_by = new.decided_by or new.decided_by = any (p.members))) then
            raise exception 'decided by who decided before' using errcode = '23514', constraint = 'appeals_another';
          end if;
          return new;
        end $$;
      create trigger appeals_another before update of decided_by on recruitment.appeals for each row execute function recruitment.appeal_by_another();

      create function recruitment.panel_talked() returns trigger language plpgsql security definer set search_path = ''
        as $$
        begin
          if exists (select from recruitment.home_studies h where h.application_id = new.application_id and h.motive_talk_needed and not exists (
            select from recruitment.motive_talks t where t.application_id = h.application_id and t.held_on >= h.done_on and t.held_on <= new.decided_on)) then
            raise exception 'the talk about the motive is missing' using errcode = '23514', constraint = 'panels_talked';
          end if;
          return new;
        end $$;
      revoke execute on function recruitment.appeal_by_another, recruitment.panel_talked from public;
      create trigger panels_talked before update of outcome on recruitment.panels for each row when (new.outcome is not null) execute function recruitment.panel_talked();

      insert into platform.settings (name, during, value, citation) values
        ('recruitment.home_study_form', '[1900-01-01,)',
         '{"version": "HS-1", "sections": ["home", "relationships", "parenting", "health", "money", "own_children", "community", "motive"], "lowest": 1, "highest": 4}', 'default: the demonstration''s own form'),
        ('recruitment.neighbours', '[1900-01-01,)', '0', 'default: how many neighbours'' references a panel asks for'),
        ('recruitment.appeal_days', '[1900-01-01,)', '30', 'default: no official number was found'),
        ('recruitment.stage_days', '[1900-01-01,)', '{"received": 14, "checking": 30, "studying": 45, "training": 90, "panel": 14}', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from platform.settings where name in ('recruitment.home_study_form', 'recruitment.neighbours', 'recruitment.appeal_days', 'recruitment.stage_days');
      drop trigger panels_talked on recruitment.panels;
      drop table recruitment.appeals, recruitment.motive_talks, recruitment.application_steps;
      drop function recruitment.panel_talked, recruitment.appeal_by_another;
      drop index recruitment.panels_one_open, recruitment.panels_by_application, recruitment.signatures_once;
      alter table recruitment.panels add constraint panels_once unique (application_id);
      alter table recruitment.signatures add constraint signatures_once unique (application_id, party), drop column note;
      alter table recruitment.home_studies drop column motives;
    `);
  }
}
