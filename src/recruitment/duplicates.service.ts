import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { WorklistService } from '../worklist/worklist.service.js';
import type { LinkDuplicateEnquiryInput, UnlinkDuplicateEnquiryInput } from './duplicate.graphql.js';
import { enquiryLifecycle, link } from './enquiry.domain.js';
import { EnquiriesService } from './enquiries.service.js';
import { isOriginal, lockEnquiries, lockEnquiry, setOriginal } from './enquiries.repo.js';
import { enquiryWaits } from './recruitment.messages.js';
import { acts, needArea } from './recruitment.policy.js';

/** Two enquiries of one household become one piece of work, and two again where that was wrong. Neither loses a word. */
@Injectable()
export class DuplicatesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(WorklistService) private readonly worklist: WorklistService,
    @Inject(EnquiriesService) private readonly enquiries: EnquiriesService,
  ) {}

  /** Links an enquiry to another of the same household: it waits for nobody from then on. Refuses ENQUIRY_DUPLICATE, ENQUIRY_ENDED, LINK_TO_FIRST, BEFORE_ENQUIRY. */
  async link(actor: UserActor, input: LinkDuplicateEnquiryInput, requestId: string): Promise<Result<string, 'ENQUIRY_DUPLICATE' | 'ENQUIRY_ENDED' | 'LINK_TO_FIRST' | 'BEFORE_ENQUIRY'>> {
    return this.uow.command(actor, acts['enquiry.linkDuplicate'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const locked = await lockEnquiries(op, [input.enquiryId, input.originalId]);
      const [enquiry, original] = [input.enquiryId, input.originalId].map((id) => locked.find((one) => one.id === id));
      if (enquiry === undefined || original === undefined) throw notFound();
      needArea(op, enquiry.area_code);
      const allowed = link(
        { id: enquiry.id, state: enquiry.state, receivedOn: enquiry.received_on, original: enquiry.duplicate_of, isOriginal: await isOriginal(op, enquiry.id) },
        { id: original.id, receivedOn: original.received_on, original: original.duplicate_of },
        on,
      );
      if (!allowed.ok) return allowed;
      await setOriginal(op, enquiry.id, original.id);
      await this.worklist.cancel(op, { kind: enquiryWaits, subjectId: enquiry.id });
      await recordAct(op, { subject: ['enquiry', enquiry.id], on, changed: ['duplicate_of'], events: [['enquiry.linked', enquiry.id]] });
      return ok(enquiry.id);
    });
  }

  /** Undoes a link; where the enquiry was open it waits again, for the same worker and day. Refuses NOT_LINKED, BEFORE_ENQUIRY. */
  async unlink(actor: UserActor, input: UnlinkDuplicateEnquiryInput, requestId: string): Promise<Result<string, 'NOT_LINKED' | 'BEFORE_ENQUIRY'>> {
    return this.uow.command(actor, acts['enquiry.unlinkDuplicate'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const enquiry = await lockEnquiry(op, input.enquiryId);
      if (enquiry === undefined) throw notFound();
      needArea(op, enquiry.area_code);
      if (enquiry.duplicate_of === null) return refuse('NOT_LINKED');
      if (on < enquiry.received_on) return refuse('BEFORE_ENQUIRY', { receivedOn: enquiry.received_on });
      await setOriginal(op, enquiry.id, null);
      if (enquiryLifecycle.next(enquiry.state, 'assign') !== undefined) await this.enquiries.waitsAgain(op, enquiry, enquiry.worker_id);
      await recordAct(op, { subject: ['enquiry', enquiry.id], on, changed: ['duplicate_of'], events: [['enquiry.unlinked', enquiry.id]] });
      return ok(enquiry.id);
    });
  }
}
