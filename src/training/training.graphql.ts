import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsBoolean, IsDefined, IsEnum, IsInt, IsOptional, IsUUID, Matches, Max, Min, ValidateNested } from 'class-validator';
import { AREA_CODE } from '../carers/family.graphql.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { training } from './training.refusals.js';

export enum TrainingAudience {
  foster_carer = 'foster_carer',
  kinship_carer = 'kinship_carer',
  para_social_worker = 'para_social_worker',
  government_social_worker = 'government_social_worker',
  senior_official = 'senior_official',
  community = 'community',
}
registerEnumType(TrainingAudience, { name: 'TrainingAudience', description: 'For whom a course is.' });

export enum CertificateStatus {
  valid = 'valid',
  expired = 'expired',
  unknown = 'unknown',
}
registerEnumType(CertificateStatus, { name: 'CertificateStatus', description: 'What a certificate\'s number stands for today.' });

@ObjectType({ description: 'A course: what is taught, to whom, and how long its certificate holds.' })
export class Course {
  @Field(() => IdScalar, { description: 'The course.' })
  id: string;

  @Field(() => TrainingAudience, { description: 'For whom it is.' })
  audience: TrainingAudience;

  @Field(() => String, { description: 'Its name in Khmer.' })
  nameKm: string;

  @Field(() => String, { description: 'Its name in Latin letters.' })
  nameLatin: string;

  @Field(() => Int, { description: 'How many hours it takes.' })
  hours: number;

  @Field(() => Int, { description: 'For how many months its certificate holds.' })
  validityMonths: number;
}

export const CourseResult = resultUnion(Course, 'Course', training);
export const CourseConnection = connectionOf(Course, 'Course');

@ObjectType({ description: 'A certificate of a course.' })
export class Certificate {
  @Field(() => IdScalar, { description: 'The certificate.' })
  id: string;

  @Field(() => String, { description: 'Its printed number, which anybody who holds it may verify.' })
  number: string;

  @Field(() => IdScalar, { nullable: true, description: 'The adult of a family who holds it.' })
  adultId: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The colleague who holds it.' })
  accountId: string | null;

  @Field(() => DayScalar, { description: 'First day.' })
  from: CivilDate;

  @Field(() => DayScalar, { description: 'The day on which it no longer holds.' })
  to: CivilDate;

  courseId: string;
}

export const CertificateResult = resultUnion(Certificate, 'Certificate', training);

@ObjectType({ description: 'Somebody on the list of a session.' })
export class TrainingRegistration {
  @Field(() => IdScalar, { description: 'The registration.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'Name in Khmer, as it stood on the sheet.' })
  nameKm: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters.' })
  nameLatin: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The adult of a family.' })
  adultId: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The colleague.' })
  accountId: string | null;

  @Field(() => [DayScalar], { description: 'The days on which she was there.' })
  presentOn: CivilDate[];

  @Field(() => [DayScalar], { description: 'The days on which she was not.' })
  absentOn: CivilDate[];

  @Field(() => Certificate, { nullable: true, description: 'Her certificate of this session.' })
  certificate: Certificate | null;
}

@ObjectType({ description: 'A course that is held at a place on some days.' })
export class TrainingSession {
  @Field(() => IdScalar, { description: 'The session.' })
  id: string;

  @Field(() => IdScalar, { description: 'Account of the trainer.' })
  trainerId: string;

  @Field(() => String, { description: 'Code of the district, commune or village.' })
  areaCode: string;

  @Field(() => String, { nullable: true, description: 'The house, hall or pagoda.' })
  place: string | null;

  @Field(() => [DayScalar], { description: 'Its days, in order.' })
  days: CivilDate[];

  @Field(() => Int, { description: 'How many people it has room for.' })
  capacity: number;

  @Field(() => Int, { description: 'How many are on its list.' })
  registered: number;

  courseId: string;
  audience: TrainingAudience;
}

export const TrainingSessionResult = resultUnion(TrainingSession, 'TrainingSession', training);
export const TrainingSessionConnection = connectionOf(TrainingSession, 'TrainingSession');

@ObjectType({ description: 'What a certificate\'s number stands for. Nothing in it says who holds it.' })
export class VerifiedCertificate {
  @Field(() => CertificateStatus, { description: 'Is it valid today?' })
  status: CertificateStatus;

  @Field(() => String, { nullable: true, description: 'The course, in Khmer.' })
  courseNameKm: string | null;

  @Field(() => String, { nullable: true, description: 'The course, in Latin letters.' })
  courseNameLatin: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'First day.' })
  validFrom: CivilDate | null;

  @Field(() => DayScalar, { nullable: true, description: 'Last day.' })
  validUntil: CivilDate | null;
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
