import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsDefined, IsEnum, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar, RielScalar } from '../platform/graphql/scalars.js';
import { recruitment } from './recruitment.refusals.js';

/** How a campaign reaches people. */
export enum CampaignChannel {
  village_meeting = 'village_meeting',
  radio = 'radio',
  loudspeaker = 'loudspeaker',
  pagoda = 'pagoda',
  social_media = 'social_media',
  leaflet = 'leaflet',
}
registerEnumType(CampaignChannel, { name: 'CampaignChannel', description: 'How a campaign reaches people.' });

/** What is written as an area's code in every input. */
export const AREA_CODE = /^\d{2}(\d{2}){0,3}$/;

@ObjectType({ description: 'One event of a campaign: a meeting, a broadcast, a day at the pagoda.' })
export class CampaignEvent {
  @Field(() => IdScalar, { description: 'The event.' })
  id: string;

  @Field(() => DayScalar, { description: 'The day on which it was held.' })
  on: CivilDate;

  @Field(() => String, { description: 'Code of the district, commune or village.' })
  areaCode: string;

  @Field(() => CampaignChannel, { description: 'How people were reached.' })
  channel: CampaignChannel;

  @Field(() => Int, { description: 'People who were there or heard it, counted or estimated.' })
  peopleReached: number;

  @Field(() => String, { nullable: true, description: 'The worker\'s note.' })
  note: string | null;
}

@ObjectType({ description: 'A recruitment campaign: a place, its days and how people are reached.' })
export class Campaign {
  @Field(() => IdScalar, { description: 'The campaign.' })
  id: string;

  @Field(() => String, { description: 'Its name in Khmer.' })
  nameKm: string;

  @Field(() => String, { description: 'Its name in Latin letters.' })
  nameLatin: string;

  @Field(() => String, { description: 'Code of the district, commune or village.' })
  areaCode: string;

  @Field(() => [CampaignChannel], { description: 'How people are reached.' })
  channels: CampaignChannel[];

  @Field(() => DayScalar, { description: 'First day.' })
  startsOn: CivilDate;

  @Field(() => DayScalar, { description: 'Last day.' })
  endsOn: CivilDate;

  @Field(() => Int, { nullable: true, description: 'People reached, counted when it was closed.' })
  peopleReached: number | null;

  @Field(() => RielScalar, { nullable: true, description: 'What it cost in riel, told when it was closed.' })
  cost: bigint | null;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was closed; null while it is open.' })
  closedOn: CivilDate | null;
}

export const CampaignResult = resultUnion(Campaign, 'Campaign', recruitment);
export const CampaignConnection = connectionOf(Campaign, 'Campaign');

@InputType({ description: 'Opens a recruitment campaign.' })
export class OpenCampaignInput extends KeyedInput {
  @Field(() => String, { description: 'Name in Khmer, at most 120 characters.' })
  @IsText(120)
  nameKm: string;

  @Field(() => String, { description: 'Name in Latin letters, at most 120 characters.' })
  @IsText(120)
  nameLatin: string;

  @Field(() => String, { description: 'Code of the district, commune or village.' })
  @Matches(AREA_CODE)
  areaCode: string;

  @Field(() => [CampaignChannel], { description: 'How people are reached, one or more.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(6)
  @ArrayUnique()
  @IsEnum(CampaignChannel, { each: true })
  channels: CampaignChannel[];

  @Field(() => DayScalar, { description: 'First day; it may lie ahead.' })
  @IsDefined()
  startsOn: CivilDate;

  @Field(() => DayScalar, { description: 'Last day.' })
  @IsDefined()
  endsOn: CivilDate;
}

@InputType({ description: 'Closes a campaign and says how many people it reached.' })
export class CloseCampaignInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The campaign.' })
  @IsDefined()
  campaignId: string;

  @Field(() => DayScalar, { description: 'The day on which it ended: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => Int, { description: 'People reached, counted or estimated.' })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  peopleReached: number;

  @Field(() => RielScalar, { nullable: true, description: 'What it cost in riel, where that is known.' })
  @IsOptional()
  cost?: bigint | null;
}

@InputType({ description: 'Records an event of a campaign.' })
export class RecordCampaignEventInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The campaign.' })
  @IsUUID()
  campaignId: string;

  @Field(() => DayScalar, { description: 'The day on which it was held: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;

  @Field(() => String, { description: 'Code of the district, commune or village, within the campaign\'s.' })
  @Matches(AREA_CODE)
  areaCode: string;

  @Field(() => CampaignChannel, { description: 'How people were reached.' })
  @IsEnum(CampaignChannel)
  channel: CampaignChannel;

  @Field(() => Int, { description: 'People who were there or heard it, counted or estimated.' })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  peopleReached: number;

  @Field(() => String, { nullable: true, description: 'A note, at most 2,000 characters.' })
  @IsOptional()
  @IsText(2000)
  note?: string | null;
}

@ArgsType()
export class CampaignsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only campaigns in this area.' })
  @IsOptional()
  @Matches(AREA_CODE)
  areaCode?: string | null;
}
