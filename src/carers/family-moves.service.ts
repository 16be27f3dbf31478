import { Inject, Injectable } from '@nestjs/common';
import { addDays } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { needVersion } from '../platform/audit/stale.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { officeFor } from '../territory/offices.queries.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { movedHere, reassess } from './carers.messages.js';
import { acts, needOffice } from './carers.policy.js';
import { FamiliesService } from './families.service.js';
import { householdOf, suspensionsOf } from './families.repo.js';
import { mayMove, otherProvince, suspendedFrom } from './family.domain.js';
import type { MoveRefusal } from './family.domain.js';
import type { MoveFamilyInput } from './family-moves.graphql.js';
import { addressNow, approvedFrom, handOver, insertAddress, insertMove, nextVersion } from './family-moves.repo.js';
import type { LockedFamily } from './places.repo.js';
import { StandingsService } from './standings.service.js';

/** Families that move: to another village, to another office's district, to another province. */
@Injectable()
export class FamilyMovesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
    @Inject(StandingsService) private readonly standings: StandingsService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /**
   * Records a move, which the office that the family leaves knows of. It is a fact: whoever lives in the family goes with
   * it, and is refused nothing. From now on the file, its open tasks and its documents are the new office's: one office
   * answers for a household. The old office reads on what it did and decided (the acts), when the family moved and to which
   * office (`FamilyMove`), and its own children's files; not the new address, which it does not need for any of that.
   *
   * Who was approved in one province is suspended from the day of the move to another, until that one has reviewed it;
   * within the province the approval holds, and the new office is only told. The approval of the move of whoever lives
   * there is nobody's: only decisions are approved.
   */
  async move(actor: UserActor, input: MoveFamilyInput, requestId: string): Promise<Result<string, MoveRefusal | 'AREA_UNKNOWN'>> {
    return this.uow.command<MoveRefusal | 'AREA_UNKNOWN'>(actor, acts['family.move'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      const [before, address] = [await householdOf(op, family.id), await addressNow(op, family.id)];
      if (before === undefined || address === undefined) throw notFound();
      await needVersion(op, before, input.version);
      const may = mayMove({ openedOn: family.opened_on, closedOn: family.closed_on, address }, input.areaCode, on);
      if (!may.ok) return may;
      const toOffice = await officeFor(op, input.areaCode);
      if (toOffice === undefined) return refuse('AREA_UNKNOWN', { area: input.areaCode });
      const suspended = otherProvince(before.areaCode, input.areaCode) && (await this.#suspend(op, family, on));
      await this.#tell(op, family, toOffice, suspended);
      await insertAddress(op, family.id, input.areaCode, on);
      const id = await insertMove(op, { familyId: family.id, on, fromOffice: family.office_id, toOffice, suspended });
      await nextVersion(op, family.id);
      await handOver(op, family.id, input.areaCode);
      await recordAct(op, {
        subject: ['family', family.id], on, reason: otherProvince(before.areaCode, input.areaCode) ? 'moved_province' : 'moved', changed: toOffice === family.office_id ? ['area_code'] : ['area_code', 'office_id'],
        events: [['family.moved', family.id], ...(suspended ? [['family.suspended', family.id] as const] : [])],
      });
      return ok(id);
    });
  }

  /** A family that another province approved gets no other child here. Says whether it is suspended for that now. */
  async #suspend(op: Op, family: LockedFamily, on: CivilDate): Promise<boolean> {
    if (!(await approvedFrom(op, family.id, on))) return false;
    const from = suspendedFrom(await suspensionsOf(op, family.id), 'moved_province', on);
    if (from !== undefined) await this.standings.beginSuspension(op, family.id, 'moved_province', from);
    return true;
  }

  /** The office that a family comes to learns of it: its supervisor where it is to be reviewed, else a worker. */
  async #tell(op: Op, family: LockedFamily, office: string, suspended: boolean): Promise<void> {
    if (!suspended && office === family.office_id) return;
    const due = addDays(op.today, await numberSetting(op, 'carers.reassess_days', op.today));
    const task = { subject: ['family', family.id], about: family.id, due } as const;
    if (suspended) await this.worklist.due(op, { ...task, kind: reassess, detail: 'moved_province', to: { role: 'supervisor', office } });
    else await this.worklist.due(op, { ...task, kind: movedHere, to: { role: 'social_worker', office } });
  }
}
