import { Injectable, SetMetadata } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Act } from '../auth/acts.js';
import { mayEver } from '../auth/acts.js';
import { Problem, forbidden } from '../errors.js';
import type { RequestContext } from './context.js';

export const CAN = 'register:can';
export const PUBLIC = 'register:public';

/** Which act a root field is: nobody without a live posting for it passes the door. */
export const Can = (act: Act) => SetMetadata(CAN, act);

/** Opens a root field to everybody who is not signed in, and says why. */
export const Public = (why: string) => SetMetadata(PUBLIC, why);

/** Marks a root field that every signed-in person may use, whatever her posting. */
export const SIGNED_IN = 'signed-in' as Act;

/** The door. A root field without `@Can` or `@Public` stays shut. */
@Injectable()
export class DoorGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType<string>() !== 'graphql') return true;
    const handler = context.getHandler();
    const info = GqlExecutionContext.create(context).getInfo<{ parentType: { name: string } }>();
    if (!['Query', 'Mutation', 'Subscription'].includes(info.parentType.name)) return true;
    if (this.reflector.get<string | undefined>(PUBLIC, handler) !== undefined) return true;
    const request = GqlExecutionContext.create(context).getContext<RequestContext>();
    const act = this.reflector.get<Act | undefined>(CAN, handler);
    if (request.user === undefined) throw new Problem('UNAUTHENTICATED');
    if (act === SIGNED_IN) return true;
    if (act === undefined || !mayEver(request.user, act)) {
      await request.denied(act ?? ('unnamed' as Act));
      if (request.user.needsSecondFactor) throw new Problem('FORBIDDEN', 'problem.SECOND_FACTOR');
      const onlyAnalyst = request.user.postings.length > 0 && request.user.postings.every(({ role }) => role === 'policy_analyst');
      throw onlyAnalyst ? new Problem('FORBIDDEN', 'problem.ANALYST') : forbidden();
    }
    return true;
  }
}
