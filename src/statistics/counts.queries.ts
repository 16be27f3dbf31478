import type { CivilDate } from '../kernel/civil-date.js';
import { startOfDay } from '../kernel/civil-date.js';
import { addDays } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';

/** Care kinds as they are counted: a family house stands by itself, never inside "family-based". */
export const CARE_KINDS = ['residential', 'foster', 'kinship', 'family_house', 'home', 'other'] as const;

/** Who is away while her place is kept is counted where it is kept, as `statistics.counted` does: nights in hospital are no exit. */
function countedKind(row: string): string {
  return `case when ${row}.kind not in ('hospital', 'missing', 'respite', 'family_visit', 'trial_visit', 'carer_holiday') then ${row}.kind
    when ${row}.institution_id is not null then 'institution'
    when ${row}.placement_id is not null then (select p.care_kind from placements.placements p where p.id = ${row}.placement_id) else ${row}.kind end`;
}

/**
 * Episodes as they were known at the end of a day: rows recorded by then, and rows replaced since. Row security lets
 * through what the actor may see, so that a count never says more than the list behind it.
 */
const KNOWN = `
  select e.child_id, e.during, ${countedKind('e')} as kind, e.office_id from placements.episodes e where e.recorded_at < $2
  union all
  select v.child_id, v.during, ${countedKind('v')} as kind, v.office_id from placements.episode_versions v where v.known_until > $2 and lower(v.recorded) < $2`;

const CARE_KIND = `case when e.kind = 'institution' then 'residential' when e.kind in ('foster', 'kinship', 'family_house', 'home') then e.kind else 'other' end`;

const BAND = `case when age <= 2 then '0-2' when age <= 5 then '3-5' when age <= 11 then '6-11' when age <= 14 then '12-14' when age <= 17 then '15-17' else '18+' end`;

/** Files that were merged into another, as known then, and the days on which that one says where she was. */
const MERGED = `merged as materialized (
       select m.other_id, o.during from children.merges m join known o on o.child_id = m.kept_id where m.merged_at < $2 and (m.undone_at is null or m.undone_at >= $2))`;

/** Of two files of one person only that counts which goes on, where it says where she was on the day. */
const ONCE = (day: string): string => `not exists (select from merged m where m.other_id = e.child_id and m.during @> ${day})`;

export interface Count {
  readonly care_kind: string;
  readonly count: number;
}

/** Children by care kind on a day, as known at the end of another, within an area ('' is all the actor may see): never more than row security would let her list. */
export async function countByCareKind(op: Op, on: CivilDate, asKnownOn: CivilDate, area: string): Promise<Count[]> {
  return op.tx.rows<Count>(
    `select ${CARE_KIND} as care_kind, sum(e.children)::int as count from statistics.counted($1, $2) e join territory.offices o on o.id = e.office_id
     where starts_with(coalesce(o.area_code, ''), $3) group by 1`,
    [on, startOfDay(addDays(asKnownOn, 1)), area],
  );
}

export interface CellCount extends Count {
  readonly dimension: string;
  readonly category: string;
}

/** The cells of a published quarter: children on its last day by province, sex and age band, and who left residential care in it, by where to. */
export async function countForRelease(op: Op, first: CivilDate, last: CivilDate, asKnownOn: CivilDate): Promise<CellCount[]> {
  return op.tx.rows<CellCount>(
    `with known as (${KNOWN}), ${MERGED},
     living as (
       select ${CARE_KIND} as care_kind, left(o.area_code, 2) as province, c.sex, platform.age_on(c.birth_date, $1::date) as age
       from known e join children.children c on c.id = e.child_id join territory.offices o on o.id = e.office_id where e.during @> $1::date and ${ONCE('$1::date')}),
     followed as (
       select child_id, kind as left_kind, upper(during) as left_on, lead(kind) over hers as kind, lead(lower(during)) over hers as came_on from known window hers as (partition by child_id order by lower(during))),
     left_residential as (
       select ${CARE_KIND} as care_kind from followed e
       where e.left_kind = 'institution' and e.kind <> 'institution' and e.came_on = e.left_on and e.left_on between $3::date and $1::date and ${ONCE('e.left_on')})
     select 'country' as dimension, 'all' as category, care_kind, count(*)::int as count from living group by care_kind
     union all select 'province', coalesce(province, 'ministry'), care_kind, count(*)::int from living group by 2, 3
     union all select 'sex', sex, care_kind, count(*)::int from living group by 2, 3
     union all select 'age_band', ${BAND}, care_kind, count(*)::int from living group by 2, 3
     union all select 'left_residential_for', 'all', care_kind, count(*)::int from left_residential group by 3`,
    [last, startOfDay(addDays(asKnownOn, 1)), first],
  );
}
