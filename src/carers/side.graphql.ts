import { ArgsType, Extensions, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsOptional, Matches } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { carers } from './carers.refusals.js';

@ObjectType({ description: 'Nights in which somebody else looks after the children of a family.' })
export class Respite {
  @Field(() => IdScalar, { description: 'The respite.' })
  id: string;

  @Field(() => DayScalar, { description: 'The day on which the first night begins.' })
  from: CivilDate;

  @Field(() => DayScalar, { description: 'The morning after the last night.' })
  to: CivilDate;

  @Field(() => String, { nullable: true, description: 'Why a supervisor gave more than the year has.' })
  overReason: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was cancelled; its nights count no more.' })
  cancelledOn: CivilDate | null;
}

@ObjectType({ description: 'A family\'s nights of respite in a calendar year.' })
export class RespiteBalance {
  @Field(() => Int, { description: 'The year.' })
  year: number;

  @Field(() => Int, { description: 'How many nights the year has.' })
  entitled: number;

  @Field(() => Int, { description: 'How many are taken or planned.' })
  taken: number;

  @Field(() => Int, { description: 'How many are left.' })
  left: number;
}

export enum GroupTopic {
  behaviour = 'behaviour',
  school = 'school',
  health = 'health',
  money = 'money',
  contact_with_parents = 'contact_with_parents',
  own_children = 'own_children',
  rest = 'rest',
  rights = 'rights',
  other = 'other',
}
registerEnumType(GroupTopic, { name: 'GroupTopic', description: 'What a group of carers talks about.' });

@ObjectType({ description: 'A meeting of a group of carers.' })
export class GroupMeeting {
  @Field(() => IdScalar, { description: 'The meeting.' })
  id: string;

  @Field(() => DayScalar, { description: 'The day.' })
  on: CivilDate;

  @Extensions({ maximum: 9 })
  @Field(() => [GroupTopic], { description: 'What they talked about.' })
  topics: GroupTopic[];

  @Field(() => [IdScalar], { description: 'Who came: adults of families.' })
  came: string[];
}

@ObjectType({ description: 'A group of carers who meet.' })
export class CarersGroup {
  @Field(() => IdScalar, { description: 'The group.' })
  id: string;

  @Field(() => String, { description: 'Name in Khmer.' })
  nameKm: string;

  @Field(() => String, { description: 'Name in Latin letters.' })
  nameLatin: string;

  @Field(() => String, { description: 'Code of its commune or village.' })
  areaCode: string;

  @Field(() => IdScalar, { nullable: true, description: 'The carer who leads it.' })
  leaderId: string | null;

  @Field(() => DayScalar, { description: 'The day on which it was founded.' })
  foundedOn: CivilDate;

  @Field(() => [IdScalar], { description: 'Who belongs to it today: adults of families, at most 100.' })
  members: string[];

  officeId: string;
}

export const CarersGroupResult = resultUnion(CarersGroup, 'CarersGroup', carers);
export const CarersGroupConnection = connectionOf(CarersGroup, 'CarersGroup');

@ArgsType()
export class CarersGroupsArgs extends PageArgs {
  @Field(() => String, { defaultValue: '', description: 'Only groups of this area.' })
  @IsOptional()
  @Matches(/^(\d{2}){0,4}$/)
  areaCode: string = '';
}

export enum ComplaintTopic {
  decision = 'decision',
  worker = 'worker',
  money = 'money',
  support = 'support',
  placement = 'placement',
  other = 'other',
}
registerEnumType(ComplaintTopic, { name: 'ComplaintTopic', description: 'What a carer complains about.' });

export enum ComplaintLevel {
  province = 'province',
  ministry = 'ministry',
}
registerEnumType(ComplaintLevel, { name: 'ComplaintLevel', description: 'Where a complaint is answered.' });

export enum ComplaintOutcome {
  upheld = 'upheld',
  partly_upheld = 'partly_upheld',
  not_upheld = 'not_upheld',
}
registerEnumType(ComplaintOutcome, { name: 'ComplaintOutcome', description: 'What came of a complaint.' });

@ObjectType({ description: 'A complaint of a carer, or her appeal. Whoever it is about never sees it.' })
export class Complaint {
  @Field(() => IdScalar, { description: 'The complaint.' })
  id: string;

  @Field(() => IdScalar, { description: 'The family of the carer.' })
  familyId: string;

  @Field(() => DayScalar, { description: 'The day on which she complained.' })
  receivedOn: CivilDate;

  @Field(() => ComplaintTopic, { description: 'What it is about.' })
  topic: ComplaintTopic;

  @Field(() => String, { description: 'What she said.' })
  words: string;

  @Field(() => IdScalar, { nullable: true, description: 'The record whose decision it is about.' })
  decisionId: string | null;

  @Field(() => ComplaintLevel, { description: 'Where it is answered.' })
  level: ComplaintLevel;

  @Field(() => DayScalar, { description: 'The day until which it is answered.' })
  dueOn: CivilDate;

  @Field(() => IdScalar, { nullable: true, description: 'The complaint against whose answer this is the appeal.' })
  appealOf: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it went up because nobody had answered.' })
  escalatedOn: CivilDate | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day of the answer.' })
  answeredOn: CivilDate | null;

  @Field(() => ComplaintOutcome, { nullable: true, description: 'What came of it.' })
  outcome: ComplaintOutcome | null;

  @Field(() => String, { nullable: true, description: 'The answer.' })
  answer: string | null;
}

export const ComplaintResult = resultUnion(Complaint, 'Complaint', carers);
export const ComplaintConnection = connectionOf(Complaint, 'Complaint');

@ArgsType()
export class ComplaintsArgs extends PageArgs {
  @Field(() => Boolean, { defaultValue: true, description: 'Only what is not answered yet.' })
  @IsBoolean()
  open: boolean = true;
}

export enum ExitReason {
  money = 'money',
  too_little_support = 'too_little_support',
  behaviour_of_a_child = 'behaviour_of_a_child',
  own_health = 'own_health',
  own_family = 'own_family',
  moved = 'moved',
  work = 'work',
  age = 'age',
  allegation = 'allegation',
  way_they_were_treated = 'way_they_were_treated',
  wish_fulfilled = 'wish_fulfilled',
  did_not_want_to_say = 'did_not_want_to_say',
}
registerEnumType(ExitReason, { name: 'ExitReason', description: 'Why carers leave, in their own view.' });

@ObjectType({ description: 'Why carers left, as they said it.' })
export class ExitInterview {
  @Field(() => DayScalar, { description: 'The day on which they were asked.' })
  on: CivilDate;

  @Extensions({ maximum: 12 })
  @Field(() => [ExitReason], { description: 'Their reasons.' })
  reasons: ExitReason[];

  @Field(() => String, { nullable: true, description: 'Their words.' })
  words: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Would they come back? Null where they did not say.' })
  wouldReturn: boolean | null;
}

