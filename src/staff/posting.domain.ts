import { addDays, compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { refuse } from '../kernel/result.js';
import type { Refusal } from '../kernel/result.js';
import type { Role } from '../platform/auth/roles.js';
import { PLACE_OF } from './staff.policy.js';

/** Where somebody is posted. */
export interface Place {
  readonly officeId: string | null;
  readonly institutionId: string | null;
}

/** How many days ahead a posting may be written down. */
export const AHEAD = 366;

/** Why a role cannot be posted there; undefined where it can. */
export function placeProblem(role: Role, place: Place): Refusal<'PLACE_MISSING' | 'PLACE_NOT_FOR_ROLE'> | undefined {
  const needs = PLACE_OF[role];
  if (needs === 'office' && place.officeId === null) return refuse('PLACE_MISSING', { place: 'office' });
  if (needs === 'institution' && place.institutionId === null) return refuse('PLACE_MISSING', { place: 'institution' });
  const isSurplus = (needs !== 'office' && place.officeId !== null) || (needs !== 'institution' && place.institutionId !== null);
  return isSurplus ? refuse('PLACE_NOT_FOR_ROLE', { place: needs }) : undefined;
}

/** Rights are given and taken from a day on that is not over, at most a year ahead: what was done was done with the rights of then. */
export function dayProblem(day: CivilDate, today: CivilDate): 'validation.notPast' | 'validation.tooFar' | undefined {
  if (compareDates(day, today) < 0) return 'validation.notPast';
  return compareDates(day, addDays(today, AHEAD)) > 0 ? 'validation.tooFar' : undefined;
}

/** A posting as it stands. `to` is the first day without it. */
export interface PostingDays {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly withdrawn: boolean;
}

/**
 * How to end a posting on a day. One that has not counted a whole day yet leaves no day behind, so it is withdrawn; one
 * that is over already cannot be ended.
 */
export function endingOf(posting: PostingDays, on: CivilDate): { readonly withdraw: boolean } | Refusal<'POSTING_OVER'> {
  const isOver = posting.withdrawn || (posting.to !== null && compareDates(posting.to, on) <= 0);
  return isOver ? refuse('POSTING_OVER') : { withdraw: compareDates(on, posting.from) <= 0 };
}
