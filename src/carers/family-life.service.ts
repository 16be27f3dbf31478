import { Inject, Injectable } from '@nestjs/common';
import { addDays } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { earliestLateEntry, happenedOn } from '../platform/graphql/inputs.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { adultCheckDue, concernReported } from './carers.messages.js';
import { acts, needOffice } from './carers.policy.js';
import { FamiliesService } from './families.service.js';
import { endAdult, insertAdult, lockAdult } from './families.repo.js';
import { adultFrom, mayEndExemption, mayExempt, mayLeave } from './family.domain.js';
import { becomesAdult, endExemption, endOwnChild, familyOfExemption, familyOfOwnChild, insertConcern, insertExemption, insertOwnChild, lockExemption, lockOwnChild } from './family-life.repo.js';
import type { EndExemptionInput, GrantExemptionInput, OwnChildLeftInput, RecordOwnChildInput, ReportConcernInput } from './family-life.inputs.js';
import { lockFamily } from './places.repo.js';
import { PlacesService } from './places.service.js';
import { StandingsService } from './standings.service.js';
import { keptApart } from './ties.repo.js';

/** What happens in a family between its reviews: children grow up, something is reported, siblings need one place more. */
@Injectable()
export class FamilyLifeService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
    @Inject(StandingsService) private readonly standings: StandingsService,
    @Inject(PlacesService) private readonly places: PlacesService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Writes down an own child who lives at home; who may be eighteen already is an adult of the home at once. Refuses FAMILY_CLOSED, BEFORE_OPENING. */
  async recordOwnChild(actor: UserActor, input: RecordOwnChildInput, requestId: string): Promise<Result<string, 'FAMILY_CLOSED' | 'BEFORE_OPENING'>> {
    if (!input.nameKm && !input.nameLatin) throw badInput('nameKm', 'validation.isNotEmpty');
    return this.uow.command<'FAMILY_CLOSED' | 'BEFORE_OPENING'>(actor, acts['family.recordOwnChild'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      if (input.birthDate > on) throw badInput('birthDate', 'validation.future');
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      if (family.closed_on !== null) return refuse('FAMILY_CLOSED', { closedOn: family.closed_on });
      if (on < family.opened_on) return refuse('BEFORE_OPENING', { openedOn: family.opened_on });
      const { sex, birthDate, birthPrecision } = input;
      const id = await insertOwnChild(op, family.id, { nameKm: input.nameKm ?? null, nameLatin: input.nameLatin ?? null, sex, birthDate, birthPrecision }, on);
      await this.#growUp(op, family, id);
      await recordAct(op, { subject: ['own_child', id], about: family.id, on, events: [['family.changed', family.id]] });
      return ok(family.id);
    });
  }

  /** An own child who may be eighteen by today is an adult of the home, to be checked. Again and again the same. */
  async growUp(op: Op, { id, family_id }: { readonly id: string; readonly family_id: string }): Promise<void> {
    const family = await lockFamily(op, family_id);
    if (family === undefined || family.closed_on !== null) return;
    const adultId = await this.#growUp(op, family, id);
    if (adultId !== undefined) await recordAct(op, { subject: ['adult', adultId], about: family.id, on: op.today, reason: 'turned_eighteen', events: [['family.adult_added', family.id]] });
  }

  /** Something was reported. An allegation suspends at once; a worry does not. Either is a supervisor's to look into. Refuses FAMILY_CLOSED. */
  async report(actor: UserActor, input: ReportConcernInput, requestId: string): Promise<Result<string, 'FAMILY_CLOSED'>> {
    return this.uow.command<'FAMILY_CLOSED'>(actor, acts['family.reportConcern'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      if (family.closed_on !== null) return refuse('FAMILY_CLOSED', { closedOn: family.closed_on });
      const suspensionId = input.kind === 'allegation' ? await this.standings.beginSuspension(op, family.id, 'allegation', on) : undefined;
      const id = await insertConcern(op, family.id, input.kind, on, suspensionId ?? null);
      await this.worklist.due(op, { kind: concernReported, subject: ['concern', id], about: family.id, to: { role: 'supervisor', office: family.office_id }, due: op.today });
      // The audit is read by more people than this is meant for.
      await recordAct(op, { subject: ['concern', id], about: family.id, on, reason: 'confidential', events: suspensionId === undefined ? [] : [['family.suspended', family.id]] });
      return ok(family.id);
    });
  }

  /** Grants one place more for some days. Refuses FAMILY_CLOSED, DATES_REVERSED, CONFLICT_OF_INTEREST. */
  async exempt(actor: UserActor, input: GrantExemptionInput, requestId: string): Promise<Result<string, 'FAMILY_CLOSED' | 'DATES_REVERSED' | 'CONFLICT_OF_INTEREST'>> {
    return this.uow.command<'FAMILY_CLOSED' | 'DATES_REVERSED' | 'CONFLICT_OF_INTEREST'>(actor, acts['family.grantExemption'], input, requestId, async (op) => {
      const earliest = earliestLateEntry(op.today);
      if (input.from < earliest) throw badInput('from', 'validation.tooLate', { earliest });
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      const may = mayExempt(family.closed_on, input.from, input.to);
      if (!may.ok) return may;
      const apart = await keptApart(op, family.id, op.today);
      if (!apart.ok) return apart;
      const { from, to, reason, citation } = input;
      const id = await insertExemption(op, { familyId: family.id, from, to, reason, citation });
      await this.places.addPlace(op, { familyId: family.id, from, to, basis: 'exemption', sourceId: id });
      await recordAct(op, { subject: ['exemption', id], about: family.id, on: op.today, reason, events: [['family.changed', family.id]] });
      return ok(family.id);
    });
  }

  /** Ends an exemption before its time. Refuses CONFLICT_OF_INTEREST, EXEMPTION_ENDED, PLACE_NEEDED. */
  async endExemption(actor: UserActor, input: EndExemptionInput, requestId: string): Promise<Result<string, 'EXEMPTION_ENDED' | 'PLACE_NEEDED' | 'CONFLICT_OF_INTEREST'>> {
    return this.uow.command<'EXEMPTION_ENDED' | 'PLACE_NEEDED' | 'CONFLICT_OF_INTEREST'>(actor, acts['family.endExemption'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const familyId = await familyOfExemption(op, input.exemptionId);
      if (familyId === undefined) throw notFound();
      const family = await this.families.lock(op, familyId);
      needOffice(op, family.office_id);
      const exemption = await lockExemption(op, input.exemptionId);
      if (exemption === undefined) throw notFound();
      const apart = await keptApart(op, family.id, op.today);
      if (!apart.ok) return apart;
      const from = mayEndExemption(exemption, on);
      if (!from.ok) return from;
      const dropped = await this.places.dropPlaces(op, { familyId: family.id, sourceId: input.exemptionId, from: from.value });
      if (!dropped.ok) return dropped;
      await endExemption(op, input.exemptionId, from.value);
      await recordAct(op, { subject: ['exemption', input.exemptionId], about: family.id, on, changed: ['ended_on'], events: [['family.changed', family.id]] });
      return ok(family.id);
    });
  }

  /**
   * Writes down that an own child has left home. Who was taken for an adult there meanwhile, because she turned eighteen,
   * leaves as an adult too. Refuses ALREADY_LEFT, BEFORE_ARRIVAL.
   */
  async ownChildLeft(actor: UserActor, input: OwnChildLeftInput, requestId: string): Promise<Result<string, 'ALREADY_LEFT' | 'BEFORE_ARRIVAL'>> {
    return this.uow.command<'ALREADY_LEFT' | 'BEFORE_ARRIVAL'>(actor, acts['family.ownChildLeft'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const familyId = await familyOfOwnChild(op, input.ownChildId);
      if (familyId === undefined) throw notFound();
      const family = await this.families.lock(op, familyId);
      needOffice(op, family.office_id);
      const child = await lockOwnChild(op, input.ownChildId);
      if (child === undefined) throw notFound();
      const may = mayLeave(child, on);
      if (!may.ok) return may;
      await endOwnChild(op, input.ownChildId, on);
      if (child.adultId !== null) await this.#adultLeft(op, child.adultId, on);
      await recordAct(op, { subject: ['own_child', input.ownChildId], about: family.id, on, changed: ['during'], events: [['family.changed', family.id]] });
      return ok(family.id);
    });
  }

  /** She is an adult there for a day at least: the register keeps nobody whose days are none. */
  async #adultLeft(op: Op, adultId: string, on: CivilDate): Promise<void> {
    const adult = await lockAdult(op, adultId);
    if (adult === undefined || adult.to !== null) return;
    await endAdult(op, adultId, on > adult.from ? on : addDays(adult.from, 1));
    await this.worklist.cancel(op, { kind: adultCheckDue, subjectId: adultId });
  }

  async #growUp(op: Op, family: { readonly id: string; readonly office_id: string }, childId: string): Promise<string | undefined> {
    const child = await lockOwnChild(op, childId);
    if (child === undefined || child.adultId !== null) return undefined;
    const from = adultFrom({ date: child.birthDate, precision: child.birthPrecision }, child);
    if (from === undefined || from > op.today) return undefined;
    const adultId = await insertAdult(op, family.id, family.office_id, { ...child, carer: false }, from);
    await becomesAdult(op, childId, adultId);
    await this.families.newcomer(op, family, adultId, from);
    return adultId;
  }
}
