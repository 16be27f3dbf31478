import { Inject, Injectable } from '@nestjs/common';
import { addDays } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { needOffice } from './carers.policy.js';
import { FamiliesService } from './families.service.js';
import type { RecordExitInterviewInput } from './side.inputs.js';
import { exitInterviewDue } from './side.messages.js';
import { sideActs } from './side.policy.js';
import { askedOn, insertExit, leftUnasked } from './side.repo.js';

/** Carers who leave are asked why. */
@Injectable()
export class ExitsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Writes down what they said. Refuses FAMILY_OPEN, EXIT_RECORDED. */
  async record(actor: UserActor, input: RecordExitInterviewInput, requestId: string): Promise<Result<string, 'FAMILY_OPEN' | 'EXIT_RECORDED'>> {
    return this.uow.command<'FAMILY_OPEN' | 'EXIT_RECORDED'>(actor, sideActs['exit.record'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      if (family.closed_on === null) return refuse('FAMILY_OPEN');
      const before = await askedOn(op, family.id);
      if (before !== undefined) return refuse('EXIT_RECORDED', { on: before });
      await insertExit(op, { familyId: family.id, on, reasons: input.reasons, words: input.words ?? null, wouldReturn: input.wouldReturn ?? null });
      await this.worklist.done(op, { kind: exitInterviewDue, subjectId: family.id });
      await recordAct(op, { subject: ['family', family.id], on, reason: 'exit_interview' });
      return ok(family.id);
    });
  }

  /** Puts the question on the worklist of a closed family's office. Again and again the same. */
  async follow(op: Op, familyId: string): Promise<void> {
    const left = await leftUnasked(op, familyId);
    if (left === undefined) return;
    const due = addDays(left.closed_on, await numberSetting(op, 'carers.exit_interview_days', left.closed_on));
    await this.worklist.due(op, { kind: exitInterviewDue, subject: ['family', familyId], about: familyId, to: { role: 'social_worker', office: left.office_id }, due });
  }
}
