/**
 * The answer of a decision: a value, or a refusal that the caller must read.
 * A refusal is expected (the rule said no); anything unexpected is thrown.
 */

/** What a refusal may say beside its code: ids, counts, dates, lists of codes; never a name and never free text. */
export type RefusalDetails = Readonly<Record<string, string | number | readonly string[]>>;

export type Refusal<C extends string> = { readonly ok: false; readonly code: C; readonly details: RefusalDetails };

export type Ok<T> = { readonly ok: true; readonly value: T };

export type Result<T, C extends string> = Ok<T> | Refusal<C>;

/** Wraps a value as the good answer. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** Builds a refusal. `code` is a constant of the room's refusal list, `details` says what to do next. */
export function refuse<const C extends string>(code: C, details: RefusalDetails = {}): Refusal<C> {
  return { ok: false, code, details };
}

/**
 * The last arm of an exhaustive switch: does not compile while a case is missing.
 * Throws a TypeError when data from outside (an old row, an untyped caller) gets there all the same.
 */
export function never(x: never): never {
  throw new TypeError(`not a case this program knows: ${String(x)}`);
}
