import { Inject, Injectable } from '@nestjs/common';
import { FamiliesService } from '../carers/families.service.js';
import type { AdultInput } from '../carers/family.inputs.js';
import { newId } from '../kernel/ids.js';
import { ok } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { mayApply } from './application.domain.js';
import type { ReceiveApplicationInput } from './application.graphql.js';
import { insertApplication } from './applications.repo.js';
import { apply } from './enquiry.domain.js';
import { lockEnquiry, moveEnquiry } from './enquiries.repo.js';
import { enquiryWaits } from './recruitment.messages.js';
import { acts, needArea } from './recruitment.policy.js';
import { StagesService } from './stages.service.js';

/** A household that asked becomes a family that applies. */
@Injectable()
export class ApplicationsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
    @Inject(StagesService) private readonly stages: StagesService,
  ) {}

  /** Receives an application from an enquiry. Refuses ENQUIRY_DUPLICATE, ENQUIRY_ENDED, BEFORE_ENQUIRY, CARER_NEEDED, CARER_TOO_YOUNG. */
  async receive(
    actor: UserActor,
    input: ReceiveApplicationInput,
    requestId: string,
  ): Promise<Result<string, 'ENQUIRY_DUPLICATE' | 'ENQUIRY_ENDED' | 'BEFORE_ENQUIRY' | 'CARER_NEEDED' | 'CARER_TOO_YOUNG'>> {
    const nameless = input.adults.findIndex((adult) => !adult.nameKm && !adult.nameLatin);
    if (nameless >= 0) throw badInput(`adults.${nameless}.nameKm`, 'validation.isNotEmpty');
    return this.uow.command(actor, acts['application.receive'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const unborn = input.adults.findIndex((adult) => adult.birthDate > on);
      if (unborn >= 0) throw badInput(`adults.${unborn}.birthDate`, 'validation.future');
      const enquiry = await lockEnquiry(op, input.enquiryId);
      if (enquiry === undefined) throw notFound();
      needArea(op, enquiry.area_code);
      const applied = apply({ state: enquiry.state, receivedOn: enquiry.received_on, original: enquiry.duplicate_of }, on);
      if (!applied.ok) return applied;
      const minimumAge = await numberSetting(op, 'recruitment.minimum_age', on);
      const allowed = mayApply({ kind: input.kind, adults: input.adults.map(({ carer, birthDate, birthPrecision }) => ({ carer, birth: { date: birthDate, precision: birthPrecision } })) }, minimumAge, on);
      if (!allowed.ok) return allowed;
      const head = input.adults.find(({ carer }) => carer) as AdultInput;
      const familyId = await this.families.open(op, {
        kind: input.kind,
        nameKm: head.nameKm ?? null,
        nameLatin: head.nameLatin ?? null,
        phone: enquiry.phone,
        areaCode: enquiry.area_code,
        officeId: enquiry.office_id,
        languages: input.languages,
        religion: input.religion ?? null,
        ownChildren: input.ownChildren,
        on,
        adults: input.adults.map((adult) => ({ ...adult, nameKm: adult.nameKm ?? null, nameLatin: adult.nameLatin ?? null })),
      });
      const id = newId();
      await insertApplication(op, { id, enquiryId: enquiry.id, familyId, officeId: enquiry.office_id, receivedOn: on });
      await this.stages.enter(op, { id, family_id: familyId, office_id: enquiry.office_id }, 'received', on);
      await moveEnquiry(op, enquiry.id, applied.value, null);
      await this.worklist.done(op, { kind: enquiryWaits, subjectId: enquiry.id });
      await recordAct(op, { subject: ['application', id], about: familyId, on, events: [['application.received', id]] });
      return ok(id);
    });
  }
}
