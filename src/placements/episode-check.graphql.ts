import { ArgsType, Extensions, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { EPISODE_RULES } from './episode-rules.domain.js';
import { COLUMNS, MOST_ASKED } from './episode-table.domain.js';

const MOST_CHARACTERS = 60_000;

export enum EpisodeRuleSource {
  england = 'england',
  register = 'register',
}
registerEnumType(EpisodeRuleSource, { name: 'EpisodeRuleSource', description: 'Whose rule it is: published for England\'s looked-after-children return, or of this register\'s own timeline.' });

/** A cell as it stands in the foreign list: what is wrong with it is what the check is there to tell. */
function Cell(description: string): PropertyDecorator {
  return (target, name) => {
    Field(() => String, { nullable: true, description })(target, name);
    IsOptional()(target, name);
    IsString()(target, name);
    MaxLength(60)(target, String(name));
  };
}

@InputType({ description: 'One stay, or one time of being missing, as a foreign list tells of it. Days are 2026-02-28 or 28/02/2026.' })
export class ForeignEpisodeInput {
  @Cell('Which child, by whatever key that list has.')
  child?: string | null;

  @Cell('Her day of birth.')
  birth?: string | null;

  @Cell('The day of her death.')
  died?: string | null;

  @Cell('The first day of the stay.')
  start?: string | null;

  @Cell('The day on which it ended.')
  end?: string | null;

  @Cell('Why the stay began, a code of England\'s return: S begins to be looked after; P, L, T, U, B go on.')
  reasonNew?: string | null;

  @Cell('Why it ended: X1 a new stay begins, E2 died, another E code: care ended.')
  reasonCeased?: string | null;

  @Cell('The kind of place; T0 to T4 are temporary.')
  place?: string | null;

  @Cell('The first day of being missing.')
  missingFrom?: string | null;

  @Cell('The day on which she was found.')
  missingTo?: string | null;
}

@ArgsType()
export class CheckEpisodesArgs {
  @Field(() => String, { nullable: true, description: `A table as a spreadsheet writes it (CSV; comma, semicolon or tab), its first line the columns, at most ${MOST_ASKED} rows and ${MOST_CHARACTERS} characters. Columns: ${COLUMNS.join(', ')}; others are left aside.` })
  @IsOptional()
  @IsString()
  @MaxLength(MOST_CHARACTERS)
  table?: string | null;

  @Field(() => [ForeignEpisodeInput], { nullable: true, description: `Instead of a table: the stays as a list, at most ${MOST_ASKED}.` })
  @IsOptional()
  @ArrayMaxSize(MOST_ASKED)
  @ValidateNested({ each: true })
  @Type(() => ForeignEpisodeInput)
  episodes?: ForeignEpisodeInput[] | null;
}

@ObjectType({ description: 'A rule that is broken, and by which rows.' })
export class EpisodeViolation {
  @Field(() => String, { description: 'The rule: its number in England\'s return, or its name here.' })
  rule: string;

  @Field(() => EpisodeRuleSource, { description: 'Whose rule it is.' })
  source: EpisodeRuleSource;

  @Field(() => String, { description: 'What is broken, in the language of the request.' })
  sentence: string;

  @Field(() => String, { description: 'What to do next, in the language of the request.' })
  next: string;

  @Field(() => [Int], { description: 'The rows that break it: lines of the table (its header is 1), or places in the list, counted from 1.' })
  rows: number[];
}

@ObjectType({ description: 'What the rules say of a foreign list of stays. Nothing of it is kept.' })
export class EpisodeCheck {
  @Field(() => Int, { description: 'How many rows were looked at.' })
  rows: number;

  @Field(() => Int, { description: 'Of how many children they tell.' })
  children: number;

  @Field(() => [EpisodeViolation], { description: 'Each rule that is broken, the published ones first.' })
  @Extensions({ maximum: EPISODE_RULES.length })
  violations: EpisodeViolation[];

  @Field(() => [String], { description: 'Columns of the table that no rule asks about.' })
  ignoredColumns: string[];
}
