import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { defineLoader } from '../platform/graphql/context.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';

/** What ties somebody of the staff to a family: she lives there, is related, or works with one of its adults. */
export type TieKind = 'household' | 'relative' | 'colleague';

/** One account, and what ties it to a family. */
export interface Tie {
  readonly account: string;
  readonly how: TieKind;
}

/** Who of these accounts is tied to the family on that day, and how. */
export async function tiesBetween(op: Op, familyId: string, accounts: readonly string[], on: CivilDate): Promise<Tie[]> {
  return op.tx.rows<Tie>('select account, how from carers.conflicts($1, $2, $3) order by account', [familyId, accounts, on]);
}

/**
 * Nobody decides on a family, studies, checks, supervises or visits it who lives there, is related to it or works with one
 * of its adults. `accounts` are whose word it is, the actor's own where none are given; asked under the family's lock.
 */
export async function keptApart(op: Op, familyId: string, on: CivilDate, accounts: readonly string[] = actorOf(op)): Promise<Result<true, 'CONFLICT_OF_INTEREST'>> {
  const ties = await tiesBetween(op, familyId, accounts, on);
  return apartBy(ties);
}

/** What is answered to who is tied to a family. */
export function apartBy(ties: readonly Pick<Tie, 'how'>[]): Result<true, 'CONFLICT_OF_INTEREST'> {
  return ties.length === 0 ? ok(true) : refuse('CONFLICT_OF_INTEREST', { how: [...new Set(ties.map(({ how }) => how))].sort() });
}

/** What keeps the caller apart from families today: the answer that an act of hers would get. */
export const apartToday = defineLoader<Result<true, 'CONFLICT_OF_INTEREST'>>('apartToday', async (op, ids) => {
  const rows = await op.tx.rows<{ family: string; how: TieKind }>('select f.id as family, c.how from unnest($1::uuid[]) as f (id) cross join lateral carers.conflicts(f.id, $2, $3) c', [ids, actorOf(op), op.today]);
  return ids.map((id) => apartBy(rows.filter(({ family }) => family === id)));
});

function actorOf(op: Op): readonly string[] {
  return op.actor.kind === 'user' ? [op.actor.userId] : [];
}

/** The account that is declared for an adult, and her family. */
export async function accountOfAdult(op: Op, adultId: string): Promise<{ readonly family_id: string; readonly account_id: string | null } | undefined> {
  return op.tx.row('select family_id, account_id from carers.adults where id = $1', [adultId]);
}

/** Writes whose account an adult's is; null takes it back. */
export async function setAccount(op: Op, adultId: string, accountId: string | null): Promise<void> {
  await op.tx.run('update carers.adults set account_id = $2 where id = $1', [adultId, accountId]);
}

/** Writes that an account's holder is related to the family. Refuses TIE_KNOWN. */
export async function insertTie(op: Op, tie: { readonly familyId: string; readonly accountId: string; readonly relation: string; readonly on: CivilDate }): Promise<void> {
  await refuseWhenBroken(
    op.tx.run('insert into carers.family_ties (id, family_id, account_id, relation, declared_on) values ($1, $2, $3, $4, $5)', [newId(), tie.familyId, tie.accountId, tie.relation, tie.on]),
    { family_ties_once: 'TIE_KNOWN' },
  );
}

/** Takes back what ties an account to a family, whatever was declared. Says how much there was. */
export async function endTies(op: Op, familyId: string, accountId: string, on: CivilDate): Promise<number> {
  const adults = await op.tx.rows('update carers.adults set account_id = null where family_id = $1 and account_id = $2 returning id', [familyId, accountId]);
  const ties = await op.tx.rows('update carers.family_ties set ended_on = greatest($3, declared_on) where family_id = $1 and account_id = $2 and ended_on is null returning id', [familyId, accountId, on]);
  return adults.length + ties.length;
}
