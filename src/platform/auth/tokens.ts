import { Inject, Injectable } from '@nestjs/common';
import { SignJWT, decodeProtectedHeader, jwtVerify } from 'jose';
import { Clock } from '../clock.js';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import type { ExternalClaims, TokenClaims } from './actor-source.js';
import { ExternalIssuer } from './external-issuer.js';
import { VerifiedTokens } from './verified-tokens.js';

const ISSUER = 'register';
/** Ours are signed with the secret of this register, an external issuer's never with a shared one: the two cannot be mistaken. */
const ALGORITHM = 'HS256';
/** Seconds an access token lives. */
export const ACCESS_SECONDS = 15 * 60;

/** Issues and verifies access tokens. Verified tokens are kept until they expire; whether the session still stands is read elsewhere, each time. */
@Injectable()
export class Tokens {
  readonly #verified = new VerifiedTokens<TokenClaims>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ExternalIssuer) private readonly external: ExternalIssuer,
  ) {}

  async issue(claims: TokenClaims): Promise<string> {
    const seconds = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ sid: claims.sessionId })
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setSubject(claims.userId)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + ACCESS_SECONDS)
      .sign(this.config.tokenSecret);
  }

  /** The claims of a token that is ours or the external issuer's and has not expired; undefined for anything else. */
  async verify(token: string): Promise<TokenClaims | ExternalClaims | undefined> {
    const now = this.clock.now();
    const known = this.#verified.find(token, now);
    if (known !== undefined) return known;
    return algorithmOf(token) === ALGORITHM ? this.#own(token, now) : this.external.verify(token);
  }

  async #own(token: string, now: Date): Promise<TokenClaims | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.config.tokenSecret, {
        algorithms: [ALGORITHM], issuer: ISSUER, audience: ISSUER, currentDate: now, requiredClaims: ['exp', 'sub', 'sid'],
      });
      if (typeof payload.sub !== 'string' || typeof payload['sid'] !== 'string') return undefined;
      const claims = { userId: payload.sub, sessionId: payload['sid'] };
      this.#verified.keep(token, claims, (payload.exp ?? 0) * 1000);
      return claims;
    } catch {
      return undefined;
    }
  }
}

function algorithmOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg;
  } catch {
    return undefined;
  }
}
