import type { CivilDate } from '../kernel/civil-date.js';
import { distanceKm } from '../kernel/distance.js';
import type { Op } from '../platform/database/op.js';
import type { RankedFamily } from './ranking.domain.js';

/** What the stand-by list gives of every family of the country that was ever approved: no name, no phone, no village. */
export type Candidate = Omit<RankedFamily, 'placesForAll' | 'distances'> & { readonly kind: string };

/** Every family that might be asked, from a day on. */
export async function listCandidates(op: Op, on: CivilDate): Promise<Candidate[]> {
  return op.tx.rows<Candidate>(
    `select id, number, area_code as "communeCode", office_id as "officeId", kind, languages, religion, own_children as "ownChildren", children as "placedChildren", experience,
       school_area_code as "schoolArea", coalesce(needs, '{}') as "termsNeeds", coalesce(youngest, 0) as youngest, coalesce(oldest, 0) as oldest, free_places as "freePlaces",
       waiting_since as "waitingSince"
     from carers.candidates($1, '', $2) order by id`,
    [on, op.now],
  );
}

/** How far each commune is from each of these areas, in units of 100 m; null where nothing around one of the two has a position. */
export async function distancesFrom(op: Op, communes: readonly string[], areas: readonly string[]): Promise<(commune: string) => Readonly<Record<string, number | null>>> {
  const asked = [...new Set([...communes, ...areas])];
  const rows = areas.length === 0 ? [] : await op.tx.rows<{ asked: string; lat: number; lng: number }>('select asked, c.lat, c.lng from unnest($1::text[]) as asked, territory.centroid_of(asked) c', [asked]);
  const positions = new Map(rows.map((row) => [row.asked, row]));
  const apart = (commune: string, area: string): number | null => {
    const [a, b] = [positions.get(commune), positions.get(area)];
    return a === undefined || b === undefined ? null : Math.round(distanceKm(a, b) * 10);
  };
  const known = new Map(communes.map((commune) => [commune, Object.fromEntries(areas.map((area) => [area, apart(commune, area)]))]));
  return (commune) => known.get(commune) ?? {};
}

/** Where a child lives in a family, or is planned to. */
export interface Home {
  readonly child_id: string;
  readonly family_id: string;
  readonly state: 'planned' | 'approved' | 'active';
}

/** The families in which children live or are planned to live. */
export async function homesOf(op: Op, childIds: readonly string[]): Promise<Home[]> {
  return op.tx.rows<Home>(`select child_id, family_id, state from placements.placements where child_id = any ($1::uuid[]) and state in ('planned', 'approved', 'active') order by child_id, state`, [childIds]);
}

/** A family that cared for one of the children before. */
export interface FormerCarer {
  readonly family_id: string;
  readonly left_on: CivilDate;
}

/** The families that cared for these children before, the latest first. */
export async function formerCarers(op: Op, childIds: readonly string[]): Promise<FormerCarer[]> {
  return op.tx.rows<FormerCarer>(
    `select family_id, max(ended_on) as left_on from placements.placements where child_id = any ($1::uuid[]) and state = 'ended' group by family_id order by left_on desc, family_id`,
    [childIds],
  );
}

/** Kin whom gatekeeping assessed and chose. */
export async function assessedKin(op: Op, childIds: readonly string[]): Promise<string[]> {
  const rows = await op.tx.rows<{ relative_id: string }>(
    `select distinct o.relative_id from placements.options o join placements.gatekeepings g on g.id = o.gatekeeping_id
     where g.child_id = any ($1::uuid[]) and o.option = 'kin' and o.outcome = 'chosen' and o.relative_id is not null order by o.relative_id`,
    [childIds],
  );
  return rows.map(({ relative_id }) => relative_id);
}

/** The area that an office answers for: '' is the country. */
export async function areaOfOffice(op: Op, officeId: string): Promise<string> {
  return (await op.tx.row<{ area_code: string | null }>('select area_code from territory.offices where id = $1', [officeId]))?.area_code ?? '';
}
