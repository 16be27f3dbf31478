import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';

export interface EnquiryRow {
  readonly id: string;
  readonly campaign_id: string | null;
  readonly source: string;
  readonly name_km: string | null;
  readonly name_latin: string | null;
  readonly phone: string | null;
  readonly area_code: string;
  readonly received_on: string;
  readonly state: string;
  readonly next_on: string | null;
  readonly duplicate_of: string | null;
}

export interface FollowUpRow {
  readonly id: string;
  readonly enquiry_id: string;
  readonly on_day: string;
  readonly outcome: string;
  readonly note: string | null;
}

const COLUMNS = 'id, campaign_id, source, name_km, name_latin, phone, area_code, received_on, state, next_on, duplicate_of';

/** Enquiries by id, of the offices that row security lets through. */
export const enquiryById = defineLoader<EnquiryRow>('enquiry', async (op, ids) =>
  inOrder(ids, await op.tx.rows<EnquiryRow>(`select ${COLUMNS} from recruitment.enquiries where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** The latest follow-ups of each enquiry, at most 50, the latest first. */
export const followUpsOf = defineLoader<FollowUpRow[]>('followUps', async (op, ids) => {
  const rows = await op.tx.rows<FollowUpRow>(
    `select f.* from unnest($1::uuid[]) as e (id)
     cross join lateral (select id, enquiry_id, on_day, outcome, note from recruitment.follow_ups where enquiry_id = e.id order by on_day desc, id desc limit 50) f`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.enquiry_id === id));
});

/** Enquiries of the caller's offices, the latest first; `after` is the day and the id of the last one seen. */
export async function listEnquiries(
  op: Op,
  only: { readonly campaignId: string | null; readonly state: string | null },
  after: readonly (string | number | null)[] | undefined,
  limit: number,
): Promise<EnquiryRow[]> {
  const [day = null, id = null] = after ?? [];
  return op.tx.rows<EnquiryRow>(
    `select ${COLUMNS} from recruitment.enquiries
     where office_id = any ((select platform.ids('app.family_offices'))::uuid[])
       and ($1::uuid is null or campaign_id = $1) and ($2::text is null or state = $2)
       and ($3::date is null or (received_on, id) < ($3::date, $4::uuid))
     order by received_on desc, id desc limit $5`,
    [only.campaignId, only.state, day, id, limit],
  );
}
