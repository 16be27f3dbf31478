import { Inject, Injectable } from '@nestjs/common';
import { keptApart } from '../carers/ties.repo.js';
import { compareDates } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork, refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { appealStands, mayAppeal, mayDecideAppeal } from './appeal.domain.js';
import type { AppealRefusalInput, DecideAppealInput, RecordMotiveTalkInput } from './appeal.graphql.js';
import { decideAppeal, insertAppeal, insertTalk, lastRefusal } from './appeals.repo.js';
import { openApplication } from './applications.repo.js';
import { mayGather } from './approval.domain.js';
import { next } from './approvals.service.js';
import { livesThere } from './dossiers.repo.js';
import { acts, needOffice } from './recruitment.policy.js';
import { StagesService } from './stages.service.js';

/** A refused household may be heard again, by others than those who refused it; and some are talked with before they are decided on. */
@Injectable()
export class AppealsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(StagesService) private readonly stages: StagesService,
  ) {}

  /** Records an appeal against the last refusal. */
  async appeal(actor: UserActor, input: AppealRefusalInput, requestId: string): Promise<Result<string, 'APPLICATION_STATE' | 'APPEAL_TOO_LATE' | 'APPEAL_KNOWN' | 'BEFORE_DECISION'>> {
    return this.uow.command(actor, acts['application.appeal'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const application = await openApplication(op, input.applicationId);
      needOffice(op, application.office_id);
      const refused = await lastRefusal(op, application.id);
      const stands = appealStands(application.state, refused);
      if (!stands.ok) return stands;
      if (input.adultId && !(await livesThere(op, input.adultId, application.family_id, on))) throw notFound();
      const may = mayAppeal(stands.value, stands.value.appeal, await numberSetting(op, 'recruitment.appeal_days', stands.value.decidedOn), on);
      if (!may.ok) return may;
      await insertAppeal(op, application, stands.value.panelId, { adultId: input.adultId ?? null, on, reason: input.reason });
      await recordAct(op, { subject: ['application', application.id], about: application.family_id, on, changed: ['appeals'], events: [['application.appealed', application.id]] });
      return ok(application.id);
    });
  }

  /** Decides an appeal. Upheld, the application is open again where it stood before the panel. */
  async decide(actor: UserActor, input: DecideAppealInput, requestId: string): Promise<Result<string, 'APPLICATION_STATE' | 'APPEAL_UNKNOWN' | 'OWN_DECISION' | 'BEFORE_APPEAL' | 'CONFLICT_OF_INTEREST'>> {
    return this.uow.command(actor, acts['application.decideAppeal'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const application = await openApplication(op, input.applicationId);
      needOffice(op, application.office_id);
      const reopened = next(application, 'reopen');
      if (!reopened.ok) return reopened;
      const refused = await lastRefusal(op, application.id);
      if (refused?.appeal === undefined) return refuse('APPEAL_UNKNOWN');
      const may = mayDecideAppeal(refused, refused.appeal, actor.userId, on, await keptApart(op, application.family_id, on));
      if (!may.ok) return may;
      await decideAppeal(op, refused.appeal.id, { account: actor.userId, on, outcome: input.outcome, reason: input.reason });
      // A household that applied anew meanwhile has one open application already.
      if (input.outcome === 'upheld') await refuseWhenBroken(this.stages.move(op, application, reopened.value, on), { applications_one_open: 'APPLICATION_STATE' });
      await recordAct(op, { subject: ['application', application.id], about: application.family_id, on, reason: input.outcome, changed: ['appeals', 'state'], events: [['application.appeal_decided', application.id]] });
      return ok(application.id);
    });
  }

  /** Records a supervisor's talk about the motive. */
  async talk(actor: UserActor, input: RecordMotiveTalkInput, requestId: string): Promise<Result<string, 'APPLICATION_STATE' | 'FAMILY_CLOSED' | 'BEFORE_APPLICATION' | 'CONFLICT_OF_INTEREST'>> {
    return this.uow.command(actor, acts['motive_talk.record'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const application = await openApplication(op, input.applicationId);
      needOffice(op, application.office_id);
      const open = mayGather(application.state, 'withdraw', await keptApart(op, application.family_id, on));
      if (!open.ok) return open;
      if (compareDates(on, application.received_on) < 0) return refuse('BEFORE_APPLICATION', { receivedOn: application.received_on });
      await insertTalk(op, application, actor.userId, on, input.note ?? null);
      await recordAct(op, { subject: ['application', application.id], about: application.family_id, on, changed: ['motive_talks'] });
      return ok(application.id);
    });
  }
}
