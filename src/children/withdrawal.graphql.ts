import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsDefined, IsEnum, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';

export enum AgreementHolder {
  mother = 'mother',
  father = 'father',
  guardian = 'guardian',
  other = 'other',
}
registerEnumType(AgreementHolder, { name: 'AgreementHolder', description: 'Who agreed to a child\'s care, and may take it back.' });

export enum WithdrawalOutcome {
  agreed_again = 'agreed_again',
  returns_home = 'returns_home',
  authority_asked = 'authority_asked',
  other_care = 'other_care',
}
registerEnumType(WithdrawalOutcome, { name: 'WithdrawalOutcome', description: 'What followed when an agreement was taken back.' });

@ObjectType({ description: 'An agreement to a child\'s care that was taken back, and what followed.' })
export class AgreementWithdrawal {
  @Field(() => IdScalar, { description: 'The withdrawal.' })
  id: string;

  @Field(() => AgreementHolder, { description: 'Who took it back.' })
  by: AgreementHolder;

  @Field(() => DayScalar, { description: 'The day on which it was taken back.' })
  on: CivilDate;

  @Field(() => WithdrawalOutcome, { nullable: true, description: 'What followed; null until it was reviewed.' })
  outcome: WithdrawalOutcome | null;

  @Field(() => String, { nullable: true, description: 'Why that was decided.' })
  reason: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day of the review.' })
  reviewedOn: CivilDate | null;
}

@InputType({ description: 'Records that a parent or guardian takes back the agreement to a child\'s care.' })
export class WithdrawAgreementInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => AgreementHolder, { description: 'Who takes it back.' })
  @IsEnum(AgreementHolder)
  by: AgreementHolder;

  @Field(() => DayScalar, { description: 'The day on which it was said: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Says what follows from an agreement that was taken back.' })
export class ReviewWithdrawalInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => IdScalar, { description: 'The withdrawal.' })
  @IsUUID()
  withdrawalId: string;

  @Field(() => WithdrawalOutcome, { description: 'What follows.' })
  @IsEnum(WithdrawalOutcome)
  outcome: WithdrawalOutcome;

  @Field(() => String, { description: 'Why, at most 500 characters.' })
  @IsText(500)
  reason: string;

  @Field(() => DayScalar, { description: 'The day of the review: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;
}
