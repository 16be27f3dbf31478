import { Args, Context, Extensions, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { compareDates } from '../kernel/civil-date.js';
import { badInput } from '../platform/errors.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { FunnelArgs, FunnelBy, FunnelPart, RecruitmentFunnel } from './funnel.graphql.js';
import { MOST_PARTS, funnelOf, funnelParts } from './funnel.queries.js';
import { acts } from './recruitment.policy.js';

@Resolver(() => RecruitmentFunnel)
export class FunnelResolver {
  @Query(() => RecruitmentFunnel, { description: 'How far the households came that asked in a period, and how long they stood in each stage; of one campaign, area or worker where named.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['funnel.read'])
  async recruitmentFunnel(@Args() { from, until, campaignId, areaCode, workerId }: FunnelArgs, @Context() request: RequestContext): Promise<RecruitmentFunnel> {
    if (compareDates(until, from) < 0) throw badInput('until', 'validation.endBeforeStart');
    const asked = { from, until, campaignId: campaignId ?? null, areaCode: areaCode ?? null, workerId: workerId ?? null };
    const row = await funnelOf(await request.query(), asked);
    return { ...row, stages: [...row.stages], asked };
  }

  @ResolveField(() => [FunnelPart], { description: 'The same for each campaign, district or worker of these households, those with most enquiries first, at most 50.' })
  @Extensions({ maximum: MOST_PARTS })
  async parts(@Parent() { asked }: RecruitmentFunnel, @Args('by', { type: () => FunnelBy, description: 'What they are told apart by.' }) by: FunnelBy, @Context() request: RequestContext): Promise<FunnelPart[]> {
    return (await funnelParts(await request.query(), asked, by)).map((row) => ({ ...row, stages: [...row.stages] }));
  }
}
