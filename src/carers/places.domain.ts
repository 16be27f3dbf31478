import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { compareDates, contains, intersect } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/**
 * Places of one family, as numbered slots by dates. A number is no identity: it keeps two children off one bed in the
 * database, and nobody may care which number she has. So an occupant may have another number from some day on (several
 * rows), and a stay is refused only where some day has no place.
 */

/** Why a place is there: the terms of the approval, a named exemption, or a fact beyond the limit that was recorded. */
export type PlaceBasis = 'terms' | 'exemption' | 'breach';

export type OccupancyKind = 'hold' | 'placement' | 'kept';

export interface Place extends DayRange {
  readonly slot: number;
  readonly basis: PlaceBasis;
  readonly sourceId: string;
}

export interface Occupancy extends DayRange {
  readonly slot: number;
  readonly kind: OccupancyKind;
  readonly occupantId: string;
  /** The moment at which a hold lapses. */
  readonly expiresAt: Date | null;
}

export interface Layout {
  readonly places: readonly Place[];
  readonly occupancies: readonly Occupancy[];
}

/** Terms have the numbers up to 12; what is added to them counts on from there, so that new terms never meet it. */
export const MOST_BY_TERMS = 12;
export const MOST_SLOTS = 40;

/** A stay that somebody asks a place for. */
export interface Stay extends DayRange {
  readonly occupantId: string;
  readonly kind: OccupancyKind;
  readonly expiresAt: Date | null;
  /** The number to have where it is free: of the hold that becomes a placement. */
  readonly prefer?: number;
  /** Has it happened already? Then places of a recorded breach count too; a decision never uses them. */
  readonly fact?: boolean;
}

/** The free numbers of a day: as many as terms and exemptions leave, however the occupants are numbered. */
export function freePlaces(layout: Layout, day: CivilDate): number[] {
  const places = layout.places.filter((place) => contains(place, day));
  const taken = new Set(layout.occupancies.filter((occupancy) => contains(occupancy, day)).map(({ slot }) => slot));
  const left = places.filter(({ basis }) => basis !== 'breach').length - taken.size;
  const free = places.map(({ slot }) => slot).filter((slot) => !taken.has(slot));
  return free.sort((a, b) => a - b).slice(0, Math.max(0, left));
}

/** The rows that a stay needs, or the first day on which there is no place for it. */
export function takePlace(layout: Layout, stay: Stay): Result<Occupancy[], 'NO_PLACE'> {
  const pieces = cut(stay, [...layout.places, ...layout.occupancies]).map((piece) => ({ piece, free: freeNumbers(layout, piece.from, stay.fact === true) }));
  const full = pieces.find(({ free }) => free.length === 0);
  if (full !== undefined) return refuse('NO_PLACE', { day: full.piece.from });
  const rows: Occupancy[] = [];
  let last = stay.prefer;
  pieces.forEach(({ piece, free }, i) => {
    const slot = last !== undefined && free.includes(last) ? last : longestFree(free, pieces.slice(i).map((later) => later.free));
    rows.push({ ...piece, slot, kind: stay.kind, occupantId: stay.occupantId, expiresAt: stay.expiresAt });
    last = slot;
  });
  return ok(joined(rows));
}

/** Places by the terms from a day on; fewer than the occupants are refused. */
export function setPlaces(layout: Layout, from: CivilDate, count: number, sourceId: string, to: CivilDate | null = null): Result<Layout, 'PLACES_BELOW_OCCUPANTS'> {
  const kept = layout.places.flatMap((place) => (place.basis === 'terms' ? before(place, from) : [place]));
  const fresh = count === 0 ? [] : Array.from({ length: count }, (_, i): Place => ({ slot: i + 1, from, to, basis: 'terms', sourceId }));
  const places = [...kept, ...fresh];
  for (const piece of cut({ from, to: null }, [...places, ...layout.occupancies])) {
    const has = places.filter((place) => contains(place, piece.from)).length;
    const needs = layout.occupancies.filter((occupancy) => contains(occupancy, piece.from)).length;
    if (needs > has) return refuse('PLACES_BELOW_OCCUPANTS', { day: piece.from, occupants: needs, places: has });
  }
  return ok(settled({ places, occupancies: layout.occupancies }, from));
}

/** One place more for these days, by an exemption or because of a fact beyond the limit. */
export function addPlace(layout: Layout, during: DayRange, basis: 'exemption' | 'breach', sourceId: string): Place {
  const used = new Set(layout.places.filter((place) => intersect(place, during) !== undefined).map(({ slot }) => slot));
  for (let slot = MOST_BY_TERMS + 1; slot <= MOST_SLOTS; slot += 1) {
    if (!used.has(slot)) return { slot, from: during.from, to: during.to, basis, sourceId };
  }
  throw new RangeError(`a family has at most ${MOST_SLOTS} places on a day`);
}

/** The layout without the places of one exemption from a day on; a day on which somebody would have none is refused. */
export function dropPlaces(layout: Layout, sourceId: string, from: CivilDate): Result<Layout, 'PLACE_NEEDED'> {
  const places = layout.places.flatMap((place) => (place.basis === 'exemption' && place.sourceId === sourceId ? before(place, from) : [place]));
  for (const piece of cut({ from, to: null }, [...layout.places, ...layout.occupancies])) {
    const has = places.filter((place) => contains(place, piece.from)).length;
    const needs = layout.occupancies.filter((occupancy) => contains(occupancy, piece.from)).length;
    if (needs > has) return refuse('PLACE_NEEDED', { day: piece.from, occupants: needs, places: has });
  }
  return ok(settled({ places, occupancies: layout.occupancies }, from));
}

