import { Inject, Injectable } from '@nestjs/common';
import { compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { Act } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Keyed } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { officeFor } from '../territory/offices.queries.js';
import { needOffice } from './carers.policy.js';
import { carerOn, insertGroup, insertMeeting, insertMember, leaveGroup, lockGroup, membersOn, setLeader } from './groups.repo.js';
import type { LockedGroup } from './groups.repo.js';
import type { FoundGroupInput, JoinGroupInput, LeaveGroupInput, RecordGroupMeetingInput } from './side.inputs.js';
import { sideActs } from './side.policy.js';

/** Carers who meet, and help each other. */
@Injectable()
export class GroupsService {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  /** Founds a group with its leader as the first member. Refuses AREA_UNKNOWN, NOT_A_CARER, GROUP_EXISTS. */
  async found(actor: UserActor, input: FoundGroupInput, requestId: string): Promise<Result<string, 'AREA_UNKNOWN' | 'NOT_A_CARER' | 'GROUP_EXISTS'>> {
    return this.uow.command<'AREA_UNKNOWN' | 'NOT_A_CARER' | 'GROUP_EXISTS'>(actor, sideActs['group.found'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const officeId = await officeFor(op, input.areaCode);
      if (officeId === undefined) return refuse('AREA_UNKNOWN', { area: input.areaCode });
      needOffice(op, officeId);
      if (!(await carerOn(op, input.leaderId, on))) return refuse('NOT_A_CARER');
      const id = newId();
      await insertGroup(op, { ...input, id, officeId, on });
      await insertMember(op, id, input.leaderId, on);
      await recordAct(op, { subject: ['carers_group', id], on });
      return ok(id);
    });
  }

  /** A carer joins, or a member begins to lead. Refuses BEFORE_FOUNDING, NOT_A_CARER, ALREADY_MEMBER. */
  async join(actor: UserActor, input: JoinGroupInput, requestId: string): Promise<Result<string, 'BEFORE_FOUNDING' | 'NOT_A_CARER' | 'ALREADY_MEMBER'>> {
    return this.#change<JoinGroupInput, 'NOT_A_CARER' | 'ALREADY_MEMBER'>(actor, sideActs['group.join'], input, requestId, async (op, group, on) => {
      const belongs = (await membersOn(op, group.id, on)).includes(input.adultId);
      if (belongs && !input.leads) return refuse('ALREADY_MEMBER');
      if (!(await carerOn(op, input.adultId, on))) return refuse('NOT_A_CARER');
      if (!belongs) await insertMember(op, group.id, input.adultId, on);
      if (input.leads) await setLeader(op, group.id, input.adultId);
      return ok(input.leads ? 'leads' : 'joined');
    });
  }

  /** A carer leaves; who led leads no more. Refuses BEFORE_FOUNDING, NOT_A_MEMBER. */
  async leave(actor: UserActor, input: LeaveGroupInput, requestId: string): Promise<Result<string, 'BEFORE_FOUNDING' | 'NOT_A_MEMBER'>> {
    return this.#change<LeaveGroupInput, 'NOT_A_MEMBER'>(actor, sideActs['group.leave'], input, requestId, async (op, group, on) => {
      if ((await leaveGroup(op, group.id, input.adultId, on)) === 0) return refuse('NOT_A_MEMBER');
      if (group.leader_id === input.adultId) await setLeader(op, group.id, null);
      return ok('left');
    });
  }

  /** Writes a meeting down: what was talked about and which members came. Refuses BEFORE_FOUNDING, NOT_A_MEMBER, MET_ALREADY. */
  async meet(actor: UserActor, input: RecordGroupMeetingInput, requestId: string): Promise<Result<string, 'BEFORE_FOUNDING' | 'NOT_A_MEMBER' | 'MET_ALREADY'>> {
    return this.#change<RecordGroupMeetingInput, 'NOT_A_MEMBER' | 'MET_ALREADY'>(actor, sideActs['group.meet'], input, requestId, async (op, group, on) => {
      const members = new Set(await membersOn(op, group.id, on));
      if (input.came.some((id) => !members.has(id))) return refuse('NOT_A_MEMBER');
      await insertMeeting(op, { id: newId(), groupId: group.id, on, topics: input.topics, came: input.came });
      return ok('met');
    });
  }

  async #change<I extends Keyed & { readonly groupId: string; readonly on: CivilDate }, C extends string>(
    actor: UserActor, act: Act, input: I, requestId: string, work: (op: Op, group: LockedGroup, on: CivilDate) => Promise<Result<string, C>>,
  ): Promise<Result<string, C | 'BEFORE_FOUNDING'>> {
    return this.uow.command<C | 'BEFORE_FOUNDING'>(actor, act, input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const group = await lockGroup(op, input.groupId);
      if (group === undefined) throw notFound();
      needOffice(op, group.office_id);
      if (compareDates(on, group.founded_on) < 0) return refuse('BEFORE_FOUNDING', { foundedOn: group.founded_on });
      const done = await work(op, group, on);
      if (!done.ok) return done;
      await recordAct(op, { subject: ['carers_group', group.id], on, reason: done.value });
      return ok(group.id);
    });
  }
}
