import { Inject, Injectable } from '@nestjs/common';
import { addDays, startOfDay } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { earliestLateEntry } from '../platform/graphql/inputs.js';
import { officeFor } from '../territory/offices.queries.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { mayTeach, spread } from './training.domain.js';
import type { OpenCourseInput, OpenSessionInput } from './training.inputs.js';
import { sessionComes } from './training.messages.js';
import { acts, needArea } from './training.policy.js';
import { audienceOf, insertCourse, insertLessons, insertModules, insertSession, isTrainer, modulesOf } from './training.repo.js';

/** Courses, and the sessions in which they are held. */
@Injectable()
export class CoursesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Opens a course with its parts. Refuses COURSE_EXISTS, HOURS_DIFFER, and OTHER_AUDIENCE where it renews a course for others. */
  async open(actor: UserActor, input: OpenCourseInput, requestId: string): Promise<Result<string, 'COURSE_EXISTS' | 'HOURS_DIFFER' | 'OTHER_AUDIENCE'>> {
    return this.uow.command(actor, acts['course.open'], input, requestId, async (op) => {
      const modules = input.modules ?? [];
      const hours = modules.reduce((sum, module) => sum + module.hours, 0);
      if (modules.length > 0 && hours !== input.hours) return refuse('HOURS_DIFFER', { hours: input.hours, modules: hours });
      const renewsId = input.renewsId ?? null;
      const renewed = renewsId === null ? input.audience : await audienceOf(op, renewsId);
      if (renewed === undefined) throw notFound();
      if (renewed !== input.audience) return refuse('OTHER_AUDIENCE', { audience: renewed });
      const id = await insertCourse(op, { ...input, passMark: input.passMark ?? null, renewsId });
      await insertModules(op, id, modules);
      await recordAct(op, { subject: ['course', id], on: op.today });
      return ok(id);
    });
  }

  /** Opens a session of a course, with its plan. Refuses AREA_TOO_WIDE, AREA_UNKNOWN, NOT_A_TRAINER, LESSONS_INCOMPLETE, NOT_A_SESSION_DAY. */
  async openSession(
    actor: UserActor, input: OpenSessionInput, requestId: string,
  ): Promise<Result<string, 'AREA_TOO_WIDE' | 'AREA_UNKNOWN' | 'NOT_A_TRAINER' | 'LESSONS_INCOMPLETE' | 'NOT_A_SESSION_DAY'>> {
    return this.uow.command(actor, acts['session.open'], input, requestId, async (op) => {
      needArea(op, input.areaCode);
      if (input.areaCode.length < 4) return refuse('AREA_TOO_WIDE');
      const earliest = earliestLateEntry(op.today);
      const days = [...input.days].sort();
      if (days.some((day) => day < earliest)) throw badInput('days', 'validation.tooLate', { earliest });
      if ((await audienceOf(op, input.courseId)) === undefined) throw notFound();
      const officeId = await officeFor(op, input.areaCode);
      if (officeId === undefined) return refuse('AREA_UNKNOWN', { area: input.areaCode });
      const trainerId = input.trainerId ?? actor.userId;
      if (!(await isTrainer(op, trainerId, op.today))) return refuse('NOT_A_TRAINER');
      const modules = await modulesOf(op, input.courseId);
      const lessons = input.lessons ?? spread(modules, days);
      if (lessons.some(({ moduleId }) => modules.every(({ id }) => id !== moduleId))) throw notFound();
      const may = mayTeach(modules, days, lessons);
      if (!may.ok) return may;
      const { courseId, areaCode, capacity } = input;
      const id = await insertSession(op, { courseId, trainerId, areaCode, officeId, place: input.place ?? null, days, capacity });
      await insertLessons(op, id, lessons);
      await this.#remind(op, id, trainerId, officeId, days[0] ?? op.today);
      await recordAct(op, { subject: ['training_session', id], on: op.today, events: [['session.opened', id]] });
      return ok(id);
    });
  }

  /** The trainer holds the session on its first day and is reminded on the day before, at seven in the morning. */
  async #remind(op: Op, sessionId: string, trainerId: string, officeId: string, first: CivilDate): Promise<void> {
    const eve = new Date(startOfDay(addDays(first, -1)).getTime() + 7 * 3_600_000);
    await this.worklist.due(op, {
      kind: sessionComes, subject: ['training_session', sessionId], to: { account: trainerId, office: officeId }, due: first, remindAt: eve > op.now ? [eve] : [],
    });
  }
}
