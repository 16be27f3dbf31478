import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Child } from '../children/child.graphql.js';
import { Document, toDocument } from '../documents/document.graphql.js';
import { MOST_OF_A_SUBJECT } from '../documents/documents.queries.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { mayEver } from '../platform/auth/acts.js';
import { forbidden, notFound } from '../platform/errors.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { Countersignature, toCountersignature } from '../training/countersignature.graphql.js';
import { countersignatureOf } from '../training/countersignatures.queries.js';
import { acts } from './casework.policy.js';
import { casework } from './casework.refusals.js';
import { visitLifecycle } from './visit.domain.js';
import { AttachVisitDocumentInput, RecordVisitInput, TapVisitInput, Visit, VisitResult } from './visit.graphql.js';
import type { VisitRecord, VisitState } from './visit.graphql.js';
import { documentsOfVisit, visitById, visitsOfChild } from './visits.queries.js';
import type { VisitRow } from './visits.queries.js';
import { VisitsService } from './visits.service.js';

@Resolver(() => Visit)
export class VisitsResolver {
  constructor(private readonly service: VisitsService) {}

  @Mutation(() => VisitResult, { description: 'One tap: visited, child seen, no worry. The record is due in 14 days, and the next visit follows.' })
  @Can(acts['visit.tap'])
  tapVisit(@Args('input') input: TapVisitInput, @Context() request: RequestContext) {
    return answer(request, casework, this.service.tap(request.actor, input, request.requestId), (id) => readVisit(request, id));
  }

  @Mutation(() => VisitResult, { description: 'Records a visit, tapped before or not.' })
  @Can(acts['visit.record'])
  recordVisit(@Args('input') input: RecordVisitInput, @Context() request: RequestContext) {
    return answer(request, casework, this.service.record(request.actor, input, request.requestId), (id) => readVisit(request, id));
  }

  @Mutation(() => VisitResult, { description: 'Adds a photo of the home, or of a written record, to a visit that happened.' })
  @Can(acts['visit.attachDocument'])
  attachVisitDocument(@Args('input') input: AttachVisitDocumentInput, @Context() request: RequestContext) {
    return answer(request, casework, this.service.attachDocument(request.actor, input, request.requestId), (id) => readVisit(request, id));
  }

  @Query(() => Visit, { description: 'One visit to a child whom the caller may see. Opening it is written in the audit.' })
  @Can(acts['visit.read'])
  async visit(@Args('id', { type: () => IdScalar, description: 'The visit.' }) id: string, @Context() request: RequestContext): Promise<Visit> {
    const found = await readVisit(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @ResolveField(() => [Document], { description: 'Photos and papers of it, in the order in which they came, at most 20.' })
  @Extensions({ maximum: MOST_OF_A_SUBJECT })
  async documents(@Parent() visit: Visit, @Context() request: RequestContext): Promise<Document[]> {
    return ((await request.load(documentsOfVisit, visit.id)) ?? []).map(toDocument);
  }

  @ResolveField(() => Countersignature, { nullable: true, description: 'Where it was recorded without the certificate that it asks for: the supervisor\'s countersignature, waiting or given.' })
  async countersignature(@Parent() visit: Visit, @Context() request: RequestContext): Promise<Countersignature | null> {
    const row = await request.load(countersignatureOf, visit.id);
    return row === undefined ? null : toCountersignature(row);
  }

  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with it now, with the reason for each no.' })
  @Extensions({ maximum: 2 })
  can(@Parent() visit: Visit, @Context() request: RequestContext): ActAnswer[] {
    const wrong = { ok: false, code: 'VISIT_STATE', details: { state: visit.state } } as const;
    return (['tap', 'record'] as const).map((command) => {
      const act = acts[`visit.${command}`];
      return canAct(request, act, mayEver(request.actor, act), casework, visitLifecycle.next(visit.state, command) === undefined ? wrong : undefined);
    });
  }
}

/** The visits of a child, on the child. */
@Resolver(() => Child)
export class ChildVisitsResolver {
  @ResolveField(() => [Visit], { description: 'Visits in the family, the latest due first, at most 50. Opening them is written in the audit.' })
  @Extensions({ maximum: 50 })
  async visits(@Parent() child: Child, @Context() request: RequestContext): Promise<Visit[]> {
    if (!mayEver(request.actor, acts['visit.read'])) throw forbidden();
    return ((await request.load(visitsOfChild, child.id)) ?? []).map(toVisit);
  }
}

async function readVisit(request: RequestContext, id: string): Promise<Visit | undefined> {
  const row = await request.load(visitById, id);
  return row && toVisit(row);
}

function toVisit(row: VisitRow): Visit {
  return {
    id: row.id,
    placementId: row.placement_id,
    ordinal: row.ordinal,
    dueOn: row.due_on as CivilDate,
    state: row.state as VisitState,
    happenedOn: row.happened_on as CivilDate | null,
    record: row.record === null ? null : ({ schoolAndWork: null, home: null, contact: null, nextSteps: null, ...row.record, seenAlone: row.seen_alone, worry: row.worry } as unknown as VisitRecord),
  };
}
