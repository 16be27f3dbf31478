import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsBoolean, IsDefined, IsEnum, IsInt, IsOptional, IsUUID, Matches, Max, Min, ValidateNested } from 'class-validator';
import type { BirthPrecision } from '../kernel/age.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { PAGE, PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { Precision, Sex } from '../platform/graphql/enums.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { children } from './children.refusals.js';

/** What is written as an area's code in every input. */
export const AREA_CODE = /^\d{2}(\d{2}){0,3}$/;

export enum BirthBasis {
  birth_certificate = 'birth_certificate',
  family_book = 'family_book',
  other_document = 'other_document',
  told_by_family = 'told_by_family',
  told_by_child = 'told_by_child',
  told_by_others = 'told_by_others',
  estimated = 'estimated',
}
registerEnumType(BirthBasis, { name: 'BirthBasis', description: 'How a birth date came to be known.' });

export enum ParentalStatus {
  both = 'both',
  mother = 'mother',
  father = 'father',
  none = 'none',
  unknown = 'unknown',
}
registerEnumType(ParentalStatus, { name: 'ParentalStatus', description: 'Which parents live.' });

export enum CivilRegistration {
  registered = 'registered',
  in_progress = 'in_progress',
  refused = 'refused',
  unknown = 'unknown',
}
registerEnumType(CivilRegistration, { name: 'CivilRegistration', description: 'Is the birth registered? Never a condition of service.' });

export enum EntryReason {
  orphan = 'orphan',
  disability = 'disability',
  abandoned = 'abandoned',
  street = 'street',
  drugs = 'drugs',
  basic_needs = 'basic_needs',
  hiv_affected = 'hiv_affected',
  abuse = 'abuse',
  exploitation = 'exploitation',
  conflict_with_law = 'conflict_with_law',
  trafficking = 'trafficking',
  parents_migration = 'parents_migration',
  schooling = 'schooling',
  prison = 'prison',
  other = 'other',
}
registerEnumType(EntryReason, { name: 'EntryReason', description: 'Why a child came into care.' });

@ObjectType({ description: 'A child\'s file. Opening it is written down.' })
export class Child {
  @Field(() => IdScalar, { description: 'The child.' })
  id: string;

  @Field(() => Int, { description: 'Her number in the register.' })
  number: number;

  @Field(() => String, { nullable: true, description: 'Name in Khmer, family name first; null: unknown.' })
  nameKm: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters, family name first; null: unknown.' })
  nameLatin: string | null;

  @Field(() => Sex, { description: 'Sex.' })
  sex: Sex;

  @Field(() => DayScalar, { description: 'Birth date, as exactly as `birthPrecision` says.' })
  birthDate: CivilDate;

  @Field(() => Precision, { description: 'How exactly the birth date is known.' })
  birthPrecision: Precision;

  @Field(() => BirthBasis, { description: 'How it came to be known.' })
  birthBasis: BirthBasis;

  @Field(() => Int, { description: 'Age in whole years by the birth date as it stands, today or on the day of death.' })
  age: number;

  @Field(() => Int, { description: 'The youngest she can be: what protection goes by.' })
  youngestAge: number;

  @Field(() => String, { description: 'Age band by the youngest she can be: 0-2, 3-5, 6-11, 12-14, 15-17, 18+.' })
  ageBand: string;

  @Field(() => IdScalar, { description: 'The office that answers for where she lives.' })
  officeId: string;

  @Field(() => IdScalar, { nullable: true, description: 'The office of the place she comes from; null until a transition begins.' })
  originOfficeId: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The institution where she lives; null in a family.' })
  institutionId: string | null;

  @Field(() => String, { nullable: true, description: 'Code of the area she comes from.' })
  homeAreaCode: string | null;

  @Field(() => [String], { description: 'Languages in her or her family\'s own words, ISO 639-3.' })
  languages: string[];

  @Field(() => String, { nullable: true, description: 'Religion in her or her family\'s own words.' })
  religion: string | null;

  @Field(() => CivilRegistration, { description: 'Is the birth registered?' })
  civilRegistration: CivilRegistration;

  @Field(() => Boolean, { nullable: true, description: 'Has she a disability? null: not asked yet.' })
  disability: boolean | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which she died.' })
  diedOn: CivilDate | null;

  @Field(() => DayScalar, { description: 'The day on which she was registered; not the day on which she came.' })
  registeredOn: CivilDate;

  @Field(() => DayScalar, { description: 'The first day on which somebody saw her for the register.' })
  firstSeenOn: CivilDate;

  @Field(() => DayScalar, { description: 'The last day on which somebody saw her.' })
  lastSeenOn: CivilDate;

  @Field(() => Int, { description: 'Give it with an edit, so that nobody\'s is overwritten.' })
  version: number;

  shared: boolean;
}

@ObjectType({ description: 'A child as a list shows her; no file is opened by it.' })
export class ChildSummary {
  @Field(() => IdScalar, { description: 'The child.' })
  id: string;

  @Field(() => Int, { description: 'Her number in the register.' })
  number: number;

