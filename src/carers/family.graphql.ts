import { ArgsType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, Matches } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { Precision, Sex } from '../platform/graphql/enums.js';
import { IsText } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { carers } from './carers.refusals.js';

/** What is written as an area's code in every input. */
export const AREA_CODE = /^\d{2}(\d{2}){0,3}$/;

export enum FamilyKind {
  foster = 'foster',
  kinship = 'kinship',
  family_house = 'family_house',
}
registerEnumType(FamilyKind, { name: 'FamilyKind', description: 'What a family is, or applies to be.' });

/** A standing as the caller may read it: one that is not open to her is ASK_SUPERVISOR. */
export enum StandingCode {
  approval = 'approval',
  certificate = 'certificate',
  check = 'check',
  suspension = 'suspension',
  declined = 'declined',
  concern = 'concern',
  ASK_SUPERVISOR = 'ASK_SUPERVISOR',
}
registerEnumType(StandingCode, { name: 'StandingCode', description: 'A fact that decides whether a family is available.' });

export enum SuspensionReason {
  allegation = 'allegation',
  contact_risk = 'contact_risk',
  conviction = 'conviction',
  health = 'health',
  standards = 'standards',
  own_wish = 'own_wish',
  other = 'other',
}
registerEnumType(SuspensionReason, {
  name: 'SuspensionReason',
  description: 'Why a family is suspended. An allegation, a contact risk, a conviction and health are read by the supervisors of its office only.',
});

export enum PlaceBasis {
  terms = 'terms',
  exemption = 'exemption',
  breach = 'breach',
}
registerEnumType(PlaceBasis, { name: 'PlaceBasis', description: 'Why a place is there.' });

export enum OccupancyKind {
  hold = 'hold',
  placement = 'placement',
  kept = 'kept',
}
registerEnumType(OccupancyKind, { name: 'OccupancyKind', description: 'What has a place.' });

export enum FamilyClosure {
  resigned = 'resigned',
  moved_away = 'moved_away',
  carer_died = 'carer_died',
  approval_removed = 'approval_removed',
  no_longer_needed = 'no_longer_needed',
  other = 'other',
}
registerEnumType(FamilyClosure, { name: 'FamilyClosure', description: 'Why a family was closed.' });

export enum AdultLeftReason {
  moved = 'moved',
  separated = 'separated',
  died = 'died',
  other = 'other',
}
registerEnumType(AdultLeftReason, { name: 'AdultLeftReason', description: 'Why an adult no longer lives in the home.' });

@ObjectType({ description: 'An adult who lives or lived in the home, carer or not.' })
export class Adult {
  @Field(() => IdScalar, { description: 'The adult.' })
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

  @Field(() => Boolean, { description: 'Does she care for the children?' })
  carer: boolean;

  @Field(() => DayScalar, { description: 'The first day on which the register knows her there.' })
  since: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which she left; null while she lives there.' })
  leftOn: CivilDate | null;
}

@ObjectType({ description: 'What a family is approved for, and when.' })
export class ApprovalTerms {
  @Field(() => DayScalar, { description: 'First day.' })
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which they no longer hold; null while no end is known.' })
  to: CivilDate | null;

  @Field(() => Int, { description: 'How many children.' })
  places: number;

  @Field(() => Int, { description: 'From this age, in whole years.' })
  youngest: number;

  @Field(() => Int, { description: 'Up to this age.' })
  oldest: number;

  @Field(() => [Sex], { description: 'Girls, boys or both.' })
  sexes: Sex[];

  @Field(() => [String], { description: 'Needs the family can meet, as codes.' })
  needs: string[];

  @Field(() => [String], { description: 'Kinds of care, as codes.' })
  careKinds: string[];
}

@ObjectType({ description: 'A fact that decides whether the family is available: code and days.' })
export class Standing {
  @Field(() => IdScalar, { description: 'The standing.' })
  id: string;

  @Field(() => StandingCode, { description: 'What it is; ASK_SUPERVISOR where the caller may not read it.' })
  code: StandingCode;

  @Field(() => IdScalar, { nullable: true, description: 'The adult it is about.' })
  adultId: string | null;

  @Field(() => DayScalar, { description: 'First day.' })
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it no longer holds; null while no end is known, or it may not be read.' })
  to: CivilDate | null;

  @Field(() => String, { nullable: true, description: 'Why, as a code, where there is a reason the caller may read.' })
  reason: string | null;
}

@ObjectType({ description: 'A place in a family today. Its number is no identity: it may change.' })
export class FamilyPlace {
  @Field(() => Int, { description: 'Its number.' })
  slot: number;

  @Field(() => PlaceBasis, { description: 'Why it is there.' })
  basis: PlaceBasis;

  @Field(() => OccupancyKind, { nullable: true, description: 'What has it; null while it is free.' })
  takenBy: OccupancyKind | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it becomes free, where it is known.' })
  until: CivilDate | null;
}

@ObjectType({ description: 'A household that cares for children, or applies to.' })
export class Family {
  @Field(() => IdScalar, { description: 'The family.' })
  id: string;

  @Field(() => Int, { description: 'Its number, for people.' })
  number: number;

  @Field(() => FamilyKind, { description: 'What it is.' })
  kind: FamilyKind;

  @Field(() => String, { nullable: true, description: 'Name in Khmer.' })
  nameKm: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters.' })
  nameLatin: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone, +855...' })
  phone: string | null;

  @Field(() => String, { description: 'Code of the commune or village where it lives.' })
  areaCode: string;

  @Field(() => [String], { description: 'Languages spoken at home, as codes.' })
  languages: string[];

  @Field(() => String, { nullable: true, description: 'Religion, in its own words.' })
  religion: string | null;

  @Field(() => Int, { description: 'Own children at home.' })
  ownChildren: number;

  @Field(() => [String], { description: 'What it has experience with, as codes of needs.' })
  experience: string[];

  @Field(() => String, { nullable: true, description: 'Code of the area in which the school nearby is.' })
  schoolAreaCode: string | null;

  @Field(() => Int, { nullable: true, description: 'How many can sleep there, with a bed or mat of their own.' })
  sleepingPlaces: number | null;

  @Field(() => DayScalar, { description: 'Since when the register knows it.' })
  openedOn: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was closed.' })
  closedOn: CivilDate | null;

  @Field(() => FamilyClosure, { nullable: true, description: 'Why it was closed.' })
  closedWhy: FamilyClosure | null;

  @Field(() => Int, { description: 'Give it back with a change: what others changed meanwhile is a CONFLICT.' })
  version: number;

  officeId: string;
}

export const FamilyResult = resultUnion(Family, 'Family', carers);
export const FamilyConnection = connectionOf(Family, 'Family');

@ArgsType()
export class FamiliesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only families in this area.' })
  @IsOptional()
  @Matches(AREA_CODE)
  areaCode?: string | null;

  @Field(() => String, { nullable: true, description: 'A name of the household or of one of its adults, in either script, or the family\'s number.' })
  @IsOptional()
  @IsText(120)
  search?: string | null;
}
