import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import { defineSealed, openField, sealField } from '../platform/field-crypto.js';
import type { FieldPlace } from '../platform/field-crypto.js';
import { forbidden, notFound } from '../platform/errors.js';
import { mayForOffice } from '../platform/auth/acts.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { mayAnswer, mayAppeal } from './complaint.domain.js';
import { decidersOf, deskFor, insertComplaint, isAccount, isAppealed, leftUnanswered, lockComplaint, moveUp, sealComplaint, unsealedComplaints, writeComplaintAnswer } from './complaints.repo.js';
import type { ComplaintRow, Desk, NewComplaint } from './complaints.repo.js';
import { needOffice } from './carers.policy.js';
import { FamiliesService } from './families.service.js';
import type { AnswerComplaintInput, AppealComplaintInput, RecordComplaintInput } from './side.inputs.js';
import { complaintDue } from './side.messages.js';
import { sideActs } from './side.policy.js';
import { workingDaysAfter } from './side.repo.js';

type RecordRefusal = 'COMPLAINT_ABOUT_YOU' | 'DECISION_UNKNOWN';
type AppealRefusal = 'COMPLAINT_OPEN' | 'ALREADY_APPEALED' | 'APPEAL_LATE';
const ESCALATED_AT_ONCE = 50;
const SEALED_AT_ONCE = 200;

const wordsOf = defineSealed('carers.complaints', 'words_sealed');
const answerOf = defineSealed('carers.complaints', 'answer_sealed');

