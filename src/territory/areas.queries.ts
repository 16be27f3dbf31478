import { distanceKm } from '../kernel/distance.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import { levelOf, nearness } from './area.domain.js';
import type { AreaLevel, Nearness } from './area.domain.js';

export interface AreaRow {
  readonly code: string;
  readonly parent_code: string | null;
  readonly level: AreaLevel;
  readonly type_en: string;
  readonly name_km: string;
  readonly name_latin: string;
  readonly lat: number | null;
  readonly lng: number | null;
}

const COLUMNS = 'code, parent_code, level, type_en, name_km, name_latin, lat, lng';

/** Areas by code; the map of the country is nobody's secret. */
export const areaByCode = defineLoader<AreaRow>('area', async (op, codes) =>
  inOrder(codes, await op.tx.rows<AreaRow>(`select ${COLUMNS} from territory.areas where code = any ($1::text[])`, [codes]), (row) => row.code),
);

/** What to list: direct children of `parent`, or, with a level or a search key, everything inside it that fits. */
export interface AreaFilter {
  readonly parent: string | null;
  readonly level: AreaLevel | null;
  readonly searchKey: string | null;
}

/** Areas in the order of their codes; `after` is the code of the last one seen. */
export async function listAreas(op: Op, filter: AreaFilter, after: string | null, limit: number): Promise<AreaRow[]> {
  const childrenOnly = filter.parent !== null && filter.level === null && filter.searchKey === null;
  return op.tx.rows<AreaRow>(
    `select ${COLUMNS} from territory.areas
     where ($1::text is null or (starts_with(code, $1) and code <> $1)) and (not $2::boolean or parent_code = $1)
       and ($3::text is null or level = $3) and ($4::text is null or strpos(search_key, $4) > 0)
       and ($5::text is null or code > $5)
     order by code limit $6`,
    [filter.parent, childrenOnly, filter.level, filter.searchKey, after, limit],
  );
}

/** Which area's centroid stood for the one that was asked for. */
export interface MeasuredFrom {
  readonly code: string;
  readonly level: AreaLevel;
}

/** How far two areas are apart, from where it was measured, and how near they are by what surrounds both. */
export interface AreaDistance {
  /** Between the centroids, as the crow flies, rounded to 100 m. */
  readonly km: number;
  readonly from: MeasuredFrom;
  readonly to: MeasuredFrom;
  /** Both areas have a centroid of their own; otherwise the nearest area around stood for one of them. */
  readonly exact: boolean;
  readonly nearness: Nearness;
}

/** The distance between two areas; undefined where nothing around one of them has a centroid. */
export async function distanceBetween(op: Op, codeA: string, codeB: string): Promise<AreaDistance | undefined> {
  const rows = await op.tx.rows<{ asked: string; code: string; lat: number; lng: number }>(
    `select asked, c.code, c.lat, c.lng from unnest($1::text[]) as asked, territory.centroid_of(asked) c`,
    [[codeA, codeB]],
  );
  const a = rows.find(({ asked }) => asked === codeA);
  const b = rows.find(({ asked }) => asked === codeB);
  if (a === undefined || b === undefined) return undefined;
  return {
    km: distanceKm(a, b),
    from: { code: a.code, level: levelOf(a.code) },
    to: { code: b.code, level: levelOf(b.code) },
    exact: a.code === codeA && b.code === codeB,
    nearness: nearness(codeA, codeB),
  };
}
