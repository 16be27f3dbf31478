import { Context, Extensions, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Child } from '../children/child.graphql.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Entitlement } from './entitlement.graphql.js';
import { entitlementsOf } from './entitlements.repo.js';
import type { SupportScheme } from './run.graphql.js';

@Resolver(() => Child)
export class EntitlementsResolver {
  @ResolveField(() => [Entitlement], { description: 'Her entitlements to support, the latest first, at most 20; seen by her offices.' })
  @Extensions({ maximum: 20 })
  async entitlements(@Parent() child: Child, @Context() request: RequestContext): Promise<Entitlement[]> {
    const rows = (await request.load(entitlementsOf, child.id)) ?? [];
    return rows.map((row) => ({ id: row.id, scheme: row.scheme_code as SupportScheme, opensOn: row.from_day, endsOn: row.to_day, stop: row.stop }));
  }
}
