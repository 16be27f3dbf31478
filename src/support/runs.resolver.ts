import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { firstOfMonth, isCivilMonth } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { mayForOffice } from '../platform/auth/acts.js';
import { badInput, notFound } from '../platform/errors.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import { PageArgs, afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { canApproveByCertificate } from '../training/staff-certificates.js';
import { decideRun } from './run.domain.js';
import type { RunState } from './run.domain.js';
import {
  ApprovePaymentRunInput, CalculatePaymentRunInput, CancelPaymentRunInput, CheckPaymentRunInput, PaymentLineConnection, PaymentRun, PaymentRunConnection, PaymentRunResult,
  PaymentRunsArgs, PaymentTotals, PaymentWarning, PreparePaymentRunInput,
} from './run.graphql.js';
import type { PaymentLine, PaymentLineKind, PaymentRunReason, PaymentWarningCode, SupportScheme } from './run.graphql.js';
import { listLines, listRuns, runById, totalsOf, warningsOf } from './runs.queries.js';
import type { LineRow, RunRow } from './runs.queries.js';
import { RunsService } from './runs.service.js';
import { acts } from './support.policy.js';
import { support } from './support.refusals.js';

const STEPS = [
  ['paymentRun.calculate', 'calculate'],
  ['paymentRun.check', 'check'],
  ['paymentRun.approve', 'approve'],
  ['paymentRun.cancel', 'cancel'],
] as const;

@Resolver(() => PaymentRun)
export class RunsResolver {
  constructor(private readonly service: RunsService) {}

  @Mutation(() => PaymentRunResult, { description: 'Prepares a payment run of a province or the country for a month that has begun.' })
  @Can(acts['paymentRun.prepare'])
  preparePaymentRun(@Args('input') input: PreparePaymentRunInput, @Context() request: RequestContext) {
    return answer(request, support, this.service.prepare(request.actor, input, request.requestId), (id) => readRun(request, id));
  }

  @Mutation(() => PaymentRunResult, { description: 'Calculates a run: the nights slept, arrears of earlier months, and adjustments of what was paid too low.' })
  @Can(acts['paymentRun.calculate'])
  calculatePaymentRun(@Args('input') input: CalculatePaymentRunInput, @Context() request: RequestContext) {
    return answer(request, support, this.service.calculate(request.actor, input, request.requestId), (id) => readRun(request, id));
  }

  @Mutation(() => PaymentRunResult, { description: 'Says that the lines of a calculated run were gone through.' })
  @Can(acts['paymentRun.check'])
  checkPaymentRun(@Args('input') input: CheckPaymentRunInput, @Context() request: RequestContext) {
    return answer(request, support, this.service.check(request.actor, input, request.requestId), (id) => readRun(request, id));
  }

  @Mutation(() => PaymentRunResult, { description: 'Approves a checked run that somebody else prepared and calculated. Nothing in it is changed afterwards.' })
  @Can(acts['paymentRun.approve'])
  approvePaymentRun(@Args('input') input: ApprovePaymentRunInput, @Context() request: RequestContext) {
    return answer(request, support, this.service.approve(request.actor, input, request.requestId), (id) => readRun(request, id));
  }

  @Mutation(() => PaymentRunResult, { description: 'Cancels a run that is not approved; what it would have paid is the next one\'s.' })
  @Can(acts['paymentRun.cancel'])
  cancelPaymentRun(@Args('input') input: CancelPaymentRunInput, @Context() request: RequestContext) {
    return answer(request, support, this.service.cancel(request.actor, input, request.requestId), (id) => readRun(request, id));
  }

