import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { AbsencesService } from './absences.service.js';
import { EpisodeResult } from './episode.graphql.js';
import { acts } from './placements.policy.js';
import { placements } from './placements.refusals.js';
import { readEpisode } from './timeline.resolver.js';
import { RecordAbsenceInput, RecordReturnInput } from './whereabouts.inputs.js';

/** Nights elsewhere while a place is kept. */
@Resolver()
export class WhereaboutsResolver {
  constructor(private readonly absences: AbsencesService) {}

  @Mutation(() => EpisodeResult, { description: 'A child sleeps elsewhere while her place is kept: hospital, respite, a visit, her carers\' holiday. Her placement and its pay go on.' })
  @Can(acts['absence.record'])
  recordAbsence(@Args('input') input: RecordAbsenceInput, @Context() request: RequestContext) {
    return answer(request, placements, this.absences.record(request.actor, input, request.requestId), (id) => readEpisode(request, id));
  }

  @Mutation(() => EpisodeResult, { description: 'A child is back where her place was kept, or where she was missing from.' })
  @Can(acts['absence.return'])
  recordReturn(@Args('input') input: RecordReturnInput, @Context() request: RequestContext) {
    return answer(request, placements, this.absences.back(request.actor, input, request.requestId), (id) => readEpisode(request, id));
  }
}
