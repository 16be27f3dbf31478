import { Inject, Injectable } from '@nestjs/common';
import { addDays, compareDates } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { officeFor } from '../territory/offices.queries.js';
import type { CloseCampaignInput, OpenCampaignInput, RecordCampaignEventInput } from './campaign.graphql.js';
import { closeCampaign, insertCampaign, insertCampaignEvent, lockCampaign } from './campaigns.repo.js';
import { acts, needArea } from './recruitment.policy.js';

/** Campaigns are opened where somebody can follow them up, and closed with a count of the people they reached. */
@Injectable()
export class CampaignsService {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  /** Opens a campaign. Refuses AREA_TOO_WIDE, AREA_UNKNOWN, DATES_REVERSED. */
  async open(actor: UserActor, input: OpenCampaignInput, requestId: string): Promise<Result<string, 'AREA_TOO_WIDE' | 'AREA_UNKNOWN' | 'DATES_REVERSED'>> {
    return this.uow.command(actor, acts['campaign.open'], input, requestId, async (op) => {
      needArea(op, input.areaCode);
      if (input.areaCode.length < 4) return refuse('AREA_TOO_WIDE');
      if (compareDates(input.endsOn, input.startsOn) < 0) return refuse('DATES_REVERSED');
      const officeId = await officeFor(op, input.areaCode);
      if (officeId === undefined) return refuse('AREA_UNKNOWN', { area: input.areaCode });
      const id = newId();
      await insertCampaign(op, {
        id,
        nameKm: input.nameKm,
        nameLatin: input.nameLatin,
        areaCode: input.areaCode,
        officeId,
        channels: input.channels,
        during: `[${input.startsOn},${addDays(input.endsOn, 1)})`,
      });
      await recordAct(op, { subject: ['campaign', id], on: op.today, events: [['campaign.opened', id]] });
      return ok(id);
    });
  }

  /** Records an event of a campaign. Refuses CAMPAIGN_CLOSED, OUTSIDE_CAMPAIGN, OUTSIDE_CAMPAIGN_AREA. */
  async recordEvent(actor: UserActor, input: RecordCampaignEventInput, requestId: string): Promise<Result<string, 'CAMPAIGN_CLOSED' | 'OUTSIDE_CAMPAIGN' | 'OUTSIDE_CAMPAIGN_AREA'>> {
    return this.uow.command(actor, acts['campaign.recordEvent'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const campaign = await lockCampaign(op, input.campaignId);
      if (campaign === undefined) throw notFound();
      needArea(op, campaign.area_code);
      const { starts_on: startsOn, ends_on: endsOn, closed_on: closedOn } = campaign;
      if (closedOn !== null && compareDates(closedOn, on) < 0) return refuse('CAMPAIGN_CLOSED', { closedOn });
      if (compareDates(on, startsOn) < 0 || compareDates(endsOn, on) < 0) return refuse('OUTSIDE_CAMPAIGN', { startsOn, endsOn });
      const known = input.areaCode.startsWith(campaign.area_code) && (await officeFor(op, input.areaCode)) !== undefined;
      if (!known) return refuse('OUTSIDE_CAMPAIGN_AREA', { area: campaign.area_code });
      await insertCampaignEvent(op, { campaignId: campaign.id, on, areaCode: input.areaCode, channel: input.channel, peopleReached: input.peopleReached, note: input.note ?? null });
      await recordAct(op, { subject: ['campaign', campaign.id], on, changed: ['events'] });
      return ok(campaign.id);
    });
  }

  /** Closes a campaign, with what it reached and cost. Refuses CAMPAIGN_CLOSED, DATES_REVERSED. */
  async close(actor: UserActor, input: CloseCampaignInput, requestId: string): Promise<Result<string, 'CAMPAIGN_CLOSED' | 'DATES_REVERSED'>> {
    return this.uow.command(actor, acts['campaign.close'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const campaign = await lockCampaign(op, input.campaignId);
      if (campaign === undefined) throw notFound();
      needArea(op, campaign.area_code);
      if (campaign.closed_on !== null) return refuse('CAMPAIGN_CLOSED', { closedOn: campaign.closed_on });
      if (compareDates(on, campaign.starts_on) < 0) return refuse('DATES_REVERSED');
      await closeCampaign(op, campaign.id, on, input.peopleReached, input.cost ?? null);
      await recordAct(op, { subject: ['campaign', campaign.id], on, changed: ['closed_on', 'people_reached', 'cost'] });
      return ok(campaign.id);
    });
  }
}
