import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, forbidden, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { mayRecord, mayRegister } from './training.domain.js';
import type { RecordAttendanceInput, RegisterForSessionInput } from './training.graphql.js';
import { acts, mayHold } from './training.policy.js';
import { adultOn, colleague, countRegistered, insertRegistration, lockSession, onList, writeAttendance } from './training.repo.js';
import type { LockedSession } from './training.repo.js';

/** Who is on the list of a session, and who was there. */
@Injectable()
export class SessionsService {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  /** Puts somebody on a session's list. Refuses SESSION_ENDED, OTHER_AUDIENCE, SESSION_FULL, ALREADY_REGISTERED. */
  async register(
    actor: UserActor,
    input: RegisterForSessionInput,
    requestId: string,
  ): Promise<Result<string, 'SESSION_ENDED' | 'OTHER_AUDIENCE' | 'SESSION_FULL' | 'ALREADY_REGISTERED'>> {
    if ((input.adultId ?? null) === null && (input.accountId ?? null) === null) throw badInput('adultId', 'validation.isNotEmpty');
    if (input.adultId && input.accountId) throw badInput('accountId', 'validation.isIn');
    return this.uow.command(actor, acts['session.register'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const session = await this.#lock(op, input.sessionId);
      const who = input.adultId ? await adultOn(op, input.adultId, on) : await colleague(op, input.accountId ?? '');
      if (who === undefined) throw notFound();
      const may = mayRegister(session, await countRegistered(op, session.id), on, who.adultId !== null);
      if (!may.ok) return may;
      const id = await insertRegistration(op, session.id, who, on);
      await recordAct(op, { subject: ['registration', id], about: who.familyId, on });
      return ok(session.id);
    });
  }

  /** Records who was there on a day. Refuses NOT_A_SESSION_DAY, ALREADY_CERTIFIED. */
  async recordAttendance(actor: UserActor, input: RecordAttendanceInput, requestId: string): Promise<Result<string, 'NOT_A_SESSION_DAY' | 'ALREADY_CERTIFIED'>> {
    return this.uow.command(actor, acts['session.attendance'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const session = await this.#lock(op, input.sessionId);
      if (!mayHold(op.actor, op.act, session)) throw forbidden();
      const may = mayRecord(session, on);
      if (!may.ok) return may;
      const listed = await onList(op, session.id, input.present.map(({ registrationId }) => registrationId));
      if (listed.length !== input.present.length) throw notFound();
      const certified = new Set(listed.filter((one) => one.certified).map(({ id }) => id));
      if (input.present.some(({ registrationId, present }) => !present && certified.has(registrationId))) return refuse('ALREADY_CERTIFIED');
      await writeAttendance(op, on, input.present);
      await recordAct(op, { subject: ['training_session', session.id], on, changed: ['attendance'] });
      return ok(session.id);
    });
  }

  async #lock(op: Op, id: string): Promise<LockedSession> {
    const session = await lockSession(op, id);
    if (session === undefined) throw notFound();
    return session;
  }
}
