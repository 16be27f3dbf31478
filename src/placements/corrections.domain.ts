import { earliestBirth } from '../kernel/age.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { IN_CARE, OUT_OF_CARE } from './timeline.domain.js';
import type { Episode, EpisodeKind, Life, Whereabouts } from './timeline.domain.js';

/** What was wrong about a timeline: a day, a place, a stretch that is not there, or one that never was. */
export type Edit =
  | { readonly what: 'moved'; readonly episodeId: string; readonly from: CivilDate | null; readonly to: CivilDate | null }
  | { readonly what: 'other_place'; readonly episodeId: string; readonly place: Whereabouts }
  | { readonly what: 'missed'; readonly from: CivilDate; readonly to: CivilDate; readonly place: Whereabouts }
  | { readonly what: 'never_was'; readonly episodeId: string; readonly daysGoTo: 'before' | 'after' };

export type EditRefusal =
  | 'EPISODE_UNKNOWN' | 'NOTHING_TO_CORRECT' | 'NEIGHBOUR_SWALLOWED' | 'BEFORE_BIRTH' | 'AFTER_DEATH' | 'STILL_THERE' | 'STAY_HAS_PARTS' | 'STAY_SPLIT' | 'GAP_LEFT' | 'ONLY_STRETCH' | 'NO_PLACE_TO_KEEP' | 'NEVER_IN_CARE';

/** The stretch that a correction is about, and the whole timeline after it. */
export interface Edited {
  readonly about: string;
  readonly timeline: readonly Episode[];
}

/** Kinds lived with a family: each such stay is a placement of its own. */
export const FAMILY_KINDS: readonly EpisodeKind[] = ['foster', 'kinship', 'family_house'];
/** Kinds that are lived in full; all others are nights away from a place that may be kept. */
const WHOLE: readonly EpisodeKind[] = [...FAMILY_KINDS, 'institution', 'home', 'independent', 'unknown'];
/** Nights away that are none without a place that is kept for her. */
const ONLY_KEPT: readonly EpisodeKind[] = ['respite', 'family_visit', 'trial_visit', 'carer_holiday'];

/**
 * The timeline after a correction. The neighbours follow, so that no day is said twice and none is lost; where one of
 * them would vanish, it is named and nothing is changed. `newId` makes the ids of new stretches.
 */
export function edited(timeline: readonly Episode[], life: Life, edit: Edit, newId: () => string): Result<Edited, EditRefusal> {
  const result = written(timeline, life, edit, newId);
  // Whatever was decided about her was decided in a care period: one is left.
  return result.ok && careRuns(timeline).length > 0 && careRuns(result.value.timeline).length === 0 ? refuse('NEVER_IN_CARE') : result;
}

function written(timeline: readonly Episode[], life: Life, edit: Edit, newId: () => string): Result<Edited, EditRefusal> {
  switch (edit.what) {
    case 'moved': return moved(timeline, life, edit);
    case 'other_place': return otherPlace(timeline, edit);
    case 'missed': return missed(timeline, life, edit, newId);
    case 'never_was': return neverWas(timeline, edit);
  }
}

function moved(timeline: readonly Episode[], life: Life, edit: Extract<Edit, { what: 'moved' }>): Result<Edited, EditRefusal> {
  const { at, it, before, after } = around(timeline, edit.episodeId);
  if (it === undefined) return refuse('EPISODE_UNKNOWN');
  if (edit.to !== null && it.to === null) return refuse('STILL_THERE', { from: it.from });
  const [from, to] = [edit.from ?? it.from, edit.to ?? it.to];
  if (from === it.from && to === it.to) return refuse('NOTHING_TO_CORRECT');
  const born = earliestBirth(life.birth);
  if (from < born) return refuse('BEFORE_BIRTH', { born });
  if (after === undefined && to !== it.to && life.diedOn !== null) return refuse('AFTER_DEATH', { diedOn: life.diedOn });
  // A stretch of no days is no correction of a boundary: it would unsay that she was ever there.
  if (to !== null && from >= to) return refuse('NEIGHBOUR_SWALLOWED', { from: to });
  const [previous, next] = [timeline[at - 1], timeline[at + 1]];
  if (previous !== undefined && (before === undefined ? from < (previous.to ?? from) : from <= before.from)) return refuse('NEIGHBOUR_SWALLOWED', { from: previous.from });
  if (next !== undefined && to !== null && (after === undefined ? to > next.from : after.to !== null && to >= after.to)) return refuse('NEIGHBOUR_SWALLOWED', { from: next.from });
  return changed(timeline, it.id, (one) => {
    if (one.id === it.id) return [{ ...one, from, to }];
    if (one.id === before?.id) return [{ ...one, to: from }];
    return one.id === after?.id && to !== null ? [{ ...one, from: to }] : [one];
  });
}

