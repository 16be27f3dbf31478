import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { ConfirmSecondFactorInput, ResetSecondFactorInput, SecondFactorSetResult, SecondFactorStartedResult, StartSecondFactorInput } from './second-factor.graphql.js';
import { SecondFactorService } from './second-factor.service.js';
import { StaffAccountResult } from './staff.graphql.js';
import { accountById } from './staff.loader.js';
import { staff } from './staff.messages.js';
import { acts } from './staff.policy.js';

/** One-time codes: what everybody does about her own, and what an administrator does about another's. */
@Resolver()
export class SecondFactorResolver {
  constructor(private readonly service: SecondFactorService) {}

  @Mutation(() => SecondFactorStartedResult, { description: 'Makes a secret for an authenticator of the signed-in person. Nothing changes before confirmSecondFactor, within a quarter of an hour.' })
  @Can(acts['secondFactor.start'])
  async startSecondFactor(@Context() request: RequestContext, @Args('input') input: StartSecondFactorInput): Promise<object> {
    const { result, once } = await this.service.start(request.actor, { ...input, code: input.code ?? '' }, request.address, request.requestId);
    return result.ok ? { secret: once?.secret ?? null, uri: once?.uri ?? null } : staff.show(request, result);
  }

  @Mutation(() => SecondFactorSetResult, { description: 'Takes the first code of the new authenticator: from now on one is asked for at sign-in. Codes of before count no more, her other sessions end.' })
  @Can(acts['secondFactor.confirm'])
  async confirmSecondFactor(@Context() request: RequestContext, @Args('input') input: ConfirmSecondFactorInput): Promise<object> {
    const { result, once } = await this.service.confirm(request.actor, input, request.address, request.requestId);
    return result.ok ? { recoveryCodes: once, me: { id: result.value } } : staff.show(request, result);
  }

  @Mutation(() => StaffAccountResult, { description: 'Takes somebody\'s one-time codes away, for a lost telephone: her sessions end, and she is told.' })
  @Can(acts['secondFactor.reset'])
  async resetSecondFactor(@Context() request: RequestContext, @Args('input') input: ResetSecondFactorInput): Promise<object> {
    return answer(request, staff, this.service.reset(request.actor, input, request.requestId), (id) => request.load(accountById, id));
  }
}
