import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { ok } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { defineSealed, openField, sealField } from '../platform/field-crypto.js';
import type { SetPayeeInput } from './payee.graphql.js';
import { findPayingOffice, insertPayee } from './payees.repo.js';
import type { PayeeRow } from './payees.repo.js';
import { acts, needOffice } from './support.policy.js';

const account = defineSealed('support.payees', 'account');

/** To whom money goes. The number of an account is sealed before it reaches the database. */
@Injectable()
export class PayeesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Sets the payee of a family, or of a child at home, in the place of the one before. */
  async set(actor: UserActor, input: SetPayeeInput, requestId: string): Promise<Result<string, never>> {
    const familyId = input.familyId ?? null;
    const childNumber = input.childNumber ?? null;
    const number = input.accountNumber ?? null;
    if ((familyId === null) === (childNumber === null)) throw badInput('familyId', 'support.onePayee');
    if ((input.method === 'bank') !== (number !== null)) throw badInput('accountNumber', 'support.accountWithBank');
    return this.uow.command<never>(actor, acts['payee.set'], input, requestId, async (op) => {
      const place = await findPayingOffice(op, familyId, childNumber);
      if (place === undefined) throw notFound();
      needOffice(op, place.office_id);
      const id = newId();
      await insertPayee(op, {
        id,
        familyId,
        childId: place.child_id,
        officeId: place.office_id,
        name: input.name,
        method: input.method,
        account: number === null ? null : sealField(this.config.fieldKeys, account(id), number),
      });
      await recordAct(op, { subject: ['payee', id], about: familyId ?? place.child_id, on: op.today, reason: input.method, events: [['payee.set', id]] });
      return ok(id);
    });
  }

  /** The last four digits of a payee's account: enough to know it again. */
  accountEnding(payee: PayeeRow): string | null {
    return payee.account === null ? null : openField(this.config.fieldKeys, account(payee.id), payee.account).slice(-4);
  }
}
