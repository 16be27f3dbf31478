import type { CivilDate } from '../kernel/civil-date.js';
import { mayEver } from '../platform/auth/acts.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import { acts } from './placements.policy.js';
import type { TellingParty } from './whereabouts.enums.js';

export interface DisappearanceRow {
  readonly id: string;
  readonly child_id: string;
  readonly since: CivilDate;
  readonly kept_until: CivilDate | null;
  readonly released_on: CivilDate | null;
  readonly returned_on: CivilDate | null;
  readonly talk_due_at: Date | null;
  readonly trafficking_sign: boolean;
}

const DISAPPEARANCE = 'id, child_id, since, kept_until, released_on, returned_on, talk_due_at, trafficking_sign';

/** Disappearances by id, of the children that row security lets through. */
export const disappearanceById = defineLoader<DisappearanceRow>('disappearance', async (op, ids) =>
  inOrder(ids, await op.tx.rows<DisappearanceRow>(`select ${DISAPPEARANCE} from placements.disappearances where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** The disappearances of children, the latest first, at most 50 each; none for an institution's staff. */
export const disappearancesOf = defineLoader<DisappearanceRow[]>('disappearances', async (op, ids) => {
  if (!mayRead(op)) return ids.map(() => []);
  const rows = await op.tx.rows<DisappearanceRow>(
    `select d.* from unnest($1::uuid[]) as c (id) cross join lateral (select ${DISAPPEARANCE} from placements.disappearances where child_id = c.id order by since desc, id desc limit 50) d`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.child_id === id));
});

export interface TalkRow {
  readonly disappearance_id: string;
  readonly on_day: CivilDate;
  readonly with_whom: string;
  readonly refused: boolean;
  readonly words: string | null;
}

/** The talk after each return. */
export const talkOf = defineLoader<TalkRow>('returnTalk', async (op, ids) =>
  inOrder(
    ids,
    await op.tx.rows<TalkRow>('select disappearance_id, on_day, with_whom, refused, words from placements.return_talks where disappearance_id = any ($1::uuid[])', [ids]),
    (row) => row.disappearance_id,
  ),
);

export interface TellingRow {
  readonly id: string;
  readonly event_id: string;
  readonly party: TellingParty;
  readonly told_at: Date | null;
  readonly whom: string | null;
  readonly not_told_reason: string | null;
  readonly recorded_by: string;
}

const TELLING = 'id, coalesce(disappearance_id, death_id) as event_id, party, told_at, whom, not_told_reason, recorded_by';

export const tellingById = defineLoader<TellingRow>('telling', async (op, ids) =>
  inOrder(ids, await op.tx.rows<TellingRow>(`select ${TELLING} from placements.tellings where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** Who was told of disappearances or deaths, in the order of writing. */
export const tellingsOf = defineLoader<TellingRow[]>('tellings', async (op, ids) => {
  const rows = await op.tx.rows<TellingRow>(
    `select ${TELLING} from placements.tellings where disappearance_id = any ($1::uuid[]) union all select ${TELLING} from placements.tellings where death_id = any ($1::uuid[]) order by id limit 5000`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.event_id === id).slice(0, 50));
});

export interface DeathRow {
  readonly id: string;
  readonly child_id: string;
  readonly on_day: CivilDate;
  readonly place: string | null;
  readonly cause: string | null;
}

const DEATH = 'id, child_id, on_day, place, cause';

export const deathById = defineLoader<DeathRow>('death', async (op, ids) =>
  inOrder(ids, await op.tx.rows<DeathRow>(`select ${DEATH} from placements.deaths where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** The death of each child who has died. */
export const deathOfChild = defineLoader<DeathRow>('deathOfChild', async (op, ids) => {
  if (!mayRead(op)) return ids.map(() => undefined);
  return inOrder(ids, await op.tx.rows<DeathRow>(`select ${DEATH} from placements.deaths where child_id = any ($1::uuid[])`, [ids]), (row) => row.child_id);
});

export interface ReturnHomeRow {
  readonly id: string;
  readonly child_id: string;
  readonly on_day: CivilDate;
  readonly reason: string;
  readonly relative_id: string | null;
  readonly with_whom: string | null;
  readonly support: string;
}

/** The returns home of children, the latest first, at most 50 each. */
export const returnsHomeOf = defineLoader<ReturnHomeRow[]>('returnsHome', async (op, ids) => {
  if (!mayRead(op)) return ids.map(() => []);
  const rows = await op.tx.rows<ReturnHomeRow>(
    `select h.* from unnest($1::uuid[]) as c (id)
     cross join lateral (select id, child_id, on_day, reason, relative_id, with_whom, support from placements.returns_home where child_id = c.id order by on_day desc, id desc limit 50) h`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.child_id === id));
});

function mayRead(op: Op): boolean {
  return mayEver(op.actor, acts['whereabouts.read']);
}
