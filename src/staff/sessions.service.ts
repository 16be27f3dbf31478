import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { systemActor } from '../platform/auth/roles.js';
import type { UserActor } from '../platform/auth/roles.js';
import { ACCESS_SECONDS, Tokens } from '../platform/auth/tokens.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Keyed } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { lockAccount } from './accounts.repo.js';
import { Passwords, TooBusy } from './passwords.js';
import { newSecret, successorOf } from './secrets.js';
import { SecondFactors } from './second-factors.repo.js';
import { decideRefresh } from './session.domain.js';
import { SessionsRepo } from './sessions.repo.js';
import type { StaffCode } from './staff.messages.js';
import { acts } from './staff.policy.js';
import { Throttle } from './throttle.js';

/** What a signed-in client keeps. */
export interface Signed {
  readonly accountId: string;
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
}

/** Sign-in, refresh, sign-out: the sessions of people. */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(SessionsRepo) private readonly sessions: SessionsRepo,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(Throttle) private readonly throttle: Throttle,
    @Inject(Tokens) private readonly tokens: Tokens,
    @Inject(SecondFactors) private readonly factors: SecondFactors,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Signs in by name, password and, for who has them, a one-time code. The same no for an unknown name, a wrong
   * password, a closed account and a wrong, missing or used code, after the same work.
   */
  async signIn(who: { login: string; password: string; code: string; client: string }, address: string, requestId: string): Promise<Result<Signed, StaffCode>> {
    const login = who.login.trim().toLowerCase();
    const admission = await this.throttle.admit(login, address, requestId);
    if ('retryAfter' in admission) return refuse('TRY_LATER', { retryAfter: admission.retryAfter });
    await this.throttle.pause(admission.failures);
    const found = await this.uow.system(systemActor('sign-in'), requestId, async (op) => {
      const account = await this.sessions.findByLogin(op, login);
      if (account === undefined) return undefined;
      const factor = await this.factors.find(op, account.id);
      return { ...account, factor, proof: this.factors.prove(factor, who.code, op.now) };
    });
    const isRight = await unlessBusy(this.passwords.verify(who.password, found?.passwordHash));
    if (isRight === undefined) return refuse('TRY_LATER', { retryAfter: 5 });
    const proof = found?.proof;
    if (!isRight || found === undefined || proof === undefined) return refuse('SIGN_IN_REFUSED');
    const refreshToken = newSecret();
    const sessionId = await this.uow.system(systemActor('sign-in'), requestId, async (op) => {
      const account = await lockAccount(op, found.id);
      // A reset or a closing may have come in between.
      if (account?.state !== 'active' || account.passwordHash !== found.passwordHash) return undefined;
      if (!(await this.factors.use(op, found.id, found.factor, proof))) return undefined;
      const id = await this.sessions.begin(op, found.id, who.client, this.throttle.addressHash(address), refreshToken);
      await this.throttle.succeeded(op, admission.attempt);
      await recordAct(op, { subject: ['session', id], about: found.id, reason: typeof proof === 'object' && 'recovery' in proof ? 'recovery_code' : null });
      return id;
    });
    if (sessionId === undefined) return refuse('SIGN_IN_REFUSED');
    return ok(await this.#signed(found.id, sessionId, refreshToken));
  }

  /** A new pair for a refresh token, which is used up by it. One that was used before ends its session: see {@link decideRefresh}. */
  async refresh(token: string, requestId: string): Promise<Result<Signed, StaffCode>> {
    const successor = successorOf(token, this.config.tokenSecret);
    const session = await this.uow.system(systemActor('refresh'), requestId, async (op) => {
      const shown = await this.sessions.findToken(op, token, successor);
      if (shown === undefined) return undefined;
      await this.sessions.lock(op, shown.sessionId);
      const facts = (await this.sessions.findToken(op, token, successor)) ?? shown;
      const decision = decideRefresh(
        {
          usedAt: facts.usedAt,
          expiresAt: facts.expiresAt,
          successorUsedAt: facts.hasSuccessor ? facts.successorUsedAt : undefined,
          sessionStands: facts.sessionEndedAt === null,
          accountActive: facts.accountState === 'active',
        },
        op.now,
      );
      if (decision === 'rotate') await this.sessions.rotate(op, facts.sessionId, token, successor);
      if (decision === 'reuse') await this.#endAsStolen(op, facts.sessionId, facts.accountId);
      return decision === 'rotate' || decision === 'repeat' ? facts : undefined;
    });
    return session === undefined ? refuse('SESSION_OVER') : ok(await this.#signed(session.accountId, session.sessionId, successor));
  }

  /** Ends one of the actor's own sessions; without an id, this one. Another person's is not found. */
  async end(actor: UserActor, input: Keyed & { sessionId?: string }, requestId: string): Promise<Result<string, StaffCode>> {
    const sessionId = input.sessionId ?? actor.sessionId;
    return this.uow.command<StaffCode>(actor, acts['session.end'], input, requestId, async (op) => {
      if (actor.external && sessionId === actor.sessionId) return refuse('SESSION_ELSEWHERE');
      if ((await this.sessions.ownerOf(op, sessionId)) !== actor.userId) throw notFound();
      const hasEnded = await this.sessions.end(op, sessionId, sessionId === actor.sessionId ? 'signed_out' : 'revoked');
      if (!hasEnded) return refuse('SESSION_OVER');
      await recordAct(op, { subject: ['session', sessionId], about: actor.userId });
      return ok(sessionId);
    });
  }

  async #endAsStolen(op: Op, sessionId: string, accountId: string): Promise<void> {
    if (await this.sessions.end(op, sessionId, 'reuse')) await recordAct(op, { subject: ['session', sessionId], about: accountId, reason: 'reuse' });
  }

  async #signed(accountId: string, sessionId: string, refreshToken: string): Promise<Signed> {
    return { accountId, accessToken: await this.tokens.issue({ userId: accountId, sessionId }), expiresInSeconds: ACCESS_SECONDS, refreshToken };
  }
}

/** The value, or undefined where too many hashes wait already. */
export async function unlessBusy<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TooBusy) return undefined;
    throw error;
  }
}
