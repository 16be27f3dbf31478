import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';

export type OfficeKindCode = 'ministry' | 'province' | 'district';

export interface OfficeRow {
  readonly id: string;
  readonly kind: OfficeKindCode;
  readonly area_code: string | null;
  readonly name_km: string;
  readonly name_latin: string;
}

const COLUMNS = 'id, kind, area_code, name_km, name_latin';

/** Offices by id; where the ministry's offices are is nobody's secret. */
export const officeById = defineLoader<OfficeRow>('office', async (op, ids) =>
  inOrder(ids, await op.tx.rows<OfficeRow>(`select ${COLUMNS} from territory.offices where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** Offices in the order of their areas, the ministry first; `after` is the area of the last one seen. */
export async function listOffices(op: Op, kind: OfficeKindCode | null, within: string | null, after: string | null, limit: number): Promise<OfficeRow[]> {
  return op.tx.rows<OfficeRow>(
    `select ${COLUMNS} from territory.offices
     where ($1::text is null or kind = $1) and ($2::text is null or starts_with(area_code, $2)) and ($3::text is null or coalesce(area_code, '') > $3)
     order by coalesce(area_code, '') limit $4`,
    [kind, within, after, limit],
  );
}
