import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { compareDates, overlaps } from '../kernel/civil-date.js';
import { lifecycle } from '../kernel/lifecycle.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import type { InstitutionStateCode } from './institution.domain.js';

export type ClosureCommand = 'order' | 'empty' | 'close';

/** The whole life of an institution: ordered to close, emptied, closed. There is no way back; a new place is a new institution. */
export const institutionLifecycle = lifecycle<InstitutionStateCode, ClosureCommand>()({
  open: { order: 'ordered' },
  ordered: { empty: 'emptied' },
  emptied: { close: 'closed' },
  closed: {},
} as const);

/** What a step of a closure is decided by. */
export interface ClosureFacts {
  readonly state: InstitutionStateCode;
  /** How many children live there, or have their place kept there. */
  readonly children: number;
  /** The day of the step before: ordered before emptied, emptied before closed. */
  readonly since: CivilDate | null;
}

export type ClosureRefusal = 'INSTITUTION_STATE' | 'INSTITUTION_NOT_EMPTY' | 'CLOSURE_STEP_BEFORE';

/** The next state of an institution that is being closed. An order is a fact and recorded at once; nobody may live where it is said to be empty. */
export function closureStep(facts: ClosureFacts, command: ClosureCommand, on: CivilDate): Result<InstitutionStateCode, ClosureRefusal> {
  const next = institutionLifecycle.next(facts.state, command);
  if (next === undefined) return refuse('INSTITUTION_STATE', { state: facts.state });
  if (facts.since !== null && compareDates(on, facts.since) < 0) return refuse('CLOSURE_STEP_BEFORE', { since: facts.since });
  if (command !== 'order' && facts.children > 0) return refuse('INSTITUTION_NOT_EMPTY', { children: facts.children });
  return ok(next);
}

/** May a licence stand beside those there are? Two at once are a contradiction. */
export function decideLicence(others: readonly DayRange[], wanted: DayRange): Result<DayRange, 'LICENCE_OVERLAPS' | 'LICENCE_ENDS_FIRST'> {
  if (wanted.to !== null && compareDates(wanted.to, wanted.from) <= 0) return refuse('LICENCE_ENDS_FIRST', { from: wanted.from });
  const other = others.find((one) => overlaps(one, wanted));
  return other === undefined ? ok(wanted) : refuse('LICENCE_OVERLAPS', { from: other.from });
}

/** May the numbers of posts change on this day? The days before it are told already. */
export function decidePosts(last: CivilDate | null, from: CivilDate): Result<CivilDate, 'POSTS_TOLD_LATER'> {
  return last !== null && compareDates(from, last) <= 0 ? refuse('POSTS_TOLD_LATER', { from: last }) : ok(from);
}
