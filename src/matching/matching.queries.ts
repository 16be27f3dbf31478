import type { CivilDate } from '../kernel/civil-date.js';
import { recordReads } from '../platform/audit/acts.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { Failure } from '../placements/suitability.domain.js';
import type { ProposalState } from './matching.domain.js';
import type { Factor, FactorValue, RankedFamily } from './ranking.domain.js';

export interface ListRow {
  readonly id: string;
  readonly child_id: string;
  readonly child_ids: string[];
  readonly office_id: string;
  readonly asked_on: CivilDate;
  readonly starts_on: CivilDate;
  readonly care_kind: string;
  readonly emergency: boolean;
  readonly gatekeeping_complete: boolean;
  readonly apart_reason: string | null;
  readonly weights_version: number;
  readonly weights: Readonly<Record<string, number>>;
  readonly kin_relative_ids: string[];
  readonly searched: number;
  readonly eligible: number;
  readonly failed_rules: readonly { readonly code: string; readonly confidential: boolean; readonly count: number }[];
}

const LIST = `id, child_id, array(select jsonb_path_query(asked, '$.children[*].id') #>> '{}') as child_ids, office_id, asked_on, starts_on, care_kind, emergency, gatekeeping_complete,
  apart_reason, weights_version, weights, kin_relative_ids, searched, eligible, failed_rules`;

/** Lists by id, of children whom the actor may see. What is known of a child is part of it: reading it is written down. */
export const listById = defineLoader<ListRow>('matchList', async (op, ids) => {
  const rows = await op.tx.rows<ListRow>(`select ${LIST} from matching.lists where id = any ($1::uuid[])`, [ids]);
  await recordReads(op, 'child', rows.map((row) => row.child_id), 'matchList');
  return inOrder(ids, rows, (row) => row.id);
});

/** The lists of each child, the latest first, at most 20. */
export const listsOfChild = defineLoader<ListRow[]>('listsOfChild', async (op, ids) => {
  const rows = await op.tx.rows<ListRow>(
    `select l.* from unnest($1::uuid[]) as c (id) cross join lateral (select ${LIST} from matching.lists where child_id = c.id order by asked_on desc, id desc limit 20) l`,
    [ids],
  );
  await recordReads(op, 'child', rows.map((row) => row.child_id), 'matchLists');
  return ids.map((id) => rows.filter((row) => row.child_id === id));
});

export interface EntryRow {
  readonly list_id: string;
  readonly family_id: string;
  readonly rank: number;
  readonly score: number;
  readonly facts: RankedFamily;
  readonly factors: FactorValue[];
}

/** The ranked families of a list, from the first on; `after` is the rank of the last one seen. */
export async function listEntries(op: Op, listId: string, after: number, limit: number): Promise<EntryRow[]> {
  return op.tx.rows<EntryRow>('select list_id, family_id, rank, score, facts, factors from matching.entries where list_id = $1 and rank > $2 order by rank limit $3', [listId, after, limit]);
}

/** The former carers of each list, the latest first. */
export const formerCarersOf = defineLoader<Pick<EntryRow, 'list_id' | 'family_id' | 'facts'>[]>('formerCarers', async (op, ids) => {
  const rows = await op.tx.rows<Pick<EntryRow, 'list_id' | 'family_id' | 'facts'>>(
    'select list_id, family_id, facts from matching.entries where list_id = any ($1::uuid[]) and rank is null order by list_id, family_id',
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.list_id === id));
});

export interface ExclusionRow {
  readonly family_number: number;
  readonly area_code: string;
  readonly failures: readonly Failure[];
}

/** The families that may not be chosen, by their number; `after` is the number of the last one seen. */
export async function listExclusions(op: Op, listId: string, after: number, limit: number): Promise<ExclusionRow[]> {
  return op.tx.rows<ExclusionRow>('select family_number, area_code, failures from matching.exclusions where list_id = $1 and family_number > $2 order by family_number limit $3', [
    listId, after, limit,
  ]);
}

export interface ProposalRow {
  readonly id: string;
  readonly list_id: string;
  readonly child_id: string;
  readonly family_id: string;
  readonly office_id: string;
  readonly state: ProposalState;
  readonly proposed_on: CivilDate;
  readonly reason: string | null;
  readonly emergency: boolean;
  readonly held_until: Date | null;
  readonly answered_on: CivilDate | null;
  readonly told: string | null;
  readonly answer_reason: string | null;
  readonly rank: number | null;
  readonly factors: FactorValue[];
  readonly placements: { readonly childId: string; readonly placementId: string; readonly state: string }[];
  readonly strategies: { readonly factor: Factor; readonly text: string }[];
}

const PROPOSAL = `p.id, p.list_id, p.child_id, p.family_id, p.office_id, p.state, p.proposed_on, p.reason, p.emergency, p.held_until, p.answered_on, p.told, p.answer_reason, e.rank, e.factors,
  (select jsonb_agg(jsonb_build_object('childId', c.child_id, 'placementId', c.placement_id, 'state', s.state) order by c.child_id)
     from matching.proposal_children c join placements.placements s on s.id = c.placement_id where c.proposal_id = p.id) as placements,
  (select coalesce(jsonb_agg(jsonb_build_object('factor', s.factor, 'text', s.text) order by s.factor), '[]') from matching.strategies s where s.proposal_id = p.id) as strategies`;
const OF_ENTRY = 'join matching.entries e on e.list_id = p.list_id and e.family_id = p.family_id';

/** Proposals by id, of children whom the actor may see. */
export const proposalById = defineLoader<ProposalRow>('proposal', async (op, ids) => {
  const rows = await op.tx.rows<ProposalRow>(`select ${PROPOSAL} from matching.proposals p ${OF_ENTRY} where p.id = any ($1::uuid[])`, [ids]);
  await recordReads(op, 'child', rows.map((row) => row.child_id), 'proposal');
  return inOrder(ids, rows, (row) => row.id);
});

/** The proposals of each child, the latest first, at most 20. */
export const proposalsOfChild = defineLoader<ProposalRow[]>('proposalsOfChild', async (op, ids) => {
  const rows = await op.tx.rows<ProposalRow>(
    `select ${PROPOSAL} from unnest($1::uuid[]) as own (id)
     cross join lateral (select * from matching.proposals where child_id = own.id order by proposed_on desc, id desc limit 20) p ${OF_ENTRY} order by p.proposed_on desc, p.id desc`,
    [ids],
  );
  await recordReads(op, 'child', rows.map((row) => row.child_id), 'proposals');
  return ids.map((id) => rows.filter((row) => row.child_id === id));
});
