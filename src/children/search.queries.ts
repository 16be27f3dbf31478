import type { Op } from '../platform/database/op.js';
import { SUMMARY } from './children.queries.js';
import type { SummaryRow } from './children.queries.js';
import type { BornBetween } from './search.domain.js';

/** The last child of the page before, as she was ranked there. */
export interface After {
  readonly rank: number;
  readonly number: number;
}

/**
 * Children the actor sees who share a key with a name: the whole name before its parts, the more parts the better, of
 * equals the lowest number. By equality of keys only; `children.found` reads one stretch of one index for it.
 */
export async function findByKeys(op: Op, keys: { readonly wholes: readonly string[]; readonly parts: readonly string[] }, born: BornBetween | null, after: After | null, limit: number): Promise<SummaryRow[]> {
  return op.tx.rows<SummaryRow>(
    `select ${SUMMARY} from children.found($1::text[], $2::text[], $3, $4, $5, $6, $7) f join children.children c on c.id = f.child_id order by f.rank desc, f.number`,
    [keys.wholes, keys.parts, born?.from ?? null, born?.to ?? null, after?.rank ?? null, after?.number ?? null, limit],
  );
}

/** The child with this number, where the actor sees her. */
export async function findByNumber(op: Op, number: number, born: BornBetween | null): Promise<SummaryRow[]> {
  return op.tx.rows<SummaryRow>(
    `select ${SUMMARY} from children.children c where c.number = $1
       and ($2::date is null or children.born_to(c.birth_date, c.birth_precision) >= $2 and children.born_from(c.birth_date, c.birth_precision) <= $3::date)`,
    [number, born?.from ?? null, born?.to ?? null],
  );
}

/** The number and the keys of a child the actor sees. */
export async function keysOf(op: Op, childId: string): Promise<{ readonly number: number; readonly keys: readonly string[] } | undefined> {
  return op.tx.row('select c.number, array(select k.key from children.name_keys k where k.child_id = c.id) as keys from children.children c where c.id = $1', [childId]);
}
