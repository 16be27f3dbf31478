import { Extensions, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsDefined, IsEnum, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar, MomentScalar } from '../platform/graphql/scalars.js';
import { MatchFactor } from './match-list.graphql.js';
import { matching } from './matching.refusals.js';

export enum ProposalState {
  waiting = 'waiting',
  accepted = 'accepted',
  declined = 'declined',
  lapsed = 'lapsed',
  withdrawn = 'withdrawn',
}
registerEnumType(ProposalState, { name: 'ProposalState', description: 'Where a proposal stands.' });

export enum ProposalAnswer {
  accepted = 'accepted',
  declined = 'declined',
}
registerEnumType(ProposalAnswer, { name: 'ProposalAnswer', description: 'What a family answers.' });

@ObjectType({ description: 'What will be done where the family fits less well.' })
export class SupportStrategy {
  @Field(() => MatchFactor, { description: 'The factor.' })
  factor: MatchFactor;

  @Field(() => String, { description: 'What will be done.' })
  text: string;
}

@ObjectType({ description: 'A planned placement that keeps a place for a proposal.' })
export class ProposedPlacement {
  @Field(() => IdScalar, { description: 'The child.' })
  childId: string;

  @Field(() => IdScalar, { description: 'The placement.' })
  placementId: string;
}

@ObjectType({ description: 'A family that is asked to take a child, or siblings; the places are held until it has answered and a supervisor has decided.' })
export class Proposal {
  @Field(() => IdScalar, { description: 'The proposal.' })
  id: string;

  @Field(() => IdScalar, { description: 'The list it was chosen from.' })
  listId: string;

  @Field(() => IdScalar, { description: 'The planned placement of the child whom the list was asked for.' })
  placementId: string;

  @Extensions({ maximum: 20 })
  @Field(() => [ProposedPlacement], { description: 'The planned placements of all children of the list.' })
  placements: ProposedPlacement[];

  @Field(() => IdScalar, { description: 'The family.' })
  familyId: string;

  @Field(() => ProposalState, { description: 'Where it stands.' })
  state: ProposalState;

  @Field(() => DayScalar, { description: 'The day on which the family was chosen.' })
  proposedOn: CivilDate;

  @Field(() => String, { nullable: true, description: 'Why this family, where another stood first.' })
  reason: string | null;

  @Field(() => Boolean, { description: 'Is it an emergency?' })
  emergency: boolean;

  @Field(() => MomentScalar, { nullable: true, description: 'When the first of the holds runs out, unless the plan is approved before.' })
  heldUntil: Date | null;

  @Field(() => ProposalAnswer, { nullable: true, description: 'What the family answered.' })
  answer: ProposalAnswer | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it answered.' })
  answeredOn: CivilDate | null;

  @Field(() => String, { nullable: true, description: 'What the family was told before it answered.' })
  told: string | null;

  @Field(() => String, { nullable: true, description: 'What it said about its answer.' })
  answerReason: string | null;

  @Extensions({ maximum: 11 })
  @Field(() => [SupportStrategy], { description: 'The support strategies.' })
  strategies: SupportStrategy[];

  @Field(() => [MatchFactor], { description: 'Factors whose strategy is still to follow, after an emergency.' })
  strategiesMissing: MatchFactor[];

  @Field(() => Int, { nullable: true, description: 'The family\'s place on the list; null for a former carer.' })
  rank: number | null;
}

export const ProposalResult = resultUnion(Proposal, 'Proposal', matching);

@InputType({ description: 'What will be done where the family fits less well.' })
export class StrategyInput {
  @Field(() => MatchFactor, { description: 'The factor.' })
  @IsEnum(MatchFactor)
  factor: MatchFactor;

  @Field(() => String, { description: 'What will be done, at most 1,000 characters.' })
  @IsText(1000)
  text: string;
}

@InputType({ description: 'Proposes a family of a list.' })
export class ProposeFamilyInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The list.' })
  @IsUUID()
  listId: string;

  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => String, { nullable: true, description: 'Why this family; needed where another stands first.' })
  @IsOptional()
  @IsText(2000)
  reason?: string | null;

  @Field(() => [StrategyInput], { defaultValue: [], description: 'One for each factor that is Medium or Low; in an emergency they may follow.' })
  @IsArray()
  @ArrayMaxSize(11)
  @ArrayUnique(({ factor }: StrategyInput) => factor)
  @ValidateNested({ each: true })
  @Type(() => StrategyInput)
  strategies: StrategyInput[] = [];
}

@InputType({ description: 'Writes down strategies that an emergency let follow.' })
export class RecordStrategiesInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The proposal.' })
  @IsUUID()
  proposalId: string;

  @Field(() => [StrategyInput], { description: 'The strategies.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(11)
  @ArrayUnique(({ factor }: StrategyInput) => factor)
  @ValidateNested({ each: true })
  @Type(() => StrategyInput)
  strategies: StrategyInput[];
}

@InputType({ description: 'Writes down the family\'s answer. Carers hear everything needed to care safely before they answer.' })
export class AnswerProposalInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The proposal.' })
  @IsUUID()
  proposalId: string;

  @Field(() => ProposalAnswer, { description: 'The answer. A no is never held against the family.' })
  @IsEnum(ProposalAnswer)
  answer: ProposalAnswer;

  @Field(() => DayScalar, { description: 'The day on which it answered: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { nullable: true, description: 'A word on what the family was told, at most 2,000 characters; the matters themselves are recorded before with recordTold.' })
  @IsOptional()
  @IsText(2000)
  told?: string | null;

  @Field(() => String, { nullable: true, description: 'What it said about its answer, at most 2,000 characters.' })
  @IsOptional()
  @IsText(2000)
  reason?: string | null;
}
