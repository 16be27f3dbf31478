import { Inject, Injectable } from '@nestjs/common';
import { PlacesService } from '../carers/places.service.js';
import { StandingsService } from '../carers/standings.service.js';
import { keptApart } from '../carers/ties.repo.js';
import { addMonths, compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { mayApproveByCertificate } from '../training/staff-certificates.js';
import type { ApplicationCommand, ApplicationState } from './application.domain.js';
import { openApplication } from './applications.repo.js';
import type { LockedApplication } from './applications.repo.js';
import { complete, mayDecide, mayPresent, panelStands, stepped, termsStand } from './approval.domain.js';
import type { ApproveFamilyInput, DissolvePanelInput, PresentToPanelInput, RefuseFamilyInput, WithdrawApplicationInput } from './approval.graphql.js';
import { decidingOn } from './deciding.repo.js';
import { decidePanel, dossierOn, insertPanel, membersOn } from './dossiers.repo.js';
import { acts, needOffice } from './recruitment.policy.js';
import { StagesService } from './stages.service.js';

type PanelRefusal = 'FAMILY_CLOSED' | 'MOTIVE_TALK_NEEDED' | 'APPLICATION_STATE' | 'NOT_COMPLETE' | 'PANEL_OF_THREE' | 'PANEL_ALL_INSIDE' | 'CONFLICT_OF_INTEREST' | 'BEFORE_APPLICATION';
type DecisionRefusal = 'FAMILY_CLOSED' | 'MOTIVE_TALK_NEEDED' | 'APPLICATION_STATE' | 'NOT_COMPLETE' | 'BEFORE_PANEL' | 'OWN_STUDY' | 'CONFLICT_OF_INTEREST';

/** A panel hears an application, and a supervisor decides it. */
@Injectable()
export class ApprovalsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(PlacesService) private readonly places: PlacesService,
    @Inject(StandingsService) private readonly standings: StandingsService,
    @Inject(StagesService) private readonly stages: StagesService,
  ) {}

  /** Brings a whole dossier before a panel of three. */
  async present(actor: UserActor, input: PresentToPanelInput, requestId: string): Promise<Result<string, PanelRefusal>> {
    return this.uow.command(actor, acts['application.present'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const application = await this.#open(op, input.applicationId);
      if (compareDates(on, application.received_on) < 0) return refuse('BEFORE_APPLICATION', { receivedOn: application.received_on });
      const moved = mayPresent(application.state, await dossierOn(op, application.id, on), await decidingOn(op, application.id, on));
      if (!moved.ok) return moved;
      const stands = panelStands(await membersOn(op, input.members, on), application.office_id);
      if (!stands.ok) return stands;
      const apart = await keptApart(op, application.family_id, on, [actor.userId, ...input.members]);
      if (!apart.ok) return apart;
      await insertPanel(op, application, on, input.members);
      await this.stages.move(op, application, moved.value, on);
      await recordAct(op, { subject: ['application', application.id], about: application.family_id, on, changed: ['state'] });
      return ok(application.id);
    });
  }

  /** Approves a family with terms: it stands by from that day, with its places. */
  async approve(
    actor: UserActor,
    input: ApproveFamilyInput,
    requestId: string,
  ): Promise<Result<string, DecisionRefusal | 'STAFF_CERTIFICATE' | 'ABOVE_LIMIT' | 'AGES_REVERSED' | 'OTHER_CARE_KIND' | 'PLACES_BELOW_OCCUPANTS'>> {
    return this.uow.command(actor, acts['application.approve'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const application = await this.#open(op, input.applicationId);
      const decided = await this.#mayDecide(op, actor, application, 'approve', on);
      if (!decided.ok) return decided;
      const certified = await mayApproveByCertificate(op);
      if (!certified.ok) return certified;
      const whole = complete(await dossierOn(op, application.id, on));
      if (!whole.ok) return whole;
      const kind = application.family_kind;
      const stands = termsStand(kind, input.terms, await numberSetting(op, `recruitment.places_limit.${kind}`, on));
      if (!stands.ok) return stands;
      const to = addMonths(on, await numberSetting(op, 'recruitment.approval_months', on));
      const set = await this.places.setPlaces(op, { familyId: application.family_id, from: on, places: input.terms.places, sourceId: application.id });
      if (!set.ok) return set;
      const standing = { familyId: application.family_id, from: on, to, sourceId: application.id };
      await this.standings.setTerms(op, { ...standing, ...input.terms });
      await this.standings.setStanding(op, { ...standing, code: 'approval' });
      await this.#decide(op, actor, application, decided.value, on, 'approved', input.reason);
      return ok(application.id);
    });
  }

  /** Refuses a family, with reasons it may read and appeal. */
  async refuse(actor: UserActor, input: RefuseFamilyInput, requestId: string): Promise<Result<string, DecisionRefusal>> {
    return this.uow.command(actor, acts['application.refuse'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const application = await this.#open(op, input.applicationId);
      const decided = await this.#mayDecide(op, actor, application, 'refuse', on);
      if (!decided.ok) return decided;
      await this.#decide(op, actor, application, decided.value, on, 'refused', input.reason);
      return ok(application.id);
    });
  }

  /** A panel that met gives way to another, as where a tie of one of its members has come to light. Nothing is decided. */
  async dissolve(actor: UserActor, input: DissolvePanelInput, requestId: string): Promise<Result<string, 'APPLICATION_STATE' | 'BEFORE_PANEL' | 'CONFLICT_OF_INTEREST'>> {
    return this.uow.command(actor, acts['application.dissolvePanel'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const application = await this.#open(op, input.applicationId);
      const moved = next(application, 'dissolve');
      if (!moved.ok) return moved;
      const { metOn, apart } = await decidingOn(op, application.id, on);
      if (metOn === null || compareDates(on, metOn) < 0) return refuse('BEFORE_PANEL');
      if (!apart.ok) return apart;
      await decidePanel(op, application.id, actor.userId, on, 'dissolved', input.reason);
      await this.stages.move(op, application, moved.value, on);
      await recordAct(op, { subject: ['application', application.id], about: application.family_id, on, changed: ['state'] });
      return ok(application.id);
    });
  }

  /** The household takes its application back; nothing is held against it. */
  async withdraw(actor: UserActor, input: WithdrawApplicationInput, requestId: string): Promise<Result<string, 'APPLICATION_STATE' | 'BEFORE_APPLICATION'>> {
    return this.uow.command(actor, acts['application.withdraw'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const application = await this.#open(op, input.applicationId);
      if (compareDates(on, application.received_on) < 0) return refuse('BEFORE_APPLICATION', { receivedOn: application.received_on });
      const moved = next(application, 'withdraw');
      if (!moved.ok) return moved;
      await this.stages.move(op, application, moved.value, on);
      await recordAct(op, { subject: ['application', application.id], about: application.family_id, on, changed: ['state'], events: [['application.withdrawn', application.id]] });
      return ok(application.id);
    });
  }

  async #open(op: Op, id: string): Promise<Awaited<ReturnType<typeof openApplication>>> {
    const application = await openApplication(op, id);
    needOffice(op, application.office_id);
    return application;
  }

  async #mayDecide(op: Op, actor: UserActor, application: LockedApplication, command: 'approve' | 'refuse', on: CivilDate): Promise<Result<ApplicationState, DecisionRefusal>> {
    // A tie that came to light after the panel met counts too.
    return mayDecide(application.state, command, await decidingOn(op, application.id, on), actor.userId, on);
  }

  async #decide(op: Op, actor: UserActor, application: LockedApplication, state: ApplicationState, on: CivilDate, outcome: 'approved' | 'refused', reason: string): Promise<void> {
    await decidePanel(op, application.id, actor.userId, on, outcome, reason);
    await this.stages.move(op, application, state, on);
    await recordAct(op, { subject: ['application', application.id], about: application.family_id, on, reason: outcome, changed: ['state'], events: [[`application.${outcome}`, application.id]] });
  }
}

/** The state after a command, or the refusal that names where the application stands. */
export function next(application: LockedApplication, command: ApplicationCommand): Result<ApplicationState, 'APPLICATION_STATE'> {
  return stepped(application.state, command);
}
