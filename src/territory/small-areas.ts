import { readFile } from 'node:fs/promises';
import type { Op } from '../platform/database/op.js';
import { decodeAreaFile } from './area-file.domain.js';
import { loadAreas } from './areas.load.js';
import type { AreaLoadDone } from './areas.load.js';
import { HOLIDAYS } from './holidays.data.js';

/** The product's own area file stays in the source tree; this module runs from `dist/src/territory`. */
const SMALL_FILE = new URL('../../../src/territory/data/areas.csv', import.meta.url);

/**
 * Loads the product's own small area file (25 provinces, and districts, communes and villages of four of them) with the
 * offices that answer for them: the country of the demonstration. Needs the owner's or the worker's login.
 */
export async function loadSmallAreas(op: Op, makeId?: () => string): Promise<AreaLoadDone> {
  return loadAreas(op, decodeAreaFile(await readFile(SMALL_FILE)), undefined, makeId);
}

/** Writes the holidays of 2025 to 2027 where they are not known yet. Says how many were new. */
export async function ensureHolidays(op: Op): Promise<number> {
  return op.tx.run(
    `insert into territory.holidays (day, name_km, name_en, citation)
     select * from unnest($1::date[], $2::text[], $3::text[], $4::text[]) on conflict do nothing`,
    [HOLIDAYS.map(({ day }) => day), HOLIDAYS.map(({ nameKm }) => nameKm), HOLIDAYS.map(({ nameEn }) => nameEn), HOLIDAYS.map(({ citation }) => citation)],
  );
}
