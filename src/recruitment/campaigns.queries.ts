import { mayInArea } from '../platform/auth/acts.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import { acts } from './recruitment.policy.js';

export interface CampaignRow {
  readonly id: string;
  readonly name_km: string;
  readonly name_latin: string;
  readonly area_code: string;
  readonly office_id: string;
  readonly channels: string[];
  readonly starts_on: string;
  readonly ends_on: string;
  readonly people_reached: number | null;
  readonly cost: bigint | null;
  readonly closed_on: string | null;
}

const COLUMNS = `id, name_km, name_latin, area_code, office_id, channels, lower(during) as starts_on, (upper(during) - 1) as ends_on, people_reached, cost, closed_on`;

/** Campaigns by id; one outside the actor's areas is as good as none. */
export const campaignById = defineLoader<CampaignRow>('campaign', async (op, ids) => {
  const rows = await op.tx.rows<CampaignRow>(`select ${COLUMNS} from recruitment.campaigns where id = any ($1::uuid[])`, [ids]);
  return inOrder(ids, rows.filter((row) => mayInArea(op.actor, acts['campaign.read'], row.area_code)), (row) => row.id);
});

export interface CampaignEventRow {
  readonly id: string;
  readonly campaign_id: string;
  readonly held_on: string;
  readonly area_code: string;
  readonly channel: string;
  readonly people_reached: number;
  readonly note: string | null;
}

/** At most so many events of one campaign are told. */
export const MOST_EVENTS = 50;

/** The events of campaigns, the latest first. */
export const eventsOf = defineLoader<CampaignEventRow[]>('campaignEvents', async (op, ids) => {
  const rows = await op.tx.rows<CampaignEventRow>(
    `select e.* from unnest($1::uuid[]) as c (id) cross join lateral (
       select id, campaign_id, held_on, area_code, channel, people_reached, note from recruitment.campaign_events where campaign_id = c.id order by held_on desc, id desc limit ${MOST_EVENTS}) e`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.campaign_id === id));
});

/** Campaigns of these areas, the latest first; `after` is the first day and the id of the last one seen. */
export async function listCampaigns(
  op: Op,
  areas: readonly string[],
  within: string | null,
  after: readonly (string | number | null)[] | undefined,
  limit: number,
): Promise<CampaignRow[]> {
  const [day = null, id = null] = after ?? [];
  return op.tx.rows<CampaignRow>(
    `select ${COLUMNS} from recruitment.campaigns
     where exists (select from unnest($1::text[]) as mine (code) where starts_with(area_code, mine.code))
       and starts_with(area_code, coalesce($2, ''))
       and ($3::date is null or (lower(during), id) < ($3::date, $4::uuid))
     order by lower(during) desc, id desc limit $5`,
    [areas, within, day, id, limit],
  );
}
