import { Context, Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { IdScalar } from '../platform/graphql/scalars.js';
import { Can, SIGNED_IN } from '../platform/graphql/guard.js';
import type { RequestContext } from '../platform/graphql/context.js';

@ObjectType({ description: 'The signed-in person.' })
export class Me {
  @Field(() => IdScalar, { description: 'Her account.' })
  id: string;
}

@Resolver(() => Me)
export class StaffResolver {
  @Query(() => Me, { description: 'Who is signed in, and what she may do.' })
  @Can(SIGNED_IN)
  me(@Context() request: RequestContext): Me {
    return { id: request.actor.userId };
  }
}
