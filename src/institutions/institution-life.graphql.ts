import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsDefined, IsEnum, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar, MomentScalar } from '../platform/graphql/scalars.js';
import { ClosureReason, InspectionKind, InspectionResult, PostKind } from './institution-life.enums.js';
import { InstitutionKind, InstitutionState } from './institution.graphql.js';

@ObjectType({ description: 'A licence of an institution, over days; never two at once.' })
export class InstitutionLicence {
  @Field(() => DayScalar, { description: 'Its first day.' })
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The first day on which it stands no more; null: until further notice.' })
  to: CivilDate | null;

  @Field(() => String, { description: 'Its number.' })
  number: string;

  @Field(() => String, { description: 'Who gave it.' })
  authority: string;

  @Field(() => String, { nullable: true, description: 'Why it ended early.' })
  endReason: string | null;
}

@ObjectType({ description: 'An inspection of an institution.' })
export class Inspection {
  @Field(() => DayScalar, { description: 'The day.' })
  on: CivilDate;

  @Field(() => InspectionKind, { description: 'Why.' })
  kind: InspectionKind;

  @Field(() => InspectionResult, { description: 'What it came to.' })
  result: InspectionResult;

  @Field(() => String, { nullable: true, description: 'What was found.' })
  findings: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day by which the next one is due.' })
  nextDue: CivilDate | null;
}

@ObjectType({ description: 'The order to close an institution, and how far it has come.' })
export class InstitutionClosure {
  @Field(() => DayScalar, { description: 'The day of the order.' })
  orderedOn: CivilDate;

  @Field(() => String, { description: 'The number of the order.' })
  orderNumber: string;

  @Field(() => String, { description: 'Who ordered it.' })
  authority: string;

  @Field(() => ClosureReason, { description: 'Why.' })
  reason: ClosureReason;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which the last child had moved.' })
  emptiedOn: CivilDate | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was closed.' })
  closedOn: CivilDate | null;
}

@ObjectType({ description: 'A goal of the plan by which an institution is closed.' })
export class ClosingGoal {
  @Field(() => IdScalar, { description: 'The goal.' })
  id: string;

  @Field(() => DayScalar, { description: 'The day by which it is to be met.' })
  dueOn: CivilDate;

  @Field(() => String, { description: 'What is to be done.' })
  goal: string;

  @Field(() => String, { description: 'Who sees to it.' })
  responsible: string;

  @Field(() => Int, { description: 'How many children may still live there then.' })
  childrenLeft: number;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was met.' })
  metOn: CivilDate | null;
}

@ObjectType({ description: 'Posts of one kind in an institution, over days: how many there are and how many are filled.' })
export class StaffPosts {
  @Field(() => PostKind, { description: 'What they are for.' })
  kind: PostKind;

  @Field(() => Int, { description: 'How many there are.' })
  posts: number;

  @Field(() => Int, { description: 'How many are filled.' })
  filled: number;

  @Field(() => DayScalar, { description: 'From this day on.' })
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The first day with other numbers.' })
  to: CivilDate | null;
}

@ObjectType({ description: 'What kind, capacity and state an institution had since a moment.' })
export class InstitutionVersion {
  @Field(() => InstitutionKind, { description: 'What kind of place it was.' })
  kind: InstitutionKind;

  @Field(() => Int, { description: 'How many children it might house.' })
  capacity: number;

  @Field(() => InstitutionState, { description: 'How far its closure had come.' })
  state: InstitutionState;

  @Field(() => MomentScalar, { description: 'Since when the register says so.' })
  since: Date;
}

@InputType({ isAbstract: true })
class OfInstitution extends KeyedInput {
  @Field(() => IdScalar, { description: 'The institution.' })
  @IsUUID()
  institutionId: string;
}

@InputType({ description: 'Records a licence of an institution.' })
export class RecordLicenceInput extends OfInstitution {
  @Field(() => DayScalar, { description: 'Its first day; it may lie far back.' })
  @IsDefined()
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The first day on which it stands no more; left out: until further notice.' })
  @IsOptional()
  to?: CivilDate | null;

  @Field(() => String, { description: 'Its number, at most 60 characters.' })
  @IsText(60)
  number: string;

  @Field(() => String, { description: 'Who gave it, at most 200 characters.' })
  @IsText(200)
  authority: string;
}

@InputType({ description: 'A licence ends early: withdrawn, given back.' })
export class EndLicenceInput extends OfInstitution {
  @Field(() => DayScalar, { description: 'The first day on which it stands no more: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'Why, at most 500 characters.' })
  @IsText(500)
  reason: string;
}

@InputType({ description: 'Records an inspection of an institution.' })
export class RecordInspectionInput extends OfInstitution {
  @Field(() => DayScalar, { description: 'The day: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => InspectionKind, { description: 'Why.' })
  @IsEnum(InspectionKind)
  kind: InspectionKind;

  @Field(() => InspectionResult, { description: 'What it came to.' })
  @IsEnum(InspectionResult)
  result: InspectionResult;

  @Field(() => String, { nullable: true, description: 'What was found; needed unless all was in order. At most 4,000 characters.' })
  @IsOptional()
  @IsText(4000)
  findings?: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day by which the next one is due, after this one.' })
  @IsOptional()
  nextDue?: CivilDate | null;
}

@InputType({ description: 'Records the order to close an institution.' })
export class OrderClosureInput extends OfInstitution {
  @Field(() => DayScalar, { description: 'The day of the order: not ahead.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'The number of the order, at most 60 characters.' })
  @IsText(60)
  orderNumber: string;

  @Field(() => String, { description: 'Who ordered it, at most 200 characters.' })
  @IsText(200)
  authority: string;

  @Field(() => ClosureReason, { description: 'Why.' })
  @IsEnum(ClosureReason)
  reason: ClosureReason;
}

@InputType({ description: 'The last child has moved out of an institution that is to be closed.' })
export class RecordEmptiedInput extends OfInstitution {
  @Field(() => DayScalar, { description: 'The day: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'An institution without children is closed.' })
export class CloseInstitutionInput extends OfInstitution {
  @Field(() => DayScalar, { description: 'The day: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Adds a goal to the plan by which an institution is closed.' })
export class AddClosingGoalInput extends OfInstitution {
  @Field(() => DayScalar, { description: 'The day by which it is to be met.' })
  @IsDefined()
  dueOn: CivilDate;

  @Field(() => String, { description: 'What is to be done, at most 1,000 characters; no names of children.' })
  @IsText(1000)
  goal: string;

  @Field(() => String, { description: 'Who sees to it, at most 200 characters.' })
  @IsText(200)
  responsible: string;

  @Field(() => Int, { description: 'How many children may still live there then.' })
  @IsInt()
  @Min(0)
  @Max(1000)
  childrenLeft: number;
}

@InputType({ description: 'A goal of a closing plan is met.' })
export class MeetClosingGoalInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The goal.' })
  @IsUUID()
  closingGoalId: string;

  @Field(() => DayScalar, { description: 'The day: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Records how many posts of one kind an institution has, and how many are filled.' })
export class RecordStaffPostsInput extends OfInstitution {
  @Field(() => PostKind, { description: 'What they are for.' })
  @IsEnum(PostKind)
  kind: PostKind;

  @Field(() => Int, { description: 'How many there are.' })
  @IsInt()
  @Min(0)
  @Max(500)
  posts: number;

  @Field(() => Int, { description: 'How many are filled.' })
  @IsInt()
  @Min(0)
  @Max(500)
  filled: number;

  @Field(() => DayScalar, { description: 'From this day on: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;
}
