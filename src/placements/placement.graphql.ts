import { ArgsType, Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsEnum, IsOptional, IsUUID, Matches, ValidateNested } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { CancelReason, CareKind, ConsultationKind, ConsultationOutcome, GoesTo, PlacementEndReason, PlacementState } from './placement.enums.js';
import { placements } from './placements.refusals.js';

@ObjectType({ description: 'What somebody said before a child moved.' })
export class Consultation {
  @Field(() => IdScalar, { description: 'The consultation.' })
  id: string;

  @Field(() => ConsultationKind, { description: 'Who was heard.' })
  kind: ConsultationKind;

  @Field(() => DayScalar, { description: 'The day.' })
  on: CivilDate;

  @Field(() => IdScalar, { description: 'The account of the person who heard it.' })
  heardBy: string;

  @Field(() => IdScalar, { nullable: true, description: 'The parent or guardian who was heard.' })
  relativeId: string | null;

  @Field(() => ConsultationOutcome, { nullable: true, description: 'What came of it; null for a child too young to be asked.' })
  outcome: ConsultationOutcome | null;

  @Field(() => String, { nullable: true, description: 'Why the child was too young to be heard.' })
  tooYoungReason: string | null;

  @Field(() => String, { nullable: true, description: 'The reason, or the searches that were made.' })
  reason: string | null;
}

@ObjectType({ description: 'A child\'s stay with one family, from plan to end.' })
export class Placement {
  @Field(() => IdScalar, { description: 'The placement.' })
  id: string;

  @Field(() => IdScalar, { description: 'The child.' })
  childId: string;

  @Field(() => IdScalar, { description: 'The family.' })
  familyId: string;

  @Field(() => CareKind, { description: 'The kind of care.' })
  careKind: CareKind;

  @Field(() => PlacementState, { description: 'Where it stands.' })
  state: PlacementState;

  @Field(() => IdScalar, { description: 'The office that answers for the child when it was planned.' })
  officeId: string;

  @Field(() => DayScalar, { description: 'The day on which it was planned or recorded.' })
  plannedOn: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was approved.' })
  approvedOn: CivilDate | null;

  @Field(() => [String], { description: 'Codes of the provinces whose supervisor has approved.' })
  approvedBy: string[];

  @Field(() => DayScalar, { description: 'The planned first day, and once it began the real one.' })
  startsOn: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which she left.' })
  endedOn: CivilDate | null;

  @Field(() => PlacementEndReason, { nullable: true, description: 'Why it ended; null also where that rests on an allegation or on health: ask the supervisor.' })
  endReason: PlacementEndReason | null;

  @Field(() => Boolean, { description: 'Did it begin as an emergency?' })
  emergency: boolean;

  @Field(() => [String], { description: 'Codes of the rules that were broken when it was recorded as a fact; empty for a decision. ASK_SUPERVISOR stands for one that the caller may not read.' })
  breaches: string[];

  familyOfficeId: string;
}

export const PlacementResult = resultUnion(Placement, 'Placement', placements);
export const PlacementConnection = connectionOf(Placement, 'Placement');

@InputType({ description: 'Plans a placement without a list from matching: the place is held.' })
export class PlanPlacementInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => CareKind, { description: 'The kind of care.' })
  @IsEnum(CareKind)
  careKind: CareKind;

  @Field(() => DayScalar, { description: 'The planned first day.' })
  @IsDefined()
  startsOn: CivilDate;

  @Field(() => Boolean, { defaultValue: false, description: 'Must she move at once? Some papers may follow.' })
  @IsBoolean()
  emergency: boolean;

  @Field(() => String, { description: 'Why this family, at most 2,000 characters.' })
  @IsText(2000)
  reason: string;
}

