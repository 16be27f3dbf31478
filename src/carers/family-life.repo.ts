import type { BirthPrecision } from '../kernel/age.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { actorId } from '../platform/database/op.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader } from '../platform/graphql/context.js';
import type { Granted } from './family.domain.js';

/** An own child who lives at home. */
export interface NewOwnChild {
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly sex: 'female' | 'male';
  readonly birthDate: CivilDate;
  readonly birthPrecision: BirthPrecision;
}

export async function insertOwnChild(op: Op, familyId: string, child: NewOwnChild, from: CivilDate): Promise<string> {
  const id = newId();
  await op.tx.run(
    'insert into carers.own_children (id, family_id, name_km, name_latin, sex, birth_date, birth_precision, during) values ($1, $2, $3, $4, $5, $6, $7, daterange($8, null))',
    [id, familyId, child.nameKm, child.nameLatin, child.sex, child.birthDate, child.birthPrecision, from],
  );
  return id;
}

/** Own children of open families who may be eighteen by now and are no adult of the home yet, some at a time. */
export async function grownUp(op: Op, limit: number): Promise<{ id: string; family_id: string }[]> {
  return op.tx.rows(
    `select c.id, c.family_id from carers.own_children c join carers.families f on f.id = c.family_id and f.closed_on is null
     where c.adult_id is null and c.birth_date - case c.birth_precision when 'estimated' then 366 when 'year' then 366 when 'month' then 31 else 0 end <= ($1::date - interval '18 years')::date
       and (upper_inf(c.during) or upper(c.during) > $1::date) order by c.birth_date, c.id limit $2`,
    [op.today, limit],
  );
}

/** An own child, locked; the family is locked by then. */
export async function lockOwnChild(op: Op, id: string): Promise<(NewOwnChild & { readonly from: CivilDate; readonly to: CivilDate | null; readonly adultId: string | null }) | undefined> {
  return op.tx.row(
    `select name_km as "nameKm", name_latin as "nameLatin", sex, birth_date as "birthDate", birth_precision as "birthPrecision", lower(during) as "from", upper(during) as "to", adult_id as "adultId"
     from carers.own_children where id = $1 for no key update`,
    [id],
  );
}

/** The family of an own child, without a lock. */
export async function familyOfOwnChild(op: Op, id: string): Promise<string | undefined> {
  return (await op.tx.row<{ family_id: string }>('select family_id from carers.own_children where id = $1', [id]))?.family_id;
}

/** An own child lived there no more from a day on. */
export async function endOwnChild(op: Op, id: string, on: CivilDate): Promise<void> {
  await op.tx.run('update carers.own_children set during = daterange(lower(during), $2) where id = $1', [id, on]);
}

/** The family of an exemption, without a lock. */
export async function familyOfExemption(op: Op, id: string): Promise<string | undefined> {
  return (await op.tx.row<{ family_id: string }>('select family_id from carers.exemptions where id = $1', [id]))?.family_id;
}

/** An exemption, locked; the family is locked by then. */
export async function lockExemption(op: Op, id: string): Promise<Granted | undefined> {
  return op.tx.row<Granted>('select lower(during) as "from", upper(during) as "to", ended_on as "endedOn" from carers.exemptions where id = $1 for no key update', [id]);
}

/** An exemption holds no more from a day on. */
export async function endExemption(op: Op, id: string, from: CivilDate): Promise<void> {
  await op.tx.run('update carers.exemptions set ended_on = $2 where id = $1', [id, from]);
}

/** She is an adult of the home now. */
export async function becomesAdult(op: Op, id: string, adultId: string): Promise<void> {
  await op.tx.run('update carers.own_children set adult_id = $2 where id = $1', [id, adultId]);
}

export async function insertConcern(op: Op, familyId: string, kind: string, on: CivilDate, suspensionId: string | null): Promise<string> {
  const id = newId();
  await op.tx.run('insert into carers.concerns (id, family_id, kind, on_day, suspension_id) values ($1, $2, $3, $4, $5)', [id, familyId, kind, on, suspensionId]);
  return id;
}

export async function insertExemption(
  op: Op,
  exemption: { readonly familyId: string; readonly from: CivilDate; readonly to: CivilDate; readonly reason: string; readonly citation: string },
): Promise<string> {
  const id = newId();
  await op.tx.run(
    'insert into carers.exemptions (id, family_id, during, reason, citation, granted_on, granted_by) values ($1, $2, daterange($3, $4), $5, $6, $7, $8)',
    [id, exemption.familyId, exemption.from, exemption.to, exemption.reason, exemption.citation, op.today, actorId(op)],
  );
  return id;
}

export interface ExemptionRow {
  readonly family_id: string;
  readonly id: string;
  readonly starts: CivilDate;
  readonly ends: CivilDate;
  readonly ended_on: CivilDate | null;
  readonly reason: string;
  readonly citation: string;
  readonly granted_on: CivilDate;
}

/** The exemptions of each family, the latest first, at most 20. */
export const exemptionsOf = defineLoader<ExemptionRow[]>('exemptions', async (op, ids) => {
  const rows = await op.tx.rows<ExemptionRow>(
    `select e.* from unnest($1::uuid[]) as f (id) cross join lateral
       (select family_id, id, lower(during) as starts, upper(during) as ends, ended_on, reason, citation, granted_on from carers.exemptions where family_id = f.id order by lower(during) desc, id limit 20) e`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});

export interface OwnChildRow {
  readonly family_id: string;
  readonly id: string;
  readonly name_km: string | null;
  readonly name_latin: string | null;
  readonly sex: string;
  readonly birth_date: CivilDate;
  readonly birth_precision: string;
  readonly since: CivilDate;
  readonly left_on: CivilDate | null;
  readonly adult_id: string | null;
}

/** The own children of each family by birth, at most 20. */
export const ownChildrenOf = defineLoader<OwnChildRow[]>('own_children', async (op, ids) => {
  const rows = await op.tx.rows<OwnChildRow>(
    `select c.* from unnest($1::uuid[]) as f (id) cross join lateral
       (select family_id, id, name_km, name_latin, sex, birth_date, birth_precision, lower(during) as since, upper(during) as left_on, adult_id from carers.own_children where family_id = f.id order by birth_date, id limit 20) c`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});
