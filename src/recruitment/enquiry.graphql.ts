import { ArgsType, Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsDefined, IsEnum, IsOptional, IsUUID, Matches } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { IsPhone, IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { AREA_CODE } from './campaign.graphql.js';
import { recruitment } from './recruitment.refusals.js';

export enum EnquirySource {
  campaign = 'campaign',
  walk_in = 'walk_in',
  phone = 'phone',
}
registerEnumType(EnquirySource, { name: 'EnquirySource', description: 'How an enquiry came.' });

export enum EnquiryState {
  new = 'new',
  followed_up = 'followed_up',
  applied = 'applied',
  not_interested = 'not_interested',
  unreachable = 'unreachable',
}
registerEnumType(EnquiryState, { name: 'EnquiryState', description: 'Where an enquiry stands.' });

export enum FollowUpOutcome {
  interested = 'interested',
  no_answer = 'no_answer',
  not_interested = 'not_interested',
  unreachable = 'unreachable',
}
registerEnumType(FollowUpOutcome, { name: 'FollowUpOutcome', description: 'What came of asking again.' });

@ObjectType({ description: 'One time somebody was asked again.' })
export class FollowUp {
  @Field(() => IdScalar, { description: 'The follow-up.' })
  id: string;

  @Field(() => DayScalar, { description: 'The day on which it happened.' })
  on: CivilDate;

  @Field(() => FollowUpOutcome, { description: 'What came of it.' })
  outcome: FollowUpOutcome;

  @Field(() => String, { nullable: true, description: 'The worker\'s note.' })
  note: string | null;
}

@ObjectType({ description: 'Somebody who asked about caring for a child.' })
export class Enquiry {
  @Field(() => IdScalar, { description: 'The enquiry.' })
  id: string;

  @Field(() => EnquirySource, { description: 'How it came.' })
  source: EnquirySource;

  @Field(() => String, { nullable: true, description: 'Name in Khmer.' })
  nameKm: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters.' })
  nameLatin: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone, +855...' })
  phone: string | null;

  @Field(() => String, { description: 'Code of the commune or village of the household.' })
  areaCode: string;

  @Field(() => DayScalar, { description: 'The day on which it came.' })
  receivedOn: CivilDate;

  @Field(() => EnquiryState, { description: 'Where it stands.' })
  state: EnquiryState;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which to ask again; null once it has ended.' })
  nextOn: CivilDate | null;

  campaignId: string | null;
  originalId: string | null;
}

export const EnquiryResult = resultUnion(Enquiry, 'Enquiry', recruitment);
export const EnquiryConnection = connectionOf(Enquiry, 'Enquiry');

@InputType({ description: 'Records that somebody asked about caring for a child.' })
export class RecordEnquiryInput extends KeyedInput {
  @Field(() => IdScalar, { nullable: true, description: 'The campaign that brought it; without one it is a walk-in or a call.' })
  @IsOptional()
  @IsUUID()
  campaignId?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Did it come by telephone?' })
  @IsDefined()
  byPhone: boolean;

  @Field(() => String, { nullable: true, description: 'Name in Khmer, family name first; one of the two names is needed.' })
  @IsOptional()
  @IsText(120)
  nameKm?: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters, family name first.' })
  @IsOptional()
  @IsText(120)
  nameLatin?: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone as people write it; Khmer digits are taken.' })
  @IsOptional()
  @IsPhone()
  phone?: string | null;

  @Field(() => String, { description: 'Code of the commune or village of the household.' })
  @Matches(AREA_CODE)
  areaCode: string;

  @Field(() => DayScalar, { description: 'The day on which it came: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Records that somebody was asked again.' })
export class FollowUpEnquiryInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The enquiry.' })
  @IsUUID()
  enquiryId: string;

  @Field(() => DayScalar, { description: 'The day on which it happened: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => FollowUpOutcome, { description: 'What came of it.' })
  @IsEnum(FollowUpOutcome)
  outcome: FollowUpOutcome;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which to ask again; needed while the enquiry stays open.' })
  @IsOptional()
  nextOn?: CivilDate | null;

  @Field(() => String, { nullable: true, description: 'A note, at most 2,000 characters.' })
  @IsOptional()
  @IsText(2000)
  note?: string | null;
}

@InputType({ description: 'Gives an open enquiry to another social worker of its office.' })
export class AssignEnquiryInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The enquiry.' })
  @IsUUID()
  enquiryId: string;

  @Field(() => IdScalar, { description: 'The account of the social worker who gets it.' })
  @IsUUID()
  accountId: string;

  @Field(() => DayScalar, { description: 'The day on which it happened: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;
}

@ArgsType()
export class EnquiriesArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only enquiries of this campaign.' })
  @IsOptional()
  @IsUUID()
  campaignId?: string | null;

  @Field(() => EnquiryState, { nullable: true, description: 'Only enquiries that stand here.' })
  @IsOptional()
  @IsEnum(EnquiryState)
  state?: EnquiryState | null;
}
