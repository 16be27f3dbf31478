import { Field, ObjectType } from '@nestjs/graphql';
import type { Result } from '../../kernel/result.js';
import type { Act } from '../auth/acts.js';
import { say } from '../messages/messages.js';
import type { RequestContext } from './context.js';
import type { Refusals } from './refused.js';

/** One act that belongs to an object: may the caller do it now, and if not, why not. */
@ObjectType({ description: 'One act that belongs to this object: may the caller do it now, and if not, why not. The policy that answers is the one that refuses.' })
export class ActAnswer {
  @Field(() => String, { description: 'The act, a verb of the trade: `campaign.close`.' })
  act: string;

  @Field(() => Boolean, { description: 'May the caller do it, as things stand?' })
  allowed: boolean;

  @Field(() => String, { nullable: true, description: 'The code of the reason for a no: FORBIDDEN, or the refusal that the act would answer.' })
  code: string | null;

  @Field(() => String, { nullable: true, description: 'The reason for a no and what to do next, in the language of the request.' })
  reason: string | null;
}

/**
 * The answer for one act. `may` is the word of the room's policy; `decision` what the room's pure `decide` says about
 * the object as it stands (only its refusal is read), for acts that need more than the right posting.
 */
export function canAct<C extends string>(request: RequestContext, act: Act, may: boolean, refusals?: Refusals<C>, decision?: Result<unknown, C>): ActAnswer {
  if (!may) return { act, allowed: false, code: 'FORBIDDEN', reason: say(request.language, 'problem.FORBIDDEN') };
  if (refusals === undefined || decision === undefined || decision.ok) return { act, allowed: true, code: null, reason: null };
  const { code, message } = refusals.show(request, decision);
  return { act, allowed: false, code, reason: message };
}
