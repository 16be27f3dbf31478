import { Field, InputType, Int, IntersectionType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsBoolean, IsDefined, IsEnum, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import type { BirthPrecision } from '../kernel/age.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { Precision, Sex } from '../platform/graphql/enums.js';
import { IsPhone, IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { AREA_CODE, AdultLeftReason, FamilyClosure, SuspensionReason } from './family.graphql.js';

const CODE = /^[a-z][a-z_]{1,39}$/;

@InputType({ description: 'Changes what is written of a family. What is left out stays; null empties a field that may be empty.' })
export class ChangeFamilyInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => Int, { description: 'The version that was read.' })
  @IsInt()
  @Min(1)
  version: number;

  @Field(() => String, { nullable: true, description: 'Name in Khmer, family name first; one of the two names is needed.' })
  @IsOptional()
  @IsText(120)
  nameKm?: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters, family name first.' })
  @IsOptional()
  @IsText(120)
  nameLatin?: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone as people write it; Khmer digits are taken.' })
  @IsOptional()
  @IsPhone()
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Code of the commune or village where it lives now.' })
  @IsOptional()
  @Matches(AREA_CODE)
  areaCode?: string | null;

  @Field(() => [String], { nullable: true, description: 'Languages spoken at home, as codes of two or three letters.' })
  @IsOptional()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @Matches(/^[a-z]{2,3}$/, { each: true })
  languages?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Religion, in its own words.' })
  @IsOptional()
  @IsText(60)
  religion?: string | null;

  @Field(() => Int, { nullable: true, description: 'Own children at home.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(20)
  ownChildren?: number | null;

  @Field(() => [String], { nullable: true, description: 'What it has experience with, as codes of needs.' })
  @IsOptional()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(CODE, { each: true })
  experience?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Code of the area in which the school nearby is.' })
  @IsOptional()
  @Matches(AREA_CODE)
  schoolAreaCode?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many can sleep there, with a bed or mat of their own.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(40)
  sleepingPlaces?: number | null;
}

@InputType({ description: 'An adult who lives in the home, carer or not.' })
export class AdultInput {
  @Field(() => String, { nullable: true, description: 'Name in Khmer, family name first; one of the two names is needed.' })
  @IsOptional()
  @IsText(120)
  nameKm?: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters, family name first.' })
  @IsOptional()
  @IsText(120)
  nameLatin?: string | null;

  @Field(() => Sex, { description: 'Sex.' })
  @IsEnum(Sex)
  sex: Sex;

  @Field(() => DayScalar, { description: 'Birth date; what is not known is the first of its month or year.' })
  @IsDefined()
  birthDate: CivilDate;

  @Field(() => Precision, { defaultValue: Precision.day, description: 'How exactly it is known.' })
  @IsEnum(Precision)
  birthPrecision: BirthPrecision;

  @Field(() => Boolean, { description: 'Will she care for the children?' })
  @IsBoolean()
  carer: boolean;
}

@InputType({ description: 'Writes down that an adult lives in the home.' })
export class AddAdultInput extends IntersectionType(AdultInput, KeyedInput) {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => DayScalar, { description: 'Since when: not ahead, at most 31 days back.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Writes down that an adult no longer lives in the home.' })
export class AdultLeftInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The adult.' })
  @IsUUID()
  adultId: string;

  @Field(() => DayScalar, { description: 'The first day on which she no longer lived there: not ahead, at most 31 days back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => AdultLeftReason, { description: 'Why.' })
  @IsEnum(AdultLeftReason)
  reason: AdultLeftReason;
}

@InputType({ description: 'Closes a family in which no child has a place.' })
export class CloseFamilyInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => DayScalar, { description: 'From which day: not ahead, at most 31 days back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => FamilyClosure, { description: 'Why.' })
  @IsEnum(FamilyClosure)
  reason: FamilyClosure;
}

@InputType({ description: 'Suspends a family: no other child comes to it; who is there stays.' })
export class SuspendFamilyInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => DayScalar, { description: 'From which day: not ahead, at most 31 days back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => SuspensionReason, { description: 'Why.' })
  @IsEnum(SuspensionReason)
  reason: SuspensionReason;
}

@InputType({ description: 'Lifts one suspension of a family.' })
export class LiftSuspensionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The family.' })
  @IsUUID()
  familyId: string;

  @Field(() => IdScalar, { description: 'The suspension, of the family\'s `standings`.' })
  @IsUUID()
  standingId: string;

  @Field(() => DayScalar, { description: 'The first day on which it no longer holds: not ahead, at most 31 days back.' })
  @IsDefined()
  on: CivilDate;
}
