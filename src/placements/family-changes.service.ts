import { Inject, Injectable } from '@nestjs/common';
import { lockFamilyAnywhere } from '../carers/places.repo.js';
import type { LockedFamily } from '../carers/places.repo.js';
import { ChildrenService } from '../children/children.service.js';
import { recordAct } from '../platform/audit/acts.js';
import type { Op } from '../platform/database/op.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { followFamily, lockPlacement, openPlacements } from './placements.repo.js';
import type { LockedPlacement } from './placements.repo.js';
import { tasks } from './placements.tasks.js';
import { PlansService } from './plans.service.js';

/** What becomes of a family's placements when the family is no longer what it was. */
@Injectable()
export class FamilyChangesService {
  constructor(
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(PlansService) private readonly plans: PlansService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /**
   * Looks again at a family's placements. A plan whose place went with a closing or a removal is called off, and its worker
   * told. After a move they are read by the family's new office; whoever lives in the family is that office's child, as
   * when a stay begins there, and the one that knew her reads on for the days of a handover.
   */
  async follow(op: Op, familyId: string): Promise<void> {
    const family = await lockFamilyAnywhere(op, familyId);
    if (family === undefined) return;
    const found = await openPlacements(op, familyId);
    await this.children.lockChildren(op, [...new Set(found.map(({ child_id }) => child_id))].sort());
    for (const { id, lost } of found) {
      const placement = await lockPlacement(op, id);
      if (placement === undefined) continue;
      if (lost) await this.#callOff(op, placement);
      else if (placement.family_office_id !== family.office_id) await this.#move(op, placement, family);
    }
  }

  async #callOff(op: Op, placement: LockedPlacement): Promise<void> {
    const off = await this.plans.callOff(op, placement, 'family_gone');
    if (!off.ok) return;
    const to = placement.planned_by === null ? ({ role: 'social_worker', office: placement.office_id } as const) : { account: placement.planned_by, office: placement.office_id };
    await this.worklist.due(op, { kind: tasks.planLost, subject: ['placement', placement.id], about: placement.child_id, to, due: op.today });
    await recordAct(op, { subject: ['placement', placement.id], about: placement.child_id, on: op.today, reason: 'family_gone', changed: ['state'], events: [['placement.cancelled', placement.id]] });
  }

  async #move(op: Op, placement: LockedPlacement, family: LockedFamily): Promise<void> {
    const isThere = placement.state === 'active';
    await followFamily(op, placement.id, family.office_id);
    if (isThere) await this.children.livesNow(op, placement.child_id, { institutionId: null, officeId: family.office_id });
    else await this.children.shareWith(op, placement.child_id, family.office_id, op.today, 'transition');
    await recordAct(op, { subject: ['placement', placement.id], about: placement.child_id, on: op.today, reason: 'family_moved', changed: ['family_office_id'], events: isThere ? [['episode.changed', placement.child_id], ['placement.family_moved', placement.id]] : [] });
  }
}
