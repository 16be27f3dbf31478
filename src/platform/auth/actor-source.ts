import type { CivilDate } from '../../kernel/civil-date.js';
import type { UserActor } from './roles.js';

/** What an access token says: an account and the session it was issued to. Rights are never in it. */
export interface TokenClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/** Turns a token's claims into an actor, read at each request: a change of rights counts from the next one. */
export abstract class ActorSource {
  /** The actor with the postings live on that day; undefined when the account is closed or the session revoked. */
  abstract load(claims: TokenClaims, today: CivilDate): Promise<UserActor | undefined>;
}
