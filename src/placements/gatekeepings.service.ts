import { Inject, Injectable } from '@nestjs/common';
import { ChildrenService } from '../children/children.service.js';
import { compareDates } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Refusal, Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { conclude, mayRecord } from './gatekeeping.domain.js';
import type { ConcludeGatekeepingInput, RecordOptionInput } from './gatekeeping.graphql.js';
import { childOfGatekeeping, concludeGatekeeping, insertOption, lockGatekeeping } from './gatekeepings.repo.js';
import type { LockedGatekeeping } from './gatekeepings.repo.js';
import { acts, employedBy, needHerOffice } from './placements.policy.js';
import { isRelative } from './placements.repo.js';
import { tasks } from './placements.tasks.js';

type OptionRefusal = 'INSTITUTION_STAFF' | 'ALREADY_CONCLUDED' | 'OPTION_CHOSEN' | 'GATEKEEPING_OPTION_OUT_OF_ORDER' | 'OPTION_RECORDED' | 'RELATIVE_UNKNOWN';
type ConcludeRefusal = 'INSTITUTION_STAFF' | 'ALREADY_CONCLUDED' | 'TRACING_MISSING' | 'OPTION_MISSING';

/** Why a child is not at home, and what was tried first: decided by somebody who does not work where she lives. */
@Injectable()
export class GatekeepingsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Records what became of one option. */
  async recordOption(actor: UserActor, input: RecordOptionInput, requestId: string): Promise<Result<string, OptionRefusal>> {
    return this.uow.command(actor, acts['gatekeeping.recordOption'], input, requestId, async (op): Promise<Result<string, OptionRefusal>> => {
      const on = happenedOn(op, input.on);
      const opened = await this.#open(op, input.gatekeepingId);
      if ('code' in opened) return opened;
      const { gatekeeping, childId } = opened;
      const may = mayRecord(gatekeeping, input.option);
      if (!may.ok) return may;
      if (input.relativeId && !(await isRelative(op, childId, input.relativeId))) return refuse('RELATIVE_UNKNOWN');
      await insertOption(op, { gatekeepingId: gatekeeping.id, option: input.option, outcome: input.outcome, reason: input.reason, relativeId: input.relativeId ?? null, on });
      await recordAct(op, { subject: ['gatekeeping', gatekeeping.id], about: childId, on, reason: `${input.option}.${input.outcome}` });
      return ok(gatekeeping.id);
    });
  }

  /** Concludes it: parents and kin were traced, or it says why not; an option is chosen. */
  async conclude(actor: UserActor, input: ConcludeGatekeepingInput, requestId: string): Promise<Result<string, ConcludeRefusal>> {
    return this.uow.command(actor, acts['gatekeeping.conclude'], input, requestId, async (op): Promise<Result<string, ConcludeRefusal>> => {
      const on = happenedOn(op, input.on);
      const opened = await this.#open(op, input.gatekeepingId);
      if ('code' in opened) return opened;
      const { gatekeeping, childId } = opened;
      if (compareDates(on, gatekeeping.openedOn) < 0) throw badInput('on', 'validation.tooLate', { earliest: gatekeeping.openedOn });
      const tracing = conclude(gatekeeping, {
        parentsTraced: input.parentsTraced, parentsReason: input.parentsReason ?? null, kinTraced: input.kinTraced, kinReason: input.kinReason ?? null,
      });
      if (!tracing.ok) return tracing;
      await concludeGatekeeping(op, gatekeeping.id, on, tracing.value);
      await this.worklist.done(op, { kind: tasks.gatekeeping, subjectId: gatekeeping.id });
      await recordAct(op, { subject: ['gatekeeping', gatekeeping.id], about: childId, on, changed: ['state'], events: [['gatekeeping.concluded', childId]] });
      return ok(gatekeeping.id);
    });
  }

  /** Locks the child, then the gatekeeping; an institution's own staff get no further. */
  async #open(op: Op, id: string): Promise<{ readonly gatekeeping: LockedGatekeeping; readonly childId: string } | Refusal<'INSTITUTION_STAFF'>> {
    const childId = await childOfGatekeeping(op, id);
    if (childId === undefined) throw notFound();
    const [child] = await this.children.lockChildren(op, [childId]);
    const gatekeeping = await lockGatekeeping(op, id);
    if (child === undefined || gatekeeping === undefined) throw notFound();
    needHerOffice(op, child);
    return employedBy(op, child.institutionId) ? refuse('INSTITUTION_STAFF') : { gatekeeping, childId };
  }
}
