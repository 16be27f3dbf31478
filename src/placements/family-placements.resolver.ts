import { Context, Extensions, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Family } from '../carers/family.graphql.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Placement } from './placement.graphql.js';
import { placementsOfFamily } from './placements.queries.js';
import { toPlacement } from './placements.resolver.js';

/** Who has lived with a family: a field that this room adds to the family's file. */
@Resolver(() => Family)
export class FamilyPlacementsResolver {
  @Extensions({ maximum: 50 })
  @ResolveField(() => [Placement], { description: 'Children\'s stays with the family and plans for them, the latest first, at most 50; only of children and families of the caller\'s offices.' })
  async placements(@Parent() family: Family, @Context() request: RequestContext): Promise<Placement[]> {
    return ((await request.load(placementsOfFamily, family.id)) ?? []).map((row) => toPlacement(request, row));
  }
}
