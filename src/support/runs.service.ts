import { Inject, Injectable } from '@nestjs/common';
import { isCivilMonth, monthOf } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Act } from '../platform/auth/acts.js';
import { actorId } from '../platform/database/op.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { payableChildren, runRules } from './facts.queries.js';
import { mayApproveByCertificate } from '../training/staff-certificates.js';
import { calculateRun, decideRun } from './run.domain.js';
import type { RunCommand, RunState } from './run.domain.js';
import type { PaymentRunInput, PreparePaymentRunInput } from './run.graphql.js';
import { clearLines, findOpenRun, insertLines, insertRun, lockRun, moveRun, payingOffice } from './runs.repo.js';
import type { LockedRun } from './runs.repo.js';
import { acts, needOffice } from './support.policy.js';

type StateRefusal = 'RUN_STATE' | 'OWN_RUN';

/** Money for nights: prepared and calculated by one person, approved by another, changed by nobody afterwards. */
@Injectable()
export class RunsService {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  /** Prepares a run for a month that has begun. Refuses MONTH_NOT_BEGUN, PROVINCE_NEEDED, RUN_OPEN. */
  async prepare(actor: UserActor, input: PreparePaymentRunInput, requestId: string): Promise<Result<string, 'MONTH_NOT_BEGUN' | 'PROVINCE_NEEDED' | 'RUN_OPEN'>> {
    if (!isCivilMonth(input.month)) throw badInput('month', 'validation.matches');
    return this.uow.command(actor, acts['paymentRun.prepare'], input, requestId, async (op) => {
      needOffice(op, input.officeId);
      const office = await payingOffice(op, input.officeId);
      if (office === undefined) throw notFound();
      if (office.kind === 'district') return refuse('PROVINCE_NEEDED');
      if (input.month > monthOf(op.today)) return refuse('MONTH_NOT_BEGUN', { month: input.month });
      const run = { id: newId(), schemeCode: input.scheme, month: input.month, officeId: input.officeId, provinces: office.provinces, reason: input.reason, fund: input.fund };
      if ((await findOpenRun(op, run)) !== undefined) return refuse('RUN_OPEN', { month: input.month });
      await insertRun(op, run);
      await recordAct(op, { subject: ['payment_run', run.id], on: op.today, reason: input.reason, events: [['paymentRun.prepared', run.id]] });
      return ok(run.id);
    });
  }

  /** Calculates a run, also anew, from the facts as they are now. Refuses RUN_STATE, RATE_MISSING, NOTHING_TO_PAY. */
  async calculate(actor: UserActor, input: PaymentRunInput, requestId: string): Promise<Result<string, StateRefusal | 'RATE_MISSING' | 'NOTHING_TO_PAY'>> {
    return this.#move(actor, acts['paymentRun.calculate'], 'calculate', input, requestId, async (op, run) => {
      const office = await payingOffice(op, run.officeId);
      const children = await payableChildren(op, run.officeId, run.schemeCode);
      const scope = { runId: run.id, month: run.month, officeIds: new Set(office?.below ?? []), today: op.today };
      const calculated = calculateRun(scope, children, await runRules(op, run.schemeCode));
      if (!calculated.ok) return calculated;
      await clearLines(op, run.id);
      await insertLines(op, run, calculated.value.lines, calculated.value.warnings);
      return ok(true);
    });
  }

  /** Says that somebody went through the lines. Refuses RUN_STATE. */
  async check(actor: UserActor, input: PaymentRunInput, requestId: string): Promise<Result<string, StateRefusal>> {
    return this.#move(actor, acts['paymentRun.check'], 'check', input, requestId);
  }

  /** Approves a run that somebody else prepared and calculated. Refuses RUN_STATE, OWN_RUN, STAFF_CERTIFICATE. */
  async approve(actor: UserActor, input: PaymentRunInput, requestId: string): Promise<Result<string, StateRefusal | 'STAFF_CERTIFICATE'>> {
    return this.#move(actor, acts['paymentRun.approve'], 'approve', input, requestId, (op) => mayApproveByCertificate(op));
  }

  /** Cancels a run that is not approved; what it would have paid is the next one's. Refuses RUN_STATE. */
  async cancel(actor: UserActor, input: PaymentRunInput, requestId: string): Promise<Result<string, StateRefusal>> {
    return this.#move(actor, acts['paymentRun.cancel'], 'cancel', input, requestId, async (op, run) => {
      await clearLines(op, run.id);
      return ok(true);
    });
  }

  /** One step of the lifecycle under the run's lock: decide, do what belongs to it, move. */
  async #move<C extends string = never>(
    actor: UserActor,
    act: Act,
    command: RunCommand,
    input: PaymentRunInput,
    requestId: string,
    work: (op: Op, run: LockedRun) => Promise<Result<true, C>> = async () => ok(true),
  ): Promise<Result<string, StateRefusal | C>> {
    return this.uow.command<StateRefusal | C>(actor, act, input, requestId, async (op) => {
      const run = await lockRun(op, input.runId);
      if (run === undefined) throw notFound();
      needOffice(op, run.officeId);
      const state: Result<RunState, StateRefusal> = decideRun(run, command, actorId(op));
      if (!state.ok) return state;
      const done = await work(op, run);
      if (!done.ok) return done;
      await moveRun(op, run.id, state.value);
      await recordAct(op, { subject: ['payment_run', run.id], on: op.today, changed: ['state'], events: [[`paymentRun.${state.value}`, run.id]] });
      return ok(run.id);
    });
  }
}
