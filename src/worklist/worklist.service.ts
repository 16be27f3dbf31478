import { Injectable } from '@nestjs/common';
import { addDays, startOfDay, todayIn } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Role } from '../platform/auth/roles.js';
import { actorId } from '../platform/database/op.js';
import type { Op } from '../platform/database/op.js';
import type { KindText, TaskKind } from './task-kinds.js';

/** To one person, or to whoever holds a role at an office; a role of the whole country has no office. */
export type Assignee =
  | { readonly account: string; readonly role?: undefined; /** Whose supervisor hears of it when it is overdue. */ readonly office?: string | null }
  | { readonly account?: undefined; readonly role: Role; readonly office?: string | null };

/** A task that is due. */
export interface Due {
  readonly kind: TaskKind;
  readonly subject: readonly [kind: string, id: string];
  /** The child or family it is about. */
  readonly about?: string | null;
  /** A code that the kind's text shows. */
  readonly detail?: string;
  readonly to: Assignee;
  /** A day: due until it ends; or a moment. */
  readonly due: CivilDate | Date;
  readonly remindAt?: readonly Date[];
  /** Two open tasks never share it; kind and subject where none is given. */
  readonly dedupe?: string;
}

/** Something to be told at once. */
export interface Told {
  readonly kind: KindText;
  readonly subject: readonly [kind: string, id: string];
  readonly detail?: string;
  readonly to: Assignee;
}

/** What every room says about what is due to whom, always in its own operation. */
@Injectable()
export class WorklistService {
  /** Opens a task, or brings the open one with the same `dedupe` up to date. Gives its id. */
  async due(op: Op, task: Due): Promise<string> {
    const byDay = !(task.due instanceof Date);
    const at = byDay ? startOfDay(addDays(task.due as CivilDate, 1)) : (task.due as Date);
    const on = byDay ? (task.due as CivilDate) : todayIn(task.due as Date);
    const row = await op.tx.row<{ id: string }>('select worklist.open_task($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::timestamptz[], $14) as id', [
      newId(), task.kind.kind, task.subject[0], task.subject[1], task.about ?? null, task.detail ?? null,
      task.to.account ?? null, task.to.role ?? null, task.to.office ?? null, at, on,
      task.dedupe ?? `${task.kind.kind}:${task.subject[1]}`, (task.remindAt ?? []).map((moment) => moment.toISOString()), op.now,
    ]);
    return row?.id ?? '';
  }

  /** Closes the open tasks of this kind about this subject: what they asked for was done. Says how many there were. */
  async done(op: Op, task: { readonly kind: TaskKind; readonly subjectId: string }): Promise<number> {
    return this.close(op, task, 'done');
  }

  /** Closes the open tasks of this kind about this subject: they are no longer needed. */
  async cancel(op: Op, task: { readonly kind: TaskKind; readonly subjectId: string }): Promise<number> {
    return this.close(op, task, 'cancelled');
  }

  /** Closes every open task about a child who has died, whoever's it is: with them end their reminders. Says how many there were. */
  async cancelAbout(op: Op, aboutId: string): Promise<number> {
    return (await op.tx.row<{ closed: number }>('select worklist.close_about($1, $2, $3) as closed', [aboutId, actorId(op), op.now]))?.closed ?? 0;
  }

  /** Puts a message into the inbox of the person, or of everybody who holds the role at the office (or at the nearest one above it). */
  async tell(op: Op, { kind, subject, detail, to }: Told): Promise<void> {
    await op.tx.run(
      `insert into worklist.inbox (id, account_id, kind, reason, subject_kind, subject_ids, detail, created_at)
       select uuidv7(), account, $1, 'told', $2, array[$3::uuid], $4, $5
       from unnest(case when $6::uuid is not null then array[$6::uuid] else array(select worklist.holders($7, $8, $9)) end) as account`,
      [kind.kind, subject[0], subject[1], detail ?? null, op.now, to.account ?? null, to.role ?? null, to.office ?? null, op.today],
    );
  }

  private async close(op: Op, task: { readonly kind: TaskKind; readonly subjectId: string }, state: 'done' | 'cancelled'): Promise<number> {
    const row = await op.tx.row<{ closed: number }>('select worklist.close_tasks($1, $2, $3, $4, $5) as closed', [task.kind.kind, task.subjectId, state, actorId(op), op.now]);
    return row?.closed ?? 0;
  }
}
