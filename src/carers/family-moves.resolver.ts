import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { acts } from './carers.policy.js';
import { carers } from './carers.refusals.js';
import { Family } from './family.graphql.js';
import { FamilyAddress, FamilyMoveResult, MoveFamilyInput } from './family-moves.graphql.js';
import type { FamilyMove } from './family-moves.graphql.js';
import { addressesOf, moveById } from './family-moves.repo.js';
import { FamilyMovesService } from './family-moves.service.js';

@Resolver(() => Family)
export class FamilyMovesResolver {
  constructor(private readonly service: FamilyMovesService) {}

  @Mutation(() => FamilyMoveResult, { description: 'Writes down that a family has moved. Its children go with it; in another province it gets no other child before a review there.' })
  @Can(acts['family.move'])
  moveFamily(@Args('input') input: MoveFamilyInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.move(request.actor, input, request.requestId), async (id): Promise<FamilyMove | undefined> => {
      const row = await request.load(moveById, id);
      return row && { id: row.id, familyId: row.family_id, on: row.on_day, officeId: row.to_office, suspended: row.suspended };
    });
  }

  @ResolveField(() => [FamilyAddress], { description: 'Where it lives and lived, the latest first, at most 30.' })
  @Extensions({ maximum: 30 })
  async addresses(@Parent() family: Family, @Context() request: RequestContext): Promise<FamilyAddress[]> {
    const rows = (await request.load(addressesOf, family.id)) ?? [];
    return rows.map((row) => ({ areaCode: row.area_code, from: row.starts, to: row.ends }));
  }
}
