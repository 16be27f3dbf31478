import { Inject, Injectable } from '@nestjs/common';
import { addWorkingDays, compareDates } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { Act } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import type { KeyedInput } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { notAfterDeath } from './child.domain.js';
import { holidaysAfter } from './child-parts.repo.js';
import { agreementWithdrawn } from './children.messages.js';
import { acts, needChild } from './children.policy.js';
import type { ChildFacts } from './children.repo.js';
import { ChildrenService } from './children.service.js';
import type { ReviewWithdrawalInput, WithdrawAgreementInput } from './withdrawal.graphql.js';
import { agreementOn, findWithdrawal, insertWithdrawal, writeReview } from './withdrawals.repo.js';

/** Parents' agreement taken back: whoever hears it records it, a supervisor reviews it within some working days. */
@Injectable()
export class WithdrawalsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Records that a parent or guardian took back the agreement. Nobody moves by it alone. Refuses NO_AGREEMENT, ALREADY_WITHDRAWN, AFTER_DEATH. */
  async withdraw(actor: UserActor, input: WithdrawAgreementInput, requestId: string): Promise<Result<string, 'NO_AGREEMENT' | 'ALREADY_WITHDRAWN' | 'AFTER_DEATH'>> {
    return this.#about(actor, acts['child.withdrawAgreement'], input, requestId, async (op, child) => {
      const on = happenedOn(op, input.on);
      const alive = notAfterDeath(child.diedOn, on);
      if (!alive.ok) return alive;
      const agreement = await agreementOn(op, child.id, on);
      if (agreement === undefined) return refuse('NO_AGREEMENT', { on });
      const first = await insertWithdrawal(op, { childId: child.id, basisId: agreement.id, by: input.by, on, recordedBy: actor.userId });
      const days = await numberSetting(op, 'children.withdrawal_working_days', first);
      const due = addWorkingDays(first, days, await holidaysAfter(op, first));
      await this.worklist.due(op, { kind: agreementWithdrawn, subject: ['child', child.id], about: child.id, to: { role: 'supervisor', office: child.officeId }, due });
      await recordAct(op, { subject: ['child', child.id], on, reason: input.by, changed: ['withdrawals'], events: [['child.agreement_withdrawn', child.id]] });
      return ok(child.id);
    });
  }

  /** Says what follows; what was agreed anew, or ordered, is recorded as a legal basis beside it. Refuses ALREADY_REVIEWED, DATES_REVERSED. */
  async review(actor: UserActor, input: ReviewWithdrawalInput, requestId: string): Promise<Result<string, 'ALREADY_REVIEWED' | 'DATES_REVERSED'>> {
    return this.#about(actor, acts['child.reviewWithdrawal'], input, requestId, async (op, child) => {
      const on = happenedOn(op, input.on);
      const withdrawal = await findWithdrawal(op, child.id, input.withdrawalId);
      if (withdrawal === undefined) throw notFound();
      if (withdrawal.reviewedOn !== null) return refuse('ALREADY_REVIEWED', { on: withdrawal.reviewedOn });
      if (compareDates(on, withdrawal.on) < 0) return refuse('DATES_REVERSED');
      const left = await writeReview(op, withdrawal, { outcome: input.outcome, reason: input.reason, on, by: actor.userId });
      if (left === 0) await this.worklist.done(op, { kind: agreementWithdrawn, subjectId: child.id });
      await recordAct(op, { subject: ['child', child.id], on, reason: input.outcome, changed: ['withdrawals'], events: [['child.withdrawal_reviewed', child.id]] });
      return ok(child.id);
    });
  }

  async #about<C extends string>(actor: UserActor, act: Act, input: KeyedInput & { readonly childId: string }, requestId: string, work: (op: Op, child: ChildFacts) => Promise<Result<string, C>>): Promise<Result<string, C>> {
    return this.uow.command(actor, act, input, requestId, async (op) => {
      const [child] = await this.children.lockChildren(op, [input.childId]);
      if (child === undefined) throw notFound();
      needChild(op, child);
      return work(op, child);
    });
  }
}
