import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';

/** What is asked before somebody corrects her own entry alone. */
export interface UseAsked {
  readonly childId: string;
  /** The days that would be written otherwise. */
  readonly days: DayRange;
  /** Since when the register has said so. */
  readonly since: Date;
  readonly sinceDay: CivilDate;
}

type Use = (op: Op, asked: UseAsked) => Promise<boolean>;
const uses = new Map<string, Use>();

/** A later room says how it knows that it has used what a timeline said: a payment, a publication. */
export function defineUse(code: 'decision' | 'payment' | 'publication', used: Use): void {
  uses.set(code, used);
}

/** What has used these days of hers, as codes: then nobody corrects them alone any more. */
export async function usesOf(op: Op, asked: UseAsked): Promise<string[]> {
  const found: string[] = [];
  for (const [code, used] of uses) if (await used(op, asked)) found.push(code);
  return found.sort();
}

/** Approvals and gatekeepings of hers that were written after it. */
defineUse('decision', async (op, { childId, since }) => {
  const acts = ['placement.approve', 'gatekeeping.conclude', 'correction.approve'];
  return (await op.tx.row('select id from platform.acts where about_id = $1 and at > $2 and act = any ($3::text[]) limit 1', [childId, since, acts])) !== undefined;
});
