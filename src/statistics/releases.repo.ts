import type { CivilDate } from '../kernel/civil-date.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { Op } from '../platform/database/op.js';

export interface ReleaseRow {
  readonly id: string;
  readonly quarter: string;
  readonly reference_day: CivilDate;
  readonly as_known_on: CivilDate;
  readonly base: number;
  readonly least: number;
}

export interface CellRow {
  readonly dimension: string;
  readonly category: string;
  readonly care_kind: string;
  readonly shown: number | null;
}

/** When a quarter was published, if it was. */
export async function publishedOn(op: Op, quarter: string): Promise<CivilDate | undefined> {
  return (await op.tx.row<{ as_known_on: CivilDate }>('select as_known_on from statistics.releases where quarter = $1', [quarter]))?.as_known_on;
}

export async function insertRelease(op: Op, release: ReleaseRow & { readonly by: string }, cells: readonly { dimension: string; category: string; careKind: string; shown: number | null }[]): Promise<void> {
  const { id, quarter, reference_day, as_known_on, base, least, by } = release;
  await refuseWhenBroken(
    op.tx.run(`insert into statistics.releases (id, quarter, reference_day, as_known_on, base, least, published_by) values ($1, $2, $3, $4, $5, $6, $7)`, [
      id, quarter, reference_day, as_known_on, base, least, by,
    ]),
    { releases_once: 'PUBLISHED_ALREADY' },
  );
  await op.tx.run(
    `insert into statistics.cells (release_id, dimension, category, care_kind, shown)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::int[])`,
    [id, cells.map((cell) => cell.dimension), cells.map((cell) => cell.category), cells.map((cell) => cell.careKind), cells.map((cell) => cell.shown)],
  );
}

/** A published quarter, read as the role that can read no person's row. */
export async function readRelease(op: Op, by: { readonly quarter: string } | { readonly id: string }): Promise<{ release: ReleaseRow; cells: CellRow[] } | undefined> {
  const [column, value] = 'quarter' in by ? ['quarter = $1', by.quarter] : ['id = $1::uuid', by.id];
  const [release] = await op.tx.rowsAs<ReleaseRow>('register_reader', `select id, quarter, reference_day, as_known_on, base, least from statistics.releases where ${column}`, [value]);
  if (release === undefined) return undefined;
  const cells = await op.tx.rowsAs<CellRow>(
    'register_reader',
    'select dimension, category, care_kind, shown from statistics.cells where release_id = $1 order by dimension, category, care_kind limit 1000',
    [release.id],
  );
  return { release, cells };
}

/** The quarters that are published, the latest first, at most 40. */
export async function listReleases(op: Op): Promise<ReleaseRow[]> {
  return op.tx.rowsAs<ReleaseRow>('register_reader', 'select id, quarter, reference_day, as_known_on, base, least from statistics.releases order by quarter desc limit 40', []);
}

