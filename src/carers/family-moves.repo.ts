import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { Address } from './family.domain.js';

/** Where a family lives now, since when, and when that was first written. */
export async function addressNow(op: Op, familyId: string): Promise<Address | undefined> {
  return op.tx.row<Address>(
    `select (array_agg(area_code order by id desc))[1] as "areaCode", from_on as since, min(recorded_on) as "recordedOn"
     from carers.family_addresses where family_id = $1 group by from_on order by from_on desc limit 1`,
    [familyId],
  );
}

/** Writes where a family lives from a day on; for a day that has a line already it is a correction. */
export async function insertAddress(op: Op, familyId: string, areaCode: string, from: CivilDate): Promise<void> {
  await op.tx.run('insert into carers.family_addresses (family_id, area_code, from_on, recorded_on) values ($1, $2, $3, $4)', [familyId, areaCode, from, op.today]);
}

export interface AddressRow {
  readonly family_id: string;
  readonly area_code: string;
  readonly starts: CivilDate;
  readonly ends: CivilDate | null;
}

/** The addresses of each family, the latest first, at most 30. */
export const addressesOf = defineLoader<AddressRow[]>('addresses', async (op, ids) => {
  const rows = await op.tx.rows<AddressRow>(
    `select a.* from unnest($1::uuid[]) as f (id) cross join lateral
       (select d.family_id, d.area_code, d.from_on as starts, lead(d.from_on) over (order by d.from_on) as ends
        from (select distinct on (from_on) family_id, area_code, from_on from carers.family_addresses where family_id = f.id order by from_on desc, id desc) d
        order by d.from_on desc limit 30) a`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});

/** Gives a family to the office of its new address: its adults, the tasks about it and its documents go along. From then on the actor may not see it. */
export async function handOver(op: Op, familyId: string, areaCode: string): Promise<void> {
  await op.tx.run('select carers.hand_over($1, $2)', [familyId, areaCode]);
}

/** The household's record changed: who read it before reads it again. */
export async function nextVersion(op: Op, familyId: string): Promise<void> {
  await op.tx.run('update carers.families set version = version + 1 where id = $1', [familyId]);
}

export async function insertMove(op: Op, move: { readonly familyId: string; readonly on: CivilDate; readonly fromOffice: string; readonly toOffice: string; readonly suspended: boolean }): Promise<string> {
  const id = newId();
  await op.tx.run('insert into carers.family_moves (id, family_id, on_day, from_office, to_office, suspended) values ($1, $2, $3, $4, $5, $6)', [
    id, move.familyId, move.on, move.fromOffice, move.toOffice, move.suspended,
  ]);
  return id;
}

export interface MoveRow {
  readonly id: string;
  readonly family_id: string;
  readonly on_day: CivilDate;
  readonly to_office: string;
  readonly suspended: boolean;
}

/** Moves by id, for the office that the family left and the one that it came to. */
export const moveById = defineLoader<MoveRow>('family_move', async (op, ids) => {
  const rows = await op.tx.rows<MoveRow>('select id, family_id, on_day, to_office, suspended from carers.family_moves where id = any ($1::uuid[])', [ids]);
  return inOrder(ids, rows, (row) => row.id);
});

/** Is the family approved on that day or on a later one? */
export async function approvedFrom(op: Op, familyId: string, on: CivilDate): Promise<boolean> {
  return (await op.tx.row(`select from carers.standings where family_id = $1 and code = 'approval' and during && daterange($2, null)`, [familyId, on])) !== undefined;
}
