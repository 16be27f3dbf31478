import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsDefined, IsEnum, IsUUID, ValidateNested } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';

export enum ToldTopic {
  needs = 'needs',
  behaviour = 'behaviour',
  contact = 'contact',
  support = 'support',
  school = 'school',
  habits = 'habits',
  wishes = 'wishes',
  legal = 'legal',
}
registerEnumType(ToldTopic, { name: 'ToldTopic', description: 'A matter that a family hears about before it answers.' });

@ObjectType({ description: 'One matter about which a family was told.' })
export class ToldItem {
  @Field(() => ToldTopic, { description: 'The matter.' })
  topic: ToldTopic;

  @Field(() => String, { description: 'What was said.' })
  words: string;

  @Field(() => DayScalar, { description: 'The day on which it was said.' })
  on: CivilDate;
}

@InputType({ description: 'One matter about which a family was told.' })
export class ToldItemInput {
  @Field(() => ToldTopic, { description: 'The matter.' })
  @IsEnum(ToldTopic)
  topic: ToldTopic;

  @Field(() => String, { description: 'What was said, at most 2,000 characters: the need and what helps, never a diagnosis. "Nothing" is an answer too.' })
  @IsText(2000)
  words: string;
}

@InputType({ description: 'Writes down what a family was told about the child, before it answers.' })
export class RecordToldInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The proposal.' })
  @IsUUID()
  proposalId: string;

  @Field(() => DayScalar, { description: 'The day on which it was said: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => [ToldItemInput], { description: 'What was said, matter by matter, at most 10.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => ToldItemInput)
  items: ToldItemInput[];
}
