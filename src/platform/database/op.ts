import type { CivilDate } from '../../kernel/civil-date.js';
import type { Act } from '../auth/acts.js';
import type { Actor } from '../auth/roles.js';
import type { Tx } from './tx.js';

/**
 * One operation: who, which act, in which transaction, when. Frozen; made only by the unit of work; the first argument
 * of every repository call and of every call from one room to another.
 */
export interface Op {
  readonly actor: Actor;
  readonly act: Act;
  readonly tx: Tx;
  /** The clock, read once. */
  readonly now: Date;
  /** The civil day of `now` in Phnom Penh. */
  readonly today: CivilDate;
  /** Of the request that this began with, also in the jobs that follow from it. */
  readonly requestId: string;
  /** The transaction's own place in a trace, in W3C's form, where traces are on. */
  readonly traceparent?: string;
}

/** The id of the person who acts; a job has none. */
export function actorId(op: Op): string | null {
  return op.actor.kind === 'user' ? op.actor.userId : null;
}
