import { Inject, Injectable } from '@nestjs/common';
import { jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload, JWTVerifyResult } from 'jose';
import type { Logger } from 'pino';
import { Clock } from '../clock.js';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import type { OidcConfig } from '../config/oidc.js';
import { LOG } from '../logging/log.js';
import type { ExternalClaims } from './actor-source.js';
import { IssuerKeys, KEY_TIMES } from './issuer-keys.js';
import { VerifiedTokens } from './verified-tokens.js';

/** Signatures that only the issuer can make. With a shared key everybody who can check could sign. */
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
/** Seconds by which two clocks may differ. */
const LEEWAY = 10;
/** RFC 9068 says `at+jwt`; older issuers `JWT` or nothing. A logout token or another kind of statement signs nobody in. */
const TYPES = new Set(['at+jwt', 'application/at+jwt', 'jwt']);

/** Reads the access tokens of the external issuer, where the configuration names one. It says who, never what she may do. */
@Injectable()
export class ExternalIssuer {
  readonly #verified = new VerifiedTokens<ExternalClaims>();
  readonly #keys: IssuerKeys | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LOG) log: Logger,
  ) {
    const { oidc } = config;
    const told = (error: unknown): void => log.warn({ issuer: oidc?.issuer, reason: reasonOf(error) }, 'the keys of the issuer could not be read');
    this.#keys = oidc === undefined ? undefined : new IssuerKeys((signal) => readKeys(oidc, config.production, signal), clock, told);
  }

  /** Who the token speaks of; undefined for a token that is not the issuer's, not for us, or not good now. */
  async verify(token: string): Promise<ExternalClaims | undefined> {
    const { oidc } = this.config;
    const keys = this.#keys;
    if (oidc === undefined || keys === undefined) return undefined;
    const now = this.clock.now();
    const known = this.#verified.find(token, now);
    if (known !== undefined) return known;
    try {
      const result = await jwtVerify(token, (header, jws) => keys.get(header, jws), {
        issuer: oidc.issuer, audience: oidc.audience, algorithms: ALGORITHMS, currentDate: now, clockTolerance: LEEWAY, requiredClaims: ['exp', 'sub'],
      });
      const claims = claimsOf(result, oidc.issuer);
      // Not longer than the keys count: a key that the issuer has withdrawn is asked for again.
      if (claims !== undefined) this.#verified.keep(token, claims, Math.min((result.payload.exp ?? 0) * 1000, now.getTime() + KEY_TIMES.fresh));
      return claims;
    } catch {
      return undefined;
    }
  }
}

function claimsOf({ protectedHeader, payload }: JWTVerifyResult<JWTPayload>, issuer: string): ExternalClaims | undefined {
  const { typ } = protectedHeader;
  if (typ !== undefined && !TYPES.has(String(typ).toLowerCase())) return undefined;
  // Keycloak writes into the payload what kind of token it is: ID and refresh tokens are not for us.
  if (payload['typ'] !== undefined && payload['typ'] !== 'Bearer') return undefined;
  // Bound to a key that a bearer does not show (RFC 8705, RFC 9449): whoever brings it alone may have found it.
  if (payload['cnf'] !== undefined) return undefined;
  return typeof payload.sub === 'string' && payload.sub !== '' ? { issuer, subject: payload.sub } : undefined;
}

async function readKeys({ issuer, jwksUri }: OidcConfig, production: boolean, signal: AbortSignal): Promise<JSONWebKeySet> {
  return (await readJson(jwksUri ?? (await discover(issuer, production, signal)), signal)) as JSONWebKeySet;
}

async function discover(issuer: string, production: boolean, signal: AbortSignal): Promise<URL> {
  const found = (await readJson(new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`), signal)) as { issuer?: unknown; jwks_uri?: unknown };
  if (found.issuer !== issuer) throw new Error('the discovery document is of another issuer than OIDC_ISSUER');
  const url = new URL(String(found.jwks_uri));
  if (production && url.protocol !== 'https:') throw new Error('the keys are not served over TLS');
  return url;
}

async function readJson(url: URL, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json, application/jwk-set+json' } });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/** A sentence of ours or the code of a failed connection. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  if (typeof cause?.code === 'string') return cause.code;
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown';
}
