import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { earliestLateEntry } from '../platform/graphql/inputs.js';
import { officeFor } from '../territory/offices.queries.js';
import type { OpenCourseInput, OpenSessionInput } from './training.graphql.js';
import { acts, needArea } from './training.policy.js';
import { courseExists, insertCourse, insertSession, isTrainer } from './training.repo.js';

/** Courses, and the sessions in which they are held. */
@Injectable()
export class CoursesService {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  /** Opens a course. Refuses COURSE_EXISTS. */
  async open(actor: UserActor, input: OpenCourseInput, requestId: string): Promise<Result<string, 'COURSE_EXISTS'>> {
    return this.uow.command(actor, acts['course.open'], input, requestId, async (op) => {
      const id = await insertCourse(op, input);
      await recordAct(op, { subject: ['course', id], on: op.today });
      return ok(id);
    });
  }

  /** Opens a session of a course. Refuses AREA_TOO_WIDE, AREA_UNKNOWN, NOT_A_TRAINER. */
  async openSession(actor: UserActor, input: OpenSessionInput, requestId: string): Promise<Result<string, 'AREA_TOO_WIDE' | 'AREA_UNKNOWN' | 'NOT_A_TRAINER'>> {
    return this.uow.command(actor, acts['session.open'], input, requestId, async (op) => {
      needArea(op, input.areaCode);
      if (input.areaCode.length < 4) return refuse('AREA_TOO_WIDE');
      const earliest = earliestLateEntry(op.today);
      const days = [...input.days].sort();
      if (days.some((day) => day < earliest)) throw badInput('days', 'validation.tooLate', { earliest });
      if (!(await courseExists(op, input.courseId))) throw notFound();
      const officeId = await officeFor(op, input.areaCode);
      if (officeId === undefined) return refuse('AREA_UNKNOWN', { area: input.areaCode });
      const trainerId = input.trainerId ?? actor.userId;
      if (!(await isTrainer(op, trainerId, op.today))) return refuse('NOT_A_TRAINER');
      const { courseId, areaCode, capacity } = input;
      const id = await insertSession(op, { courseId, trainerId, areaCode, officeId, place: input.place ?? null, days, capacity });
      await recordAct(op, { subject: ['training_session', id], on: op.today, events: [['session.opened', id]] });
      return ok(id);
    });
  }
}
