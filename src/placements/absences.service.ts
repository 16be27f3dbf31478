import { Inject, Injectable } from '@nestjs/common';
import { PlacesService } from '../carers/places.service.js';
import { ChildrenService } from '../children/children.service.js';
import { addDays } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { noteRecorded } from '../training/staff-certificates.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { detailOf } from './facts.service.js';
import { acts, needHerOffice } from './placements.policy.js';
import { insertBreaches } from './placements.repo.js';
import { tasks } from './placements.tasks.js';
import { PlansService } from './plans.service.js';
import type { SuitabilityRefusal } from './plans.service.js';
import type { Failure } from './suitability.domain.js';
import { lifeOf } from './timeline.domain.js';
import type { TimelineRefusal } from './timeline.domain.js';
import { TimelineService, takeAsFact } from './timeline.service.js';
import type { RecordAbsenceInput, RecordReturnInput } from './whereabouts.inputs.js';
import { comeBack, goAway } from './whereabouts.domain.js';
import { lockHere } from './whereabouts.locks.js';
import type { Here } from './whereabouts.locks.js';
import { WhereaboutsService } from './whereabouts.service.js';
import { whereaboutsTasks } from './whereabouts.tasks.js';

export type AbsenceRefusal = TimelineRefusal | SuitabilityRefusal | 'NO_PLACE_TO_KEEP' | 'NOT_IN_A_FAMILY';
export type ReturnRefusal = TimelineRefusal | 'NOT_AWAY' | 'PLACE_RELEASED';

/** Nights elsewhere while her place is kept, and coming back to it. The placement goes on all the while, and so does its pay. */
@Injectable()
export class AbsencesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(PlacesService) private readonly places: PlacesService,
    @Inject(PlansService) private readonly plans: PlansService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
    @Inject(WhereaboutsService) private readonly whereabouts: WhereaboutsService,
  ) {}

  /**
   * She sleeps elsewhere from a day on. Respite with a family of the register takes a place there: what is being decided
   * is refused where the family may not take her, what has happened is recorded with the broken rules.
   */
  async record(actor: UserActor, input: RecordAbsenceInput, requestId: string): Promise<Result<string, AbsenceRefusal>> {
    return this.uow.command(actor, acts['absence.record'], input, requestId, async (op): Promise<Result<string, AbsenceRefusal>> => {
      const on = happenedOn(op, input.on);
      const respite = input.respiteFamilyId ?? null;
      if (respite !== null && input.kind !== 'respite') throw badInput('respiteFamilyId', 'validation.isEmpty');
      const here = await lockHere(op, this.children, input.childId, respite === null ? [] : [respite]);
      const { child } = here;
      needHerOffice(op, child);
      const going = goAway(here.timeline, lifeOf(child), { kind: input.kind, familyId: respite }, on);
      if (!going.ok) return going;
      if (respite !== null && respite === here.placement?.family_id) return refuse('ALREADY_THERE', { from: here.placement.starts_on });
      const suits = await this.#respite(op, here, respite, on, input.happened);
      if (!suits.ok) return suits;
      const breaches = suits.value.map(({ code }) => code);
      const moved = await this.timeline.move(op, child, going.value.to, on, { officeId: child.officeId, breaches });
      if (!moved.ok) return moved;
      const id = moved.value;
      await this.whereabouts.over(op, here, on, { officeId: child.officeId, found: true });
      if (respite !== null) await takeAsFact(op, this.places, { familyId: respite, occupantId: id, from: on, to: null });
      await this.whereabouts.markKept(op, here.placement);
      const broken = await this.#breached(op, here, respite, id, suits.value, on);
      const days = await numberSetting(op, `placements.kept_review_days_${input.kind}`, on);
      await this.worklist.due(op, { kind: whereaboutsTasks.keptReview, subject: ['episode', id], about: child.id, to: { role: 'social_worker', office: child.officeId }, due: addDays(on, days) });
      noteRecorded(op, { subject: ['episode', id], about: child.id, officeId: child.officeId });
      await recordAct(op, {
        subject: ['episode', id], about: child.id, on, reason: broken.length > 0 ? 'breach' : null, events: [['episode.changed', child.id], ...broken.map((breach) => ['breach.recorded', breach] as const)],
      });
      return ok(id);
    });
  }

  /** She is back where her place was kept, or where she was missing from. */
  async back(actor: UserActor, input: RecordReturnInput, requestId: string): Promise<Result<string, ReturnRefusal>> {
    return this.uow.command(actor, acts['absence.return'], input, requestId, async (op): Promise<Result<string, ReturnRefusal>> => {
      const on = happenedOn(op, input.on);
      const here = await lockHere(op, this.children, input.childId);
      const { child } = here;
      needHerOffice(op, child);
      const going = comeBack(here.timeline, lifeOf(child), on);
      if (!going.ok) return going;
      const moved = await this.timeline.move(op, child, going.value.to, on, { officeId: child.officeId });
      if (!moved.ok) return moved;
      await this.whereabouts.over(op, here, on, { officeId: child.officeId, found: true });
      await this.whereabouts.markKept(op, here.placement);
      noteRecorded(op, { subject: ['episode', moved.value], about: child.id, officeId: child.officeId });
      await recordAct(op, { subject: ['episode', moved.value], about: child.id, on, events: [['episode.changed', child.id]] });
      return ok(moved.value);
    });
  }

  /** The rules that the family of the respite breaks: none may be broken by what is only being decided. */
  async #respite(op: Op, here: Here, familyId: string | null, on: CivilDate, happened: boolean): Promise<Result<Failure[], SuitabilityRefusal>> {
    if (familyId === null) return ok([]);
    const family = here.families.get(familyId);
    if (family === undefined) throw notFound();
    const asked = { childId: here.child.id, familyId, careKind: family.kind, startsOn: on, emergency: false, respite: true, ownHolds: [] };
    if (happened) return ok(await this.plans.failures(op, asked));
    const suits = await this.plans.stillSuits(op, asked);
    return suits.ok ? ok([]) : suits;
  }

  async #breached(op: Op, { child, placement }: Here, familyId: string | null, episodeId: string, failures: readonly Failure[], on: CivilDate): Promise<string[]> {
    if (failures.length === 0 || familyId === null || placement === undefined) return [];
    const codes = failures.map(({ code }) => code);
    await this.worklist.due(op, {
      kind: tasks.breach, subject: ['episode', episodeId], about: child.id, detail: detailOf(codes, failures), to: { role: 'supervisor', office: child.officeId }, due: op.today,
    });
    return insertBreaches(op, codes, { childId: child.id, familyId, placementId: placement.id, episodeId, officeId: child.officeId, on });
  }
}
