import { Inject, Injectable } from '@nestjs/common';
import { lockFamilyAnywhere } from '../carers/places.repo.js';
import { StandingsService } from '../carers/standings.service.js';
import { keptApart } from '../carers/ties.repo.js';
import { needChild } from '../children/children.policy.js';
import type { ChildFacts } from '../children/children.repo.js';
import { ChildrenService } from '../children/children.service.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Refusal, Result } from '../kernel/result.js';
import { lockPlacement } from '../placements/placements.repo.js';
import { workingDaysAfter } from '../placements/placements.tasks.js';
import { PlansService } from '../placements/plans.service.js';
import type { PlanRefusal } from '../placements/plans.service.js';
import { shownCodes } from '../placements/suitability.domain.js';
import { suitabilityFacts } from '../placements/suitability.queries.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { earliestLateEntry, happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { homesOf } from './candidates.queries.js';
import { findEntry, findList } from './lists.repo.js';
import type { KnownList } from './lists.repo.js';
import { answered, mayChoose, missingStrategies, sift, stillEligible, wellChosen } from './matching.domain.js';
import { holdLapsed, strategiesDue } from './matching.messages.js';
import { acts, mayReadRule } from './matching.policy.js';
import type { AnswerProposalInput, ProposeFamilyInput, RecordStrategiesInput } from './proposal.graphql.js';
import {
  endProposal, findProposal, insertProposal, insertStrategies, keepPlacements, keptBy, lapsedProposals, lockProposal, proposalOfPlacement, setHeldUntil, strategiesSoFar, writeAnswer,
} from './proposals.repo.js';
import type { KnownProposal } from './proposals.repo.js';
import { strategiesNeeded } from './ranking.domain.js';
import { toldEnough } from './told.domain.js';
import { mustBeTold, toldSoFar } from './told.repo.js';

type ProposeRefusal =
  | 'LIST_STALE' | 'ALREADY_PROPOSED' | 'UNSUITABLE' | 'PLACE_TAKEN' | 'PLACES_MISSING' | 'NOT_ON_LIST' | 'REASON_NEEDED' | 'STRATEGY_UNKNOWN' | 'STRATEGY_MISSING' | 'BEFORE_BIRTH' | 'AFTER_DEATH'
  | 'CONFLICT_OF_INTEREST';

type AnswerRefusal = 'PROPOSAL_STATE' | 'NOT_TOLD' | 'CONFLICT_OF_INTEREST';

const LAPSED_AT_ONCE = 100;

