import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { apartToday } from '../carers/ties.repo.js';
import { recordReads } from '../platform/audit/acts.js';
import type { Act } from '../platform/auth/acts.js';
import { mayForOffice } from '../platform/auth/acts.js';
import { notFound } from '../platform/errors.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { Countersignature, toCountersignature } from '../training/countersignature.graphql.js';
import { countersignatureOf } from '../training/countersignatures.queries.js';
import { canApproveByCertificate } from '../training/staff-certificates.js';
import { ApprovalsService } from './approvals.service.js';
import { FactsService } from './facts.service.js';
import { MovesService } from './moves.service.js';
import { step } from './placement.domain.js';
import type { PlacementCommand } from './placement.domain.js';
import type { PlacementEndReason } from './placement.enums.js';
import {
  ApprovePlacementInput, CancelPlacementInput, Consultation, EndPlacementInput, Placement, PlacementConnection, PlacementResult, PlacementsArgs, PlanPlacementInput,
  RecordConsultationInput, RecordPlacementFactInput, StartPlacementInput,
} from './placement.graphql.js';
import { acts, mayKnow, shownEnd } from './placements.policy.js';
import { consultationsOf, listPlacements, placementById } from './placements.queries.js';
import type { PlacementRow } from './placements.queries.js';
import { placements } from './placements.refusals.js';
import { PlansService } from './plans.service.js';
import { shownBreaches } from './suitability.domain.js';

@Resolver(() => Placement)
export class PlacementsResolver {
  constructor(
    private readonly plans: PlansService,
    private readonly approvals: ApprovalsService,
    private readonly moves: MovesService,
    private readonly facts: FactsService,
  ) {}

  @Mutation(() => PlacementResult, { description: 'Plans a placement without a list from matching: every hard rule is asked, and the place is held.' })
  @Can(acts['placement.plan'])
  planPlacement(@Args('input') input: PlanPlacementInput, @Context() request: RequestContext) {
    return answer(request, placements, this.plans.planDirectly(request.actor, input, request.requestId), (id) => readPlacement(request, id));
  }

  @Mutation(() => PlacementResult, { description: 'Records what the child (heard alone), a parent, the team or the province said.' })
  @Can(acts['placement.consult'])
  recordConsultation(@Args('input') input: RecordConsultationInput, @Context() request: RequestContext) {
    return answer(request, placements, this.approvals.consult(request.actor, input, request.requestId), (id) => readPlacement(request, id));
  }

  @Mutation(() => PlacementResult, { description: 'Approves a plan: a supervisor, never of what she planned herself; across provinces both approve.' })
  @Can(acts['placement.approve'])
  approvePlacement(@Args('input') input: ApprovePlacementInput, @Context() request: RequestContext) {
    return answer(request, placements, this.approvals.approve(request.actor, input, request.requestId), (id) => readPlacement(request, id));
  }

  @Mutation(() => PlacementResult, { description: 'The child moves into the family: her last stay ends and this one begins on the same day, in one act.' })
  @Can(acts['placement.start'])
  startPlacement(@Args('input') input: StartPlacementInput, @Context() request: RequestContext) {
    return answer(request, placements, this.moves.start(request.actor, input, request.requestId), (id) => readPlacement(request, id));
  }

  @Mutation(() => PlacementResult, { description: 'Ends a placement with its reason, and says where the child goes.' })
  @Can(acts['placement.end'])
  endPlacement(@Args('input') input: EndPlacementInput, @Context() request: RequestContext) {
    return answer(request, placements, this.moves.end(request.actor, input, request.requestId), (id) => readPlacement(request, id));
  }

  @Mutation(() => PlacementResult, { description: 'Calls a plan off and frees its place.' })
  @Can(acts['placement.cancel'])
  cancelPlacement(@Args('input') input: CancelPlacementInput, @Context() request: RequestContext) {
    return answer(request, placements, this.plans.cancel(request.actor, input, request.requestId), (id) => readPlacement(request, id));
  }

  @Mutation(() => PlacementResult, { description: 'Records that a family has taken a child in, whatever the rules say: each broken rule is named and brought to a supervisor the same day.' })
  @Can(acts['placement.recordFact'])
  recordPlacementFact(@Args('input') input: RecordPlacementFactInput, @Context() request: RequestContext) {
    return answer(request, placements, this.facts.record(request.actor, input, request.requestId), (id) => readPlacement(request, id));
  }

