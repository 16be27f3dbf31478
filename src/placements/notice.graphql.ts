import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsEnum, IsInt, IsOptional, IsUUID, Max, Min, ValidateNested } from 'class-validator';
import { BirthInput } from '../children/child.graphql.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { Sex } from '../platform/graphql/enums.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar, MomentScalar } from '../platform/graphql/scalars.js';
import { notices } from './notices.refusals.js';

export enum NoticeDirection {
  arrival = 'arrival',
  departure = 'departure',
}
registerEnumType(NoticeDirection, { name: 'NoticeDirection', description: 'Somebody came to an institution, or left it.' });

export enum NoticeStatus {
  notified = 'notified',
  accepted = 'accepted',
  refused = 'refused',
}
registerEnumType(NoticeStatus, { name: 'NoticeState', description: 'Has the office decided about it?' });

export enum GoesTo {
  home = 'home',
  kin = 'kin',
  foster = 'foster',
  institution = 'institution',
  independent = 'independent',
  unknown = 'unknown',
}
registerEnumType(GoesTo, { name: 'NoticeGoesTo', description: 'Where a child goes who does not stay in an institution.' });

@ObjectType({ description: 'What an institution says of who came or left, and what the office decided.' })
export class Notice {
  @Field(() => IdScalar, { description: 'The notice.' })
  id: string;

  @Field(() => IdScalar, { description: 'The institution.' })
  institutionId: string;

  @Field(() => NoticeDirection, { description: 'Came or left?' })
  direction: NoticeDirection;

  @Field(() => DayScalar, { description: 'The day on which it happened.' })
  on: CivilDate;

  @Field(() => IdScalar, { nullable: true, description: 'The child; null until an arrival is accepted.' })
  childId: string | null;

  @Field(() => String, { nullable: true, description: 'Who came, as told, until it is accepted: in Khmer.' })
  nameKm: string | null;

  @Field(() => String, { nullable: true, description: 'Who came, as told, until it is accepted: in Latin letters.' })
  nameLatin: string | null;

  @Field(() => Int, { nullable: true, description: 'The number that the institution knows her by, where it told one.' })
  childNumber: number | null;

  @Field(() => Boolean, { description: 'Was it an emergency?' })
  emergency: boolean;

  @Field(() => String, { nullable: true, description: 'How it came about.' })
  circumstances: string | null;

  @Field(() => GoesTo, { nullable: true, description: 'Where she goes, or is said to have gone.' })
  goesTo: GoesTo | null;

  @Field(() => MomentScalar, { description: 'When the institution told it.' })
  notifiedAt: Date;

  @Field(() => Boolean, { description: 'Was it told later than within 24 hours?' })
  late: boolean;

  @Field(() => NoticeStatus, { description: 'Has the office decided?' })
  state: NoticeStatus;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was decided.' })
  decidedOn: CivilDate | null;

  @Field(() => String, { nullable: true, description: 'Why, where it was refused or accepted beyond a rule.' })
  reason: string | null;

  @Field(() => [String], { description: 'The rules that an accepted arrival breaks, at most two.' })
  breaches: string[];
}

export const NoticeResult = resultUnion(Notice, 'Notice', notices);

@InputType({ description: 'An institution tells within 24 hours that a child came.' })
export class NotifyArrivalInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The institution.' })
  @IsUUID()
  institutionId: string;

  @Field(() => DayScalar, { description: 'The day on which she came: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { nullable: true, description: 'Name in Khmer; left out: unknown.' })
  @IsOptional()
  @IsText(120)
  nameKm?: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters; left out: unknown.' })
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

  @Field(() => Int, { nullable: true, description: 'Her number in the register, where she brought one.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  childNumber?: number | null;

  @Field(() => Boolean, { description: 'Was it an emergency? Then say which.' })
  @IsBoolean()
  emergency: boolean;

  @Field(() => String, { nullable: true, description: 'How it came about; needed in an emergency. At most 1,000 characters.' })
  @IsOptional()
  @IsText(1000)
  circumstances?: string | null;
}

@InputType({ description: 'An institution tells within 24 hours that a child left.' })
export class NotifyDepartureInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child; she lives in the institution.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { description: 'The day on which she left: not ahead, at most a late entry back.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => GoesTo, { nullable: true, description: 'Where she is said to have gone.' })
  @IsOptional()
  @IsEnum(GoesTo)
  goesTo?: GoesTo | null;

  @Field(() => String, { nullable: true, description: 'How it came about, at most 1,000 characters.' })
  @IsOptional()
  @IsText(1000)
  circumstances?: string | null;
}

@InputType({ description: 'The office decides about an arrival or a departure.' })
export class DecideNoticeInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The notice.' })
  @IsUUID()
  noticeId: string;

  @Field(() => Boolean, { description: 'Accepted? Otherwise refused, with a reason.' })
  @IsBoolean()
  accept: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'She is there whatever the rules say: recorded with the rules it breaks, and brought to a supervisor today.' })
  @IsBoolean()
  asFact: boolean;

  @Field(() => String, { nullable: true, description: 'Why; needed for a no. At most 1,000 characters.' })
  @IsOptional()
  @IsText(1000)
  reason?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Who came, where the register knows her already.' })
  @IsOptional()
  @IsUUID()
  childId?: string | null;

  @Field(() => GoesTo, { nullable: true, description: 'Where she goes: needed for a refused arrival and an accepted departure.' })
  @IsOptional()
  @IsEnum(GoesTo)
  goesTo?: GoesTo | null;

  @Field(() => IdScalar, { nullable: true, description: 'Which institution, where she goes to one.' })
  @IsOptional()
  @IsUUID()
  toInstitutionId?: string | null;
}

@InputType({ description: 'A supervisor lets a child stay in a temporary centre beyond its limit, until a day.' })
export class ExtendTemporaryStayInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The child.' })
  @IsUUID()
  childId: string;

  @Field(() => DayScalar, { description: 'Until this day, ahead.' })
  @IsDefined()
  until: CivilDate;

  @Field(() => String, { description: 'Why, at most 1,000 characters.' })
  @IsText(1000)
  reason: string;
}
