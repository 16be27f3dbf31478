import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsDefined, IsString, IsUUID, MaxLength } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { COLUMNS, MOST_ROWS } from './family-table.domain.js';
import { recruitment } from './recruitment.refusals.js';

export enum FamilyRowOutcome {
  waiting = 'waiting',
  created = 'created',
  would_create = 'would_create',
  possible_duplicate = 'possible_duplicate',
  refused = 'refused',
}
registerEnumType(FamilyRowOutcome, { name: 'FamilyRowOutcome', description: 'What came of one row of a table of families.' });

@ObjectType({ description: 'What came of one row of a table of families.' })
export class FamilyLoadRow {
  @Field(() => Int, { description: 'Which family of the table, counted from 1; empty lines do not count.' })
  row: number;

  @Field(() => FamilyRowOutcome, { description: 'What came of it.' })
  outcome: FamilyRowOutcome;

  @Field(() => String, { nullable: true, description: 'Why it was not created, as a code.' })
  code: string | null;

  @Field(() => String, { nullable: true, description: 'Why, and what to do next, in English.' })
  sentenceEn: string | null;

  @Field(() => String, { nullable: true, description: 'Why, and what to do next, in Khmer.' })
  sentenceKm: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The family that was created, with an application received.' })
  familyId: string | null;

  @Field(() => [IdScalar], { description: 'Families of the caller\'s offices that may be the same household, at most 10; another office\'s are not told.' })
  candidates: string[];
}

@ObjectType({ description: 'A table of families that an office already knows, and how far it is. Jobs write it, row by row: ask again until `done` is `rows`.' })
export class FamilyLoad {
  @Field(() => IdScalar, { description: 'The load.' })
  id: string;

  @Field(() => Boolean, { description: 'Only tried, nothing created?' })
  dryRun: boolean;

  @Field(() => DayScalar, { description: 'The day on which the families are known to the register.' })
  on: CivilDate;

  @Field(() => Int, { description: 'How many families it holds.' })
  rows: number;

  @Field(() => Int, { description: 'How many of them are done.' })
  done: number;
}

export const FamilyLoadResult = resultUnion(FamilyLoad, 'FamilyLoad', recruitment);

@InputType({ description: 'Sends a table of families that an office already knows: each becomes a family with an application received. One bad row stops nothing.' })
export class LoadFamiliesInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The office whose families they are; each lives in its territory.' })
  @IsUUID()
  officeId: string;

  @Field(() => Boolean, { description: 'Try only: every row is looked at, nothing is created.' })
  @IsBoolean()
  dryRun: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'Create a row too that may be a household known already.' })
  @IsBoolean()
  acceptDuplicates: boolean;

  @Field(() => DayScalar, { description: 'The day on which the families are known to the register: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: `The table as a spreadsheet writes it (CSV; comma, semicolon or tab), its first line the columns, at most ${MOST_ROWS} families and 60,000 characters. Columns: ${COLUMNS.join(', ')}.` })
  @IsString()
  @MaxLength(60_000)
  table: string;
}
