import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Child } from '../children/child.graphql.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { AbsencesService } from './absences.service.js';
import { DeathsService } from './deaths.service.js';
import { EpisodeResult } from './episode.graphql.js';
import { MissingService } from './missing.service.js';
import { OutsideService } from './outside.service.js';
import { acts } from './placements.policy.js';
import { placements } from './placements.refusals.js';
import { readEpisode } from './timeline.resolver.js';
import { Death, DeathResult, Disappearance, DisappearanceResult, ReturnHome, ReturnTalk, Telling, TellingResult } from './whereabouts.graphql.js';
import { RecordAbsenceInput, RecordDeathInput, RecordMissingInput, RecordMoveInput, RecordReturnInput, RecordReturnTalkInput, RecordTellingInput } from './whereabouts.inputs.js';
import { deathById, deathOfChild, disappearanceById, disappearancesOf, returnsHomeOf, talkOf, tellingById, tellingsOf } from './whereabouts.queries.js';
import type { DeathRow, DisappearanceRow, TellingRow } from './whereabouts.queries.js';

/** Nights elsewhere, missing, moves without a family, and death: what is recorded, and what of it the child's file shows. */
@Resolver(() => Child)
export class WhereaboutsResolver {
  constructor(
    private readonly absences: AbsencesService,
    private readonly missing: MissingService,
    private readonly outside: OutsideService,
    private readonly deaths: DeathsService,
  ) {}

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

  @Mutation(() => DisappearanceResult, { description: 'Nobody knows where a child is. Her place is kept for some nights; police, parents, worker and supervisor are told.' })
  @Can(acts['missing.record'])
  recordMissing(@Args('input') input: RecordMissingInput, @Context() request: RequestContext) {
    return answer(request, placements, this.missing.record(request.actor, input, request.requestId), async (id) => {
      const row = await request.load(disappearanceById, id);
      return row && toDisappearance(row);
    });
  }

  @Mutation(() => TellingResult, { description: 'Somebody was told that a child is missing or has died, or could not be.' })
  @Can(acts['telling.record'])
  recordTelling(@Args('input') input: RecordTellingInput, @Context() request: RequestContext) {
    return answer(request, placements, this.missing.told(request.actor, input, request.requestId), async (id) => {
      const row = await request.load(tellingById, id);
      return row && toTelling(row);
    });
  }

  @Mutation(() => DisappearanceResult, { description: 'Somebody from outside the home has talked alone with a child who was missing and is back.' })
  @Can(acts['missing.recordTalk'])
  recordReturnTalk(@Args('input') input: RecordReturnTalkInput, @Context() request: RequestContext) {
    return answer(request, placements, this.missing.talk(request.actor, input, request.requestId), async (id) => {
      const row = await request.load(disappearanceById, id);
      return row && toDisappearance(row);
    });
  }

  @Mutation(() => EpisodeResult, { description: 'A child who lives with no family of the register has moved: to an institution, home, to live by herself, or nobody knows where.' })
  @Can(acts['move.record'])
  recordMove(@Args('input') input: RecordMoveInput, @Context() request: RequestContext) {
    return answer(request, placements, this.outside.record(request.actor, input, request.requestId), (id) => readEpisode(request, id));
  }

  @Mutation(() => DeathResult, { description: 'A child has died, wherever she lived. Everything that was asked of anybody about her stops; a review from outside is due.' })
  @Can(acts['death.record'])
  recordDeath(@Args('input') input: RecordDeathInput, @Context() request: RequestContext) {
    return answer(request, placements, this.deaths.record(request.actor, input, request.requestId), async (id) => {
      const row = await request.load(deathById, id);
      return row && toDeath(request, row);
    });
  }

  @Extensions({ maximum: 50 })
  @ResolveField(() => [Disappearance], { description: 'When nobody knew where she was, the latest first, at most 50; none for an institution\'s staff.' })
  async disappearances(@Parent() child: Child, @Context() request: RequestContext): Promise<Disappearance[]> {
    return ((await request.load(disappearancesOf, child.id)) ?? []).map(toDisappearance);
  }

  @Extensions({ maximum: 50 })
  @ResolveField(() => [ReturnHome], { description: 'Her returns home, the latest first, at most 50; none for an institution\'s staff.' })
  async returnsHome(@Parent() child: Child, @Context() request: RequestContext): Promise<ReturnHome[]> {
    const rows = (await request.load(returnsHomeOf, child.id)) ?? [];
    return rows.map((row) => ({ id: row.id, on: row.on_day, reason: row.reason, relativeId: row.relative_id, withWhom: row.with_whom, support: row.support }));
  }

  @ResolveField(() => Death, { nullable: true, description: 'Her death, where she has died; null for an institution\'s staff.' })
  async death(@Parent() child: Child, @Context() request: RequestContext): Promise<Death | null> {
    const row = await request.load(deathOfChild, child.id);
    return row === undefined ? null : toDeath(request, row);
  }
}

/** What hangs on a disappearance. */
@Resolver(() => Disappearance)
export class DisappearanceResolver {
  @Extensions({ maximum: 50 })
  @ResolveField(() => [Telling], { description: 'Who was told, at most 50.' })
  async told(@Parent() disappearance: Disappearance, @Context() request: RequestContext): Promise<Telling[]> {
    return ((await request.load(tellingsOf, disappearance.id)) ?? []).map(toTelling);
  }

  @ResolveField(() => ReturnTalk, { nullable: true, description: 'The talk after she was back; null until it is held.' })
  async talk(@Parent() disappearance: Disappearance, @Context() request: RequestContext): Promise<ReturnTalk | null> {
    const row = await request.load(talkOf, disappearance.id);
    return row === undefined ? null : { on: row.on_day, withWhom: row.with_whom, refused: row.refused, words: row.words };
  }
}

async function toDeath(request: RequestContext, row: DeathRow): Promise<Death> {
  const told = ((await request.load(tellingsOf, row.id)) ?? []).map(toTelling);
  return { id: row.id, childId: row.child_id, on: row.on_day, place: row.place, cause: row.cause, told };
}

function toDisappearance(row: DisappearanceRow): Disappearance {
  return {
    id: row.id, childId: row.child_id, since: row.since, keptUntil: row.kept_until, releasedOn: row.released_on, returnedOn: row.returned_on, talkDueAt: row.talk_due_at, traffickingSign: row.trafficking_sign,
  };
}

function toTelling(row: TellingRow): Telling {
  return { id: row.id, party: row.party, at: row.told_at, whom: row.whom, notToldReason: row.not_told_reason, recordedBy: row.recorded_by };
}
