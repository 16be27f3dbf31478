import type pg from 'pg';

/** How large a country to make. */
export interface Size {
  readonly families: number;
  readonly years: number;
  readonly seed: number;
}

const DISTRICTS = 8;
const COMMUNES = 8;
const PROVINCES = 25;

/** Tables whose rules are taken off while they are filled: each row would be asked for by itself. */
const FILLED = ['families', 'adults', 'family_places', 'place_occupancies', 'standings', 'approval_terms'];

/**
 * Families in every district with so many years behind each: an approval and terms every year, certificates every second,
 * checks every two and a half, stays and empty months, suspensions, people who moved in and out. Everything follows from the
 * seed and the family's number, by hashes; no two are alike and no run differs from another.
 */
export async function fillHistory(client: pg.Client, size: Size, tell: (what: string) => void): Promise<void> {
  const { families, years, seed } = size;
  // All or nothing: a half-filled country would be measured next time.
  await client.query('begin');
  await client.query(PLACES, [PROVINCES, DISTRICTS, COMMUNES]);
  await client.query(`create function pg_temp.draw(n int, what text) returns double precision language sql immutable as
    $$ select (hashtextextended(what || n, ${seed}) & 1048575)::double precision / 1048576 $$`);
  const rules = await takeOff(client);
  for (const [what, sql] of STEPS) {
    tell(what);
    await client.query(sql.replaceAll(':families', String(families)).replaceAll(':years', String(years)));
  }
  tell('indexes and rules');
  for (const rule of rules) await client.query(rule);
  await client.query('commit');
  await client.query('vacuum (analyze) carers.families, carers.adults, carers.family_places, carers.place_occupancies, carers.standings, carers.approval_terms');
}

/** Drops the rules and indexes of the filled tables. Gives the statements that bring them back; keys to other tables are taken on trust. */
async function takeOff(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; add: string }>(
    `select * from (
       select 1 as turn, format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
         format('alter table %s add constraint %I %s not valid', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
       from pg_constraint where contype = 'f' and conrelid = any (select format('carers.%s', t)::regclass from unnest($1::text[]) t)
       union all select 2, format('alter table %s drop constraint %I', conrelid::regclass, conname), format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
       from pg_constraint where (contype in ('x', 'u') or conperiod) and contype <> 'f' and conrelid = any (select format('carers.%s', t)::regclass from unnest($1::text[]) t)
       union all select 3, format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
       from pg_index i where not i.indisunique and not exists (select from pg_constraint c where c.conindid = i.indexrelid) and i.indrelid = any (select format('carers.%s', t)::regclass from unnest($1::text[]) t)
     ) rules where turn > 1 or drop not like '%families_%' order by turn`,
    [FILLED],
  );
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ add }) => add.replace(/ not valid not valid$/i, ' not valid')).reverse();
}

/** Areas and offices of a country: how many provinces, districts in each, communes in each of those. */
export const PLACES = `
  with country as (select $1::int as provinces, $2::int as districts, $3::int as communes),
  provinces as (select lpad(p::text, 2, '0') as code from country, generate_series(1, provinces) p),
  districts as (select code || lpad(d::text, 2, '0') as code, code as parent from provinces, country, generate_series(1, districts) d),
  communes as (select code || lpad(c::text, 2, '0') as code, code as parent from districts, country, generate_series(1, communes) c),
  villages as (select code || '01' as code, code as parent from communes),
  areas as (
    insert into territory.areas (code, parent_code, level, type_en, name_km, name_latin)
    select code, null, 'province', 'Province', code, code from provinces union all select code, parent, 'district', 'District', code, code from districts
    union all select code, parent, 'commune', 'Commune', code, code from communes union all select code, parent, 'village', 'Village', code, code from villages returning code)
  insert into territory.offices (id, kind, area_code, name_km, name_latin)
  select uuidv7(), case length(code) when 2 then 'province' else 'district' end, code, code, code from areas where length(code) <= 4`;

/** The first day of a family's first approval: spread over a year, \`years\` ago. */
const BEGAN = `(current_date - (:years * 365 + (pg_temp.draw(n, 'began') * 365)::int))`;
/** Families as the other steps read them: number, id, first day, places. */
const MADE = `(select f.number as n, f.id, ${BEGAN.replaceAll('n,', 'f.number,')} as began, 1 + (pg_temp.draw(f.number, 'places') * 2.2)::int as places, f.closed_on, f.office_id from carers.families f)`;

