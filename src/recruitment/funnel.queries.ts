import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';

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

/**
 * How far the households came that asked in a period, and how long they stood where: from the enquiries, follow-ups,
 * applications and steps of the caller's offices alone, in one statement.
 */
export async function funnelOf(op: Op, { from, until, campaignId, areaCode, workerId }: FunnelOf): Promise<FunnelRow> {
  const row = await op.tx.row<FunnelRow>(
    `with asked as materialized (
       select e.id, e.received_on, e.state, a.id as application_id, a.received_on as applied_on, a.state as stands,
         exists (select from recruitment.follow_ups f where f.enquiry_id = e.id) as followed
       from recruitment.enquiries e left join recruitment.applications a on a.enquiry_id = e.id
       where e.office_id = any ((select platform.ids('app.family_offices'))::uuid[]) and e.received_on between $1 and $2 and e.duplicate_of is null
         and ($3::uuid is null or e.campaign_id = $3) and ($4::text is null or starts_with(e.area_code, $4)) and ($5::uuid is null or e.worker_id = $5)),
     steps as materialized (
       select s.application_id, s.state, lead(s.entered_on) over (partition by s.application_id order by s.entered_on, s.id) - s.entered_on as days
       from asked q join recruitment.application_steps s on s.application_id = q.application_id),
     stays as (
       select 'enquiry' as stage, applied_on - received_on as days, state in ('new', 'followed_up') as waits from asked where application_id is not null or state in ('new', 'followed_up')
       union all select state, days, days is null from steps where state not in ('approved', 'refused', 'withdrawn')),
     times as (
       select stage, count(days)::int as finished, (count(*) filter (where waits and days is null))::int as waiting,
         percentile_disc(0.5) within group (order by days) as median, percentile_disc(0.9) within group (order by days) as p90
       from stays group by stage)
     select count(*)::int as enquiries, (count(*) filter (where followed))::int as "followedUp", count(application_id)::int as applied,
       (count(*) filter (where exists (select from steps s where s.application_id = asked.application_id and s.state = 'panel')))::int as presented,
       (count(*) filter (where stands = 'approved'))::int as approved, (count(*) filter (where stands = 'refused'))::int as refused, (count(*) filter (where stands = 'withdrawn'))::int as withdrawn,
       (select coalesce(jsonb_agg(jsonb_build_object('stage', stage, 'finished', finished, 'waiting', waiting, 'medianDays', median, 'p90Days', p90)
          order by array_position(array['enquiry', 'received', 'checking', 'studying', 'training', 'panel'], stage)), '[]') from times) as stages
     from asked`,
    [from, until, campaignId, areaCode, workerId],
  );
  if (row === undefined) throw new Error('A count without a row.');
  return row;
}
