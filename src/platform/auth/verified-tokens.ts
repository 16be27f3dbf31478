import { createHash } from 'node:crypto';

/**
 * What tokens said that were found good, until they expire: at most so many, the longest unasked forgotten first. It
 * spares the signature and nothing else; whether the session and the account still stand is read at each request.
 */
export class VerifiedTokens<T> {
  /** By hash: a memory dump holds no token. The oldest stands first. */
  readonly #kept = new Map<string, { readonly value: T; readonly until: number }>();

  constructor(private readonly most = 10_000) {}

  /** How many are kept. */
  get size(): number {
    return this.#kept.size;
  }

  /** What this token said; undefined for one that is not kept, or has expired. */
  find(token: string, now: Date): T | undefined {
    const key = hashOf(token);
    const found = this.#kept.get(key);
    if (found === undefined) return undefined;
    this.#kept.delete(key);
    if (found.until <= now.getTime()) return undefined;
    this.#kept.set(key, found);
    return found.value;
  }

  /** Keeps what a good token said until a moment, in milliseconds. */
  keep(token: string, value: T, until: number): void {
    const key = hashOf(token);
    this.#kept.delete(key);
    this.#kept.set(key, { value, until });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.most && oldest !== undefined) this.#kept.delete(oldest);
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
