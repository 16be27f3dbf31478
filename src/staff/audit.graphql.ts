import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsString } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { DayScalar, IdScalar, MomentScalar } from '../platform/graphql/scalars.js';

@ObjectType({ description: 'One act of the trade that was done: who, with which posting, what, to what, when. Codes and ids only.' })
export class AuditedAct {
  @Field(() => IdScalar, { description: 'The act.' })
  id: string;

  @Field(() => MomentScalar, { description: 'When it was recorded.' })
  at: Date;

  actorId: string | null;

  postingId: string | null;

  @Field(() => String, { nullable: true, description: 'The job, where the register acted by itself.' })
  system: string | null;

  @Field(() => String, { description: 'The act: `campaign.open`.' })
  act: string;

  @Field(() => String, { description: 'What kind of record it was done to.' })
  subjectKind: string;

  @Field(() => IdScalar, { description: 'The record it was done to.' })
  subjectId: string;

  @Field(() => IdScalar, { nullable: true, description: 'The child, family or account it was about, where that is another record.' })
  aboutId: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it happened.' })
  on: string | null;

  @Field(() => String, { nullable: true, description: 'The reason, as a code.' })
  reason: string | null;

  @Field(() => [String], { description: 'Names of the fields that changed.' })
  changed: string[];
}

@ObjectType({ description: 'A file that was opened: who, whose, when, in which operation.' })
export class AuditedRead {
  @Field(() => MomentScalar, { description: 'When.' })
  at: Date;

  actorId: string | null;

  @Field(() => String, { description: 'What kind of file.' })
  subjectKind: string;

  @Field(() => IdScalar, { description: 'Whose file.' })
  subjectId: string;

  @Field(() => String, { description: 'The root field that opened it.' })
  operation: string;
}

@ObjectType({ description: 'Something that was asked and not allowed.' })
export class AuditedDenial {
  @Field(() => MomentScalar, { description: 'When.' })
  at: Date;

  actorId: string | null;

  @Field(() => String, { description: 'The act that was asked for.' })
  act: string;

  @Field(() => String, { description: 'The answer: FORBIDDEN or NOT_FOUND.' })
  code: string;
}

export const AuditedActConnection = connectionOf(AuditedAct, 'AuditedAct');
export const AuditedReadConnection = connectionOf(AuditedRead, 'AuditedRead');
export const AuditedDenialConnection = connectionOf(AuditedDenial, 'AuditedDenial');

/** Who and when. */
@ArgsType()
export class DenialsArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only of this account.' })
  @IsOptional()
  @IsString()
  actorId?: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'From this day on.' })
  @IsOptional()
  @IsString()
  from?: CivilDate | null;

  @Field(() => DayScalar, { nullable: true, description: 'To this day, which is included.' })
  @IsOptional()
  @IsString()
  to?: CivilDate | null;
}

/** Who, when, and to what. */
@ArgsType()
export class AuditArgs extends DenialsArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only about this record.' })
  @IsOptional()
  @IsString()
  subjectId?: string | null;
}
