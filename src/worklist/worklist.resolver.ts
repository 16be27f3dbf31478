import { Args, Context, Extensions, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { CivilDate } from '../kernel/civil-date.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { say } from '../platform/messages/messages.js';
import type { Language } from '../platform/messages/messages.js';
import { CompleteTaskInput, InboxArgs, InboxConnection, InboxMessage, InboxMessageResult, InboxReason, MarkReadInput, Task, TaskConnection, TaskResult, WorklistArgs } from './task.graphql.js';
import { taskKind, textOf } from './task-kinds.js';
import { TasksService } from './tasks.service.js';
import { acts } from './worklist.policy.js';
import { listMessages, listTasks, messageById, taskById } from './worklist.queries.js';
import type { MessageRow, TaskRow } from './worklist.queries.js';
import { worklist } from './worklist.refusals.js';

@Resolver(() => Task)
export class WorklistResolver {
  constructor(private readonly service: TasksService) {}

  @Query(() => TaskConnection, { description: 'What is due to the caller, or to the posts she holds, the first due first.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['task.read'])
  async worklist(@Args() page: WorklistArgs, @Context() request: RequestContext): Promise<Page<Task>> {
    const after = afterKey(page, 'moment', 'id');
    const rows = await listTasks(await request.query(), { kind: page.kind ?? null, dueBefore: page.dueBefore ?? null }, after, page.first + 1);
    return pageOf(page, rows, (row) => [row.due_at.toISOString(), row.id], (row) => toTask(row, request.language));
  }

  @Query(() => InboxConnection, { description: 'The caller\'s messages, the latest first.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['inbox.read'])
  async inbox(@Args() page: InboxArgs, @Context() request: RequestContext): Promise<Page<InboxMessage>> {
    const after = afterKey(page, 'id');
    const rows = await listMessages(await request.query(), page.unread, after, page.first + 1);
    return pageOf(page, rows, (row) => [row.id], (row) => toMessage(row, request.language));
  }

  @Mutation(() => TaskResult, { description: 'Ticks off a task that ends by hand.' })
  @Can(acts['task.complete'])
  completeTask(@Args('input') input: CompleteTaskInput, @Context() request: RequestContext) {
    return answer(request, worklist, this.service.complete(request.actor, input, request.requestId), async (id) => {
      const row = await request.load(taskById, id);
      return row && toTask(row, request.language);
    });
  }

  @Mutation(() => InboxMessageResult, { description: 'Marks a message as read.' })
  @Can(acts['inbox.markRead'])
  markRead(@Args('input') input: MarkReadInput, @Context() request: RequestContext) {
    return answer(request, worklist, this.service.markRead(request.actor, input, request.requestId), async (id) => {
      const row = await request.load(messageById, id);
      return row && toMessage(row, request.language);
    });
  }
}

function toTask(row: TaskRow, language: Language): Task {
  return {
    id: row.id,
    kind: row.kind,
    label: say(language, textOf(row.kind), { detail: row.detail ?? '' }),
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    aboutId: row.about_id,
    dueOn: row.due_on as CivilDate,
    dueAt: row.due_at,
    overdue: row.overdue,
    escalated: row.escalated_at !== null,
    byHand: taskKind(row.kind)?.byHand ?? false,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  };
}

function toMessage(row: MessageRow, language: Language): InboxMessage {
  const what = say(language, textOf(row.kind), { detail: row.detail ?? '', items: row.items });
  return {
    id: row.id,
    kind: row.kind,
    reason: row.reason as InboxReason,
    text: say(language, `inbox.${row.reason}`, { what }),
    subjectKind: row.subject_kind,
    subjectIds: row.subject_ids,
    items: row.items,
    sentAt: row.created_at,
    readAt: row.read_at,
  };
}
