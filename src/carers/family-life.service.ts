import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput } from '../platform/errors.js';
import { earliestLateEntry, happenedOn } from '../platform/graphql/inputs.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { concernReported } from './carers.messages.js';
import { acts, needOffice } from './carers.policy.js';
import { FamiliesService } from './families.service.js';
import { insertAdult } from './families.repo.js';
import { adultFrom, mayExempt } from './family.domain.js';
import { becomesAdult, insertConcern, insertExemption, insertOwnChild, lockOwnChild } from './family-life.repo.js';
import type { GrantExemptionInput, RecordOwnChildInput, ReportConcernInput } from './family-life.inputs.js';
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
