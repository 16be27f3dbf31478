import type { Op } from '../platform/database/op.js';
import { badInput, notFound } from '../platform/errors.js';
import { recordReads } from '../platform/audit/acts.js';
import type { SearchChildrenArgs } from './child.graphql.js';
import type { SummaryRow } from './children.queries.js';
import { bornBetween, rankOf, wantedOf } from './search.domain.js';
import { findByKeys, findByNumber, keysOf } from './search.queries.js';

/** Finds children by what was typed, and writes down whom the caller saw. */
export async function searchChildren(op: Op, search: SearchChildrenArgs, operation: string): Promise<SummaryRow[]> {
  const rows = await found(op, search);
  await recordReads(op, 'child_list', rows.map(({ id }) => id), operation);
  return rows;
}

async function found(op: Op, search: SearchChildrenArgs): Promise<SummaryRow[]> {
  const wanted = wantedOf(search.name);
  if (wanted === undefined) throw badInput('name', 'validation.isNotEmpty');
  const { birthYear = null, birthMonth = null } = search;
  if (birthYear === null && (birthMonth !== null || search.birthAbout)) throw badInput('birthYear', 'validation.isNotEmpty');
  const born = birthYear === null ? null : bornBetween(birthYear, birthMonth, search.birthAbout);
  if ('number' in wanted) return search.after ? [] : findByNumber(op, wanted.number, born);
  if (!search.after) return findByKeys(op, wanted, born, null, search.first);
  const last = await keysOf(op, search.after);
  if (last === undefined) throw notFound();
  return findByKeys(op, wanted, born, { rank: rankOf(last.keys, wanted), number: last.number }, search.first);
}
