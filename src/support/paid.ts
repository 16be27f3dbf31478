import { defineUse } from '../placements/corrections.uses.js';

/** A night that was paid for is not corrected by one person alone. What it was paid too little is an adjustment of the next run. */
defineUse('payment', async (op, { childId, days }) => {
  const row = await op.tx.row<{ paid: boolean }>('select support.paid_for($1, $2, $3) as paid', [childId, days.from, days.to]);
  return row?.paid === true;
});
