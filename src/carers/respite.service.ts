import { Inject, Injectable } from '@nestjs/common';
import { addMonths, compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { mayForOffice } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { earliestLateEntry } from '../platform/graphql/inputs.js';
import { needOffice } from './carers.policy.js';
import { FamiliesService } from './families.service.js';
import { mayRest, yearsOf } from './respite.domain.js';
import type { RespiteRefusal } from './respite.domain.js';
import { cancelRespite, entitledIn, findRespite, insertRespite, takenBy } from './side.repo.js';
import type { CancelRespiteInput, RecordRespiteInput } from './side.inputs.js';
import { sideActs } from './side.policy.js';

/** Carers rest so many nights a year, and are paid for them. */
@Injectable()
export class RespiteService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
  ) {}

  /** Writes nights down, planned or taken. Refuses FAMILY_CLOSED and what {@link mayRest} refuses; a supervisor gives more with a reason. */
  async record(actor: UserActor, input: RecordRespiteInput, requestId: string): Promise<Result<string, RespiteRefusal | 'FAMILY_CLOSED'>> {
    return this.uow.command<RespiteRefusal | 'FAMILY_CLOSED'>(actor, sideActs['respite.record'], input, requestId, async (op) => {
      const nights = { from: input.from, to: input.to };
      const earliest = earliestLateEntry(op.today);
      if (compareDates(nights.from, earliest) < 0) throw badInput('from', 'validation.tooLate', { earliest });
      if (compareDates(nights.to, addMonths(op.today, 12)) > 0) throw badInput('to', 'validation.future');
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      if (family.closed_on !== null) return refuse('FAMILY_CLOSED', { closedOn: family.closed_on });
      const entitled = new Map<number, number>();
      for (const year of yearsOf(nights)) entitled.set(year, await entitledIn(op, year));
      const exceeding = input.overReason ?? null;
      const mayExceed = exceeding !== null && mayForOffice(op.actor, sideActs['respite.exceed'], family.office_id);
      const may = mayRest(nights, await takenBy(op, family.id), entitled, mayExceed);
      if (!may.ok) return may;
      const id = newId();
      await insertRespite(op, id, family.id, nights, may.value.exceeds ? exceeding : null);
      await recordAct(op, { subject: ['respite', id], about: family.id, on: op.today, reason: may.value.exceeds ? 'exceeds' : 'within' });
      return ok(family.id);
    });
  }

  /** Cancels nights: they count no more. Refuses RESPITE_CANCELLED. */
  async cancel(actor: UserActor, input: CancelRespiteInput, requestId: string): Promise<Result<string, 'RESPITE_CANCELLED'>> {
    return this.uow.command<'RESPITE_CANCELLED'>(actor, sideActs['respite.cancel'], input, requestId, async (op) => {
      const known = await findRespite(op, input.respiteId);
      if (known === undefined) throw notFound();
      const family = await this.families.lock(op, known.family_id);
      needOffice(op, family.office_id);
      const cancelledOn: CivilDate | null = (await findRespite(op, input.respiteId))?.cancelled_on ?? null;
      if (cancelledOn !== null) return refuse('RESPITE_CANCELLED', { on: cancelledOn });
      await cancelRespite(op, known.id);
      await recordAct(op, { subject: ['respite', known.id], about: family.id, on: op.today, changed: ['cancelled_on'] });
      return ok(family.id);
    });
  }
}
