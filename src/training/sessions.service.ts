import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, forbidden, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { mayCancel, mayRegister, mayResize } from './training.domain.js';
import type { CancelSessionInput, RegisterForSessionInput, ResizeSessionInput, WithdrawRegistrationInput } from './training.inputs.js';
import { placeCameFree, sessionCancelled, sessionComes } from './training.messages.js';
import { acts, mayHold } from './training.policy.js';
import {
  adultOn, cancelSession, colleague, concerned, countRegistered, insertRegistration, isRegistered, lockSession, moveUp, registrationFacts, setCapacity, wasHeld, withdrawRegistration,
} from './training.repo.js';
import type { LockedSession } from './training.repo.js';

type RegisterRefusal = 'SESSION_ENDED' | 'SESSION_CANCELLED' | 'OTHER_AUDIENCE' | 'SESSION_FULL' | 'ALREADY_REGISTERED';

/** Who is on the list of a session, who waits for a place, and whether it takes place. */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Puts somebody on a session's list, or behind it. Refuses SESSION_ENDED, SESSION_CANCELLED, OTHER_AUDIENCE, SESSION_FULL, ALREADY_REGISTERED. */
  async register(actor: UserActor, input: RegisterForSessionInput, requestId: string): Promise<Result<string, RegisterRefusal>> {
    if ((input.adultId ?? null) === null && (input.accountId ?? null) === null) throw badInput('adultId', 'validation.isNotEmpty');
    if (input.adultId && input.accountId) throw badInput('accountId', 'validation.isIn');
    return this.uow.command<RegisterRefusal>(actor, acts['session.register'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const session = await lock(op, input.sessionId);
      const who = input.adultId ? await adultOn(op, input.adultId, on) : await colleague(op, input.accountId ?? '');
      if (who === undefined) throw notFound();
      if (await isRegistered(op, session.id, who)) return refuse('ALREADY_REGISTERED');
      const may = mayRegister(session, await countRegistered(op, session.id), on, { carer: who.adultId !== null, willWait: input.waitIfFull });
      if (!may.ok) return may;
      const id = await insertRegistration(op, { sessionId: session.id, who, on, state: may.value, by: actor.userId });
      await recordAct(op, { subject: ['registration', id], about: who.familyId, on, reason: may.value });
      return ok(session.id);
    });
  }

  /** Takes somebody off a list; who waited longest moves up and is told. Refuses NOT_REGISTERED, ALREADY_ATTENDED. */
  async withdraw(actor: UserActor, input: WithdrawRegistrationInput, requestId: string): Promise<Result<string, 'NOT_REGISTERED' | 'ALREADY_ATTENDED'>> {
    return this.uow.command<'NOT_REGISTERED' | 'ALREADY_ATTENDED'>(actor, acts['session.withdraw'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const known = await registrationFacts(op, input.registrationId);
      if (known === undefined) throw notFound();
      const session = await lock(op, known.sessionId);
      const registration = await registrationFacts(op, input.registrationId);
      if (registration === undefined || registration.state === 'withdrawn') return refuse('NOT_REGISTERED');
      if (registration.presentOn.length > 0) return refuse('ALREADY_ATTENDED');
      await withdrawRegistration(op, registration.id);
      await recordAct(op, { subject: ['registration', registration.id], about: registration.familyId, on });
      await this.#moveUp(op, session);
      return ok(session.id);
    });
  }

  /** Gives a session more room, or less; who waited longest moves up. Refuses SESSION_CANCELLED, BELOW_REGISTERED. */
  async resize(actor: UserActor, input: ResizeSessionInput, requestId: string): Promise<Result<string, 'SESSION_CANCELLED' | 'BELOW_REGISTERED'>> {
    return this.uow.command(actor, acts['session.resize'], input, requestId, async (op) => {
      const session = await lock(op, input.sessionId);
      if (!mayHold(op.actor, op.act, session)) throw forbidden();
      const may = mayResize(session, await countRegistered(op, session.id), input.capacity);
      if (!may.ok) return may;
      await setCapacity(op, session.id, input.capacity);
      await recordAct(op, { subject: ['training_session', session.id], on: op.today, changed: ['capacity'] });
      await this.#moveUp(op, { ...session, capacity: input.capacity });
      return ok(session.id);
    });
  }

  /** Cancels a session and tells everybody whom it concerns. Refuses SESSION_CANCELLED, SESSION_HELD. */
  async cancel(actor: UserActor, input: CancelSessionInput, requestId: string): Promise<Result<string, 'SESSION_CANCELLED' | 'SESSION_HELD'>> {
    return this.uow.command(actor, acts['session.cancel'], input, requestId, async (op) => {
      const session = await lock(op, input.sessionId);
      if (!mayHold(op.actor, op.act, session)) throw forbidden();
      const may = mayCancel(session, await wasHeld(op, session.id));
      if (!may.ok) return may;
      await cancelSession(op, session.id, op.today, input.reason);
      await this.worklist.cancel(op, { kind: sessionComes, subjectId: session.id });
      const told = { kind: sessionCancelled, subject: ['training_session', session.id] as const, detail: input.reason };
      for (const account of await concerned(op, session.id)) await this.worklist.tell(op, { ...told, to: { account } });
      await recordAct(op, { subject: ['training_session', session.id], on: op.today, reason: input.reason, events: [['session.cancelled', session.id]] });
      return ok(session.id);
    });
  }

  async #moveUp(op: Op, session: LockedSession): Promise<void> {
    if (session.cancelledOn !== null) return;
    for (const { registrationId, familyId, accountId, registeredBy } of await moveUp(op, session.id)) {
      await recordAct(op, { subject: ['registration', registrationId], about: familyId, on: op.today, reason: 'moved_up' });
      const account = accountId ?? registeredBy;
      if (account !== null) await this.worklist.tell(op, { kind: placeCameFree, subject: ['training_session', session.id], to: { account } });
    }
  }
}

async function lock(op: Op, id: string): Promise<LockedSession> {
  const session = await lockSession(op, id);
  if (session === undefined) throw notFound();
  return session;
}
