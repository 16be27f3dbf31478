import { Inject, Injectable } from '@nestjs/common';
import { lockFamilyAnywhere } from '../carers/places.repo.js';
import { PlacesService } from '../carers/places.service.js';
import { keptApart } from '../carers/ties.repo.js';
import type { ChildFacts } from '../children/children.repo.js';
import { ChildrenService } from '../children/children.service.js';
import { addDays, startOfDay } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Refusal, Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { earliestLateEntry } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { step } from './placement.domain.js';
import type { CANCEL_REASONS } from './placement.domain.js';
import type { CancelPlacementInput, PlanPlacementInput } from './placement.graphql.js';
import { acts, mayKnow, needHerOffice } from './placements.policy.js';
import { cancelPlacement, findPlacement, insertPlacement, lockPlacement } from './placements.repo.js';
import type { LockedPlacement } from './placements.repo.js';
import { tasks, workingDaysAfter } from './placements.tasks.js';
import { shownCodes, unsuitable } from './suitability.domain.js';
import type { CareKind, Failure } from './suitability.domain.js';
import { suitabilityFacts } from './suitability.queries.js';
import { withinLife, lifeOf } from './timeline.domain.js';

export type SuitabilityRefusal = 'UNSUITABLE' | 'PLACE_TAKEN';
export type PlanRefusal = SuitabilityRefusal | 'PLAN_EXISTS' | 'BEFORE_BIRTH' | 'AFTER_DEATH' | 'CONFLICT_OF_INTEREST';

/** A plan as a worker or a proposal makes it. */
export interface NewPlan {
  readonly childId: string;
  readonly familyId: string;
  readonly careKind: CareKind;
  readonly startsOn: CivilDate;
  readonly emergency?: boolean;
  readonly reason?: string | null;
  /** Matching's proposal, and the hold that it kept the place with. */
  readonly proposalId?: string | null;
  readonly holdId?: string | null;
}

/** A child, a family and a day, as the hard rules are asked about them. */
export interface Asked {
  readonly childId: string;
  readonly familyId: string;
  readonly careKind: CareKind;
  readonly startsOn: CivilDate;
  readonly emergency: boolean;
  /** Some nights while her own family rests, and not to live there. */
  readonly respite?: boolean;
  readonly ownHolds: readonly string[];
}

const HOUR_MS = 3_600_000;

