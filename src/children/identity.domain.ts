import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** In what two files agree, or contradict each other. */
export const MATCH_SIGNS = ['whole_name', 'part_of_name', 'rare_name', 'birth_day', 'birth_time', 'sex', 'home', 'relatives', 'siblings'] as const;
export type MatchSign = (typeof MATCH_SIGNS)[number];

/** How two files compare; what stands in them is not among it. */
export interface Comparison {
  /** Do they share a whole name, in either script and order? */
  readonly whole: boolean;
  /** How many parts of a name they share. */
  readonly parts: number;
  /** How many in the register bear that whole name, at most 100. */
  readonly bearers: number;
  readonly sameSex: boolean;
  /** Are both birth dates known to the day, and one? */
  readonly sameDay: boolean;
  /** 0: they can have been born on one day; else how many years, begun ones counted, lie between. */
  readonly yearsApart: number;
  /** Where they come from: 3 one commune, 2 one district, 1 one province, 0 two provinces, null not known of both. */
  readonly home: number | null;
  /** Relatives of one relation and name. */
  readonly relatives: number;
  /** Of one sibling group? */
  readonly siblings: boolean;
}

/** What a comparison says: how much, and why. */
export interface Judgement {
  readonly score: number;
  readonly agrees: readonly MatchSign[];
  readonly contradicts: readonly MatchSign[];
}

/** Below it two files are not named together. */
const LEAST = 40;
/** From it on an office is asked to look: a whole name and a guessed age are not enough, where many bear that name. */
export const STRONG = 70;
const RARE = 20;

/** Weighs a comparison: each sign adds or takes away by itself, so that the reasons add up to the score. */
export function judge(two: Comparison): Judgement {
  const signs: readonly (readonly [sign: MatchSign, points: number])[] = [
    ['whole_name', two.whole ? 40 : 0],
    ['part_of_name', two.whole ? 0 : [0, 5, 20][Math.min(2, two.parts)] ?? 0],
    ['rare_name', two.whole && two.bearers <= RARE ? 15 : 0],
    ['birth_day', two.sameDay ? 30 : 0],
    ['birth_time', two.sameDay ? 0 : two.yearsApart === 0 ? 20 : -10 * Math.min(4, two.yearsApart)],
    ['sex', two.sameSex ? 0 : -25],
    ['home', two.home === null ? 0 : [-10, 0, 5, 10][two.home] ?? 0],
    ['relatives', Math.min(2, two.relatives) * 15],
    ['siblings', two.siblings ? -30 : 0],
  ];
  return {
    score: signs.reduce((sum, [, points]) => sum + points, 0),
    agrees: signs.filter(([, points]) => points > 0).map(([sign]) => sign),
    contradicts: signs.filter(([, points]) => points < 0).map(([sign]) => sign),
  };
}

/** The candidates worth naming, the likeliest first; equal ones stay in the order given. */
export function ranked<T extends Comparison>(found: readonly T[], most: number): (T & Judgement)[] {
  return found.map((one) => ({ ...one, ...judge(one) })).filter(({ score }) => score >= LEAST).sort((a, b) => b.score - a.score).slice(0, most);
}

/** A file as merging sees it. */
export interface FileFacts {
  readonly number: number;
  /** Number of the file that it is merged into. */
  readonly mergedInto: number | null;
  /** Numbers of files merged into it. */
  readonly holds: readonly number[];
}

/** What may stand between two files. */
export interface Between {
  /** Since when they are known to be two children. */
  readonly differentSince: string | null;
  readonly siblings: boolean;
  /** Can they have been born on one day? */
  readonly sameBirth: boolean;
  readonly sameMother: boolean;
}

/** Which signs say that the two may be twins or siblings, rather than one child. */
export function twinSigns(between: Between): readonly ('siblings' | 'mother_and_birth')[] {
  return [...(between.siblings ? (['siblings'] as const) : []), ...(between.sameBirth && between.sameMother ? (['mother_and_birth'] as const) : [])];
}

/** May two files become those of one person? One step only: what is merged holds nothing itself. */
export function decideMerge(kept: FileFacts, other: FileFacts, between: Between, noTwins: boolean): Result<'merged', 'ALREADY_MERGED' | 'OTHERS_MERGED' | 'KNOWN_DIFFERENT' | 'TWINS_POSSIBLE'> {
  const merged = [kept, other].find(({ mergedInto }) => mergedInto !== null);
  if (merged !== undefined) return refuse('ALREADY_MERGED', { number: merged.mergedInto ?? 0 });
  if (other.holds.length > 0) return refuse('OTHERS_MERGED', { numbers: other.holds.join(', ') });
  if (between.differentSince !== null) return refuse('KNOWN_DIFFERENT', { on: between.differentSince });
  const signs = twinSigns(between);
  if (signs.length > 0 && !noTwins) return refuse('TWINS_POSSIBLE', { signs: signs.join(', ') });
  return ok('merged');
}
