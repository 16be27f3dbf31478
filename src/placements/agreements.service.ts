import { Inject, Injectable } from '@nestjs/common';
import { DocumentsService } from '../documents/documents.service.js';
import { addDays, maxDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { firstWithoutPage, insertAgreement, placementOfPage, showOnPage } from './agreements.repo.js';
import type { AttachAgreementPageInput, SignAgreementInput } from './agreement.graphql.js';
import { acts } from './placements.policy.js';
import { findPlacement } from './placements.repo.js';
import type { LockedPlacement } from './placements.repo.js';
import { tasks } from './placements.tasks.js';
import { PlansService } from './plans.service.js';

type SignRefusal = 'PLACEMENT_STATE' | 'ALREADY_SIGNED' | 'DOCUMENT_NOT_WAITING';

/** The agreement of carer, office and commune: who signed, and the photo of the page, which follows within 14 days. */
@Injectable()
export class AgreementsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(PlansService) private readonly plans: PlansService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
  ) {}

  /** Records a signature or thumbprint, with the photo of its page where there is one. */
  async sign(actor: UserActor, input: SignAgreementInput, requestId: string): Promise<Result<string, SignRefusal>> {
    return this.uow.command(actor, acts['placement.sign'], input, requestId, async (op): Promise<Result<string, SignRefusal>> => {
      const on = happenedOn(op, input.on);
      const { placement } = await this.plans.lock(op, input.placementId);
      if (placement.state === 'ended' || placement.state === 'cancelled') return refuse('PLACEMENT_STATE', { state: placement.state });
      const id = await insertAgreement(op, { placementId: placement.id, party: input.party, on, signer: input.signer, how: input.how });
      if (input.documentId) {
        const kept = await this.#keep(op, placement, input.documentId);
        if (!kept.ok) return kept;
        await showOnPage(op, placement.id, input.documentId, id);
      }
      await this.#waitForPage(op, placement);
      await recordAct(op, { subject: ['placement', placement.id], about: placement.child_id, on, reason: input.party });
      return ok(placement.id);
    });
  }

  /** Keeps the photo of a signed page: from now on the signatures without one are to be seen on it. */
  async attachPage(actor: UserActor, input: AttachAgreementPageInput, requestId: string): Promise<Result<string, 'NOT_SIGNED' | 'DOCUMENT_NOT_WAITING'>> {
    return this.uow.command(actor, acts['placement.attachPage'], input, requestId, async (op): Promise<Result<string, 'NOT_SIGNED' | 'DOCUMENT_NOT_WAITING'>> => {
      const { placement } = await this.plans.lock(op, input.placementId);
      if ((await firstWithoutPage(op, placement.id)) === null) return refuse('NOT_SIGNED');
      const kept = await this.#keep(op, placement, input.documentId);
      if (!kept.ok) return kept;
      await showOnPage(op, placement.id, input.documentId, null);
      await this.#waitForPage(op, placement);
      await recordAct(op, { subject: ['placement', placement.id], about: placement.child_id, on: op.today, changed: ['document_id'] });
      return ok(placement.id);
    });
  }

  /** Looks again after a document was withdrawn: was it such a page, another one is needed. */
  async follow(op: Op, documentId: string): Promise<void> {
    const placementId = await placementOfPage(op, documentId);
    const placement = placementId === undefined ? undefined : await findPlacement(op, placementId);
    if (placement !== undefined) await this.#waitForPage(op, placement);
  }

  /** The page belongs to the placement: several people sign on one. */
  #keep(op: Op, placement: LockedPlacement, documentId: string): Promise<Result<null, 'DOCUMENT_NOT_WAITING'>> {
    return this.documents.attachOrFind(op, documentId, { kind: 'agreement', id: placement.id, officeId: placement.office_id, about: { childId: placement.child_id } });
  }

  /** While a signature is on no page that stands, somebody is to photograph it; then no more. */
  async #waitForPage(op: Op, placement: LockedPlacement): Promise<void> {
    const signedOn = await firstWithoutPage(op, placement.id);
    if (signedOn === null) {
      await this.worklist.done(op, { kind: tasks.page, subjectId: placement.id });
      return;
    }
    const days = await numberSetting(op, 'placements.page_photo_days', signedOn);
    const { planned_by: planner, office_id: office } = placement;
    await this.worklist.due(op, {
      kind: tasks.page, subject: ['placement', placement.id], about: placement.child_id, due: maxDate(addDays(signedOn, days), op.today),
      to: planner === null ? { role: 'social_worker', office } : { account: planner, office },
    });
  }
}
