import { Args, Context, Extensions, Query, Resolver } from '@nestjs/graphql';
import { compareDates } from '../kernel/civil-date.js';
import { badInput } from '../platform/errors.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { FunnelArgs, RecruitmentFunnel } from './funnel.graphql.js';
import { funnelOf } from './funnel.queries.js';
import { acts } from './recruitment.policy.js';

@Resolver(() => RecruitmentFunnel)
export class FunnelResolver {
  @Query(() => RecruitmentFunnel, { description: 'How far the households came that asked in a period, and how long they stood in each stage; of one campaign, area or worker where named.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['funnel.read'])
  async recruitmentFunnel(@Args() { from, until, campaignId, areaCode, workerId }: FunnelArgs, @Context() request: RequestContext): Promise<RecruitmentFunnel> {
    if (compareDates(until, from) < 0) throw badInput('until', 'validation.endBeforeStart');
    const row = await funnelOf(await request.query(), { from, until, campaignId: campaignId ?? null, areaCode: areaCode ?? null, workerId: workerId ?? null });
    return { ...row, stages: [...row.stages] };
  }
}
