import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CivilDate } from '../kernel/civil-date.js';
import { connectionOf } from '../platform/graphql/connection.js';
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
  try_later = 'try_later',
}
registerEnumType(CertificateStatus, { name: 'CertificateStatus', description: 'What a certificate\'s number stands for today.' });

export enum RegistrationState {
  listed = 'listed',
  waiting = 'waiting',
  withdrawn = 'withdrawn',
}
registerEnumType(RegistrationState, { name: 'RegistrationState', description: 'Whether somebody has a place in a session, waits for one, or withdrew.' });

export enum CancelReason {
  too_few = 'too_few',
  trainer_absent = 'trainer_absent',
  weather = 'weather',
  place = 'place',
  other = 'other',
}
registerEnumType(CancelReason, { name: 'CancelReason', description: 'Why a session does not take place.' });

@ObjectType({ description: 'A part of a course.' })
export class CourseModule {
  @Field(() => IdScalar, { description: 'The part.' })
  id: string;

  @Field(() => Int, { description: 'Its place in the course, from 1 on.' })
  position: number;

  @Field(() => String, { description: 'Its name in Khmer.' })
  nameKm: string;

  @Field(() => String, { description: 'Its name in Latin letters.' })
  nameLatin: string;

  @Field(() => Int, { description: 'How many hours it takes.' })
  hours: number;
}

@ObjectType({ description: 'A part of a course that is taught on a day of a session.' })
export class Lesson {
  @Field(() => DayScalar, { description: 'The day.' })
  day: CivilDate;

  @Field(() => IdScalar, { description: 'The part.' })
  moduleId: string;
}

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

  @Field(() => Int, { nullable: true, description: 'What its assessment asks for, of 100; null where there is none.' })
  passMark: number | null;

  @Field(() => IdScalar, { nullable: true, description: 'The course whose certificate it renews.' })
  renewsId: string | null;
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

  @Field(() => Boolean, { description: 'Is it from before the register, taken over from its paper?' })
  earlier: boolean;

  @Field(() => String, { nullable: true, description: 'Of one from before the register: the number on the paper.' })
  paperNumber: string | null;

  @Field(() => String, { nullable: true, description: 'Of one from before the register: who gave it out.' })
  issuer: string | null;

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

  @Field(() => RegistrationState, { description: 'Has she a place?' })
  state: RegistrationState;

  @Field(() => [DayScalar], { description: 'The days on which she was there, at some part at least.' })
  presentOn: CivilDate[];

  @Field(() => [DayScalar], { description: 'The days on which she was not.' })
  absentOn: CivilDate[];

  @Field(() => [IdScalar], { description: 'The parts of the course at which she was there in this session, at each recorded lesson.' })
  attended: string[];

  @Field(() => [IdScalar], { description: 'The parts at which she was not, at one recorded lesson at least.' })
  missed: string[];

  @Field(() => Int, { nullable: true, description: 'The latest result of her assessment, of 100.' })
  score: number | null;

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

  @Field(() => Int, { description: 'How many wait for a place.' })
  waiting: number;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was cancelled.' })
  cancelledOn: CivilDate | null;

  @Field(() => CancelReason, { nullable: true, description: 'Why it was cancelled.' })
  cancelReason: CancelReason | null;

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

  @Field(() => Boolean, { description: 'Is it from before the register? Then the register knows its paper, and nobody\'s attendance.' })
  earlier: boolean;

  @Field(() => String, { nullable: true, description: 'Of one from before the register: the organisation that gave it out.' })
  issuer: string | null;

  @Field(() => Int, { nullable: true, description: 'Where there were too many questions: for how many seconds to wait.' })
  retryAfterSeconds: number | null;
}
