import { createLocalJWKSet, errors } from 'jose';
import type { CryptoKey, FlattenedJWSInput, JSONWebKeySet, JWSHeaderParameters } from 'jose';
import type { Clock } from '../clock.js';

/** How long an issuer's keys count, how seldom they are asked for, how long an answer may take: milliseconds. */
export const KEY_TIMES = {
  /** Younger keys are used without asking. */
  fresh: 10 * 60_000,
  /** Keys that could not be asked for again count until they are this old: an hour of the issuer's trouble is not ours. */
  stale: 60 * 60_000,
  /** Between two tries, good or bad, whatever is asked for: an unknown key id never makes more of them. */
  coolDown: 30_000,
  timeout: 3_000,
};

type Read = (signal: AbortSignal) => Promise<JSONWebKeySet>;
type Keys = ReturnType<typeof createLocalJWKSet>;

/**
 * The public keys of an issuer, asked for when one is needed: at most one question at a time, and whoever needs the
 * answer waits for that one. jose has such a cache too, but it cools down only after an answer that was good, so that an
 * issuer that is down would be asked again by every request; and it reads another clock than ours.
 */
export class IssuerKeys {
  #keys: Keys | undefined;
  #readAt = -Infinity;
  #triedAt = -Infinity;
  #reading: Promise<void> | undefined;

  constructor(
    private readonly read: Read,
    private readonly clock: Clock,
    /** Told of a try that failed, so that somebody hears of it. */
    private readonly onTrouble: (error: unknown) => void,
    private readonly times: typeof KEY_TIMES = KEY_TIMES,
  ) {}

  /** The key that a token's header names. Throws where there is none. */
  async get(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    if (this.#age() >= this.times.fresh) await this.#refresh();
    try {
      return await this.#known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#refresh();
      return this.#known(header, token);
    }
  }

  #age(): number {
    return this.clock.now().getTime() - this.#readAt;
  }

  async #known(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    if (this.#keys === undefined || this.#age() >= this.times.stale) throw new errors.JWKSNoMatchingKey();
    return this.#keys(header, token);
  }

  /** Asks for the keys, or waits for who asks already; does nothing where somebody asked a moment ago. */
  async #refresh(): Promise<void> {
    const now = this.clock.now().getTime();
    if (this.#reading === undefined && now - this.#triedAt < this.times.coolDown) return;
    if (this.#reading === undefined) this.#triedAt = now;
    this.#reading ??= this.#ask(now).finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  async #ask(now: number): Promise<void> {
    try {
      this.#keys = createLocalJWKSet(await this.read(AbortSignal.timeout(this.times.timeout)));
      this.#readAt = now;
    } catch (error) {
      this.onTrouble(error);
    }
  }
}
