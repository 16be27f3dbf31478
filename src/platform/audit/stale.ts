import type { Op } from '../database/op.js';
import { Problem, badInput } from '../errors.js';

/**
 * CONFLICT that names what others changed meanwhile, unless the caller edits what stands. Call it under the lock of the
 * row. Every act that raises the version by one writes the fields it `changed`, so that the audit knows them.
 */
export async function needVersion(op: Op, subject: { readonly id: string; readonly version: number }, readVersion: number): Promise<void> {
  const behind = subject.version - readVersion;
  if (behind === 0) return;
  if (behind < 0) throw badInput('input.version', 'validation.max');
  const rows = await op.tx.rows<{ field: string }>(
    `select distinct unnest(changed) as field from (
       select changed from platform.acts where subject_id = $1 and changed <> '{}' order by seq desc limit $2) since order by field`,
    [subject.id, behind],
  );
  throw new Problem('CONFLICT', 'problem.STALE', { changed: rows.map(({ field }) => field) });
}
