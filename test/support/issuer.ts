import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';
import type { Configuration, Provider } from 'oidc-provider';

/** What the tests' tokens name in `aud`. */
export const AUDIENCE = 'https://register.example/graphql';
const SECRET = 'a secret of the issuer\'s clients, long enough for it';
const LIFETIME = 3600;

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

/** An issuer of OpenID Connect on loopback: a real oidc-provider that rotates its keys, goes down and comes back. */
export class Issuer {
  /** How often the keys were asked for. */
  asked = 0;
  /** Ends every connection without an answer. */
  down = false;
  #keys: readonly Key[] = [];
  /** Of the other algorithms: made once, since an RSA key takes its time. */
  #others: readonly Key[] | undefined;
  #number = 0;
  #handle: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined;

  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly people: readonly string[],
  ) {}

  /** `people` are those whom it knows, by `sub`. */
  static async start(people: readonly string[]): Promise<Issuer> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const issuer = new Issuer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, people);
    server.on('request', (request, response) => {
      if (issuer.down) return void request.socket.destroy();
      if (request.url === '/jwks') issuer.asked += 1;
      issuer.#handle(request, response);
    });
    await issuer.rotate();
    return issuer;
  }

  /** A new key signs from now on; the one before it is published once more, the one before that no longer. */
  async rotate(): Promise<void> {
    this.#others ??= await Promise.all(['RS256', 'EdDSA'].map((alg) => makeKey(alg, alg)));
    this.#keys = [await makeKey(`key-${(this.#number += 1)}`, 'ES256'), ...this.#keys.slice(0, 1)];
    this.#handle = (await quietly(() => provider(this.url, this.#configuration()))).callback();
  }

  /** An access token for a person, from the provider's token endpoint. */
  async token(sub: string, resource = AUDIENCE): Promise<string> {
    const response = await fetch(`${this.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${sub}:${encodeURIComponent(SECRET)}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
    });
    const answer = (await response.json()) as { access_token?: string };
    if (answer.access_token === undefined) throw new Error(`The issuer gave no token: ${JSON.stringify(answer)}`);
    return answer.access_token;
  }

  /** A token that is good but for what is said otherwise, signed with the issuer's own key. */
  async sign(claims: JWTPayload, header: { alg?: string; kid?: string; typ?: string } = {}, moment = new Date()): Promise<string> {
    const key = this.key(header.alg);
    const seconds = Math.floor(moment.getTime() / 1000);
    const whole = { iss: this.url, aud: AUDIENCE, iat: seconds, exp: seconds + LIFETIME, ...claims };
    return new SignJWT(whole).setProtectedHeader({ kid: key.kid, typ: 'at+jwt', ...header, alg: key.alg }).sign(key.privateKey);
  }

  /** The key that signs now. */
  key(alg = 'ES256'): Key {
    const key = this.#all().find((one) => one.alg === alg);
    if (key === undefined) throw new Error(`The issuer has no key for ${alg}.`);
    return key;
  }

  /** Its public key as text, which anybody can read. */
  async publicText(): Promise<string> {
    return exportSPKI(this.key().publicKey);
  }

  /** Nobody listens any more. */
  async stop(): Promise<void> {
    await new Promise<void>((done) => {
      this.server.close(() => done());
      this.server.closeAllConnections();
    });
  }

  #all(): readonly Key[] {
    return [...this.#keys, ...(this.#others ?? [])];
  }

  #configuration(): Configuration {
    return {
      clients: this.people.map((id) => ({ client_id: id, client_secret: SECRET, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] })),
      jwks: { keys: this.#all().map(({ jwk }) => jwk) } as Configuration['jwks'],
      ttl: { ClientCredentials: LIFETIME },
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_context, resource) => ({ scope: 'register', audience: resource, accessTokenTTL: LIFETIME, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
        },
      },
    };
  }
}

async function provider(url: string, configuration: Configuration): Promise<Provider> {
  const { Provider: Made } = await import('oidc-provider');
  return new Made(url, configuration);
}

/** It warns, each time, of a Node it was not tried with and of memory that forgets: both are what a test wants. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { warn, info } = console;
  console.warn = console.info = () => undefined;
  try {
    return await work();
  } finally {
    Object.assign(console, { warn, info });
  }
}

async function makeKey(kid: string, alg: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey, jwk: { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' } };
}
