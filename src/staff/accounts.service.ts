import { Inject, Injectable } from '@nestjs/common';
import type { CivilDate } from '../kernel/civil-date.js';
import { compareDates } from '../kernel/civil-date.js';
import { normalisePhone } from '../kernel/phone.js';
import { ok, refuse } from '../kernel/result.js';
import type { Refusal, Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { systemActor } from '../platform/auth/roles.js';
import type { Role, UserActor } from '../platform/auth/roles.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Keyed } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { closeAccount, endLink, endPosting, findPosting, insertAccount, insertLink, insertPosting, isPlaceThere, linkSignIn, lockAccount, lockOtherAdministrators, openPostings, unlinkSignIn } from './accounts.repo.js';
import type { LinkPurpose, LockedPosting, NewAccount } from './accounts.repo.js';
import { dayProblem, endingOf, placeProblem } from './posting.domain.js';
import type { Place } from './posting.domain.js';
import { deleteFactors } from './second-factors.repo.js';
import { SessionsRepo } from './sessions.repo.js';
import type { StaffCode } from './staff.messages.js';
import { acts, isOwnAccount } from './staff.policy.js';

/** The link is there once; the same request sent again gives the account without it. */
export interface Issued {
  readonly result: Result<string, StaffCode>;
  readonly link: string | null;
}

/** What the administrator does: accounts, links, postings. */
@Injectable()
export class AccountsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(SessionsRepo) private readonly sessions: SessionsRepo,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl' | 'oidc'>,
  ) {}

  /** Invites a person: an account without a password, and the one-time link to set it. */
  async invite(actor: UserActor, input: Keyed & NewAccount, requestId: string): Promise<Issued> {
    let link: string | null = null;
    const result = await this.uow.command<StaffCode>(actor, acts['account.invite'], input, requestId, async (op) => {
      const phone = input.phone === null ? null : (normalisePhone(input.phone) ?? null);
      const id = await insertAccount(op, { login: input.login, nameKm: input.nameKm, nameLatin: input.nameLatin, language: input.language, phone });
      link = this.#address('invitation', await insertLink(op, id, 'invitation'));
      await recordAct(op, { subject: ['account', id] });
      return ok(id);
    });
    return { result, link };
  }

  /** A new one-time link: to set a new password, or, for somebody who never came, the invitation again. Earlier links end. */
  async issueLink(actor: UserActor, input: Keyed & { accountId: string }, requestId: string): Promise<Issued> {
    let link: string | null = null;
    const result = await this.uow.command<StaffCode>(actor, acts['account.issueLink'], input, requestId, async (op) => {
      const account = await lockAccount(op, input.accountId);
      if (account === undefined) throw notFound();
      if (isOwnAccount(actor, account.id)) return refuse('OWN_ACCOUNT');
      if (account.state === 'closed') return refuse('ACCOUNT_CLOSED');
      const purpose = account.state === 'invited' ? 'invitation' : 'reset';
      link = this.#address(purpose, await insertLink(op, account.id, purpose));
      await recordAct(op, { subject: ['account', account.id], reason: purpose });
      return ok(account.id);
    });
    return { result, link };
  }

  /** Closes an account: sessions, links, one-time codes and postings end with it. */
  async close(actor: UserActor, input: Keyed & { accountId: string }, requestId: string): Promise<Result<string, StaffCode>> {
    return this.uow.command<StaffCode>(actor, acts['account.close'], input, requestId, async (op) => {
      const account = await lockAccount(op, input.accountId);
      if (account === undefined) throw notFound();
      if (isOwnAccount(actor, account.id)) return refuse('OWN_ACCOUNT');
      if (account.state === 'closed') return refuse('ACCOUNT_CLOSED');
      const postings = await openPostings(op, account.id);
      if (await this.#isLastAdministrator(op, account.state === 'active', postings)) return refuse('LAST_ADMINISTRATOR');
      await closeAccount(op, account.id);
      await endLink(op, account.id, 'closed');
      await deleteFactors(op, account.id);
      await this.sessions.endAll(op, account.id, 'closed');
      await recordAct(op, { subject: ['account', account.id], changed: ['state'], events: postings.map(({ id }) => ['posting.ended', id] as const) });
      return ok(account.id);
    });
  }

  /** Links an account to a person of the external issuer: her access tokens count from the next request on, as far as her postings go. */
  async linkSignIn(actor: UserActor, input: Keyed & { accountId: string; subject: string }, requestId: string): Promise<Result<string, StaffCode>> {
    return this.uow.command<StaffCode>(actor, acts['account.linkSignIn'], input, requestId, async (op) => {
      const account = await lockAccount(op, input.accountId);
      if (account === undefined) throw notFound();
      if (isOwnAccount(actor, account.id)) return refuse('OWN_ACCOUNT');
      if (account.state === 'closed') return refuse('ACCOUNT_CLOSED');
      if (this.config.oidc === undefined) return refuse('NO_ISSUER');
      if (account.signInId !== null) return refuse('SIGN_IN_LINKED');
      await linkSignIn(op, account.id, this.config.oidc.issuer, input.subject);
      if (account.state === 'invited') await endLink(op, account.id, 'replaced');
      await recordAct(op, { subject: ['account', account.id], changed: account.state === 'invited' ? ['signIn', 'state'] : ['signIn'] });
      return ok(account.id);
    });
  }

  /** Ends the link: the issuer's tokens count no more from the next request on. Her password, where she has one, still does. */
  async unlinkSignIn(actor: UserActor, input: Keyed & { accountId: string }, requestId: string): Promise<Result<string, StaffCode>> {
    return this.uow.command<StaffCode>(actor, acts['account.unlinkSignIn'], input, requestId, async (op) => {
      const account = await lockAccount(op, input.accountId);
      if (account === undefined) throw notFound();
      if (isOwnAccount(actor, account.id)) return refuse('OWN_ACCOUNT');
      if (account.signInId === null) return refuse('SIGN_IN_NOT_LINKED');
      const losesAccess = account.passwordHash === null;
      if (await this.#isLastAdministrator(op, losesAccess, await openPostings(op, account.id))) return refuse('LAST_ADMINISTRATOR');
      await unlinkSignIn(op, account);
      await recordAct(op, { subject: ['account', account.id], changed: losesAccess ? ['signIn', 'state'] : ['signIn'] });
      return ok(account.id);
    });
  }

  /** Gives a person a role at a place from a day on. */
  async setPosting(actor: UserActor, input: Keyed & Place & { accountId: string; role: Role; from: CivilDate; to: CivilDate | null }, requestId: string): Promise<Result<string, StaffCode>> {
    return this.uow.command<StaffCode>(actor, acts['posting.set'], input, requestId, async (op) => {
      const refusal = await this.#mayPost(op, actor, input.accountId);
      if (refusal !== undefined) return refusal;
      const { officeId, institutionId } = input;
      mustBeDay(op, input.from, 'input.from');
      if (input.to !== null && compareDates(input.to, input.from) <= 0) throw badInput('input.to', 'validation.endBeforeStart');
      const problem = await placeRefusal(op, input.role, { officeId, institutionId });
      if (problem !== undefined) return problem;
      const id = await insertPosting(op, input.accountId, input.role, { officeId, institutionId }, input.from, input.to);
      await recordAct(op, { subject: ['posting', id], about: input.accountId, on: input.from, reason: input.role, events: [['posting.set', id]] });
      return ok(id);
    });
  }

  /** Moves a posting to another place from a day on: the old one ends, a new one with the same role begins, in one act. */
  async movePosting(actor: UserActor, input: Keyed & Place & { postingId: string; from: CivilDate }, requestId: string): Promise<Result<string, StaffCode>> {
    return this.uow.command<StaffCode>(actor, acts['posting.move'], input, requestId, async (op) => {
      const locked = await this.#lockPosting(op, actor, input.postingId);
      if (!locked.ok) return locked;
      const posting = locked.value;
      mustBeDay(op, input.from, 'input.from');
      const { officeId, institutionId } = input;
      const problem = await placeRefusal(op, posting.role, { officeId, institutionId });
      if (problem !== undefined) return problem;
      const ending = endingOf(posting, input.from);
      if (!('withdraw' in ending)) return ending;
      await endPosting(op, posting.id, input.from, ending.withdraw);
      const id = await insertPosting(op, posting.accountId, posting.role, { officeId, institutionId }, input.from, posting.to);
      await recordAct(op, { subject: ['posting', id], about: posting.accountId, on: input.from, reason: posting.role, changed: ['place'], events: [['posting.ended', posting.id], ['posting.set', id]] });
      return ok(id);
    });
  }

  /** Ends a posting: `on` is the first day without it. */
  async endPosting(actor: UserActor, input: Keyed & { postingId: string; on: CivilDate }, requestId: string): Promise<Result<string, StaffCode>> {
    return this.uow.command<StaffCode>(actor, acts['posting.end'], input, requestId, async (op) => {
      const locked = await this.#lockPosting(op, actor, input.postingId);
      if (!locked.ok) return locked;
      const posting = locked.value;
      mustBeDay(op, input.on, 'input.on');
      const ending = endingOf(posting, input.on);
      if (!('withdraw' in ending)) return ending;
      if (await this.#isLastAdministrator(op, true, [posting])) return refuse('LAST_ADMINISTRATOR');
      await endPosting(op, posting.id, input.on, ending.withdraw);
      await recordAct(op, { subject: ['posting', posting.id], about: posting.accountId, on: input.on, reason: posting.role, changed: ['to'], events: [['posting.ended', posting.id]] });
      return ok(posting.id);
    });
  }

  /** The operator's way in: an administrator whom nobody had to invite. Gives the one-time link. */
  async createAdministrator(who: { login: string; nameLatin: string }, requestId: string): Promise<string> {
    return this.uow.system(systemActor('register-admin-create'), requestId, async (op) => {
      const id = await insertAccount(op, { ...who, nameKm: null, phone: null, language: 'km' });
      await insertPosting(op, id, 'administrator', { officeId: null, institutionId: null }, op.today, null);
      const secret = await insertLink(op, id, 'invitation');
      await recordAct(op, { subject: ['account', id], on: op.today, reason: 'administrator' });
      return this.#address('invitation', secret);
    });
  }

  /** How many others are administrators without an end, under a lock. A method, so that a test can take the lock away. */
  async lockOtherAdministrators(op: Op, accountId: string): Promise<number> {
    return lockOtherAdministrators(op, accountId);
  }

  /** Would the end of these postings leave the register without an administrator? */
  async #isLastAdministrator(op: Op, countsNow: boolean, postings: readonly LockedPosting[]): Promise<boolean> {
    const [posting] = postings.filter(({ role }) => role === 'administrator');
    return countsNow && posting !== undefined && (await this.lockOtherAdministrators(op, posting.accountId)) === 0;
  }

  async #mayPost(op: Op, actor: UserActor, accountId: string): Promise<Refusal<StaffCode> | undefined> {
    const account = await lockAccount(op, accountId);
    if (account === undefined) throw notFound();
    if (isOwnAccount(actor, accountId)) return refuse('OWN_ACCOUNT');
    return account.state === 'closed' ? refuse('ACCOUNT_CLOSED') : undefined;
  }

  async #lockPosting(op: Op, actor: UserActor, postingId: string): Promise<Result<LockedPosting, StaffCode>> {
    const found = await findPosting(op, postingId);
    if (found === undefined) throw notFound();
    const refusal = await this.#mayPost(op, actor, found.accountId);
    if (refusal !== undefined) return refusal;
    return ok((await findPosting(op, postingId)) ?? found);
  }

  /** After the '#': a browser keeps it to itself, so that it reaches no log and no referrer. */
  #address(purpose: LinkPurpose, secret: string): string {
    return `${this.config.publicUrl}/#${purpose}=${secret}`;
  }
}

function mustBeDay(op: Op, day: CivilDate, path: string): void {
  const problem = dayProblem(day, op.today);
  if (problem !== undefined) throw badInput(path, problem);
}

async function placeRefusal(op: Op, role: Role, place: Place): Promise<Refusal<StaffCode> | undefined> {
  const problem = placeProblem(role, place);
  if (problem !== undefined) return problem;
  if (!(await isPlaceThere(op, place))) throw notFound();
  return undefined;
}
