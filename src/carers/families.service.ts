import { Inject, Injectable } from '@nestjs/common';
import { addDays, startOfDay } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { normalisePhone } from '../kernel/phone.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { needVersion } from '../platform/audit/stale.js';
import { mayForOffice } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { officeFor } from '../territory/offices.queries.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { adultCheckDue, reassess } from './carers.messages.js';
import { acts, needOffice } from './carers.policy.js';
import { approvedOn, closeFamily, cutCheckDue, endAdult, familyOfAdult, householdOf, insertAdult, insertFamily, lockAdult, setCheckDue, updateHousehold } from './families.repo.js';
import type { NewFamily } from './families.repo.js';
import { change, livesThereFrom, mayClose, mayLeave, mayMoveIn, reassessWhenLeft } from './family.domain.js';
import type { ReassessReason } from './family.domain.js';
import type { AddAdultInput, AdultLeftInput, ChangeFamilyInput, CloseFamilyInput } from './family.inputs.js';
import { addressNow, handOver, insertAddress } from './family-moves.repo.js';
import { loadLayout, lockFamily, lockFamilyAnywhere } from './places.repo.js';
import type { LockedFamily } from './places.repo.js';
import { PlacesService } from './places.service.js';
import { StandingsService } from './standings.service.js';
import { keptApart } from './ties.repo.js';

