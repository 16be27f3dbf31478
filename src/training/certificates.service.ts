import { Inject, Injectable } from '@nestjs/common';
import { FamiliesService } from '../carers/families.service.js';
import { StandingsService } from '../carers/standings.service.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { forbidden, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting, setting } from '../platform/settings.js';
import { StaffService } from '../staff/staff.service.js';
import { certifiedUntil, mayCertify, outlasts } from './training.domain.js';
import type { Demands, Uncertified, Work } from './training.domain.js';
import type { IssueCertificateInput } from './training.inputs.js';
import { acts, mayHold } from './training.policy.js';
import { certifiedTo, insertCertificate, lockSession, modulesAttended, onList, registrationFacts } from './training.repo.js';
import type { LockedSession, RegistrationFacts } from './training.repo.js';

type IssueRefusal = Uncertified | 'NOT_REGISTERED' | 'ALREADY_ISSUED' | 'OWN_CERTIFICATE' | 'VALIDITY_OVERLAPS';

/** A certificate says that somebody was there; for carers it stands on the stand-by list, for colleagues among their qualifications. */
@Injectable()
export class CertificatesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
    @Inject(StandingsService) private readonly standings: StandingsService,
    @Inject(StaffService) private readonly staff: StaffService,
  ) {}

  /** Issues a certificate. Refuses what {@link mayCertify} refuses, NOT_REGISTERED, ALREADY_ISSUED, OWN_CERTIFICATE, VALIDITY_OVERLAPS. */
  async issue(actor: UserActor, input: IssueCertificateInput, requestId: string): Promise<Result<string, IssueRefusal>> {
    return this.uow.command<IssueRefusal>(actor, acts['certificate.issue'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const known = await registrationFacts(op, input.registrationId);
      if (known === undefined) throw notFound();
      const family = known.familyId === null ? undefined : await this.families.lockAnywhere(op, known.familyId);
      const session = await lockSession(op, known.sessionId);
      const registration = await registrationFacts(op, input.registrationId);
      if (session === undefined || registration === undefined) throw notFound();
      if (!mayHold(op.actor, op.act, session)) throw forbidden();
      if (registration.accountId === actor.userId) return refuse('OWN_CERTIFICATE');
      if (registration.state !== 'listed') return refuse('NOT_REGISTERED');
      const renews = session.renewsId === null ? null : await certifiedTo(op, registration, session.renewsId);
      const [listed] = await onList(op, session.id, [registration.id]);
      if (listed?.certified === true) return refuse('ALREADY_ISSUED');
      const work: Work = { ...registration, modules: await modulesAttended(op, registration.id, on), renews };
      const may = mayCertify(session, work, on, await demandsOf(op, session, on));
      if (!may.ok) return may;
      const to = certifiedUntil(on, session.validityMonths, renews);
      const longer = outlasts(to, await certifiedTo(op, registration, session.courseId));
      if (!longer.ok) return longer;
      const id = await insertCertificate(op, { registration, courseId: session.courseId, from: on, to, issuedBy: actor.userId });
      await this.#write(op, session, registration, id, family?.kind, on, to);
      await recordAct(op, { subject: ['certificate', id], about: registration.familyId, on, events: [['certificate.issued', id]] });
      return ok(id);
    });
  }

  async #write(op: Op, session: LockedSession, registration: RegistrationFacts, id: string, familyKind: string | undefined, from: CivilDate, to: CivilDate): Promise<void> {
    const { adultId, familyId, accountId } = registration;
    if (accountId !== null) await this.staff.recordQualification(op, { accountId, kind: session.audience, from, to, certificateId: id });
    if (familyId === null || familyKind === undefined) return;
    const counts = await setting<string[]>(op, `training.counts_for.${familyKind}`, from);
    if (counts.includes(session.audience)) await this.standings.setStanding(op, { familyId, adultId, code: 'certificate', from, to, sourceId: id });
  }
}

async function demandsOf(op: Op, session: LockedSession, on: CivilDate): Promise<Demands> {
  return {
    percent: await numberSetting(op, 'training.attendance_percent', on), passMark: session.passMark,
    isRenewal: session.renewsId !== null, renewalMonths: await numberSetting(op, 'training.renewal_months', on),
  };
}
