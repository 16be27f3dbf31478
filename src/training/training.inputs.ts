import { ArgsType, Field, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsBoolean, IsDefined, IsEnum, IsInt, IsOptional, IsUUID, Matches, Max, Min, ValidateNested } from 'class-validator';
import { AREA_CODE } from '../carers/family.graphql.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { CancelReason, TrainingAudience } from './training.graphql.js';

@InputType({ description: 'A part of a course.' })
export class CourseModuleInput {
  @Field(() => String, { description: 'Name in Khmer, at most 120 characters.' })
  @IsText(120)
  nameKm: string;

  @Field(() => String, { description: 'Name in Latin letters, at most 120 characters.' })
  @IsText(120)
  nameLatin: string;

  @Field(() => Int, { description: 'How many hours it takes.' })
  @IsInt()
  @Min(1)
  @Max(400)
  hours: number;
}

@InputType({ description: 'Opens a course.' })
export class OpenCourseInput extends KeyedInput {
  @Field(() => TrainingAudience, { description: 'For whom it is.' })
  @IsEnum(TrainingAudience)
  audience: TrainingAudience;

  @Field(() => String, { description: 'Name in Khmer, at most 120 characters.' })
  @IsText(120)
  nameKm: string;

  @Field(() => String, { description: 'Name in Latin letters, at most 120 characters.' })
  @IsText(120)
  nameLatin: string;

  @Field(() => Int, { description: 'How many hours it takes.' })
  @IsInt()
  @Min(1)
  @Max(400)
  hours: number;

  @Field(() => Int, { description: 'For how many months its certificate holds.' })
  @IsInt()
  @Min(1)
  @Max(120)
  validityMonths: number;

  @Field(() => [CourseModuleInput], { nullable: true, description: 'Its parts in their order, at most 20, whose hours add up to the course\'s; without any it is taught and attended as a whole.' })
  @IsOptional()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => CourseModuleInput)
  modules?: CourseModuleInput[] | null;

  @Field(() => Int, { nullable: true, description: 'What its assessment asks for, of 100; left out where there is none.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  passMark?: number | null;

  @Field(() => IdScalar, { nullable: true, description: 'The course whose certificate it renews: for the same audience.' })
  @IsOptional()
  @IsUUID()
  renewsId?: string | null;
}

@InputType({ description: 'A part of a course that is taught on a day.' })
export class LessonInput {
  @Field(() => DayScalar, { description: 'The day: one of the session\'s.' })
  @IsDefined()
  day: CivilDate;

  @Field(() => IdScalar, { description: 'The part.' })
  @IsUUID()
  moduleId: string;
}

@InputType({ description: 'Opens a session of a course.' })
export class OpenSessionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The course.' })
  @IsUUID()
  courseId: string;

  @Field(() => IdScalar, { nullable: true, description: 'Account of the trainer; the caller where it is left out.' })
  @IsOptional()
  @IsUUID()
  trainerId?: string | null;

  @Field(() => String, { description: 'Code of the district, commune or village.' })
  @Matches(AREA_CODE)
  areaCode: string;

  @Field(() => String, { nullable: true, description: 'The house, hall or pagoda.' })
  @IsOptional()
  @IsText(120)
  place?: string | null;

  @Field(() => [DayScalar], { description: 'Its days; one that is past is a late entry.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @ArrayUnique()
  days: CivilDate[];

  @Field(() => Int, { description: 'How many people it has room for.' })
  @IsInt()
  @Min(1)
  @Max(200)
  capacity: number;

  @Field(() => [LessonInput], { nullable: true, description: 'Which part is taught on which day; left out, they are spread over the days in order, by their hours.' })
  @IsOptional()
  @ArrayMaxSize(200)
  @ArrayUnique((one: LessonInput) => `${one.day} ${one.moduleId}`)
  @ValidateNested({ each: true })
  @Type(() => LessonInput)
  lessons?: LessonInput[] | null;
}

@InputType({ description: 'Takes somebody off the list of a session; who waited longest gets the place.' })
export class WithdrawRegistrationInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The registration.' })
  @IsUUID()
  registrationId: string;

  @Field(() => DayScalar, { description: 'The day on which she withdrew: not ahead; a late entry is taken.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Gives a session more room, or less.' })
export class ResizeSessionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The session.' })
  @IsUUID()
  sessionId: string;

  @Field(() => Int, { description: 'How many people it has room for.' })
  @IsInt()
  @Min(1)
  @Max(200)
  capacity: number;
}

@InputType({ description: 'Cancels a session that was not held.' })
export class CancelSessionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The session.' })
  @IsUUID()
  sessionId: string;

  @Field(() => CancelReason, { description: 'Why.' })
  @IsEnum(CancelReason)
  reason: CancelReason;
}

@InputType({ description: 'Records the result of an assessment; the latest counts.' })
export class AssessRegistrationInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The registration.' })
  @IsUUID()
  registrationId: string;

  @Field(() => DayScalar, { description: 'The day: not ahead; a late entry is taken.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => Int, { description: 'The result, of 100.' })
  @IsInt()
  @Min(0)
  @Max(100)
  score: number;
}

@InputType({ description: 'Puts somebody on the list of a session: an adult of a family, or a colleague.' })
export class RegisterForSessionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The session.' })
  @IsUUID()
  sessionId: string;

  @Field(() => IdScalar, { nullable: true, description: 'The adult of a family.' })
  @IsOptional()
  @IsUUID()
  adultId?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Account of the colleague.' })
  @IsOptional()
  @IsUUID()
  accountId?: string | null;

  @Field(() => DayScalar, { description: 'The day on which she was put on the list: not ahead; a late entry is taken.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => Boolean, { defaultValue: false, description: 'Shall she wait for a place where all are taken?' })
  @IsBoolean()
  waitIfFull: boolean;
}

@InputType({ description: 'Whether somebody was there.' })
export class PresenceInput {
  @Field(() => IdScalar, { description: 'The registration.' })
  @IsUUID()
  registrationId: string;

  @Field(() => Boolean, { description: 'Was she there?' })
  @IsBoolean()
  present: boolean;
}

@InputType({ description: 'Records who was there on a day of a session. A day that was recorded wrongly is recorded again.' })
export class RecordAttendanceInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The session.' })
  @IsUUID()
  sessionId: string;

  @Field(() => DayScalar, { description: 'The day: one of the session\'s, not ahead.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => IdScalar, { nullable: true, description: 'The part of the course; left out, all that are taught on the day.' })
  @IsOptional()
  @IsUUID()
  moduleId?: string | null;

  @Field(() => [PresenceInput], { description: 'Who was there and who was not.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique((one: PresenceInput) => one.registrationId)
  @ValidateNested({ each: true })
  @Type(() => PresenceInput)
  present: PresenceInput[];
}

@InputType({ description: 'Issues the certificate of a session to somebody who was there.' })
export class IssueCertificateInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The registration.' })
  @IsUUID()
  registrationId: string;

  @Field(() => DayScalar, { description: 'From which day it holds: not before the last day of the session, not ahead.' })
  @IsDefined()
  on: CivilDate;
}

@ArgsType()
export class CoursesArgs extends PageArgs {
  @Field(() => TrainingAudience, { nullable: true, description: 'Only courses for these people.' })
  @IsOptional()
  @IsEnum(TrainingAudience)
  audience?: TrainingAudience | null;
}

@ArgsType()
export class TrainingSessionsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only sessions in this area.' })
  @IsOptional()
  @Matches(AREA_CODE)
  areaCode?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Only sessions of this course.' })
  @IsOptional()
  @IsUUID()
  courseId?: string | null;
}
