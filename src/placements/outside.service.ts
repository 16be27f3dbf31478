import { Inject, Injectable } from '@nestjs/common';
import { ChildrenService } from '../children/children.service.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { noteRecorded } from '../training/staff-certificates.js';
import { acts, needHerOffice } from './placements.policy.js';
import { isRelative } from './placements.repo.js';
import { lifeOf } from './timeline.domain.js';
import type { TimelineRefusal, Whereabouts } from './timeline.domain.js';
import { TimelineService } from './timeline.service.js';
import { moveOutside } from './whereabouts.domain.js';
import type { RecordMoveInput } from './whereabouts.inputs.js';
import { goesTo, lockHere } from './whereabouts.locks.js';
import { insertReturnHome } from './whereabouts.repo.js';
import { WhereaboutsService } from './whereabouts.service.js';

export type MoveRefusal = TimelineRefusal | 'IN_A_PLACEMENT' | 'WHERE_NEEDED' | 'RETURN_HOME_NEEDED' | 'RELATIVE_UNKNOWN';

/** Where a child goes who does not live with a family of the register, and not to one either. */
@Injectable()
export class OutsideService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(WhereaboutsService) private readonly whereabouts: WhereaboutsService,
  ) {}

  /**
   * She has moved: to an institution, home, to live by herself, to a place nobody knows. Going home ends the care period,
   * coming back opens one that is linked to it; an institution that took her without a decision is asked for one.
   */
  async record(actor: UserActor, input: RecordMoveInput, requestId: string): Promise<Result<string, MoveRefusal>> {
    return this.uow.command(actor, acts['move.record'], input, requestId, async (op): Promise<Result<string, MoveRefusal>> => {
      const on = happenedOn(op, input.on);
      const here = await lockHere(op, this.children, input.childId);
      const { child } = here;
      needHerOffice(op, child);
      const institutionId = input.institutionId ?? null;
      const home = input.home ?? null;
      if ((input.to === 'institution') !== (institutionId !== null)) return refuse('WHERE_NEEDED');
      const to: Whereabouts = { kind: input.to, institutionId, familyId: null, placementId: null };
      const going = moveOutside(here.timeline, lifeOf(child), to, on);
      if (!going.ok) return going;
      if ((input.to === 'home') !== (home !== null) || (home !== null && !home.relativeId && !home.withWhom)) return refuse('RETURN_HOME_NEEDED');
      if (home?.relativeId && !(await isRelative(op, child.id, home.relativeId))) return refuse('RELATIVE_UNKNOWN');
      const { officeId, breaches } = await goesTo(op, child, to, on);
      const moved = await this.timeline.move(op, child, to, on, { officeId, breaches, entryReason: input.entryReason ?? null, endReason: input.to === 'home' ? 'returned_home' : 'leaving_care' });
      if (!moved.ok) return moved;
      await this.whereabouts.over(op, here, on, { officeId, found: input.to !== 'unknown' });
      if (home !== null) await insertReturnHome(op, { childId: child.id, on, reason: home.reason, relativeId: home.relativeId ?? null, withWhom: home.withWhom ?? null, support: home.support });
      if (institutionId !== null) await this.whereabouts.arrived(op, child.id, officeId, on, here.open?.from ?? null);
      const broken = await this.whereabouts.breached(op, child, moved.value, breaches, on);
      await this.children.livesNow(op, child.id, { institutionId, officeId });
      noteRecorded(op, { subject: ['episode', moved.value], about: child.id, officeId });
      await recordAct(op, {
        subject: ['episode', moved.value], about: child.id, on, reason: broken.length > 0 ? 'breach' : null, events: [['episode.changed', child.id], ...broken],
      });
      return ok(moved.value);
    });
  }
}
