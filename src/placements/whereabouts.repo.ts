import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { TellingParty } from './whereabouts.enums.js';

/** The days of a placement on which she sleeps elsewhere and her place is kept. */
export async function keptDays(op: Op, placementId: string): Promise<DayRange[]> {
  return op.tx.rows<DayRange>(
    `select lower(during) as "from", upper(during) as "to" from placements.episodes where placement_id = $1 and kind not in ('foster', 'kinship', 'family_house') order by during`,
    [placementId],
  );
}

/** The last time that nobody knew where she was. */
export interface DisappearanceFacts {
  readonly id: string;
  readonly child_id: string;
  readonly since: CivilDate;
  readonly kept_until: CivilDate | null;
  readonly released_on: CivilDate | null;
  readonly returned_on: CivilDate | null;
  readonly talked: boolean;
}

const DISAPPEARANCE = `d.id, d.child_id, d.since, d.kept_until, d.released_on, d.returned_on, exists (select from placements.return_talks t where t.disappearance_id = d.id) as talked`;

/** A child's latest disappearance; she is locked. */
export async function lastDisappearance(op: Op, childId: string): Promise<DisappearanceFacts | undefined> {
  return op.tx.row<DisappearanceFacts>(`select ${DISAPPEARANCE} from placements.disappearances d where d.child_id = $1 order by d.since desc, d.id desc limit 1`, [childId]);
}

/** Begins a disappearance, or goes on with the open one: she was never back. Gives its id. */
export async function beginDisappearance(
  op: Op,
  begun: { readonly childId: string; readonly officeId: string; readonly since: CivilDate; readonly keptUntil: CivilDate | null; readonly traffickingSign: boolean },
): Promise<string> {
  const id = newId();
  const row = await op.tx.row<{ id: string }>(
    `insert into placements.disappearances (id, child_id, office_id, since, kept_until, trafficking_sign, recorded_by) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (child_id) where returned_on is null do update set trafficking_sign = disappearances.trafficking_sign or excluded.trafficking_sign,
       since = case when disappearances.released_on is null then excluded.since else disappearances.since end,
       kept_until = case when disappearances.released_on is null then excluded.kept_until else disappearances.kept_until end returning id`,
    [id, begun.childId, begun.officeId, begun.since, begun.keptUntil, begun.traffickingSign, op.actor.kind === 'user' ? actorId(op) : null],
  );
  return row?.id ?? id;
}

/** Brings the open disappearance in line with a corrected timeline: its first night, and the nights for which her place is kept. */
export async function followTimeline(op: Op, childId: string, since: CivilDate): Promise<void> {
  await op.tx.run(
    `update placements.disappearances set since = $2,
       kept_until = case when released_on is null then kept_until + ($2::date - since) else greatest(kept_until, $2::date + 1) end
     where child_id = $1 and returned_on is null and since <> $2::date`,
    [childId, since],
  );
}

/** She was found. Gives the disappearance that ends so, if one was open. */
export async function endDisappearance(op: Op, childId: string, on: CivilDate, talkDueAt: Date): Promise<string | undefined> {
  const row = await op.tx.row<{ id: string }>('update placements.disappearances set returned_on = $2, talk_due_at = $3 where child_id = $1 and returned_on is null returning id', [childId, on, talkDueAt]);
  return row?.id;
}

export async function signOfTrafficking(op: Op, id: string): Promise<void> {
  await op.tx.run('update placements.disappearances set trafficking_sign = true where id = $1', [id]);
}

/** How often she was missing in the days up to this one. */
export async function timesMissing(op: Op, childId: string, after: CivilDate, until: CivilDate): Promise<number> {
  const row = await op.tx.row<{ times: number }>('select count(*)::int as times from placements.disappearances where child_id = $1 and since > $2 and since <= $3', [childId, after, until]);
  return row?.times ?? 0;
}

/** Disappearances whose place was kept long enough, while she is still missing from it. */
export async function placesToRelease(op: Op, limit: number): Promise<{ id: string; child_id: string }[]> {
  return op.tx.rows(
    `select d.id, d.child_id from placements.disappearances d
     join placements.episodes e on e.child_id = d.child_id and upper_inf(e.during) and e.kind = 'missing' and coalesce(e.placement_id, e.institution_id) is not null
     where least(d.kept_until, lower(e.during) + (d.kept_until - d.since)) <= $1 and d.released_on is null and d.returned_on is null order by d.kept_until, d.id limit $2`,
    [op.today, limit],
  );
}

