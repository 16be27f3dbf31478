import { Inject, Injectable } from '@nestjs/common';
import { PlacesService } from '../carers/places.service.js';
import { keptApart } from '../carers/ties.repo.js';
import type { ChildFacts } from '../children/children.repo.js';
import { ChildrenService } from '../children/children.service.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { officeFor } from '../territory/offices.queries.js';
import type { EndPlacementInput, StartPlacementInput } from './placement.graphql.js';
import { step } from './placement.domain.js';
import type { EndReason } from './placement.domain.js';
import { noteRecorded } from '../training/staff-certificates.js';
import { acts, isConfidentialEnd, needHerOffice } from './placements.policy.js';
import { courtDecided, endPlacement, findPlacement, lockPlacement, startPlacement } from './placements.repo.js';
import { PlansService } from './plans.service.js';
import type { SuitabilityRefusal } from './plans.service.js';
import { dayAfter, lifeOf, move } from './timeline.domain.js';
import type { TimelineRefusal, Whereabouts } from './timeline.domain.js';
import { endCare, endEpisode, loadTimeline } from './timeline.repo.js';
import { TimelineService } from './timeline.service.js';
import { bedOf, lockHere } from './whereabouts.locks.js';
import type { Here } from './whereabouts.locks.js';
import { WhereaboutsService } from './whereabouts.service.js';

type StartRefusal = SuitabilityRefusal | TimelineRefusal | 'PLACEMENT_STATE' | 'CONFLICT_OF_INTEREST';
type EndRefusal = TimelineRefusal | 'PLACEMENT_STATE' | 'WHERE_NEEDED' | 'COURT_DECISION_NEEDED';

