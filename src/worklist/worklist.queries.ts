import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';

export interface TaskRow {
  readonly id: string;
  readonly kind: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly about_id: string | null;
  readonly detail: string | null;
  readonly due_at: Date;
  readonly due_on: string;
  readonly state: string;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
  readonly escalated_at: Date | null;
  readonly overdue: boolean;
}

export interface MessageRow {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly subject_kind: string;
  readonly subject_ids: string[];
  readonly items: number;
  readonly detail: string | null;
  readonly created_at: Date;
  readonly read_at: Date | null;
}

type Key = readonly (string | number | null)[] | undefined;

// $1 is the operation's clock. Whose rows these are, row security says.
const TASK = `id, kind, subject_kind, subject_id, about_id, detail, due_at, due_on, state, opened_at, closed_at, escalated_at, state = 'open' and due_at <= $1 as overdue`;
const MESSAGE = `id, kind, reason, subject_kind, subject_ids, items, detail, created_at, read_at`;

/** Tasks by id, open or closed, of the actor or her posts. */
export const taskById = defineLoader<TaskRow>('task', async (op, ids) =>
  inOrder(ids, await op.tx.rows<TaskRow>(`select ${TASK} from worklist.tasks where id = any ($2::uuid[])`, [op.now, ids]), (row) => row.id),
);

/** Messages by id, of the actor. */
export const messageById = defineLoader<MessageRow>('inboxMessage', async (op, ids) =>
  inOrder(ids, await op.tx.rows<MessageRow>(`select ${MESSAGE} from worklist.inbox where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** The actor's open tasks, the first due first; `after` is the moment and the id of the last one seen. */
export async function listTasks(op: Op, only: { kind: string | null; dueBefore: CivilDate | null }, after: Key, limit: number): Promise<TaskRow[]> {
  const [moment = null, id = null] = after ?? [];
  return op.tx.rows<TaskRow>(
    `select ${TASK} from worklist.tasks
     where state = 'open' and ($2::text is null or kind = $2) and ($3::date is null or due_on < $3)
       and ($4::timestamptz is null or (due_at, id) > ($4::timestamptz, $5::uuid))
     order by due_at, id limit $6`,
    [op.now, only.kind, only.dueBefore, moment, id, limit],
  );
}

/** The actor's messages, the latest first; `after` is the id of the last one seen. */
export async function listMessages(op: Op, unread: boolean, after: Key, limit: number): Promise<MessageRow[]> {
  const [id = null] = after ?? [];
  return op.tx.rows<MessageRow>(
    `select ${MESSAGE} from worklist.inbox where (not $1 or read_at is null) and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [unread, id, limit],
  );
}