const STEPS: readonly (readonly [what: string, sql: string])[] = [
  ['families', `
    insert into carers.families (id, number, kind, name_km, name_latin, area_code, office_id, languages, opened_on, closed_on, closed_why)
    select uuidv7(), n, case when pg_temp.draw(n, 'kind') < .7 then 'foster' when pg_temp.draw(n, 'kind') < .95 then 'kinship' else 'family_house' end, 'គ្រួសារ ' || n, 'Family ' || n,
      v.code, o.id, '{khm}', ${BEGAN} - 60, case when pg_temp.draw(n, 'closed') < .1 then current_date - (pg_temp.draw(n, 'closedon') * 900)::int end, case when pg_temp.draw(n, 'closed') < .1 then 'resigned' end
    from generate_series(1, :families) n
    join (select code, row_number() over (order by hashtext(code)) - 1 as place, count(*) over () as all from territory.areas where level = 'village') v on v.place = n % v.all
    join territory.offices o on o.area_code = left(v.code, 4)`],
  ['adults', `
    insert into carers.adults (id, family_id, office_id, name_km, sex, birth_date, birth_precision, carer, during)
    select uuidv7(), f.id, f.office_id, 'មនុស្ស', case k when 1 then 'female' else 'male' end, date '1970-01-01' + (pg_temp.draw(n, 'born' || k) * 7000)::int, 'day', k <= 2,
      daterange(f.began - 60 + case when k > 2 then (pg_temp.draw(n, 'came') * :years * 300)::int else 0 end,
        case when k > 2 and pg_temp.draw(n, 'left') < .5 then f.began + :years * 330 + 60 when k = 2 and pg_temp.draw(n, 'widow') < .06 then current_date - (pg_temp.draw(n, 'widowed') * 1500)::int end)
    from ${MADE} f cross join generate_series(1, 3) k where k = 1 or (k = 2 and pg_temp.draw(n, 'couple') < .8) or (k = 3 and pg_temp.draw(n, 'granny') < .35)`],
  ['approvals and terms', `
    insert into carers.approval_terms (id, family_id, during, source_id, places, youngest, oldest, sexes, needs, care_kinds)
    select uuidv7(), f.id, daterange(from_day, to_day), uuidv7(), f.places, y.youngest, least(17, y.youngest + 6 + (pg_temp.draw(n, 'span') * 12)::int),
      case when pg_temp.draw(n, 'sexes') < .8 then '{female,male}'::text[] when pg_temp.draw(n, 'sexes') < .9 then '{female}' else '{male}' end,
      array_remove(array[case when pg_temp.draw(n, 'daily') < .3 then 'daily_medicine' end, case when pg_temp.draw(n, 'wheel') < .1 then 'wheelchair' end, case when pg_temp.draw(n, 'rare') < .03 then 'sign_language' end], null),
      case when pg_temp.draw(n, 'kind') < .7 then array['foster', case when pg_temp.draw(n, 'short') < .4 then 'emergency' else 'respite' end] when pg_temp.draw(n, 'kind') < .95 then '{kinship}' else '{family_house}' end
    from ${MADE} f cross join generate_series(0, :years) i
    cross join lateral (select f.began + i * 365 as from_day, least(f.began + (i + 1) * 365 - case when i = :years - 1 and pg_temp.draw(n, 'late') < .1 then 20 else 0 end, f.closed_on) as to_day) d
    cross join lateral (select (pg_temp.draw(n, 'young') * 7)::int as youngest) y where from_day < to_day and from_day <= current_date;
    insert into carers.standings (id, family_id, code, during, source_id) select uuidv7(), family_id, 'approval', during, source_id from carers.approval_terms;
    insert into carers.family_places (family_id, slot, during, basis, source_id)
    select t.family_id, slot, daterange(lower(t.during), coalesce(lead(lower(t.during)) over (partition by t.family_id, slot order by t.during), f.closed_on)), 'terms', t.source_id
    from carers.approval_terms t join carers.families f on f.id = t.family_id cross join lateral generate_series(1, t.places) slot`],
  ['certificates and checks', `
    insert into carers.standings (id, family_id, adult_id, code, during, source_id)
    select uuidv7(), a.family_id, a.id, k.code, daterange(d.from_day, d.from_day + k.length - case when pg_temp.draw(n, k.code || i || a.sex) < .05 then 40 else 0 end), uuidv7()
    from ${MADE} f join carers.adults a on a.family_id = f.id
    cross join (values ('certificate', 730), ('check', 912)) k (code, length) cross join generate_series(0, :years * 365 / k.length) i
    cross join lateral (select greatest(lower(a.during), f.began - 20) + i * k.length as from_day) d
    where (a.carer or k.code = 'check') and d.from_day <= current_date and (upper_inf(a.during) or d.from_day < upper(a.during))`],
  ['suspensions and refusals', `
    insert into carers.standings (id, family_id, code, during, source_id, reason, confidential)
    select uuidv7(), f.id, 'suspension', daterange(f.began + (pg_temp.draw(n, 'susp') * :years * 365)::int, f.began + (pg_temp.draw(n, 'susp') * :years * 365)::int + 30 + (pg_temp.draw(n, 'long') * 200)::int),
      uuidv7(), case when pg_temp.draw(n, 'why') < .3 then 'allegation' else 'own_wish' end, pg_temp.draw(n, 'why') < .3
    from ${MADE} f where pg_temp.draw(n, 'suspended') < .3;
    insert into carers.standings (id, family_id, code, during, source_id)
    select uuidv7(), f.id, 'declined', daterange(f.began + (pg_temp.draw(n, 'no' || i) * :years * 365)::int, null), uuidv7() from ${MADE} f cross join generate_series(1, 3) i where pg_temp.draw(n, 'no' || i) < .5`],
  ['stays and holds', `
    insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id)
    select f.id, slot, daterange(d.from_day, least(case when i = 2 * :years - 1 and pg_temp.draw(n, 'now' || slot) < .6 then null else d.from_day + 60 + (pg_temp.draw(n, 'stay' || slot || i) * 120)::int end, f.closed_on)), 'placement', uuidv7()
    from ${MADE} f cross join lateral generate_series(1, f.places) slot cross join generate_series(0, 2 * :years - 1) i
    cross join lateral (select f.began + 5 + i * 182 as from_day) d
    where pg_temp.draw(n, 'taken' || slot || i) < .75 and d.from_day < coalesce(f.closed_on, current_date);
    insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id, expires_at)
    select f.id, 1, daterange(current_date, null), 'hold', uuidv7(), now() + interval '5 days'
    from ${MADE} f where pg_temp.draw(n, 'hold') < .03 and f.closed_on is null and not exists (select from carers.place_occupancies o where o.family_id = f.id and o.slot = 1 and (upper_inf(o.during) or upper(o.during) > current_date))
      and exists (select from carers.family_places p where p.family_id = f.id and p.slot = 1 and upper_inf(p.during))`],
];
