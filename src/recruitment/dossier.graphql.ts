import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { CheckKind, CheckOutcome, Motive, SignatureHow, SignatureParty } from './approval.graphql.js';
import { recruitment } from './recruitment.refusals.js';

@ObjectType({ description: 'A check on one adult of the home.' })
export class HouseholdCheck {
  @Field(() => IdScalar, { description: 'The check.' })
  id: string;

  @Field(() => IdScalar, { description: 'The adult.' })
  adultId: string;

  @Field(() => CheckKind, { description: 'What was looked into.' })
  kind: CheckKind;

  @Field(() => CheckOutcome, { nullable: true, description: 'What it showed; null where that is the supervisors\' to read.' })
  outcome: CheckOutcome | null;

  @Field(() => DayScalar, { description: 'The day of the check.' })
  on: CivilDate;

  @Field(() => DayScalar, { description: 'The day from which it no longer holds.' })
  validUntil: CivilDate;
}

@ObjectType({ description: 'A signature for a household.' })
export class HouseholdSignature {
  @Field(() => IdScalar, { description: 'The signature.' })
  id: string;

  @Field(() => SignatureParty, { description: 'Who signed.' })
  party: SignatureParty;

  @Field(() => SignatureHow, { description: 'How.' })
  how: SignatureHow;

  @Field(() => DayScalar, { description: 'When.' })
  on: CivilDate;

  @Field(() => String, { nullable: true, description: 'A neighbour\'s reference.' })
  note: string | null;
}

@ObjectType({ description: 'The score of one section of a home study.' })
export class StudyScore {
  @Field(() => String, { description: 'The section.' })
  section: string;

  @Field(() => Int, { description: 'Its score.' })
  score: number;
}

@ObjectType({ description: 'A home study, by the form that was in force on its day.' })
export class HomeStudy {
  @Field(() => IdScalar, { description: 'The study.' })
  id: string;

  @Field(() => String, { description: 'The version of the form.' })
  form: string;

  @Field(() => DayScalar, { description: 'The day of the last visit.' })
  on: CivilDate;

  @Field(() => [StudyScore], { description: 'The scores, by section, at most 40.' })
  scores: StudyScore[];

  @Field(() => Boolean, { description: 'Does the worker recommend the household?' })
  recommended: boolean;

  @Field(() => [Motive], { description: 'Motives that ask for a talk.' })
  motives: Motive[];

  @Field(() => Boolean, { description: 'Does a supervisor talk with the household before a panel may decide?' })
  motiveTalkNeeded: boolean;
}

export const HouseholdCheckResult = resultUnion(HouseholdCheck, 'HouseholdCheck', recruitment);

@InputType({ description: 'Adds a photo of the paper to a check.' })
export class AttachCheckDocumentInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The check.' })
  @IsUUID()
  checkId: string;

  @Field(() => IdScalar, { description: 'The document, sent in before by `POST /documents`.' })
  @IsUUID()
  documentId: string;
}
