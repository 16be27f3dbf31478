/** The external issuer whose access tokens count here beside our own. */
export interface OidcConfig {
  /** As its tokens write it in `iss`, letter for letter. */
  readonly issuer: string;
  /** What its tokens must name in `aud`: this register and no other program. */
  readonly audience: string;
  /** Where its keys are; without it the issuer's discovery document says so. */
  readonly jwksUri: URL | undefined;
}

/** Reads the settings of the external issuer; undefined where there is none. */
export function readOidc(env: Readonly<Record<string, string | undefined>>, production: boolean, problems: string[]): OidcConfig | undefined {
  const issuer = env['OIDC_ISSUER'] ?? '';
  const audience = env['OIDC_AUDIENCE'] ?? '';
  const jwksUri = env['OIDC_JWKS_URI'] ?? '';
  if (issuer === '') {
    if (audience !== '' || jwksUri !== '') problems.push('OIDC_ISSUER is missing: OIDC_AUDIENCE and OIDC_JWKS_URI say nothing without it.');
    return undefined;
  }
  if (audience === '') problems.push('OIDC_AUDIENCE is missing: without it a token that the issuer made for another program would count here.');
  address('OIDC_ISSUER', issuer, production, problems);
  return { issuer, audience, jwksUri: jwksUri === '' ? undefined : address('OIDC_JWKS_URI', jwksUri, production, problems) };
}

/** Whoever can change the keys on their way can sign in as anybody: in production they come over TLS. */
function address(name: string, value: string, production: boolean, problems: string[]): URL | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isGood = url !== undefined && (url.protocol === 'https:' || (!production && url.protocol === 'http:')) && url.username === '' && url.hash === '';
  if (!isGood) problems.push(`${name} must be an address that begins with https://.`);
  return url;
}