  @Query(() => PaymentRun, { description: 'One payment run of the caller\'s offices.' })
  @Can(acts['paymentRun.read'])
  async paymentRun(@Args('id', { type: () => IdScalar, description: 'The run.' }) id: string, @Context() request: RequestContext): Promise<PaymentRun> {
    const found = await readRun(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Query(() => PaymentRunConnection, { description: 'Payment runs of the caller\'s offices, the latest month first.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['paymentRun.read'])
  async paymentRuns(@Args() page: PaymentRunsArgs, @Context() request: RequestContext): Promise<Page<PaymentRun>> {
    const month = page.month ?? null;
    if (month !== null && !isCivilMonth(month)) throw badInput('month', 'validation.matches');
    const rows = await listRuns(await request.query(), month === null ? null : firstOfMonth(month), afterKey(page, 'day', 'id'), page.first + 1);
    return pageOf(page, rows, (row) => [row.month_day, row.id], toRun);
  }

  @ResolveField(() => PaymentLineConnection, { description: 'Its lines: families together, each child\'s months in order.' })
  async lines(@Parent() run: PaymentRun, @Args() page: PageArgs, @Context() request: RequestContext): Promise<Page<PaymentLine>> {
    const rows = await listLines(await request.query(), run.id, afterKey(page, 'id'), page.first + 1);
    return pageOf(page, rows, (row) => [row.id], toLine);
  }

  @ResolveField(() => PaymentTotals, { description: 'What it adds up to.' })
  async totals(@Parent() run: PaymentRun, @Context() request: RequestContext): Promise<PaymentTotals> {
    const row = await request.load(totalsOf, run.id);
    return { count: row?.count ?? 0, nights: row?.nights ?? 0, riel: BigInt(row?.riel ?? 0), heldCount: row?.held_count ?? 0, heldRiel: BigInt(row?.held_riel ?? 0) };
  }

  @ResolveField(() => [PaymentWarning], { description: 'What a person must look at, at most 100.' })
  @Extensions({ maximum: 100 })
  async warnings(@Parent() run: PaymentRun, @Context() request: RequestContext): Promise<PaymentWarning[]> {
    const rows = (await request.load(warningsOf, run.id)) ?? [];
    return rows.map((row) => ({
      code: row.code as PaymentWarningCode, childNumber: row.child_number, familyNumber: row.family_number, on: row.on_day as CivilDate, nights: row.nights, riel: row.riel,
    }));
  }

  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with it now, with the reason for each no.' })
  @Extensions({ maximum: 4 })
  async can(@Parent() run: PaymentRun, @Context() request: RequestContext): Promise<ActAnswer[]> {
    const { actor } = request;
    const certified = await canApproveByCertificate(request, acts['paymentRun.approve']);
    return STEPS.map(([act, command]) => {
      const step = decideRun(run, command, actor.userId);
      return canAct(request, acts[act], mayForOffice(actor, acts[act], run.officeId), support, step.ok && command === 'approve' ? certified : step);
    });
  }
}

/** A run as the caller may see it. */
export async function readRun(request: RequestContext, id: string): Promise<PaymentRun | undefined> {
  const row = await request.load(runById, id);
  return row && toRun(row);
}

function toRun(row: RunRow): PaymentRun {
  return {
    id: row.id,
    scheme: row.scheme_code as SupportScheme,
    month: row.month,
    officeId: row.office_id,
    reason: row.reason as PaymentRunReason,
    fund: row.fund,
    state: row.state as RunState,
    preparedBy: row.prepared_by,
    preparedOn: row.prepared_on as CivilDate,
    calculatedBy: row.calculated_by,
    checkedBy: row.checked_by,
    approvedBy: row.approved_by,
  };
}

function toLine(row: LineRow): PaymentLine {
  return {
    id: row.id,
    childNumber: row.child_number,
    familyNumber: row.family_number,
    familyId: row.family_id,
    month: row.month,
    kind: row.kind as PaymentLineKind,
    nights: row.nights,
    riel: row.riel,
    parts: row.parts.map((part) => ({ ...part, riel: BigInt(part.riel) })),
    adjusts: row.adjusts,
    held: row.payee_id === null,
    payeeId: row.payee_id,
  };
}
