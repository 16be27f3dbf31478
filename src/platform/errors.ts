import type { Details } from './messages/messages.js';
import type { Refusal } from '../kernel/result.js';

/** The closed set of top-level error codes. */
export type ProblemCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'TOO_EXPENSIVE'
  | 'INTERNAL';

/** A field of the input that cannot be taken, and why: `path` is dotted, `rule` a key of the messages. */
export interface FieldProblem {
  readonly path: string;
  readonly rule: string;
  readonly details?: Details;
}

/**
 * What stops a request at the top level. `key` names a text of the one table of messages; it and the details may hold
 * nothing the caller may not see.
 */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly key: string = `problem.${code}`,
    readonly details: Details = {},
    readonly fields: readonly FieldProblem[] = [],
  ) {
    super(`${code} ${key}`);
    this.name = 'Problem';
  }
}

/** "Not there, or not yours": the same answer for both. */
export function notFound(): Problem {
  return new Problem('NOT_FOUND');
}

/** "Not with your role or territory." */
export function forbidden(): Problem {
  return new Problem('FORBIDDEN');
}

/** One field that cannot be taken. */
export function badInput(path: string, rule: string, details?: Details): Problem {
  return new Problem('BAD_USER_INPUT', 'problem.BAD_USER_INPUT', {}, [{ path, rule, details }]);
}

/** A refusal on its way out of a transaction that a constraint has already broken. */
export class RefusalThrown extends Error {
  constructor(readonly refusal: Refusal<string>) {
    super(`refused ${refusal.code}`);
    this.name = 'RefusalThrown';
  }
}
