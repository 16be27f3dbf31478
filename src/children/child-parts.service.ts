import { Inject, Injectable } from '@nestjs/common';
import { addWorkingDays, compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { normalisePhone } from '../kernel/phone.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { Act } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import type { Keyed } from '../platform/database/unit-of-work.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { changeNeeds, decideBasis, notAfterDeath } from './child.domain.js';
import type { RecordContactRiskInput, RecordLegalBasisInput, RecordNeedsInput, RecordObjectionInput, RecordRelativeInput, RecordViewInput } from './child-parts.graphql.js';
import {
  basesOf, changeRelative, endBasis, findRelative, holidaysAfter, insertBasis, insertContactRisk, insertObjection, insertRelative, insertView, seesFamily, standingNeeds, writeNeeds,
} from './child-parts.repo.js';
import type { ChildFacts } from './children.repo.js';
import { legalBasisMissing } from './children.messages.js';
import { acts, needChild, needOffice } from './children.policy.js';
import { ChildrenService } from './children.service.js';

/** The parts of a child's file, each recorded as an act of its own. */
@Injectable()
export class ChildPartsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Records the legal basis of a child's care, ending the one before it. Refuses DATES_REVERSED, LEGAL_BASIS_STANDS, AFTER_DEATH. */
  async recordLegalBasis(actor: UserActor, input: RecordLegalBasisInput, requestId: string): Promise<Result<string, 'DATES_REVERSED' | 'LEGAL_BASIS_STANDS' | 'AFTER_DEATH'>> {
    const unknown = input.kind === 'none_known';
    if (!unknown && !input.decidedOn) throw badInput('decidedOn', 'validation.isNotEmpty');
    if (unknown && input.decidedOn) throw badInput('decidedOn', 'validation.isEmpty');
    if (unknown && input.number) throw badInput('number', 'validation.isEmpty');
    return this.#about(actor, acts['child.recordLegalBasis'], input, requestId, async (op, child) => {
      // No limit of days back: of children who have lived there for years the old decision is recorded now.
      const from = notAhead(op, input.from, 'from');
      if (input.decidedOn) notAhead(op, input.decidedOn, 'decidedOn');
      const alive = notAfterDeath(child.diedOn, from);
      if (!alive.ok) return alive;
      const basis = { kind: input.kind, from, to: input.until ?? null };
      const decided = decideBasis(await basesOf(op, child.id), basis, op.today);
      if (!decided.ok) return decided;
      for (const { id, to } of decided.value) await endBasis(op, id, to);
      await insertBasis(op, { ...basis, childId: child.id, number: input.number ?? null, decidedOn: input.decidedOn ?? null });
      if (unknown) await this.#callSupervisor(op, child);
      else await this.worklist.done(op, { kind: legalBasisMissing, subjectId: child.id });
      const event = unknown ? 'child.legal_basis_none' : 'child.legal_basis_recorded';
      await recordAct(op, { subject: ['child', child.id], on: from, reason: input.kind, changed: ['legal_bases'], events: [[event, child.id]] });
      return ok(child.id);
    });
  }

  /** Says what a child needs from a day on: the whole list, which ends what is no longer on it. Refuses NEEDS_RECORDED_LATER, AFTER_DEATH. */
  async recordNeeds(actor: UserActor, input: RecordNeedsInput, requestId: string): Promise<Result<string, 'NEEDS_RECORDED_LATER' | 'AFTER_DEATH'>> {
    return this.#about(actor, acts['child.recordNeeds'], input, requestId, async (op, child) => {
      const on = happenedOn(op, input.on);
      const alive = notAfterDeath(child.diedOn, on);
      if (!alive.ok) return alive;
      const changes = changeNeeds(await standingNeeds(op, child.id, on), input.needs, on);
      if (!changes.ok) return changes;
      await writeNeeds(op, child.id, changes.value, on);
      await recordAct(op, { subject: ['child', child.id], on, changed: ['needs'], events: [['child.needs_recorded', child.id]] });
      return ok(child.id);
    });
  }

  /** Records a relative, or what is newly known of one. That contact is forbidden is an office's decision. Refuses AREA_UNKNOWN. */
  async recordRelative(actor: UserActor, input: RecordRelativeInput, requestId: string): Promise<Result<string, 'AREA_UNKNOWN'>> {
    if (input.areaCode && input.whereabouts !== 'known') throw badInput('areaCode', 'validation.isEmpty');
    return this.#about(actor, acts['child.recordRelative'], input, requestId, async (op, child) => {
      const known = {
        nameKm: input.nameKm ?? null,
        nameLatin: input.nameLatin ?? null,
        whereabouts: input.whereabouts,
        areaCode: input.areaCode ?? null,
        contact: input.contact ?? null,
        phone: input.phone ? (normalisePhone(input.phone) ?? null) : null,
      };
      const before = input.relativeId ? await findRelative(op, child.id, input.relativeId) : undefined;
      if (input.relativeId && before === undefined) throw notFound();
      if (before !== undefined && before.relation !== input.relation) throw badInput('relation', 'validation.isIn');
      if ([before?.contact ?? null, known.contact].filter((contact) => contact === 'forbidden').length === 1) needOffice(op);
      if (input.relativeId) await changeRelative(op, input.relativeId, known);
      else await insertRelative(op, { childId: child.id, relation: input.relation, ...known });
      await recordAct(op, { subject: ['child', child.id], on: op.today, reason: input.whereabouts, changed: ['relatives'], events: [['child.relatives_recorded', child.id]] });
      return ok(child.id);
    });
  }

  /** Records somebody or some place a child must not meet. Refuses DATES_REVERSED, AREA_UNKNOWN. */
  async recordContactRisk(actor: UserActor, input: RecordContactRiskInput, requestId: string): Promise<Result<string, 'DATES_REVERSED' | 'AREA_UNKNOWN'>> {
    if (!input.familyId && !input.adultName && !input.areaCode) throw badInput('adultName', 'validation.isNotEmpty');
    return this.#about(actor, acts['child.recordContactRisk'], input, requestId, async (op, child) => {
      const from = notAhead(op, input.from, 'from');
      if (input.until && compareDates(input.until, from) <= 0) return refuse('DATES_REVERSED');
      if (input.familyId && !(await seesFamily(op, input.familyId))) throw notFound();
      await insertContactRisk(op, {
        childId: child.id,
        familyId: input.familyId ?? null,
        adultName: input.adultName ?? null,
        areaCode: input.areaCode ?? null,
        from,
        until: input.until ?? null,
        reason: input.reason,
      });
      await recordAct(op, { subject: ['child', child.id], on: from, changed: ['contact_risks'], events: [['child.contact_risk_recorded', child.id]] });
      return ok(child.id);
    });
  }

  /** Records what a child said, in her words, heard by whoever records it. Refuses AFTER_DEATH. */
  async recordView(actor: UserActor, input: RecordViewInput, requestId: string): Promise<Result<string, 'AFTER_DEATH'>> {
    return this.#about(actor, acts['child.recordView'], input, requestId, async (op, child) => {
      const heardOn = happenedOn(op, input.on);
      const alive = notAfterDeath(child.diedOn, heardOn);
      if (!alive.ok) return alive;
      await insertView(op, { childId: child.id, heardOn, heardBy: actor.userId, alone: input.alone, text: input.text });
      await recordAct(op, { subject: ['child', child.id], on: heardOn, reason: input.alone ? 'alone' : 'with_others', changed: ['views'], events: [['child.view_recorded', child.id]] });
      return ok(child.id);
    });
  }

  /** Records that a child does not want to live with a family. Refuses ALREADY_OBJECTED, AFTER_DEATH. */
  async recordObjection(actor: UserActor, input: RecordObjectionInput, requestId: string): Promise<Result<string, 'ALREADY_OBJECTED' | 'AFTER_DEATH'>> {
    return this.#about(actor, acts['child.recordObjection'], input, requestId, async (op, child) => {
      const on = happenedOn(op, input.on);
      const alive = notAfterDeath(child.diedOn, on);
      if (!alive.ok) return alive;
      if (!(await seesFamily(op, input.familyId))) throw notFound();
      await insertObjection(op, child.id, input.familyId, on);
      await recordAct(op, { subject: ['child', child.id], on, about: input.familyId, changed: ['objections'], events: [['child.objection_recorded', child.id]] });
      return ok(child.id);
    });
  }

  /** A supervisor looks for the basis that nobody knows, within some working days of the day on which that is said. */
  async #callSupervisor(op: Op, child: ChildFacts): Promise<void> {
    const days = await numberSetting(op, 'children.legal_basis_working_days', op.today);
    await this.worklist.due(op, {
      kind: legalBasisMissing,
      subject: ['child', child.id],
      about: child.id,
      to: { role: 'supervisor', office: child.officeId },
      due: addWorkingDays(op.today, days, await holidaysAfter(op, op.today)),
    });
  }

  /** One act about one child: locked, seen, allowed. */
  async #about<C extends string>(
    actor: UserActor,
    act: Act,
    input: Keyed & { readonly childId: string },
    requestId: string,
    work: (op: Op, child: ChildFacts) => Promise<Result<string, C>>,
  ): Promise<Result<string, C>> {
    return this.uow.command(actor, act, input, requestId, async (op) => {
      const [child] = await this.children.lockChildren(op, [input.childId]);
      if (child === undefined) throw notFound();
      needChild(op, child);
      return work(op, child);
    });
  }
}

/** A day that has come; how far back does not matter. */
function notAhead(op: Op, on: CivilDate, path: string): CivilDate {
  if (compareDates(on, op.today) > 0) throw badInput(path, 'validation.future');
  return on;
}
