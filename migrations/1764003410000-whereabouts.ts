import type { MigrationInterface, QueryRunner } from 'typeorm';

const HER_CHILD = 'exists (select from children.children c where c.id = child_id)';
/** What people said and who was told is her offices' alone: not the institution's, whose staff may have been the reason. */
const HER_OFFICES_CHILD = `exists (select from children.children c where c.id = child_id and (
          c.office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.origin_office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.id = any (array(select children.shared_ids()))))`;

function guarded(table: string, who: string): string {
  return `
      alter table placements.${table} enable row level security;
      create policy ${table}_seen_by_the_actor on placements.${table} for select to register_api using (${who});
      create policy ${table}_added_by_the_actor on placements.${table} for insert to register_api with check (${who});
      create policy ${table}_of_the_worker on placements.${table} to register_worker using (true) with check (true);`;
}

const END_REASONS = `'planned', 'carer_behaviour', 'carer_illness', 'carer_migration', 'carer_support', 'carer_other', 'allegation',
          'standards', 'approval_removed', 'child_asked', 'returned_home', 'adopted', 'leaving_care', 'died', 'moved'`;
const CANCEL_REASONS = `'child_asked', 'family_declined', 'parents_disagree', 'not_suitable', 'other_plan', 'written_in_error',
          'hold_lapsed', 'family_gone'`;

/** What is known of a child who is missing, who has gone home, or who has died, and who was told. */
export class Whereabouts1764003410000 implements MigrationInterface {
  name = 'Whereabouts1764003410000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table placements.placements drop constraint placements_end_reason, drop constraint placements_cancel_reason;
      alter table placements.placements
        add constraint placements_end_reason check (end_reason in (${END_REASONS}, 'missing')),
        add constraint placements_cancel_reason check (cancel_reason in (${CANCEL_REASONS}, 'died'));

      -- Days and codes only: an institution's staff see the rows of the children who live there.
      create table placements.disappearances (
        id uuid primary key,
        child_id uuid not null references children.children on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        since date not null,
        kept_until date,
        trafficking_sign boolean not null default false,
        released_on date,
        returned_on date,
        talk_due_at timestamptz,
        recorded_by uuid references staff.accounts on delete restrict,
        recorded_at timestamptz not null default clock_timestamp(),
        constraint disappearances_of_the_child unique (id, child_id),
        constraint disappearances_kept check (kept_until > since),
        constraint disappearances_released check (released_on is null or kept_until is not null),
        constraint disappearances_returned check (returned_on > since and (returned_on is null) = (talk_due_at is null))
      );
      create unique index disappearances_one_open on placements.disappearances (child_id) where returned_on is null;
      create index disappearances_by_child on placements.disappearances (child_id, since desc, id desc);
      create index disappearances_by_office on placements.disappearances (office_id);
      create index disappearances_kept_until on placements.disappearances (kept_until) where released_on is null and returned_on is null;

      -- The talk after her return: alone, with somebody from outside the home.
      create table placements.return_talks (
        disappearance_id uuid primary key,
        child_id uuid not null,
        on_day date not null,
        with_whom text not null,
        refused boolean not null,
        words text,
        recorded_by uuid not null references staff.accounts on delete restrict,
        recorded_at timestamptz not null default clock_timestamp(),
        constraint return_talks_of_her_disappearance foreign key (disappearance_id, child_id) references placements.disappearances (id, child_id) on delete restrict
      );

      create table placements.deaths (
        id uuid primary key,
        child_id uuid not null references children.children on delete restrict,
        on_day date not null,
        place text,
        cause text,
        recorded_by uuid references staff.accounts on delete restrict,
        recorded_at timestamptz not null default clock_timestamp(),
        constraint deaths_once unique (child_id),
        constraint deaths_of_the_child unique (id, child_id)
      );