@InputType({ description: 'Records what the child, a parent, the team or the province said about a plan.' })
export class RecordConsultationInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The placement.' })
  @IsUUID()
  placementId: string;

  @Field(() => ConsultationKind, { description: 'Who was heard.' })
  @IsEnum(ConsultationKind)
  kind: ConsultationKind;

  @Field(() => DayScalar, { description: 'The day: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => ConsultationOutcome, { nullable: true, description: 'What came of it.' })
  @IsOptional()
  @IsEnum(ConsultationOutcome)
  outcome?: ConsultationOutcome | null;

  @Field(() => Boolean, { nullable: true, description: 'Was the child heard alone, out of hearing of staff and carers?' })
  @IsOptional()
  @IsBoolean()
  alone?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Why the child is too young to be heard.' })
  @IsOptional()
  @IsText(500)
  tooYoungReason?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The parent or guardian who was heard, each in a record of her own.' })
  @IsOptional()
  @IsUUID()
  relativeId?: string | null;

  @Field(() => String, { nullable: true, description: 'The reason of a no, or the searches for somebody who was not found.' })
  @IsOptional()
  @IsText(2000)
  reason?: string | null;
}

@InputType({ description: 'Approves a planned placement.' })
export class ApprovePlacementInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The placement.' })
  @IsUUID()
  placementId: string;

  @Field(() => DayScalar, { description: 'The day: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { nullable: true, description: 'The reason, needed where somebody does not agree.' })
  @IsOptional()
  @IsText(2000)
  reason?: string | null;
}

@InputType({ description: 'The child moves: the stay where she lives ends and this one begins, on the same day.' })
export class StartPlacementInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The approved placement.' })
  @IsUUID()
  placementId: string;

  @Field(() => DayScalar, { description: 'The day of the move: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => PlacementEndReason, { nullable: true, description: 'Why the placement ends that she moves from; `moved` where nothing is said.' })
  @IsOptional()
  @IsEnum(PlacementEndReason)
  endReason?: PlacementEndReason | null;
}

@InputType({ description: 'Ends a placement with its reason, and says where the child goes.' })
export class EndPlacementInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The placement.' })
  @IsUUID()
  placementId: string;

  @Field(() => DayScalar, { description: 'The day on which she left: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => PlacementEndReason, { description: 'Why.' })
  @IsEnum(PlacementEndReason)
  reason: PlacementEndReason;

  @Field(() => GoesTo, { nullable: true, description: 'Where she goes; needed unless she died. Another family is a new placement that is started.' })
  @IsOptional()
  @IsEnum(GoesTo)
  goesTo?: GoesTo | null;

  @Field(() => IdScalar, { nullable: true, description: 'The institution, where she goes to one.' })
  @IsOptional()
  @IsUUID()
  institutionId?: string | null;
}

@InputType({ description: 'Calls a plan off.' })
export class CancelPlacementInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The placement.' })
  @IsUUID()
  placementId: string;

  @Field(() => CancelReason, { description: 'Why.' })
  @IsEnum(CancelReason)
  reason: CancelReason;
}

@InputType({ description: 'What is never waived when a child must move at once.' })
export class EmergencyInput {
  @Field(() => String, { description: 'Why it could not wait.' })
  @IsText(2000)
  reason: string;

  @Field(() => IdScalar, { description: 'The account of the duty supervisor who gave the word.' })
  @IsUUID()
  wordOf: string;

  @Field(() => String, { description: 'The time at which she gave it on that day in Phnom Penh, `HH:MM`.' })
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/)
  wordAt: string;

  @Field(() => Boolean, { description: 'Was every adult of the home identified, with a signed declaration?' })
  @IsBoolean()
  adultsDeclared: boolean;
}

@InputType({ description: 'Records that a family has taken a child in. A fact is never refused because of a rule: the rule is named and a supervisor hears of it.' })
export class RecordPlacementFactInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => IdScalar, { description: 'The family that took her in.' })
  @IsUUID()
  familyId: string;

  @Field(() => CareKind, { description: 'The kind of care.' })
  @IsEnum(CareKind)
  careKind: CareKind;

  @Field(() => DayScalar, { description: 'The day on which she came: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'What happened, at most 2,000 characters.' })
  @IsText(2000)
  reason: string;

  @Field(() => EmergencyInput, { nullable: true, description: 'For an emergency start: what is never waived.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => EmergencyInput)
  emergency?: EmergencyInput | null;
}

@ArgsType()
export class PlacementsArgs extends PageArgs {
  @Field(() => PlacementState, { nullable: true, description: 'Only placements that stand here.' })
  @IsOptional()
  @IsEnum(PlacementState)
  state?: PlacementState | null;
}

registerEnumType(CareKind, { name: 'CareKind', description: 'The kind of care that a placement is.' });
registerEnumType(PlacementState, { name: 'PlacementState', description: 'Where a placement stands.' });
registerEnumType(PlacementEndReason, { name: 'PlacementEndReason', description: 'Why a placement ended.' });
registerEnumType(CancelReason, { name: 'PlacementCancelReason', description: 'Why a plan was called off.' });
registerEnumType(ConsultationKind, { name: 'ConsultationKind', description: 'Who is heard before a child moves.' });
registerEnumType(ConsultationOutcome, { name: 'ConsultationOutcome', description: 'What came of hearing somebody.' });
registerEnumType(GoesTo, { name: 'GoesTo', description: 'Where a child goes from a family, other than to another family.' });
