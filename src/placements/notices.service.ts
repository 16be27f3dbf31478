import { Inject, Injectable } from '@nestjs/common';
import { checkBirth } from '../children/child.domain.js';
import type { ChildFacts } from '../children/children.repo.js';
import { ChildrenService } from '../children/children.service.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { mayForOffice } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { forbidden, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { ArrivalsService } from './notices-arrivals.service.js';
import { isLate, mayDecide } from './notice.domain.js';
import type { DecideNoticeInput, NotifyArrivalInput, NotifyDepartureInput } from './notice.graphql.js';
import { decideNotice, findNotice, holdHouse, insertNotice, lockNotice } from './notices.repo.js';
import type { House, NoticeRow } from './notices.repo.js';
import { acts } from './notices.policy.js';
import { noticeTasks } from './notices.tasks.js';
import { employedBy, needInstitution } from './placements.policy.js';
import { lockHere } from './whereabouts.locks.js';

export type DecideRefusal =
  | 'NOTICE_DECIDED' | 'NOTICE_REASON_NEEDED' | 'NOTICE_WHERE_NEEDED' | 'OWN_INSTITUTION' | 'ARRIVAL_BEYOND_RULES' | 'RECORD_THE_FAMILY' | 'NOTICE_TIMELINE' | 'NOTICE_BIRTH';
type NotifyRefusal = 'EMERGENCY_REASON_NEEDED' | 'NOTICE_BIRTH' | 'NOT_RESIDENT' | 'DEPARTURE_NOTIFIED';

/** Who came to an institution and who left it: told by the institution, decided by the office. */
@Injectable()
export class NoticesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(ArrivalsService) private readonly arrivals: ArrivalsService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** A child came. The office decides within 72 hours. */
  async arrival(actor: UserActor, input: NotifyArrivalInput, requestId: string): Promise<Result<string, NotifyRefusal>> {
    return this.uow.command<NotifyRefusal>(actor, acts['arrival.notify'], input, requestId, async (op): Promise<Result<string, NotifyRefusal>> => {
      const on = happenedOn(op, input.on);
      const house = await this.#house(op, input.institutionId);
      if (input.emergency && (input.circumstances ?? null) === null) return refuse('EMERGENCY_REASON_NEEDED');
      if (!checkBirth(input.birth, on, op.today).ok) return refuse('NOTICE_BIRTH');
      const { date, precision, basis } = input.birth;
      const person = { nameKm: input.nameKm ?? null, nameLatin: input.nameLatin ?? null, sex: input.sex, birth: { date, precision, basis } };
      return this.#tell(op, { ...input, on, goesTo: null }, house, 'arrival', { childId: null, person, childNumber: input.childNumber ?? null });
    });
  }

  /** A child left the institution in which she lives. */
  async departure(actor: UserActor, input: NotifyDepartureInput, requestId: string): Promise<Result<string, NotifyRefusal>> {
    return this.uow.command<NotifyRefusal>(actor, acts['departure.notify'], input, requestId, async (op): Promise<Result<string, NotifyRefusal>> => {
      const on = happenedOn(op, input.on);
      const [child] = await this.children.lockChildren(op, [input.childId]);
      if (child === undefined) throw notFound();
      if (child.institutionId === null) return refuse('NOT_RESIDENT');
      const house = await this.#house(op, child.institutionId);
      return this.#tell(op, { ...input, on, emergency: false, goesTo: input.goesTo ?? null }, house, 'departure', { childId: child.id, person: null, childNumber: null });
    });
  }

  /** The office decides: an arrival becomes a registration or a move, a departure a stretch elsewhere; a no has its reason. */
  async decide(actor: UserActor, input: DecideNoticeInput, requestId: string): Promise<Result<string, DecideRefusal>> {
    return this.uow.command<DecideRefusal>(actor, acts['notice.decide'], input, requestId, async (op): Promise<Result<string, DecideRefusal>> => {
      const found = await findNotice(op, input.noticeId);
      if (found === undefined) throw notFound();
      if (!mayForOffice(op.actor, op.act, found.office_id)) throw forbidden();
      if (employedBy(op, found.institution_id)) return refuse('OWN_INSTITUTION');
      const childId = found.child_id ?? input.childId ?? null;
      const here = childId === null ? null : await lockHere(op, this.children, childId);
      const notice = await lockNotice(op, found.id);
      const house = await holdHouse(op, found.institution_id);
      if (notice === undefined || house === undefined) throw notFound();
      const goesTo = input.goesTo ?? null;
      const may = mayDecide(notice, { accept: input.accept, reason: input.reason ?? null, goesTo });
      if (!may.ok) return may;
      const done = input.accept
        ? await (notice.direction === 'arrival' ? this.arrivals.accept(op, notice, house, here, input.asFact) : this.arrivals.leave(op, notice, here, goesTo ?? 'unknown', input.toInstitutionId ?? null))
        : ok({ childId: notice.child_id, breaches: [], events: [] });
      if (!done.ok) return done;
      await decideNotice(op, notice.id, {
        state: input.accept ? 'accepted' : 'refused', childId: done.value.childId, reason: input.reason ?? null, goesTo, toInstitutionId: input.toInstitutionId ?? null, breaches: done.value.breaches,
      });
      await this.worklist.done(op, { kind: noticeTasks[notice.direction], subjectId: notice.id });
      await recordAct(op, {
        subject: ['notice', notice.id], about: done.value.childId, on: notice.on_day, reason: input.accept ? (done.value.breaches.length > 0 ? 'breach' : 'accepted') : 'refused', changed: ['state'],
        events: [['notice.decided', notice.id], ...done.value.events],
      });
      return ok(notice.id);
    });
  }

  async #house(op: Op, id: string): Promise<House> {
    const house = await holdHouse(op, id);
    if (house === undefined) throw notFound();
    needInstitution(op, house);
    return house;
  }

  async #tell(
    op: Op,
    told: Pick<NotifyArrivalInput, 'on' | 'emergency' | 'circumstances'> & { readonly goesTo: string | null },
    house: House,
    direction: 'arrival' | 'departure',
    who: { readonly childId: ChildFacts['id'] | null; readonly person: NoticeRow['person']; readonly childNumber: number | null },
  ): Promise<Result<string, NotifyRefusal>> {
    const late = isLate(told.on, op.now, await numberSetting(op, 'placements.arrival_notice_hours', told.on));
    const id = await insertNotice(op, {
      institution_id: house.id, office_id: house.office_id, direction, on_day: told.on, child_id: who.childId, person: who.person, child_number: who.childNumber,
      emergency: told.emergency, circumstances: told.circumstances ?? null, goes_to: told.goesTo, late,
    });
    const hours = await numberSetting(op, 'placements.gatekeeping_hours', op.today);
    await this.worklist.due(op, {
      kind: noticeTasks[direction], subject: ['notice', id], about: who.childId, to: { role: 'social_worker', office: house.office_id }, due: new Date(op.now.getTime() + hours * 3_600_000),
    });
    await recordAct(op, { subject: ['notice', id], about: who.childId, on: told.on, reason: late ? 'late' : 'in_time', events: [['notice.given', id]] });
    return ok(id);
  }
}
