import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { KnownList } from './lists.repo.js';
import type { ProposalState } from './matching.domain.js';
import type { Factor, FactorValue } from './ranking.domain.js';

/** A proposal as decisions need it. */
export interface KnownProposal {
  readonly id: string;
  readonly listId: string;
  readonly childId: string;
  readonly familyId: string;
  readonly officeId: string;
  readonly state: ProposalState;
  readonly emergency: boolean;
  readonly proposedBy: string | null;
  readonly heldUntil: Date | null;
  readonly children: { readonly childId: string; readonly placementId: string }[];
}

const COLUMNS = `p.id, p.list_id as "listId", p.child_id as "childId", p.family_id as "familyId", p.office_id as "officeId", p.state, p.emergency, p.proposed_by as "proposedBy",
  p.held_until as "heldUntil", (select jsonb_agg(jsonb_build_object('childId', c.child_id, 'placementId', c.placement_id) order by c.child_id) from matching.proposal_children c
    where c.proposal_id = p.id) as children`;

/** A proposal before its roots are locked: whose it is, so that they can be. */
export async function findProposal(op: Op, id: string): Promise<KnownProposal | undefined> {
  return op.tx.row<KnownProposal>(`select ${COLUMNS} from matching.proposals p where p.id = $1`, [id]);
}

/** Locks a proposal and reads it again. Its family and its children are locked before. */
export async function lockProposal(op: Op, id: string): Promise<KnownProposal | undefined> {
  return op.tx.row<KnownProposal>(`select ${COLUMNS} from matching.proposals p where p.id = $1 for no key update`, [id]);
}

/** Writes a proposal; a second open one for the child is refused. */
export async function insertProposal(op: Op, proposal: { readonly id: string; readonly list: KnownList; readonly familyId: string; readonly officeId: string; readonly reason: string | null }): Promise<void> {
  const { id, list, familyId, officeId, reason } = proposal;
  await refuseWhenBroken(
    op.tx.run(
      `insert into matching.proposals (id, list_id, child_id, family_id, office_id, proposed_by, proposed_on, reason, emergency) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, list.id, list.childId, familyId, officeId, actorId(op), op.today, reason, list.emergency],
    ),
    { proposals_one_open: 'ALREADY_PROPOSED' },
  );
}

/** Says which placements of which children keep the places, and until when: the first of their holds to run out. */
export async function keepPlacements(op: Op, proposalId: string, placements: readonly { readonly childId: string; readonly placementId: string }[]): Promise<void> {
  await op.tx.run('insert into matching.proposal_children (proposal_id, child_id, placement_id) select $1, c.child_id, c.placement_id from unnest($2::uuid[], $3::uuid[]) as c (child_id, placement_id)', [
    proposalId, placements.map(({ childId }) => childId), placements.map(({ placementId }) => placementId),
  ]);
  await op.tx.run(
    `update matching.proposals set held_until = (select min(o.expires_at) from matching.proposal_children c join carers.place_occupancies o on o.occupant_id = c.placement_id
       where c.proposal_id = $1 and o.kind = 'hold') where id = $1`,
    [proposalId],
  );
}

export async function insertStrategies(op: Op, proposalId: string, strategies: readonly { readonly factor: Factor; readonly text: string }[]): Promise<void> {
  await op.tx.run(
    `insert into matching.strategies (proposal_id, factor, text, recorded_by, recorded_on) select $1, s.factor, s.text, $4, $5 from unnest($2::text[], $3::text[]) as s (factor, text)`,
    [proposalId, strategies.map(({ factor }) => factor), strategies.map(({ text }) => text), actorId(op), op.today],
  );
}

/** The factors of the family as the list knew them, and those that have a strategy by now. */
export async function strategiesSoFar(op: Op, proposal: KnownProposal): Promise<{ readonly factors: FactorValue[]; readonly given: Factor[] }> {
  const row = await op.tx.row<{ factors: FactorValue[]; given: Factor[] }>(
    `select e.factors, array(select s.factor from matching.strategies s where s.proposal_id = $3) as given from matching.entries e where e.list_id = $1 and e.family_id = $2`,
    [proposal.listId, proposal.familyId, proposal.id],
  );
  return row ?? { factors: [], given: [] };
}

export async function writeAnswer(op: Op, id: string, answer: { readonly state: ProposalState; readonly on: CivilDate; readonly told: string; readonly reason: string | null }): Promise<void> {
  await op.tx.run(
    `update matching.proposals set state = $2, answered_on = $3, answered_by = $4, told = $5, answer_reason = $6, ended_on = case when $2 = 'declined' then $7::date end, version = version + 1 where id = $1`,
    [id, answer.state, answer.on, actorId(op), answer.told, answer.reason, op.today],
  );
}

export async function endProposal(op: Op, id: string, state: 'lapsed' | 'withdrawn'): Promise<void> {
  await op.tx.run('update matching.proposals set state = $2, ended_on = $3, version = version + 1 where id = $1', [id, state, op.today]);
}

/** The holds of a proposal as the places know them now; null where they hold nothing any more or have become a stay. */
export async function setHeldUntil(op: Op, id: string, until: Date | null): Promise<void> {
  await op.tx.run('update matching.proposals set held_until = $2 where id = $1', [id, until]);
}

/** What keeps the places of a proposal: the state of its placements, and when the first of their holds runs out. */
export async function keptBy(op: Op, id: string): Promise<{ readonly states: string[]; readonly until: Date | null }> {
  const row = await op.tx.row<{ states: string[]; until: Date | null }>(
    `select array_agg(p.state) as states, min(o.expires_at) as until from matching.proposal_children c join placements.placements p on p.id = c.placement_id
     left join carers.place_occupancies o on o.occupant_id = c.placement_id and o.kind = 'hold' where c.proposal_id = $1`,
    [id],
  );
  return row ?? { states: [], until: null };
}

/** Open proposals whose hold has run out, the longest ago first. */
export async function lapsedProposals(op: Op, limit: number): Promise<string[]> {
  const rows = await op.tx.rows<{ id: string }>(`select id from matching.proposals where state in ('waiting', 'accepted') and held_until <= $1 order by held_until, id limit $2`, [op.now, limit]);
  return rows.map(({ id }) => id);
}

/** The proposal that a placement belongs to. */
export async function proposalOfPlacement(op: Op, placementId: string): Promise<string | undefined> {
  return (await op.tx.row<{ proposal_id: string }>('select proposal_id from matching.proposal_children where placement_id = $1', [placementId]))?.proposal_id;
}
