import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';

export interface RunRow {
  readonly id: string;
  readonly scheme_code: string;
  readonly month: string;
  readonly month_day: string;
  readonly office_id: string;
  readonly reason: string;
  readonly fund: string;
  readonly state: string;
  readonly prepared_by: string;
  readonly prepared_on: string;
  readonly calculated_by: string | null;
  readonly checked_by: string | null;
  readonly approved_by: string | null;
}

export interface LineRow {
  readonly id: string;
  readonly child_number: number;
  readonly family_number: number | null;
  readonly family_id: string | null;
  readonly payee_id: string | null;
  readonly month: string;
  readonly kind: string;
  readonly nights: number;
  readonly riel: bigint;
  readonly parts: readonly { readonly rateId: string; readonly riel: string; readonly nights: number }[];
  readonly adjusts: string | null;
}

export interface TotalsRow {
  readonly id: string;
  readonly count: number;
  readonly nights: number;
  readonly riel: string;
  readonly held_count: number;
  readonly held_riel: string;
}

export interface WarningRow {
  readonly run_id: string;
  readonly code: string;
  readonly child_number: number;
  readonly family_number: number | null;
  readonly on_day: string;
  readonly nights: number | null;
  readonly riel: bigint | null;
}

const COLUMNS = `id, scheme_code, to_char(month, 'YYYY-MM') as month, month as month_day, office_id, reason, fund, state, prepared_by, prepared_on, calculated_by, checked_by, approved_by`;

/** Runs by id, of the offices that row security lets through. */
export const runById = defineLoader<RunRow>('paymentRun', async (op, ids) =>
  inOrder(ids, await op.tx.rows<RunRow>(`select ${COLUMNS} from support.runs where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** Runs of the caller's offices, the latest month first; `after` is the month's first day and the id of the last one seen. */
export async function listRuns(op: Op, month: string | null, after: readonly (string | number | null)[] | undefined, limit: number): Promise<RunRow[]> {
  const [day = null, id = null] = after ?? [];
  return op.tx.rows<RunRow>(
    `select ${COLUMNS} from support.runs
     where office_id = any ((select platform.ids('app.money_offices'))::uuid[]) and ($1::date is null or month = $1)
       and ($2::date is null or (month, id) < ($2::date, $3::uuid))
     order by month desc, id desc limit $4`,
    [month, day, id, limit],
  );
}

/** The lines of a run in the order in which it was calculated; `after` is the id of the last one seen. */
export async function listLines(op: Op, runId: string, after: readonly (string | number | null)[] | undefined, limit: number): Promise<LineRow[]> {
  return op.tx.rows<LineRow>(
    `select id, child_number, family_number, family_id, payee_id, to_char(month, 'YYYY-MM') as month, kind, nights, riel, parts, adjusts
     from support.lines where run_id = $1 and ($2::uuid is null or id > $2::uuid) order by id limit $3`,
    [runId, after?.[0] ?? null, limit],
  );
}

/** What each run adds up to. */
export const totalsOf = defineLoader<TotalsRow>('paymentTotals', async (op, ids) =>
  inOrder(
    ids,
    await op.tx.rows<TotalsRow>(
      `select r.id, count(l.id)::int as count, coalesce(sum(l.nights), 0)::int as nights, coalesce(sum(l.riel), 0)::text as riel,
         (count(l.id) filter (where l.payee_id is null))::int as held_count, coalesce(sum(l.riel) filter (where l.payee_id is null), 0)::text as held_riel
       from unnest($1::uuid[]) as r (id) left join support.lines l on l.run_id = r.id group by r.id`,
      [ids],
    ),
    (row) => row.id,
  ),
);

/** What a person must look at in each run, at most 100. */
export const warningsOf = defineLoader<WarningRow[]>('paymentWarnings', async (op, ids) => {
  const rows = await op.tx.rows<WarningRow>(
    `select w.* from unnest($1::uuid[]) as r (id)
     cross join lateral (select run_id, code, child_number, family_number, on_day, nights, riel from support.warnings where run_id = r.id order by id limit 100) w`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.run_id === id));
});
