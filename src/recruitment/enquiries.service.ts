import { Inject, Injectable } from '@nestjs/common';
import { addDays, startOfDay } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { normalisePhone } from '../kernel/phone.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { StaffService } from '../staff/staff.service.js';
import { officeFor } from '../territory/offices.queries.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { lockCampaign } from './campaigns.repo.js';
import { assign, followUp } from './enquiry.domain.js';
import type { AssignEnquiryInput, FollowUpEnquiryInput, RecordEnquiryInput } from './enquiry.graphql.js';
import { giveEnquiry, insertEnquiry, insertFollowUp, lockEnquiry, moveEnquiry } from './enquiries.repo.js';
import type { LockedEnquiry } from './enquiries.repo.js';
import { enquiryWaits } from './recruitment.messages.js';
import { acts, needArea } from './recruitment.policy.js';

/** Somebody asks about caring for a child, and is asked again until she applies or says no. */
@Injectable()
export class EnquiriesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(WorklistService) private readonly worklist: WorklistService,
    @Inject(StaffService) private readonly staff: StaffService,
  ) {}

  /** Records an enquiry. Refuses VILLAGE_NEEDED, AREA_UNKNOWN, CAMPAIGN_CLOSED. */
  async record(actor: UserActor, input: RecordEnquiryInput, requestId: string): Promise<Result<string, 'VILLAGE_NEEDED' | 'AREA_UNKNOWN' | 'CAMPAIGN_CLOSED'>> {
    if (!input.nameKm && !input.nameLatin) throw badInput('nameKm', 'validation.isNotEmpty');
    return this.uow.command(actor, acts['enquiry.record'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      needArea(op, input.areaCode);
      if (input.areaCode.length < 6) return refuse('VILLAGE_NEEDED');
      const officeId = await officeFor(op, input.areaCode);
      if (officeId === undefined) return refuse('AREA_UNKNOWN', { area: input.areaCode });
      if (input.campaignId) {
        const campaign = await lockCampaign(op, input.campaignId);
        if (campaign === undefined) throw notFound();
        if (campaign.closed_on !== null && campaign.closed_on < on) return refuse('CAMPAIGN_CLOSED', { closedOn: campaign.closed_on });
      }
      const id = newId();
      await insertEnquiry(op, {
        id,
        campaignId: input.campaignId ?? null,
        source: input.campaignId ? 'campaign' : input.byPhone ? 'phone' : 'walk_in',
        nameKm: input.nameKm ?? null,
        nameLatin: input.nameLatin ?? null,
        phone: input.phone ? (normalisePhone(input.phone) ?? null) : null,
        areaCode: input.areaCode,
        officeId,
        receivedOn: on,
        workerId: actor.userId,
        nextOn: null,
      });
      // Left alone for so long, it comes back to the worker who took it.
      const patience = await numberSetting(op, 'recruitment.left_alone_days', on);
      await this.#waits(op, id, actor.userId, officeId, addDays(on, patience));
      await recordAct(op, { subject: ['enquiry', id], on, events: [['enquiry.recorded', id]] });
      return ok(id);
    });
  }

  /** Records a follow-up. Refuses ENQUIRY_DUPLICATE, ENQUIRY_ENDED, BEFORE_ENQUIRY, NEXT_DAY_NEEDED. */
  async followUp(actor: UserActor, input: FollowUpEnquiryInput, requestId: string): Promise<Result<string, 'ENQUIRY_DUPLICATE' | 'ENQUIRY_ENDED' | 'BEFORE_ENQUIRY' | 'NEXT_DAY_NEEDED'>> {
    return this.uow.command(actor, acts['enquiry.followUp'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const enquiry = await lockEnquiry(op, input.enquiryId);
      if (enquiry === undefined) throw notFound();
      needArea(op, enquiry.area_code);
      const result = followUp({ state: enquiry.state, receivedOn: enquiry.received_on, original: enquiry.duplicate_of }, { on, outcome: input.outcome, nextOn: input.nextOn ?? null });
      if (!result.ok) return result;
      await insertFollowUp(op, { enquiryId: enquiry.id, officeId: enquiry.office_id, onDay: on, outcome: input.outcome, note: input.note ?? null });
      await moveEnquiry(op, enquiry.id, result.value.state, result.value.nextOn);
      // Whoever asks her again has the enquiry from then on.
      const taken = result.value.nextOn !== null && enquiry.worker_id !== actor.userId;
      if (taken) await giveEnquiry(op, enquiry.id, actor.userId);
      if (result.value.nextOn === null) await this.worklist.done(op, { kind: enquiryWaits, subjectId: enquiry.id });
      else await this.#waits(op, enquiry.id, actor.userId, enquiry.office_id, result.value.nextOn);
      await recordAct(op, { subject: ['enquiry', enquiry.id], on, reason: input.outcome, changed: ['state', 'next_on', ...(taken ? ['worker_id'] : [])], events: [['enquiry.followed_up', enquiry.id]] });
      return ok(enquiry.id);
    });
  }

  /** Gives an open enquiry to another social worker of its office. Refuses ENQUIRY_DUPLICATE, ENQUIRY_ENDED, BEFORE_ENQUIRY, WORKER_NOT_POSTED, HERS_ALREADY. */
  async assign(actor: UserActor, input: AssignEnquiryInput, requestId: string): Promise<Result<string, 'ENQUIRY_DUPLICATE' | 'ENQUIRY_ENDED' | 'BEFORE_ENQUIRY' | 'WORKER_NOT_POSTED' | 'HERS_ALREADY'>> {
    return this.uow.command(actor, acts['enquiry.assign'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const enquiry = await lockEnquiry(op, input.enquiryId);
      if (enquiry === undefined) throw notFound();
      needArea(op, enquiry.area_code);
      const posted = await this.staff.postingHolders(op, { role: 'social_worker', officeId: enquiry.office_id });
      const allowed = assign({ state: enquiry.state, receivedOn: enquiry.received_on, original: enquiry.duplicate_of }, { on, from: enquiry.worker_id, to: input.accountId, posted });
      if (!allowed.ok) return allowed;
      await giveEnquiry(op, enquiry.id, input.accountId);
      await this.waitsAgain(op, enquiry, input.accountId);
      await recordAct(op, { subject: ['enquiry', enquiry.id], on, changed: ['worker_id'], events: [['enquiry.assigned', enquiry.id]] });
      return ok(enquiry.id);
    });
  }

  /** An open enquiry waits for somebody until the same day as for the one before her. */
  async waitsAgain(op: Op, enquiry: LockedEnquiry, account: string): Promise<void> {
    const due = enquiry.next_on ?? addDays(enquiry.received_on, await numberSetting(op, 'recruitment.left_alone_days', enquiry.received_on));
    // Whoever had it before was told on that morning; she was not.
    await this.#waits(op, enquiry.id, account, enquiry.office_id, due, startOfDay(due) > op.now ? startOfDay(due) : op.now);
  }

  /** It waits in her list, and she is told on the morning of the day or, where she comes to it later, at once. */
  async #waits(op: Op, id: string, account: string, office: string, due: CivilDate, told: Date = startOfDay(due)): Promise<void> {
    await this.worklist.due(op, { kind: enquiryWaits, subject: ['enquiry', id], to: { account, office }, due, remindAt: [told] });
  }
}
