import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { allActs } from '../platform/auth/acts.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import { notFound } from '../platform/errors.js';
import { Can, Public, SIGNED_IN } from '../platform/graphql/guard.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { answer } from '../platform/graphql/refused.js';
import type { Result } from '../kernel/result.js';
import { PasswordsService } from './passwords.service.js';
import { needsSecondFactor } from './second-factor.domain.js';
import { SecondFactorEnum } from './second-factor.graphql.js';
import type { SecondFactorState } from './second-factor.graphql.js';
import { SessionsService } from './sessions.service.js';
import type { Signed } from './sessions.service.js';
import { ChangePasswordInput, LinkPasswordInput, Me, PasswordSet, PasswordSetResult, RefreshInput, RevokeSessionInput, SignInInput, SignOutInput, SignedInResult, StaffPosting, StaffSession, StaffSessionResult } from './staff.graphql.js';
import { accountById, accountName, sessionById } from './staff.loader.js';
import { staff } from './staff.messages.js';
import type { StaffCode } from './staff.messages.js';
import { acts } from './staff.policy.js';
import { livePostings, liveSessions } from './staff.queries.js';
import type { SessionRow } from './staff.queries.js';

/** The door for people without a token, and what everybody does about her own sign-in. */
@Resolver(() => Me)
export class SessionResolver {
  constructor(
    private readonly sessions: SessionsService,
    private readonly passwords: PasswordsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Query(() => Me, { description: 'Who is signed in, and what she may do.' })
  @Can(SIGNED_IN)
  me(@Context() request: RequestContext): Me {
    return { id: request.actor.userId };
  }

  @ResolveField(() => String, { nullable: true, description: 'Name in Khmer.' })
  async nameKm(@Context() request: RequestContext, @Parent() me: Me): Promise<string | null> {
    return (await request.load(accountName, me.id))?.nameKm ?? null;
  }

  @ResolveField(() => String, { description: 'Name in Latin letters.' })
  async nameLatin(@Context() request: RequestContext, @Parent() me: Me): Promise<string> {
    return (await request.load(accountName, me.id))?.nameLatin ?? '';
  }

  @ResolveField(() => String, { description: 'Sign-in name.' })
  async login(@Context() request: RequestContext, @Parent() me: Me): Promise<string> {
    return (await request.load(accountById, me.id))?.login ?? '';
  }

  @ResolveField(() => String, { description: 'The language in which the register writes to her: km or en.' })
  async language(@Context() request: RequestContext, @Parent() me: Me): Promise<string> {
    return (await request.load(accountById, me.id))?.language ?? 'km';
  }

  @ResolveField(() => [StaffPosting], { description: 'Her postings that count today.' })
  async postings(@Context() request: RequestContext, @Parent() me: Me): Promise<StaffPosting[]> {
    return livePostings(await request.query(), me.id);
  }

  @ResolveField(() => SecondFactorEnum, { description: 'Where she stands with one-time codes. REQUIRED: nothing else is allowed before they are set up.' })
  async secondFactor(@Context() request: RequestContext, @Parent() me: Me): Promise<SecondFactorState> {
    if ((await request.load(accountById, me.id))?.secondFactorSince) return 'set';
    // Who signs in by the external issuer shows it what it asks for.
    if (this.config.secondFactor === 'offered' || request.user?.external) return 'none';
    return needsSecondFactor((await livePostings(await request.query(), me.id)).map(({ role }) => role)) ? 'required' : 'none';
  }

  @ResolveField(() => [String], { description: 'The acts that her postings allow somewhere. Whether one is allowed on a record, the record itself says.' })
  async can(@Context() request: RequestContext, @Parent() me: Me): Promise<string[]> {
    if ((await this.secondFactor(request, me)) === 'required') return [];
    const roles = new Set((await livePostings(await request.query(), me.id)).map(({ role }) => role));
    return allActs().filter((known) => [...known.roles].some((role) => roles.has(role))).map(({ act }) => act).sort();
  }

  @Query(() => [StaffSession], { description: 'The open sessions of the signed-in person, the last used first, at most 100.' })
  @Can(SIGNED_IN)
  async mySessions(@Context() request: RequestContext): Promise<StaffSession[]> {
    const rows = await liveSessions(await request.query(), request.actor.userId);
    return rows.map((row) => shown(request, row));
  }

  @Mutation(() => SignedInResult, { description: 'Signs in. Six tries a minute for a name and thirty for an address; then the refusal says how long to wait.' })
  @Public('Nobody has a token before she signs in.')
  async signIn(@Context() request: RequestContext, @Args('input') input: SignInInput): Promise<object> {
    return signed(request, await this.sessions.signIn({ ...input, code: input.code ?? '', client: input.client ?? '' }, request.address, request.requestId));
  }

  @Mutation(() => SignedInResult, { description: 'A new access token and a new refresh token for the last refresh token, which is good once. Shown again later than 10 seconds after its use, it ends the session.' })
  @Public('An access token may have expired; the refresh token is the proof.')
  async refresh(@Context() request: RequestContext, @Args('input') input: RefreshInput): Promise<object> {
    return signed(request, await this.sessions.refresh(input.refreshToken, request.requestId));
  }

  @Mutation(() => PasswordSetResult, { description: 'Sets the first password of an invited account. The link is good once.' })
  @Public('The one-time link is the proof.')
  async acceptInvitation(@Context() request: RequestContext, @Args('input') input: LinkPasswordInput): Promise<object> {
    return answer(request, staff, this.passwords.acceptInvitation(input.token, input.password, request.requestId), (id) => passwordSet(request, id));
  }

  @Mutation(() => PasswordSetResult, { description: 'Sets a new password by a one-time link and ends every session of the account.' })
  @Public('The one-time link is the proof.')
  async resetPassword(@Context() request: RequestContext, @Args('input') input: LinkPasswordInput): Promise<object> {
    return answer(request, staff, this.passwords.resetPassword(input.token, input.password, request.requestId), (id) => passwordSet(request, id));
  }

  @Mutation(() => PasswordSetResult, { description: 'Sets a new password for the signed-in person and ends her other sessions.' })
  @Can(acts['password.change'])
  async changePassword(@Context() request: RequestContext, @Args('input') input: ChangePasswordInput): Promise<object> {
    return answer(request, staff, this.passwords.change(request.actor, input, request.address, request.requestId), (id) => passwordSet(request, id));
  }

  @Mutation(() => StaffSessionResult, { description: 'Ends this session: its tokens are refused from the next request on.' })
  @Can(acts['session.end'])
  async signOut(@Context() request: RequestContext, @Args('input') input: SignOutInput): Promise<object> {
    return answer(request, staff, this.sessions.end(request.actor, input, request.requestId), (id) => session(request, id));
  }

  @Mutation(() => StaffSessionResult, { description: 'Ends one of the own sessions, for a lost phone: its tokens are refused from the next request on.' })
  @Can(acts['session.end'])
  async revokeSession(@Context() request: RequestContext, @Args('input') input: RevokeSessionInput): Promise<object> {
    return answer(request, staff, this.sessions.end(request.actor, input, request.requestId), (id) => session(request, id));
  }
}

function signed(request: RequestContext, result: Result<Signed, StaffCode>): object {
  if (!result.ok) return staff.show(request, result);
  const { accountId, ...tokens } = result.value;
  return { ...tokens, me: { id: accountId } };
}

async function passwordSet(request: RequestContext, id: string): Promise<PasswordSet> {
  const account = await request.load(accountById, id);
  if (account === undefined) throw notFound();
  return { login: account.login };
}

async function session(request: RequestContext, id: string): Promise<StaffSession | undefined> {
  const row = await request.load(sessionById, id);
  return row === undefined ? undefined : shown(request, row);
}

function shown(request: RequestContext, row: SessionRow): StaffSession {
  return { ...row, current: row.id === request.actor.sessionId };
}
