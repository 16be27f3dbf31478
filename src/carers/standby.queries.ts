import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import type { Ask, FamilyFacts, Terms } from './availability.domain.js';
import type { Occupancy } from './places.domain.js';

/** Which families to list. */
export interface StandByFilter {
  readonly areaCode: string;
  readonly on: CivilDate;
  readonly ask: Ask;
  readonly includeUnavailable: boolean;
}

export interface StandByRow {
  readonly id: string;
  readonly office_id: string;
  readonly closed_on: CivilDate | null;
  readonly adults: FamilyFacts['adults'] | null;
  readonly standings: FamilyFacts['standings'] | null;
  readonly terms: readonly Terms[] | null;
  readonly places: FamilyFacts['places'] | null;
  readonly occupancies: readonly (Omit<Occupancy, 'expiresAt'> & { readonly expiresAt: string | null })[] | null;
}

/**
 * A page of the stand-by list, by id, of the offices that row security lets through: which families, and for those of
 * the page every fact of the day, in one statement, and where families that are not available are asked for also what comes
 * after it: from when they will be. What it all means is said by `availability`.
 *
 * Families are asked one after the other until the page is full, the cheapest and most telling question first (`case` keeps
 * the order, `offset 0` keeps the questions behind the sorting), and what holds on a day is found by when it ends: the time
 * depends on the page and not on how many years a family has behind it.
 */
export async function listStandBy(op: Op, filter: StandByFilter, after: string | null, limit: number): Promise<StandByRow[]> {
  const { areaCode, on, ask, includeUnavailable } = filter;
  return op.tx.rows<StandByRow>(
    `with page as (
       select f.id, f.office_id, f.closed_on from (
         select f.id, f.office_id, f.closed_on from carers.families f
         where starts_with(f.area_code, $1) and ($4::uuid is null or f.id > $4) and ($5::boolean or f.closed_on is null or f.closed_on > $2) order by f.id offset 0) f
       where $5::boolean or case
         when not exists (select from carers.approval_terms t where t.family_id = f.id and coalesce(upper(t.during), 'infinity') > $2::date and lower(t.during) <= $2
           and ($7::int is null or $7 between t.youngest and t.oldest) and ($8::text is null or $8 = any (t.sexes)) and t.needs @> $9::text[] and ($11::text is null or $11 = any (t.care_kinds))) then false
         when (select count(*) from carers.family_places p where p.family_id = f.id and coalesce(upper(p.during), 'infinity') > $2 and lower(p.during) <= $2 and p.basis <> 'breach')
           - (select count(*) from carers.place_occupancies o where o.family_id = f.id and coalesce(upper(o.during), 'infinity') > $2 and lower(o.during) <= $2
               and (o.expires_at is null or o.expires_at > $3)) < $6 then false
         when not exists (select from carers.standings s where s.family_id = f.id and s.code = 'approval' and coalesce(upper(s.during), 'infinity') > $2 and lower(s.during) <= $2) then false
         when exists (select from carers.standings s where s.family_id = f.id and s.code = 'suspension' and coalesce(upper(s.during), 'infinity') > $2 and lower(s.during) <= $2) then false
         else (select coalesce(bool_or(a.carer), false) and bool_and(
             exists (select from carers.standings s where s.family_id = f.id and s.code = 'check' and coalesce(upper(s.during), 'infinity') > $2 and lower(s.during) <= $2 and s.adult_id = a.id)
             and (not a.carer or exists (select from carers.standings s
               where s.family_id = f.id and s.code = 'certificate' and coalesce(upper(s.during), 'infinity') > $2 and lower(s.during) <= $2 and s.adult_id = a.id)))
           from carers.adults a where a.family_id = f.id and a.during @> $2::date) end
       limit $10)
     select p.id, p.office_id, p.closed_on,
       (select jsonb_agg(jsonb_build_object('id', a.id, 'carer', a.carer, 'from', lower(a.during), 'to', upper(a.during)) order by a.id)
          from carers.adults a where a.family_id = p.id and coalesce(upper(a.during), 'infinity') > $2 and ($5 or lower(a.during) <= $2)) as adults,
       (select jsonb_agg(jsonb_build_object('code', s.code, 'adultId', s.adult_id, 'confidential', s.confidential, 'reason', s.reason, 'from', lower(s.during), 'to', upper(s.during)))
          from carers.standings s where s.family_id = p.id and s.code = any ('{approval,certificate,check,concern,suspension}') and coalesce(upper(s.during), 'infinity') > $2 and ($5 or lower(s.during) <= $2)) as standings,
       (select jsonb_agg(jsonb_build_object('places', t.places, 'youngest', t.youngest, 'oldest', t.oldest, 'sexes', t.sexes, 'needs', t.needs, 'careKinds', t.care_kinds,
            'from', lower(t.during), 'to', upper(t.during)) order by t.during)
          from carers.approval_terms t where t.family_id = p.id and coalesce(upper(t.during), 'infinity') > $2 and ($5 or lower(t.during) <= $2)) as terms,
       (select jsonb_agg(jsonb_build_object('slot', c.slot, 'basis', c.basis, 'sourceId', c.source_id, 'from', lower(c.during), 'to', upper(c.during)))
          from carers.family_places c where c.family_id = p.id and coalesce(upper(c.during), 'infinity') > $2 and ($5 or lower(c.during) <= $2)) as places,
       (select jsonb_agg(jsonb_build_object('slot', o.slot, 'kind', o.kind, 'occupantId', o.occupant_id, 'expiresAt', o.expires_at, 'from', lower(o.during), 'to', upper(o.during)))
          from carers.place_occupancies o where o.family_id = p.id and coalesce(upper(o.during), 'infinity') > $2 and ($5 or lower(o.during) <= $2)) as occupancies
     from page p order by p.id`,
    [areaCode, on, op.now, after, includeUnavailable, ask.places, ask.age, ask.sex, ask.needs, limit, ask.careKind],
  );
}

/** What the pure rules need of a row. */
export function factsOf(row: StandByRow): FamilyFacts {
  return {
    closedOn: row.closed_on,
    adults: row.adults ?? [],
    standings: row.standings ?? [],
    terms: row.terms ?? [],
    places: row.places ?? [],
    occupancies: (row.occupancies ?? []).map((one) => ({ ...one, expiresAt: one.expiresAt === null ? null : new Date(one.expiresAt) })),
  };
}
