import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';

export interface PayeeRow {
  readonly id: string;
  readonly name: string;
  readonly method: string;
  readonly account: Uint8Array | null;
}

/** Payees by id, of the offices that row security lets through. */
export const payeeById = defineLoader<PayeeRow>('payee', async (op, ids) =>
  inOrder(ids, await op.tx.rows<PayeeRow>('select id, name, method, account from support.payees where id = any ($1::uuid[])', [ids]), (row) => row.id),
);

/** The office that pays a family, or a child at home; undefined where it is none of the actor's. */
export async function findPayingOffice(op: Op, familyId: string | null, childNumber: number | null): Promise<{ office_id: string; child_id: string | null } | undefined> {
  return op.tx.row('select office_id, child_id from support.paying_office($1, $2)', [familyId, childNumber]);
}

/** What a new payee says. */
export interface NewPayee {
  readonly id: string;
  readonly familyId: string | null;
  readonly childId: string | null;
  readonly officeId: string;
  readonly name: string;
  readonly method: string;
  readonly account: Uint8Array | null;
}

/** Writes a payee. The one before stays as it was: lines point to it. */
export async function insertPayee(op: Op, payee: NewPayee): Promise<void> {
  await op.tx.run(
    'insert into support.payees (id, family_id, child_id, office_id, name, method, account, set_on) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [payee.id, payee.familyId, payee.childId, payee.officeId, payee.name, payee.method, payee.account, op.today],
  );
}
