import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsDefined, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { ChildSummary } from './child.graphql.js';

export enum MatchSign {
  whole_name = 'whole_name',
  part_of_name = 'part_of_name',
  rare_name = 'rare_name',
  birth_day = 'birth_day',
  birth_time = 'birth_time',
  sex = 'sex',
  home = 'home',
  relatives = 'relatives',
  siblings = 'siblings',
}
registerEnumType(MatchSign, { name: 'MatchSign', description: 'In what two files agree, or contradict each other.' });

@ObjectType({ description: 'Another file that may be of the same child. Nothing is done about it by itself.' })
export class PossibleChild {
  @Field(() => ChildSummary, { nullable: true, description: 'The other child; null: the caller may not see her file, and asks the office.' })
  child: ChildSummary | null;

  @Field(() => IdScalar, { description: 'The office that answers for the other file: to be asked.' })
  officeId: string;

  @Field(() => Int, { nullable: true, description: 'How much speaks for one child; 70 and more is to be looked at. Null where the caller may not see the file, as below.' })
  score: number | null;

  @Field(() => [MatchSign], { description: 'In what the two agree.' })
  agrees: MatchSign[];

  @Field(() => [MatchSign], { description: 'What speaks against it: another sex, another year of birth, another province, a sibling.' })
  contradicts: MatchSign[];
}

@ObjectType({ description: 'Another file of the same person. Both stay, each with its own timeline.' })
export class MergedFile {
  @Field(() => Int, { description: 'Its number in the register.' })
  number: number;

  @Field(() => ChildSummary, { nullable: true, description: 'The child as that file has her; null: the caller may not see it.' })
  child: ChildSummary | null;

  @Field(() => DayScalar, { description: 'The day on which they were found to be one.' })
  on: CivilDate;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  /** Of the file that goes on and of the other: what later rooms say about both is asked by them. */
  keptId: string;
  otherId: string;
}

@InputType({ description: 'Says that two files are of two children, however alike they look.' })
export class RecordKnownDifferentInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The one child.' })
  @IsUUID()
  childId: string;

  @Field(() => IdScalar, { description: 'The other child.' })
  @IsUUID()
  otherId: string;

  @Field(() => DayScalar, { description: 'The day on which it was found: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Says that two files are of one person.' })
export class MergeChildrenInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The file that goes on.' })
  @IsUUID()
  keptId: string;

  @Field(() => IdScalar, { description: 'The file that is read beside it from now on.' })
  @IsUUID()
  otherId: string;

  @Field(() => DayScalar, { description: 'The day on which it was found: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'How it is known, at most 500 characters.' })
  @IsText(500)
  reason: string;

  @Field(() => Boolean, { defaultValue: false, description: 'They are no twins and no siblings, although they look like it; why is in the reason.' })
  @IsBoolean()
  noTwins: boolean;
}

@InputType({ description: 'Takes two files apart again: they are of two persons.' })
export class UndoMergeInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The file that was merged into another.' })
  @IsUUID()
  otherId: string;

  @Field(() => DayScalar, { description: 'The day on which it was found: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'How it is known, at most 500 characters.' })
  @IsText(500)
  reason: string;
}