/** The layout after an occupant left on a day: the nights before it stay hers. */
export function releasePlace(layout: Layout, occupantId: string, from: CivilDate): Layout {
  const occupancies = layout.occupancies.flatMap((occupancy) => (occupancy.occupantId === occupantId ? before(occupancy, from) : [occupancy]));
  return settled({ places: layout.places, occupancies }, from);
}

/** Holds whose moment has passed: nobody answers for them any more, so their places are free. */
export function lapsed(occupancies: readonly Occupancy[], now: Date): Occupancy[] {
  return occupancies.filter(({ expiresAt }) => expiresAt !== null && expiresAt.getTime() <= now.getTime());
}

/** The layout in which an occupant's place is called kept on these days, and a placement's on all others of hers. */
export function markKept(layout: Layout, occupantId: string, kept: readonly DayRange[]): Layout {
  const occupancies = layout.occupancies.flatMap((row): Occupancy[] =>
    row.occupantId !== occupantId || row.kind === 'hold'
      ? [row]
      : cut(row, kept).map((piece) => ({ ...row, ...piece, kind: kept.some((range) => contains(range, piece.from)) ? 'kept' : 'placement' })),
  );
  return { places: layout.places, occupancies: joined(occupancies) };
}

/** The stretches of a range within which nothing begins or ends. */
function cut(range: DayRange, rows: readonly DayRange[]): DayRange[] {
  const inside = rows.flatMap(({ from, to }) => [from, to]).filter((day): day is CivilDate => day !== null && day > range.from && (range.to === null || day < range.to));
  const starts = [range.from, ...new Set(inside.sort())];
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? range.to }));
}

/** The numbers that nobody has on a day; none where terms and exemptions are used up and it is no fact. */
function freeNumbers(layout: Layout, day: CivilDate, fact: boolean): number[] {
  const places = layout.places.filter((place) => contains(place, day));
  const taken = new Set(layout.occupancies.filter((occupancy) => contains(occupancy, day)).map(({ slot }) => slot));
  const counted = fact ? places : places.filter(({ basis }) => basis !== 'breach');
  if (counted.length <= taken.size) return [];
  return places.map(({ slot }) => slot).filter((slot) => !taken.has(slot)).sort((a, b) => a - b);
}

/**
 * Everybody from a day on in a place that is there, with her own number where she can keep it. A place that only a
 * breach had added goes as soon as it is not needed: else a later decision could lean on it.
 */
export function settled(layout: Layout, from: CivilDate): Layout {
  const places = layout.places.flatMap((place) => (place.basis === 'breach' ? before(place, from) : [place]));
  const occupancies = layout.occupancies.flatMap((occupancy) => before(occupancy, from));
  const numbers = new Map<string, number>();
  for (const piece of cut({ from, to: null }, [...layout.places, ...layout.occupancies])) {
    const here = layout.occupancies.filter((occupancy) => contains(occupancy, piece.from));
    const open = layout.places.filter((place) => contains(place, piece.from)).sort((a, b) => a.slot - b.slot);
    const firm = open.filter(({ basis }) => basis !== 'breach');
    const held = (place: Place): number => (here.some(({ slot }) => slot === place.slot) ? 0 : 1);
    const beyond = open.filter(({ basis }) => basis === 'breach').sort((a, b) => held(a) - held(b)).slice(0, Math.max(0, here.length - firm.length));
    places.push(...beyond.map((place) => ({ ...place, ...piece })));
    const free = new Set([...firm, ...beyond].map(({ slot }) => slot));
    const take = (one: Occupancy, slot: number | undefined): boolean => {
      if (slot === undefined || !free.delete(slot)) return false;
      numbers.set(one.occupantId, slot);
      occupancies.push({ ...one, ...piece, slot });
      return true;
    };
    const moved = here.filter((one) => !take(one, one.slot));
    for (const one of moved) if (!take(one, numbers.get(one.occupantId)) && !take(one, [...free][0])) throw new Error(`no place for ${one.occupantId}`);
  }
  return { places: joinedPlaces(places), occupancies: joined(occupancies) };
}

/** Of the numbers free now, the one that stays free for longest: the fewer rows the better. */
function longestFree(free: readonly number[], later: readonly (readonly number[])[]): number {
  const run = (slot: number): number => {
    const end = later.findIndex((numbers) => !numbers.includes(slot));
    return end === -1 ? later.length : end;
  };
  return free.reduce((best, slot) => (run(slot) > run(best) ? slot : best));
}

function before<T extends DayRange>(row: T, day: CivilDate): T[] {
  if (row.from >= day) return [];
  return [row.to === null || row.to > day ? { ...row, to: day } : row];
}

/** Rows of one occupant in one slot that touch become one row. */
function joined(rows: readonly Occupancy[]): Occupancy[] {
  return touching(rows, (row) => [row.occupantId, row.kind, row.slot].join(' '));
}

function joinedPlaces(rows: readonly Place[]): Place[] {
  return touching(rows, (row) => [row.slot, row.basis, row.sourceId].join(' '));
}

function touching<T extends DayRange>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  const done = new Map<string, T[]>();
  for (const row of [...rows].sort((a, b) => compareDates(a.from, b.from))) {
    const own = done.get(keyOf(row)) ?? [];
    const last = own.at(-1);
    if (last !== undefined && last.to === row.from) own[own.length - 1] = { ...last, to: row.to };
    else own.push(row);
    done.set(keyOf(row), own);
  }
  return [...done.values()].flat();
}
