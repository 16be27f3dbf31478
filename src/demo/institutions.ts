import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';

export interface DemoInstitution {
  readonly id: string;
  readonly areaCode: string;
  readonly children: number;
}

const INSTITUTIONS: readonly (readonly [kind: string, km: string, latin: string, area: string, capacity: number, children: number])[] = [
  ['protection_centre', 'ផ្ទះផ្កាឈូក', 'House of the Lotus', '020301', 60, 34],
  ['temporary_centre', 'មណ្ឌលស្វាគមន៍', 'Welcome Centre', '171001', 30, 12],
  ['pagoda', 'វត្តស្វាយ', 'Wat Svay', '171002', 20, 7],
];

/** Three residential institutions that do not exist. */
export async function insertInstitutions(op: Op): Promise<DemoInstitution[]> {
  const made = INSTITUTIONS.map(([kind, km, latin, area, capacity, children]) => ({ id: newId(), kind, km, latin, area, capacity, children }));
  for (const { id, kind, km, latin, area, capacity } of made) {
    await op.tx.run(
      `insert into institutions.institutions (id, kind, name_km, name_latin, area_code, office_id, capacity, registered_on)
       values ($1, $2, $3, $4, $5, territory.office_for($5), $6, '2018-03-01')`,
      [id, kind, km, latin, area, capacity],
    );
  }
  return made.map(({ id, area, children }) => ({ id, areaCode: area, children }));
}
