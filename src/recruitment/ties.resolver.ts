import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { openFamily } from '../carers/families.resolver.js';
import { Family } from '../carers/family.graphql.js';
import { defineLoader } from '../platform/graphql/context.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { acts } from './recruitment.policy.js';
import { recruitment } from './recruitment.refusals.js';
import { DeclareTieInput, FamilyTie, TiedFamilyResult, WithdrawTieInput } from './tie.graphql.js';
import type { KinRelation } from './tie.graphql.js';
import { TiesService } from './ties.service.js';

interface TieRow {
  readonly family_id: string;
  readonly account_id: string;
  readonly adult_id: string | null;
  readonly relation: KinRelation | null;
}

const MOST_TIES = 30;

const tiesOf = defineLoader<TieRow[]>('familyTies', async (op, ids) => {
  const rows = await op.tx.rows<TieRow>(
    `select family_id, account_id, id as adult_id, null as relation from carers.adults where family_id = any ($1::uuid[]) and account_id is not null
     union all select family_id, account_id, null, relation from carers.family_ties where family_id = any ($1::uuid[]) and ended_on is null order by account_id`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id).slice(0, MOST_TIES));
});

@Resolver(() => Family)
export class TiesResolver {
  constructor(private readonly service: TiesService) {}

  @Mutation(() => TiedFamilyResult, { description: 'Declares that an adult of a family is somebody of the staff, or that somebody of the staff is related to it.' })
  @Can(acts['tie.declare'])
  declareTie(@Args('input') input: DeclareTieInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.declare(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => TiedFamilyResult, { description: 'Takes back what was declared to tie somebody of the staff to a family. A supervisor\'s decision, who is not tied to it herself.' })
  @Can(acts['tie.withdraw'])
  withdrawTie(@Args('input') input: WithdrawTieInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.withdraw(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @ResolveField(() => [FamilyTie], { description: 'Staff who live in the family or are related to it, at most 30.' })
  @Extensions({ maximum: MOST_TIES })
  async ties(@Parent() family: Family, @Context() request: RequestContext): Promise<FamilyTie[]> {
    return ((await request.load(tiesOf, family.id)) ?? []).map((row) => ({ accountId: row.account_id, adultId: row.adult_id, relation: row.relation }));
  }
}
