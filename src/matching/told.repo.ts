import type { CivilDate } from '../kernel/civil-date.js';
import { actorId } from '../platform/database/op.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader } from '../platform/graphql/context.js';
import { setting } from '../platform/settings.js';
import type { ToldItem, ToldTopic } from './told.domain.js';

/** Writes what was told on a day, matter by matter. */
export async function insertTold(op: Op, proposalId: string, on: CivilDate, items: readonly { readonly topic: ToldTopic; readonly words: string }[]): Promise<void> {
  await op.tx.run(
    `insert into matching.told_items (id, proposal_id, topic, words, told_on, told_by) select uuidv7(), $1, t.topic, t.words, $4, $5 from unnest($2::text[], $3::text[]) as t (topic, words)`,
    [proposalId, items.map(({ topic }) => topic), items.map(({ words }) => words), on, actorId(op)],
  );
}

/** Everything a family was told, in the order in which it heard it. */
export async function toldSoFar(op: Op, proposalId: string): Promise<ToldItem[]> {
  return op.tx.rows<ToldItem>('select topic, words, told_on as "on" from matching.told_items where proposal_id = $1 order by told_on, id', [proposalId]);
}

/** The matters that a family must have heard of before it answers on a day. */
export async function mustBeTold(op: Op, emergency: boolean, on: CivilDate): Promise<string[]> {
  return setting<string[]>(op, emergency ? 'matching.told_topics_emergency' : 'matching.told_topics', on);
}

/** The same for many proposals, as the door shows it. */
export const toldOf = defineLoader<ToldItem[]>('toldItems', async (op, ids) => {
  const rows = await op.tx.rows<ToldItem & { proposal_id: string }>(
    'select proposal_id, topic, words, told_on as "on" from matching.told_items where proposal_id = any ($1::uuid[]) order by proposal_id, told_on, id', [ids],
  );
  return ids.map((id) => rows.filter((row) => row.proposal_id === id));
});