  @Field(() => String, { nullable: true, description: 'Name in Khmer; null: unknown.' })
  nameKm: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters; null: unknown.' })
  nameLatin: string | null;

  @Field(() => Sex, { description: 'Sex.' })
  sex: Sex;

  @Field(() => String, { description: 'Age band by the youngest she can be.' })
  ageBand: string;

  @Field(() => IdScalar, { nullable: true, description: 'The institution where she lives; null in a family.' })
  institutionId: string | null;
}

export const ChildResult = resultUnion(Child, 'Child', children);
export const ChildSummaryConnection = connectionOf(ChildSummary, 'ChildSummary');

@InputType({ description: 'A birth date as it is known.' })
export class BirthInput {
  @Field(() => DayScalar, { description: 'The date; what is not known is any day of its month or year.' })
  @IsDefined()
  date: CivilDate;

  @Field(() => Precision, { description: 'How exactly it is known.' })
  @IsEnum(Precision)
  precision: BirthPrecision;

  @Field(() => BirthBasis, { description: 'How it came to be known.' })
  @IsEnum(BirthBasis)
  basis: BirthBasis;
}

@InputType({ description: 'Describes a child. What is left out stays as it is; null takes a name, a religion, a home area or a disability back to unknown.' })
export class DescribeChildInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => Int, { description: 'The version that was read.' })
  @IsInt()
  @Min(1)
  version: number;

  @Field(() => String, { nullable: true, description: 'Name in Khmer, family name first, at most 120 characters.' })
  @IsOptional()
  @IsText(120)
  nameKm?: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters, family name first, at most 120 characters.' })
  @IsOptional()
  @IsText(120)
  nameLatin?: string | null;

  @Field(() => Sex, { nullable: true, description: 'Sex.' })
  @IsOptional()
  @IsEnum(Sex)
  sex?: Sex | null;

  @Field(() => BirthInput, { nullable: true, description: 'Birth date with its precision and basis.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => BirthInput)
  birth?: BirthInput | null;

  @Field(() => String, { nullable: true, description: 'Code of the area she comes from.' })
  @IsOptional()
  @Matches(AREA_CODE)
  homeAreaCode?: string | null;

  @Field(() => [String], { nullable: true, description: 'Languages, ISO 639-3 (khm, cjm, jra, ...), at most 8.' })
  @IsOptional()
  @ArrayMaxSize(8)
  @ArrayUnique()
  @Matches(/^[a-z]{3}$/, { each: true })
  languages?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Religion in her or her family\'s own words.' })
  @IsOptional()
  @IsText(60)
  religion?: string | null;

  @Field(() => CivilRegistration, { nullable: true, description: 'Is the birth registered?' })
  @IsOptional()
  @IsEnum(CivilRegistration)
  civilRegistration?: CivilRegistration | null;

  @Field(() => Boolean, { nullable: true, description: 'Has she a disability?' })
  @IsOptional()
  @IsBoolean()
  disability?: boolean | null;
}

@InputType({ description: 'Says why a child came into care: one main reason, several others.' })
export class RecordReasonsInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => Int, { description: 'The version that was read.' })
  @IsInt()
  @Min(1)
  version: number;

  @Field(() => EntryReason, { description: 'The main reason.' })
  @IsEnum(EntryReason)
  main: EntryReason;

  @Field(() => [EntryReason], { defaultValue: [], description: 'Other reasons.' })
  @ArrayMaxSize(15)
  @ArrayUnique()
  @IsEnum(EntryReason, { each: true })
  others: EntryReason[];

  @Field(() => ParentalStatus, { nullable: true, description: 'Which parents live; left out it stays as it is.' })
  @IsOptional()
  @IsEnum(ParentalStatus)
  parentalStatus?: ParentalStatus | null;
}

@ArgsType()
export class ChildrenArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only children who live in this institution.' })
  @IsOptional()
  @IsUUID()
  institutionId?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Only children whom this office answers for.' })
  @IsOptional()
  @IsUUID()
  officeId?: string | null;
}

@ArgsType()
export class SearchChildrenArgs {
  @Field(() => String, { description: 'A name or a part of one, in either script and either order; or her number, also in Khmer digits.' })
  @IsText(120)
  name: string;

  @Field(() => Int, { nullable: true, description: 'Year of birth. A child fits when she can have been born then: an estimated birth date reaches a year to either side.' })
  @IsOptional()
  @IsInt()
  @Min(1900)
  @Max(2200)
  birthYear?: number | null;

  @Field(() => Int, { nullable: true, description: 'Month of birth, 1 to 12, with the year.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(12)
  birthMonth?: number | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Year or month are about right only: a year further to either side fits too.' })
  @IsBoolean()
  birthAbout: boolean = false;

  @Field(() => IdScalar, { nullable: true, description: 'The last child of the page before, to read on.' })
  @IsOptional()
  @IsUUID()
  after?: string | null;

  @Field(() => Int, { defaultValue: PAGE, description: 'How many, at most 50; the best first.' })
  @IsInt()
  @Min(1)
  @Max(50)
  first: number = PAGE;
}
