/**
 * Keyset cursors: the sort values of the last row, opaque to the caller.
 * A cursor proves nothing and grants nothing: the query that uses it applies the actor's scope as always.
 */

export type CursorPart = string | number | null;

/** Longest cursor in characters: room for an id and a name of 100 Khmer characters. */
const MAX_LENGTH = 512;
const MAX_PARTS = 8;
const SHAPE = /^[A-Za-z0-9_-]+$/;
/** PostgreSQL takes neither the zero character nor half a surrogate pair in a text. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

function isPart(part: unknown): part is CursorPart {
  if (part === null) return true;
  if (typeof part === 'number') return Number.isFinite(part);
  return typeof part === 'string' && !UNSTORABLE.test(part);
}

function isParts(parts: unknown): parts is CursorPart[] {
  return Array.isArray(parts) && parts.length <= MAX_PARTS && parts.every(isPart);
}

/**
 * A cursor from the sort values of a row, in the order of the sort. Throws a RangeError when it would
 * be longer than 512 characters, has more than 8 parts, or holds a value that no sort column can hold.
 */
export function encodeCursor(parts: readonly CursorPart[]): string {
  if (!isParts(parts)) throw new RangeError('a cursor holds at most 8 texts, finite numbers or nulls');
  const text = Buffer.from(JSON.stringify(parts), 'utf8').toString('base64url');
  if (text.length > MAX_LENGTH) throw new RangeError(`a cursor has at most ${MAX_LENGTH} characters`);
  return text;
}

/**
 * The sort values of a cursor, or undefined for any text that `encodeCursor` did not write.
 * Never throws: cursors come back from outside. The caller still checks number and kinds of the parts.
 */
export function decodeCursor(s: unknown): CursorPart[] | undefined {
  if (typeof s !== 'string' || s.length > MAX_LENGTH || !SHAPE.test(s)) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(s, 'base64url').toString('utf8'));
    // One row has one cursor: padding bits, blanks and repaired UTF-8 are refused by writing it again.
    return isParts(parts) && encodeCursor(parts) === s ? parts : undefined;
  } catch {
    return undefined;
  }
}
