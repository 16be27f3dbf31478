import { defineUse } from '../placements/corrections.uses.js';

/** A day that a published quarter counted, as it was known then, is not corrected by one person alone. */
defineUse('publication', async (op, { days, sinceDay }) => {
  const found = await op.tx.row(
    'select id from statistics.releases where as_known_on >= $1 and reference_day >= $2 and ($3::date is null or reference_day < $3) limit 1',
    [sinceDay, days.from, days.to],
  );
  return found !== undefined;
});
