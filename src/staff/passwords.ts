import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** OWASP's equal of N = 2^17: 32 MB and three passes. */
const COST = { ln: 15, r: 8, p: 3 };
const LENGTH = 32;
/** Hashes at once: 2 x 32 MB, and half of Node's four threads stay free for others. */
const AT_ONCE = 2;
/** Who would wait longer than about ten seconds is sent away at once. */
const WAITING = 60;

/** So many sign-ins wait already that one more would only time out. */
export class TooBusy extends Error {
  override name = 'TooBusy';
}

/**
 * Hashes passwords with scrypt: memory-hard, a salt for each, the parameters in the text, so that they may grow. At
 * most {@link AT_ONCE} run in a process, which bounds its memory whoever asks.
 */
@Injectable()
export class Passwords {
  #running = 0;
  readonly #queue: (() => void)[] = [];

  /** The text to keep for a password. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const key = await this.#derive(password, salt, COST, LENGTH);
    return ['scrypt', COST.ln, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
  }

  /** Is this the password? Without a kept text the same work is done for a no, so that time tells nothing about who has an account. */
  async verify(password: string, kept: string | null | undefined): Promise<boolean> {
    const known = parse(kept ?? '');
    const { cost, salt, key } = known ?? { cost: COST, salt: randomBytes(16), key: randomBytes(LENGTH) };
    const derived = await this.#derive(password, salt, cost, key.length);
    return timingSafeEqual(derived, key) && known !== undefined;
  }

  async #derive(password: string, salt: Uint8Array, cost: typeof COST, length: number): Promise<Buffer> {
    await this.#turn();
    try {
      const N = 2 ** cost.ln;
      return await new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, length, { N, r: cost.r, p: cost.p, maxmem: 128 * N * cost.r + 2 ** 20 * 16 }, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      });
    } finally {
      this.#running -= 1;
      this.#queue.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#running >= AT_ONCE) {
      if (this.#queue.length >= WAITING) throw new TooBusy();
      await new Promise<void>((go) => this.#queue.push(go));
    }
    this.#running += 1;
  }
}

function parse(kept: string): { cost: typeof COST; salt: Buffer; key: Buffer } | undefined {
  const [kind, ln, r, p, salt, key] = kept.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return undefined;
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const isCost = Object.values(cost).every(Number.isInteger) && cost.ln >= 10 && cost.ln <= 18;
  return isCost ? { cost, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') } : undefined;
}
