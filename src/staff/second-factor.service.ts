import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '../kernel/result.js';
import type { Refusal, Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { systemActor } from '../platform/auth/roles.js';
import type { UserActor } from '../platform/auth/roles.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Keyed } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { lockAccount } from './accounts.repo.js';
import { Passwords } from './passwords.js';
import { newFactorSecret, newRecoveryCodes, otpauth, typed } from './second-factor.domain.js';
import { SecondFactors, deleteFactors } from './second-factors.repo.js';
import { keyedHash } from './secrets.js';
import { SessionsRepo } from './sessions.repo.js';
import { unlessBusy } from './sessions.service.js';
import type { StaffCode } from './staff.messages.js';
import { acts, isOwnAccount } from './staff.policy.js';
import { Throttle } from './throttle.js';

/** What is shown once: the same request sent again gives the result without it. */
export interface Once<T> {
  readonly result: Result<string, StaffCode>;
  readonly once: T | null;
}

/** How somebody comes to one-time codes beside her password, and how an administrator takes them away. */
@Injectable()
export class SecondFactorService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(SessionsRepo) private readonly sessions: SessionsRepo,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(Throttle) private readonly throttle: Throttle,
    @Inject(SecondFactors) private readonly factors: SecondFactors,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * A secret for the actor's authenticator, who shows her password and, where she has codes already, one of them: an
   * open session that somebody found is not enough. It counts once its first code has come; until then nothing changes.
   */
  async start(actor: UserActor, input: Keyed & { password: string; code: string }, address: string, requestId: string): Promise<Once<{ secret: string; uri: string }>> {
    const keyed = this.#keyed(input.requestKey, [input.password, input.code]);
    const earlier = await this.#earlier(actor, 'secondFactor.start', keyed, requestId);
    if (earlier !== undefined) return { result: earlier, once: null };
    const attempt = await this.#admit(actor, address, requestId);
    if (typeof attempt !== 'bigint') return { result: attempt, once: null };
    const before = await this.uow.system(systemActor('second-factor'), requestId, async (op) => {
      const account = await lockAccount(op, actor.userId);
      const factor = account === undefined ? undefined : await this.factors.find(op, account.id);
      return { account, factor, proof: this.factors.prove(factor, input.code, op.now) };
    });
    const isRight = await unlessBusy(this.passwords.verify(input.password, before.account?.passwordHash));
    if (isRight === undefined) return { result: refuse('TRY_LATER', { retryAfter: 5 }), once: null };
    const { account, factor, proof } = before;
    if (!isRight || account === undefined || proof === undefined) return { result: refuse('SECOND_FACTOR_REFUSED'), once: null };
    const secret = newFactorSecret();
    const result = await this.uow.command<StaffCode>(actor, acts['secondFactor.start'], keyed, requestId, async (op) => {
      const locked = await lockAccount(op, actor.userId);
      if (locked?.passwordHash !== account.passwordHash || !(await this.factors.use(op, actor.userId, factor, proof))) return refuse('SECOND_FACTOR_REFUSED');
      await this.factors.start(op, actor.userId, secret);
      await this.throttle.succeeded(op, attempt);
      await recordAct(op, { subject: ['account', actor.userId] });
      return ok(actor.userId);
    });
    return { result, once: result.ok ? { secret, uri: otpauth(secret, account.login, this.config.publicUrl) } : null };
  }

  /** The first code of the new authenticator: from now on one is asked for at sign-in. Her other sessions end: they began without it. */
  async confirm(actor: UserActor, input: Keyed & { code: string }, address: string, requestId: string): Promise<Once<readonly string[]>> {
    const keyed = this.#keyed(input.requestKey, [input.code]);
    const earlier = await this.#earlier(actor, 'secondFactor.confirm', keyed, requestId);
    if (earlier !== undefined) return { result: earlier, once: null };
    const attempt = await this.#admit(actor, address, requestId);
    if (typeof attempt !== 'bigint') return { result: attempt, once: null };
    const recoveryCodes = newRecoveryCodes();
    const result = await this.uow.command<StaffCode>(actor, acts['secondFactor.confirm'], keyed, requestId, async (op) => {
      await lockAccount(op, actor.userId);
      const waiting = await this.factors.findWaiting(op, actor.userId);
      if (waiting === undefined) return refuse('SECOND_FACTOR_NOT_STARTED');
      const given = typed(input.code);
      const step = given !== undefined && 'code' in given ? this.factors.stepOf(waiting, given.code, op.now) : undefined;
      if (step === undefined) return refuse('CODE_WRONG');
      await this.factors.confirm(op, actor.userId, waiting.id, step, recoveryCodes);
      await this.sessions.endAll(op, actor.userId, 'second_factor', actor.sessionId);
      await this.throttle.succeeded(op, attempt);
      await recordAct(op, { subject: ['account', actor.userId], changed: ['secondFactor'] });
      return ok(actor.userId);
    });
    return { result, once: result.ok ? recoveryCodes : null };
  }

  /** Takes somebody's second factor away, for a lost telephone: her sessions end, and she is told. */
  async reset(actor: UserActor, input: Keyed & { accountId: string }, requestId: string): Promise<Result<string, StaffCode>> {
    return this.uow.command<StaffCode>(actor, acts['secondFactor.reset'], input, requestId, async (op) => {
      const account = await lockAccount(op, input.accountId);
      if (account === undefined) throw notFound();
      if (isOwnAccount(actor, account.id)) return refuse('OWN_ACCOUNT');
      if (!(await deleteFactors(op, account.id))) return refuse('SECOND_FACTOR_NOT_SET');
      await this.sessions.endAll(op, account.id, 'second_factor');
      await recordAct(op, { subject: ['account', account.id], changed: ['secondFactor'], events: [['account.secondFactorReset', account.id]] });
      return ok(account.id);
    });
  }

  /** What is stored beside a request key must not be a fast hash of a password or a code, so it is a keyed one. */
  #keyed(requestKey: string, secrets: readonly string[]): Keyed & { digest: string } {
    return { requestKey, digest: Buffer.from(keyedHash(JSON.stringify(secrets), this.config.tokenSecret)).toString('hex') };
  }

  /** The answer to the same request sent before, so that it is neither counted as a try nor done twice. */
  async #earlier(actor: UserActor, act: 'secondFactor.start' | 'secondFactor.confirm', keyed: Keyed, requestId: string): Promise<Result<string, StaffCode> | undefined> {
    const known = await this.uow.command<StaffCode>(actor, acts[act], keyed, requestId, async () => refuse('SECOND_FACTOR_REFUSED'));
    return known.ok ? known : undefined;
  }

  /** Counts a try as at sign-in. */
  async #admit(actor: UserActor, address: string, requestId: string): Promise<bigint | Refusal<'TRY_LATER'>> {
    const admission = await this.throttle.admit(`id:${actor.userId}`, address, requestId);
    if ('retryAfter' in admission) return refuse('TRY_LATER', { retryAfter: admission.retryAfter });
    await this.throttle.pause(admission.failures);
    return admission.attempt;
  }
}
