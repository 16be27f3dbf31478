import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsDefined, IsEnum, IsIn, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { Family } from '../carers/family.graphql.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { TermsInput } from './approval.graphql.js';
import { recruitment } from './recruitment.refusals.js';

export enum ReviewOutcome {
  confirmed = 'confirmed',
  changed = 'changed',
  suspended = 'suspended',
  removed = 'removed',
}
registerEnumType(ReviewOutcome, { name: 'ReviewOutcome', description: 'What a yearly review decided.' });

@InputType({ description: 'Decides a family\'s yearly review, or assesses it anew after a separation, a death or a move.' })
export class ReviewFamilyInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => DayScalar, { description: 'The day of the decision: not ahead, at most 31 days back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => ReviewOutcome, { description: 'What was decided.' })
  @IsEnum(ReviewOutcome)
  outcome: ReviewOutcome;

  @Field(() => TermsInput, { nullable: true, description: 'The new terms; with the outcome changed, and with no other.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => TermsInput)
  terms?: TermsInput | null;

  @Field(() => String, { description: 'The reasons, at most 2,000 characters.' })
  @IsText(2000)
  reason: string;
}

@InputType({ description: 'Records a check on an adult of a family outside an application: a renewal, or the first of a newcomer.' })
export class RenewCheckInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The adult.' })
  @IsUUID()
  adultId: string;

  @Field(() => String, { description: 'identity, criminal_record, health, no_violence.' })
  @IsIn(['identity', 'criminal_record', 'health', 'no_violence'])
  kind: string;

  @Field(() => String, { description: 'clear, or concern.' })
  @IsIn(['clear', 'concern'])
  outcome: 'clear' | 'concern';

  @Field(() => DayScalar, { description: 'The day of the check: not ahead, at most 31 days back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => DayScalar, { description: 'The first day on which it no longer holds.' })
  @IsDefined()
  validUntil: CivilDate;
}

@ObjectType({ description: 'A decided review of a family.' })
export class FamilyReview {
  @Field(() => IdScalar, { description: 'The review.' })
  id: string;

  @Field(() => DayScalar, { description: 'The day of the decision.' })
  on: CivilDate;

  @Field(() => ReviewOutcome, { description: 'What was decided.' })
  outcome: ReviewOutcome;

  @Field(() => String, { description: 'The reasons.' })
  reason: string;
}

export const ReviewedFamilyResult = resultUnion(Family, 'ReviewedFamily', recruitment);
