import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { AppealRefusalInput, ApplicationAppeal, DecideAppealInput, RecordMotiveTalkInput } from './appeal.graphql.js';
import { MOST_APPEALS, appealsOf } from './appeals.repo.js';
import { AppealsService } from './appeals.service.js';
import { Application, ApplicationResult } from './application.graphql.js';
import { readApplication } from './applications.resolver.js';
import { acts } from './recruitment.policy.js';
import { recruitment } from './recruitment.refusals.js';

@Resolver(() => Application)
export class AppealsResolver {
  constructor(private readonly service: AppealsService) {}

  @Mutation(() => ApplicationResult, { description: 'Records that a household appeals against its refusal, within the days that the setting gives.' })
  @Can(acts['application.appeal'])
  appealRefusal(@Args('input') input: AppealRefusalInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.appeal(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @Mutation(() => ApplicationResult, { description: 'Decides an appeal: a supervisor who had no hand in the refusal. Upheld, the application is open again.' })
  @Can(acts['application.decideAppeal'])
  decideAppeal(@Args('input') input: DecideAppealInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.decide(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @Mutation(() => ApplicationResult, { description: 'Records a supervisor\'s talk with a household about why it applies. A panel decides nothing before it where the home study asked for one.' })
  @Can(acts['motive_talk.record'])
  recordMotiveTalk(@Args('input') input: RecordMotiveTalkInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.talk(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @Extensions({ maximum: MOST_APPEALS })
  @ResolveField(() => [ApplicationAppeal], { description: 'Appeals against its refusals, the latest first, at most 10.' })
  async appeals(@Parent() application: Application, @Context() request: RequestContext): Promise<ApplicationAppeal[]> {
    return ((await request.load(appealsOf, application.id)) ?? []).map((row) => ({
      id: row.id, adultId: row.adult_id, on: row.filed_on, reason: row.reason, outcome: row.outcome, decidedOn: row.decided_on, decision: row.decision,
    }));
  }
}
