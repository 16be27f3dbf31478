import { Args, Context, Extensions, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { CivilDate } from '../kernel/civil-date.js';
import { badInput, notFound } from '../platform/errors.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { DayScalar } from '../platform/graphql/scalars.js';
import { listReleases, readRelease } from './releases.repo.js';
import type { CellRow, ReleaseRow } from './releases.repo.js';
import { CareCountsResult, PublishQuarterInput, PublishedQuarter, PublishedQuarterResult, QUARTER } from './statistics.graphql.js';
import { acts } from './statistics.policy.js';
import { statistics } from './statistics.refusals.js';
import { StatisticsService } from './statistics.service.js';

@Resolver(() => PublishedQuarter)
export class StatisticsResolver {
  constructor(private readonly service: StatisticsService) {}

  @Query(() => CareCountsResult, { description: 'How many children lived where on a day, exactly, of those whose records the caller may see.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['statistics.count'])
  async careCounts(
    @Context() request: RequestContext,
    @Args('on', { type: () => DayScalar, description: 'The day.' }) on: CivilDate,
    @Args('asKnownOn', { type: () => DayScalar, nullable: true, description: 'As known at the end of this day; today where it is left out.' }) asKnownOn?: CivilDate | null,
    @Args('areaCode', { type: () => String, nullable: true, description: 'Only offices of this province or district.' }) areaCode?: string | null,
  ) {
    if (areaCode && !/^\d{2}(\d{2})?$/.test(areaCode)) throw badInput('areaCode', 'validation.matches');
    const op = await request.query();
    const result = await this.service.count(op, request.actor, on, asKnownOn ?? op.today, areaCode ?? '');
    return result.ok ? result.value : statistics.show(request, result);
  }

  @Mutation(() => PublishedQuarterResult, { description: 'Publishes a quarter that is over, once, rounded so that no child can be found in it. For the ministry.' })
  @Can(acts['statistics.publish'])
  publishQuarter(@Args('input') input: PublishQuarterInput, @Context() request: RequestContext) {
    return answer(request, statistics, this.service.publish(request.actor, input, request.requestId), async (id) => toQuarter(await readRelease(await request.query(), { id })));
  }

  @Query(() => PublishedQuarter, { description: 'A published quarter.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['statistics.read'])
  async publishedQuarter(@Args('quarter', { type: () => String, description: 'The quarter, `2026-Q3`.' }) quarter: string, @Context() request: RequestContext): Promise<PublishedQuarter> {
    if (!QUARTER.test(quarter)) throw badInput('quarter', 'validation.matches');
    const found = toQuarter(await readRelease(await request.query(), { quarter }));
    if (found === undefined) throw notFound();
    return found;
  }

  @Query(() => [String], { description: 'The quarters that are published, the latest first.' })
  @Extensions({ mayBeOld: true, maximum: 40 })
  @Can(acts['statistics.read'])
  async publishedQuarters(@Context() request: RequestContext): Promise<string[]> {
    return (await listReleases(await request.query())).map(({ quarter }) => quarter);
  }
}

function toQuarter(found: { release: ReleaseRow; cells: CellRow[] } | undefined): PublishedQuarter | undefined {
  if (found === undefined) return undefined;
  const { release, cells } = found;
  return {
    id: release.id,
    quarter: release.quarter,
    referenceDay: release.reference_day,
    asKnownOn: release.as_known_on,
    roundedTo: release.base,
    leastShown: release.least,
    cells: cells.map(({ dimension, category, care_kind, shown }) => ({ dimension, category, careKind: care_kind, shown })),
  };
}
