import { Field, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsDefined, IsEnum, IsOptional, IsUUID, Matches } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { ComplaintOutcome, ComplaintTopic, ExitReason, GroupTopic } from './side.graphql.js';

@InputType({ description: 'Writes down nights of respite, planned or taken.' })
export class RecordRespiteInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => DayScalar, { description: 'The day on which the first night begins: at most a late entry back.' })
  @IsDefined()
  from: CivilDate;

  @Field(() => DayScalar, { description: 'The morning after the last night, at most a year ahead.' })
  @IsDefined()
  to: CivilDate;

  @Field(() => String, { nullable: true, description: 'Why more nights than the year has; only a supervisor gives them. At most 500 characters.' })
  @IsOptional()
  @IsText(500)
  overReason?: string | null;
}

@InputType({ description: 'Cancels nights of respite.' })
export class CancelRespiteInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The respite.' })
  @IsUUID()
  respiteId: string;
}

@InputType({ description: 'Founds a group of carers.' })
export class FoundGroupInput extends KeyedInput {
  @Field(() => String, { description: 'Name in Khmer, at most 120 characters.' })
  @IsText(120)
  nameKm: string;

  @Field(() => String, { description: 'Name in Latin letters, at most 120 characters.' })
  @IsText(120)
  nameLatin: string;

  @Field(() => String, { description: 'Code of its commune or village.' })
  @Matches(/^(\d{6}|\d{8})$/)
  areaCode: string;

  @Field(() => IdScalar, { description: 'The carer who leads it, its first member.' })
  @IsUUID()
  leaderId: string;

  @Field(() => DayScalar, { description: 'The day: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'A carer joins a group, or leads it from now on.' })
export class JoinGroupInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The group.' })
  @IsUUID()
  groupId: string;

  @Field(() => IdScalar, { description: 'The carer: an adult of a family.' })
  @IsUUID()
  adultId: string;

  @Field(() => DayScalar, { description: 'The day: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => Boolean, { defaultValue: false, description: 'Does she lead it from now on? A member may begin to.' })
  @IsBoolean()
  leads: boolean = false;
}

@InputType({ description: 'A carer leaves a group.' })
export class LeaveGroupInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The group.' })
  @IsUUID()
  groupId: string;

  @Field(() => IdScalar, { description: 'The carer: an adult of a family.' })
  @IsUUID()
  adultId: string;

  @Field(() => DayScalar, { description: 'The first day on which she belongs to it no more.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Writes down a meeting of a group.' })
export class RecordGroupMeetingInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The group.' })
  @IsUUID()
  groupId: string;

  @Field(() => DayScalar, { description: 'The day: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => [GroupTopic], { description: 'What they talked about.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(9)
  @ArrayUnique()
  @IsEnum(GroupTopic, { each: true })
  topics: GroupTopic[];

  @Field(() => [IdScalar], { description: 'Who came: members, at most 100.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  came: string[];
}

@InputType({ description: 'Takes down a complaint of a carer.' })
export class RecordComplaintInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family of the carer.' })
  @IsUUID()
  familyId: string;

  @Field(() => DayScalar, { description: 'The day on which she complained: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => ComplaintTopic, { description: 'What it is about.' })
  @IsEnum(ComplaintTopic)
  topic: ComplaintTopic;

  @Field(() => String, { description: 'What she said, at most 4,000 characters.' })
  @IsText(4000)
  words: string;

  @Field(() => IdScalar, { nullable: true, description: 'The account of the person whom it is about.' })
  @IsOptional()
  @IsUUID()
  againstId?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The record whose decision it is about: an application, a placement, a family. Whoever decided it is never shown it.' })
  @IsOptional()
  @IsUUID()
  decisionId?: string | null;
}

@InputType({ description: 'Answers a complaint or an appeal.' })
export class AnswerComplaintInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The complaint.' })
  @IsUUID()
  complaintId: string;

  @Field(() => ComplaintOutcome, { description: 'What came of it.' })
  @IsEnum(ComplaintOutcome)
  outcome: ComplaintOutcome;

  @Field(() => String, { description: 'The answer, as the carer is told it, at most 4,000 characters.' })
  @IsText(4000)
  answer: string;
}

@InputType({ description: 'Takes down a carer\'s appeal against the answer to her complaint.' })
export class AppealComplaintInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The answered complaint.' })
  @IsUUID()
  complaintId: string;

  @Field(() => DayScalar, { description: 'The day on which she appealed: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'Why she does not agree, at most 4,000 characters.' })
  @IsText(4000)
  words: string;
}

@InputType({ description: 'Writes down why the carers of a closed family left.' })
export class RecordExitInterviewInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The closed family.' })
  @IsUUID()
  familyId: string;

  @Field(() => DayScalar, { description: 'The day on which they were asked: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => [ExitReason], { description: 'Their reasons.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(12)
  @ArrayUnique()
  @IsEnum(ExitReason, { each: true })
  reasons: ExitReason[];

  @Field(() => String, { nullable: true, description: 'Their words, at most 2,000 characters.' })
  @IsOptional()
  @IsText(2000)
  words?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Would they come back? Left out where they did not say.' })
  @IsOptional()
  @IsBoolean()
  wouldReturn?: boolean | null;
}