      -- Who was told that she is missing or has died, when and by whom; or why somebody could not be.
      create table placements.tellings (
        id uuid primary key,
        child_id uuid not null,
        disappearance_id uuid,
        death_id uuid,
        party text not null,
        told_at timestamptz,
        whom text,
        not_told_reason text,
        recorded_by uuid not null references staff.accounts on delete restrict,
        recorded_at timestamptz not null default clock_timestamp(),
        constraint tellings_party check (party in ('police', 'parents', 'worker', 'supervisor', 'siblings', 'carers', 'authority')),
        constraint tellings_of_one check ((disappearance_id is null) <> (death_id is null)),
        constraint tellings_told check ((told_at is null) = (not_told_reason is not null)),
        constraint tellings_of_her_disappearance foreign key (disappearance_id, child_id) references placements.disappearances (id, child_id) on delete restrict,
        constraint tellings_of_her_death foreign key (death_id, child_id) references placements.deaths (id, child_id) on delete restrict
      );
      create index tellings_by_disappearance on placements.tellings (disappearance_id, child_id) where disappearance_id is not null;
      create index tellings_by_death on placements.tellings (death_id, child_id) where death_id is not null;

      -- A return home: why, with whom, and what support there is.
      create table placements.returns_home (
        id uuid primary key,
        child_id uuid not null references children.children on delete restrict,
        on_day date not null,
        reason text not null,
        relative_id uuid references children.relatives on delete restrict,
        with_whom text,
        support text not null,
        recorded_by uuid references staff.accounts on delete restrict,
        recorded_at timestamptz not null default clock_timestamp(),
        constraint returns_home_with_somebody check (relative_id is not null or with_whom is not null)
      );
      create index returns_home_by_child on placements.returns_home (child_id, on_day desc, id desc);
      create index returns_home_by_relative on placements.returns_home (relative_id) where relative_id is not null;

      grant select, insert on placements.disappearances, placements.return_talks, placements.deaths, placements.tellings, placements.returns_home to register_api, register_worker;
      grant update (trafficking_sign, released_on, returned_on, talk_due_at, kept_until) on placements.disappearances to register_api, register_worker;
      ${guarded('disappearances', HER_CHILD)}
      create policy disappearances_changed_by_the_actor on placements.disappearances for update to register_api using (${HER_CHILD}) with check (${HER_CHILD});
      ${guarded('return_talks', HER_OFFICES_CHILD)}
      ${guarded('deaths', HER_OFFICES_CHILD)}
      ${guarded('tellings', HER_OFFICES_CHILD)}
      ${guarded('returns_home', HER_OFFICES_CHILD)}

      -- After a death nothing about the child is asked of anybody any more: the open tasks of people whom the actor may not see, hence with the owner's rights.
      create function worklist.close_about(p_about uuid, p_by uuid, p_now timestamptz) returns int
        language plpgsql volatile security definer set search_path = worklist, pg_temp
        as $$
        declare
          v_closed int;
        begin
          update worklist.tasks set state = 'cancelled', closed_at = p_now, closed_by = p_by where about_id = p_about and state = 'open';
          get diagnostics v_closed = row_count;
          return v_closed;
        end $$;
      revoke execute on function worklist.close_about from public;
      grant execute on function worklist.close_about to register_api, register_worker;

      insert into platform.settings (name, during, value, citation) values
        ('placements.missing_kept_nights', '[1900-01-01,)', '30', 'invented default: no official number was found'),
        ('placements.missing_notice_hours', '[1900-01-01,)', '24', 'invented default: no official number was found'),
        ('placements.return_talk_hours', '[1900-01-01,)', '72', 'invented default: no official number was found'),
        ('placements.conference_times', '[1900-01-01,)', '3', 'invented default: no official number was found'),
        ('placements.conference_days', '[1900-01-01,)', '90', 'invented default: no official number was found'),
        ('placements.conference_working_days', '[1900-01-01,)', '3', 'invented default: no official number was found'),
        ('placements.death_review_days', '[1900-01-01,)', '30', 'invented default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from platform.settings where name in ('placements.missing_kept_nights', 'placements.missing_notice_hours', 'placements.return_talk_hours', 'placements.conference_times',
        'placements.conference_days', 'placements.conference_working_days', 'placements.death_review_days');
      drop function worklist.close_about;
      drop table placements.returns_home, placements.tellings, placements.deaths, placements.return_talks, placements.disappearances;
      update placements.placements set end_reason = 'carer_other' where end_reason = 'missing';
      update placements.placements set cancel_reason = 'other_plan' where cancel_reason = 'died';
      alter table placements.placements drop constraint placements_end_reason, drop constraint placements_cancel_reason;
      alter table placements.placements
        add constraint placements_end_reason check (end_reason in (${END_REASONS})),
        add constraint placements_cancel_reason check (cancel_reason in (${CANCEL_REASONS}));
    `);
  }
}
