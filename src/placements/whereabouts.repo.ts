import type { DayRange } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';

/** The days of a placement on which she sleeps elsewhere and her place is kept. */
export async function keptDays(op: Op, placementId: string): Promise<DayRange[]> {
  return op.tx.rows<DayRange>(
    `select lower(during) as "from", upper(during) as "to" from placements.episodes where placement_id = $1 and kind not in ('foster', 'kinship', 'family_house') order by during`,
    [placementId],
  );
}
