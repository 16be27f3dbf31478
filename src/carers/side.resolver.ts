import { Args, Context, Extensions, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { recordReads } from '../platform/audit/acts.js';
import { mayEver } from '../platform/auth/acts.js';
import { badInput, notFound } from '../platform/errors.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { carers } from './carers.refusals.js';
import { complaintById, listComplaints } from './complaints.repo.js';
import type { ComplaintRow } from './complaints.repo.js';
import { ComplaintsService } from './complaints.service.js';
import { ExitsService } from './exits.service.js';
import { Family, FamilyResult } from './family.graphql.js';
import { openFamily } from './families.resolver.js';
import { leftOf, nightsOfYear } from './respite.domain.js';
import { RespiteService } from './respite.service.js';
import { Complaint, ComplaintConnection, ComplaintResult, ComplaintsArgs, ExitInterview, Respite, RespiteBalance } from './side.graphql.js';
import type { ComplaintOutcome, ComplaintTopic, ComplaintLevel, ExitReason } from './side.graphql.js';
import { AnswerComplaintInput, AppealComplaintInput, CancelRespiteInput, RecordComplaintInput, RecordExitInterviewInput, RecordRespiteInput } from './side.inputs.js';
import { sideActs } from './side.policy.js';
import { entitledOf, exitOf, respitesOf, takenOf } from './side.repo.js';

/** What a family's file says of its carers' own side. */
@Resolver(() => Family)
export class FamilySideResolver {
  constructor(
    private readonly respite: RespiteService,
    private readonly exits: ExitsService,
  ) {}

  @Mutation(() => FamilyResult, { description: 'Writes down nights of respite, planned or taken, within what the year has; a supervisor gives more with a reason.' })
  @Can(sideActs['respite.record'])
  recordRespite(@Args('input') input: RecordRespiteInput, @Context() request: RequestContext) {
    return answer(request, carers, this.respite.record(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => FamilyResult, { description: 'Cancels nights of respite: they count no more.' })
  @Can(sideActs['respite.cancel'])
  cancelRespite(@Args('input') input: CancelRespiteInput, @Context() request: RequestContext) {
    return answer(request, carers, this.respite.cancel(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => FamilyResult, { description: 'Writes down why the carers of a closed family left, in their own view.' })
  @Can(sideActs['exit.record'])
  recordExitInterview(@Args('input') input: RecordExitInterviewInput, @Context() request: RequestContext) {
    return answer(request, carers, this.exits.record(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @ResolveField(() => RespiteBalance, { description: 'Its nights of respite in a calendar year, this year\'s where none is named.' })
  async respiteBalance(@Parent() family: Family, @Args('year', { type: () => Int, nullable: true, description: 'The year.' }) year: number | null, @Context() request: RequestContext): Promise<RespiteBalance> {
    const of = year ?? Number((await request.query()).today.slice(0, 4));
    if (of < 2000 || of > 2200) throw badInput('year', 'validation.isIn');
    const [taken = [], entitled = 0] = [await request.load(takenOf, family.id), await request.load(entitledOf, String(of))];
    return { year: of, entitled, taken: taken.reduce((sum, nights) => sum + nightsOfYear(nights, of), 0), left: leftOf(of, taken, entitled) };
  }

  @ResolveField(() => [Respite], { description: 'Its nights of respite, the latest first, at most 50.' })
  @Extensions({ maximum: 50 })
  async respites(@Parent() family: Family, @Context() request: RequestContext): Promise<Respite[]> {
    return ((await request.load(respitesOf, family.id)) ?? []).map((row) => ({ id: row.id, from: row.starts, to: row.ends, overReason: row.over_reason, cancelledOn: row.cancelled_on }));
  }

  @ResolveField(() => ExitInterview, { nullable: true, description: 'Why its carers left; null until they were asked.' })
  async exitInterview(@Parent() family: Family, @Context() request: RequestContext): Promise<ExitInterview | null> {
    const row = await request.load(exitOf, family.id);
    return row === undefined ? null : { on: row.held_on, reasons: row.reasons as ExitReason[], words: row.words, wouldReturn: row.would_return };
  }
}

@Resolver(() => Complaint)
export class ComplaintsResolver {
  constructor(private readonly service: ComplaintsService) {}

  @Mutation(() => ComplaintResult, { description: 'Takes down a complaint of a carer: about what, and about whom or which decision. Whoever that is never sees it.' })
  @Can(sideActs['complaint.record'])
  recordComplaint(@Args('input') input: RecordComplaintInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.record(request.actor, input, request.requestId), (id) => this.#read(request, id));
  }

  @Mutation(() => ComplaintResult, { description: 'Answers a complaint or an appeal, within ten working days.' })
  @Can(sideActs['complaint.answer'])
  answerComplaint(@Args('input') input: AnswerComplaintInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.answer(request.actor, input, request.requestId), (id) => this.#read(request, id));
  }

  @Mutation(() => ComplaintResult, { description: 'Takes down a carer\'s appeal against an answer: the ministry answers it.' })
  @Can(sideActs['complaint.appeal'])
  appealComplaint(@Args('input') input: AppealComplaintInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.appeal(request.actor, input, request.requestId), (id) => this.#read(request, id));
  }

  @Query(() => Complaint, { description: 'One complaint that the caller took down, or that her desk answers. Opening it is written in the audit.' })
  @Can(sideActs['complaint.read'])
  async complaint(@Args('id', { type: () => IdScalar, description: 'The complaint.' }) id: string, @Context() request: RequestContext): Promise<Complaint> {
    const found = await this.#read(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Query(() => ComplaintConnection, { description: 'Complaints that the caller took down, or that her desk answers; the latest first.' })
  @Can(sideActs['complaint.read'])
  async complaints(@Args() page: ComplaintsArgs, @Context() request: RequestContext): Promise<Page<Complaint>> {
    const [after = null] = afterKey(page, 'id') ?? [];
    const op = await request.query();
    const rows = await listComplaints(op, page.open, after === null ? null : String(after), page.first + 1);
    await recordReads(op, 'complaint', rows.slice(0, page.first).map(({ id }) => id), request.operation);
    return pageOf(page, rows, (row) => [row.id], (row) => this.#shown(row));
  }

  async #read(request: RequestContext, id: string): Promise<Complaint | undefined> {
    if (!mayEver(request.actor, sideActs['complaint.read'])) return undefined;
    const row = await request.load(complaintById, id);
    if (row === undefined) return undefined;
    await recordReads(await request.query(), 'complaint', [row.id], request.operation);
    return this.#shown(row);
  }

  /** Whom it is about is in the words, and in nothing else that is shown. */
  #shown(row: ComplaintRow): Complaint {
    return {
      id: row.id, familyId: row.family_id, receivedOn: row.received_on, topic: row.topic as ComplaintTopic, decisionId: row.decision_id, level: row.level as ComplaintLevel,
      dueOn: row.due_on, appealOf: row.appeal_of, escalatedOn: row.escalated_on, answeredOn: row.answered_on, outcome: row.outcome as ComplaintOutcome | null, ...this.service.opened(row),
    };
  }
}
