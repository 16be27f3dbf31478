import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { Payee, PayeeResult, SetPayeeInput } from './payee.graphql.js';
import type { PayeeMethod } from './payee.graphql.js';
import { payeeById } from './payees.repo.js';
import { PayeesService } from './payees.service.js';
import { PaymentLine } from './run.graphql.js';
import { acts } from './support.policy.js';
import { support } from './support.refusals.js';

@Resolver(() => PaymentLine)
export class PayeesResolver {
  constructor(private readonly service: PayeesService) {}

  @Mutation(() => PayeeResult, { description: 'Says to whom a family\'s money, or that of a child at home, is paid from now on. Lines calculated before keep their payee.' })
  @Can(acts['payee.set'])
  setPayee(@Args('input') input: SetPayeeInput, @Context() request: RequestContext) {
    return answer(request, support, this.service.set(request.actor, input, request.requestId), (id) => this.read(request, id));
  }

  @ResolveField(() => Payee, { nullable: true, description: 'To whom it is paid; null while the line is held.' })
  async payee(@Parent() line: PaymentLine, @Context() request: RequestContext): Promise<Payee | undefined> {
    return line.payeeId === null ? undefined : this.read(request, line.payeeId);
  }

  private async read(request: RequestContext, id: string): Promise<Payee | undefined> {
    const row = await request.load(payeeById, id);
    return row && { id: row.id, name: row.name, method: row.method as PayeeMethod, accountEnding: this.service.accountEnding(row) };
  }
}
