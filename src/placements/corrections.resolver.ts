import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Child } from '../children/child.graphql.js';
import { recordReads } from '../platform/audit/acts.js';
import { notFound } from '../platform/errors.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { ApproveCorrectionInput, CorrectEpisodeInput, Correction, CorrectionResult, DeclineCorrectionInput, EpisodeBefore, ProposeCorrectionInput, Recording } from './correction.graphql.js';
import type { CorrectionKind, CorrectionReason, CorrectionState } from './correction.graphql.js';
import { correctionById, correctionsOfChild, recordingsOfChild, timelineBefore } from './corrections.queries.js';
import type { CorrectionRow } from './corrections.repo.js';
import { CorrectionsService } from './corrections.service.js';
import { EpisodeResult } from './episode.graphql.js';
import type { EpisodeKind } from './episode.graphql.js';
import { acts } from './placements.policy.js';
import { placements } from './placements.refusals.js';
import { openedTimeline, readEpisode } from './timeline.resolver.js';

/** Putting a timeline right: alone what is one's own slip of the pen, by two people everything else. */
@Resolver(() => Child)
export class CorrectionsResolver {
  constructor(private readonly service: CorrectionsService) {}

  @Mutation(() => EpisodeResult, { description: 'Corrects one\'s own typing error in a timeline; the neighbours follow in the same act. Everything else is proposed to a supervisor.' })
  @Can(acts['episode.correct'])
  correctEpisode(@Args('input') input: CorrectEpisodeInput, @Context() request: RequestContext) {
    return answer(request, placements, this.service.correct(request.actor, input, request.requestId), (id) => readEpisode(request, id));
  }

  @Mutation(() => CorrectionResult, { description: 'Proposes a correction of a timeline, with its reason. It is refused at once where a neighbour would vanish.' })
  @Can(acts['correction.propose'])
  proposeCorrection(@Args('input') input: ProposeCorrectionInput, @Context() request: RequestContext) {
    return answer(request, placements, this.service.propose(request.actor, input, request.requestId), (id) => read(request, id));
  }

  @Mutation(() => CorrectionResult, { description: 'Approves somebody else\'s correction: the timeline, stays, care periods and places follow in the same act, payments with the next run. A conflict where the timeline has changed since.' })
  @Can(acts['correction.approve'])
  approveCorrection(@Args('input') input: ApproveCorrectionInput, @Context() request: RequestContext) {
    return answer(request, placements, this.service.approve(request.actor, input, request.requestId), (id) => read(request, id));
  }

  @Mutation(() => CorrectionResult, { description: 'Declines a correction, with the reason. Whoever proposed it may take it back this way.' })
  @Can(acts['correction.decline'])
  declineCorrection(@Args('input') input: DeclineCorrectionInput, @Context() request: RequestContext) {
    return answer(request, placements, this.service.decline(request.actor, input, request.requestId), (id) => read(request, id));
  }

  @Query(() => Correction, { description: 'One correction of a child\'s timeline. Opening it is written down.' })
  @Can(acts['correction.read'])
  async correction(@Args('id', { type: () => IdScalar, description: 'The correction.' }) id: string, @Context() request: RequestContext): Promise<Correction> {
    const found = await read(request, id);
    if (found === undefined) throw notFound();
    await recordReads(await request.query(), 'child_timeline', [found.childId], request.operation);
    return found;
  }

  @Extensions({ maximum: 50 })
  @ResolveField(() => [Correction], { description: 'Corrections of her timeline that were proposed, the latest first, at most 50; none for an institution\'s staff.' })
  async corrections(@Parent() child: Child, @Context() request: RequestContext): Promise<Correction[]> {
    return ((await request.load(correctionsOfChild, child.id)) ?? []).map(toCorrection);
  }

  @Extensions({ maximum: 100 })
  @ResolveField(() => [Recording], { description: 'What was recorded of where she lives, and by whom, the latest first, at most 100; none for an institution\'s staff.' })
  async recordings(@Parent() child: Child, @Context() request: RequestContext): Promise<Recording[]> {
    return ((await request.load(recordingsOfChild, child.id)) ?? []).map(({ id, act, at, actor_id, on_day }) => ({ id, act, at, by: actor_id, on: on_day }));
  }

  @Extensions({ maximum: 200 })
  @ResolveField(() => [EpisodeBefore], { description: 'What her timeline said before it was written otherwise, the latest first, at most 200; an institution\'s staff see the stays in their own house.' })
  async timelineBefore(@Parent() child: Child, @Context() request: RequestContext): Promise<EpisodeBefore[]> {
    // The same opening of her timeline as reading it now, and written down once for both.
    await request.load(openedTimeline(request), child.id);
    const rows = (await request.load(timelineBefore, child.id)) ?? [];
    return rows.map((row) => ({
      id: row.id, kind: row.kind as EpisodeKind, from: row.starts, to: row.ends, institutionId: row.institution_id, familyId: row.family_id, recordedBy: row.recorded_by,
      recordedAt: row.recorded_at, replacedAt: row.replaced_at,
    }));
  }
}

async function read(request: RequestContext, id: string): Promise<Correction | undefined> {
  const row = await request.load(correctionById, id);
  return row && toCorrection(row);
}

function toCorrection({ edit, ...row }: CorrectionRow): Correction {
  const days = 'from' in edit ? { startsOn: edit.from, endsOn: edit.to } : { startsOn: null, endsOn: null };
  return {
    id: row.id,
    childId: row.child_id,
    what: row.what as CorrectionKind,
    episodeId: 'episodeId' in edit ? edit.episodeId : null,
    ...days,
    kind: 'place' in edit ? (edit.place.kind as EpisodeKind) : null,
    reason: row.reason as CorrectionReason,
    note: row.note,
    state: row.state as CorrectionState,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
  };
}
