import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { CivilDate } from '../kernel/civil-date.js';
import { areasFor } from '../platform/auth/acts.js';
import { notFound } from '../platform/errors.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { Campaign, CampaignConnection, CampaignEvent, CampaignResult, CampaignsArgs, CloseCampaignInput, OpenCampaignInput, RecordCampaignEventInput } from './campaign.graphql.js';
import type { CampaignChannel } from './campaign.graphql.js';
import { MOST_EVENTS, campaignById, eventsOf, listCampaigns } from './campaigns.queries.js';
import type { CampaignRow } from './campaigns.queries.js';
import { CampaignsService } from './campaigns.service.js';
import { acts } from './recruitment.policy.js';
import { recruitment } from './recruitment.refusals.js';

@Resolver(() => Campaign)
export class CampaignsResolver {
  constructor(private readonly service: CampaignsService) {}

  @Mutation(() => CampaignResult, { description: 'Opens a recruitment campaign in a district, commune or village of the caller\'s territory.' })
  @Can(acts['campaign.open'])
  openCampaign(@Args('input') input: OpenCampaignInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.open(request.actor, input, request.requestId), (id) => readCampaign(request, id));
  }

  @Mutation(() => CampaignResult, { description: 'Closes a campaign; enquiries that come later are walk-ins or calls.' })
  @Can(acts['campaign.close'])
  closeCampaign(@Args('input') input: CloseCampaignInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.close(request.actor, input, request.requestId), (id) => readCampaign(request, id));
  }

  @Mutation(() => CampaignResult, { description: 'Records an event of a campaign, with the people it reached.' })
  @Can(acts['campaign.recordEvent'])
  recordCampaignEvent(@Args('input') input: RecordCampaignEventInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.recordEvent(request.actor, input, request.requestId), (id) => readCampaign(request, id));
  }

  @Extensions({ maximum: MOST_EVENTS })
  @ResolveField(() => [CampaignEvent], { description: 'Its events, the latest first, at most 50.' })
  async events(@Parent() campaign: Campaign, @Context() request: RequestContext): Promise<CampaignEvent[]> {
    return ((await request.load(eventsOf, campaign.id)) ?? []).map((row) => ({
      id: row.id, on: row.held_on as CivilDate, areaCode: row.area_code, channel: row.channel as CampaignChannel, peopleReached: row.people_reached, note: row.note,
    }));
  }

  @Query(() => Campaign, { description: 'One campaign of the caller\'s territory.' })
  @Can(acts['campaign.read'])
  async campaign(@Args('id', { type: () => IdScalar, description: 'The campaign.' }) id: string, @Context() request: RequestContext): Promise<Campaign> {
    const found = await readCampaign(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Query(() => CampaignConnection, { description: 'Campaigns of the caller\'s territory, the latest first.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['campaign.read'])
  async campaigns(@Args() page: CampaignsArgs, @Context() request: RequestContext): Promise<Page<Campaign>> {
    const after = afterKey(page, 'day', 'id');
    const op = await request.query();
    const rows = await listCampaigns(op, areasFor(request.actor, acts['campaign.read']), page.areaCode ?? null, after, page.first + 1);
    return pageOf(page, rows, (row) => [row.starts_on, row.id], toCampaign);
  }
}

/** A campaign as the caller may see it. */
export async function readCampaign(request: RequestContext, id: string): Promise<Campaign | undefined> {
  const row = await request.load(campaignById, id);
  return row && toCampaign(row);
}

function toCampaign(row: CampaignRow): Campaign {
  return {
    id: row.id,
    nameKm: row.name_km,
    nameLatin: row.name_latin,
    areaCode: row.area_code,
    channels: row.channels as CampaignChannel[],
    startsOn: row.starts_on as CivilDate,
    endsOn: row.ends_on as CivilDate,
    peopleReached: row.people_reached,
    cost: row.cost,
    closedOn: row.closed_on as CivilDate | null,
  };
}
