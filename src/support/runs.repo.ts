import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { firstOfMonth } from '../kernel/civil-date.js';
import type { CivilMonth } from '../kernel/civil-date.js';
import type { Run, RunLine, RunState, RunWarning } from './run.domain.js';

/** A run as it is locked. */
export interface LockedRun extends Run {
  readonly id: string;
  readonly schemeCode: string;
  readonly officeId: string;
  readonly month: CivilMonth;
}

/** Locks a run of the actor's offices: its scheme first, under which calculations follow one another, then the run. */
export async function lockRun(op: Op, id: string): Promise<LockedRun | undefined> {
  await op.tx.run('select from support.schemes where code = (select scheme_code from support.runs where id = $1) for no key update', [id]);
  return op.tx.row<LockedRun>(
    `select id, scheme_code as "schemeCode", office_id as "officeId", to_char(month, 'YYYY-MM') as month, state, prepared_by as "preparedBy", calculated_by as "calculatedBy"
     from support.runs where id = $1 for no key update`,
    [id],
  );
}

/** Is there an open run that pays one of this office's provinces for the month? Another office's may be hidden: the constraint knows. */
export async function findOpenRun(op: Op, run: { readonly schemeCode: string; readonly month: CivilMonth; readonly provinces: string }): Promise<{ id: string } | undefined> {
  return op.tx.row<{ id: string }>(
    `select id from support.runs where scheme_code = $1 and month = $2 and provinces && $3::int4range and state in ('draft', 'calculated', 'checked')`,
    [run.schemeCode, firstOfMonth(run.month), run.provinces],
  );
}

/** The office of a run with the provinces it pays; undefined for an office of a district. */
export async function payingOffice(op: Op, id: string): Promise<{ readonly kind: string; readonly provinces: string; readonly below: string[] } | undefined> {
  return op.tx.row(
    `select kind, case kind when 'ministry' then '[0,100)' when 'province' then format('[%s,%s]', area_code::int, area_code::int) end as provinces,
       territory.offices_below(id) as below
     from territory.offices where id = $1`,
    [id],
  );
}

/** What a new run says. */
export interface NewRun {
  readonly id: string;
  readonly schemeCode: string;
  readonly month: CivilMonth;
  readonly officeId: string;
  readonly provinces: string;
  readonly reason: string;
  readonly fund: string;
}

export async function insertRun(op: Op, run: NewRun): Promise<void> {
  await refuseWhenBroken(
    op.tx.run(
      `insert into support.runs (id, scheme_code, month, office_id, provinces, reason, fund, prepared_by, prepared_on) values ($1, $2, $3, $4, $5::int4range, $6, $7, $8, $9)`,
      [run.id, run.schemeCode, firstOfMonth(run.month), run.officeId, run.provinces, run.reason, run.fund, actorId(op), op.today],
    ),
    { runs_one_open: 'RUN_OPEN' },
  );
}

const STAMPS: Readonly<Record<Exclude<RunState, 'draft'>, string>> = {
  // What was checked before is checked again after a new calculation.
  calculated: 'calculated_by = $3, calculated_at = $4, checked_by = null, checked_at = null',
  checked: 'checked_by = $3, checked_at = $4',
  approved: 'approved_by = $3, approved_at = $4',
  cancelled: 'cancelled_by = $3, cancelled_at = $4',
};

/** Moves a run to its next state and says who did it when. */
export async function moveRun(op: Op, id: string, state: RunState): Promise<void> {
  if (state === 'draft') throw new Error('No run becomes a draft again.');
  await refuseWhenBroken(
    op.tx.run(`update support.runs set state = $2, version = version + 1, ${STAMPS[state]} where id = $1`, [id, state, actorId(op), op.now]),
    { runs_maker_is_not_approver: 'OWN_RUN', runs_settled: 'RUN_STATE' },
  );
}

/** Takes away what an earlier calculation of an open run wrote. */
export async function clearLines(op: Op, runId: string): Promise<void> {
  await op.tx.run('delete from support.lines where run_id = $1', [runId]);
  await op.tx.run('delete from support.warnings where run_id = $1', [runId]);
}

/** Writes what a run pays and what a person must look at, each in one statement. */
export async function insertLines(op: Op, run: LockedRun, lines: readonly RunLine[], warnings: readonly RunWarning[]): Promise<void> {
  const rows = lines.map(({ riel, month, parts, ...line }) => ({ ...line, id: newId(), month: firstOfMonth(month), riel: riel.toString(), parts: parts.map((part) => ({ ...part, riel: part.riel.toString() })) }));
  await op.tx.run(
    `insert into support.lines (id, run_id, office_id, scheme_code, child_id, child_number, family_id, family_number, payee_id, month, kind, nights, riel, parts, adjusts)
     select id, $1, "officeId", $2, "childId", "childNumber", "familyId", "familyNumber", "payeeId", month, kind, nights, riel, parts, adjusts from jsonb_to_recordset($3::jsonb)
       as l (id uuid, "officeId" uuid, "childId" uuid, "childNumber" int, "familyId" uuid, "familyNumber" int, "payeeId" uuid, month date, kind text, nights int, riel bigint, parts jsonb, adjusts uuid)`,
    [run.id, run.schemeCode, JSON.stringify(rows)],
  );
  const told = warnings.map((warning) => ({ ...warning, id: newId(), riel: warning.riel?.toString() ?? null }));
  await op.tx.run(
    `insert into support.warnings (id, run_id, office_id, code, child_number, family_number, on_day, nights, riel)
     select id, $1, "officeId", code, "childNumber", "familyNumber", "onDay", nights, riel from jsonb_to_recordset($2::jsonb)
       as w (id uuid, "officeId" uuid, code text, "childNumber" int, "familyNumber" int, "onDay" date, nights int, riel bigint)`,
    [run.id, JSON.stringify(told)],
  );
}
