import { Inject, Injectable } from '@nestjs/common';
import { PlacesService } from '../carers/places.service.js';
import { ChildrenService } from '../children/children.service.js';
import { startOfDay } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
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
import type { EmergencyInput, RecordPlacementFactInput } from './placement.graphql.js';
import { acts, needHerOffice } from './placements.policy.js';
import { insertBreaches, insertEmergency, insertPlacement } from './placements.repo.js';
import { tasks, workingDaysAfter } from './placements.tasks.js';
import { PlansService } from './plans.service.js';
import { ASK_SUPERVISOR } from './suitability.domain.js';
import { bedOf, lockHere } from './whereabouts.locks.js';
import { WhereaboutsService } from './whereabouts.service.js';
import { TimelineService, takeAsFact } from './timeline.service.js';
import type { TimelineRefusal } from './timeline.domain.js';

/**
 * What has happened already. A child who was taken in at night is there, whatever the rules say: she is recorded, every
 * broken rule is named, and a supervisor hears of it the same day. Only what contradicts the timeline is refused.
 */
@Injectable()
export class FactsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(PlacesService) private readonly places: PlacesService,
    @Inject(PlansService) private readonly plans: PlansService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(WhereaboutsService) private readonly whereabouts: WhereaboutsService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Records that a family has taken a child in. Refuses BEFORE_LAST_MOVE, BEFORE_BIRTH, AFTER_DEATH, ALREADY_THERE. */
  async record(actor: UserActor, input: RecordPlacementFactInput, requestId: string): Promise<Result<string, TimelineRefusal>> {
    return this.uow.command(actor, acts['placement.recordFact'], input, requestId, async (op): Promise<Result<string, TimelineRefusal>> => {
      const on = happenedOn(op, input.on);
      const here = await lockHere(op, this.children, input.childId, [input.familyId]);
      const { child, placement: leaves, families } = here;
      const family = families.get(input.familyId);
      if (family === undefined) throw notFound();
      needHerOffice(op, child);
      if (leaves?.family_id === family.id) return refuse('ALREADY_THERE', { from: leaves.starts_on });
      if (leaves !== undefined && on < leaves.starts_on) return refuse('BEFORE_LAST_MOVE', { from: leaves.starts_on, kind: leaves.care_kind });
      const emergency = input.emergency ?? null;
      const id = newId();
      const failures = await this.plans.failures(op, { childId: child.id, familyId: family.id, careKind: input.careKind, startsOn: on, emergency: emergency !== null, ownHolds: bedOf(here) });
      // Never waived: every adult identified, with a signed declaration.
      const undeclared = emergency !== null && !emergency.adultsDeclared && !failures.some(({ code }) => code === 'ADULT_UNCHECKED');
      const breaches = [...failures.map(({ code }) => code), ...(undeclared ? ['ADULT_UNCHECKED'] : [])];
      const left = await this.whereabouts.leave(op, here, on, 'moved', { officeId: family.office_id, found: true });
      await insertPlacement(op, {
        id, childId: child.id, familyId: family.id, careKind: input.careKind, officeId: child.officeId, familyOfficeId: family.office_id, state: 'active', plannedOn: op.today,
        planReason: input.reason, startsOn: on, emergency: emergency !== null, breaches,
      });
      const into = { kind: input.careKind, institutionId: null, familyId: family.id, placementId: id } as const;
      const moved = await this.timeline.move(op, child, into, on, { officeId: family.office_id, breaches });
      if (!moved.ok) return moved;
      await takeAsFact(op, this.places, { familyId: family.id, occupantId: id, from: on, to: null });
      const broken = await insertBreaches(op, breaches, { childId: child.id, familyId: family.id, placementId: id, episodeId: moved.value, officeId: child.officeId, on });
      if (emergency !== null) await this.#emergency(op, id, child.id, child.officeId, emergency, on);
      await this.children.livesNow(op, child.id, { institutionId: null, officeId: family.office_id });
      if (broken.length > 0) {
        await this.worklist.due(op, {
          kind: tasks.breach, subject: ['placement', id], about: child.id, detail: detailOf(breaches, failures), to: { role: 'supervisor', office: child.officeId }, due: op.today,
        });
      }
      noteRecorded(op, { subject: ['placement', id], about: child.id, officeId: family.office_id });
      await recordAct(op, {
        subject: ['placement', id], about: child.id, on, reason: broken.length > 0 ? 'breach' : 'fact',
        events: [...left, ['placement.started', id], ['episode.changed', child.id], ...broken.map((breach) => ['breach.recorded', breach] as const)],
      });
      return ok(id);
    });
  }

  /** What is never waived, and the two clocks that run from now. */
  async #emergency(op: Op, placementId: string, childId: string, office: string, emergency: EmergencyInput, on: RecordPlacementFactInput['on']): Promise<void> {
    const [hour, minute] = emergency.wordAt.split(':').map(Number);
    const wordAt = new Date(startOfDay(on).getTime() + ((hour ?? 0) * 60 + (minute ?? 0)) * 60_000);
    if (wordAt.getTime() > op.now.getTime()) throw badInput('emergency.wordAt', 'validation.future');
    const hours = await numberSetting(op, 'placements.emergency_confirm_hours', on);
    const confirmDueAt = new Date(op.now.getTime() + hours * 3_600_000);
    const papersDueOn = await workingDaysAfter(op, on, await numberSetting(op, 'placements.emergency_papers_working_days', on));
    await insertEmergency(op, {
      placementId, reason: emergency.reason, wordOf: emergency.wordOf, wordAt, adultsDeclared: emergency.adultsDeclared, seenOn: on, confirmDueAt, papersDueOn,
    });
    await this.worklist.due(op, { kind: tasks.confirm, subject: ['placement', placementId], about: childId, to: { role: 'supervisor', office }, due: confirmDueAt });
    await this.worklist.due(op, { kind: tasks.papers, subject: ['placement', placementId], about: childId, to: { role: 'social_worker', office }, due: papersDueOn });
  }
}

/** The codes for the task, at most as many as its detail holds; a confidential one is told by the file alone. */
export function detailOf(breaches: readonly string[], failures: readonly { readonly code: string; readonly confidential: boolean }[]): string {
  const hidden = new Set(failures.flatMap(({ code, confidential }) => (confidential ? [code as string] : [])));
  return [...new Set(breaches.map((code) => (hidden.has(code) ? ASK_SUPERVISOR.code : code)))].join('.').slice(0, 80);
}
