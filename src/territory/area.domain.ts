import type { Position } from '../kernel/distance.js';
import { searchKey } from '../kernel/khmer.js';

/** The four levels, outermost first; an area's code has two digits for each level down to its own. */
export const AREA_LEVELS = ['province', 'district', 'commune', 'village'] as const;
export type AreaLevel = (typeof AREA_LEVELS)[number];

/** What the register knows of one area. The names are kept as they were typed. */
export interface AreaFacts {
  readonly code: string;
  readonly parentCode: string | null;
  readonly level: AreaLevel;
  readonly typeEn: string;
  readonly nameKm: string;
  readonly nameLatin: string;
  readonly lat: number | null;
  readonly lng: number | null;
}

/** Where areas lie: all of Cambodia with a margin. The latitudes and longitudes do not overlap, so that swapped ones are seen. */
const BOUNDS = { lat: [9, 15.5], lng: [102, 108.5] } as const;

/** Is this position in or near Cambodia? */
export function isInBounds({ lat, lng }: Position): boolean {
  return lat >= BOUNDS.lat[0] && lat <= BOUNDS.lat[1] && lng >= BOUNDS.lng[0] && lng <= BOUNDS.lng[1];
}

/** Two digits for each level, no pair 00. */
export function isAreaCode(text: string): boolean {
  return /^(?!(?:..)*00)(?:\d\d){1,4}$/.test(text);
}

/** The level that a code belongs to by its length. */
export function levelOf(code: string): AreaLevel {
  const level = AREA_LEVELS[code.length / 2 - 1];
  if (level === undefined) throw new RangeError('not the code of an area');
  return level;
}

/** The code of the area around this one; null for a province. */
export function parentOf(code: string): string | null {
  return code.length <= 2 ? null : code.slice(0, -2);
}

/** The codes from the province down to the area itself. */
export function pathOf(code: string): string[] {
  return AREA_LEVELS.map((_, index) => code.slice(0, 2 * index + 2)).filter((part, index) => part.length === 2 * index + 2);
}

/** The key under which an area is found in both scripts. */
export function areaSearchKey({ nameKm, nameLatin }: Pick<AreaFacts, 'nameKm' | 'nameLatin'>): string {
  return `${searchKey(nameKm)} ${searchKey(nameLatin)}`;
}

/** How near two areas are by what surrounds both, nearest first. */
export const NEARNESS = ['same_village', 'same_commune', 'same_district', 'same_province', 'further'] as const;
export type Nearness = (typeof NEARNESS)[number];

/** How near two areas are by their codes alone: what matching falls back to where no centroid is known. */
export function nearness(a: string, b: string): Nearness {
  for (const [digits, band] of [[8, 'same_village'], [6, 'same_commune'], [4, 'same_district'], [2, 'same_province']] as const) {
    if (a.length >= digits && b.length >= digits && a.slice(0, digits) === b.slice(0, digits)) return band;
  }
  return 'further';
}
