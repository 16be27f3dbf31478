import type { Op } from '../platform/database/op.js';
import { areaSearchKey } from './area.domain.js';
import type { AreaFacts } from './area.domain.js';

/** Rows in one statement: 16,465 areas take 17 of them, each far below the statement timeout. */
const BATCH = 1_000;

/** Every area as it stands, by its code. Whoever loads areas waits here for whoever is already loading some. */
export async function lockAreas(op: Op): Promise<Map<string, AreaFacts>> {
  await op.tx.run(`select pg_advisory_xact_lock(hashtextextended('territory.areas', 0))`);
  const rows = await op.tx.rows<AreaFacts>(
    `select code, parent_code as "parentCode", level, type_en as "typeEn", name_km as "nameKm", name_latin as "nameLatin", lat, lng from territory.areas`,
  );
  return new Map(rows.map((row) => [row.code, row]));
}

/** Inserts areas, parents before children, and says after each batch how many are in. */
export async function insertAreas(op: Op, areas: readonly AreaFacts[], tell: (done: number) => void): Promise<void> {
  await inBatches(areas, tell, (batch) =>
    op.tx.run(
      `insert into territory.areas (code, parent_code, level, type_en, name_km, name_latin, lat, lng, search_key)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::float8[], $9::text[])`,
      [batch.map(({ code }) => code), batch.map(({ parentCode }) => parentCode), batch.map(({ level }) => level), ...descriptions(batch)],
    ),
  );
}

/** Brings names, kind and position of areas in line with what the file says. */
export async function updateAreas(op: Op, areas: readonly AreaFacts[], tell: (done: number) => void): Promise<void> {
  await inBatches(areas, tell, (batch) =>
    op.tx.run(
      `update territory.areas a
       set type_en = new.type_en, name_km = new.name_km, name_latin = new.name_latin, lat = new.lat, lng = new.lng, search_key = new.search_key
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::text[])
         as new (code, type_en, name_km, name_latin, lat, lng, search_key) where a.code = new.code`,
      [batch.map(({ code }) => code), ...descriptions(batch)],
    ),
  );
}

function descriptions(batch: readonly AreaFacts[]): (string | number | null)[][] {
  return [
    batch.map(({ typeEn }) => typeEn),
    batch.map(({ nameKm }) => nameKm),
    batch.map(({ nameLatin }) => nameLatin),
    batch.map(({ lat }) => lat),
    batch.map(({ lng }) => lng),
    batch.map(areaSearchKey),
  ];
}

async function inBatches(areas: readonly AreaFacts[], tell: (done: number) => void, write: (batch: readonly AreaFacts[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < areas.length; from += BATCH) {
    const batch = areas.slice(from, from + BATCH);
    await write(batch);
    tell(from + batch.length);
  }
}
