import type { CivilDate } from '../kernel/civil-date.js';
import { areasFor } from '../platform/auth/acts.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { InstitutionKindCode, InstitutionStateCode } from './institution.domain.js';
import { acts, mayRead, ownInstitutions } from './institution.policy.js';

export interface InstitutionRow {
  readonly id: string;
  readonly kind: InstitutionKindCode;
  readonly name_km: string;
  readonly name_latin: string;
  readonly area_code: string;
  readonly office_id: string;
  readonly capacity: number;
  readonly state: InstitutionStateCode;
  readonly registered_on: CivilDate;
  readonly version: number;
}

const COLUMNS = 'id, kind, name_km, name_latin, area_code, office_id, capacity, state, registered_on, version';

/** Institutions by id; one outside the actor's territory that is not her own is as good as none. */
export const institutionById = defineLoader<InstitutionRow>('institution', async (op, ids) => {
  const rows = await op.tx.rows<InstitutionRow>(`select ${COLUMNS} from institutions.institutions where id = any ($1::uuid[])`, [ids]);
  return inOrder(ids, rows.filter((row) => mayRead(op.actor, row)), (row) => row.id);
});

/** Institutions the actor may read, by area; `after` is area and id of the last one seen. */
export async function listInstitutions(
  op: Op,
  filter: { readonly within: string | null; readonly kind: InstitutionKindCode | null },
  after: readonly [areaCode: string, id: string] | undefined,
  limit: number,
): Promise<InstitutionRow[]> {
  const [area = null, id = null] = after ?? [];
  return op.tx.rows<InstitutionRow>(
    `select ${COLUMNS} from institutions.institutions
     where (exists (select from unnest($1::text[]) as mine (code) where starts_with(area_code, mine.code)) or id = any ($2::uuid[]))
       and starts_with(area_code, coalesce($3, '')) and ($4::text is null or kind = $4)
       and ($5::text is null or (area_code, id) > ($5, $6::uuid))
     order by area_code, id limit $7`,
    [areasFor(op.actor, acts['institution.read']), ownInstitutions(op.actor), filter.within, filter.kind, area, id, limit],
  );
}
