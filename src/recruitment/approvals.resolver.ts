import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ok } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { mayForOffice } from '../platform/auth/acts.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import type { Refusals } from '../platform/graphql/refused.js';
import { Countersignature, toCountersignature } from '../training/countersignature.graphql.js';
import { countersignatureOf } from '../training/countersignatures.queries.js';
import { canApproveByCertificate } from '../training/staff-certificates.js';
import { appealStands, mayAppeal, mayDecideAppeal } from './appeal.domain.js';
import { refusalOf } from './appeals.repo.js';
import type { ApplicationCommand } from './application.domain.js';
import { Application, ApplicationResult } from './application.graphql.js';
import { readApplication } from './applications.resolver.js';
import { complete, mayDecide, mayGather, mayPresent, stepped } from './approval.domain.js';
import {
  ApproveFamilyInput, DissolvePanelInput, DossierView, PresentToPanelInput, RecordCheckInput, RecordHomeStudyInput, RecordSignatureInput, RefuseFamilyInput, WithdrawApplicationInput,
} from './approval.graphql.js';
import { ApprovalsService } from './approvals.service.js';
import { ChecksService } from './checks.service.js';
import { decidingToday } from './deciding.repo.js';
import { dossierToday } from './dossiers.repo.js';
import { acts } from './recruitment.policy.js';
import { recruitment } from './recruitment.refusals.js';

type Foretold = Result<unknown, typeof recruitment extends Refusals<infer C> ? C : never>;

@Resolver(() => Application)
export class ApprovalsResolver {
  constructor(
    private readonly checks: ChecksService,
    private readonly approvals: ApprovalsService,
  ) {}

  @Mutation(() => ApplicationResult, { description: 'Records a check on one adult of the home, with the day until which it holds.' })
  @Can(acts['check.record'])
  recordCheck(@Args('input') input: RecordCheckInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.checks.recordCheck(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @Mutation(() => ApplicationResult, { description: 'Records that the village chief, the commune, the police or a neighbour signed for the household.' })
  @Can(acts['signature.record'])
  recordSignature(@Args('input') input: RecordSignatureInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.checks.recordSignature(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @Mutation(() => ApplicationResult, { description: 'Records a home study with scored sections and a recommendation.' })
  @Can(acts['home_study.record'])
  recordHomeStudy(@Args('input') input: RecordHomeStudyInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.checks.recordHomeStudy(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @Mutation(() => ApplicationResult, { description: 'Brings an application before a panel of three people, one of them from outside the office.' })
  @Can(acts['application.present'])
  presentToPanel(@Args('input') input: PresentToPanelInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.approvals.present(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @Mutation(() => ApplicationResult, { description: 'Approves a family with terms: from that day it stands by, with its places.' })
  @Can(acts['application.approve'])
  approveFamily(@Args('input') input: ApproveFamilyInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.approvals.approve(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @Mutation(() => ApplicationResult, { description: 'Refuses a family, with reasons.' })
  @Can(acts['application.refuse'])
  refuseFamily(@Args('input') input: RefuseFamilyInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.approvals.refuse(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @Mutation(() => ApplicationResult, { description: 'Dissolves a panel that met, as where a tie of one of its members has come to light; another one may meet.' })
  @Can(acts['application.dissolvePanel'])
  dissolvePanel(@Args('input') input: DissolvePanelInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.approvals.dissolve(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @Mutation(() => ApplicationResult, { description: 'Records that a household takes its application back.' })
  @Can(acts['application.withdraw'])
  withdrawApplication(@Args('input') input: WithdrawApplicationInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.approvals.withdraw(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @ResolveField(() => DossierView, { description: 'What the panel still waits for, today.' })
  async dossier(@Parent() application: Application, @Context() request: RequestContext): Promise<DossierView> {
    const dossier = await request.load(dossierToday, application.id);
    if (dossier === undefined) throw new Error('A dossier without its application.');
    const whole = complete(dossier);
    return { missing: whole.ok ? [] : [...(whole.details['missing'] as readonly string[])] };
  }

  @ResolveField(() => Countersignature, { nullable: true, description: 'Where it was recorded without the certificate that it asks for: the supervisor\'s countersignature, waiting or given.' })
  async countersignature(@Parent() application: Application, @Context() request: RequestContext): Promise<Countersignature | null> {
    const row = await request.load(countersignatureOf, application.id);
    return row === undefined ? null : toCountersignature(row);
  }

  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with it now, with the reason for each no: the word that the act would be refused with today.' })
  @Extensions({ maximum: 11 })
  async can(@Parent() application: Application, @Context() request: RequestContext): Promise<ActAnswer[]> {
    const { id, state, officeId } = application;
    const [certified, deciding, dossier, refusal, { today }] = [
      await canApproveByCertificate(request, acts['application.approve']), await request.load(decidingToday, id), await request.load(dossierToday, id), await request.load(refusalOf, id), await request.query(),
    ];
    if (deciding === undefined || dossier === undefined) throw new Error('A decision without its application.');
    const me = request.actor.userId;
    const gathers = (command: ApplicationCommand): Foretold => mayGather(state, command, deciding.apart, command === 'check' || command === 'study' ? deciding.open : undefined);
    const approves = [mayDecide(state, 'approve', deciding, me, today), certified, complete(dossier)].find((one) => one?.ok === false);
    const appealed = appealStands(state, refusal);
    const reopens = stepped(state, 'reopen');
    const decisions: readonly (readonly [keyof typeof acts, Foretold])[] = [
      ['check.record', gathers('check')],
      ['signature.record', gathers('check')],
      ['home_study.record', gathers('study')],
      ['motive_talk.record', gathers('withdraw')],
      ['application.present', mayPresent(state, dossier, deciding)],
      ['application.approve', approves ?? ok(true)],
      ['application.refuse', mayDecide(state, 'refuse', deciding, me, today)],
      ['application.dissolvePanel', gathers('dissolve')],
      ['application.withdraw', stepped(state, 'withdraw')],
      ['application.appeal', appealed.ok ? mayAppeal(appealed.value, appealed.value.appeal, appealed.value.appealDays, today) : appealed],
      ['application.decideAppeal', reopens.ok && refusal !== undefined ? mayDecideAppeal(refusal, refusal.appeal, me, today, deciding.apart) : reopens],
    ];
    return decisions.map(([act, decision]) => canAct(request, acts[act], mayForOffice(request.actor, acts[act], officeId), recruitment, decision));
  }
}
