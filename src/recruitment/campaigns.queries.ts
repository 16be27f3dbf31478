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
  readonly closed_on: string | null;
}

const COLUMNS = `id, name_km, name_latin, area_code, office_id, channels, lower(during) as starts_on, (upper(during) - 1) as ends_on, people_reached, closed_on`;

/** Campaigns by id; one outside the actor's areas is as good as none. */
export const campaignById = defineLoader<CampaignRow>('campaign', async (op, ids) => {
  const rows = await op.tx.rows<CampaignRow>(`select ${COLUMNS} from recruitment.campaigns where id = any ($1::uuid[])`, [ids]);
  return inOrder(ids, rows.filter((row) => mayInArea(op.actor, acts['campaign.read'], row.area_code)), (row) => row.id);
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
