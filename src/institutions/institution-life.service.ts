import { Inject, Injectable } from '@nestjs/common';
import { compareDates, contains } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { Act } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { closureStep, decideLicence, decidePosts } from './institution-life.domain.js';
import type { ClosureRefusal } from './institution-life.domain.js';
import type {
  AddClosingGoalInput, CloseInstitutionInput, EndLicenceInput, MeetClosingGoalInput, OrderClosureInput, RecordEmptiedInput, RecordInspectionInput, RecordLicenceInput, RecordStaffPostsInput,
} from './institution-life.graphql.js';
import {
  closureOf, endLicence, goalById, insertClosure, insertGoal, insertInspection, insertLicence, lastPosts, licencesOf, meetGoal, residents, setClosureDay, setState, writePosts,
} from './institution-life.repo.js';
import { acts, mayDo } from './institution.policy.js';
import { lockInstitution } from './institutions.repo.js';
import type { LockedInstitution } from './institutions.repo.js';

type LicenceRefusal = 'LICENCE_OVERLAPS' | 'LICENCE_ENDS_FIRST' | 'NO_LICENCE';
type InspectionRefusal = 'INSPECTION_RECORDED' | 'INSPECTION_FINDINGS';
type GoalRefusal = 'NO_CLOSURE' | 'GOAL_ON_DAY' | 'GOAL_MET' | 'GOAL_CHILDREN_LEFT';

