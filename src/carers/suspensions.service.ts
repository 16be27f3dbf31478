import { Inject, Injectable } from '@nestjs/common';
import { ok } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { acts, needOffice } from './carers.policy.js';
import { FamiliesService } from './families.service.js';
import { endOne, liftSuspension, suspensionsOf } from './families.repo.js';
import { isConfidential, mayLift, maySuspend } from './family.domain.js';
import type { LiftSuspensionInput, SuspendFamilyInput } from './family.inputs.js';
import { StandingsService } from './standings.service.js';
import { keptApart } from './ties.repo.js';

/** A suspended family gets no other child; the children who are there stay, and are paid for. */
@Injectable()
export class SuspensionsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
    @Inject(StandingsService) private readonly standings: StandingsService,
  ) {}

  /** Suspends a family. Refuses CONFLICT_OF_INTEREST, FAMILY_CLOSED, ALREADY_SUSPENDED. */
  async suspend(actor: UserActor, input: SuspendFamilyInput, requestId: string): Promise<Result<string, 'FAMILY_CLOSED' | 'ALREADY_SUSPENDED' | 'CONFLICT_OF_INTEREST'>> {
    return this.uow.command(actor, acts['family.suspend'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      const apart = await keptApart(op, family.id, on);
      if (!apart.ok) return apart;
      const may = maySuspend({ closedOn: family.closed_on }, await suspensionsOf(op, family.id), input.reason, on);
      if (!may.ok) return may;
      const confidential = isConfidential(input.reason);
      await this.standings.beginSuspension(op, family.id, input.reason, on);
      // The audit is read by more people than the reason is meant for.
      await recordAct(op, { subject: ['family', family.id], on, reason: confidential ? 'confidential' : input.reason, events: [['family.suspended', family.id]] });
      return ok(family.id);
    });
  }

  /** Lifts one suspension; others stay. Refuses CONFLICT_OF_INTEREST, NOT_SUSPENDED. */
  async lift(actor: UserActor, input: LiftSuspensionInput, requestId: string): Promise<Result<string, 'NOT_SUSPENDED' | 'CONFLICT_OF_INTEREST'>> {
    return this.uow.command(actor, acts['family.liftSuspension'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      const apart = await keptApart(op, family.id, on);
      if (!apart.ok) return apart;
      const may = mayLift((await suspensionsOf(op, family.id)).find(({ id }) => id === input.standingId), on);
      if (!may.ok) return may;
      await liftSuspension(op, may.value.sourceId, on);
      await endOne(op, may.value.id, on);
      await recordAct(op, { subject: ['family', family.id], on, events: [['family.suspension_lifted', family.id]] });
      return ok(family.id);
    });
  }
}
