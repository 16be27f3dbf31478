import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { Cells, RowHousehold } from './family-table.domain.js';
import { wholeNames } from './family-table.domain.js';

export interface FamilyLoadRowOf {
  readonly id: string;
  readonly office_id: string;
  readonly dry_run: boolean;
  readonly accept_duplicates: boolean;
  readonly on_day: CivilDate;
  readonly rows: number;
  readonly done: number;
}

const LOAD = 'id, office_id, dry_run, accept_duplicates, on_day, rows, done';

/** Loads by id, of the offices that row security lets through. */
export const loadById = defineLoader<FamilyLoadRowOf>('familyLoad', async (op, ids) =>
  inOrder(ids, await op.tx.rows<FamilyLoadRowOf>(`select ${LOAD} from recruitment.family_loads where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

export interface NewLoad {
  readonly id: string;
  readonly officeId: string;
  readonly dryRun: boolean;
  readonly acceptDuplicates: boolean;
  readonly on: CivilDate;
  readonly by: string;
}

export interface NewLoadRow extends Cells {
  readonly id: string;
  readonly jobId: string;
  readonly sameAs: number | null;
}

/** Writes a table with its rows, each with the earlier row that may be the same household. */
export async function insertLoad(op: Op, load: NewLoad, rows: readonly NewLoadRow[]): Promise<void> {
  await op.tx.run(
    `insert into recruitment.family_loads (id, office_id, dry_run, accept_duplicates, on_day, loaded_by, loaded_at, rows) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [load.id, load.officeId, load.dryRun, load.acceptDuplicates, load.on, load.by, op.now, rows.length],
  );
  await op.tx.run(
    `insert into recruitment.family_load_rows (id, job_id, load_id, row, office_id, cells, same_as)
     select (r.row ->> 'id')::uuid, (r.row ->> 'jobId')::uuid, $1, r.at, $2, jsonb_build_object('cells', r.row -> 'cells', 'extra', r.row -> 'extra'), (r.row ->> 'sameAs')::int
     from jsonb_array_elements($3::jsonb) with ordinality as r (row, at)`,
    [load.id, load.officeId, JSON.stringify(rows)],
  );
}

/** Locks the load of a row, so that two jobs never work on one table at once. */
export async function lockLoadOf(op: Op, rowId: string): Promise<FamilyLoadRowOf | undefined> {
  return op.tx.row<FamilyLoadRowOf>(`select ${LOAD} from recruitment.family_loads where id = (select load_id from recruitment.family_load_rows where id = $1) for no key update`, [rowId]);
}

export interface WaitingRow extends Cells {
  readonly id: string;
  readonly same_as: number | null;
}

/** A row that still waits, once its load is locked. */
export async function waitingRow(op: Op, rowId: string): Promise<WaitingRow | undefined> {
  return op.tx.row<WaitingRow>(
    `select id, same_as, cells -> 'cells' as cells, (cells ->> 'extra')::int as extra from recruitment.family_load_rows where id = $1 and outcome = 'waiting'`,
    [rowId],
  );
}

/** The row of which a job takes care. */
export async function rowOfJob(op: Op, jobId: string): Promise<string | undefined> {
  return (await op.tx.row<{ id: string }>('select id from recruitment.family_load_rows where job_id = $1', [jobId]))?.id;
}

export interface RowResult {
  readonly outcome: 'created' | 'would_create' | 'possible_duplicate' | 'refused';
  readonly code?: string;
  readonly details?: object;
  readonly familyId?: string;
  readonly candidates?: readonly string[];
}

/** Writes what came of a row, and counts it as done; what was written in it goes. */
export async function settleRow(op: Op, loadId: string, rowId: string, result: RowResult): Promise<void> {
  await op.tx.run('update recruitment.family_loads set done = done + 1 where id = $1', [loadId]);
  await op.tx.run(
    `update recruitment.family_load_rows set cells = null, outcome = $2, code = $3, details = $4, family_id = $5, candidates = $6 where id = $1`,
    [rowId, result.outcome, result.code ?? null, JSON.stringify(result.details ?? {}), result.familyId ?? null, [...(result.candidates ?? [])]],
  );
}

/** The office that answers for an area, and whether that lies within this office's territory. Undefined for an unknown area. */
export async function officeWithin(op: Op, areaCode: string, officeId: string): Promise<{ readonly id: string; readonly within: boolean } | undefined> {
  return op.tx.row(
    `select territory.office_for(a.code) as id, starts_with(a.code, coalesce(o.area_code, '')) as within from territory.areas a cross join territory.offices o where a.code = $1 and o.id = $2`,
    [areaCode, officeId],
  );
}

/**
 * Waits for every other row that may be the same household and is being written: until this transaction ends no second one
 * is looked for. In one order for all, so that two rows with two signs in common never wait for each other.
 */
export async function lockHousehold(op: Op, household: RowHousehold): Promise<void> {
  const commune = household.areaCode.slice(0, 6);
  const signs = [...(household.phone === null ? [] : [`phone:${household.phone}`]), ...wholeNames(household).map((name) => `name:${commune}:${name}`)].sort();
  await op.tx.run('select pg_advisory_xact_lock(hashtextextended(sign, 3070000)) from unnest($1::text[]) as sign', [signs]);
}

/** Families of the country that may be this household: its telephone, or one of its whole names in its commune; at most 10. */
export async function knownAlready(op: Op, household: RowHousehold): Promise<string[]> {
  const rows = await op.tx.rows<{ id: string }>(
    `select f.id from carers.families f where f.phone = $1
     union select f.id from carers.family_keys k join carers.families f on f.id = k.family_id where k.key = any ($2::text[]) and left(f.area_code, 6) = $3 order by id limit 10`,
    [household.phone, wholeNames(household), household.areaCode.slice(0, 6)],
  );
  return rows.map(({ id }) => id);
}

export interface LoadedRow {
  readonly load_id: string;
  readonly row: number;
  readonly outcome: string;
  readonly code: string | null;
  readonly details: Readonly<Record<string, string | number | readonly string[]>>;
  readonly family_id: string | null;
  readonly candidates: string[];
}

/** Rows of a load after one, at most 100; of the families that may be the same household only those whom the caller may see. */
export async function rowsOfLoad(op: Op, loadId: string, after: number): Promise<LoadedRow[]> {
  return op.tx.rows<LoadedRow>(
    `select load_id, row, outcome, code, details, family_id, array(select f.id from carers.families f where f.id = any (r.candidates) order by f.id) as candidates
     from recruitment.family_load_rows r where load_id = $1 and row > $2 order by row limit 100`,
    [loadId, after],
  );
}

/** How many rows of a load came to what. */
export async function outcomesOf(op: Op, loadId: string): Promise<{ outcome: string; n: number }[]> {
  return op.tx.rows('select outcome, count(*)::int as n from recruitment.family_load_rows where load_id = $1 group by outcome order by outcome', [loadId]);
}