/** A child moves: one stay ends and the next begins on the same day, in one transaction. */
@Injectable()
export class MovesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(PlacesService) private readonly places: PlacesService,
    @Inject(PlansService) private readonly plans: PlansService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(WhereaboutsService) private readonly whereabouts: WhereaboutsService,
  ) {}

  /** She moves into the family of an approved placement, from wherever she lives. */
  async start(actor: UserActor, input: StartPlacementInput, requestId: string): Promise<Result<string, StartRefusal>> {
    return this.uow.command(actor, acts['placement.start'], input, requestId, async (op): Promise<Result<string, StartRefusal>> => {
      const on = happenedOn(op, input.on);
      const found = await findPlacement(op, input.placementId);
      if (found === undefined) throw notFound();
      const here = await this.lock(op, found.child_id, found.family_id);
      const { child, families } = here;
      const placement = await lockPlacement(op, found.id);
      const family = families.get(found.family_id);
      if (placement === undefined || family === undefined) throw notFound();
      needHerOffice(op, child);
      const next = step(placement.state, 'start');
      if (!next.ok) return next;
      const apart = await keptApart(op, family.id, on);
      if (!apart.ok) return apart;
      const suits = await this.plans.stillSuits(op, {
        childId: child.id, familyId: family.id, careKind: placement.care_kind, startsOn: on, emergency: placement.emergency, ownHolds: [placement.id, ...bedOf(here)],
      });
      if (!suits.ok) return suits;
      const into = { kind: placement.care_kind, institutionId: null, familyId: family.id, placementId: placement.id } as const;
      const moved = await this.timeline.move(op, child, into, on, { officeId: family.office_id });
      if (!moved.ok) return moved;
      const left = await this.leave(op, here, on, input.endReason ?? 'moved');
      const placed = await this.places.turnHold(op, { holdId: placement.id, into: { familyId: family.id, occupantId: placement.id, kind: 'placement', from: on, to: null } });
      if (!placed.ok) return refuse('PLACE_TAKEN', placed.details);
      await startPlacement(op, placement.id, on);
      // From now on the family's office answers for her; what was opened for the transition would outlast her stay.
      await this.children.endShare(op, child.id, family.office_id, 'transition');
      await this.children.livesNow(op, child.id, { institutionId: null, officeId: family.office_id });
      noteRecorded(op, { subject: ['placement', placement.id], about: child.id, officeId: family.office_id });
      await recordAct(op, { subject: ['placement', placement.id], about: child.id, on, changed: ['state'], events: [...left, ['placement.started', placement.id], ['episode.changed', child.id]] });
      return ok(placement.id);
    });
  }

  /** The stay ends with a reason, and the register knows where she goes. */
  async end(actor: UserActor, input: EndPlacementInput, requestId: string): Promise<Result<string, EndRefusal>> {
    return this.uow.command(actor, acts['placement.end'], input, requestId, async (op): Promise<Result<string, EndRefusal>> => {
      const on = happenedOn(op, input.on);
      const found = await findPlacement(op, input.placementId);
      if (found === undefined) throw notFound();
      const here = await this.lock(op, found.child_id, found.family_id);
      const { child } = here;
      const placement = await lockPlacement(op, found.id);
      if (placement === undefined) throw notFound();
      needHerOffice(op, child);
      const next = step(placement.state, 'end');
      if (!next.ok) return next;
      if (input.reason === 'adopted' && !(await courtDecided(op, child.id, on))) return refuse('COURT_DECISION_NEEDED');
      const gone = input.reason === 'died' ? await this.#died(op, child, on) : await this.#goes(op, child, input, on);
      if (!gone.ok) return gone;
      const left = await this.leave(op, here, on, input.reason);
      await recordAct(op, { subject: ['placement', placement.id], about: child.id, on, reason: isConfidentialEnd(input.reason) ? 'confidential' : input.reason, changed: ['state'], events: [...left, ['episode.changed', child.id]] });
      return ok(placement.id);
    });
  }

  /** Locks the family she goes to, those that give her a place now, and the child. */
  async lock(op: Op, childId: string, familyId: string): Promise<Here> {
    return lockHere(op, this.children, childId, [familyId]);
  }

  /** The stay in the family she leaves ends, wherever she slept, and its place is free that night. Gives the events. */
  async leave(op: Op, here: Here, on: CivilDate, reason: EndReason): Promise<(readonly [string, string])[]> {
    await this.whereabouts.over(op, here, on);
    const { placement } = here;
    if (placement === undefined) return [];
    await endPlacement(op, placement.id, on, reason);
    await this.places.releasePlace(op, { familyId: placement.family_id, occupantId: placement.id, from: on });
    return [['placement.ended', placement.id]];
  }

  /** Where she goes, as a stretch of her timeline; the office that answers for it sees her from now on. */
  async #goes(op: Op, child: ChildFacts, input: EndPlacementInput, on: CivilDate): Promise<Result<string, EndRefusal>> {
    const goesTo = input.goesTo ?? null;
    const institutionId = input.institutionId ?? null;
    if (goesTo === null || (goesTo === 'institution') !== (institutionId !== null)) return refuse('WHERE_NEEDED');
    const to: Whereabouts = { kind: goesTo, institutionId, familyId: null, placementId: null };
    const officeId = await this.#officeOf(op, child, to);
    const moved = await this.timeline.move(op, child, to, on, { officeId, endReason: input.reason === 'adopted' ? 'adopted' : goesTo === 'home' ? 'returned_home' : 'leaving_care' });
    if (!moved.ok) return moved;
    await this.children.livesNow(op, child.id, { institutionId, officeId });
    return moved;
  }

  async #officeOf(op: Op, child: ChildFacts, to: Whereabouts): Promise<string> {
    if (to.institutionId !== null) {
      const institution = await op.tx.row<{ office_id: string }>('select office_id from institutions.institutions where id = $1', [to.institutionId]);
      if (institution === undefined) throw notFound();
      return institution.office_id;
    }
    const home = to.kind === 'home' && child.homeAreaCode !== null ? await officeFor(op, child.homeAreaCode) : undefined;
    return home ?? child.officeId;
  }

  /** The day of death is the last day of the last stretch. */
  async #died(op: Op, child: ChildFacts, on: CivilDate): Promise<Result<string, EndRefusal>> {
    const timeline = await loadTimeline(op, child.id);
    const nowhere = move(timeline, lifeOf(child), { kind: 'unknown', institutionId: null, familyId: null, placementId: null }, dayAfter(on));
    if (!nowhere.ok) return nowhere;
    if (nowhere.value.ends !== null) await endEpisode(op, nowhere.value.ends.id, dayAfter(on));
    await endCare(op, child.id, dayAfter(on), 'died');
    const death = await this.children.recordDeath(op, child, on);
    if (!death.ok) return refuse('AFTER_DEATH', { diedOn: child.diedOn ?? on });
    return ok(child.id);
  }
}
