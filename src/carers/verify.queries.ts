import type { StandingCode } from './standings.repo.js';

/** Asks the database as its owner, for whom row security hides nothing. */
export type Ask = <T>(sql: string, values?: readonly unknown[]) => Promise<T[]>;

/** What one source makes of a family's standings: a statement that gives family_id, adult_id, source_id and during, any number of rows each. */
export interface StandingFacts {
  readonly code: StandingCode;
  readonly sql: string;
}

/** Where a table says something else than the rooms that own the facts. */
export interface Difference {
  readonly table: 'family_places' | 'place_occupancies' | 'standings';
  /** The family's id and number. */
  readonly familyId: string;
  readonly family: number;
  /** The standing's code, the place's basis or the occupancy's kind. */
  readonly code: string;
  /** The adult, occupant or source, where there is one. */
  readonly about: string | null;
  /** What follows from the facts, and what is written; null where there is nothing. */
  readonly expected: string | null;
  readonly found: string | null;
}

const AS_DIFFERENCE = `d.family_id as "familyId", f.number as family, d.code, d.about, d.expected, d.found`;

/** Standings of one code that are not as these facts have them. Stretches that touch are one: how they were cut says nothing. */
export async function standingDifferences(ask: Ask, code: StandingCode, facts: readonly StandingFacts[]): Promise<Difference[]> {
  const sources = facts.filter((one) => one.code === code).map(({ sql }) => `select family_id, adult_id, source_id, during from (${sql}) source`);
  const stated = sources.length === 0 ? 'select null::uuid as family_id, null::uuid as adult_id, null::uuid as source_id, null::daterange as during where false' : sources.join(' union all ');
  return ask<Difference>(
    `with expected as (select family_id, adult_id, source_id, range_agg(during) as during from (${stated}) facts where not isempty(during) group by 1, 2, 3),
       found as (select family_id, adult_id, source_id, range_agg(during) as during from carers.standings where code = $1 group by 1, 2, 3),
       d as (
         select coalesce(e.family_id, s.family_id) as family_id, $1 as code, coalesce(e.adult_id, s.adult_id, e.source_id, s.source_id)::text as about,
           e.during::text as expected, s.during::text as found
         from expected e full join found s on s.family_id = e.family_id and s.source_id = e.source_id and s.adult_id is not distinct from e.adult_id
         where e.during is distinct from s.during)
     select 'standings' as table, ${AS_DIFFERENCE} from d join carers.families f on f.id = d.family_id order by f.number, d.about`,
    [code],
  );
}

/**
 * Places by terms, against a statement that gives family_id and day of approvals that were removed: what the latest decision by day gave, from that day until the next one, and none from the day of
 * closing on. Terms of the very day of a removal were set after it: a removal takes away what begins on its day. Terms that ran out leave their places: who lives there stays.
 */
export async function termsDifferences(ask: Ask, endings: string): Promise<Difference[]> {
  return ask<Difference>(
    `with decisions as (
         select family_id, lower(during) as day, places, source_id from carers.approval_terms
         union all select id, closed_on, 0, null from carers.families where closed_on is not null
         union all select family_id, day, 0, null from (${endings}) endings),
       latest as (select distinct on (family_id, day) family_id, day, places, source_id from decisions order by family_id, day, places desc),
       given as (select family_id, day, lead(day) over (partition by family_id order by day) as next, places, source_id from latest),
       days as (
         select family_id, day from latest union select family_id, lower(during) from carers.family_places where basis = 'terms'
         union select family_id, upper(during) from carers.family_places where basis = 'terms' and not upper_inf(during)),
       counted as (
         select d.family_id, d.day, coalesce(g.places, 0) as places, case when g.places > 0 then g.source_id end as source_id, t.places as slots, t.sources
         from days d left join given g on g.family_id = d.family_id and d.day >= g.day and (g.next is null or d.day < g.next)
         cross join lateral (select count(*)::int as places, array_agg(distinct p.source_id) as sources from carers.family_places p
           where p.family_id = d.family_id and p.basis = 'terms' and p.during @> d.day) t),
       d as (
         select family_id, 'terms' as code, source_id::text as about, places || ' on ' || day as expected,
           slots || ' on ' || day || case when slots = places then ' of ' || array_to_string(sources, ', ') else '' end as found
         from counted where slots <> places or sources is distinct from case when places > 0 then array[source_id] end)
     select 'family_places' as table, ${AS_DIFFERENCE} from d join carers.families f on f.id = d.family_id order by f.number, d.expected`,
  );
}

