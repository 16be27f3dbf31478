import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { forbidden } from '../platform/errors.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { Child, ChildResult } from './child.graphql.js';
import { recordDenied } from './child-parts.queries.js';
import { acts, mayForChild } from './children.policy.js';
import { opened } from './children.queries.js';
import { children } from './children.refusals.js';
import { openChild } from './children.resolver.js';
import { AgreementWithdrawal, ReviewWithdrawalInput, WithdrawAgreementInput } from './withdrawal.graphql.js';
import type { AgreementHolder, WithdrawalOutcome } from './withdrawal.graphql.js';
import { readWithdrawals } from './withdrawals.repo.js';
import { WithdrawalsService } from './withdrawals.service.js';

/** Parents' agreement taken back, and what followed. */
@Resolver(() => Child)
export class WithdrawalsResolver {
  constructor(private readonly withdrawals: WithdrawalsService) {}

  @Mutation(() => ChildResult, { description: 'Records that a parent or guardian takes back the agreement to a child\'s care; a supervisor reviews it.' })
  @Can(acts['child.withdrawAgreement'])
  withdrawAgreement(@Args('input') input: WithdrawAgreementInput, @Context() request: RequestContext) {
    return answer(request, children, this.withdrawals.withdraw(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => ChildResult, { description: 'Says what follows from an agreement that was taken back.' })
  @Can(acts['child.reviewWithdrawal'])
  reviewWithdrawal(@Args('input') input: ReviewWithdrawalInput, @Context() request: RequestContext) {
    return answer(request, children, this.withdrawals.review(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Extensions({ maximum: 20 })
  @ResolveField(() => [AgreementWithdrawal], { nullable: true, description: 'Agreements to her care that were taken back, the latest first, at most 20. Null with FORBIDDEN for who may not see it; who reads it is written down.' })
  async agreementWithdrawals(@Parent() child: Child, @Context() request: RequestContext): Promise<AgreementWithdrawal[]> {
    const act = acts['child.readWithdrawals'];
    if (!mayForChild(request.actor, act, child)) {
      await recordDenied(await request.query(), act);
      throw forbidden();
    }
    const rows = (await request.load(opened('child.withdrawals', request, readWithdrawals), child.id)) ?? [];
    return rows.map(({ id, by, on, outcome, reason, reviewedOn }) => ({ id, by: by as AgreementHolder, on, outcome: outcome as WithdrawalOutcome | null, reason, reviewedOn }));
  }
}
