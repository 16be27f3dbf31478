import { EXPORTS, LISTS, STATISTICS } from './lists.js';
import { READS, SEARCHES } from './reads.js';
import type { Operation } from './operations.js';
import { WRITES } from './writes.js';

/** Everything that is sent, with the weights of `operations.ts`: 55 reads, 15 searches, 10 lists, 12 acts, 5 counts, 3 pages of whole lists in a hundred. */
export const MIX: readonly Operation[] = [...READS, ...SEARCHES, ...LISTS, ...WRITES, ...STATISTICS, ...EXPORTS];

/** The part of it whose class or name begins so. */
export function mixOf(only: string | undefined): readonly Operation[] {
  return MIX.filter((operation) => only === undefined || `${operation.class}: ${operation.name}`.startsWith(only) || operation.name.startsWith(only));
}