export async function releaseDisappearance(op: Op, id: string, on: CivilDate): Promise<void> {
  await op.tx.run('update placements.disappearances set released_on = $2 where id = $1', [id, on]);
}

export interface NewTelling {
  readonly childId: string;
  readonly disappearanceId: string | null;
  readonly deathId: string | null;
  readonly party: TellingParty;
  readonly at: Date | null;
  readonly whom: string | null;
  readonly notToldReason: string | null;
}

/** Writes that somebody was told, or why not. Gives its id. */
export async function insertTelling(op: Op, telling: NewTelling): Promise<string> {
  const id = newId();
  await op.tx.run(
    `insert into placements.tellings (id, child_id, disappearance_id, death_id, party, told_at, whom, not_told_reason, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, telling.childId, telling.disappearanceId, telling.deathId, telling.party, telling.at, telling.whom, telling.notToldReason, actorId(op)],
  );
  return id;
}

/** Of whom it is written whether they were told. */
export async function partiesTold(op: Op, eventId: string): Promise<string[]> {
  const rows = await op.tx.rows<{ party: string }>('select distinct party from placements.tellings where disappearance_id = $1 or death_id = $1', [eventId]);
  return rows.map(({ party }) => party);
}

export async function insertTalk(
  op: Op,
  talk: { readonly disappearanceId: string; readonly childId: string; readonly on: CivilDate; readonly withWhom: string; readonly refused: boolean; readonly words: string | null },
): Promise<void> {
  await refuseWhenBroken(
    op.tx.run('insert into placements.return_talks (disappearance_id, child_id, on_day, with_whom, refused, words, recorded_by) values ($1, $2, $3, $4, $5, $6, $7)', [
      talk.disappearanceId, talk.childId, talk.on, talk.withWhom, talk.refused, talk.words, actorId(op),
    ]),
    { return_talks_pkey: 'NO_TALK_DUE' },
  );
}

export interface NewReturnHome {
  readonly childId: string;
  readonly on: CivilDate;
  readonly reason: string;
  readonly relativeId: string | null;
  readonly withWhom: string | null;
  readonly support: string;
}

export async function insertReturnHome(op: Op, home: NewReturnHome): Promise<void> {
  await op.tx.run('insert into placements.returns_home (id, child_id, on_day, reason, relative_id, with_whom, support, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
    newId(), home.childId, home.on, home.reason, home.relativeId, home.withWhom, home.support, actorId(op),
  ]);
}

/** Writes a death. Gives its id. */
export async function insertDeath(op: Op, death: { readonly childId: string; readonly on: CivilDate; readonly place: string | null; readonly cause: string | null }): Promise<string> {
  const id = newId();
  await op.tx.run('insert into placements.deaths (id, child_id, on_day, place, cause, recorded_by) values ($1, $2, $3, $4, $5, $6)', [id, death.childId, death.on, death.place, death.cause, actorId(op)]);
  return id;
}

/** The child's death, if it is written. */
export async function deathOf(op: Op, childId: string): Promise<{ id: string; on_day: CivilDate } | undefined> {
  return op.tx.row('select id, on_day from placements.deaths where child_id = $1', [childId]);
}

/** Was living in an institution decided for her after a day, and by this one? */
export async function residentialDecided(op: Op, childId: string, after: CivilDate | null, by: CivilDate): Promise<boolean> {
  const row = await op.tx.row(
    `select g.id from placements.gatekeepings g join placements.options o on o.gatekeeping_id = g.id and o.outcome = 'chosen' and o.option in ('residential', 'faith_place')
     where g.child_id = $1 and g.state = 'complete' and g.concluded_on <= $3 and ($2::date is null or g.concluded_on > $2)`,
    [childId, after, by],
  );
  return row !== undefined;
}

/** The gatekeeping that is open for a child. */
export async function openGatekeeping(op: Op, childId: string): Promise<string | undefined> {
  return (await op.tx.row<{ id: string }>(`select id from placements.gatekeepings where child_id = $1 and state = 'open'`, [childId]))?.id;
}
