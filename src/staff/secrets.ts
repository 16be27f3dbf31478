import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A new secret of 256 random bits, for a link or a refresh token. It is shown once and kept only as its hash. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The hash under which a secret is kept. A secret of full entropy needs no slow hash. */
export function hashOfSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}

/** The one refresh token that may follow another: whoever sends the same token twice gets the same answer twice. */
export function successorOf(token: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(`refresh:${token}`).digest('base64url');
}

/** A keyed hash of a sign-in name or network address: enough to count by, useless to read. */
export function keyedHash(text: string, key: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(`count:${text}`).digest().subarray(0, 16);
}
