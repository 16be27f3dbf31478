import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import type { FunnelBy } from './funnel.graphql.js';

/** Which enquiries are counted. */
export interface FunnelOf {
  readonly from: CivilDate;
  readonly until: CivilDate;
  readonly campaignId: string | null;
  readonly areaCode: string | null;
  readonly workerId: string | null;
}

export interface FunnelRow {
  readonly enquiries: number;
  readonly followedUp: number;
  readonly applied: number;
  readonly presented: number;
  readonly approved: number;
  readonly refused: number;
  readonly withdrawn: number;
  readonly stages: readonly { readonly stage: string; readonly finished: number; readonly waiting: number; readonly medianDays: number | null; readonly p90Days: number | null }[];
}

/** At most so many parts of a funnel are told, those with most enquiries. */
export const MOST_PARTS = 50;

const NOBODY: FunnelRow = { enquiries: 0, followedUp: 0, applied: 0, presented: 0, approved: 0, refused: 0, withdrawn: 0, stages: [] };

/**
 * How far the households came that asked in a period, and how long they stood where: from the enquiries, follow-ups,
 * applications and steps of the caller's offices alone, in one statement.
 */
export async function funnelOf(op: Op, asked: FunnelOf): Promise<FunnelRow> {
  const [all] = await countParts(op, asked, null);
  return all ?? NOBODY;
}

/** The same for each campaign, district or worker, those with most enquiries first. */
export async function funnelParts(op: Op, asked: FunnelOf, by: FunnelBy): Promise<(FunnelRow & { readonly of: string | null })[]> {
  return countParts(op, asked, by);
}

async function countParts(op: Op, { from, until, campaignId, areaCode, workerId }: FunnelOf, by: FunnelBy | null): Promise<(FunnelRow & { readonly of: string | null })[]> {
  return op.tx.rows(
    `with asked as materialized (
       select e.id, e.received_on, e.state, a.id as application_id, a.received_on as applied_on, a.state as stands,
         coalesce(case $6::text when 'campaign' then e.campaign_id::text when 'district' then left(e.area_code, 4) when 'worker' then e.worker_id::text end, '') as part,
         exists (select from recruitment.follow_ups f where f.enquiry_id = e.id) as followed
       from recruitment.enquiries e left join recruitment.applications a on a.enquiry_id = e.id
       where e.office_id = any ((select platform.ids('app.family_offices'))::uuid[]) and e.received_on between $1 and $2 and e.duplicate_of is null
         and ($3::uuid is null or e.campaign_id = $3) and ($4::text is null or starts_with(e.area_code, $4)) and ($5::uuid is null or e.worker_id = $5)),
     steps as materialized (
       select s.application_id, q.part, s.state, lead(s.entered_on) over (partition by s.application_id order by s.entered_on, s.id) - s.entered_on as days
       from asked q join recruitment.application_steps s on s.application_id = q.application_id),
     stays as (
       select part, 'enquiry' as stage, applied_on - received_on as days, state in ('new', 'followed_up') as waits from asked where application_id is not null or state in ('new', 'followed_up')
       union all select part, state, days, days is null from steps where state not in ('approved', 'refused', 'withdrawn')),
     times as (
       select part, stage, count(days)::int as finished, (count(*) filter (where waits and days is null))::int as waiting,
         percentile_disc(0.5) within group (order by days) as median, percentile_disc(0.9) within group (order by days) as p90
       from stays group by part, stage),
     stages as (
       select part, jsonb_agg(jsonb_build_object('stage', stage, 'finished', finished, 'waiting', waiting, 'medianDays', median, 'p90Days', p90)
          order by array_position(array['enquiry', 'received', 'checking', 'studying', 'training', 'panel'], stage)) as stages
       from times group by part),
     presented as (select part, count(distinct application_id)::int as n from steps where state = 'panel' group by part)
     select nullif(a.part, '') as of, count(*)::int as enquiries, (count(*) filter (where followed))::int as "followedUp", count(application_id)::int as applied,
       coalesce((select n from presented p where p.part = a.part), 0) as presented,
       (count(*) filter (where stands = 'approved'))::int as approved, (count(*) filter (where stands = 'refused'))::int as refused, (count(*) filter (where stands = 'withdrawn'))::int as withdrawn,
       coalesce((select s.stages from stages s where s.part = a.part), '[]') as stages
     from asked a group by a.part order by count(*) desc, a.part limit ${MOST_PARTS}`,
    [from, until, campaignId, areaCode, workerId, by],
  );
}
