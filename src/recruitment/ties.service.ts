import { Inject, Injectable } from '@nestjs/common';
import { FamiliesService } from '../carers/families.service.js';
import { accountOfAdult, endTies, insertTie, keptApart, setAccount } from '../carers/ties.repo.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { acts, needOffice } from './recruitment.policy.js';
import type { DeclareTieInput, WithdrawTieInput } from './tie.graphql.js';

/** Staff may be carers, and have relatives who are: what ties them is declared, so that they are kept apart from what they may not decide. */
@Injectable()
export class TiesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
  ) {}

  /** Declares a tie. It is a fact: whoever knows of it may write it down, also about herself. Refuses TIE_KNOWN. */
  async declare(actor: UserActor, input: DeclareTieInput, requestId: string): Promise<Result<string, 'TIE_KNOWN'>> {
    const { adultId, relation, accountId } = input;
    if (!adultId && !relation) throw badInput('adultId', 'validation.isNotEmpty');
    if (adultId && relation) throw badInput('relation', 'validation.isEmpty');
    return this.uow.command<'TIE_KNOWN'>(actor, acts['tie.declare'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      if ((await op.tx.row('select from staff.accounts where id = $1', [accountId])) === undefined) throw notFound();
      if (adultId) {
        const adult = await accountOfAdult(op, adultId);
        if (adult?.family_id !== family.id) throw notFound();
        if (adult.account_id !== null) return refuse('TIE_KNOWN');
        await setAccount(op, adultId, accountId);
      } else if (relation) await insertTie(op, { familyId: family.id, accountId, relation, on });
      await recordAct(op, { subject: ['family', family.id], on, reason: relation ?? 'household', changed: ['ties'], events: [['family.tie_declared', family.id]] });
      return ok(family.id);
    });
  }

  /** Takes a tie back: a supervisor's decision, never her own. Refuses CONFLICT_OF_INTEREST, TIE_UNKNOWN. */
  async withdraw(actor: UserActor, input: WithdrawTieInput, requestId: string): Promise<Result<string, 'TIE_UNKNOWN' | 'CONFLICT_OF_INTEREST'>> {
    return this.uow.command<'TIE_UNKNOWN' | 'CONFLICT_OF_INTEREST'>(actor, acts['tie.withdraw'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      const apart = await keptApart(op, family.id, on);
      if (!apart.ok) return apart;
      if ((await endTies(op, family.id, input.accountId, on)) === 0) return refuse('TIE_UNKNOWN');
      await recordAct(op, { subject: ['family', family.id], on, changed: ['ties'], events: [['family.tie_withdrawn', family.id]] });
      return ok(family.id);
    });
  }
}
