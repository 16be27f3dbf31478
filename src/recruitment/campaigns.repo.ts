import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { CampaignEntity } from './campaign.entity.js';

export interface LockedCampaign {
  readonly id: string;
  readonly area_code: string;
  readonly starts_on: CivilDate;
  readonly closed_on: CivilDate | null;
}

/** Locks a campaign and reads what a decision about it needs. */
export async function lockCampaign(op: Op, id: string): Promise<LockedCampaign | undefined> {
  return op.tx.row<LockedCampaign>(
    `select id, area_code, lower(during) as starts_on, closed_on from recruitment.campaigns where id = $1 for no key update`,
    [id],
  );
}

export async function insertCampaign(op: Op, campaign: Omit<CampaignEntity, 'peopleReached' | 'closedOn' | 'version'>): Promise<void> {
  await op.tx.insert(CampaignEntity, { ...campaign, version: 1 });
}

export async function closeCampaign(op: Op, id: string, on: CivilDate, peopleReached: number): Promise<void> {
  await op.tx.run(`update recruitment.campaigns set closed_on = $2, people_reached = $3, version = version + 1 where id = $1`, [id, on, peopleReached]);
}
