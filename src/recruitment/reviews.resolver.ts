import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { openFamily } from '../carers/families.resolver.js';
import { Family } from '../carers/family.graphql.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { ChecksService } from './checks.service.js';
import { acts } from './recruitment.policy.js';
import { recruitment } from './recruitment.refusals.js';
import { FamilyReview, RenewCheckInput, ReviewFamilyInput, ReviewedFamilyResult } from './review.graphql.js';
import type { ReviewOutcome } from './review.graphql.js';
import { reviewsOf } from './reviews.repo.js';
import { ReviewsService } from './reviews.service.js';

@Resolver(() => Family)
export class ReviewsResolver {
  constructor(
    private readonly reviews: ReviewsService,
    private readonly checks: ChecksService,
  ) {}

  @Mutation(() => ReviewedFamilyResult, { description: 'Decides a family\'s yearly review: confirmed, with changed terms, suspended, or the approval removed. It also assesses a family anew after a separation or a death.' })
  @Can(acts['family.review'])
  reviewFamily(@Args('input') input: ReviewFamilyInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.reviews.review(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => ReviewedFamilyResult, { description: 'Records a check on an adult of a family outside an application: a renewal, or the first of a newcomer.' })
  @Can(acts['check.renew'])
  renewCheck(@Args('input') input: RenewCheckInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.checks.renewCheck(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  // Named so that it says whose: an application has reviews of its own.
  @ResolveField('yearlyReviews', () => [FamilyReview], { description: 'Its decided reviews, the latest first, at most 20.' })
  @Extensions({ maximum: 20 })
  async yearlyReviews(@Parent() family: Family, @Context() request: RequestContext): Promise<FamilyReview[]> {
    return ((await request.load(reviewsOf, family.id)) ?? []).map((row) => ({ id: row.id, on: row.on_day, outcome: row.outcome as ReviewOutcome, reason: row.reason }));
  }
}
