import type { CivilDate } from '../../kernel/civil-date.js';
import type { UserActor } from './roles.js';

/** What an access token of ours says: an account and the session it was issued to. Rights are never in it. */
export interface TokenClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/** What an access token of the external issuer says: whom it speaks of. Never an e-mail address, which changes hands. */
export interface ExternalClaims {
  readonly issuer: string;
  readonly subject: string;
}

/** Turns a token's claims into an actor, read at each request: a change of rights counts from the next one. */
export abstract class ActorSource {
  /** The actor with the postings live on that day; undefined when the account is closed, the session revoked or the sign-in not linked. */
  abstract load(claims: TokenClaims | ExternalClaims, today: CivilDate): Promise<UserActor | undefined>;
}
