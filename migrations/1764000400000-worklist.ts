import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tasks, their reminders, and each person's inbox: what is due to whom, as ids, codes and moments. */
export class Worklist1764000400000 implements MigrationInterface {
  name = 'Worklist1764000400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema worklist;
      grant usage on schema worklist to register_api, register_worker;

      create table worklist.tasks (
        id uuid primary key,
        kind text not null,
        subject_kind text not null,
        subject_id uuid not null,
        about_id uuid,
        detail text,
        account_id uuid references staff.accounts on delete restrict,
        role text,
        office_id uuid references territory.offices on delete restrict,
        -- Who holds this role at this office sees the task; a role of the whole country has no office.
        post text generated always as (role || '@' || coalesce(office_id::text, '')) stored,
        due_at timestamptz not null,
        due_on date not null,
        state text not null default 'open',
        opened_at timestamptz not null,
        closed_at timestamptz,
        closed_by uuid,
        escalated_at timestamptz,
        dedupe text not null,
        constraint tasks_state check (state in ('open', 'done', 'cancelled')),
        constraint tasks_closed check ((state = 'open') = (closed_at is null)),
        constraint tasks_assignee check ((account_id is null) <> (role is null)),
        constraint tasks_detail_is_a_code check (detail ~ '^[A-Za-z0-9_.:-]{1,80}$')
      );
      create unique index tasks_one_open on worklist.tasks (dedupe) where state = 'open';
      create index tasks_by_dedupe on worklist.tasks (dedupe);
      create index tasks_by_subject on worklist.tasks (subject_id, kind) where state = 'open';
      create index tasks_by_account on worklist.tasks (account_id, due_at, id) where state = 'open';
      create index tasks_by_post on worklist.tasks (post, due_at, id) where state = 'open';
      create index tasks_to_escalate on worklist.tasks (due_at) where state = 'open' and escalated_at is null;

      create table worklist.reminders (
        task_id uuid not null references worklist.tasks on delete cascade,
        due_at timestamptz not null,
        sent_at timestamptz,
        dropped_at timestamptz,
        primary key (task_id, due_at),
        constraint reminders_one_end check (sent_at is null or dropped_at is null)
      );
      create index reminders_waiting on worklist.reminders (due_at) where sent_at is null and dropped_at is null;

      create table worklist.inbox (
        id uuid primary key,
        account_id uuid not null references staff.accounts on delete cascade,
        kind text not null,
        reason text not null,
        subject_kind text not null,
        subject_ids uuid[] not null,
        items int not null default 1,
        detail text,
        created_at timestamptz not null,
        read_at timestamptz,
        constraint inbox_reason check (reason in ('told', 'reminder', 'overdue')),
        constraint inbox_subjects check (cardinality(subject_ids) between 1 and 100),
        constraint inbox_detail_is_a_code check (detail ~ '^[A-Za-z0-9_.:-]{1,80}$')
      );
      create index inbox_by_account on worklist.inbox (account_id, id);
      create index inbox_unread on worklist.inbox (account_id, id) where read_at is null;

