import type { BirthDate } from '../kernel/age.js';
import { earliestBirth } from '../kernel/age.js';
import { addDays, compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** How a birth date came to be known. */
export const BIRTH_BASES = ['birth_certificate', 'family_book', 'other_document', 'told_by_family', 'told_by_child', 'told_by_others', 'estimated'] as const;
export type BirthBasis = (typeof BIRTH_BASES)[number];

/** Can a child who was seen on that day have been born then? Only what is impossible is refused. */
export function checkBirth(birth: BirthDate, firstSeenOn: CivilDate, today: CivilDate): Result<BirthDate, 'BIRTH_IN_FUTURE' | 'BORN_AFTER_SEEN'> {
  const earliest = earliestBirth(birth);
  // A guess reaches a year back, but nobody guesses a day that has not come.
  const guessedAhead = birth.precision === 'estimated' && compareDates(birth.date, today) > 0;
  if (guessedAhead || compareDates(earliest, today) > 0) return refuse('BIRTH_IN_FUTURE', { today });
  if (compareDates(earliest, firstSeenOn) > 0) return refuse('BORN_AFTER_SEEN', { firstSeenOn });
  return ok(birth);
}

/** Nothing but corrections is recorded of a day after death. */
export function notAfterDeath(diedOn: CivilDate | null, on: CivilDate): Result<CivilDate, 'AFTER_DEATH'> {
  return diedOn !== null && compareDates(on, diedOn) > 0 ? refuse('AFTER_DEATH', { diedOn }) : ok(on);
}

/** May the register write down that the child died on that day? */
export function decideDeath(child: { readonly diedOn: CivilDate | null; readonly lastSeenOn: CivilDate }, on: CivilDate): Result<CivilDate, 'ALREADY_DEAD' | 'SEEN_AFTER_DEATH'> {
  if (child.diedOn !== null) return refuse('ALREADY_DEAD', { diedOn: child.diedOn });
  if (compareDates(on, child.lastSeenOn) < 0) return refuse('SEEN_AFTER_DEATH', { lastSeenOn: child.lastSeenOn });
  return ok(on);
}

/** A need as it stands: level 1 is light, 3 is heavy. */
export interface StandingNeed {
  readonly id: string;
  readonly kind: string;
  readonly level: number;
  readonly from: CivilDate;
}

/** What must be written so that exactly the wanted needs stand from a day on. */
export interface NeedChanges {
  /** Ended on the day. */
  readonly end: readonly string[];
  /** Begun that very day and no longer wanted: a slip of the pen. */
  readonly drop: readonly string[];
  /** Begun that very day with another level. */
  readonly relevel: readonly { readonly id: string; readonly level: number }[];
  readonly begin: readonly { readonly kind: string; readonly level: number }[];
}

/** From the needs that stand to the needs that are wanted. Refuses a day before something that was recorded already. */
export function changeNeeds(standing: readonly StandingNeed[], wanted: readonly { readonly kind: string; readonly level: number }[], on: CivilDate): Result<NeedChanges, 'NEEDS_RECORDED_LATER'> {
  const later = standing.find(({ from }) => compareDates(from, on) > 0);
  if (later !== undefined) return refuse('NEEDS_RECORDED_LATER', { from: later.from });
  const levels = new Map(wanted.map(({ kind, level }) => [kind, level]));
  const gone = standing.filter((need) => !levels.has(need.kind));
  const changed = standing.filter((need) => levels.has(need.kind) && levels.get(need.kind) !== need.level);
  const isToday = (need: StandingNeed): boolean => need.from === on;
  return ok({
    end: [...gone, ...changed].filter((need) => !isToday(need)).map(({ id }) => id),
    drop: gone.filter(isToday).map(({ id }) => id),
    relevel: changed.filter(isToday).map(({ id, kind, level }) => ({ id, level: levels.get(kind) ?? level })),
    begin: wanted.filter(({ kind }) => !standing.some((need) => need.kind === kind && (need.level === levels.get(kind) || isToday(need)))),
  });
}

/** A legal basis with its days; `to` is the first day on which it no longer holds. */
export interface BasisDays {
  readonly id: string;
  readonly kind: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

/** What a new legal basis does to those that stand: each named one ends on its day. */
export function decideBasis(
  standing: readonly BasisDays[],
  basis: { readonly kind: string; readonly from: CivilDate; readonly to: CivilDate | null },
  today: CivilDate,
): Result<readonly { readonly id: string; readonly to: CivilDate }[], 'LEGAL_BASIS_STANDS' | 'DATES_REVERSED'> {
  if (basis.to !== null && compareDates(basis.to, basis.from) <= 0) return refuse('DATES_REVERSED');
  const meeting = standing.filter((one) => (one.to === null || one.to > basis.from) && (basis.to === null || one.from < basis.to));
  if (basis.kind === 'none_known') {
    const [first] = meeting;
    return first === undefined ? ok([]) : refuse('LEGAL_BASIS_STANDS', { kind: first.kind, from: first.from });
  }
  // "None known" was true of what was known then: it ends when something is found, however far back that reaches.
  const found = meeting.filter(({ kind }) => kind === 'none_known').map((one) => ({ id: one.id, to: one.from < today ? today : addDays(one.from, 1) }));
  const known = meeting.filter(({ kind }) => kind !== 'none_known');
  const clash = known.find((one) => one.to !== null || one.from >= basis.from);
  if (clash !== undefined) return refuse('LEGAL_BASIS_STANDS', { kind: clash.kind, from: clash.from });
  return ok([...found, ...known.map(({ id }) => ({ id, to: basis.from }))]);
}

/** What one child brings to being linked: her group, how many belong to it and how many of them the actor sees. */
export interface SiblingSide {
  readonly childId: string;
  readonly group: { readonly id: string; readonly members: number; readonly visible: number } | null;
}

export type Link =
  | { readonly kind: 'found'; readonly add: readonly string[] }
  | { readonly kind: 'join'; readonly groupId: string; readonly merge: readonly string[]; readonly add: readonly string[] };

/** How children become siblings. Two groups become one only when that is asked for, and only by who sees all of them. */
export function decideLink(sides: readonly SiblingSide[], mergeGroups: boolean): Result<Link, 'ALREADY_SIBLINGS' | 'SIBLINGS_OF_TWO_GROUPS' | 'SIBLINGS_ELSEWHERE'> {
  const groups = new Map(sides.flatMap(({ group }) => (group === null ? [] : [[group.id, group] as const])));
  const add = sides.filter(({ group }) => group === null).map(({ childId }) => childId);
  // A group with members out of sight cannot be emptied by the actor, but others can come to it.
  const isWhole = (id: string): number => (groups.get(id)?.members === groups.get(id)?.visible ? 1 : 0);
  const [groupId, ...merge] = [...groups.keys()].sort((a, b) => isWhole(a) - isWhole(b) || (a < b ? -1 : 1));
  if (groupId === undefined) return ok({ kind: 'found', add });
  if (merge.length === 0 && add.length === 0) return refuse('ALREADY_SIBLINGS');
  if (merge.length > 0 && !mergeGroups) return refuse('SIBLINGS_OF_TWO_GROUPS', { groups: groups.size });
  if (merge.some((id) => isWhole(id) === 0)) return refuse('SIBLINGS_ELSEWHERE');
  return ok({ kind: 'join', groupId, merge, add });
}
