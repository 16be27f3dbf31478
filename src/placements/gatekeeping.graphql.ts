import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsEnum, IsOptional, IsUUID, Matches, ValidateNested } from 'class-validator';
import { AREA_CODE, BirthInput, Child, EntryReason } from '../children/child.graphql.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { Precision, Sex } from '../platform/graphql/enums.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar, MomentScalar } from '../platform/graphql/scalars.js';
import { placements } from './placements.refusals.js';

export enum CareOption {
  birth_family = 'birth_family',
  kin = 'kin',
  foster = 'foster',
  family_house = 'family_house',
  faith_place = 'faith_place',
  residential = 'residential',
}
registerEnumType(CareOption, { name: 'CareOption', description: 'Where a child may live, in the order of policy.' });

export enum CareOptionOutcome {
  passed_over = 'passed_over',
  absent = 'absent',
  chosen = 'chosen',
  refused = 'refused',
}
registerEnumType(CareOptionOutcome, { name: 'CareOptionOutcome', description: 'What became of an option.' });

export enum GatekeepingState {
  open = 'open',
  complete = 'complete',
}
registerEnumType(GatekeepingState, { name: 'GatekeepingState', description: 'Is it decided where the child should live?' });

@ObjectType({ description: 'What became of one option.' })
export class GatekeepingOption {
  @Field(() => IdScalar, { description: 'The entry.' })
  id: string;

  @Field(() => CareOption, { description: 'The option.' })
  option: CareOption;

  @Field(() => CareOptionOutcome, { description: 'What became of it.' })
  outcome: CareOptionOutcome;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => IdScalar, { nullable: true, description: 'The relative it is about.' })
  relativeId: string | null;

  @Field(() => DayScalar, { description: 'The day on which it was decided.' })
  on: CivilDate;
}

@ObjectType({ description: 'Why a child is not at home, and what was tried first.' })
export class Gatekeeping {
  @Field(() => IdScalar, { description: 'The gatekeeping.' })
  id: string;

  @Field(() => IdScalar, { description: 'The child.' })
  childId: string;

  @Field(() => GatekeepingState, { description: 'Is it concluded?' })
  state: GatekeepingState;

  @Field(() => DayScalar, { description: 'The day on which it was opened.' })
  openedOn: CivilDate;

  @Field(() => MomentScalar, { description: 'The moment by which it is due.' })
  dueAt: Date;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was concluded.' })
  concludedOn: CivilDate | null;

  @Field(() => Boolean, { nullable: true, description: 'Were the parents traced?' })
  parentsTraced: boolean | null;

  @Field(() => String, { nullable: true, description: 'Why not.' })
  parentsReason: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Were kin traced?' })
  kinTraced: boolean | null;

  @Field(() => String, { nullable: true, description: 'Why not.' })
  kinReason: string | null;
}

export const ResidentResult = resultUnion(Child, 'Resident', placements);
export const GatekeepingResult = resultUnion(Gatekeeping, 'Gatekeeping', placements);

@InputType({ description: 'First registration of a child who lives in an institution: five facts, the rest is a list of tasks.' })
export class RegisterResidentInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The institution where she lives.' })
  @IsUUID()
  institutionId: string;

  @Field(() => String, { nullable: true, description: 'Name in Khmer, family name first; left out: unknown.' })
  @IsOptional()
  @IsText(120)
  nameKm?: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters, family name first; left out: unknown.' })
  @IsOptional()
  @IsText(120)
  nameLatin?: string | null;

  @Field(() => Sex, { description: 'Sex.' })
  @IsEnum(Sex)
  sex: Sex;

  @Field(() => BirthInput, { description: 'Birth date or estimated age.' })
  @IsDefined()
  @ValidateNested()
  @Type(() => BirthInput)
  birth: BirthInput;

  @Field(() => DayScalar, { description: 'The day on which somebody saw her there.' })
  @IsDefined()
  seenOn: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which she came, where it is known; registration is not entry.' })
  @IsOptional()
  arrivedOn?: CivilDate | null;

  @Field(() => Precision, { defaultValue: Precision.day, description: 'How exactly that day is known.' })
  @IsEnum(Precision)
  arrivedPrecision: Precision;

  @Field(() => EntryReason, { nullable: true, description: 'The main reason why she came into care, where it is known.' })
  @IsOptional()
  @IsEnum(EntryReason)
  entryReason?: EntryReason | null;

  @Field(() => String, { nullable: true, description: 'Code of the area she comes from: its office sees the file too.' })
  @IsOptional()
  @Matches(AREA_CODE)
  originAreaCode?: string | null;
}

@InputType({ description: 'Records what became of one option, in the order of policy.' })
export class RecordOptionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The gatekeeping.' })
  @IsUUID()
  gatekeepingId: string;

  @Field(() => CareOption, { description: 'The option.' })
  @IsEnum(CareOption)
  option: CareOption;

  @Field(() => CareOptionOutcome, { description: 'What became of it.' })
  @IsEnum(CareOptionOutcome)
  outcome: CareOptionOutcome;

  @Field(() => String, { description: 'Why, at most 2,000 characters.' })
  @IsText(2000)
  reason: string;

  @Field(() => IdScalar, { nullable: true, description: 'The relative it is about, for birth family and kin.' })
  @IsOptional()
  @IsUUID()
  relativeId?: string | null;

  @Field(() => DayScalar, { description: 'The day on which it was decided: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Concludes a gatekeeping.' })
export class ConcludeGatekeepingInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The gatekeeping.' })
  @IsUUID()
  gatekeepingId: string;

  @Field(() => Boolean, { description: 'Were the parents traced?' })
  @IsBoolean()
  parentsTraced: boolean;

  @Field(() => String, { nullable: true, description: 'Why not, with the searches that were made.' })
  @IsOptional()
  @IsText(2000)
  parentsReason?: string | null;

  @Field(() => Boolean, { description: 'Were kin traced?' })
  @IsBoolean()
  kinTraced: boolean;

  @Field(() => String, { nullable: true, description: 'Why not, with the searches that were made.' })
  @IsOptional()
  @IsText(2000)
  kinReason?: string | null;

  @Field(() => DayScalar, { description: 'The day on which it was concluded: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;
}
