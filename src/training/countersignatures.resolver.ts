import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayForOffice } from '../platform/auth/acts.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { CountersignInput, Countersignature, CountersignatureConnection, CountersignatureResult, CountersignaturesArgs, toCountersignature } from './countersignature.graphql.js';
import { countersignatureById, listCountersignatures } from './countersignatures.queries.js';
import { CountersignaturesService } from './countersignatures.service.js';
import { canApproveByCertificate } from './staff-certificates.js';
import { mayCountersign } from './training.domain.js';
import { acts } from './training.policy.js';
import { training } from './training.refusals.js';

@Resolver(() => Countersignature)
export class CountersignaturesResolver {
  constructor(private readonly service: CountersignaturesService) {}

  @Mutation(() => CountersignatureResult, { description: 'Countersigns what a colleague recorded without the certificate that it asks for.' })
  @Can(acts['record.countersign'])
  countersign(@Args('input') input: CountersignInput, @Context() request: RequestContext) {
    const work = this.service.countersign(request.actor, input, request.requestId);
    return answer(request, training, work, async (id) => {
      const row = await request.load(countersignatureById, id);
      return row && toCountersignature(row);
    });
  }

  @Query(() => CountersignatureConnection, { description: 'What waits for a supervisor\'s countersignature, or has it: of the caller\'s offices, and what she recorded herself; the latest first.' })
  @Can(acts['countersignature.read'])
  async countersignatures(@Args() page: CountersignaturesArgs, @Context() request: RequestContext): Promise<Page<Countersignature>> {
    const [after = null] = afterKey(page, 'id') ?? [];
    const rows = await listCountersignatures(await request.query(), page.waiting, after === null ? null : String(after), page.first + 1);
    return pageOf(page, rows, (row) => [row.id], toCountersignature);
  }

  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with it now, with the reason for each no.' })
  @Extensions({ maximum: 1 })
  async can(@Parent() one: Countersignature, @Context() request: RequestContext): Promise<ActAnswer[]> {
    const act = acts['record.countersign'];
    const decision = mayCountersign(one, request.actor.userId);
    return [canAct(request, act, mayForOffice(request.actor, act, one.officeId), training, decision.ok ? await canApproveByCertificate(request, act) : decision)];
  }
}