/** What becomes of an institution after it was registered. Each act gives the institution's id. */
@Injectable()
export class InstitutionLifeService {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  /** Records a licence over days. */
  async license(actor: UserActor, input: RecordLicenceInput, requestId: string): Promise<Result<string, LicenceRefusal>> {
    return this.#act<LicenceRefusal>(actor, acts['institution.license'], input, requestId, 'institution.licensed', async (op, { id }) => {
      if (compareDates(input.from, op.today) > 0) throw badInput('from', 'validation.future');
      const decision = decideLicence(await licencesOf(op, id), { from: input.from, to: input.to ?? null });
      if (!decision.ok) return decision;
      await insertLicence(op, input);
      return ok(input.from);
    });
  }

  /** A licence ends before its time. */
  async endLicence(actor: UserActor, input: EndLicenceInput, requestId: string): Promise<Result<string, LicenceRefusal>> {
    return this.#act<LicenceRefusal>(actor, acts['institution.endLicence'], input, requestId, 'institution.licensed', async (op, { id }) => {
      const on = happenedOn(op, input.on);
      const standing = (await licencesOf(op, id)).find((one) => contains(one, on));
      if (standing === undefined) return refuse('NO_LICENCE');
      if (standing.from === on) return refuse('LICENCE_ENDS_FIRST', { from: on });
      await endLicence(op, standing.id, on, input.reason);
      return ok(on);
    });
  }

  /** Records an inspection, and by when the next one is due. */
  async inspect(actor: UserActor, input: RecordInspectionInput, requestId: string): Promise<Result<string, InspectionRefusal>> {
    return this.#act<InspectionRefusal>(actor, acts['institution.inspect'], input, requestId, 'institution.inspected', async (op) => {
      const on = happenedOn(op, input.on);
      await insertInspection(op, input);
      return ok(on);
    });
  }

  /** Records the order to close: a fact, at once, however many children live there. */
  async order(actor: UserActor, input: OrderClosureInput, requestId: string): Promise<Result<string, ClosureRefusal>> {
    return this.#act<ClosureRefusal>(actor, acts['institution.orderClosure'], input, requestId, 'institution.ordered', async (op, institution) => {
      if (compareDates(input.on, op.today) > 0) throw badInput('on', 'validation.future');
      const next = closureStep({ state: institution.state, children: 0, since: null }, 'order', input.on);
      if (!next.ok) return next;
      await insertClosure(op, input);
      await setState(op, institution.id, next.value);
      return ok(input.on);
    });
  }

  /** The last child has moved out. Refused while anybody lives there, under the lock that whoever comes waits for. */
  async empty(actor: UserActor, input: RecordEmptiedInput, requestId: string): Promise<Result<string, ClosureRefusal>> {
    return this.#act<ClosureRefusal>(actor, acts['institution.empty'], input, requestId, 'institution.emptied', (op, institution) => this.#step(op, institution, 'empty', happenedOn(op, input.on)));
  }

  /** Closes an institution in which nobody lives. */
  async close(actor: UserActor, input: CloseInstitutionInput, requestId: string): Promise<Result<string, ClosureRefusal>> {
    return this.#act<ClosureRefusal>(actor, acts['institution.close'], input, requestId, 'institution.closed', (op, institution) => this.#step(op, institution, 'close', happenedOn(op, input.on)));
  }

  /** Adds a goal to the plan that an order opened. */
  async addGoal(actor: UserActor, input: AddClosingGoalInput, requestId: string): Promise<Result<string, GoalRefusal>> {
    return this.#act<GoalRefusal>(actor, acts['institution.planClosing'], input, requestId, 'institution.goal', async (op, { id }) => {
      const closure = await closureOf(op, id);
      if (closure === undefined) return refuse('NO_CLOSURE');
      await insertGoal(op, closure.id, input);
      return ok(op.today);
    });
  }

  /** A goal is met: as few children live there as it says. */
  async meetGoal(actor: UserActor, input: MeetClosingGoalInput, requestId: string): Promise<Result<string, GoalRefusal>> {
    return this.uow.command<GoalRefusal>(actor, acts['institution.planClosing'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const found = await goalById(op, input.closingGoalId);
      if (found === undefined) throw notFound();
      const institution = await this.#lock(op, found.institution_id);
      const goal = await goalById(op, found.id);
      if (goal === undefined || goal.met_on !== null) return refuse('GOAL_MET');
      const children = await residents(op, institution.id);
      if (children > goal.children_left) return refuse('GOAL_CHILDREN_LEFT', { children });
      await meetGoal(op, goal.id, on);
      await recordAct(op, { subject: ['closing_goal', goal.id], about: institution.id, on, changed: ['met_on'], events: [['institution.goal', institution.id]] });
      return ok(institution.id);
    });
  }

  /** Records how many posts of a kind there are, and how many are filled. */
  async posts(actor: UserActor, input: RecordStaffPostsInput, requestId: string): Promise<Result<string, 'POSTS_TOLD_LATER'>> {
    return this.#act<'POSTS_TOLD_LATER'>(actor, acts['institution.recordPosts'], input, requestId, 'institution.posts', async (op, { id }) => {
      const on = happenedOn(op, input.on);
      const decision = decidePosts(await lastPosts(op, id, input.kind), on);
      if (!decision.ok) return decision;
      await writePosts(op, input);
      return ok(on);
    });
  }

  async #step(op: Op, institution: LockedInstitution, command: 'empty' | 'close', on: CivilDate): Promise<Result<CivilDate, ClosureRefusal>> {
    const closure = await closureOf(op, institution.id);
    const since = command === 'empty' ? closure?.ordered_on : closure?.emptied_on;
    const next = closureStep({ state: institution.state, children: await residents(op, institution.id), since: since ?? null }, command, on);
    if (!next.ok) return next;
    await setState(op, institution.id, next.value);
    if (closure !== undefined) await setClosureDay(op, closure.id, command === 'empty' ? 'emptied_on' : 'closed_on', on);
    return ok(on);
  }

  /** Locks an institution that the actor may do this act with; to anybody else it is not there. */
  async #lock(op: Op, id: string): Promise<LockedInstitution> {
    const institution = await lockInstitution(op, id);
    if (institution === undefined || !mayDo(op.actor, op.act, institution)) throw notFound();
    return institution;
  }

  /** One act on a locked institution: what it decides is the day on which it happened. */
  async #act<C extends string>(
    actor: UserActor,
    act: Act,
    input: { readonly requestKey: string; readonly institutionId: string },
    requestId: string,
    event: string,
    decide: (op: Op, institution: LockedInstitution) => Promise<Result<CivilDate, C>>,
  ): Promise<Result<string, C>> {
    return this.uow.command<C>(actor, act, input, requestId, async (op): Promise<Result<string, C>> => {
      const institution = await this.#lock(op, input.institutionId);
      const done = await decide(op, institution);
      if (!done.ok) return done;
      await recordAct(op, { subject: ['institution', institution.id], on: done.value, events: [[event, institution.id]] });
      return ok(institution.id);
    });
  }
}
