import { ArgsType, Extensions, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsDefined, IsOptional, IsUUID, Matches } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { AREA_CODE } from './campaign.graphql.js';
import type { FunnelOf } from './funnel.queries.js';

@ObjectType({ description: 'How long households stood in one stage.' })
export class StageTime {
  @Field(() => String, { description: 'The stage: `enquiry` (from the enquiry to the application), or a state of the application.' })
  stage: string;

  @Field(() => Int, { description: 'How many stays there have ended.' })
  finished: number;

  @Field(() => Int, { description: 'How many households stand there now.' })
  waiting: number;

  @Field(() => Int, { nullable: true, description: 'Half of the ended stays took at most so many days.' })
  medianDays: number | null;

  @Field(() => Int, { nullable: true, description: 'Nine of ten ended stays took at most so many days.' })
  p90Days: number | null;
}

export enum FunnelBy {
  CAMPAIGN = 'campaign',
  DISTRICT = 'district',
  WORKER = 'worker',
}
registerEnumType(FunnelBy, { name: 'FunnelBy', description: 'What the households of a funnel are told apart by.' });

/** How far households came, and how long they stood where. */
@ObjectType({ isAbstract: true })
abstract class FunnelCounts {
  @Field(() => Int, { description: 'Households that asked.' })
  enquiries: number;

  @Field(() => Int, { description: 'Of these, asked again at least once.' })
  followedUp: number;

  @Field(() => Int, { description: 'Of these, applied.' })
  applied: number;

  @Field(() => Int, { description: 'Of these, came before a panel.' })
  presented: number;

  @Field(() => Int, { description: 'Of these, were approved.' })
  approved: number;

  @Field(() => Int, { description: 'Were refused.' })
  refused: number;

  @Field(() => Int, { description: 'Took their application back.' })
  withdrawn: number;

  @Extensions({ maximum: 6 })
  @Field(() => [StageTime], { description: 'How long they stood in each stage, in the order of the way; at most 6.' })
  stages: StageTime[];
}

@ObjectType({ description: 'The households of a funnel that came by one campaign, live in one district, or are with one worker.' })
export class FunnelPart extends FunnelCounts {
  @Field(() => String, { nullable: true, description: 'The id of the campaign or of the worker, or the code of the district; null for households that came by no campaign, or are with nobody.' })
  of: string | null;
}

@ObjectType({ description: 'How far the households came that asked in a period, of the caller\'s offices. One that asked twice counts once; reviews and families loaded from a table are no enquiries.' })
export class RecruitmentFunnel extends FunnelCounts {
  /** Which enquiries it counts: what its parts are asked with. */
  asked: FunnelOf;
}

@ArgsType()
export class FunnelArgs {
  @Field(() => DayScalar, { description: 'Enquiries from this day.' })
  @IsDefined()
  from: CivilDate;

  @Field(() => DayScalar, { description: 'Enquiries until this day, included.' })
  @IsDefined()
  until: CivilDate;

  @Field(() => IdScalar, { nullable: true, description: 'Only of this campaign.' })
  @IsOptional()
  @IsUUID()
  campaignId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only households of this province, district, commune or village.' })
  @IsOptional()
  @Matches(AREA_CODE)
  areaCode?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Only enquiries that are with this worker.' })
  @IsOptional()
  @IsUUID()
  workerId?: string | null;
}