/** A carer may complain and appeal. Whoever it is about never sees it; somebody above her answers it. */
@Injectable()
export class ComplaintsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Takes a complaint down, of closed families too. Refuses COMPLAINT_ABOUT_YOU, DECISION_UNKNOWN. */
  async record(actor: UserActor, input: RecordComplaintInput, requestId: string): Promise<Result<string, RecordRefusal>> {
    return this.uow.command<RecordRefusal>(actor, sideActs['complaint.record'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      const decisionId = input.decisionId ?? null;
      if (input.againstId && !(await isAccount(op, input.againstId))) throw notFound();
      const deciders = decisionId === null ? [] : await decidersOf(op, decisionId);
      if (decisionId !== null && deciders.length === 0) return refuse('DECISION_UNKNOWN');
      const about = [...new Set([...(input.againstId ? [input.againstId] : []), ...deciders])].sort();
      if (about.includes(actor.userId)) return refuse('COMPLAINT_ABOUT_YOU');
      const { topic, words } = input;
      const id = await this.#open(op, { familyId: family.id, on, topic, words, decisionId, about, appealOf: null }, await deskFor(op, family.office_id, about, false));
      return ok(id);
    });
  }

  /** Answers a complaint or an appeal. Refuses COMPLAINT_ANSWERED. Whoever it is about finds nothing. */
  async answer(actor: UserActor, input: AnswerComplaintInput, requestId: string): Promise<Result<string, 'COMPLAINT_ANSWERED'>> {
    return this.uow.command<'COMPLAINT_ANSWERED'>(actor, sideActs['complaint.answer'], input, requestId, async (op) => {
      const complaint = await lockComplaint(op, input.complaintId);
      if (complaint === undefined) throw notFound();
      if (!mayForOffice(op.actor, op.act, complaint.office_id)) throw forbidden();
      const may = mayAnswer({ dueOn: complaint.due_on, answeredOn: complaint.answered_on, appealed: false });
      if (!may.ok) return may;
      await writeComplaintAnswer(op, complaint.id, input.outcome, this.#seal(answerOf(complaint.id), input.answer));
      await this.worklist.done(op, { kind: complaintDue, subjectId: complaint.id });
      await recordAct(op, { subject: ['complaint', complaint.id], about: complaint.family_id, on: op.today, reason: input.outcome, changed: ['outcome', 'answer'] });
      return ok(complaint.id);
    });
  }

  /** Takes an appeal down: it goes to the ministry, past whoever answered. Refuses COMPLAINT_OPEN, ALREADY_APPEALED, APPEAL_LATE, COMPLAINT_ABOUT_YOU. */
  async appeal(actor: UserActor, input: AppealComplaintInput, requestId: string): Promise<Result<string, AppealRefusal | 'COMPLAINT_ABOUT_YOU'>> {
    return this.uow.command<AppealRefusal | 'COMPLAINT_ABOUT_YOU'>(actor, sideActs['complaint.appeal'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const complaint = await lockComplaint(op, input.complaintId);
      if (complaint === undefined) throw notFound();
      const family = await this.families.lock(op, complaint.family_id);
      needOffice(op, family.office_id);
      const appealed = complaint.appeal_of !== null || (await isAppealed(op, complaint.id));
      const may = mayAppeal({ dueOn: complaint.due_on, answeredOn: complaint.answered_on, appealed }, await numberSetting(op, 'carers.appeal_days', on), on);
      if (!may.ok) return may;
      const about = [...new Set([...complaint.about_accounts, ...(complaint.answered_by === null ? [] : [complaint.answered_by])])].sort();
      if (about.includes(actor.userId)) return refuse('COMPLAINT_ABOUT_YOU');
      const { topic, decision_id: decisionId } = complaint;
      const id = await this.#open(op, { familyId: family.id, on, topic, words: input.words, decisionId, about, appealOf: complaint.id }, await deskFor(op, family.office_id, about, true));
      return ok(id);
    });
  }

  /** What a province has left unanswered goes to the ministry. Says how many went. */
  async escalate(op: Op): Promise<number> {
    const late = await leftUnanswered(op, ESCALATED_AT_ONCE);
    for (const one of late) {
      const desk = await deskFor(op, one.family_office_id, one.about_accounts, true);
      const dueOn = await this.#due(op);
      await moveUp(op, one.id, desk, dueOn);
      await this.#task(op, one.id, one.family_id, one.topic, desk, dueOn);
      await recordAct(op, { subject: ['complaint', one.id], about: one.family_id, on: op.today, reason: 'unanswered', changed: ['level'] });
    }
    return late.length;
  }

  /** Seals what was written before words were sealed. Says how many complaints it was. */
  async sealOld(op: Op): Promise<number> {
    const plain = await unsealedComplaints(op, SEALED_AT_ONCE);
    for (const { id, words, answer } of plain) {
      await sealComplaint(op, id, words === null ? null : this.#seal(wordsOf(id), words), answer === null ? null : this.#seal(answerOf(id), answer));
    }
    return plain.length;
  }

  /** What was said and answered, in the clear. */
  opened(row: ComplaintRow): { readonly words: string; readonly answer: string | null } {
    const open = (place: FieldPlace, sealed: Uint8Array | null): string | null => (sealed === null ? null : openField(this.config.fieldKeys, place, sealed));
    return { words: open(wordsOf(row.id), row.words_sealed) ?? row.words ?? '', answer: open(answerOf(row.id), row.answer_sealed) ?? row.answer };
  }

  #seal(place: FieldPlace, text: string): Uint8Array {
    return sealField(this.config.fieldKeys, place, text);
  }

  async #open(op: Op, complaint: Omit<NewComplaint, 'id' | 'desk' | 'dueOn' | 'words'> & { readonly words: string }, desk: Desk): Promise<string> {
    const [id, dueOn] = [newId(), await this.#due(op)];
    await insertComplaint(op, { ...complaint, words: this.#seal(wordsOf(id), complaint.words), id, desk, dueOn });
    await this.#task(op, id, complaint.familyId, complaint.topic, desk, dueOn);
    await recordAct(op, { subject: ['complaint', id], about: complaint.familyId, on: complaint.on, reason: complaint.topic });
    return id;
  }

  async #due(op: Op): Promise<NewComplaint['dueOn']> {
    return workingDaysAfter(op, op.today, await numberSetting(op, 'carers.complaint_working_days', op.today));
  }

  /** For everybody at the desk, or for one of them where another must not even see the task. */
  async #task(op: Op, id: string, familyId: string, topic: string, desk: Desk, due: NewComplaint['dueOn']): Promise<void> {
    const to = desk.handler_id === null ? ({ role: 'supervisor', office: desk.office_id } as const) : { account: desk.handler_id, office: desk.office_id };
    await this.worklist.due(op, { kind: complaintDue, subject: ['complaint', id], about: familyId, detail: topic, to, due });
  }
}
