import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { GatekeepingFacts, Option, OptionOutcome, Tracing } from './gatekeeping.domain.js';

/** Opens the question why a child is not at home, and what was tried. Gives its id. */
export async function insertGatekeeping(op: Op, gatekeeping: { readonly childId: string; readonly carePeriodId: string; readonly on: CivilDate; readonly dueAt: Date }): Promise<string> {
  const id = newId();
  await op.tx.run('insert into placements.gatekeepings (id, child_id, care_period_id, opened_on, due_at) values ($1, $2, $3, $4, $5)', [
    id, gatekeeping.childId, gatekeeping.carePeriodId, gatekeeping.on, gatekeeping.dueAt,
  ]);
  return id;
}

/** The child of a gatekeeping, before she is locked. */
export async function childOfGatekeeping(op: Op, id: string): Promise<string | undefined> {
  return (await op.tx.row<{ child_id: string }>('select child_id from placements.gatekeepings where id = $1', [id]))?.child_id;
}

export interface LockedGatekeeping extends GatekeepingFacts {
  readonly id: string;
  readonly openedOn: CivilDate;
}

/** Locks a gatekeeping and reads what a decision about it needs. Its child is locked before. */
export async function lockGatekeeping(op: Op, id: string): Promise<LockedGatekeeping | undefined> {
  const row = await op.tx.row<{ state: 'open' | 'complete'; opened_on: CivilDate }>('select state, opened_on from placements.gatekeepings where id = $1 for no key update', [id]);
  if (row === undefined) return undefined;
  const options = await op.tx.rows<{ option: Option; outcome: OptionOutcome }>('select option, outcome from placements.options where gatekeeping_id = $1', [id]);
  return { id, state: row.state, openedOn: row.opened_on, options };
}

export interface NewOption {
  readonly gatekeepingId: string;
  readonly option: Option;
  readonly outcome: OptionOutcome;
  readonly reason: string;
  readonly relativeId: string | null;
  readonly on: CivilDate;
}

export async function insertOption(op: Op, { gatekeepingId, option, outcome, reason, relativeId, on }: NewOption): Promise<void> {
  await refuseWhenBroken(
    op.tx.run('insert into placements.options (id, gatekeeping_id, option, outcome, reason, relative_id, on_day, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
      newId(), gatekeepingId, option, outcome, reason, relativeId, on, actorId(op),
    ]),
    { options_once: 'OPTION_RECORDED', options_one_chosen: 'OPTION_CHOSEN' },
  );
}

export async function concludeGatekeeping(op: Op, id: string, on: CivilDate, tracing: Tracing): Promise<void> {
  await op.tx.run(
    `update placements.gatekeepings set state = 'complete', concluded_on = $2, concluded_by = $3, parents_traced = $4, parents_reason = $5, kin_traced = $6, kin_reason = $7,
       version = version + 1 where id = $1`,
    [id, on, actorId(op), tracing.parentsTraced, tracing.parentsReason, tracing.kinTraced, tracing.kinReason],
  );
}
