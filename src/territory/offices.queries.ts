import type { Op } from '../platform/database/op.js';

/** The office that answers for an area: its district's, else its province's, else the ministry's. Undefined when no area has this code. */
export async function officeFor(op: Op, areaCode: string): Promise<string | undefined> {
  const row = await op.tx.row<{ id: string }>(`select territory.office_for(code) as id from territory.areas where code = $1`, [areaCode]);
  return row?.id;
}
