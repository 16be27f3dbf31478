import type { CivilDate } from '../kernel/civil-date.js';
import { addDays, startOfDay } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { move } from './timeline.domain.js';
import type { Episode, EpisodeKind, Life, Moved, TimelineRefusal, Whereabouts } from './timeline.domain.js';

/**
 * Nights elsewhere while a place is kept, missing, and coming back. Who keeps the place is written on the stretch itself:
 * the placement (whose stay goes on), or the institution.
 */

export const ABSENCES = ['hospital', 'respite', 'family_visit', 'trial_visit', 'carer_holiday'] as const satisfies readonly EpisodeKind[];
export type AbsenceKind = (typeof ABSENCES)[number];

/** Of these only somebody who lives in a family can speak: it is her carers who rest. */
const OF_A_FAMILY: readonly AbsenceKind[] = ['respite', 'carer_holiday'];
const AWAY: readonly EpisodeKind[] = [...ABSENCES, 'missing'];

/** A stretch that begins: what it ends, and where it is lived. */
export interface Going extends Moved {
  readonly to: Whereabouts;
}

/** Does somebody keep a place for who lives like this: a family by her placement, or an institution? */
export function isKept(where: Whereabouts): boolean {
  return where.placementId !== null || where.institutionId !== null;
}

/** Does she sleep elsewhere while her place is kept? */
export function isAway(where: Whereabouts): boolean {
  return AWAY.includes(where.kind) && isKept(where);
}

/** The stretch that goes on, if one does. */
export function openStretch(timeline: readonly Episode[]): Episode | undefined {
  const last = timeline.at(-1);
  return last?.to === null ? last : undefined;
}

/** She sleeps elsewhere from a day on, and her place is kept; `familyId` is the family of the register that takes her for respite. */
export function goAway(
  timeline: readonly Episode[],
  life: Life,
  absence: { readonly kind: AbsenceKind; readonly familyId: string | null },
  on: CivilDate,
): Result<Going, TimelineRefusal | 'NO_PLACE_TO_KEEP' | 'NOT_IN_A_FAMILY'> {
  const here = openStretch(timeline);
  if (life.diedOn === null) {
    if (here === undefined || !isKept(here)) return refuse('NO_PLACE_TO_KEEP', { kind: here?.kind ?? 'unknown' });
    if (here.placementId === null && OF_A_FAMILY.includes(absence.kind)) return refuse('NOT_IN_A_FAMILY');
  }
  return goTo(timeline, life, { kind: absence.kind, institutionId: here?.institutionId ?? null, familyId: absence.familyId, placementId: here?.placementId ?? null }, on);
}

/** Nobody knows where she is, from wherever she lived; who kept her place goes on keeping it. */
export function goMissing(timeline: readonly Episode[], life: Life, on: CivilDate): Result<Going, TimelineRefusal | 'ALREADY_MISSING'> {
  const here = openStretch(timeline);
  if (here?.kind === 'missing' && life.diedOn === null) return refuse('ALREADY_MISSING', { from: here.from });
  return goTo(timeline, life, { kind: 'missing', institutionId: here?.institutionId ?? null, familyId: null, placementId: here?.placementId ?? null }, on);
}

/** She is back where she lived: with the family or in the institution that kept her place; who was missing from elsewhere, there. */
export function comeBack(timeline: readonly Episode[], life: Life, on: CivilDate): Result<Going, TimelineRefusal | 'NOT_AWAY' | 'PLACE_RELEASED'> {
  const here = openStretch(timeline);
  if (life.diedOn === null && (here === undefined || (here.kind !== 'missing' && !isAway(here)))) return refuse('NOT_AWAY', { kind: here?.kind ?? 'unknown' });
  const before = here === undefined ? undefined : lastLived(timeline, here);
  if (life.diedOn === null && here !== undefined && before === undefined) return refuse('PLACE_RELEASED', { from: here.from });
  const { kind, institutionId, familyId, placementId } = before ?? { kind: 'unknown' as const, institutionId: null, familyId: null, placementId: null };
  return goTo(timeline, life, { kind, institutionId, familyId, placementId }, on);
}

/** Where she lived before she was away, if she may simply go back there. */
function lastLived(timeline: readonly Episode[], here: Episode): Episode | undefined {
  if (isKept(here)) return timeline.findLast((one) => !isAway(one) && one.placementId === here.placementId && one.institutionId === here.institutionId);
  const before = timeline.at(-2);
  // A place that was kept and is no more is not hers by coming back; from where nobody knew there is no going back.
  return before === undefined || isKept(before) || before.kind === 'unknown' || before.kind === 'missing' ? undefined : before;
}

function goTo(timeline: readonly Episode[], life: Life, to: Whereabouts, on: CivilDate): Result<Going, TimelineRefusal> {
  const moved = move(timeline, life, to, on);
  return moved.ok ? ok({ ...moved.value, to }) : moved;
}

/** The first night of the nights without news that go on: of the first stretch of being missing among those that touch and say no more. Undefined where she is not missing. */
export function missingSince(timeline: readonly Episode[]): CivilDate | undefined {
  let since: CivilDate | undefined;
  let next: CivilDate | null = null;
  for (const one of [...timeline].reverse()) {
    if ((one.kind !== 'missing' && one.kind !== 'unknown') || one.to !== next) break;
    if (one.kind === 'missing') since = one.from;
    next = one.from;
  }
  return since;
}

/** The first night for which the place of a missing child is kept no more. */
export function keptUntil(since: CivilDate, nights: number): CivilDate {
  return addDays(since, nights);
}

/** Who must have been told of a disappearance, and of a death; a reason why somebody could not be stands for it. */
export const TELL_MISSING = ['police', 'parents', 'worker', 'supervisor'] as const;
export const TELL_DEATH = ['parents', 'siblings', 'authority'] as const;

/** Why a conference is called about a child who was missing, if one is. */
export function conference(missing: { readonly traffickingSign: boolean; readonly times: number }, enough: number): 'trafficking' | 'times' | null {
  if (missing.traffickingSign) return 'trafficking';
  return missing.times >= enough ? 'times' : null;
}

/**
 * A clock of hours that began on a day: on the day itself it runs from now, of an earlier day from that day's end, so that
 * a late entry gives nobody time again. Holidays and weekends do not move it.
 */
export function hoursFrom(on: CivilDate, now: Date, hours: number): Date {
  return new Date(Math.min(now.getTime(), startOfDay(addDays(on, 1)).getTime()) + hours * 3_600_000);
}

/** She lives elsewhere from a day on, and not with a family: only who is in no placement moves like this, the others' placement ends. */
export function moveOutside(timeline: readonly Episode[], life: Life, to: Whereabouts, on: CivilDate): Result<Going, TimelineRefusal | 'IN_A_PLACEMENT'> {
  const here = openStretch(timeline);
  if (life.diedOn === null && here !== undefined && here.placementId !== null) return refuse('IN_A_PLACEMENT');
  return goTo(timeline, life, to, on);
}
