import { Inject, Injectable } from '@nestjs/common';
import { keptApart, tiesBetween } from '../carers/ties.repo.js';
import { ChildrenService } from '../children/children.service.js';
import { DocumentsService } from '../documents/documents.service.js';
import { addDays, maxDate, startOfDay } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { Act } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting, setting } from '../platform/settings.js';
import { noteRecorded } from '../training/staff-certificates.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { visitDue, visitRecord, visitWorry } from './casework.messages.js';
import { acts } from './casework.policy.js';
import { dueDay, happen } from './visit.domain.js';
import type { AttachVisitDocumentInput, RecordVisitInput, TapVisitInput } from './visit.graphql.js';
import { cancelVisit, childOfVisit, holidaysFrom, insertVisit, placementFacts, readVisit, recordVisit, releaseVisit, tapVisit, visitsSoFar } from './visits.repo.js';
import type { LockedVisit, PlacementFacts } from './visits.repo.js';

type Refusals = 'VISIT_STATE' | 'BEFORE_MOVE' | 'OTHER_DAY' | 'DOCUMENT_NOT_WAITING' | 'CONFLICT_OF_INTEREST';

/** Days before a visit on which its worker is reminded. */
const REMIND_DAYS = 2;

/** Visits follow a child into a family: one is always due while the placement lasts. */
@Injectable()
export class VisitsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(WorklistService) private readonly worklist: WorklistService,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
  ) {}

  /** "Visited, child seen, no worry": stops every reminder; the record is due in 14 days; the next visit follows. */
  async tap(actor: UserActor, input: TapVisitInput, requestId: string): Promise<Result<string, Refusals>> {
    return this.#happens(actor, acts['visit.tap'], 'tap', input, requestId, async (op, visit) => {
      await tapVisit(op, visit.id, actor.userId, input.on);
      const days = await numberSetting(op, 'casework.record_days', input.on);
      await this.worklist.due(op, {
        kind: visitRecord, subject: ['visit', visit.id], about: visit.child_id, detail: String(visit.ordinal),
        to: { account: actor.userId, office: visit.office_id }, due: maxDate(addDays(input.on, days), op.today),
      });
      return ok(null);
    });
  }

  /** Records a visit, tapped before or not. A worry goes to the supervisor the same day; nothing stops. */
  async record(actor: UserActor, input: RecordVisitInput, requestId: string): Promise<Result<string, Refusals>> {
    return this.#happens(actor, acts['visit.record'], 'record', input, requestId, async (op, visit) => {
      const { requestKey: _key, visitId: _id, documentId, on, seenAlone, worry, ...text } = input;
      await recordVisit(op, visit.id, actor.userId, on, { seenAlone, worry, text });
      await this.worklist.done(op, { kind: visitRecord, subjectId: visit.id });
      if (worry) {
        await this.worklist.due(op, {
          kind: visitWorry, subject: ['visit', visit.id], about: visit.child_id, to: { role: 'supervisor', office: visit.office_id }, due: op.today,
        });
      }
      noteRecorded(op, { subject: ['visit', visit.id], about: visit.child_id, officeId: visit.office_id });
      return documentId ? this.#attach(op, visit, documentId) : ok(null);
    });
  }

  /** Adds a photo or a paper to a visit that happened. */
  async attachDocument(actor: UserActor, input: AttachVisitDocumentInput, requestId: string): Promise<Result<string, 'VISIT_STATE' | 'DOCUMENT_NOT_WAITING'>> {
    return this.uow.command<'VISIT_STATE' | 'DOCUMENT_NOT_WAITING'>(actor, acts['visit.attachDocument'], input, requestId, async (op) => {
      const visit = await this.#lock(op, input.visitId);
      if (visit.happened_on === null) return refuse('VISIT_STATE', { state: visit.state });
      const attached = await this.#attach(op, visit, input.documentId);
      if (!attached.ok) return attached;
      await recordAct(op, { subject: ['visit', visit.id], about: visit.child_id, on: op.today });
      return ok(visit.id);
    });
  }

  /** Brings the visits of a placement in line with its state: one due while it is active, none after. Again and again the same. */
  async follow(op: Op, placementId: string): Promise<void> {
    const known = await placementFacts(op, placementId);
    if (known === undefined) return;
    await this.children.lockChildren(op, [known.child_id]);
    const placement = await placementFacts(op, placementId);
    if (placement === undefined) return;
    const { last, open } = await visitsSoFar(op, placementId);
    if (placement.state === 'active' && open === null && last === 0) await this.#next(op, placement, 1);
    if (placement.state === 'active' && open !== null && placement.moved) await this.#handOver(op, placement, open);
    if ((placement.state === 'ended' || placement.state === 'cancelled') && open !== null) {
      await cancelVisit(op, open);
      await this.worklist.cancel(op, { kind: visitDue, subjectId: open });
      await recordAct(op, { subject: ['visit', open], about: placement.child_id, reason: 'placement_ended', changed: ['state'] });
    }
  }

  /** The family has moved: the office that it came to visits the child. */
  async #handOver(op: Op, placement: PlacementFacts, visitId: string): Promise<void> {
    const visit = await releaseVisit(op, visitId);
    if (visit === undefined) return;
    await this.#ask(op, placement, { id: visitId, ordinal: visit.ordinal, visitor: null, dueOn: visit.dueOn });
    if (visit.released) await recordAct(op, { subject: ['visit', visitId], about: placement.child_id, on: op.today, reason: 'family_moved', changed: ['worker_id'] });
  }

  async #happens(
    actor: UserActor,
    act: Act,
    command: 'tap' | 'record',
    input: TapVisitInput | RecordVisitInput,
    requestId: string,
    write: (op: Op, visit: LockedVisit) => Promise<Result<null, Refusals>>,
  ): Promise<Result<string, Refusals>> {
    return this.uow.command<Refusals>(actor, act, input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const visit = await this.#lock(op, input.visitId);
      const result = happen({ state: visit.state, happenedOn: visit.happened_on, startsOn: visit.starts_on }, command, on);
      if (!result.ok) return result;
      const apart = await keptApart(op, visit.family_id, on);
      if (!apart.ok) return apart;
      const written = await write(op, visit);
      if (!written.ok) return written;
      await this.worklist.done(op, { kind: visitDue, subjectId: visit.id });
      if (result.value.isFirstWord && visit.placement_state === 'active') {
        const placement = await placementFacts(op, visit.placement_id);
        if (placement !== undefined) await this.#next(op, placement, visit.ordinal + 1);
      }
      await recordAct(op, { subject: ['visit', visit.id], about: visit.child_id, on, changed: ['state'], events: [['visit.happened', visit.id]] });
      return ok(visit.id);
    });
  }

  /** The child first, then her visit. */
  async #lock(op: Op, id: string): Promise<LockedVisit> {
    const childId = await childOfVisit(op, id);
    if (childId === undefined) throw notFound();
    await this.children.lockChildren(op, [childId]);
    const visit = await readVisit(op, id);
    if (visit === undefined) throw notFound();
    return visit;
  }

  #attach(op: Op, visit: LockedVisit, documentId: string): Promise<Result<null, 'DOCUMENT_NOT_WAITING'>> {
    return this.documents.attach(op, documentId, { kind: 'visit', id: visit.id, officeId: visit.office_id, about: { childId: visit.child_id } });
  }

  async #next(op: Op, placement: PlacementFacts, ordinal: number): Promise<void> {
    const dueOn = await this.#dueOn(op, placement, ordinal);
    const id = newId();
    const visitor = await this.#visitorOf(op, placement);
    await insertVisit(op, { id, placement, visitor, ordinal, dueOn });
    await this.#ask(op, placement, { id, ordinal, visitor, dueOn });
    if (op.actor.kind === 'system') await recordAct(op, { subject: ['visit', id], about: placement.child_id, on: dueOn });
  }

  /** Opens the task of a visit, or brings it up to date: the visitor's own, or her office's. */
  async #ask(op: Op, placement: PlacementFacts, { id, ordinal, visitor, dueOn }: { readonly id: string; readonly ordinal: number; readonly visitor: string | null; readonly dueOn: CivilDate }): Promise<void> {
    const role = placement.planned_by === null || placement.moved ? 'social_worker' : 'supervisor';
    await this.worklist.due(op, {
      kind: visitDue,
      subject: ['visit', id],
      about: placement.child_id,
      detail: String(ordinal),
      to: visitor === null ? { role, office: placement.office_id } : { account: visitor, office: placement.office_id },
      due: dueOn,
      remindAt: [startOfDay(addDays(dueOn, -REMIND_DAYS))],
    });
  }

  /** Who planned the move visits, unless she lives there, is related or works with one of the family, or the family has moved to another office. */
  async #visitorOf(op: Op, { family_id: familyId, planned_by: planner, moved }: PlacementFacts): Promise<string | null> {
    return planner === null || moved || (await tiesBetween(op, familyId, [planner], op.today)).length > 0 ? null : planner;
  }

  async #dueOn(op: Op, placement: PlacementFacts, ordinal: number): Promise<CivilDate> {
    const months = await setting<number[]>(op, 'casework.visit_months', placement.starts_on);
    const roughly = dueDay(placement.starts_on, ordinal, months, new Set());
    return dueDay(placement.starts_on, ordinal, months, await holidaysFrom(op, roughly));
  }
}
