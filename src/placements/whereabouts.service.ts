import { Inject, Injectable } from '@nestjs/common';
import { PlacesService } from '../carers/places.service.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { WorklistService } from '../worklist/worklist.service.js';
import type { LockedPlacement } from './placements.repo.js';
import { keptDays } from './whereabouts.repo.js';
import type { Here } from './whereabouts.locks.js';
import { whereaboutsTasks } from './whereabouts.tasks.js';

/** What follows for others when a child sleeps elsewhere, or sleeps there no more: in the act's own transaction, under its locks. */
@Injectable()
export class WhereaboutsService {
  constructor(
    @Inject(PlacesService) private readonly places: PlacesService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** The stretch that was open ends on a day, whatever comes after it: a bed of respite is free, nobody asks about the kept place any more. */
  async over(op: Op, { open }: Here, on: CivilDate): Promise<void> {
    if (open === undefined) return;
    if (open.kind === 'respite' && open.familyId !== null) await this.places.releasePlace(op, { familyId: open.familyId, occupantId: open.id, from: on });
    await this.worklist.done(op, { kind: whereaboutsTasks.keptReview, subjectId: open.id });
  }

  /** Brings the place of a placement in line with its nights: kept while she sleeps elsewhere. */
  async markKept(op: Op, placement: LockedPlacement | undefined): Promise<void> {
    if (placement === undefined) return;
    await this.places.markKept(op, { familyId: placement.family_id, occupantId: placement.id, kept: await keptDays(op, placement.id) });
  }
}
