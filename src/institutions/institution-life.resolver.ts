import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { mayInArea } from '../platform/auth/acts.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { ClosureReason, InspectionKind, InspectionResult, PostKind } from './institution-life.enums.js';
import {
  AddClosingGoalInput, CloseInstitutionInput, ClosingGoal, EndLicenceInput, Inspection, InstitutionClosure, InstitutionLicence, InstitutionVersion, MeetClosingGoalInput, OrderClosureInput,
  RecordEmptiedInput, RecordInspectionInput, RecordLicenceInput, RecordStaffPostsInput, StaffPosts,
} from './institution-life.graphql.js';
import { closuresLoader, goalsLoader, inspectionsLoader, licencesLoader, postsLoader, versionsLoader } from './institution-life.repo.js';
import { InstitutionLifeService } from './institution-life.service.js';
import { Institution, InstitutionKind, InstitutionResult, InstitutionState } from './institution.graphql.js';
import { acts } from './institution.policy.js';
import { institutions } from './institutions.refusals.js';
import { readInstitution } from './institutions.resolver.js';

const MOST = 50;

@Resolver(() => Institution)
export class InstitutionLifeResolver {
  constructor(private readonly life: InstitutionLifeService) {}

  @Mutation(() => InstitutionResult, { description: 'Records a licence of an institution over days.' })
  @Can(acts['institution.license'])
  recordLicence(@Args('input') input: RecordLicenceInput, @Context() request: RequestContext) {
    return answer(request, institutions, this.life.license(request.actor, input, request.requestId), (id) => readInstitution(request, id));
  }

  @Mutation(() => InstitutionResult, { description: 'A licence of an institution ends early.' })
  @Can(acts['institution.endLicence'])
  endLicence(@Args('input') input: EndLicenceInput, @Context() request: RequestContext) {
    return answer(request, institutions, this.life.endLicence(request.actor, input, request.requestId), (id) => readInstitution(request, id));
  }

  @Mutation(() => InstitutionResult, { description: 'Records an inspection of an institution, and by when the next one is due.' })
  @Can(acts['institution.inspect'])
  recordInspection(@Args('input') input: RecordInspectionInput, @Context() request: RequestContext) {
    return answer(request, institutions, this.life.inspect(request.actor, input, request.requestId), (id) => readInstitution(request, id));
  }

  @Mutation(() => InstitutionResult, { description: 'Records the order to close an institution: at once, however many children live there.' })
  @Can(acts['institution.orderClosure'])
  orderClosure(@Args('input') input: OrderClosureInput, @Context() request: RequestContext) {
    return answer(request, institutions, this.life.order(request.actor, input, request.requestId), (id) => readInstitution(request, id));
  }

  @Mutation(() => InstitutionResult, { description: 'The last child has moved out. Refused while anybody lives there, or has her place kept there.' })
  @Can(acts['institution.empty'])
  recordEmptied(@Args('input') input: RecordEmptiedInput, @Context() request: RequestContext) {
    return answer(request, institutions, this.life.empty(request.actor, input, request.requestId), (id) => readInstitution(request, id));
  }

  @Mutation(() => InstitutionResult, { description: 'Closes an institution in which nobody lives any more.' })
  @Can(acts['institution.close'])
  closeInstitution(@Args('input') input: CloseInstitutionInput, @Context() request: RequestContext) {
    return answer(request, institutions, this.life.close(request.actor, input, request.requestId), (id) => readInstitution(request, id));
  }

  @Mutation(() => InstitutionResult, { description: 'Adds a goal to the plan by which an institution is closed.' })
  @Can(acts['institution.planClosing'])
  addClosingGoal(@Args('input') input: AddClosingGoalInput, @Context() request: RequestContext) {
    return answer(request, institutions, this.life.addGoal(request.actor, input, request.requestId), (id) => readInstitution(request, id));
  }

