import { Inject, Injectable } from '@nestjs/common';
import { familyOfAdult } from '../carers/families.repo.js';
import { FamiliesService } from '../carers/families.service.js';
import { lockFamily } from '../carers/places.repo.js';
import { keptApart } from '../carers/ties.repo.js';
import { StandingsService } from '../carers/standings.service.js';
import { DocumentsService } from '../documents/documents.service.js';
import { compareDates, contains, maxDate } from '../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { Act } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import type { Keyed } from '../platform/database/unit-of-work.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { setting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import type { ApplicationCommand } from './application.domain.js';
import { openApplication } from './applications.repo.js';
import type { LockedApplication } from './applications.repo.js';
import { checkedRanges, concernRanges, isConfidentialPaper, mayGather, stillOpen, studyStands } from './approval.domain.js';
import type { StudyForm } from './approval.domain.js';
import type { AttachCheckDocumentInput } from './dossier.graphql.js';
import type { RecordCheckInput, RecordHomeStudyInput, RecordSignatureInput } from './approval.graphql.js';
import { noteRecorded } from '../training/staff-certificates.js';
import { checksOf, findCheck, insertCheck, insertHomeStudy, insertSignature, livesThere } from './dossiers.repo.js';
import { checkEnds } from './recruitment.messages.js';
import { acts, needOffice } from './recruitment.policy.js';
import { supersededChecks } from './reviews.repo.js';
import type { RenewCheckInput } from './review.graphql.js';
import { StagesService } from './stages.service.js';

type Refusals = 'FAMILY_CLOSED' | 'APPLICATION_STATE' | 'BEFORE_APPLICATION' | 'CONFLICT_OF_INTEREST';
type Paper = 'DOCUMENT_NOT_WAITING';

/** What is gathered about a household between its application and the panel. */
@Injectable()
export class ChecksService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(StandingsService) private readonly standings: StandingsService,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
    @Inject(FamiliesService) private readonly families: FamiliesService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
    @Inject(StagesService) private readonly stages: StagesService,
  ) {}

  /** Records a check on an adult; when all required checks are clear, the adult stands as checked until the first lapses. */
  async recordCheck(actor: UserActor, input: RecordCheckInput, requestId: string): Promise<Result<string, Refusals | Paper | 'DATES_REVERSED'>> {
    return this.#gather(actor, acts['check.record'], input, requestId, 'check', async (op, application) => {
      if (compareDates(input.validUntil, input.on) <= 0) return refuse('DATES_REVERSED');
      if (!(await livesThere(op, input.adultId, application.family_id, input.on))) throw notFound();
      const id = await insertCheck(op, application, input);
      if (input.documentId) {
        const kept = await this.#keep(op, { id, kind: input.kind, outcome: input.outcome, family_id: application.family_id, office_id: application.office_id }, input.documentId);
        if (!kept.ok) return kept;
      }
      await this.#stands(op, application.family_id, input.adultId, input.on);
      return ok(input.on);
    });
  }

  /** Records a check on an adult of a family whatever has become of its application: a renewal, or the first of a newcomer. */
  async renewCheck(actor: UserActor, input: RenewCheckInput, requestId: string): Promise<Result<string, 'FAMILY_CLOSED' | 'DATES_REVERSED' | 'CONFLICT_OF_INTEREST'>> {
    return this.uow.command<'FAMILY_CLOSED' | 'DATES_REVERSED' | 'CONFLICT_OF_INTEREST'>(actor, acts['check.renew'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const familyId = await familyOfAdult(op, input.adultId);
      if (familyId === undefined) throw notFound();
      const family = await this.families.lock(op, familyId);
      needOffice(op, family.office_id);
      if (family.closed_on !== null) return refuse('FAMILY_CLOSED', { closedOn: family.closed_on });
      if (compareDates(input.validUntil, on) <= 0) return refuse('DATES_REVERSED');
      if (!(await livesThere(op, input.adultId, familyId, on))) throw notFound();
      const apart = await keptApart(op, familyId, on);
      if (!apart.ok) return apart;
      const id = await insertCheck(op, { family_id: familyId, office_id: family.office_id }, input);
      await this.#stands(op, familyId, input.adultId, on);
      await recordAct(op, { subject: ['check', id], about: familyId, on, events: [['family.changed', familyId]] });
      return ok(familyId);
    });
  }

  /** Records that somebody signed for the household. */
  async recordSignature(actor: UserActor, input: RecordSignatureInput, requestId: string): Promise<Result<string, Refusals | Paper | 'SIGNED_ALREADY'>> {
    return this.#gather(actor, acts['signature.record'], input, requestId, 'check', async (op, application) => {
      const id = await insertSignature(op, application, input.party, input.how, input.on, input.note ?? null);
      if (!input.documentId) return ok(input.on);
      const kept = await this.documents.attach(op, input.documentId, { kind: 'signature', id, officeId: application.office_id, about: { familyId: application.family_id } });
      return kept.ok ? ok(input.on) : kept;
    });
  }

  /** Records a home study by the form of its day. Refuses one that is not whole, or has scores out of its range. */
  async recordHomeStudy(actor: UserActor, input: RecordHomeStudyInput, requestId: string): Promise<Result<string, Refusals | 'STUDY_NOT_WHOLE' | 'SCORE_OUT_OF_RANGE'>> {
    return this.#gather(actor, acts['home_study.record'], input, requestId, input.recommended ? 'train' : 'study', async (op, application) => {
      const form = await setting<StudyForm>(op, 'recruitment.home_study_form', input.on);
      const whole = studyStands(form, input.scores);
      if (!whole.ok) return whole;
      await insertHomeStudy(op, application, actor.userId, form.version, input);
      noteRecorded(op, { subject: ['application', application.id], about: application.family_id, officeId: application.office_id });
      return ok(input.on);
    });
  }

  /** Adds a photo of the paper to a check, whatever has become of the application since. */
  async attachDocument(actor: UserActor, input: AttachCheckDocumentInput, requestId: string): Promise<Result<string, Paper>> {
    return this.uow.command<Paper>(actor, acts['check.attachDocument'], input, requestId, async (op) => {
      const found = await findCheck(op, input.checkId);
      if (found === undefined || (await lockFamily(op, found.family_id)) === undefined) throw notFound();
      needOffice(op, found.office_id);
      const kept = await this.#keep(op, found, input.documentId);
      if (!kept.ok) return kept;
      await recordAct(op, { subject: ['check', found.id], about: found.family_id, on: op.today });
      return ok(found.id);
    });
  }

  /** Writes anew, from a day on, when the adult stands as checked. */
  async #stands(op: Op, familyId: string, adultId: string, on: CivilDate): Promise<void> {
    const checks = await checksOf(op, adultId);
    const required = new Map<CivilDate, readonly string[]>();
    for (const { doneOn } of checks) if (!required.has(doneOn)) required.set(doneOn, await setting<string[]>(op, 'recruitment.checks', doneOn));
    const stands = { check: checkedRanges((doneOn) => required.get(doneOn) ?? [], checks), concern: concernRanges(checks) };
    for (const code of ['check', 'concern'] as const) {
      const standing = { familyId, adultId, code, sourceId: adultId, confidential: code === 'concern' };
      await this.standings.endStanding(op, { ...standing, from: on });
      for (const { from, to } of stands[code]) if (to === null || to > on) await this.standings.setStanding(op, { ...standing, from: maxDate(from, on), to });
    }
    const holds = (ranges: readonly DayRange[]): boolean => ranges.some((range) => contains(range, op.today));
    await this.families.checked(op, familyId, adultId, holds(stands.concern) ? 'concern' : holds(stands.check) ? 'checked' : 'open', on);
    for (const id of await supersededChecks(op, adultId)) await this.worklist.done(op, { kind: checkEnds, subjectId: id });
  }

  #keep(op: Op, check: { readonly id: string; readonly family_id: string; readonly office_id: string; readonly kind: string; readonly outcome: string }, documentId: string): Promise<Result<null, Paper>> {
    const to = { kind: 'check', id: check.id, officeId: check.office_id, about: { familyId: check.family_id }, confidential: isConfidentialPaper(check) };
    return this.documents.attach(op, documentId, to);
  }

  async #gather<C extends string>(
    actor: UserActor,
    act: Act,
    input: Keyed & { readonly applicationId: string; readonly on: CivilDate },
    requestId: string,
    command: ApplicationCommand,
    write: (op: Op, application: LockedApplication) => Promise<Result<CivilDate, C>>,
  ): Promise<Result<string, C | Refusals>> {
    return this.uow.command<C | Refusals>(actor, act, input, requestId, async (op) => {
      happenedOn(op, input.on);
      const application = await openApplication(op, input.applicationId);
      needOffice(op, application.office_id);
      if (compareDates(input.on, application.received_on) < 0) return refuse('BEFORE_APPLICATION', { receivedOn: application.received_on });
      const moved = mayGather(application.state, command, await keptApart(op, application.family_id, input.on), stillOpen(application.family_closed_on));
      if (!moved.ok) return moved;
      const done = await write(op, application);
      if (!done.ok) return done;
      await this.stages.move(op, application, moved.value, input.on);
      await recordAct(op, { subject: ['application', application.id], about: application.family_id, on: done.value, changed: ['state'] });
      return ok(application.id);
    });
  }
}
