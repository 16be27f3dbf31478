import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import type { Op } from '../platform/database/op.js';
import { defineSealed, openField, sealField } from '../platform/field-crypto.js';
import { WAITING_MINUTES, hashOfRecovery, stepOf, typed } from './second-factor.domain.js';

/** A second factor as the database has it. */
export interface FactorRow {
  readonly id: string;
  readonly secret: Uint8Array;
  readonly lastStep: number | null;
}

/** One that is asked for at sign-in, with what may stand in for its code. */
export interface ConfirmedFactor extends FactorRow {
  readonly recovery: readonly Uint8Array[];
}

const placeOf = defineSealed('staff.second_factors', 'secret');

/** What shows that somebody has the factor, still to be used up; `nothing` where none is asked for. */
export type Proof = { readonly step: number } | { readonly recovery: Uint8Array } | 'nothing';

/** Second factors: sealed secrets, the last used step, recovery codes by their hashes. */
@Injectable()
export class SecondFactors {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'fieldKeys'>) {}

  /** The one that is asked for at sign-in. */
  async find(op: Op, accountId: string): Promise<ConfirmedFactor | undefined> {
    return op.tx.row<ConfirmedFactor>(
      `select f.id, f.secret, f.last_step as "lastStep", array(select r.hash from staff.recovery_codes r where r.factor_id = f.id and r.used_at is null) as recovery
       from staff.second_factors f where f.account_id = $1 and f.confirmed_at is not null`,
      [accountId],
    );
  }

  /** The one that waits for its first code. */
  async findWaiting(op: Op, accountId: string): Promise<FactorRow | undefined> {
    return op.tx.row<FactorRow>(
      `select id, secret, last_step as "lastStep" from staff.second_factors
       where account_id = $1 and confirmed_at is null and made_at > $2::timestamptz - make_interval(mins => $3)`,
      [accountId, op.now, WAITING_MINUTES],
    );
  }

  /** Does this show that she has it? Nothing is used up yet; the same work for a wrong code as for a right one. */
  prove(factor: ConfirmedFactor | undefined, text: string, now: Date): Proof | undefined {
    if (factor === undefined) return 'nothing';
    const given = typed(text);
    if (given === undefined) return undefined;
    if ('code' in given) {
      const step = this.stepOf(factor, given.code, now);
      return step === undefined ? undefined : { step };
    }
    const hash = Buffer.from(hashOfRecovery(given.recovery));
    return factor.recovery.some((kept) => hash.equals(kept)) ? { recovery: hash } : undefined;
  }

  /** The step of its secret whose code this is. */
  stepOf(factor: FactorRow, code: string, now: Date): number | undefined {
    return stepOf(openField(this.config.fieldKeys, placeOf(factor.id), factor.secret), code, now, factor.lastStep);
  }

  /** Uses a proof up, under the account's lock. False where it was used meanwhile, or another factor is asked for now. */
  async use(op: Op, accountId: string, factor: FactorRow | undefined, proof: Proof): Promise<boolean> {
    if (factor === undefined || proof === 'nothing') return (await this.find(op, accountId)) === undefined;
    return 'step' in proof ? this.useStep(op, factor.id, proof.step) : this.#useRecovery(op, factor.id, proof.recovery);
  }

  /** A step counts once, and none before it. A method, so that a test can leave the condition out. */
  async useStep(op: Op, factorId: string, step: number): Promise<boolean> {
    return (await op.tx.run('update staff.second_factors set last_step = $2 where id = $1 and last_step < $2', [factorId, step])) > 0;
  }

  /** A new one that waits, in place of one that waited. Gives its id. */
  async start(op: Op, accountId: string, secret: string): Promise<string> {
    await op.tx.run('delete from staff.second_factors where account_id = $1 and confirmed_at is null', [accountId]);
    const id = newId();
    await op.tx.run('insert into staff.second_factors (id, account_id, secret, made_at) values ($1, $2, $3, $4)', [
      id, accountId, sealField(this.config.fieldKeys, placeOf(id), secret), op.now,
    ]);
    return id;
  }

  /** Makes the waiting one the one that is asked for, with these recovery codes. The one before is gone. */
  async confirm(op: Op, accountId: string, factorId: string, step: number, recoveryCodes: readonly string[]): Promise<void> {
    await op.tx.run('delete from staff.second_factors where account_id = $1 and confirmed_at is not null', [accountId]);
    await op.tx.run('update staff.second_factors set confirmed_at = $2, last_step = $3 where id = $1', [factorId, op.now, step]);
    for (const code of recoveryCodes) await op.tx.run('insert into staff.recovery_codes (hash, factor_id) values ($1, $2)', [hashOfRecovery(code), factorId]);
  }

  async #useRecovery(op: Op, factorId: string, hash: Uint8Array): Promise<boolean> {
    return (await op.tx.run('update staff.recovery_codes set used_at = $3 where hash = $1 and factor_id = $2 and used_at is null', [hash, factorId, op.now])) > 0;
  }
}

/** Takes an account's factors away, the waiting one too. Says whether one was asked for at sign-in. */
export async function deleteFactors(op: Op, accountId: string): Promise<boolean> {
  const rows = await op.tx.rows<{ confirmed: boolean }>('delete from staff.second_factors where account_id = $1 returning confirmed_at is not null as confirmed', [accountId]);
  return rows.some(({ confirmed }) => confirmed);
}
