import type { BirthDate, BirthPrecision } from '../kernel/age.js';
import { earliestBirth } from '../kernel/age.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { addDays, compareDates } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** A child's timeline: stretches in one place each, in order, none overlapping; the last one may be open. */

export const EPISODE_KINDS = ['institution', 'foster', 'kinship', 'family_house', 'home', 'hospital', 'independent', 'missing', 'unknown', 'respite', 'family_visit', 'trial_visit', 'carer_holiday'] as const;
export type EpisodeKind = (typeof EPISODE_KINDS)[number];

/** Stretches in which nobody of the care system answers for her: a care period ends where one begins. */
export const OUT_OF_CARE: readonly EpisodeKind[] = ['home', 'independent'];

/** Stretches with which a care period begins. Hospital, missing and whereabouts unknown go on with one, and begin none. */
export const IN_CARE: readonly EpisodeKind[] = ['institution', 'foster', 'kinship', 'family_house'];

/** Where a stretch is lived. */
export interface Whereabouts {
  readonly kind: EpisodeKind;
  readonly institutionId: string | null;
  readonly familyId: string | null;
  readonly placementId: string | null;
}

export interface Episode extends DayRange, Whereabouts {
  readonly id: string;
}

/** What bounds a life, as well as it is known. */
export interface Life {
  readonly birth: BirthDate;
  readonly diedOn: CivilDate | null;
}

export type TimelineRefusal = 'BEFORE_LAST_MOVE' | 'BEFORE_BIRTH' | 'AFTER_DEATH' | 'ALREADY_THERE';

/** What a move changes: the stretch that ends on the day, if one was open. */
export interface Moved {
  readonly ends: Episode | null;
}

/** She lives elsewhere from a day on. Only contradictions are refused: a day before the last move, before birth, after death. */
export function move(timeline: readonly Episode[], life: Life, to: Whereabouts, on: CivilDate): Result<Moved, TimelineRefusal> {
  const alive = withinLife(life, on);
  if (!alive.ok) return alive;
  const last = timeline.at(-1);
  if (last === undefined) return ok({ ends: null });
  // Who was second learns where she is now, as far as a kind says it: with whom is for who may read the file.
  if (compareDates(on, last.from) <= 0) return refuse('BEFORE_LAST_MOVE', { from: last.from, kind: last.kind });
  if (last.to !== null) return compareDates(on, last.to) < 0 ? refuse('BEFORE_LAST_MOVE', { from: last.to }) : ok({ ends: null });
  if (samePlace(last, to)) return refuse('ALREADY_THERE', { from: last.from });
  return ok({ ends: last });
}

/** Is the day between the earliest possible birth and death? */
export function withinLife(life: Life, on: CivilDate): Result<CivilDate, 'BEFORE_BIRTH' | 'AFTER_DEATH'> {
  const born = earliestBirth(life.birth);
  if (compareDates(on, born) < 0) return refuse('BEFORE_BIRTH', { born });
  if (life.diedOn !== null) return refuse('AFTER_DEATH', { diedOn: life.diedOn });
  return ok(on);
}

/** Where she was on a day, as far as the timeline says. */
export function whereOn(timeline: readonly Episode[], on: CivilDate): Episode | undefined {
  return timeline.find(({ from, to }) => from <= on && (to === null || on < to));
}

/** A person's day of birth as the room reads it of the child. */
export function lifeOf(child: { readonly birthDate: CivilDate; readonly birthPrecision: BirthPrecision; readonly diedOn: CivilDate | null }): Life {
  return { birth: { date: child.birthDate, precision: child.birthPrecision }, diedOn: child.diedOn };
}

/** The first day that is no longer hers: the day after the last one. */
export function dayAfter(on: CivilDate): CivilDate {
  return addDays(on, 1);
}

function samePlace(a: Whereabouts, b: Whereabouts): boolean {
  return a.kind === b.kind && a.institutionId === b.institutionId && a.familyId === b.familyId && (a.placementId === b.placementId || a.familyId !== null);
}
