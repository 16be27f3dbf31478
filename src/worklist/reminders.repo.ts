import type { Op } from '../platform/database/op.js';
import type { TaskKind } from './task-kinds.js';

/** How many reminders or overdue tasks one transaction takes. */
export const BATCH = 200;

/**
 * Sends one batch of reminders that are due. Reminder and task are locked and read as they are now: of a closed task
 * nothing is sent. What somebody else holds at this moment waits for the next sweep. Says how many were handled.
 */
export async function sendReminders(op: Op): Promise<number> {
  const row = await op.tx.row<{ handled: number }>(
    `with due as materialized (
       select r.task_id, r.due_at, t.kind, t.state, t.subject_kind, t.subject_id, t.detail, t.account_id, t.role, t.office_id
       from worklist.reminders r join worklist.tasks t on t.id = r.task_id
       where r.due_at <= $1 and r.sent_at is null and r.dropped_at is null
       order by r.due_at limit ${BATCH} for update of r, t skip locked),
     ended as (
       update worklist.reminders r set sent_at = case when d.state = 'open' then $1::timestamptz end, dropped_at = case when d.state <> 'open' then $1::timestamptz end
       from due d where r.task_id = d.task_id and r.due_at = d.due_at),
     told as (
       insert into worklist.inbox (id, account_id, kind, reason, subject_kind, subject_ids, detail, created_at)
       select uuidv7(), account, d.kind, 'reminder', d.subject_kind, array[d.subject_id], d.detail, $1
       from due d cross join lateral unnest(case when d.account_id is not null then array[d.account_id]
         else array(select worklist.holders(d.role, d.office_id, $2)) end) as account
       where d.state = 'open')
     select count(*)::int as handled from due`,
    [op.now, op.today],
  );
  return row?.handled ?? 0;
}

/**
 * Tells supervisors of one batch of tasks that are overdue for longer than their kind allows: one message a supervisor,
 * and of each task once. Says how many were handled.
 */
export async function escalate(op: Op, kinds: readonly TaskKind[], digest: string): Promise<number> {
  const row = await op.tx.row<{ handled: number }>(
    `with patience as (
       select k.kind, coalesce(k.days, (platform.setting('worklist.escalate_after_days', $2) #>> '{}')::int) as days
       from unnest($3::text[], $4::int[]) as k (kind, days)),
     late as materialized (
       select t.id, t.account_id, t.office_id from worklist.tasks t join patience p on p.kind = t.kind
       where t.state = 'open' and t.escalated_at is null and t.due_at < $1::timestamptz - make_interval(days => p.days)
       order by t.due_at limit ${BATCH} for update of t skip locked),
     marked as (update worklist.tasks t set escalated_at = $1 from late where t.id = late.id),
     heard as (
       select supervisor, late.id from late
       cross join lateral (select coalesce(late.office_id, (select p.office_id from staff.postings p
         where p.account_id = late.account_id and p.during @> $2::date and p.office_id is not null order by p.id limit 1)) as office_id) as place
       cross join lateral worklist.holders('supervisor', place.office_id, $2) as supervisor),
     told as (
       insert into worklist.inbox (id, account_id, kind, reason, subject_kind, subject_ids, items, created_at)
       select uuidv7(), supervisor, $5, 'overdue', 'task', (array_agg(id order by id))[1:100], count(*)::int, $1 from heard group by supervisor)
     select count(*)::int as handled from late`,
    [op.now, op.today, kinds.map(({ kind }) => kind), kinds.map(({ escalateAfterDays }) => escalateAfterDays ?? null), digest],
  );
  return row?.handled ?? 0;
}

/** For how many seconds the oldest reminder that is due has waited to be sent; 0 where none waits. */
export async function oldestUnsent(op: Op): Promise<number> {
  const row = await op.tx.row<{ age: number }>(
    `select extract(epoch from $1::timestamptz - due_at)::float8 as age from worklist.reminders
     where sent_at is null and dropped_at is null and due_at < $1 order by due_at limit 1`,
    [op.now],
  );
  return row?.age ?? 0;
}
