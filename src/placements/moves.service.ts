import { Inject, Injectable } from '@nestjs/common';
import { PlacesService } from '../carers/places.service.js';
import { keptApart } from '../carers/ties.repo.js';
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
import { DeathsService } from './deaths.service.js';
import type { DeathRefusal } from './deaths.service.js';
import type { EndPlacementInput, StartPlacementInput } from './placement.graphql.js';
import { step } from './placement.domain.js';
import { noteRecorded } from '../training/staff-certificates.js';
import { acts, isConfidentialEnd, needHerOffice } from './placements.policy.js';
import { courtDecided, findPlacement, lockPlacement, startPlacement } from './placements.repo.js';
import { PlansService } from './plans.service.js';
import type { SuitabilityRefusal } from './plans.service.js';
import type { TimelineRefusal, Whereabouts } from './timeline.domain.js';
import { TimelineService } from './timeline.service.js';
import { bedOf, goesTo, lockHere } from './whereabouts.locks.js';
import type { Here } from './whereabouts.locks.js';
import { WhereaboutsService } from './whereabouts.service.js';

type StartRefusal = SuitabilityRefusal | TimelineRefusal | 'PLACEMENT_STATE' | 'CONFLICT_OF_INTEREST';
type Event = readonly [string, string];
type EndRefusal = DeathRefusal | 'PLACEMENT_STATE' | 'WHERE_NEEDED' | 'COURT_DECISION_NEEDED';

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
    @Inject(DeathsService) private readonly deaths: DeathsService,
  ) {}

  /** She moves into the family of an approved placement, from wherever she lives. */
  async start(actor: UserActor, input: StartPlacementInput, requestId: string): Promise<Result<string, StartRefusal>> {
    return this.uow.command(actor, acts['placement.start'], input, requestId, async (op): Promise<Result<string, StartRefusal>> => {
      const on = happenedOn(op, input.on);
      const found = await findPlacement(op, input.placementId);
      if (found === undefined) throw notFound();
      const here = await lockHere(op, this.children, found.child_id, [found.family_id]);
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
      const left = await this.whereabouts.leave(op, here, on, input.endReason ?? 'moved', { officeId: family.office_id, found: true });
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
      const here = await lockHere(op, this.children, found.child_id, [found.family_id, ...(input.reason === 'died' ? await this.deaths.planned(op, found.child_id) : [])]);
      const { child } = here;
      const placement = await lockPlacement(op, found.id);
      if (placement === undefined) throw notFound();
      needHerOffice(op, child);
      const next = step(placement.state, 'end');
      if (!next.ok) return next;
      if (input.reason === 'adopted' && !(await courtDecided(op, child.id, on))) return refuse('COURT_DECISION_NEEDED');
      const gone = input.reason === 'died' ? await this.#died(op, here, on) : await this.#goes(op, here, input, on);
      if (!gone.ok) return gone;
      const left = gone.value;
      await recordAct(op, { subject: ['placement', placement.id], about: child.id, on, reason: isConfidentialEnd(input.reason) ? 'confidential' : input.reason, changed: ['state'], events: [...left, ['episode.changed', child.id]] });
      return ok(placement.id);
    });
  }

  /** Where she goes, as a stretch of her timeline; the office that answers for it sees her from now on. Gives the events. */
  async #goes(op: Op, here: Here, input: EndPlacementInput, on: CivilDate): Promise<Result<readonly Event[], EndRefusal>> {
    const { child } = here;
    const kind = input.goesTo ?? null;
    const institutionId = input.institutionId ?? null;
    if (kind === null || (kind === 'institution') !== (institutionId !== null)) return refuse('WHERE_NEEDED');
    const to: Whereabouts = { kind, institutionId, familyId: null, placementId: null };
    const { officeId, breaches } = await goesTo(op, child, to, on);
    const moved = await this.timeline.move(op, child, to, on, { officeId, breaches, endReason: input.reason === 'adopted' ? 'adopted' : kind === 'home' ? 'returned_home' : 'leaving_care' });
    if (!moved.ok) return moved;
    const left = await this.whereabouts.leave(op, here, on, input.reason, { officeId, found: kind !== 'missing' && kind !== 'unknown' });
    if (kind === 'missing') await this.whereabouts.disappeared(op, child, on, { kept: false, traffickingSign: false });
    if (institutionId !== null) await this.whereabouts.arrived(op, child.id, officeId, on, here.placement?.starts_on ?? null);
    const broken = await this.whereabouts.breached(op, child, moved.value, breaches, on);
    await this.children.livesNow(op, child.id, { institutionId, officeId });
    return ok([...left, ...broken]);
  }

  /** Ends with her death, in the same words as a death from anywhere else. */
  async #died(op: Op, here: Here, on: CivilDate): Promise<Result<readonly Event[], EndRefusal>> {
    const died = await this.deaths.die(op, here, on, { place: null, cause: null });
    return died.ok ? ok(died.value.events) : died;
  }
}