function otherPlace(timeline: readonly Episode[], edit: Extract<Edit, { what: 'other_place' }>): Result<Edited, EditRefusal> {
  const { it } = around(timeline, edit.episodeId);
  if (it === undefined) return refuse('EPISODE_UNKNOWN');
  if (alike(it, edit.place)) return refuse('NOTHING_TO_CORRECT');
  // Nights away become other nights away of the same stay.
  const elsewhere = !WHOLE.includes(it.kind) && !WHOLE.includes(edit.place.kind);
  const part = elsewhere ? undefined : partOf(timeline, it);
  if (part !== undefined) return refuse('STAY_HAS_PARTS', { from: part.from });
  const place = elsewhere ? keptBy(edit.place, it) : edit.place;
  if (!keeps(place)) return refuse('NO_PLACE_TO_KEEP', { kind: place.kind });
  // Whoever keeps her place while she is away is whoever had her.
  const away = it.kind === 'institution' ? nightsAwayAfter(timeline, it) : [];
  const unkept = away.find((one) => !keeps({ ...one, institutionId: place.institutionId }));
  if (unkept !== undefined) return refuse('NO_PLACE_TO_KEEP', { kind: unkept.kind });
  return changed(timeline, it.id, (one) => [one.id === it.id ? { ...one, ...place } : away.includes(one) ? { ...one, institutionId: place.institutionId } : one]);
}

/** The nights away that touch a stay in an institution, which keeps her place for them. */
function nightsAwayAfter(timeline: readonly Episode[], it: Episode): Episode[] {
  const found: Episode[] = [];
  let end = it.to;
  for (const one of timeline) {
    if (one.from !== end || WHOLE.includes(one.kind) || one.placementId !== null || one.institutionId !== it.institutionId) continue;
    found.push(one);
    end = one.to;
  }
  return found;
}

function missed(timeline: readonly Episode[], life: Life, edit: Extract<Edit, { what: 'missed' }>, newId: () => string): Result<Edited, EditRefusal> {
  const { from, to } = edit;
  const born = earliestBirth(life.birth);
  if (from < born) return refuse('BEFORE_BIRTH', { born });
  const touched = timeline.filter((one) => one.from < to && (one.to === null || one.to > from));
  if (touched.length === 0 && life.diedOn !== null && timeline.every((one) => one.to !== null && one.to <= from)) return refuse('AFTER_DEATH', { diedOn: life.diedOn });
  if (touched.length === 0 && !timeline.some((one) => one.from === to || one.to === from)) return refuse('GAP_LEFT', { from: timeline[0]?.from ?? from });
  for (const one of touched) {
    if (one.from >= from && one.to !== null && one.to <= to) return refuse('NEIGHBOUR_SWALLOWED', { from: one.from });
    if (alike(one, edit.place)) return refuse('NOTHING_TO_CORRECT');
  }
  // Nights away within a stay belong to it: her place there is kept.
  const [stay] = touched;
  const away = !WHOLE.includes(edit.place.kind) && stay !== undefined && touched.every((one) => one.placementId === stay.placementId && (one.placementId !== null || one.institutionId === stay.institutionId));
  const place = away ? keptBy(edit.place, stay) : edit.place;
  if (!keeps(place)) return refuse('NO_PLACE_TO_KEEP', { kind: place.kind });
  const cut = touched.find((one) => one.from < from && (one.to === null || one.to > to));
  if (cut !== undefined && cut.placementId !== null && place.placementId !== cut.placementId) return refuse('STAY_SPLIT', { from: cut.from });
  const fresh: Episode = { id: newId(), from, to, ...place };
  const rest = timeline.flatMap((one): Episode[] => {
    if (one === cut) return [{ ...one, to: from }, { ...one, id: newId(), from: to }];
    if (!touched.includes(one)) return [one];
    return [one.from < from ? { ...one, to: from } : { ...one, from: to }];
  });
  return changed([...rest, fresh], fresh.id, (one) => [one]);
}

function neverWas(timeline: readonly Episode[], edit: Extract<Edit, { what: 'never_was' }>): Result<Edited, EditRefusal> {
  const { at, it, before, after } = around(timeline, edit.episodeId);
  if (it === undefined) return refuse('EPISODE_UNKNOWN');
  if (timeline.length === 1) return refuse('ONLY_STRETCH');
  const part = FAMILY_KINDS.includes(it.kind) ? partOf(timeline, it) : undefined;
  if (part !== undefined) return refuse('STAY_HAS_PARTS', { from: part.from });
  const heir = edit.daysGoTo === 'before' ? before : after;
  // The first stretch leaves nothing behind it: her timeline begins later, and that is no gap.
  if (heir === undefined && at > 0) return refuse('GAP_LEFT', { from: it.from });
  const about = heir?.id ?? timeline[at + 1]?.id ?? it.id;
  return changed(timeline, about, (one) => {
    if (one.id === it.id) return [];
    if (one.id !== heir?.id) return [one];
    return [edit.daysGoTo === 'before' ? { ...one, to: it.to } : { ...one, from: it.from }];
  });
}