  @Mutation(() => InstitutionResult, { description: 'A goal of a closing plan is met: as few children live there as it says.' })
  @Can(acts['institution.planClosing'])
  meetClosingGoal(@Args('input') input: MeetClosingGoalInput, @Context() request: RequestContext) {
    return answer(request, institutions, this.life.meetGoal(request.actor, input, request.requestId), (id) => readInstitution(request, id));
  }

  @Mutation(() => InstitutionResult, { description: 'Records how many posts of one kind an institution has, and how many are filled.' })
  @Can(acts['institution.recordPosts'])
  recordStaffPosts(@Args('input') input: RecordStaffPostsInput, @Context() request: RequestContext) {
    return answer(request, institutions, this.life.posts(request.actor, input, request.requestId), (id) => readInstitution(request, id));
  }

  @Extensions({ maximum: MOST })
  @ResolveField(() => [InstitutionLicence], { description: 'Its licences, the latest first, at most 50.' })
  async licences(@Parent() { id }: Institution, @Context() request: RequestContext): Promise<InstitutionLicence[]> {
    return ((await request.load(licencesLoader, id)) ?? []).slice(0, MOST).map(({ from, to, number, authority, end_reason: endReason }) => ({ from, to, number, authority, endReason }));
  }

  @Extensions({ maximum: MOST })
  @ResolveField(() => [Inspection], { description: 'Its inspections, the latest first, at most 50. None are told to its own staff.' })
  async inspections(@Parent() { id, areaCode }: Institution, @Context() request: RequestContext): Promise<Inspection[]> {
    if (!mayInArea(request.actor, acts['institution.readInspections'], areaCode)) return [];
    return ((await request.load(inspectionsLoader, id)) ?? []).slice(0, MOST)
      .map((row) => ({ on: row.on_day, kind: row.kind as InspectionKind, result: row.result as InspectionResult, findings: row.findings, nextDue: row.next_due }));
  }

  @ResolveField(() => InstitutionClosure, { nullable: true, description: 'The order to close it, and how far it has come.' })
  async closure(@Parent() { id }: Institution, @Context() request: RequestContext): Promise<InstitutionClosure | null> {
    const row = (await request.load(closuresLoader, id))?.[0];
    if (row === undefined) return null;
    return { orderedOn: row.ordered_on, orderNumber: row.order_number, authority: row.authority, reason: row.reason as ClosureReason, emptiedOn: row.emptied_on, closedOn: row.closed_on };
  }

  @Extensions({ maximum: MOST })
  @ResolveField(() => [ClosingGoal], { description: 'The plan by which it is closed, by day, at most 50.' })
  async closingPlan(@Parent() { id }: Institution, @Context() request: RequestContext): Promise<ClosingGoal[]> {
    return ((await request.load(goalsLoader, id)) ?? []).slice(0, MOST)
      .map((row) => ({ id: row.id, dueOn: row.due_on, goal: row.goal, responsible: row.responsible, childrenLeft: row.children_left, metOn: row.met_on }));
  }

  @Extensions({ maximum: MOST })
  @ResolveField(() => [StaffPosts], { description: 'Its posts by kind, the latest numbers first, at most 50.' })
  async staffPosts(@Parent() { id }: Institution, @Context() request: RequestContext): Promise<StaffPosts[]> {
    return ((await request.load(postsLoader, id)) ?? []).slice(0, MOST).map(({ kind, posts, filled, from, to }) => ({ kind: kind as PostKind, posts, filled, from, to }));
  }

  @Extensions({ maximum: MOST })
  @ResolveField(() => [InstitutionVersion], { description: 'What kind, capacity and state it had since when, the latest first, at most 50. A change of kind is no exit of its children.' })
  async history(@Parent() { id }: Institution, @Context() request: RequestContext): Promise<InstitutionVersion[]> {
    return ((await request.load(versionsLoader, id)) ?? []).slice(0, MOST).map(({ kind, capacity, state, since }) => ({ kind: kind as InstitutionKind, capacity, state: state as InstitutionState, since }));
  }
}
