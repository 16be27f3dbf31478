import { Inject, Injectable } from '@nestjs/common';
import { keptApart } from '../carers/ties.repo.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { mayForOffice } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { forbidden } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { mayApproveByCertificate } from '../training/staff-certificates.js';
import { WorklistService } from '../worklist/worklist.service.js';
import type { ApprovePlacementInput, RecordConsultationInput } from './placement.graphql.js';
import { heard, mayApprove } from './placement.domain.js';
import { acts } from './placements.policy.js';
import {
  approvePlacement, approvedProvinces, consultationsOf, insertApprovals, insertConsultation, isRelative, partiesOf, provinceOf,
} from './placements.repo.js';
import type { LockedPlacement } from './placements.repo.js';
import { tasks, workingDaysAfter } from './placements.tasks.js';
import { PlansService } from './plans.service.js';
import type { SuitabilityRefusal } from './plans.service.js';

type ConsultRefusal = 'PLACEMENT_STATE' | 'CHILD_NOT_HEARD_ALONE' | 'OUTCOME_NEEDED' | 'REASON_NEEDED' | 'RELATIVE_UNKNOWN';
type ApproveRefusal = SuitabilityRefusal | 'STAFF_CERTIFICATE' | 'PLACEMENT_STATE' | 'OWN_PLAN' | 'CONSULTATIONS_MISSING' | 'AGREEMENT_MISSING' | 'REASON_NEEDED' | 'APPROVED_BY_PROVINCE' | 'CONFLICT_OF_INTEREST';

/** Who is heard, and who approves before a child moves. */
@Injectable()
export class ApprovalsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(PlansService) private readonly plans: PlansService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Records what the child, a parent, the team or the province said. */
  async consult(actor: UserActor, input: RecordConsultationInput, requestId: string): Promise<Result<string, ConsultRefusal>> {
    return this.uow.command(actor, acts['placement.consult'], input, requestId, async (op): Promise<Result<string, ConsultRefusal>> => {
      const on = happenedOn(op, input.on);
      const { placement } = await this.plans.lock(op, input.placementId);
      // In an emergency people are heard after the move.
      const late = placement.emergency && placement.state === 'active';
      if (!late && placement.state !== 'planned' && placement.state !== 'approved') return refuse('PLACEMENT_STATE', { state: placement.state });
      const view = heard({ kind: input.kind, alone: input.alone ?? null, tooYoungReason: input.tooYoungReason ?? null, outcome: input.outcome ?? null, reason: input.reason ?? null });
      if (!view.ok) return view;
      if (input.relativeId && !(await isRelative(op, placement.child_id, input.relativeId))) return refuse('RELATIVE_UNKNOWN');
      await insertConsultation(op, { ...view.value, placementId: placement.id, on, relativeId: input.relativeId ?? null });
      await recordAct(op, { subject: ['placement', placement.id], about: placement.child_id, on, reason: input.kind });
      return ok(placement.id);
    });
  }

  /** Approves a plan: never one's own, everybody heard, signed, and every hard rule asked again under lock. Across provinces both approve. */
  async approve(actor: UserActor, input: ApprovePlacementInput, requestId: string): Promise<Result<string, ApproveRefusal>> {
    return this.uow.command(actor, acts['placement.approve'], input, requestId, async (op): Promise<Result<string, ApproveRefusal>> => {
      const on = happenedOn(op, input.on);
      const { placement } = await this.plans.lock(op, input.placementId);
      const mine = await this.#provinces(op, placement);
      const facts = { state: placement.state, plannedBy: placement.planned_by, emergency: placement.emergency, consultations: await consultationsOf(op, placement.id), parties: await partiesOf(op, placement.id) };
      const may = mayApprove(facts, actor.userId, input.reason ?? null);
      if (!may.ok) return may;
      const apart = await keptApart(op, placement.family_id, on);
      if (!apart.ok) return apart;
      const certified = await mayApproveByCertificate(op);
      if (!certified.ok) return certified;
      const before = await approvedProvinces(op, placement.id);
      if (mine.answered.every((code) => before.includes(code))) return refuse('APPROVED_BY_PROVINCE');
      const suits = await this.plans.stillSuits(op, {
        childId: placement.child_id, familyId: placement.family_id, careKind: placement.care_kind, startsOn: placement.starts_on, emergency: placement.emergency, ownHolds: [placement.id],
      });
      if (!suits.ok) return suits;
      const held = await this.plans.hold(op, placement, placement.id);
      if (!held.ok) return held;
      const approved = await insertApprovals(op, placement.id, mine.answered, on, input.reason ?? null);
      const waiting = mine.needed.filter(({ code }) => !approved.includes(code));
      await this.worklist.done(op, { kind: tasks.approve, subjectId: placement.id });
      for (const { officeId } of waiting) {
        await this.worklist.due(op, { kind: tasks.approve, subject: ['placement', placement.id], about: placement.child_id, to: { role: 'supervisor', office: officeId }, due: await workingDaysAfter(op, op.today, 5) });
      }
      if (waiting.length === 0) await approvePlacement(op, placement.id, on);
      await recordAct(op, {
        subject: ['placement', placement.id], about: placement.child_id, on, reason: waiting.length === 0 ? 'approved' : 'waits_for_other_province',
        changed: waiting.length === 0 ? ['state'] : [], events: waiting.length === 0 ? [['placement.approved', placement.id]] : [],
      });
      return ok(placement.id);
    });
  }

  /** Whose approval it needs - the child's province and the family's - and for which of them this supervisor answers. */
  async #provinces(op: Op, placement: LockedPlacement): Promise<{ readonly needed: readonly { code: string; officeId: string }[]; readonly answered: readonly string[] }> {
    const family = { code: await provinceOf(op, placement.family_office_id), officeId: placement.family_office_id };
    const child = { code: (await provinceOf(op, placement.office_id)) ?? family.code, officeId: placement.office_id };
    const both = [child, { ...family, code: family.code ?? child.code }].flatMap(({ code, officeId }) => (code === null ? [] : [{ code, officeId }]));
    const answered = both.filter(({ officeId }) => mayForOffice(op.actor, op.act, officeId)).map(({ code }) => code);
    if (answered.length === 0) throw forbidden();
    const needed = both.filter(({ code }, at) => both.findIndex((one) => one.code === code) === at);
    return { needed, answered: [...new Set(answered)] };
  }
}
