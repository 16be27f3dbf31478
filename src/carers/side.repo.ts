import { addWorkingDays } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { actorId } from '../platform/database/op.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import { numberSetting } from '../platform/settings.js';
import type { Nights } from './respite.domain.js';

/** So many working days after a day, without weekends and holidays. */
export async function workingDaysAfter(op: Op, day: CivilDate, days: number): Promise<CivilDate> {
  const holidays = await op.tx.rows<{ day: string }>('select day from territory.holidays where day between $1 and $1::date + 60', [day]);
  return addWorkingDays(day, days, new Set(holidays.map((one) => one.day)));
}

/** How many nights of respite a year has, as it is said on its first day. */
export async function entitledIn(op: Op, year: number): Promise<number> {
  return numberSetting(op, 'carers.respite_nights', `${year}-01-01` as CivilDate);
}

export interface RespiteRow {
  readonly id: string;
  readonly family_id: string;
  readonly starts: CivilDate;
  readonly ends: CivilDate;
  readonly over_reason: string | null;
  readonly cancelled_on: CivilDate | null;
}

const RESPITE = 'id, family_id, lower(during) as starts, upper(during) as ends, over_reason, cancelled_on';

/** The nights of a family that count. */
export async function takenBy(op: Op, familyId: string): Promise<Nights[]> {
  return op.tx.rows<Nights>('select lower(during) as "from", upper(during) as "to" from carers.respites where family_id = $1 and cancelled_on is null order by during', [familyId]);
}

/** The same of many families. */
export const takenOf = defineLoader<Nights[]>('respiteNights', async (op, ids) => {
  const rows = await op.tx.rows<Nights & { family_id: string }>('select family_id, lower(during) as "from", upper(during) as "to" from carers.respites where family_id = any ($1::uuid[]) and cancelled_on is null', [ids]);
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});

/** How many nights each of these years has. */
export const entitledOf = defineLoader<number>('respiteEntitled', async (op, years) => Promise.all(years.map((year) => entitledIn(op, Number(year)))));

/** Writes nights down. Refuses RESPITE_OVERLAPS where another was first. */
export async function insertRespite(op: Op, id: string, familyId: string, nights: Nights, overReason: string | null): Promise<void> {
  await refuseWhenBroken(
    op.tx.run('insert into carers.respites (id, family_id, during, over_reason, recorded_by) values ($1, $2, daterange($3, $4), $5, $6)', [id, familyId, nights.from, nights.to, overReason, actorId(op)]),
    { respites_once: 'RESPITE_OVERLAPS' },
  );
}

export async function findRespite(op: Op, id: string): Promise<RespiteRow | undefined> {
  return op.tx.row<RespiteRow>(`select ${RESPITE} from carers.respites where id = $1`, [id]);
}

export async function cancelRespite(op: Op, id: string): Promise<void> {
  await op.tx.run('update carers.respites set cancelled_on = $2 where id = $1', [id, op.today]);
}

/** The respites of each family, the latest first, at most 50. */
export const respitesOf = defineLoader<RespiteRow[]>('respites', async (op, ids) => {
  const rows = await op.tx.rows<RespiteRow>(
    `select r.* from unnest($1::uuid[]) as f (id) cross join lateral (select ${RESPITE} from carers.respites where family_id = f.id order by lower(during) desc, id desc limit 50) r`, [ids],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});

export interface ExitRow {
  readonly family_id: string;
  readonly held_on: CivilDate;
  readonly reasons: string[];
  readonly words: string | null;
  readonly would_return: boolean | null;
}

/** Why the carers of each closed family left. */
export const exitOf = defineLoader<ExitRow>('exitInterview', async (op, ids) =>
  inOrder(ids, await op.tx.rows<ExitRow>('select family_id, held_on, reasons, words, would_return from carers.exit_interviews where family_id = any ($1::uuid[])', [ids]), (row) => row.family_id),
);

/** Has somebody asked them, and when? */
export async function askedOn(op: Op, familyId: string): Promise<CivilDate | undefined> {
  return (await op.tx.row<{ held_on: CivilDate }>('select held_on from carers.exit_interviews where family_id = $1', [familyId]))?.held_on;
}

export async function insertExit(
  op: Op, exit: { readonly familyId: string; readonly on: CivilDate; readonly reasons: readonly string[]; readonly words: string | null; readonly wouldReturn: boolean | null },
): Promise<void> {
  await op.tx.run('insert into carers.exit_interviews (id, family_id, held_on, held_by, reasons, words, would_return) values ($1, $2, $3, $4, $5, $6, $7)', [
    newId(), exit.familyId, exit.on, actorId(op), exit.reasons, exit.words, exit.wouldReturn,
  ]);
}

/** The office of a family that is closed and whose carers nobody has asked; undefined otherwise. */
export async function leftUnasked(op: Op, familyId: string): Promise<{ readonly office_id: string; readonly closed_on: CivilDate } | undefined> {
  return op.tx.row<{ office_id: string; closed_on: CivilDate }>(
    'select office_id, closed_on from carers.families f where id = $1 and closed_on is not null and not exists (select from carers.exit_interviews e where e.family_id = f.id)', [familyId],
  );
}
