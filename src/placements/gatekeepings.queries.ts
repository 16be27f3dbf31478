import type { CivilDate } from '../kernel/civil-date.js';
import { mayEver } from '../platform/auth/acts.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { CareOption, CareOptionOutcome, GatekeepingState } from './gatekeeping.graphql.js';
import { acts } from './placements.policy.js';

export interface GatekeepingRow {
  readonly id: string;
  readonly child_id: string;
  readonly state: GatekeepingState;
  readonly opened_on: CivilDate;
  readonly due_at: Date;
  readonly concluded_on: CivilDate | null;
  readonly parents_traced: boolean | null;
  readonly parents_reason: string | null;
  readonly kin_traced: boolean | null;
  readonly kin_reason: string | null;
}

const COLUMNS = 'id, child_id, state, opened_on, due_at, concluded_on, parents_traced, parents_reason, kin_traced, kin_reason';

/** Gatekeepings by id, of the children that row security lets through. */
export const gatekeepingById = defineLoader<GatekeepingRow>('gatekeeping', async (op, ids) =>
  inOrder(ids, await op.tx.rows<GatekeepingRow>(`select ${COLUMNS} from placements.gatekeepings where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** The latest gatekeeping of each child; none for an institution's staff. */
export const gatekeepingOfChild = defineLoader<GatekeepingRow>('gatekeepingOfChild', async (op, ids) => {
  if (!mayEver(op.actor, acts['gatekeeping.read'])) return ids.map(() => undefined);
  const rows = await op.tx.rows<GatekeepingRow>(
    `select distinct on (child_id) ${COLUMNS} from placements.gatekeepings where child_id = any ($1::uuid[]) order by child_id, opened_on desc, id desc`,
    [ids],
  );
  return inOrder(ids, rows, (row) => row.child_id);
});

export interface OptionRow {
  readonly id: string;
  readonly gatekeeping_id: string;
  readonly option: CareOption;
  readonly outcome: CareOptionOutcome;
  readonly reason: string;
  readonly relative_id: string | null;
  readonly on_day: CivilDate;
}

/** What became of the options, in the order in which they were written. */
export const optionsOf = defineLoader<OptionRow[]>('gatekeepingOptions', async (op, ids) => {
  const rows = await op.tx.rows<OptionRow>(
    'select id, gatekeeping_id, option, outcome, reason, relative_id, on_day from placements.options where gatekeeping_id = any ($1::uuid[]) order by id limit 5000',
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.gatekeeping_id === id));
});
