import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';
import { readOidc } from './oidc.js';

/** What is read, or the names of the settings that are wrong. */
function read(env: Readonly<Record<string, string>>, production = true): unknown {
  const problems: string[] = [];
  const found = readOidc(env, production, problems);
  return problems.length > 0 ? problems.map((problem) => problem.split(' ')[0]) : found;
}

const issuer = 'https://id.example/realms/social';

describe('the settings of an external issuer', () => {
  it('are none, or an issuer with an audience; its keys may be elsewhere', () => {
    expect(read({})).toBeUndefined();
    expect(read({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'register' })).toEqual({ issuer, audience: 'register', jwksUri: undefined });
    expect(read({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'register', OIDC_JWKS_URI: 'https://keys.example/' })).toMatchObject({ jwksUri: new URL('https://keys.example/') });
  });

  it.each([
    [{ OIDC_ISSUER: issuer }, ['OIDC_AUDIENCE']],
    [{ OIDC_AUDIENCE: 'register' }, ['OIDC_ISSUER']],
    [{ OIDC_JWKS_URI: issuer }, ['OIDC_ISSUER']],
    [{ OIDC_ISSUER: 'id.example', OIDC_AUDIENCE: 'register' }, ['OIDC_ISSUER']],
    [{ OIDC_ISSUER: 'http://id.example', OIDC_AUDIENCE: 'register' }, ['OIDC_ISSUER']],
    [{ OIDC_ISSUER: 'https://me@id.example', OIDC_AUDIENCE: 'register', OIDC_JWKS_URI: 'http://id.example' }, ['OIDC_ISSUER', 'OIDC_JWKS_URI']],
  ])('are refused: %j', (env, wrong) => {
    expect(read(env)).toEqual(wrong);
  });

  it('may do without TLS where nothing is real', () => {
    expect(read({ OIDC_ISSUER: 'http://127.0.0.1:3940', OIDC_AUDIENCE: 'register' }, false)).toMatchObject({ issuer: 'http://127.0.0.1:3940' });
  });
});

describe('one-time codes', () => {
  const env = { DATABASE_URL: 'postgres://a@b/c', TOKEN_SECRET: 'x'.repeat(43), FIELD_KEYS: `1:${Buffer.alloc(32).toString('base64')}`, PUBLIC_URL: 'https://register.example' };

  it('are required in a real register and offered elsewhere, unless the operator says otherwise', () => {
    expect(readConfig(env).secondFactor).toBe('offered');
    expect(readConfig({ ...env, NODE_ENV: 'production' }).secondFactor).toBe('required');
    expect(readConfig({ ...env, NODE_ENV: 'production', SECOND_FACTOR: 'offered' }).secondFactor).toBe('offered');
    expect(() => readConfig({ ...env, SECOND_FACTOR: 'off' })).toThrow('SECOND_FACTOR must be "required" or "offered".');
  });
});
