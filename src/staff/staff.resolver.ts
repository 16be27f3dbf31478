import { Args, ArgsType, Context, Field, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IsEnum, IsOptional } from 'class-validator';
import { isId } from '../kernel/ids.js';
import { badInput, notFound } from '../platform/errors.js';
import { PageArgs, afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import type { AccountState } from './account.entity.js';
import { AccountsService } from './accounts.service.js';
import type { Issued } from './accounts.service.js';
import { CloseAccountInput, EndPostingInput, ExternalSignIn, InviteAccountInput, IssueResetLinkInput, IssuedLinkResult, LinkSignInInput, MovePostingInput, SetPostingInput, StaffAccount, StaffAccountConnection, StaffAccountResult, StaffPosting, StaffPostingResult, StateEnum, UnlinkSignInInput } from './staff.graphql.js';
import { accountById, postingById, postingsOfAccount } from './staff.loader.js';
import { staff } from './staff.messages.js';
import { acts } from './staff.policy.js';
import { listAccounts } from './staff.queries.js';
import type { AccountRow } from './staff.queries.js';

@ArgsType()
class AccountsArgs extends PageArgs {
  @Field(() => StateEnum, { nullable: true, description: 'Only accounts in this state.' })
  @IsOptional()
  @IsEnum(StateEnum)
  state?: AccountState | null;
}

/** The administrator's desk: accounts, one-time links, postings. */
@Resolver(() => StaffAccount)
export class StaffResolver {
  constructor(private readonly accounts: AccountsService) {}

  @Query(() => StaffAccountConnection, { name: 'accounts', description: 'The accounts, by name in Latin letters.' })
  @Can(acts['account.read'])
  async list(@Context() request: RequestContext, @Args() args: AccountsArgs): Promise<Page<StaffAccount>> {
    const after = afterKey(args, 'text', 'id');
    if (after !== undefined && (typeof after[0] !== 'string' || !isId(after[1]))) throw badInput('after', 'validation.cursor');
    const rows = await listAccounts(await request.query(), args.first, after, args.state ?? null);
    return pageOf(args, rows, (row) => [row.nameLatin, row.id], (row) => ({ ...row }));
  }

  @Query(() => StaffAccount, { name: 'account', description: 'One account.' })
  @Can(acts['account.read'])
  async one(@Context() request: RequestContext, @Args('id', { type: () => IdScalar, description: 'The account.' }) id: string): Promise<StaffAccount> {
    const account = await request.load(accountById, id);
    if (account === undefined) throw notFound();
    return account;
  }

  @ResolveField(() => [StaffPosting], { description: 'Her postings, past ones too, the newest first, at most 100.' })
  async postings(@Context() request: RequestContext, @Parent() account: StaffAccount): Promise<readonly StaffPosting[]> {
    return (await request.load(postingsOfAccount, account.id)) ?? [];
  }

  @ResolveField(() => ExternalSignIn, { nullable: true, description: 'The person of the external issuer whose access tokens count as hers.' })
  externalSignIn(@Parent() { signInIssuer: issuer, signInSubject: subject, signInAt: linkedAt }: AccountRow): ExternalSignIn | null {
    return issuer === null || subject === null || linkedAt === null ? null : { issuer, subject, linkedAt };
  }

  @Mutation(() => IssuedLinkResult, { description: 'Invites a person. The answer holds a one-time link, shown once, with which she sets her password.' })
  @Can(acts['account.invite'])
  async inviteAccount(@Context() request: RequestContext, @Args('input') input: InviteAccountInput): Promise<object> {
    const whole = { ...input, nameKm: input.nameKm ?? null, phone: input.phone ?? null };
    return issued(request, await this.accounts.invite(request.actor, whole, request.requestId));
  }

  @Mutation(() => IssuedLinkResult, { description: 'Makes a one-time link, shown once, to set a new password; for somebody who never came it is the invitation again. An earlier link ends.' })
  @Can(acts['account.issueLink'])
  async issueResetLink(@Context() request: RequestContext, @Args('input') input: IssueResetLinkInput): Promise<object> {
    return issued(request, await this.accounts.issueLink(request.actor, input, request.requestId));
  }

  @Mutation(() => StaffAccountResult, { description: 'Closes an account for good: its sessions, links and postings end.' })
  @Can(acts['account.close'])
  async closeAccount(@Context() request: RequestContext, @Args('input') input: CloseAccountInput): Promise<object> {
    return answer(request, staff, this.accounts.close(request.actor, input, request.requestId), (id) => request.load(accountById, id));
  }

  @Mutation(() => StaffAccountResult, { description: 'Links an account to a person of the external issuer: her access tokens count from the next request on, as far as her postings go.' })
  @Can(acts['account.linkSignIn'])
  async linkSignIn(@Context() request: RequestContext, @Args('input') input: LinkSignInInput): Promise<object> {
    return answer(request, staff, this.accounts.linkSignIn(request.actor, input, request.requestId), (id) => request.load(accountById, id));
  }

  @Mutation(() => StaffAccountResult, { description: 'Ends the link to a person of the external issuer: her access tokens count no more from the next request on.' })
  @Can(acts['account.unlinkSignIn'])
  async unlinkSignIn(@Context() request: RequestContext, @Args('input') input: UnlinkSignInInput): Promise<object> {
    return answer(request, staff, this.accounts.unlinkSignIn(request.actor, input, request.requestId), (id) => request.load(accountById, id));
  }

  @Mutation(() => StaffPostingResult, { description: 'Gives a person a role at a place. From today means from the next request on.' })
  @Can(acts['posting.set'])
  async setPosting(@Context() request: RequestContext, @Args('input') input: SetPostingInput): Promise<object> {
    const whole = { ...input, officeId: input.officeId ?? null, institutionId: input.institutionId ?? null, to: input.to ?? null };
    return answer(request, staff, this.accounts.setPosting(request.actor, whole, request.requestId), (id) => request.load(postingById, id));
  }

  @Mutation(() => StaffPostingResult, { description: 'Moves a posting to another place: the old one ends where the new one, with the same role, begins.' })
  @Can(acts['posting.move'])
  async movePosting(@Context() request: RequestContext, @Args('input') input: MovePostingInput): Promise<object> {
    const whole = { ...input, officeId: input.officeId ?? null, institutionId: input.institutionId ?? null };
    return answer(request, staff, this.accounts.movePosting(request.actor, whole, request.requestId), (id) => request.load(postingById, id));
  }

  @Mutation(() => StaffPostingResult, { description: 'Ends a posting. The last administrator cannot be ended, and nobody ends her own.' })
  @Can(acts['posting.end'])
  async endPosting(@Context() request: RequestContext, @Args('input') input: EndPostingInput): Promise<object> {
    return answer(request, staff, this.accounts.endPosting(request.actor, input, request.requestId), (id) => request.load(postingById, id));
  }
}

async function issued(request: RequestContext, { result, link }: Issued): Promise<object> {
  return answer(request, staff, Promise.resolve(result), async (id) => {
    const account = await request.load(accountById, id);
    return account === undefined ? undefined : { account, link };
  });
}