/** The stretch, where it stands, and the neighbours that touch it. */
function around(timeline: readonly Episode[], id: string): { at: number; it: Episode | undefined; before: Episode | undefined; after: Episode | undefined } {
  const at = timeline.findIndex((one) => one.id === id);
  const it = timeline[at];
  const [previous, next] = [timeline[at - 1], timeline[at + 1]];
  return { at, it, before: it !== undefined && previous?.to === it.from ? previous : undefined, after: it !== undefined && it.to !== null && next?.from === it.to ? next : undefined };
}

/** Another stretch of the same stay, if there is one. */
function partOf(timeline: readonly Episode[], it: Episode): Episode | undefined {
  return it.placementId === null ? undefined : timeline.find((one) => one.id !== it.id && one.placementId === it.placementId);
}

/** In order, and what is the same place without a break made one stretch. */
function changed(timeline: readonly Episode[], about: string, change: (one: Episode) => Episode[]): Result<Edited, never> {
  const sorted = timeline.flatMap(change).sort((a, b) => (a.from < b.from ? -1 : 1));
  const joined: Episode[] = [];
  let now = about;
  for (const one of sorted) {
    const last = joined.at(-1);
    if (last === undefined || last.to !== one.from || !same(last, one)) joined.push(one);
    else {
      joined[joined.length - 1] = { ...last, to: one.to };
      if (one.id === about) now = last.id;
    }
  }
  return ok({ about: now, timeline: joined });
}

/** Nights away from a place that is kept: with the family of a stay, or in an institution. */
function keptBy(place: Whereabouts, stay: Whereabouts): Whereabouts {
  return { ...place, placementId: stay.placementId, institutionId: stay.placementId === null && place.kind !== 'respite' ? stay.institutionId : null };
}

/** Has somebody a place for her meanwhile, where there must be one? */
function keeps({ kind, placementId, institutionId }: Whereabouts): boolean {
  if (kind === 'respite' || kind === 'carer_holiday') return placementId !== null;
  return !ONLY_KEPT.includes(kind) || placementId !== null || institutionId !== null;
}

/** The same place and the same stay. */
function same(a: Whereabouts, b: Whereabouts): boolean {
  return a.kind === b.kind && a.institutionId === b.institutionId && a.familyId === b.familyId && a.placementId === b.placementId;
}

/** The same place, whatever stay it was written for. */
function alike(a: Whereabouts, b: Whereabouts): boolean {
  return a.kind === b.kind && a.institutionId === b.institutionId && a.familyId === b.familyId;
}

/** The stretches that differ between two timelines, as they were: gone, or written otherwise. */
export function rewritten(before: readonly Episode[], after: readonly Episode[]): Episode[] {
  const now = new Map(after.map((one) => [one.id, one]));
  return before.filter((one) => {
    const then = now.get(one.id);
    return then === undefined || then.from !== one.from || then.to !== one.to || !same(then, one);
  });
}

/** The days from the first to the last on which two timelines differ. */
export function changedDays(before: readonly Episode[], after: readonly Episode[]): DayRange | undefined {
  const days = [...new Set([...before, ...after].flatMap(({ from, to }) => (to === null ? [from] : [from, to])))].sort();
  const at = (timeline: readonly Episode[], day: CivilDate): string => {
    const there = timeline.find(({ from, to }) => from <= day && (to === null || day < to));
    return there === undefined ? '' : [there.kind, there.institutionId, there.familyId, there.placementId].join(' ');
  };
  const differ = days.filter((day) => at(before, day) !== at(after, day));
  const [first, last] = [differ[0], differ.at(-1)];
  return first === undefined || last === undefined ? undefined : { from: first, to: days.find((day) => day > last) ?? null };
}

/** The days in care without a break, as a timeline says them. */
export function careRuns(timeline: readonly Episode[]): DayRange[] {
  const runs: { from: CivilDate; to: CivilDate | null }[] = [];
  let open: { from: CivilDate; to: CivilDate | null } | undefined;
  for (const one of timeline) {
    if (open !== undefined && (open.to !== one.from || OUT_OF_CARE.includes(one.kind))) open = undefined;
    if (open !== undefined) open.to = one.to;
    else if (IN_CARE.includes(one.kind)) runs.push((open = { from: one.from, to: one.to }));
  }
  return runs;
}

/** From the first to the last day of each stay with a family. */
export function stays(timeline: readonly Episode[]): Map<string, DayRange & { readonly first: Episode }> {
  const found = new Map<string, DayRange & { readonly first: Episode }>();
  for (const one of timeline) {
    if (one.placementId === null) continue;
    const known = found.get(one.placementId);
    found.set(one.placementId, { from: known?.from ?? one.from, to: one.to, first: known?.first ?? one });
  }
  return found;
}
