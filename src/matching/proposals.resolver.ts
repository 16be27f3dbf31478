import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { apartToday } from '../carers/ties.repo.js';
import { Child } from '../children/child.graphql.js';
import { mayEver } from '../platform/auth/acts.js';
import { notFound } from '../platform/errors.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import type { MatchFactor } from './match-list.graphql.js';
import { answered, missingStrategies } from './matching.domain.js';
import { acts } from './matching.policy.js';
import { proposalById, proposalsOfChild } from './matching.queries.js';
import type { ProposalRow } from './matching.queries.js';
import { matching } from './matching.refusals.js';
import { AnswerProposalInput, Proposal, ProposalResult, ProposeFamilyInput, RecordStrategiesInput } from './proposal.graphql.js';
import type { ProposalAnswer, ProposalState, SupportStrategy } from './proposal.graphql.js';
import { ProposalsService } from './proposals.service.js';
import { RecordToldInput, ToldItem } from './told.graphql.js';
import { toldOf } from './told.repo.js';
import { ToldService } from './told.service.js';
import { strategiesNeeded } from './ranking.domain.js';

@Resolver(() => Proposal)
export class ProposalsResolver {
  constructor(
    private readonly service: ProposalsService,
    private readonly telling: ToldService,
  ) {}

  @Mutation(() => ProposalResult, { description: 'Proposes a family of a list: placements are planned and hold the places. Of two for one last place the second is told by name.' })
  @Can(acts['match.propose'])
  proposeFamily(@Args('input') input: ProposeFamilyInput, @Context() request: RequestContext) {
    return answer(request, matching, this.service.propose(request.actor, input, request.requestId), (id) => readProposal(request, id));
  }

  @Mutation(() => ProposalResult, { description: 'Writes down support strategies that an emergency let follow.' })
  @Can(acts['match.recordStrategies'])
  recordStrategies(@Args('input') input: RecordStrategiesInput, @Context() request: RequestContext) {
    return answer(request, matching, this.service.recordStrategies(request.actor, input, request.requestId), (id) => readProposal(request, id));
  }

  @Mutation(() => ProposalResult, { description: 'Writes down the family\'s dated answer and what it was told before. A no frees the place and is never held against the family.' })
  @Can(acts['match.answer'])
  answerProposal(@Args('input') input: AnswerProposalInput, @Context() request: RequestContext) {
    return answer(request, matching, this.service.answer(request.actor, input, request.requestId), (id) => readProposal(request, id));
  }

  @Query(() => Proposal, { description: 'One proposal. That it was read is written down.' })
  @Can(acts['match.read'])
  async proposal(@Args('id', { type: () => IdScalar, description: 'The proposal.' }) id: string, @Context() request: RequestContext): Promise<Proposal> {
    const found = await readProposal(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Mutation(() => ProposalResult, { description: 'Writes down what a family was told about the child. It answers after it has heard everything needed to care safely.' })
  @Can(acts['match.recordTold'])
  recordTold(@Args('input') input: RecordToldInput, @Context() request: RequestContext) {
    return answer(request, matching, this.telling.record(request.actor, input, request.requestId), (id) => readProposal(request, id));
  }

  @ResolveField(() => [ToldItem], { description: 'What the family was told, matter by matter, at most 50.' })
  @Extensions({ maximum: 50 })
  async toldItems(@Parent() proposal: Proposal, @Context() request: RequestContext): Promise<ToldItem[]> {
    return ((await request.load(toldOf, proposal.id)) ?? []).slice(0, 50) as ToldItem[];
  }

  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with it now, with the reason for each no.' })
  @Extensions({ maximum: 2 })
  async can(@Parent() proposal: Proposal, @Context() request: RequestContext): Promise<ActAnswer[]> {
    const row = await request.load(proposalById, proposal.id);
    const moved = (row?.placements ?? []).some(({ state }) => state === 'active' || state === 'ended');
    const over = { ok: false, code: 'PROPOSAL_STATE', details: { state: proposal.state } } as const;
    const open = proposal.state === 'waiting' || proposal.state === 'accepted';
    const may = (act: (typeof acts)[keyof typeof acts]): boolean => mayEver(request.actor, act);
    const apart = await request.load(apartToday, proposal.familyId);
    const answerable = answered({ state: proposal.state, moved }, 'declined');
    return [
      canAct(request, acts['match.answer'], may(acts['match.answer']), matching, answerable.ok && apart !== undefined ? apart : answerable),
      canAct(request, acts['match.recordStrategies'], may(acts['match.recordStrategies']), matching, open ? undefined : over),
    ];
  }
}

/** The proposals of a child, on the child. */
@Resolver(() => Child)
export class ChildProposalsResolver {
  @ResolveField(() => [Proposal], { description: 'Families that were asked, the latest first, at most 20; none for who may not read them.' })
  @Extensions({ maximum: 20 })
  async proposals(@Parent() child: Child, @Context() request: RequestContext): Promise<Proposal[]> {
    if (!mayEver(request.actor, acts['match.read'])) return [];
    return ((await request.load(proposalsOfChild, child.id)) ?? []).map(toProposal);
  }
}

async function readProposal(request: RequestContext, id: string): Promise<Proposal | undefined> {
  const row = await request.load(proposalById, id);
  return row && toProposal(row);
}

function toProposal(row: ProposalRow): Proposal {
  const given = row.strategies.map(({ factor }) => factor);
  return {
    id: row.id,
    listId: row.list_id,
    placementId: row.placements.find(({ childId }) => childId === row.child_id)?.placementId ?? '',
    placements: row.placements.map(({ childId, placementId }) => ({ childId, placementId })),
    familyId: row.family_id,
    state: row.state as ProposalState,
    proposedOn: row.proposed_on,
    reason: row.reason,
    emergency: row.emergency,
    heldUntil: row.held_until,
    answer: row.answered_on === null ? null : ((row.state === 'declined' ? 'declined' : 'accepted') as ProposalAnswer),
    answeredOn: row.answered_on,
    told: row.told,
    answerReason: row.answer_reason,
    strategies: row.strategies as SupportStrategy[],
    strategiesMissing: missingStrategies(strategiesNeeded(row.factors), given) as MatchFactor[],
    rank: row.rank,
  };
}