/** Households on their way to the stand-by list and on it. */
@Injectable()
export class FamiliesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(PlacesService) private readonly places: PlacesService,
    @Inject(StandingsService) private readonly standings: StandingsService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Opens a family in the caller's transaction. Gives its id. */
  async open(op: Op, family: NewFamily): Promise<string> {
    return insertFamily(op, family);
  }

  /** Locks a family of the actor's offices: first of all that a command does about it. NOT_FOUND when there is none. */
  async lock(op: Op, id: string): Promise<LockedFamily> {
    const family = await lockFamily(op, id);
    if (family === undefined) throw notFound();
    return family;
  }

  /** Locks a family of any office, for a placement across provinces: no name, no phone, no village. NOT_FOUND when there is none. */
  async lockAnywhere(op: Op, id: string): Promise<LockedFamily> {
    const family = await lockFamilyAnywhere(op, id);
    if (family === undefined) throw notFound();
    return family;
  }

  /**
   * Changes what is written of a household. What others changed since the caller read it is a CONFLICT. Another address is
   * silently the correction of a typing error for seven days after the one before was written, and from then on a move as
   * of today; a move with a day of its own, or out of the actor's reach, is `moveFamily`.
   */
  async change(
    actor: UserActor,
    input: ChangeFamilyInput,
    requestId: string,
  ): Promise<Result<string, 'FAMILY_CLOSED' | 'UNCHANGED' | 'VILLAGE_NEEDED' | 'AREA_UNKNOWN' | 'OTHER_PROVINCE' | 'OTHER_OFFICE'>> {
    return this.uow.command(actor, acts['family.change'], input, requestId, async (op) => {
      const family = await this.lock(op, input.familyId);
      needOffice(op, family.office_id);
      const before = await householdOf(op, family.id);
      if (before === undefined) throw notFound();
      await needVersion(op, before, input.version);
      const phone = typeof input.phone === 'string' ? normalisePhone(input.phone) : input.phone;
      const { nameKm, nameLatin, areaCode, languages, religion, ownChildren, experience, schoolAreaCode } = input;
      const wanted = {
        nameKm, nameLatin, phone, religion, schoolAreaCode,
        areaCode: areaCode ?? undefined, languages: languages ?? undefined, ownChildren: ownChildren ?? undefined, experience: experience ?? undefined,
      };
      const { id, version: _, ...written } = before;
      const result = change(family.closed_on, written, wanted);
      if (!result.ok) return result;
      const { after, changed } = result.value;
      if (after.nameKm === null && after.nameLatin === null) throw badInput('input.nameKm', 'validation.isNotEmpty');
      const officeId = after.areaCode === before.areaCode ? family.office_id : await officeFor(op, after.areaCode);
      if (officeId === undefined) return refuse('AREA_UNKNOWN', { area: after.areaCode });
      if (!mayForOffice(op.actor, op.act, officeId)) return refuse('OTHER_OFFICE');
      if (after.schoolAreaCode !== null && (await officeFor(op, after.schoolAreaCode)) === undefined) return refuse('AREA_UNKNOWN', { area: after.schoolAreaCode });
      if (after.areaCode !== before.areaCode) await this.#livesThere(op, id, after.areaCode);
      await updateHousehold(op, id, after);
      const moved = officeId === family.office_id ? [] : [['family.moved', id] as const];
      await recordAct(op, { subject: ['family', id], on: op.today, changed, events: [['family.changed', id], ...moved] });
      return ok(id);
    });
  }

  /** Writes down that an adult lives in the home. Until she is checked the family is not available for another child. */
  async addAdult(actor: UserActor, input: AddAdultInput, requestId: string): Promise<Result<string, 'FAMILY_CLOSED' | 'NOT_ADULT' | 'BEFORE_OPENING'>> {
    if (!input.nameKm && !input.nameLatin) throw badInput('input.nameKm', 'validation.isNotEmpty');
    return this.uow.command(actor, acts['family.addAdult'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const family = await this.lock(op, input.familyId);
      needOffice(op, family.office_id);
      const birth = { date: input.birthDate, precision: input.birthPrecision };
      const may = mayMoveIn({ openedOn: family.opened_on, closedOn: family.closed_on }, birth, on);
      if (!may.ok) return may;
      const { sex, birthDate, birthPrecision, carer } = input;
      const adult = { nameKm: input.nameKm ?? null, nameLatin: input.nameLatin ?? null, sex, birthDate, birthPrecision, carer };
      const id = await insertAdult(op, family.id, family.office_id, adult, on);
      await this.newcomer(op, family, id, on);
      await recordAct(op, { subject: ['adult', id], about: family.id, on, events: [['family.adult_added', family.id]] });
      return ok(family.id);
    });
  }

  /** Writes down that an adult has left the home, or died: a fact, also of the last carer. */
  async adultLeft(actor: UserActor, input: AdultLeftInput, requestId: string): Promise<Result<string, 'ALREADY_LEFT' | 'BEFORE_ARRIVAL'>> {
    return this.uow.command(actor, acts['family.adultLeft'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const familyId = await familyOfAdult(op, input.adultId);
      if (familyId === undefined) throw notFound();
      const family = await this.lock(op, familyId);
      needOffice(op, family.office_id);
      const adult = await lockAdult(op, input.adultId);
      if (adult === undefined) throw notFound();
      const may = mayLeave(adult, on);
      if (!may.ok) return may;
      await endAdult(op, input.adultId, on);
      await this.worklist.cancel(op, { kind: adultCheckDue, subjectId: input.adultId });
      await this.#reassess(op, family, reassessWhenLeft(adult, input.reason), on);
      await recordAct(op, { subject: ['adult', input.adultId], about: familyId, on, reason: input.reason, changed: ['during'], events: [['family.adult_left', familyId]] });
      return ok(familyId);
    });
  }

  /** Closes a family: its approval, terms and places end, holds are freed, its history stays. */
  async close(actor: UserActor, input: CloseFamilyInput, requestId: string): Promise<Result<string, 'FAMILY_CLOSED' | 'BEFORE_OPENING' | 'CHILDREN_THERE' | 'CONFLICT_OF_INTEREST'>> {
    return this.uow.command<'FAMILY_CLOSED' | 'BEFORE_OPENING' | 'CHILDREN_THERE' | 'CONFLICT_OF_INTEREST'>(actor, acts['family.close'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const family = await this.lock(op, input.familyId);
      needOffice(op, family.office_id);
      const apart = await keptApart(op, family.id, on);
      if (!apart.ok) return apart;
      const { occupancies } = await loadLayout(op, family.id);
      const may = mayClose({ openedOn: family.opened_on, closedOn: family.closed_on }, occupancies, on);
      if (!may.ok) return may;
      const holds = new Set(occupancies.filter(({ kind }) => kind === 'hold').map(({ occupantId }) => occupantId));
      for (const occupantId of holds) await this.places.releasePlace(op, { familyId: family.id, occupantId, from: on });
      await this.#endEverything(op, family.id, on);
      await closeFamily(op, family.id, on, input.reason);
      await recordAct(op, { subject: ['family', family.id], on, reason: input.reason, changed: ['closed_on', 'closed_why'], events: [['family.closed', family.id]] });
      return ok(family.id);
    });
  }

  /**
   * An adult came to a locked family, or became one there. Where it is approved it has some days to have her checked: until
   * then it stays available, and from then on it is not. Elsewhere the panel waits for her check.
   */
  async newcomer(op: Op, family: Pick<LockedFamily, 'id' | 'office_id'>, adultId: string, on: CivilDate): Promise<void> {
    if (!(await approvedOn(op, family.id, on))) return;
    const due = addDays(on, await numberSetting(op, 'carers.new_adult_check_days', on));
    await setCheckDue(op, adultId, due);
    await this.standings.setStanding(op, { familyId: family.id, adultId, code: 'check', from: on, to: due, sourceId: family.id, reason: 'new_adult' });
    await this.worklist.due(op, {
      kind: adultCheckDue, subject: ['adult', adultId], about: family.id, to: { role: 'social_worker', office: family.office_id }, due: addDays(due, -1), remindAt: [startOfDay(addDays(due, -7))],
    });
  }

  /** What a paper said of an adult: checked, her task is done; against her, her days of grace are over. The family is locked. */
  async checked(op: Op, familyId: string, adultId: string, outcome: 'checked' | 'open' | 'concern', on: CivilDate): Promise<void> {
    if (outcome === 'checked') await this.worklist.done(op, { kind: adultCheckDue, subjectId: adultId });
    if (outcome !== 'concern') return;
    await cutCheckDue(op, adultId, on);
    await this.standings.endStanding(op, { familyId, adultId, code: 'check', sourceId: familyId, from: on });
  }

  /** Ends approval, terms and places of a locked family, and frees what is held: the caller has seen that no child lives there. */
  async endApproval(op: Op, familyId: string, on: CivilDate): Promise<void> {
    const { occupancies } = await loadLayout(op, familyId);
    for (const occupantId of new Set(occupancies.filter(({ kind }) => kind === 'hold').map((one) => one.occupantId))) await this.places.releasePlace(op, { familyId, occupantId, from: on });
    await this.#endEverything(op, familyId, on);
  }

  async #livesThere(op: Op, familyId: string, areaCode: string): Promise<void> {
    const address = await addressNow(op, familyId);
    if (address !== undefined) await insertAddress(op, familyId, areaCode, livesThereFrom(address, op.today));
    await handOver(op, familyId, areaCode);
  }

  async #reassess(op: Op, family: LockedFamily, reason: ReassessReason | undefined, on: CivilDate): Promise<void> {
    if (reason === undefined || family.closed_on !== null || !(await approvedOn(op, family.id, on))) return;
    if ((await this.standings.beginSuspension(op, family.id, reason, on)) === undefined) return;
    const due = addDays(op.today, await numberSetting(op, 'carers.reassess_days', op.today));
    await this.worklist.due(op, { kind: reassess, subject: ['family', family.id], about: family.id, detail: reason, to: { role: 'supervisor', office: family.office_id }, due });
  }

  async #endEverything(op: Op, familyId: string, on: CivilDate): Promise<void> {
    const left = await this.places.setPlaces(op, { familyId, from: on, places: 0, sourceId: familyId });
    if (!left.ok) throw new Error('a child has a place that closing did not see');
    await this.standings.endTerms(op, familyId, on);
    await this.standings.endStanding(op, { familyId, code: 'approval', from: on });
  }
}
