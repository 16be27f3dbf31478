import type { Op } from '../platform/database/op.js';
import { loadAreas } from '../territory/areas.load.js';
import { loadSmallAreas } from '../territory/small-areas.js';
import { stream } from './random.js';
import type { Stream } from './random.js';
import { Places } from './world.js';
import type { DemoArea, DemoOffice } from './world.js';

/** Villages that the known people of the demonstration live in. */
const NEEDED = ['02030101', '02010101', '12010101', '17100101'];
/** From this size on every province has people, also one whose areas nobody has loaded. */
const WHOLE_COUNTRY = 0.5;
const DISTRICTS = [6, 10] as const;
const COMMUNES = [5, 9] as const;
const VILLAGES = [3, 7] as const;

/**
 * The areas the invented people live in, with their offices: those that were loaded, the product's own where none were,
 * and for a whole country invented ones in provinces that have nothing below them. Those say so in their names.
 */
export async function settle(op: Op, seed: number, scale: number): Promise<Places> {
  const ids = stream(seed, 'offices');
  const known = await op.tx.rows('select from territory.areas where code = any ($1::text[])', [NEEDED]);
  if (known.length < NEEDED.length) await loadSmallAreas(op, () => ids.id(op.today));
  if (scale >= WHOLE_COUNTRY) {
    const empty = await op.tx.rows<{ code: string; lat: number | null; lng: number | null }>(
      `select code, lat, lng from territory.areas p where level = 'province' and not exists (select from territory.areas below where below.parent_code = p.code) order by code`,
    );
    if (empty.length > 0) await loadAreas(op, inventedAreas(empty, stream(seed, 'areas')), undefined, () => ids.id(op.today));
  }
  const areas = await op.tx.rows<DemoArea>(`select code, name_km as "nameKm", name_latin as "nameLatin", type_en as type from territory.areas where valid_to is null or valid_to > $1`, [op.today]);
  const offices = await op.tx.rows<DemoOffice>(`select id, kind, coalesce(area_code, '') as "areaCode" from territory.offices`);
  return new Places(areas, offices);
}

/** An area file of districts, communes and villages that do not exist. Their codes are higher than any real one. */
function inventedAreas(provinces: readonly { readonly code: string; readonly lat: number | null; readonly lng: number | null }[], random: Stream): string {
  const lines = ['code,parent_code,level,type_en,name_km,name_latin,lat,lng'];
  const near = (around: number | null, reach: number): string => (around === null ? '' : (around + (random.below(2_000) / 1_000 - 1) * reach).toFixed(4));
  for (const { code, lat, lng } of provinces) {
    for (const district of numbered(code, random.between(...DISTRICTS))) {
      lines.push([district, code, 'district', 'District', `ស្រុកសន្មត ${khmer(district)}`, `Invented District ${district}`, near(lat, 0.2), near(lng, 0.2)].join(','));
      for (const [i, commune] of numbered(district, random.between(...COMMUNES)).entries()) {
        const town = i === 0 && district.endsWith('91');
        lines.push([commune, district, 'commune', town ? 'Quarter' : 'Commune', `ឃុំសន្មត ${khmer(commune)}`, `Invented Commune ${commune}`, near(lat, 0.25), near(lng, 0.25)].join(','));
        for (const village of numbered(commune, random.between(...VILLAGES))) {
          lines.push([village, commune, 'village', 'Village', `ភូមិសន្មត ${khmer(village)}`, `Invented Village ${village}`, '', ''].join(','));
        }
      }
    }
  }
  return lines.join('\n');
}

/** Codes below one: districts count from 91, so that no real one is met. */
function numbered(code: string, count: number): string[] {
  const first = code.length === 2 ? 91 - Math.max(0, count - 9) : 1;
  return Array.from({ length: count }, (_, i) => `${code}${String(first + i).padStart(2, '0')}`);
}

function khmer(code: string): string {
  return [...code].map((digit) => String.fromCharCode(0x17e0 + Number(digit))).join('');
}
