import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { CampaignEntity } from './campaign.entity.js';

export interface LockedCampaign {
  readonly id: string;
  readonly area_code: string;
  readonly starts_on: CivilDate;
  readonly ends_on: CivilDate;
  readonly closed_on: CivilDate | null;
}

/** Locks a campaign and reads what a decision about it needs. */
export async function lockCampaign(op: Op, id: string): Promise<LockedCampaign | undefined> {
  return op.tx.row<LockedCampaign>(
    `select id, area_code, lower(during) as starts_on, (upper(during) - 1) as ends_on, closed_on from recruitment.campaigns where id = $1 for no key update`,
    [id],
  );
}

export async function insertCampaign(op: Op, campaign: Omit<CampaignEntity, 'peopleReached' | 'cost' | 'closedOn' | 'version'>): Promise<void> {
  await op.tx.insert(CampaignEntity, { ...campaign, version: 1 });
}

export async function closeCampaign(op: Op, id: string, on: CivilDate, peopleReached: number, cost: bigint | null): Promise<void> {
  await op.tx.run(`update recruitment.campaigns set closed_on = $2, people_reached = $3, cost = $4, version = version + 1 where id = $1`, [id, on, peopleReached, cost]);
}

/** One event of a campaign. */
export interface NewCampaignEvent {
  readonly campaignId: string;
  readonly on: CivilDate;
  readonly areaCode: string;
  readonly channel: string;
  readonly peopleReached: number;
  readonly note: string | null;
}

export async function insertCampaignEvent(op: Op, event: NewCampaignEvent): Promise<void> {
  await op.tx.run('insert into recruitment.campaign_events (id, campaign_id, held_on, area_code, channel, people_reached, note) values ($1, $2, $3, $4, $5, $6, $7)', [
    newId(), event.campaignId, event.on, event.areaCode, event.channel, event.peopleReached, event.note,
  ]);
}
