import { Inject, Injectable } from '@nestjs/common';
import { ChildrenService } from '../children/children.service.js';
import { addDays } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { noteRecorded } from '../training/staff-certificates.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { acts, needHerOffice } from './placements.policy.js';
import { lockPlacement, plansOf } from './placements.repo.js';
import { PlansService } from './plans.service.js';
import { dayAfter, lifeOf, move } from './timeline.domain.js';
import type { TimelineRefusal } from './timeline.domain.js';
import { endCare, endEpisode } from './timeline.repo.js';
import type { RecordDeathInput } from './whereabouts.inputs.js';
import { lockHere } from './whereabouts.locks.js';
import type { Here } from './whereabouts.locks.js';
import { insertDeath } from './whereabouts.repo.js';
import { WhereaboutsService } from './whereabouts.service.js';
import { whereaboutsTasks } from './whereabouts.tasks.js';

export type DeathRefusal = TimelineRefusal | 'SEEN_AFTER_DEATH' | 'PLACEMENT_STATE';

/** What is written of a death beside its day, as far as it is known. */
export interface DeathKnown {
  readonly place: string | null;
  readonly cause: string | null;
}

/** The death of a child, from wherever she lived. Everything that was asked of anybody about her stops with it. */
@Injectable()
export class DeathsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(PlansService) private readonly plans: PlansService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
    @Inject(WhereaboutsService) private readonly whereabouts: WhereaboutsService,
  ) {}

  /** Records it. Gives the death. */
  async record(actor: UserActor, input: RecordDeathInput, requestId: string): Promise<Result<string, DeathRefusal>> {
    return this.uow.command(actor, acts['death.record'], input, requestId, async (op): Promise<Result<string, DeathRefusal>> => {
      const on = happenedOn(op, input.on);
      const here = await lockHere(op, this.children, input.childId, await this.planned(op, input.childId));
      needHerOffice(op, here.child);
      const died = await this.die(op, here, on, { place: input.place, cause: input.cause ?? null });
      if (!died.ok) return died;
      noteRecorded(op, { subject: ['death', died.value.id], about: here.child.id, officeId: here.child.officeId });
      await recordAct(op, { subject: ['death', died.value.id], about: here.child.id, on, events: [...died.value.events, ['episode.changed', here.child.id]] });
      return ok(died.value.id);
    });
  }

  /** The families of her plans, which are called off with her death: locked with the others. */
  async planned(op: Op, childId: string): Promise<string[]> {
    return (await plansOf(op, childId)).map(({ family_id }) => family_id);
  }

  /**
   * In the caller's operation, under lock of her families, those of her plans included. The day of death is the last day
   * of the last stretch. Gives the death and the events; the caller writes the act.
   */
  async die(op: Op, here: Here, on: CivilDate, known: DeathKnown): Promise<Result<{ readonly id: string; readonly events: (readonly [string, string])[] }, DeathRefusal>> {
    const { child } = here;
    const after = dayAfter(on);
    const nowhere = move(here.timeline, lifeOf(child), { kind: 'unknown', institutionId: null, familyId: null, placementId: null }, after);
    if (!nowhere.ok && nowhere.code !== 'ALREADY_THERE') return nowhere;
    if (here.open !== undefined) await endEpisode(op, here.open.id, after);
    await endCare(op, child.id, after, 'died');
    const death = await this.children.recordDeath(op, child, on);
    if (!death.ok) return death.code === 'ALREADY_DEAD' ? refuse('AFTER_DEATH', { diedOn: child.diedOn ?? on }) : refuse('SEEN_AFTER_DEATH', death.details);
    const events = [...(await this.whereabouts.leave(op, here, on, 'died', { officeId: child.officeId, found: false, died: true }))];
    for (const { id } of await plansOf(op, child.id)) {
      const plan = await lockPlacement(op, id);
      if (plan === undefined) continue;
      const off = await this.plans.callOff(op, plan, 'died');
      if (!off.ok) return off;
      events.push(['placement.cancelled', id]);
    }
    if (child.institutionId !== null) await this.children.livesNow(op, child.id, { institutionId: null, officeId: child.officeId });
    await this.worklist.cancelAbout(op, child.id);
    const id = await insertDeath(op, { childId: child.id, on, ...known });
    await this.worklist.due(op, { kind: whereaboutsTasks.tellDeath, subject: ['death', id], about: child.id, to: { role: 'social_worker', office: child.officeId }, due: op.today });
    await this.#review(op, child.id, id, on);
    return ok({ id, events });
  }

  /** Reviewed from outside: by the ministry's supervisor, and not by the line that answered for her. */
  async #review(op: Op, childId: string, deathId: string, on: CivilDate): Promise<void> {
    const ministry = await op.tx.row<{ id: string }>(`select id from territory.offices where kind = 'ministry' limit 1`);
    const due = addDays(on, await numberSetting(op, 'placements.death_review_days', on));
    await this.worklist.due(op, { kind: whereaboutsTasks.deathReview, subject: ['death', deathId], about: childId, to: { role: 'supervisor', office: ministry?.id ?? null }, due });
  }
}