/** A child, a family and a day: planned with the place held, or called off. */
@Injectable()
export class PlansService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(PlacesService) private readonly places: PlacesService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Plans a placement outside matching. */
  async planDirectly(actor: UserActor, input: PlanPlacementInput, requestId: string): Promise<Result<string, PlanRefusal>> {
    return this.uow.command(actor, acts['placement.plan'], input, requestId, async (op): Promise<Result<string, PlanRefusal>> => {
      const planned = await this.plan(op, input);
      if (planned.ok) {
        await recordAct(op, { subject: ['placement', planned.value], about: input.childId, on: op.today, reason: 'direct', events: [['placement.planned', planned.value]] });
      }
      return planned;
    });
  }

  /**
   * Plans a placement in the caller's operation: locks family and child, asks for ties and the hard rules again, keeps the place by a
   * hold (the proposal's own where it has one) and opens the child's file to the family's office. Gives the placement's
   * id; the caller writes the act with the event `placement.planned`.
   */
  async plan(op: Op, plan: NewPlan): Promise<Result<string, PlanRefusal>> {
    if (plan.startsOn < earliestLateEntry(op.today)) throw badInput('startsOn', 'validation.tooLate', { earliest: earliestLateEntry(op.today) });
    const family = await lockFamilyAnywhere(op, plan.familyId);
    const [child] = await this.children.lockChildren(op, [plan.childId]);
    if (family === undefined || child === undefined) throw notFound();
    needHerOffice(op, child);
    const alive = withinLife(lifeOf(child), plan.startsOn);
    if (!alive.ok) return alive;
    const apart = await keptApart(op, family.id, op.today);
    if (!apart.ok) return apart;
    const id = newId();
    const emergency = plan.emergency === true;
    const suits = await this.stillSuits(op, { ...plan, emergency, ownHolds: plan.holdId ? [plan.holdId] : [] });
    if (!suits.ok) return suits;
    await insertPlacement(op, {
      id, childId: child.id, familyId: family.id, careKind: plan.careKind, officeId: child.officeId, familyOfficeId: family.office_id, state: 'planned', plannedBy: actorId(op),
      plannedOn: op.today, planReason: plan.reason ?? null, startsOn: plan.startsOn, emergency, proposalId: plan.proposalId ?? null,
    });
    const held = await this.hold(op, { id, family_id: family.id, starts_on: plan.startsOn, emergency }, plan.holdId ?? id);
    if (!held.ok) return held;
    await this.#open(op, child, family.office_id);
    await this.worklist.due(op, {
      kind: tasks.approve, subject: ['placement', id], about: child.id, to: { role: 'supervisor', office: child.officeId }, due: await workingDaysAfter(op, op.today, 3),
    });
    return ok(id);
  }

  /** Calls a plan off and frees its place. Refuses PLACEMENT_STATE. */
  async cancel(actor: UserActor, input: CancelPlacementInput, requestId: string): Promise<Result<string, 'PLACEMENT_STATE'>> {
    return this.uow.command(actor, acts['placement.cancel'], input, requestId, async (op): Promise<Result<string, 'PLACEMENT_STATE'>> => {
      const { placement } = await this.lock(op, input.placementId);
      const off = await this.callOff(op, placement, input.reason);
      if (!off.ok) return off;
      await recordAct(op, { subject: ['placement', placement.id], about: placement.child_id, on: op.today, reason: input.reason, changed: ['state'], events: [['placement.cancelled', placement.id]] });
      return ok(placement.id);
    });
  }

  /** Calls a locked plan off in the caller's operation and frees its place; the caller writes the act with the event `placement.cancelled`. */
  async callOff(op: Op, placement: LockedPlacement, reason: (typeof CANCEL_REASONS)[number]): Promise<Result<string, 'PLACEMENT_STATE'>> {
    const next = step(placement.state, 'cancel');
    if (!next.ok) return next;
    await cancelPlacement(op, placement.id, op.today, reason);
    await this.places.releasePlace(op, { familyId: placement.family_id, occupantId: placement.id, from: placement.starts_on });
    for (const kind of [tasks.approve, tasks.page]) await this.worklist.cancel(op, { kind, subjectId: placement.id });
    // The family's office read the file for this plan alone.
    await this.children.endShare(op, placement.child_id, placement.family_office_id, 'transition');
    return ok(placement.id);
  }

  /** Locks family, child and placement in that order; FORBIDDEN to who may not do the act with the child. */
  async lock(op: Op, id: string): Promise<{ readonly placement: LockedPlacement; readonly child: ChildFacts }> {
    const found = await findPlacement(op, id);
    if (found === undefined || (await lockFamilyAnywhere(op, found.family_id)) === undefined) throw notFound();
    const [child] = await this.children.lockChildren(op, [found.child_id]);
    const placement = await lockPlacement(op, id);
    if (child === undefined || placement === undefined) throw notFound();
    needHerOffice(op, child);
    return { placement, child };
  }

  /** Asks the hard rules again, under lock. A full family alone reads PLACE_TAKEN: somebody else was first. */
  async stillSuits(op: Op, asked: Asked): Promise<Result<null, SuitabilityRefusal>> {
    const { failures, familyOfficeId } = await this.#ask(op, asked);
    return failures.length === 0 ? ok(null) : refusalOf(failures, mayKnow(op.actor, familyOfficeId));
  }

  /** Every hard rule that stands against it. */
  async failures(op: Op, asked: Asked): Promise<Failure[]> {
    return (await this.#ask(op, asked)).failures;
  }

  async #ask(op: Op, asked: Asked): Promise<{ readonly failures: Failure[]; readonly familyOfficeId: string }> {
    const facts = await suitabilityFacts(op, [asked.childId], [asked.familyId], asked.startsOn);
    const child = facts.children.get(asked.childId);
    const family = facts.families.get(asked.familyId);
    if (child === undefined || family === undefined) throw notFound();
    const start = { on: asked.startsOn, careKind: asked.careKind, emergency: asked.emergency, respite: asked.respite, together: 1, ownHolds: asked.ownHolds };
    return { failures: unsuitable(child, family, start, facts.limits), familyOfficeId: family.officeId };
  }

  /** Keeps the place for a plan until some days after it should begin. */
  async hold(op: Op, plan: Pick<LockedPlacement, 'id' | 'family_id' | 'starts_on' | 'emergency'>, holdId: string): Promise<Result<string, 'PLACE_TAKEN'>> {
    const held = await this.places.turnHold(op, {
      holdId,
      into: { familyId: plan.family_id, occupantId: plan.id, kind: 'hold', from: plan.starts_on, to: null, expiresAt: await this.#heldUntil(op, plan) },
    });
    return held.ok ? held : refuse('PLACE_TAKEN', held.details);
  }

  /** 24 hours in an emergency, else 7 days after the plan or its start, whichever is later. */
  async #heldUntil(op: Op, plan: { readonly starts_on: CivilDate; readonly emergency: boolean }): Promise<Date> {
    if (plan.emergency) return new Date(op.now.getTime() + (await numberSetting(op, 'placements.hold_hours_emergency', op.today)) * HOUR_MS);
    const days = await numberSetting(op, 'placements.hold_days', op.today);
    const afterStart = startOfDay(addDays(plan.starts_on, days)).getTime();
    return new Date(Math.max(op.now.getTime() + days * 24 * HOUR_MS, afterStart));
  }

  /** From the start of a transition both offices see the file. */
  async #open(op: Op, child: ChildFacts, familyOffice: string): Promise<void> {
    if (familyOffice === child.officeId || familyOffice === child.originOfficeId) return;
    await this.children.shareWith(op, child.id, familyOffice, op.today, 'transition');
  }
}

function refusalOf(failures: readonly Failure[], isNamed: boolean): Refusal<SuitabilityRefusal> {
  const full = failures.find(({ code }) => code === 'NO_PLACE');
  if (full !== undefined && failures.every(({ code }) => code === 'NO_PLACE' || code === 'LIMIT')) return refuse('PLACE_TAKEN', full.details);
  return refuse('UNSUITABLE', { rules: shownCodes(failures, isNamed) });
}
