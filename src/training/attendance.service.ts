import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { forbidden, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { mayRecord } from './training.domain.js';
import type { AssessRegistrationInput, RecordAttendanceInput } from './training.inputs.js';
import { sessionComes } from './training.messages.js';
import { acts, mayHold } from './training.policy.js';
import { insertAssessment, lessonsOn, lockSession, onList, registrationFacts, writeAttendance } from './training.repo.js';

type AttendanceRefusal = 'SESSION_CANCELLED' | 'NOT_A_SESSION_DAY' | 'NOT_TAUGHT_THAT_DAY' | 'ALREADY_CERTIFIED';
type AssessmentRefusal = 'SESSION_CANCELLED' | 'NO_ASSESSMENT' | 'NOT_REGISTERED' | 'OWN_ASSESSMENT' | 'ALREADY_CERTIFIED';

/** Who was there, at which part, and who passed. */
@Injectable()
export class AttendanceService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Records who was there on a day, at all its parts or at one. Refuses SESSION_CANCELLED, NOT_A_SESSION_DAY, NOT_TAUGHT_THAT_DAY, ALREADY_CERTIFIED. */
  async record(actor: UserActor, input: RecordAttendanceInput, requestId: string): Promise<Result<string, AttendanceRefusal>> {
    return this.uow.command<AttendanceRefusal>(actor, acts['session.attendance'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const session = await lockSession(op, input.sessionId);
      if (session === undefined) throw notFound();
      if (!mayHold(op.actor, op.act, session)) throw forbidden();
      const may = mayRecord(session, on);
      if (!may.ok) return may;
      const taught = await lessonsOn(op, session.id, on);
      const moduleId = input.moduleId ?? null;
      if (moduleId !== null && !taught.includes(moduleId)) return refuse('NOT_TAUGHT_THAT_DAY');
      const listed = await onList(op, session.id, input.present.map(({ registrationId }) => registrationId));
      if (listed.length !== input.present.length) throw notFound();
      const certified = new Set(listed.filter((one) => one.certified).map(({ id }) => id));
      if (input.present.some(({ registrationId, present }) => !present && certified.has(registrationId))) return refuse('ALREADY_CERTIFIED');
      await writeAttendance(op, on, moduleId === null ? taught : [moduleId], input.present);
      await this.worklist.done(op, { kind: sessionComes, subjectId: session.id });
      await recordAct(op, { subject: ['training_session', session.id], on, changed: ['attendance'] });
      return ok(session.id);
    });
  }

  /** Records the result of an assessment. Refuses SESSION_CANCELLED, NO_ASSESSMENT, NOT_REGISTERED, OWN_ASSESSMENT, ALREADY_CERTIFIED. */
  async assess(actor: UserActor, input: AssessRegistrationInput, requestId: string): Promise<Result<string, AssessmentRefusal>> {
    return this.uow.command<AssessmentRefusal>(actor, acts['session.assess'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const known = await registrationFacts(op, input.registrationId);
      const session = known && (await lockSession(op, known.sessionId));
      const registration = await registrationFacts(op, input.registrationId);
      if (session === undefined || registration === undefined) throw notFound();
      if (!mayHold(op.actor, op.act, session)) throw forbidden();
      if (session.cancelledOn !== null) return refuse('SESSION_CANCELLED', { on: session.cancelledOn });
      if (session.passMark === null) return refuse('NO_ASSESSMENT');
      if (registration.state !== 'listed') return refuse('NOT_REGISTERED');
      if (registration.accountId === actor.userId) return refuse('OWN_ASSESSMENT');
      const [listed] = await onList(op, session.id, [registration.id]);
      if (listed?.certified === true) return refuse('ALREADY_CERTIFIED');
      await insertAssessment(op, registration.id, on, input.score, actor.userId);
      await recordAct(op, { subject: ['registration', registration.id], about: registration.familyId, on, changed: ['score'] });
      return ok(session.id);
    });
  }
}
