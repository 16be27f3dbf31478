import { apartBy } from '../carers/ties.repo.js';
import type { Tie } from '../carers/ties.repo.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import { actorId } from '../platform/database/op.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader } from '../platform/graphql/context.js';
import { stillOpen } from './approval.domain.js';
import type { Deciding } from './approval.domain.js';

interface DecidingRow {
  readonly id: string;
  readonly met_on: CivilDate | null;
  readonly closed_on: CivilDate | null;
  readonly studied_by: string[];
  readonly talk_waits: boolean;
  readonly ties: readonly Tie[];
}

/** What presenting and deciding are decided by on that day: the panel that met, the talks, and who is tied to the family. */
async function decidingsOn(op: Op, applicationIds: readonly string[], on: CivilDate): Promise<Map<string, Deciding>> {
  const me = op.actor.kind === 'user' ? actorId(op) : null;
  const rows = await op.tx.rows<DecidingRow>(
    `select a.id, p.met_on, f.closed_on, array(select distinct h.done_by from recruitment.home_studies h where h.application_id = a.id) as studied_by,
       exists (select from recruitment.home_studies h where h.application_id = a.id and h.motive_talk_needed and not exists
         (select from recruitment.motive_talks t where t.application_id = h.application_id and t.held_on >= h.done_on and t.held_on <= $2::date)) as talk_waits,
       (select coalesce(jsonb_agg(jsonb_build_object('account', c.account, 'how', c.how)), '[]') from carers.conflicts(a.family_id, array_remove($3::uuid || coalesce(p.members, '{}'), null), $2) c) as ties
     from recruitment.applications a join carers.families f on f.id = a.family_id left join recruitment.panels p on p.application_id = a.id and p.outcome is null where a.id = any ($1::uuid[])`,
    [applicationIds, on, me],
  );
  return new Map(rows.map(({ id, met_on: metOn, closed_on: closedOn, studied_by: studiedBy, talk_waits: waits, ties }) => [id, {
    metOn, studiedBy, open: stillOpen(closedOn), talked: waits ? refuse('MOTIVE_TALK_NEEDED') : ok(true), apart: apartBy(ties.filter(({ account }) => account === me)), panelApart: apartBy(ties),
  }]));
}

/** What one application is decided by on that day, once it is locked. */
export async function decidingOn(op: Op, applicationId: string, on: CivilDate): Promise<Deciding> {
  const deciding = (await decidingsOn(op, [applicationId], on)).get(applicationId);
  if (deciding === undefined) throw new Error('A decision without its application.');
  return deciding;
}

/** What each application would be decided by today: the same words as the refusal's. */
export const decidingToday = defineLoader<Deciding>('deciding', async (op, ids) => {
  const decidings = await decidingsOn(op, ids, op.today);
  return ids.map((id) => decidings.get(id));
});