  @Query(() => Placement, { description: 'One placement of the caller\'s offices. Opening it is written down.' })
  @Can(acts['placement.read'])
  async placement(@Args('id', { type: () => IdScalar, description: 'The placement.' }) id: string, @Context() request: RequestContext): Promise<Placement> {
    const found = await readPlacement(request, id);
    if (found === undefined) throw notFound();
    await recordReads(await request.query(), 'child_placement', [found.childId], request.operation);
    return found;
  }

  @Query(() => PlacementConnection, { description: 'Placements of the caller\'s offices, by the child or by the family, the latest first. Whose was shown is written down.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['placement.read'])
  async placements(@Args() page: PlacementsArgs, @Context() request: RequestContext): Promise<Page<Placement>> {
    const op = await request.query();
    const rows = await listPlacements(op, page.state ?? null, afterKey(page, 'day', 'id'), page.first + 1);
    await recordReads(op, 'child_placement', rows.slice(0, page.first).map((row) => row.child_id), request.operation);
    return pageOf(page, rows, (row) => [row.starts_on, row.id], (row) => toPlacement(request, row));
  }

  @Extensions({ maximum: 50 })
  @ResolveField(() => [Consultation], { description: 'Who was heard, in the order of the days, at most 50.' })
  async consultations(@Parent() placement: Placement, @Context() request: RequestContext): Promise<Consultation[]> {
    const rows = (await request.load(consultationsOf, placement.id)) ?? [];
    return rows.slice(0, 50).map((row) => ({
      id: row.id, kind: row.kind, on: row.on_day, heardBy: row.heard_by, relativeId: row.relative_id, outcome: row.outcome, tooYoungReason: row.too_young_reason, reason: row.reason,
    }));
  }

  @ResolveField(() => Countersignature, { nullable: true, description: 'Where it was recorded without the certificate that it asks for: the supervisor\'s countersignature, waiting or given.' })
  async countersignature(@Parent() placement: Placement, @Context() request: RequestContext): Promise<Countersignature | null> {
    const row = await request.load(countersignatureOf, placement.id);
    return row === undefined ? null : toCountersignature(row);
  }

  @Extensions({ maximum: 4 })
  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with it now, with the reason for each no.' })
  async can(@Parent() placement: Placement, @Context() request: RequestContext): Promise<ActAnswer[]> {
    const certified = await canApproveByCertificate(request, acts['placement.approve']);
    const apart = await request.load(apartToday, placement.familyId);
    const may = (act: Act): boolean => mayForOffice(request.actor, act, placement.officeId) || mayForOffice(request.actor, act, placement.familyOfficeId);
    const answerTo = (act: Act, command: PlacementCommand): ActAnswer => {
      const next = step(placement.state, command);
      const decides = command === 'approve' || command === 'start';
      if (next.ok && decides && apart?.ok === false) return canAct(request, act, may(act), placements, apart);
      return canAct(request, act, may(act), placements, next.ok && command === 'approve' ? certified : next);
    };
    return [
      answerTo(acts['placement.approve'], 'approve'),
      answerTo(acts['placement.start'], 'start'),
      answerTo(acts['placement.end'], 'end'),
      answerTo(acts['placement.cancel'], 'cancel'),
    ];
  }
}

/** A placement as the caller may see it. */
export async function readPlacement(request: RequestContext, id: string): Promise<Placement | undefined> {
  const row = await request.load(placementById, id);
  return row && toPlacement(request, row);
}

/** A row as the door shows it. */
export function toPlacement(request: RequestContext, row: PlacementRow): Placement {
  const isNamed = mayKnow(request.actor, row.family_office_id);
  return {
    id: row.id,
    childId: row.child_id,
    familyId: row.family_id,
    careKind: row.care_kind,
    state: row.state,
    officeId: row.office_id,
    plannedOn: row.planned_on,
    approvedOn: row.approved_on,
    approvedBy: row.approved_by,
    startsOn: row.starts_on,
    endedOn: row.ended_on,
    endReason: shownEnd(row.end_reason as PlacementEndReason | null, isNamed),
    emergency: row.emergency,
    breaches: shownBreaches(row.breaches, isNamed),
    familyOfficeId: row.family_office_id,
  };
}
