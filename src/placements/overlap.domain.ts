import type { CivilDate } from '../kernel/civil-date.js';

/** One stretch of a file's timeline. */
export interface Stretch {
  readonly id: string;
  readonly kind: string;
  readonly starts: CivilDate;
  readonly ends: CivilDate | null;
  readonly institution_id: string | null;
  readonly family_id: string | null;
}

/** Days on which two files of one person each say where she was. */
export interface Overlap {
  readonly kept: Stretch;
  readonly other: Stretch;
  readonly from: CivilDate;
  /** The first day on which one of them says nothing any more; null: both go on. */
  readonly to: CivilDate | null;
  /** Do both say the same place? Then nothing is in question but that it is written twice. */
  readonly samePlace: boolean;
}

/** Every pair of stretches of two timelines that share a day, in the order of those days. Both timelines are in order. */
export function overlapsOf(kept: readonly Stretch[], other: readonly Stretch[]): Overlap[] {
  const found: Overlap[] = [];
  for (const one of kept) {
    for (const two of other) {
      const from = one.starts > two.starts ? one.starts : two.starts;
      const to = one.ends === null || (two.ends !== null && two.ends < one.ends) ? two.ends : one.ends;
      if (to !== null && to <= from) continue;
      const samePlace = one.kind === two.kind && one.institution_id === two.institution_id && one.family_id === two.family_id;
      found.push({ kept: one, other: two, from, to, samePlace });
    }
  }
  return found.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}
