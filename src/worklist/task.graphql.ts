import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsDefined, IsOptional, Matches } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar, MomentScalar } from '../platform/graphql/scalars.js';
import { worklist } from './worklist.refusals.js';

@ObjectType({ description: 'Something that is due to somebody.' })
export class Task {
  @Field(() => IdScalar, { description: 'The task.' })
  id: string;

  @Field(() => String, { description: 'Its kind as a code, `<room>.<what>`.' })
  kind: string;

  @Field(() => String, { description: 'What is to be done, in the language of the request.' })
  label: string;

  @Field(() => String, { description: 'What kind of record it is about.' })
  subjectKind: string;

  @Field(() => IdScalar, { description: 'The record it is about.' })
  subjectId: string;

  @Field(() => IdScalar, { nullable: true, description: 'The child or family it is about, where that is another record.' })
  aboutId: string | null;

  @Field(() => DayScalar, { description: 'The day on which it is due.' })
  dueOn: CivilDate;

  @Field(() => MomentScalar, { description: 'The moment until which it is due.' })
  dueAt: Date;

  @Field(() => Boolean, { description: 'Is it past its moment, and still open?' })
  overdue: boolean;

  @Field(() => Boolean, { description: 'Has a supervisor been told that it is overdue?' })
  escalated: boolean;

  @Field(() => Boolean, { description: 'Is it ticked off with `completeTask`? Otherwise it ends with the act that it asks for.' })
  byHand: boolean;

  @Field(() => MomentScalar, { description: 'Since when it is on the worklist.' })
  openedAt: Date;

  @Field(() => MomentScalar, { nullable: true, description: 'When it was closed; null while it is open.' })
  closedAt: Date | null;
}

/** Why a message was sent. */
export enum InboxReason {
  told = 'told',
  reminder = 'reminder',
  overdue = 'overdue',
}
registerEnumType(InboxReason, { name: 'InboxReason', description: 'Why a message was sent.' });

@ObjectType({ description: 'A message to one person. It holds ids; its text is made when it is read.' })
export class InboxMessage {
  @Field(() => IdScalar, { description: 'The message.' })
  id: string;

  @Field(() => String, { description: 'Its kind as a code, `<room>.<what>`.' })
  kind: string;

  @Field(() => InboxReason, { description: 'Why it was sent.' })
  reason: InboxReason;

  @Field(() => String, { description: 'What it says, in the language of the request.' })
  text: string;

  @Field(() => String, { description: 'What kind of record it is about.' })
  subjectKind: string;

  @Field(() => [IdScalar], { description: 'The records it is about, at most a hundred.' })
  subjectIds: string[];

  @Field(() => Int, { description: 'How many records it is about.' })
  items: number;

  @Field(() => MomentScalar, { description: 'When it was sent.' })
  sentAt: Date;

  @Field(() => MomentScalar, { nullable: true, description: 'When it was marked as read; null while it is new.' })
  readAt: Date | null;
}

export const TaskConnection = connectionOf(Task, 'Task');
export const InboxConnection = connectionOf(InboxMessage, 'InboxMessage');
export const TaskResult = resultUnion(Task, 'Task', worklist);
export const InboxMessageResult = resultUnion(InboxMessage, 'InboxMessage', worklist);

@ArgsType()
export class WorklistArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only tasks of this kind.' })
  @IsOptional()
  @Matches(/^[a-z0-9_]{1,40}\.[a-z0-9_]{1,60}$/)
  kind?: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'Only tasks that are due before this day.' })
  @IsOptional()
  dueBefore?: CivilDate | null;
}

@ArgsType()
export class InboxArgs extends PageArgs {
  @Field(() => Boolean, { defaultValue: false, description: 'Only what is not marked as read.' })
  @IsBoolean()
  unread: boolean = false;
}

@InputType({ description: 'Ticks off a task that ends by hand.' })
export class CompleteTaskInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The task.' })
  @IsDefined()
  taskId: string;
}

@InputType({ description: 'Marks a message as read.' })
export class MarkReadInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The message.' })
  @IsDefined()
  messageId: string;
}
