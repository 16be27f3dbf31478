import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { actorId } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import type { CompleteTaskInput, MarkReadInput } from './task.graphql.js';
import { taskKind } from './task-kinds.js';
import { acts } from './worklist.policy.js';

/** What people do with their own worklist and inbox. Row security hides everybody else's. */
@Injectable()
export class TasksService {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  /** Ticks off a task. Refuses NOT_BY_HAND, TASK_CLOSED. */
  async complete(actor: UserActor, input: CompleteTaskInput, requestId: string): Promise<Result<string, 'NOT_BY_HAND' | 'TASK_CLOSED'>> {
    return this.uow.command(actor, acts['task.complete'], input, requestId, async (op) => {
      const task = await op.tx.row<{ kind: string; state: string; about_id: string | null }>(
        'select kind, state, about_id from worklist.tasks where id = $1 for no key update', [input.taskId],
      );
      if (task === undefined) throw notFound();
      if (taskKind(task.kind)?.byHand !== true) return refuse('NOT_BY_HAND');
      if (task.state !== 'open') return refuse('TASK_CLOSED', { state: task.state });
      await op.tx.run(`update worklist.tasks set state = 'done', closed_at = $2, closed_by = $3 where id = $1`, [input.taskId, op.now, actorId(op)]);
      await recordAct(op, { subject: ['task', input.taskId], about: task.about_id, on: op.today, reason: task.kind, changed: ['state'] });
      return ok(input.taskId);
    });
  }

  /** Marks a message as read; a second time changes nothing. */
  async markRead(actor: UserActor, input: MarkReadInput, requestId: string): Promise<Result<string, never>> {
    return this.uow.command(actor, acts['inbox.markRead'], input, requestId, async (op) => {
      const marked = await op.tx.run('update worklist.inbox set read_at = coalesce(read_at, $2) where id = $1', [input.messageId, op.now]);
      if (marked === 0) throw notFound();
      await recordAct(op, { subject: ['inbox_message', input.messageId], on: op.today, changed: ['read_at'] });
      return ok(input.messageId);
    });
  }
}
