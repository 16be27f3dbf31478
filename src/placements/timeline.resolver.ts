import { Args, Context, Extensions, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Child } from '../children/child.graphql.js';
import { childrenById, opened } from '../children/children.queries.js';
import { recordReads } from '../platform/audit/acts.js';
import { notFound } from '../platform/errors.js';
import type { LoaderDefinition, RequestContext } from '../platform/graphql/context.js';
import type { Precision } from '../platform/graphql/enums.js';
import { Can } from '../platform/graphql/guard.js';
import { Episode, Timeline, TimelineArgs } from './episode.graphql.js';
import type { EpisodeKind } from './episode.graphql.js';
import { Gatekeeping } from './gatekeeping.graphql.js';
import { gatekeepingOfChild } from './gatekeepings.queries.js';
import { toGatekeeping } from './gatekeepings.resolver.js';
import { Placement } from './placement.graphql.js';
import { acts, mayKnow } from './placements.policy.js';
import { placementsOfChild } from './placements.queries.js';
import { toPlacement } from './placements.resolver.js';
import { shownBreaches } from './suitability.domain.js';
import { episodeById, timelineAsKnown, timelinesNow } from './timeline.queries.js';
import type { EpisodeRow } from './timeline.queries.js';

/** Where a child has lived: fields of her file, and the question as of one day, as known on another. */
@Resolver(() => Child)
export class TimelineResolver {
  @Query(() => Timeline, { description: 'Where a child was on a day, as the register knew it on another. Opening it is written down.' })
  @Can(acts['timeline.read'])
  async timeline(@Args() { childId, on, asKnownOn }: TimelineArgs, @Context() request: RequestContext): Promise<Timeline> {
    const op = await request.query();
    const [child] = await childrenById(op, [childId]);
    if (child === undefined) throw notFound();
    await recordReads(op, 'child_timeline', [childId], request.operation);
    const rows = await timelineAsKnown(op, childId, on ?? null, asKnownOn ?? null);
    return { childId, episodes: rows.map((row) => toEpisode(request, row)) };
  }

  @Extensions({ maximum: 200 })
  @ResolveField('timeline', () => [Episode], { description: 'Where she has lived, in order, at most 200 stretches; an institution\'s staff see the stays in their own house.' })
  async hers(@Parent() child: Child, @Context() request: RequestContext): Promise<Episode[]> {
    const rows = (await request.load(openedTimeline(request), child.id)) ?? [];
    return rows.map((row) => toEpisode(request, row));
  }

  @Extensions({ maximum: 50 })
  @ResolveField(() => [Placement], { description: 'Her stays with families and plans for them, the latest first, at most 50; none for an institution\'s staff.' })
  async placements(@Parent() child: Child, @Context() request: RequestContext): Promise<Placement[]> {
    return ((await request.load(placementsOfChild, child.id)) ?? []).map((row) => toPlacement(request, row));
  }

  @ResolveField(() => Gatekeeping, { nullable: true, description: 'The latest decision on where she should live; null for an institution\'s staff.' })
  async gatekeeping(@Parent() child: Child, @Context() request: RequestContext): Promise<Gatekeeping | null> {
    const row = await request.load(gatekeepingOfChild, child.id);
    return row === undefined ? null : toGatekeeping(row);
  }
}

/** Children's timelines as they are known now; that they were opened is written down. */
export function openedTimeline(request: RequestContext): LoaderDefinition<EpisodeRow[]> {
  return opened('child_timeline', request, timelinesNow);
}

/** A stretch as the caller may see it. */
export async function readEpisode(request: RequestContext, id: string): Promise<Episode | undefined> {
  const row = await request.load(episodeById, id);
  return row && toEpisode(request, row);
}

function toEpisode(request: RequestContext, row: EpisodeRow): Episode {
  return {
    id: row.id,
    kind: row.kind as EpisodeKind,
    from: row.starts,
    to: row.ends,
    institutionId: row.institution_id,
    familyId: row.family_id,
    placementId: row.placement_id,
    precision: row.precision as Precision,
    basis: row.basis,
    breaches: shownBreaches(row.breaches, mayKnow(request.actor, row.office_id)),
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  };
}
