import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { CivilDate } from '../kernel/civil-date.js';
import { refuse } from '../kernel/result.js';
import { mayInArea } from '../platform/auth/acts.js';
import { notFound } from '../platform/errors.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { Campaign } from './campaign.graphql.js';
import { readCampaign } from './campaigns.resolver.js';
import { apply, enquiryLifecycle } from './enquiry.domain.js';
import { AssignEnquiryInput, EnquiriesArgs, Enquiry, EnquiryConnection, EnquiryResult, FollowUp, FollowUpEnquiryInput, RecordEnquiryInput } from './enquiry.graphql.js';
import type { EnquirySource, EnquiryState, FollowUpOutcome } from './enquiry.graphql.js';
import { enquiryById, followUpsOf, listEnquiries } from './enquiries.queries.js';
import type { EnquiryRow } from './enquiries.queries.js';
import { EnquiriesService } from './enquiries.service.js';
import { acts } from './recruitment.policy.js';
import { recruitment } from './recruitment.refusals.js';

@Resolver(() => Enquiry)
export class EnquiriesResolver {
  constructor(private readonly service: EnquiriesService) {}

  @Mutation(() => EnquiryResult, { description: 'Records that a household of the caller\'s territory asked about caring for a child.' })
  @Can(acts['enquiry.record'])
  recordEnquiry(@Args('input') input: RecordEnquiryInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.record(request.actor, input, request.requestId), (id) => readEnquiry(request, id));
  }

  @Mutation(() => EnquiryResult, { description: 'Records that an enquiry was followed up, with what came of it and when to ask again.' })
  @Can(acts['enquiry.followUp'])
  followUpEnquiry(@Args('input') input: FollowUpEnquiryInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.followUp(request.actor, input, request.requestId), (id) => readEnquiry(request, id));
  }

  @Mutation(() => EnquiryResult, { description: 'Gives an open enquiry to another social worker of its office.' })
  @Can(acts['enquiry.assign'])
  assignEnquiry(@Args('input') input: AssignEnquiryInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.assign(request.actor, input, request.requestId), (id) => readEnquiry(request, id));
  }

  @Query(() => Enquiry, { description: 'One enquiry of the caller\'s offices.' })
  @Can(acts['enquiry.read'])
  async enquiry(@Args('id', { type: () => IdScalar, description: 'The enquiry.' }) id: string, @Context() request: RequestContext): Promise<Enquiry> {
    const found = await readEnquiry(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Query(() => EnquiryConnection, { description: 'Enquiries of the caller\'s offices, the latest first.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['enquiry.read'])
  async enquiries(@Args() page: EnquiriesArgs, @Context() request: RequestContext): Promise<Page<Enquiry>> {
    const rows = await listEnquiries(await request.query(), { campaignId: page.campaignId ?? null, state: page.state ?? null }, afterKey(page, 'day', 'id'), page.first + 1);
    return pageOf(page, rows, (row) => [row.received_on, row.id], toEnquiry);
  }

  @ResolveField(() => Campaign, { nullable: true, description: 'The campaign that brought it.' })
  async campaign(@Parent() enquiry: Enquiry, @Context() request: RequestContext): Promise<Campaign | undefined> {
    return enquiry.campaignId === null ? undefined : readCampaign(request, enquiry.campaignId);
  }

  @ResolveField(() => [FollowUp], { description: 'How it was followed up, the latest first, at most 50.' })
  async followUps(@Parent() enquiry: Enquiry, @Context() request: RequestContext): Promise<FollowUp[]> {
    const rows = (await request.load(followUpsOf, enquiry.id)) ?? [];
    return rows.map((row) => ({ id: row.id, on: row.on_day as CivilDate, outcome: row.outcome as FollowUpOutcome, note: row.note }));
  }

  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with it now, with the reason for each no.' })
  can(@Parent() enquiry: Enquiry, @Context() request: RequestContext): ActAnswer[] {
    const facts = { state: enquiry.state, receivedOn: enquiry.receivedOn, original: enquiry.originalId };
    const open = enquiry.originalId === null && enquiryLifecycle.commandsFrom(enquiry.state).length > 0;
    const assignable = enquiry.originalId === null && enquiryLifecycle.next(enquiry.state, 'assign') !== undefined;
    const ended = enquiry.originalId === null ? refuse('ENQUIRY_ENDED', { state: enquiry.state }) : refuse('ENQUIRY_DUPLICATE');
    return [
      canAct(request, acts['enquiry.followUp'], mayInArea(request.actor, acts['enquiry.followUp'], enquiry.areaCode), recruitment, open ? undefined : ended),
      canAct(request, acts['enquiry.assign'], mayInArea(request.actor, acts['enquiry.assign'], enquiry.areaCode), recruitment, assignable ? undefined : ended),
      canAct(request, acts['application.receive'], mayInArea(request.actor, acts['application.receive'], enquiry.areaCode), recruitment, apply(facts, enquiry.receivedOn)),
    ];
  }
}

/** An enquiry as the caller may see it. */
export async function readEnquiry(request: RequestContext, id: string): Promise<Enquiry | undefined> {
  const row = await request.load(enquiryById, id);
  return row && toEnquiry(row);
}

function toEnquiry(row: EnquiryRow): Enquiry {
  return {
    id: row.id,
    source: row.source as EnquirySource,
    nameKm: row.name_km,
    nameLatin: row.name_latin,
    phone: row.phone,
    areaCode: row.area_code,
    receivedOn: row.received_on as CivilDate,
    state: row.state as EnquiryState,
    nextOn: row.next_on as CivilDate | null,
    campaignId: row.campaign_id,
    originalId: row.duplicate_of,
  };
}