      create function worklist.me() returns uuid
        language sql stable parallel safe
        as $$ select case when current_setting('app.actor', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.actor', true)::uuid end $$;

      -- The actor's posts as role@office, with every office below her own.
      create function worklist.my_posts() returns text[]
        language sql stable parallel safe
        as $$
          select coalesce(array_agg(distinct split_part(own.post, '@', 1) || '@' || coalesce(below.id::text, '')), '{}')
          from unnest(string_to_array(nullif(current_setting('app.work_posts', true), ''), ',')) as own (post)
          left join lateral unnest(territory.offices_below(nullif(split_part(own.post, '@', 2), '')::uuid)) as below (id) on true
        $$;

      -- The accounts that hold a role at an office; where nobody does, at the nearest office above it.
      create function worklist.holders(p_role text, p_office uuid, p_day date) returns setof uuid
        language sql stable
        as $$
          with held as (
            select p.account_id, length(coalesce(own.area_code, '')) as nearness
            from staff.postings p join staff.accounts a on a.id = p.account_id and a.state = 'active'
            left join territory.offices own on own.id = p.office_id
            where p.role = p_role and p.during @> p_day and p.withdrawn_at is null
              and (p.office_id is null or exists (select from territory.offices o where o.id = p_office and starts_with(coalesce(o.area_code, ''), coalesce(own.area_code, '')))))
          select distinct account_id from held where nearness = (select max(nearness) from held)
        $$;

      -- A room opens tasks for people whose worklist its actor may not read, hence with the owner's rights. The same
      -- task opened again while it is open is brought up to date.
      create function worklist.open_task(p_id uuid, p_kind text, p_subject_kind text, p_subject_id uuid, p_about uuid, p_detail text, p_account uuid,
          p_role text, p_office uuid, p_due_at timestamptz, p_due_on date, p_dedupe text, p_remind timestamptz[], p_now timestamptz) returns uuid
        language plpgsql volatile security definer set search_path = worklist, pg_temp
        as $$
        declare
          v_id uuid;
        begin
          insert into worklist.tasks as t (id, kind, subject_kind, subject_id, about_id, detail, account_id, role, office_id, due_at, due_on, dedupe, opened_at)
          values (p_id, p_kind, p_subject_kind, p_subject_id, p_about, p_detail, p_account, p_role, p_office, p_due_at, p_due_on, p_dedupe, p_now)
          on conflict (dedupe) where state = 'open' do update set detail = excluded.detail, account_id = excluded.account_id, role = excluded.role,
            office_id = excluded.office_id, due_at = excluded.due_at, due_on = excluded.due_on,
            escalated_at = case when excluded.due_at > t.due_at then null else t.escalated_at end
          returning t.id into v_id;
          delete from worklist.reminders r where r.task_id = v_id and r.sent_at is null and r.dropped_at is null and r.due_at <> all (p_remind);
          insert into worklist.reminders (task_id, due_at) select v_id, moment from unnest(p_remind) as asked (moment) on conflict do nothing;
          return v_id;
        end $$;

      create function worklist.close_tasks(p_kind text, p_subject_id uuid, p_state text, p_by uuid, p_now timestamptz) returns int
        language plpgsql volatile security definer set search_path = worklist, pg_temp
        as $$
        declare
          v_closed int;
        begin
          update worklist.tasks set state = p_state, closed_at = p_now, closed_by = p_by where subject_id = p_subject_id and kind = p_kind and state = 'open';
          get diagnostics v_closed = row_count;
          return v_closed;
        end $$;

      revoke execute on function worklist.open_task, worklist.close_tasks from public;
      grant execute on function worklist.open_task, worklist.close_tasks to register_api, register_worker;

      grant select on worklist.tasks to register_api;
      grant update (state, closed_at, closed_by) on worklist.tasks to register_api;
      grant select, insert on worklist.inbox to register_api;
      grant update (read_at) on worklist.inbox to register_api;
      grant select, insert on worklist.tasks, worklist.inbox to register_worker;
      grant select on worklist.reminders to register_worker;
      grant update (escalated_at) on worklist.tasks to register_worker;
      grant update (sent_at, dropped_at) on worklist.reminders to register_worker;

      alter table worklist.tasks enable row level security;
      alter table worklist.reminders enable row level security;
      alter table worklist.inbox enable row level security;
      create policy tasks_mine on worklist.tasks for select to register_api
        using (account_id = (select worklist.me()) or post = any ((select worklist.my_posts())::text[]));
      create policy tasks_completed on worklist.tasks for update to register_api
        using (account_id = (select worklist.me()) or post = any ((select worklist.my_posts())::text[]));
      create policy inbox_mine on worklist.inbox for select to register_api using (account_id = (select worklist.me()));
      create policy inbox_marked on worklist.inbox for update to register_api using (account_id = (select worklist.me()));
      create policy inbox_told on worklist.inbox for insert to register_api with check (true);
      create policy tasks_worker on worklist.tasks to register_worker using (true);
      create policy reminders_worker on worklist.reminders to register_worker using (true);
      create policy inbox_worker on worklist.inbox to register_worker using (true);

      insert into platform.settings (name, during, value, citation)
      values ('worklist.escalate_after_days', '[2020-01-01,)', '3', 'A rule of the register: no order names a number of days.');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from platform.settings where name = 'worklist.escalate_after_days';
      drop schema worklist cascade;
    `);
  }
}
