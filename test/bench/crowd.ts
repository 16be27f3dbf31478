import type pg from 'pg';
import { nameOf } from '../../src/demo/names.js';
import { Stream } from '../../src/demo/random.js';

/** How many people the register is for, as of its design. */
const FAMILIES = 3_000;
const CHILDREN = 16_579;

/**
 * Fills a register up to the size of the country, where the demonstration in it is smaller: plain rows for lists and
 * files, by the owner's hand, the same for the same seed. Families have two adults, terms and two places.
 */
export async function ensureCrowd(owner: pg.Pool, seed: number): Promise<void> {
  const { rows } = await owner.query<{ families: number; children: number }>('select (select count(*)::int from carers.families) as families, (select count(*)::int from children.children) as children');
  const names = namesOf(seed);
  const [families, children] = [FAMILIES - (rows[0]?.families ?? 0), CHILDREN - (rows[0]?.children ?? 0)];
  if (families > 0) await insertFamilies(owner, families, names);
  if (children > 0) await insertChildren(owner, children, names);
  if (families > 0 || children > 0) await owner.query('vacuum analyze');
}

function namesOf(seed: number): { readonly km: string[]; readonly latin: string[] } {
  const random = new Stream(`bench/${seed}/names`);
  const names = Array.from({ length: 500 }, (_, n) => nameOf(random, n % 2 === 0 ? 'female' : 'male'));
  return { km: names.map(({ km }) => km), latin: names.map(({ latin }) => latin) };
}

/** Villages in their order, so that a row's number says where it is. */
const VILLAGES = `select code, territory.office_for(code) as office_id, row_number() over (order by code) - 1 as at, count(*) over () as of
  from territory.areas where length(code) >= 6 and valid_to is null`;
/** An id that sorts by its number, as those of the register sort by time. */
const id = (kind: number, n: string): string => `('01900000-0000-7000-8${kind}00-' || lpad(to_hex((${n})::int), 12, '0'))::uuid`;
const named = (n: string): string => `($2::text[])[1 + (${n})::int % 500], ($3::text[])[1 + (${n})::int % 500]`;

async function insertFamilies(owner: pg.Pool, count: number, names: { readonly km: string[]; readonly latin: string[] }): Promise<void> {
  await owner.query(
    `with village as (${VILLAGES}), n as (select n, village.* from generate_series(0, $1::int - 1) as n join village on village.at = n % village.of),
     family as (insert into carers.families (id, kind, name_km, name_latin, phone, area_code, office_id, languages, religion, own_children, opened_on)
       select ${id(1, 'n')}, 'foster', ${named('n')}, '+85512' || lpad(n::text, 6, '0'), code, office_id, array['khm'], 'Buddhist', n % 4, current_date - 400 - n % 300 from n),
     adult as (insert into carers.adults (id, family_id, office_id, name_km, name_latin, sex, birth_date, birth_precision, carer, during)
       select ${id(2, '2 * n + who')}, ${id(1, 'n')}, office_id, ${named('n + who * 7')}, case who when 0 then 'female' else 'male' end, make_date(1968 + n % 22, 1, 1), 'year', true,
         daterange(current_date - 400 - n % 300, null) from n, generate_series(0, 1) as who),
     terms as (insert into carers.approval_terms (id, family_id, during, source_id, places, youngest, oldest, sexes, care_kinds)
       select ${id(3, 'n')}, ${id(1, 'n')}, daterange(current_date - 200, current_date + 165), ${id(3, 'n')}, 2, 0, 15, array['female', 'male'], array['foster'] from n)
     insert into carers.family_places (family_id, slot, during, basis, source_id)
       select ${id(1, 'n')}, slot, daterange(current_date - 200, null), 'terms', ${id(3, 'n')} from n, generate_series(1, 2) as slot`,
    [count, names.km, names.latin],
  );
}

async function insertChildren(owner: pg.Pool, count: number, names: { readonly km: string[]; readonly latin: string[] }): Promise<void> {
  await owner.query(
    `with village as (${VILLAGES})
     insert into children.children (id, name_km, name_latin, sex, birth_date, birth_precision, birth_basis, office_id, home_area_code, languages,
       main_reason, reasons, parental_status, civil_registration, registered_on, first_seen_on, last_seen_on)
     select ${id(4, 'n')}, ${named('n')}, case n % 2 when 0 then 'female' else 'male' end, current_date - 800 - n % 5000, 'day', 'other_document', office_id, code, array['khm'],
       'basic_needs', array['basic_needs'], 'both', 'registered', current_date - 300, current_date - 300, current_date - n % 100
     from generate_series(0, $1::int - 1) as n join village on village.at = n % village.of`,
    [count, names.km, names.latin],
  );
}
