import { randomBytes } from 'node:crypto';

/** The layout of a UUID as PostgreSQL prints it: lower case, with hyphens. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const COUNTER_LIMIT = 0x1000;

let lastMs = 0;
let counter = 0;

/**
 * A new UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, a counter of 12 bits, 62 random bits.
 * Within one process every id sorts after the one before it, also when many are made in one
 * millisecond and when the clock is set back: the last moment is then used again and counted on.
 */
export function newId(): string {
  const bytes = randomBytes(10);
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // Half of the counter's room is left free, so that a busy millisecond rarely borrows from the next.
    counter = bytes.readUInt16BE(0) & 0x7ff;
  } else {
    counter += 1;
    if (counter >= COUNTER_LIMIT) {
      lastMs += 1;
      counter = 0;
    }
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const count = counter.toString(16).padStart(3, '0');
  const variant = ((bytes.readUInt8(2) & 0x3f) | 0x80).toString(16);
  const rest = bytes.toString('hex', 3, 10);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`;
}

/**
 * Is this text an id as the database prints it? Any version is accepted (an unknown id is NOT_FOUND,
 * not a broken request), upper case is not: maps of loaders compare ids as text.
 */
export function isId(s: unknown): s is string {
  return typeof s === 'string' && ID.test(s);
}
