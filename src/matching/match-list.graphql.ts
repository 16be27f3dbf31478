import { Extensions, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsDefined, IsEnum, IsOptional, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { CareKind } from '../placements/placement.enums.js';
import { connectionOf } from '../platform/graphql/connection.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { matching } from './matching.refusals.js';

export enum MatchFactor {
  needs_and_behaviour = 'needs_and_behaviour',
  siblings_together = 'siblings_together',
  nearness = 'nearness',
  language = 'language',
  same_school = 'same_school',
  already_known = 'already_known',
  age_preference = 'age_preference',
  length_of_placement = 'length_of_placement',
  religion_culture = 'religion_culture',
  household_load = 'household_load',
  continuity_of_worker = 'continuity_of_worker',
}
registerEnumType(MatchFactor, { name: 'MatchFactor', description: 'What speaks for a family.' });

export enum MatchBand {
  High = 'High',
  Medium = 'Medium',
  Low = 'Low',
  Unknown = 'Unknown',
}
registerEnumType(MatchBand, { name: 'MatchBand', description: 'How a value reads: every Medium and Low needs a support strategy; Unknown is a gap in the record.' });

export enum KinOptionKind {
  assessed_kin = 'assessed_kin',
  former_carer = 'former_carer',
}
registerEnumType(KinOptionKind, { name: 'KinOptionKind', description: 'Who comes before any stranger.' });

@ObjectType({ description: 'What one factor says of a family: whole numbers, so that they add up to the last digit.' })
export class MatchFactorValue {
  @Field(() => MatchFactor, { description: 'The factor.' })
  code: MatchFactor;

  @Field(() => String, { description: 'The factor, in the language of the request.' })
  label: string;

  @Field(() => Int, { description: '0 to 1000.' })
  value: number;

  @Field(() => Int, { description: 'How much it counts, of 100.' })
  weight: number;

  @Field(() => Int, { description: 'Weight times value.' })
  contribution: number;

  @Field(() => MatchBand, { description: 'How it reads.' })
  band: MatchBand;

  @Field(() => Boolean, { description: 'Is what it reads not known? Then it counts half.' })
  missing: boolean;
}

@ObjectType({ description: 'A family in its place on a list. Its name is hidden until the file is opened, which is written down.' })
export class MatchEntry {
  @Field(() => Int, { description: 'Its place: 1 is the first.' })
  rank: number;

  @Field(() => IdScalar, { description: 'The family.' })
  familyId: string;

  @Field(() => Int, { description: 'Its number.' })
  familyNumber: number;

  @Field(() => String, { description: 'Its commune.' })
  areaCode: string;

  @Field(() => Int, { description: 'The sum of all contributions, of 100,000.' })
  score: number;

  @Extensions({ maximum: 11 })
  @Field(() => [MatchFactorValue], { description: 'Every factor.' })
  factors: MatchFactorValue[];

  @Field(() => [MatchFactor], { description: 'The factors that need a support strategy: each Medium and each Low.' })
  strategiesNeeded: MatchFactor[];

  @Field(() => Int, { description: 'Places that were free on the start day.' })
  freePlaces: number;

  @Field(() => Boolean, { description: 'Has it places for all children of the list? Those that have come first; the others need an exemption by a supervisor.' })
  placesForAll: boolean;
}
export const MatchEntryConnection = connectionOf(MatchEntry, 'MatchEntry');

@ObjectType({ description: 'Kin or a former carer: listed before any stranger, apart, and never scored against strangers.' })
export class KinOption {
  @Field(() => KinOptionKind, { description: 'Who it is.' })
  kind: KinOptionKind;

  @Field(() => IdScalar, { nullable: true, description: 'The relative, for kin.' })
  relativeId: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The family, for a former carer.' })
  familyId: string | null;

  @Field(() => Int, { nullable: true, description: 'The family\'s number.' })
  familyNumber: number | null;

  @Field(() => String, { nullable: true, description: 'The family\'s commune.' })
  areaCode: string | null;

  @Field(() => Int, { nullable: true, description: 'Places that were free on the start day.' })
  freePlaces: number | null;
}

@ObjectType({ description: 'A hard rule that a family does not meet.' })
export class BrokenRule {
  @Field(() => String, { description: 'The rule; ASK_SUPERVISOR where the reason is not for the caller.' })
  code: string;

  @Field(() => String, { description: 'Why, in the language of the request.' })
  message: string;

  @Field(() => String, { description: 'What would have to change, in the language of the request.' })
  toChange: string;
}

@ObjectType({ description: 'A family that may not be chosen, with every rule that stands against it.' })
export class ExcludedFamily {
  @Field(() => Int, { description: 'Its number.' })
  familyNumber: number;

  @Field(() => String, { description: 'Its commune.' })
  areaCode: string;

  @Extensions({ maximum: 14 })
  @Field(() => [BrokenRule], { description: 'Every rule it does not meet, not only the first.' })
  rules: BrokenRule[];
}
export const ExcludedFamilyConnection = connectionOf(ExcludedFamily, 'ExcludedFamily');

@ObjectType({ description: 'How many families fail a hard rule.' })
export class FailedRule {
  @Field(() => String, { description: 'The rule; ASK_SUPERVISOR for all whose reason is not for the caller.' })
  code: string;

  @Field(() => String, { description: 'The rule in a few words, in the language of the request.' })
  message: string;

  @Field(() => Int, { description: 'How many families.' })
  count: number;
}

@ObjectType({ description: 'The weight of one factor.' })
export class MatchWeight {
  @Field(() => MatchFactor, { description: 'The factor.' })
  code: MatchFactor;

  @Field(() => String, { description: 'The factor, in the language of the request.' })
  label: string;

  @Field(() => Int, { description: 'Of 100.' })
  weight: number;
}

@ObjectType({ description: 'Which families would suit a child, or her and her siblings, as asked on a day: advice, never a decision. It never changes; years later it reads the same.' })
export class MatchList {
  @Field(() => IdScalar, { description: 'The list.' })
  id: string;

  @Field(() => IdScalar, { description: 'The child it was asked for.' })
  childId: string;

  @Field(() => [IdScalar], { description: 'The children asked for together, siblings included.' })
  childIds: string[];

  @Field(() => DayScalar, { description: 'The day on which it was asked.' })
  askedOn: CivilDate;

  @Field(() => DayScalar, { description: 'The day on which the placement would start.' })
  startsOn: CivilDate;

  @Field(() => CareKind, { description: 'The kind of care.' })
  careKind: CareKind;

  @Field(() => Boolean, { description: 'Was it an emergency?' })
  emergency: boolean;

  @Field(() => Boolean, { description: 'Was gatekeeping complete? Without it only an emergency is answered, and tracing follows.' })
  gatekeepingComplete: boolean;

  @Field(() => String, { nullable: true, description: 'Why the child is matched apart from her siblings.' })
  apartReason: string | null;

  @Field(() => Int, { description: 'The version of the weights.' })
  weightsVersion: number;

  @Extensions({ maximum: 11 })
  @Field(() => [MatchWeight], { description: 'The weights, adding up to 100.' })
  weights: MatchWeight[];

  @Field(() => Int, { description: 'How many families were looked at.' })
  searched: number;

  @Field(() => Int, { description: 'How many of them meet every hard rule; the first 100 are kept.' })
  eligible: number;

  @Extensions({ maximum: 15 })
  @Field(() => [FailedRule], { description: 'How many families fail each rule, the most frequent first.' })
  failedRules: FailedRule[];

  officeId: string;
  rawWeights: Readonly<Record<string, number>>;
  kinRelativeIds: readonly string[];
}

export const MatchListResult = resultUnion(MatchList, 'MatchList', matching);

@InputType({ description: 'Asks which families would suit a child; siblings who wish it are asked for together.' })
export class AskForFamiliesInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { description: 'The day on which the placement would start.' })
  @IsDefined()
  startsOn: CivilDate;

  @Field(() => CareKind, { defaultValue: CareKind.foster, description: 'The kind of care.' })
  @IsEnum(CareKind)
  careKind: CareKind = CareKind.foster;

  @Field(() => Boolean, { defaultValue: false, description: 'Must she move at once? Then gatekeeping and some papers may follow.' })
  @IsBoolean()
  emergency: boolean = false;

  @Field(() => String, { nullable: true, description: 'To match her apart from her siblings: why. A supervisor\'s decision.' })
  @IsOptional()
  @IsText(2000)
  apartReason?: string | null;
}
