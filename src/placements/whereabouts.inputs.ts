import { Field, InputType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsEnum, IsOptional, IsUUID, Matches, ValidateNested } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { EntryReason } from '../children/child.graphql.js';
import { AbsenceKind, MoveTo, TellingParty } from './whereabouts.enums.js';

registerEnumType(AbsenceKind, { name: 'AbsenceKind', description: 'Where a child sleeps while her place is kept.' });
registerEnumType(TellingParty, { name: 'TellingParty', description: 'Who must hear that a child is missing or has died.' });
registerEnumType(MoveTo, { name: 'MoveTo', description: 'Where a child goes who lives with no family of the register.' });

@InputType({ description: 'Says that a child sleeps elsewhere while the family or the institution keeps her place.' })
export class RecordAbsenceInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child: living with a family, or in an institution.' })
  @IsUUID()
  childId: string;

  @Field(() => AbsenceKind, { description: 'Where she sleeps; respite and a carer\'s holiday are said of a child in a family.' })
  @IsEnum(AbsenceKind)
  kind: AbsenceKind;

  @Field(() => DayScalar, { description: 'The first night elsewhere: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => Boolean, { description: 'True: it has happened, and is recorded even where it breaks a rule. False: it is being decided, and refused where the other family may not take her.' })
  @IsBoolean()
  happened: boolean;

  @Field(() => IdScalar, { nullable: true, description: 'For respite: the family of the register that takes her. It gives a place; null where nobody of the register does.' })
  @IsOptional()
  @IsUUID()
  respiteFamilyId?: string | null;
}

@InputType({ description: 'Says that a child is back where her place was kept, or where she was missing from.' })
export class RecordReturnInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { description: 'The first night back: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Says that nobody knows where a child is, from wherever she lived.' })
export class RecordMissingInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { description: 'The first night: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => Boolean, { description: 'Is there a sign of trafficking? Then a conference is called at once.' })
  @IsBoolean()
  traffickingSign: boolean;
}

@InputType({ description: 'Says who was told that a child is missing or has died and when, or why somebody could not be.' })
export class RecordTellingInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child: of her death, or of the last time that she was missing.' })
  @IsUUID()
  childId: string;

  @Field(() => TellingParty, { description: 'Who had to hear of it.' })
  @IsEnum(TellingParty)
  party: TellingParty;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which they were told; null where they were not.' })
  @IsOptional()
  on?: CivilDate | null;

  @Field(() => String, { nullable: true, description: 'The hour of that day in Cambodia, as 08:30.' })
  @IsOptional()
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/)
  at?: string | null;

  @Field(() => String, { nullable: true, description: 'Who was told, as a name or a post, at most 200 characters.' })
  @IsOptional()
  @IsText(200)
  whom?: string | null;

  @Field(() => String, { nullable: true, description: 'Why nobody could be told, at most 500 characters.' })
  @IsOptional()
  @IsText(500)
  notToldReason?: string | null;
}

@InputType({ description: 'Says that somebody from outside the home has talked alone with a child who was missing and is back.' })
export class RecordReturnTalkInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { description: 'The day of the talk.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'With whom she talked, as a name or a post, at most 200 characters.' })
  @IsText(200)
  withWhom: string;

  @Field(() => Boolean, { description: 'Were the two of them alone?' })
  @IsBoolean()
  alone: boolean;

  @Field(() => Boolean, { description: 'Is it somebody from outside the home where she lives?' })
  @IsBoolean()
  outsideHome: boolean;

  @Field(() => Boolean, { description: 'Was the talk offered, and did she not want it?' })
  @IsBoolean()
  refused: boolean;

  @Field(() => Boolean, { description: 'Did it show a sign of trafficking? Then a conference is called.' })
  @IsBoolean()
  traffickingSign: boolean;

  @Field(() => String, { nullable: true, description: 'What she said, in her words, at most 5000 characters.' })
  @IsOptional()
  @IsText(5000)
  words?: string | null;
}

@InputType({ description: 'A return home: why, with whom, and what support there is.' })
export class ReturnHomeInput {
  @Field(() => String, { description: 'Why she goes home, at most 2000 characters.' })
  @IsText(2000)
  reason: string;

  @Field(() => IdScalar, { nullable: true, description: 'With which of her relatives.' })
  @IsOptional()
  @IsUUID()
  relativeId?: string | null;

  @Field(() => String, { nullable: true, description: 'With whom, where it is not among her relatives, at most 200 characters.' })
  @IsOptional()
  @IsText(200)
  withWhom?: string | null;

  @Field(() => String, { description: 'What support there is: money, things, visits, school; at most 2000 characters.' })
  @IsText(2000)
  support: string;
}

@InputType({ description: 'Says that a child who lives with no family of the register has moved.' })
export class RecordMoveInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { description: 'The first night there: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => MoveTo, { description: 'Where to. To a family it is a placement; a stay in hospital from which she comes back is an absence.' })
  @IsEnum(MoveTo)
  to: MoveTo;

  @Field(() => IdScalar, { nullable: true, description: 'The institution, where she goes to one.' })
  @IsOptional()
  @IsUUID()
  institutionId?: string | null;

  @Field(() => ReturnHomeInput, { nullable: true, description: 'For a return home: why, with whom, and with what support.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => ReturnHomeInput)
  home?: ReturnHomeInput | null;

  @Field(() => EntryReason, { nullable: true, description: 'Why she came into care, where she comes back into it.' })
  @IsOptional()
  @IsEnum(EntryReason)
  entryReason?: EntryReason | null;
}

@InputType({ description: 'Says that a child has died.' })
export class RecordDeathInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { description: 'The day: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'Where, at most 200 characters.' })
  @IsText(200)
  place: string;

  @Field(() => String, { nullable: true, description: 'The cause, as far as it is known, at most 500 characters.' })
  @IsOptional()
  @IsText(500)
  cause?: string | null;
}
