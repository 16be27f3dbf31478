import { Field, InputType, IntersectionType, ObjectType, OmitType, registerEnumType } from '@nestjs/graphql';
import { IsDefined, IsEnum, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { Precision, Sex } from '../platform/graphql/enums.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { AdultInput } from './family.inputs.js';

export enum ConcernKind {
  allegation = 'allegation',
  worry = 'worry',
}
registerEnumType(ConcernKind, { name: 'ConcernKind', description: 'What was reported: an allegation of harm suspends at once, a worry about the quality of care does not.' });

export enum ExemptionReason {
  siblings = 'siblings',
  known_to_family = 'known_to_family',
  emergency = 'emergency',
  other = 'other',
}
registerEnumType(ExemptionReason, { name: 'ExemptionReason', description: 'Why a family may have one child more for some days.' });

@InputType({ description: 'An own child of the family who lives at home. On the day she turns eighteen she is an adult of the home, to be checked.' })
export class RecordOwnChildInput extends IntersectionType(OmitType(AdultInput, ['carer'] as const), KeyedInput) {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => DayScalar, { description: 'Since when she lives there: not ahead, at most 31 days back.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Something was reported about a family. What was said is written in the children\'s files, not here.' })
export class ReportConcernInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => DayScalar, { description: 'The day on which it was heard: not ahead, at most 31 days back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => ConcernKind, { description: 'An allegation of harm, or a worry.' })
  @IsEnum(ConcernKind)
  kind: ConcernKind;
}

@InputType({ description: 'Grants a family one place more for some days. A supervisor\'s decision, cited.' })
export class GrantExemptionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => DayScalar, { description: 'The first day of the place.' })
  @IsDefined()
  from: CivilDate;

  @Field(() => DayScalar, { description: 'The day on which it ends: every exemption has one.' })
  @IsDefined()
  to: CivilDate;

  @Field(() => ExemptionReason, { description: 'Why.' })
  @IsEnum(ExemptionReason)
  reason: ExemptionReason;

  @Field(() => String, { description: 'What it rests on: the paper, its number and day.' })
  @IsText(300)
  citation: string;
}

@InputType({ description: 'Ends an exemption before its time.' })
export class EndExemptionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The exemption.' })
  @IsUUID()
  exemptionId: string;

  @Field(() => DayScalar, { description: 'The first day on which it holds no more: not ahead, at most 31 days back. One that has not begun never holds.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Writes down that an own child has left home.' })
export class OwnChildLeftInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The own child.' })
  @IsUUID()
  ownChildId: string;

  @Field(() => DayScalar, { description: 'The first day on which she no longer lived there: not ahead, at most 31 days back.' })
  @IsDefined()
  on: CivilDate;
}

@ObjectType({ description: 'One place more for some days, granted by a supervisor.' })
export class Exemption {
  @Field(() => IdScalar, { description: 'The exemption.' })
  id: string;

  @Field(() => DayScalar, { description: 'First day.' })
  from: CivilDate;

  @Field(() => DayScalar, { description: 'The day on which it ends.' })
  to: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'Where it was ended early: the first day on which it held no more; its own first day where it never held.' })
  endedOn: CivilDate | null;

  @Field(() => ExemptionReason, { description: 'Why.' })
  reason: ExemptionReason;

  @Field(() => String, { description: 'What it rests on.' })
  citation: string;

  @Field(() => DayScalar, { description: 'The day of the decision.' })
  grantedOn: CivilDate;
}

@ObjectType({ description: 'An own child of the family.' })
export class OwnChild {
  @Field(() => IdScalar, { description: 'The child.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'Name in Khmer.' })
  nameKm: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters.' })
  nameLatin: string | null;

  @Field(() => Sex, { description: 'Sex.' })
  sex: Sex;

  @Field(() => DayScalar, { description: 'Birth date.' })
  birthDate: CivilDate;

  @Field(() => Precision, { description: 'How exactly it is known.' })
  birthPrecision: Precision;

  @Field(() => DayScalar, { description: 'The first day on which the register knows her there.' })
  since: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which she left; null while she lives there.' })
  leftOn: CivilDate | null;

  @Field(() => IdScalar, { nullable: true, description: 'The adult of the home she has become.' })
  adultId: string | null;
}