/** Places beyond the terms: none by an exemption that nobody granted, none marked as breach that no occupant needs. */
export async function extraPlaceDifferences(ask: Ask): Promise<Difference[]> {
  return ask<Difference>(
    `with days as (select distinct family_id, lower(during) as day from carers.family_places where basis = 'breach'
         union select p.family_id, upper(o.during) from carers.family_places p join carers.place_occupancies o on o.family_id = p.family_id
           where p.basis = 'breach' and p.during @> upper(o.during)),
       counted as (
         select d.family_id, d.day, (select count(*) from carers.family_places p where p.family_id = d.family_id and p.basis = 'breach' and p.during @> d.day) as beyond,
           (select count(*) from carers.place_occupancies o where o.family_id = d.family_id and o.during @> d.day)
             - (select count(*) from carers.family_places p where p.family_id = d.family_id and p.basis <> 'breach' and p.during @> d.day) as needed
         from days d),
       d as (
         select coalesce(e.family_id, p.family_id) as family_id, 'exemption' as code, coalesce(e.id, p.source_id)::text as about, e.during::text as expected, p.during::text as found
         from (select id, family_id, datemultirange(during * daterange(null, ended_on)) as during from carers.exemptions where ended_on is null or ended_on > lower(during)) e
         full join (select family_id, source_id, range_agg(during) as during from carers.family_places where basis = 'exemption' group by 1, 2) p on p.source_id = e.id and p.family_id = e.family_id
         where e.during is distinct from p.during
         union all
         select family_id, 'breach' as code, null as about, greatest(0, needed) || ' on ' || day as expected, beyond || ' on ' || day as found from counted where beyond > greatest(0, needed))
     select 'family_places' as table, ${AS_DIFFERENCE} from d join carers.families f on f.id = d.family_id order by f.number, d.expected`,
  );
}

/** Who has a place as a stay, against a statement that gives family_id, occupant_id and during; a kept place that no fact states is one too many. */
export async function stayDifferences(ask: Ask, facts: string): Promise<Difference[]> {
  return ask<Difference>(
    `with expected as (select family_id, occupant_id, range_agg(during) as during from (${facts}) facts where not isempty(during) group by 1, 2),
       found as (select family_id, occupant_id, range_agg(during) as during from carers.place_occupancies where kind in ('placement', 'kept') group by 1, 2),
       d as (
         select coalesce(e.family_id, o.family_id) as family_id, 'placement' as code, coalesce(e.occupant_id, o.occupant_id)::text as about,
           e.during::text as expected, o.during::text as found
         from expected e full join found o on o.family_id = e.family_id and o.occupant_id = e.occupant_id where e.during is distinct from o.during)
     select 'place_occupancies' as table, ${AS_DIFFERENCE} from d join carers.families f on f.id = d.family_id order by f.number, d.about`,
  );
}

/**
 * Holds, against a statement that gives family_id, occupant_id, starts_on and whether one must still be there at the moment
 * $1: a hold that lapsed may be there or not, until somebody takes a place.
 */
export async function holdDifferences(ask: Ask, facts: string, now: Date): Promise<Difference[]> {
  return ask<Difference>(
    `with expected as (${facts}),
       found as (select family_id, occupant_id, min(lower(during)) as starts_on from carers.place_occupancies where kind = 'hold' group by 1, 2),
       d as (
         select coalesce(e.family_id, o.family_id) as family_id, 'hold' as code, coalesce(e.occupant_id, o.occupant_id)::text as about,
           'from ' || e.starts_on as expected, 'from ' || o.starts_on as found
         from expected e full join found o on o.family_id = e.family_id and o.occupant_id = e.occupant_id
         where e.starts_on is distinct from o.starts_on and (o.occupant_id is not null or e.must))
     select 'place_occupancies' as table, ${AS_DIFFERENCE} from d join carers.families f on f.id = d.family_id order by f.number, d.about`,
    [now],
  );
}

/** What this room itself decides about its families' standings. */
export const carersFacts: readonly StandingFacts[] = [
  { code: 'suspension', sql: `select family_id, null::uuid as adult_id, id as source_id, daterange(from_on, lifted_on) as during from carers.suspensions` },
  { code: 'check', sql: `select family_id, id as adult_id, family_id as source_id, daterange(lower(during), check_due_on) as during from carers.adults where check_due_on is not null` },
];

/** One step of the whole: what is compared, and how. */
export interface Step {
  readonly what: string;
  readonly run: (ask: Ask) => Promise<Difference[]>;
}

/** Every comparison, by table and code. */
export function stepsOf(facts: { readonly standings: readonly StandingFacts[]; readonly stays: string; readonly holds: string; readonly endings: string; readonly now: Date }): Step[] {
  const codes: readonly StandingCode[] = ['approval', 'certificate', 'check', 'suspension', 'declined', 'concern'];
  return [
    ...codes.map((code): Step => ({ what: `standings: ${code}`, run: (ask) => standingDifferences(ask, code, facts.standings) })),
    { what: 'family_places: terms', run: (ask) => termsDifferences(ask, facts.endings) },
    { what: 'family_places: breach', run: extraPlaceDifferences },
    { what: 'place_occupancies: placement', run: (ask) => stayDifferences(ask, facts.stays) },
    { what: 'place_occupancies: hold', run: (ask) => holdDifferences(ask, facts.holds, facts.now) },
  ];
}

/** A difference as one line of text. */
export function sentenceOf({ table, family, familyId, code, about, expected, found }: Difference): string {
  return `${table}  family ${family} (${familyId})  ${code}${about === null ? '' : `  ${about}`}  expected ${expected ?? 'nothing'}, found ${found ?? 'nothing'}`;
}

