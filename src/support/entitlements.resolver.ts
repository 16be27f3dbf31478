import { Context, Extensions, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Child } from '../children/child.graphql.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Entitlement } from './entitlement.graphql.js';
import { ChildPayment } from './child-payment.graphql.js';
import { entitlementsOf, paymentsOf } from './entitlements.repo.js';
import type { PaymentLineKind, PaymentRunState, SupportScheme } from './run.graphql.js';

@Resolver(() => Child)
export class EntitlementsResolver {
  @ResolveField(() => [Entitlement], { description: 'Her entitlements to support, the latest first, at most 20; seen by her offices.' })
  @Extensions({ maximum: 20 })
  async entitlements(@Parent() child: Child, @Context() request: RequestContext): Promise<Entitlement[]> {
    const rows = (await request.load(entitlementsOf, child.id)) ?? [];
    return rows.map((row) => ({ id: row.id, scheme: row.scheme_code as SupportScheme, opensOn: row.from_day, endsOn: row.to_day, stop: row.stop }));
  }

  @ResolveField(() => [ChildPayment], { description: 'What was calculated for her, the latest month first, at most 60; of the runs that the caller may read, and nothing for who may read none.' })
  @Extensions({ maximum: 60 })
  async payments(@Parent() child: Child, @Context() request: RequestContext): Promise<ChildPayment[]> {
    const rows = (await request.load(paymentsOf, child.id)) ?? [];
    return rows.map((row) => ({
      id: row.id, runId: row.run_id, state: row.state as PaymentRunState, month: row.month, kind: row.kind as PaymentLineKind, familyId: row.family_id, nights: row.nights, riel: row.riel,
    }));
  }
}
