import { ArgsType, Extensions, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, IsBoolean, IsEnum, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { Sex } from '../platform/graphql/enums.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { AREA_CODE, ApprovalTerms } from './family.graphql.js';

export enum UnavailableCode {
  CLOSED = 'CLOSED',
  NOT_APPROVED = 'NOT_APPROVED',
  SUSPENDED = 'SUSPENDED',
  NO_CARER = 'NO_CARER',
  CERTIFICATE_MISSING = 'CERTIFICATE_MISSING',
  CHECK_MISSING = 'CHECK_MISSING',
  OUTSIDE_TERMS = 'OUTSIDE_TERMS',
  NO_PLACE = 'NO_PLACE',
  HELD = 'HELD',
  ASK_SUPERVISOR = 'ASK_SUPERVISOR',
}
registerEnumType(UnavailableCode, { name: 'UnavailableCode', description: 'Why a family is not available on a day.' });

export enum TermsCareKind {
  foster = 'foster',
  kinship = 'kinship',
  family_house = 'family_house',
  emergency = 'emergency',
  respite = 'respite',
}
registerEnumType(TermsCareKind, { name: 'TermsCareKind', description: 'A kind of care that a family may be approved for.' });

@ObjectType({ description: 'One reason why a family is not available.' })
export class UnavailableReason {
  @Field(() => UnavailableCode, { description: 'Why; ASK_SUPERVISOR where the reason is not for the caller.' })
  code: UnavailableCode;

  @Field(() => String, { description: 'Why, in the language of the request.' })
  message: string;

  @Field(() => IdScalar, { nullable: true, description: 'The adult whose certificate or check is missing.' })
  adultId: string | null;

  @Extensions({ maximum: 30 })
  @Field(() => [String], { description: 'What exactly, as codes: which of age, sex, care_kind and needs the terms do not allow; why it is suspended.' })
  details: string[];

  @Field(() => DayScalar, { nullable: true, description: 'The first known day on which this no longer stands; null where none is known or it may not be read.' })
  until: CivilDate | null;
}

@ObjectType({ description: 'A family of the stand-by list on one day.' })
export class StandByFamily {
  @Field(() => Boolean, { description: 'Can it take who was asked for, on that day?' })
  available: boolean;

  @Field(() => [Int], { description: 'Numbers of the places that are free on that day.' })
  freePlaces: number[];

  @Extensions({ maximum: 20 })
  @Field(() => [UnavailableReason], { description: 'Everything that stands against it on that day; empty when it is available.' })
  reasons: UnavailableReason[];

  @Field(() => DayScalar, { nullable: true, description: 'The first day on which nothing known stands against it; null where none is known or it may not be read.' })
  availableFrom: CivilDate | null;

  @Field(() => ApprovalTerms, { nullable: true, description: 'What it is approved for on that day.' })
  terms: ApprovalTerms | null;

  id: string;
}

export const StandByFamilyConnection = connectionOf(StandByFamily, 'StandByFamily');

@ArgsType()
export class StandByArgs extends PageArgs {
  @Field(() => String, { description: 'Code of the province, district, commune or village.' })
  @Matches(AREA_CODE)
  areaCode: string;

  @Field(() => DayScalar, { nullable: true, description: 'The day; today where it is left out.' })
  @IsOptional()
  on?: CivilDate | null;

  @Field(() => Int, { defaultValue: 1, description: 'How many free places are needed, 1 to 12.' })
  @IsInt()
  @Min(1)
  @Max(12)
  places: number;

  @Field(() => Int, { nullable: true, description: 'Age of the child in whole years.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(20)
  age?: number | null;

  @Field(() => Sex, { nullable: true, description: 'Sex of the child.' })
  @IsOptional()
  @IsEnum(Sex)
  sex?: Sex | null;

  @Field(() => [String], { defaultValue: [], description: 'Needs of the child, as codes.' })
  @ArrayMaxSize(20)
  @Matches(/^[a-z][a-z_]{1,39}$/, { each: true })
  needs: string[];

  @Field(() => TermsCareKind, { nullable: true, description: 'The kind of care that is needed.' })
  @IsOptional()
  @IsEnum(TermsCareKind)
  careKind?: TermsCareKind | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Show the families that are not available too, each with its reasons.' })
  @IsBoolean()
  includeUnavailable: boolean;
}
