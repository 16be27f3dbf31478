import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';

/** Names of offices, as the ministry signs: its provincial departments and their district offices. */
const MINISTRY = { km: 'ក្រសួងសង្គមកិច្ច អតីតយុទ្ធជន និងយុវនីតិសម្បទា', latin: 'Ministry of Social Affairs, Veterans and Youth Rehabilitation' };
const DEPARTMENT = { km: 'មន្ទីរសង្គមកិច្ច អតីតយុទ្ធជន និងយុវនីតិសម្បទា', latin: 'Department of Social Affairs' };
const DISTRICT_OFFICE = { km: 'ការិយាល័យសង្គមកិច្ច', latin: 'Office of Social Affairs' };

/** Opens the ministry's office and one for each province and district that has none yet. Says how many were opened. */
export async function ensureOffices(op: Op, makeId: () => string = newId): Promise<number> {
  const lacking = await op.tx.rows<{ kind: 'ministry' | 'province' | 'district'; code: string | null; km: string; latin: string }>(
    `select * from (
       select 'ministry' as kind, null as code, '' as km, '' as latin
       union all
       select a.level, a.code, a.name_km, a.name_latin from territory.areas a where length(a.code) <= 4
     ) place where not exists (select from territory.offices o where coalesce(o.area_code, '') = coalesce(place.code, ''))
     order by code nulls first`,
  );
  if (lacking.length === 0) return 0;
  const named = lacking.map(({ kind, code, km, latin }) => ({ kind, code, ...officeNames(kind, km || latin, latin || km) }));
  return op.tx.run(
    `insert into territory.offices (id, kind, area_code, name_km, name_latin)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) on conflict do nothing`,
    [named.map(makeId), named.map(({ kind }) => kind), named.map(({ code }) => code), named.map(({ km }) => km), named.map(({ latin }) => latin)],
  );
}

function officeNames(kind: 'ministry' | 'province' | 'district', km: string, latin: string): { km: string; latin: string } {
  if (kind === 'ministry') return MINISTRY;
  const { km: titleKm, latin: titleLatin } = kind === 'province' ? DEPARTMENT : DISTRICT_OFFICE;
  return { km: `${titleKm} ${km}`, latin: `${titleLatin}, ${latin}` };
}
