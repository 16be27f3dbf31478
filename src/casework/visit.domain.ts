import { addDays, addMonths, compareDates, nextWorkingDay, previousWorkingDay } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { lifecycle } from '../kernel/lifecycle.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** A visit is due, seen by one tap, recorded; or no longer needed because the placement ended. */
export type VisitState = 'due' | 'seen' | 'recorded' | 'cancelled';

export const visitLifecycle = lifecycle<VisitState, 'tap' | 'record' | 'cancel'>()({
  due: { tap: 'seen', record: 'recorded', cancel: 'cancelled' },
  seen: { record: 'recorded' },
  recorded: {},
  cancelled: {},
} as const);

/**
 * The day on which the n-th visit of a placement is due: a week after the move, then after these months, then every
 * three months. A day on which nobody works moves to the next working day, in the first month to the one before.
 */
export function dueDay(startsOn: CivilDate, ordinal: number, months: readonly number[], holidays: ReadonlySet<string>): CivilDate {
  const day = ordinal === 1 ? addDays(startsOn, 7) : addMonths(startsOn, monthsAfter(ordinal - 2, months));
  return compareDates(day, addMonths(startsOn, 1)) <= 0 ? previousWorkingDay(day, holidays) : nextWorkingDay(day, holidays);
}

function monthsAfter(index: number, months: readonly number[]): number {
  const last = months.length - 1;
  return months[index] ?? (months[last] ?? 0) + 3 * (index - last);
}

export interface Visit {
  readonly state: VisitState;
  readonly happenedOn: CivilDate | null;
  readonly startsOn: CivilDate;
}

/** What a tap or a record makes of a visit. A record keeps the day of the tap. */
export function happen(visit: Visit, command: 'tap' | 'record', on: CivilDate): Result<{ state: VisitState; isFirstWord: boolean }, 'VISIT_STATE' | 'BEFORE_MOVE' | 'OTHER_DAY'> {
  const state = visitLifecycle.next(visit.state, command);
  if (state === undefined) return refuse('VISIT_STATE', { state: visit.state });
  if (compareDates(on, visit.startsOn) < 0) return refuse('BEFORE_MOVE', { movedOn: visit.startsOn });
  if (visit.happenedOn !== null && visit.happenedOn !== on) return refuse('OTHER_DAY', { seenOn: visit.happenedOn });
  return ok({ state, isFirstWord: visit.happenedOn === null });
}