/** The worker's choice: a family is asked, the place is held, and the family answers. */
@Injectable()
export class ProposalsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(StandingsService) private readonly standings: StandingsService,
    @Inject(PlansService) private readonly plans: PlansService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Proposes a family of a list: a placement is planned for each child and keeps her place. Of two for one last place the second is told by name. */
  async propose(actor: UserActor, input: ProposeFamilyInput, requestId: string): Promise<Result<string, ProposeRefusal>> {
    return this.uow.command(actor, acts['match.propose'], input, requestId, async (op): Promise<Result<string, ProposeRefusal>> => {
      const list = await findList(op, input.listId);
      if (list === undefined || (await lockFamilyAnywhere(op, input.familyId)) === undefined) throw notFound();
      const children = await this.#lockChildren(op, list.childIds);
      const listDays = await numberSetting(op, 'matching.list_days', op.today);
      const planned = (await homesOf(op, list.childIds)).some(({ state }) => state !== 'active');
      const choose = mayChoose({ askedOn: list.askedOn, today: op.today, listDays, startTooLate: list.startsOn < earliestLateEntry(op.today), planned });
      if (!choose.ok) return choose;
      const apart = await keptApart(op, input.familyId, op.today);
      if (!apart.ok) return apart;
      const still = await this.#stillEligible(op, list, input.familyId, children[0]?.officeId ?? '');
      if (!still.ok) return still;
      const entry = await findEntry(op, list.id, input.familyId);
      const missing = wellChosen({
        entry: entry && { needed: strategiesNeeded(entry.factors), first: entry.first }, emergency: list.emergency, reason: input.reason ?? null, given: input.strategies.map(({ factor }) => factor),
      });
      if (!missing.ok) return missing;
      return this.#write(op, list, input, children, missing.value.length > 0);
    });
  }

  /** Writes down the strategies that an emergency let follow. */
  async recordStrategies(actor: UserActor, input: RecordStrategiesInput, requestId: string): Promise<Result<string, 'PROPOSAL_STATE' | 'STRATEGY_UNKNOWN'>> {
    return this.uow.command(actor, acts['match.recordStrategies'], input, requestId, async (op): Promise<Result<string, 'PROPOSAL_STATE' | 'STRATEGY_UNKNOWN'>> => {
      const proposal = await this.#lock(op, input.proposalId);
      if (proposal.state !== 'waiting' && proposal.state !== 'accepted') return refuse('PROPOSAL_STATE', { state: proposal.state });
      const { factors, given } = await strategiesSoFar(op, proposal);
      const wanted = missingStrategies(strategiesNeeded(factors), given);
      const now = input.strategies.map(({ factor }) => factor);
      const strange = now.filter((factor) => !wanted.includes(factor));
      if (strange.length > 0) return refuse('STRATEGY_UNKNOWN', { factors: strange });
      await insertStrategies(op, proposal.id, input.strategies);
      if (missingStrategies(wanted, now).length === 0) await this.worklist.done(op, { kind: strategiesDue, subjectId: proposal.id });
      await recordAct(op, { subject: ['proposal', proposal.id], about: proposal.childId, on: op.today, changed: ['strategies'] });
      return ok(proposal.id);
    });
  }

  /** Writes the family's answer, after what it was told is written down. A no frees the place and is never held against it. */
  async answer(actor: UserActor, input: AnswerProposalInput, requestId: string): Promise<Result<string, AnswerRefusal>> {
    return this.uow.command(actor, acts['match.answer'], input, requestId, async (op): Promise<Result<string, AnswerRefusal>> => {
      const on = happenedOn(op, input.on);
      const proposal = await this.#lock(op, input.proposalId);
      const { states } = await keptBy(op, proposal.id);
      const next = answered({ state: proposal.state, moved: states.some((state) => state === 'active' || state === 'ended') }, input.answer);
      if (!next.ok) return next;
      const apart = await keptApart(op, proposal.familyId, on);
      if (!apart.ok) return apart;
      const items = await toldSoFar(op, proposal.id);
      const enough = toldEnough(items, await mustBeTold(op, proposal.emergency, on), on);
      if (!enough.ok) return enough;
      await writeAnswer(op, proposal.id, { state: next.value, on, told: input.told ?? items.map(({ topic }) => topic).join(', '), reason: input.reason ?? null });
      const declined = next.value === 'declined';
      const cancelled = declined ? await this.#callOff(op, proposal, 'family_declined') : [];
      for (const { childId } of declined ? proposal.children : []) {
        await this.standings.setStanding(op, { familyId: proposal.familyId, code: 'declined', from: on, to: null, sourceId: childId });
      }
      await recordAct(op, {
        subject: ['proposal', proposal.id], about: proposal.childId, on, reason: next.value, changed: ['state'], events: [[`proposal.${next.value}`, proposal.id], ...cancelled],
      });
      return ok(proposal.id);
    });
  }

  /** The ids of open proposals whose hold has run out. */
  async lapsed(op: Op): Promise<string[]> {
    return lapsedProposals(op, LAPSED_AT_ONCE);
  }

  /** Ends a proposal whose hold has run out before the plan was approved: the place is free, and its worker hears of it. Again and again the same. */
  async lapse(op: Op, proposalId: string): Promise<void> {
    const proposal = await this.#lock(op, proposalId);
    const { states, until } = await keptBy(op, proposalId);
    const open = proposal.state === 'waiting' || proposal.state === 'accepted';
    if (!open || !states.includes('planned') || (until !== null && until > op.now)) {
      // Approved in the meantime, or held anew: what keeps the place now is for the placement to say.
      await setHeldUntil(op, proposalId, open && states.includes('planned') ? until : null);
      return;
    }
    await endProposal(op, proposalId, 'lapsed');
    const cancelled = await this.#callOff(op, proposal, 'hold_lapsed');
    if (proposal.proposedBy !== null) await this.worklist.tell(op, { kind: holdLapsed, subject: ['proposal', proposalId], to: { account: proposal.proposedBy } });
    await recordAct(op, { subject: ['proposal', proposalId], about: proposal.childId, on: op.today, reason: 'lapsed', changed: ['state'], events: [['proposal.lapsed', proposalId], ...cancelled] });
  }

  /** Ends the proposal of a placement that was called off, once none of its placements is left. */
  async follow(op: Op, placementId: string): Promise<void> {
    const proposalId = await proposalOfPlacement(op, placementId);
    if (proposalId === undefined) return;
    const proposal = await this.#lock(op, proposalId);
    const { states } = await keptBy(op, proposalId);
    if ((proposal.state !== 'waiting' && proposal.state !== 'accepted') || states.some((state) => state !== 'cancelled')) return;
    await endProposal(op, proposalId, 'withdrawn');
    await this.worklist.cancel(op, { kind: strategiesDue, subjectId: proposalId });
    await recordAct(op, { subject: ['proposal', proposalId], about: proposal.childId, on: op.today, reason: 'withdrawn', changed: ['state'] });
  }

  async #write(op: Op, list: KnownList, input: ProposeFamilyInput, children: readonly ChildFacts[], strategiesFollow: boolean): Promise<Result<string, ProposeRefusal>> {
    const id = newId();
    const asked = children.find((child) => child.id === list.childId);
    if (asked === undefined) throw notFound();
    await insertProposal(op, { id, list, familyId: input.familyId, officeId: asked.officeId, reason: input.reason ?? null });
    const placements: { childId: string; placementId: string }[] = [];
    for (const { id: childId } of children) {
      const plan = await this.plans.plan(op, {
        childId, familyId: input.familyId, careKind: list.careKind, startsOn: list.startsOn, emergency: list.emergency, reason: input.reason ?? null, proposalId: id,
      });
      if (!plan.ok) return fromPlan(plan);
      placements.push({ childId, placementId: plan.value });
    }
    await keepPlacements(op, id, placements);
    await insertStrategies(op, id, input.strategies);
    if (strategiesFollow) {
      const due = await workingDaysAfter(op, op.today, await numberSetting(op, 'matching.strategies_working_days', op.today));
      await this.worklist.due(op, { kind: strategiesDue, subject: ['proposal', id], about: list.childId, to: { role: 'social_worker', office: asked.officeId }, due });
    }
    await recordAct(op, {
      subject: ['proposal', id], about: list.childId, on: op.today, reason: list.emergency ? 'emergency' : 'planned',
      events: [['proposal.made', id], ...placements.map(({ placementId }) => ['placement.planned', placementId] as const)],
    });
    return ok(id);
  }

  async #stillEligible(op: Op, list: KnownList, familyId: string, officeId: string): Promise<Result<null, 'UNSUITABLE' | 'PLACE_TAKEN' | 'PLACES_MISSING'>> {
    const facts = await suitabilityFacts(op, list.childIds, [familyId], list.startsOn);
    const sifted = sift([...facts.children.values()], [...facts.families.values()], { on: list.startsOn, careKind: list.careKind, emergency: list.emergency }, facts.limits);
    return stillEligible(sifted, list.childIds.length, (failures) => {
      const area = facts.families.get(familyId)?.communeCode ?? '';
      return [...new Set(failures.flatMap((failure) => shownCodes([failure], mayReadRule(op.actor, failure.code, officeId, area))))];
    });
  }

  async #lockChildren(op: Op, ids: readonly string[]): Promise<ChildFacts[]> {
    const children = await this.children.lockChildren(op, ids);
    for (const child of children) needChild(op, child);
    return children;
  }

  /** Locks family, children and proposal in that order; FORBIDDEN to who may not do the act with the children. */
  async #lock(op: Op, id: string): Promise<KnownProposal> {
    const found = await findProposal(op, id);
    if (found === undefined || (await lockFamilyAnywhere(op, found.familyId)) === undefined) throw notFound();
    await this.#lockChildren(op, found.children.map(({ childId }) => childId));
    const proposal = await lockProposal(op, id);
    if (proposal === undefined) throw notFound();
    return proposal;
  }

  /** Calls off what is still planned, and says it to who listens to placements. */
  async #callOff(op: Op, proposal: KnownProposal, reason: 'family_declined' | 'hold_lapsed'): Promise<(readonly [string, string])[]> {
    const events: (readonly [string, string])[] = [];
    for (const { placementId } of proposal.children) {
      const placement = await lockPlacement(op, placementId);
      if (placement !== undefined && (await this.plans.callOff(op, placement, reason)).ok) events.push(['placement.cancelled', placementId]);
    }
    await this.worklist.cancel(op, { kind: strategiesDue, subjectId: proposal.id });
    return events;
  }
}

/** A plan that cannot be made, in this room's words: the child was locked, so that no other plan can have come between. */
function fromPlan(refusal: Refusal<PlanRefusal>): Refusal<ProposeRefusal> {
  return refusal.code === 'PLAN_EXISTS' ? refuse('ALREADY_PROPOSED') : refuse(refusal.code, refusal.details);
}
