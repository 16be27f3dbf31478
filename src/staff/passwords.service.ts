import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { systemActor } from '../platform/auth/roles.js';
import type { UserActor } from '../platform/auth/roles.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Keyed } from '../platform/database/unit-of-work.js';
import { endLink, findByLink, lockAccount, setPassword } from './accounts.repo.js';
import type { LinkPurpose, LockedAccount } from './accounts.repo.js';
import { weakness } from './password.domain.js';
import { Passwords } from './passwords.js';
import { keyedHash } from './secrets.js';
import { SessionsRepo } from './sessions.repo.js';
import { unlessBusy } from './sessions.service.js';
import type { StaffCode } from './staff.messages.js';
import { acts } from './staff.policy.js';
import { Throttle } from './throttle.js';

/** How passwords are set: by invitation, by reset, by the person herself. */
@Injectable()
export class PasswordsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(SessionsRepo) private readonly sessions: SessionsRepo,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(Throttle) private readonly throttle: Throttle,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The first password of an invited account, by its one-time link. */
  async acceptInvitation(token: string, password: string, requestId: string): Promise<Result<string, StaffCode>> {
    return this.#byLink(token, password, 'invitation', requestId);
  }

  /** A new password by a one-time link; every session of the account ends. */
  async resetPassword(token: string, password: string, requestId: string): Promise<Result<string, StaffCode>> {
    return this.#byLink(token, password, 'reset', requestId);
  }

  /** A new password for the actor, who shows the present one; her other sessions end. */
  async change(actor: UserActor, input: Keyed & { present: string; password: string }, address: string, requestId: string): Promise<Result<string, StaffCode>> {
    // What is stored beside a request key must not be a fast hash of a password, so it is a keyed one.
    const digest = keyedHash(JSON.stringify([input.present, input.password]), this.config.tokenSecret).toString();
    const keyed = { requestKey: input.requestKey, digest };
    const earlier = await this.uow.command<StaffCode>(actor, acts['password.change'], keyed, requestId, async () => refuse('PASSWORD_WRONG'));
    if (earlier.ok) return earlier;
    const admission = await this.throttle.admit(`id:${actor.userId}`, address, requestId);
    if ('retryAfter' in admission) return refuse('TRY_LATER', { retryAfter: admission.retryAfter });
    await this.throttle.pause(admission.failures);
    const before = await this.#read(requestId, (op) => lockAccount(op, actor.userId));
    const isRight = await unlessBusy(this.passwords.verify(input.present, before?.passwordHash));
    if (isRight === undefined) return refuse('TRY_LATER', { retryAfter: 5 });
    if (!isRight || before === undefined) return refuse('PASSWORD_WRONG');
    const weak = weakness(input.password, before.login);
    if (weak !== undefined) return weak;
    const hash = await unlessBusy(this.passwords.hash(input.password));
    if (hash === undefined) return refuse('TRY_LATER', { retryAfter: 5 });
    return this.uow.command<StaffCode>(actor, acts['password.change'], keyed, requestId, async (op) => {
      const account = await lockAccount(op, actor.userId);
      if (account?.passwordHash !== before.passwordHash) return refuse('PASSWORD_WRONG');
      await setPassword(op, actor.userId, hash);
      await this.sessions.endAll(op, actor.userId, 'password', actor.sessionId);
      await this.throttle.succeeded(op, admission.attempt);
      await recordAct(op, { subject: ['account', actor.userId], changed: ['password'] });
      return ok(actor.userId);
    });
  }

  async #byLink(token: string, password: string, purpose: LinkPurpose, requestId: string): Promise<Result<string, StaffCode>> {
    const find = async (op: Op): Promise<LockedAccount | undefined> => {
      const id = await findByLink(op, token, purpose);
      return id === undefined ? undefined : lockAccount(op, id);
    };
    const found = await this.#read(requestId, find);
    if (found === undefined) return refuse('LINK_NOT_GOOD');
    const weak = weakness(password, found.login);
    if (weak !== undefined) return weak;
    const hash = await unlessBusy(this.passwords.hash(password));
    if (hash === undefined) return refuse('TRY_LATER', { retryAfter: 5 });
    const job = purpose === 'invitation' ? 'accept-invitation' : 'reset-password';
    return this.uow.system(systemActor(job), requestId, async (op): Promise<Result<string, StaffCode>> => {
      const id = await findByLink(op, token, purpose);
      if (id === undefined) return refuse('LINK_NOT_GOOD');
      await lockAccount(op, id);
      // Read again under the lock: of two who open the link at once, one sets the password.
      if ((await findByLink(op, token, purpose)) === undefined) return refuse('LINK_NOT_GOOD');
      await endLink(op, id, 'used');
      await setPassword(op, id, hash);
      await this.sessions.endAll(op, id, 'password');
      await recordAct(op, { subject: ['account', id], changed: ['password'] });
      return ok(id);
    });
  }

  #read<T>(requestId: string, work: (op: Op) => Promise<T>): Promise<T> {
    return this.uow.system(systemActor('sign-in'), requestId, work);
  }
}
