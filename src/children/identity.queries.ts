import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { Between, Comparison, FileFacts } from './identity.domain.js';

/** A file that compares with a child's; without an id where the actor may not see it. */
export interface Compared extends Comparison {
  readonly of: string;
  readonly childId: string | null;
  readonly officeId: string;
}

/** Files that share a name with each of these children, of the whole register, the nearest births first. */
export async function compared(op: Op, ids: readonly string[]): Promise<Compared[]> {
  return op.tx.rows<Compared>(
    `select i.id as of, f.child_id as "childId", f.office_id as "officeId", f.whole, f.parts, f.bearers, f.same_sex as "sameSex", f.same_day as "sameDay", f.years_apart as "yearsApart", f.home, f.relatives, f.siblings
     from unnest($1::uuid[]) as i (id) cross join lateral children.compared(i.id) f`,
    [ids],
  );
}

/** A merge as the file shows it, from its own side. */
export interface MergeRow {
  readonly of: string;
  readonly otherId: string;
  readonly number: number;
  readonly on: CivilDate;
  readonly reason: string;
  /** Is the child's own file the one that goes on? */
  readonly kept: boolean;
}

/** The merges that stand of these children, the latest first. */
export async function mergesOf(op: Op, ids: readonly string[]): Promise<MergeRow[]> {
  return op.tx.rows<MergeRow>(
    `select kept_id as of, other_id as "otherId", other_number as number, on_day as on, reason, true as kept from children.merges where undone_at is null and kept_id = any ($1::uuid[])
     union all select other_id, kept_id, kept_number, on_day, reason, false from children.merges where undone_at is null and other_id = any ($1::uuid[])
     order by "on" desc, number`,
    [ids],
  );
}

/** What a decision to merge needs of two locked files, that which goes on first. */
export async function mergeFacts(op: Op, keptId: string, otherId: string): Promise<{ readonly kept: FileFacts; readonly other: FileFacts; readonly between: Between }> {
  const file = (id: string): string => `(select jsonb_build_object('number', c.number, 'mergedInto', (select m.kept_number from children.merges m where m.other_id = c.id and m.undone_at is null),
      'holds', (select coalesce(jsonb_agg(m.other_number order by m.other_number), '[]') from children.merges m where m.kept_id = c.id and m.undone_at is null)) from children.children c where c.id = ${id})`;
  const facts = await op.tx.row<{ kept: FileFacts; other: FileFacts; between: Between }>(
    `select ${file('$1')} as kept, ${file('$2')} as other, (select jsonb_build_object(
       'differentSince', (select d.on_day from children.different d where d.low_id = least($1::uuid, $2::uuid) and d.high_id = greatest($1::uuid, $2::uuid)),
       'siblings', exists (select from children.siblings s join children.siblings o on o.group_id = s.group_id and o.child_id = b.id where s.child_id = a.id),
       'sameBirth', children.born_from(a.birth_date, a.birth_precision) <= children.born_to(b.birth_date, b.birth_precision) and children.born_from(b.birth_date, b.birth_precision) <= children.born_to(a.birth_date, a.birth_precision),
       'sameMother', exists (select from children.relatives r join children.relatives o on o.child_id = b.id and o.relation = 'mother' and (o.name_km = r.name_km or lower(o.name_latin) = lower(r.name_latin))
         where r.child_id = a.id and r.relation = 'mother'))
       from children.children a, children.children b where a.id = $1 and b.id = $2) as between`,
    [keptId, otherId],
  );
  if (facts === undefined) throw new Error('Two locked files are not there.');
  return facts;
}

/** Writes that two files are of one person. */
export async function insertMerge(op: Op, merge: { keptId: string; otherId: string; keptNumber: number; otherNumber: number; on: CivilDate; by: string; reason: string; noTwins: boolean }): Promise<string> {
  const id = newId();
  await op.tx.run(
    'insert into children.merges (id, kept_id, other_id, kept_number, other_number, on_day, merged_by, merged_at, reason, no_twins) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [id, merge.keptId, merge.otherId, merge.keptNumber, merge.otherNumber, merge.on, merge.by, op.now, merge.reason, merge.noTwins],
  );
  return id;
}

/** The merge that stands of a file that was merged into another. */
export async function standingMerge(op: Op, otherId: string): Promise<{ readonly id: string; readonly keptId: string; readonly on: CivilDate } | undefined> {
  return op.tx.row('select id, kept_id as "keptId", on_day as on from children.merges where other_id = $1 and undone_at is null', [otherId]);
}

/** Writes that a merge was none. The row stays, for whoever asks what was known then. */
export async function endMerge(op: Op, id: string, on: CivilDate, by: string, reason: string): Promise<void> {
  await op.tx.run('update children.merges set undone_at = $2, undone_on = $3, undone_by = $4, undone_reason = $5 where id = $1', [id, op.now, on, by, reason]);
}

/** Writes that two files are of two children, once. */
export async function insertDifferent(op: Op, childId: string, otherId: string, on: CivilDate, by: string): Promise<void> {
  await refuseWhenBroken(
    op.tx.run('insert into children.different (low_id, high_id, on_day, said_by) values (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), $3, $4)', [childId, otherId, on, by]),
    { different_pkey: 'ALREADY_DIFFERENT' },
  );
}
