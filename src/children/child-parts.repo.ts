import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { BasisDays, NeedChanges, StandingNeed } from './child.domain.js';
import { RelativeEntity } from './child.entity.js';

/** The needs that a locked child has, and those that begin later. */
export async function standingNeeds(op: Op, childId: string, on: CivilDate): Promise<StandingNeed[]> {
  return op.tx.rows<StandingNeed>(
    `select id, kind, level, lower(during) as "from" from children.needs where child_id = $1 and (upper_inf(during) or upper(during) > $2::date) order by kind`,
    [childId, on],
  );
}

export async function writeNeeds(op: Op, childId: string, changes: NeedChanges, on: CivilDate): Promise<void> {
  await op.tx.run('update children.needs set during = daterange(lower(during), $2::date) where id = any ($1::uuid[])', [changes.end, on]);
  await op.tx.run('delete from children.needs where id = any ($1::uuid[])', [changes.drop]);
  for (const { id, level } of changes.relevel) await op.tx.run('update children.needs set level = $2 where id = $1', [id, level]);
  for (const { kind, level } of changes.begin) {
    await op.tx.run('insert into children.needs (id, child_id, kind, level, during) values ($1, $2, $3, $4, daterange($5::date, null))', [newId(), childId, kind, level, on]);
  }
}

/** Every legal basis of a locked child. */
export async function basesOf(op: Op, childId: string): Promise<BasisDays[]> {
  return op.tx.rows<BasisDays>(`select id, kind, lower(during) as "from", upper(during) as "to" from children.legal_bases where child_id = $1 order by lower(during)`, [childId]);
}

export async function endBasis(op: Op, id: string, to: CivilDate): Promise<void> {
  await op.tx.run('update children.legal_bases set during = daterange(lower(during), $2::date) where id = $1', [id, to]);
}

/** Days of the coming three months on which nobody works. */
export async function holidaysAfter(op: Op, day: CivilDate): Promise<ReadonlySet<string>> {
  const rows = await op.tx.rows<{ day: string }>('select day from territory.holidays where day between $1::date and $1::date + 92', [day]);
  return new Set(rows.map((row) => row.day));
}

/** A legal basis as it is first written. */
export interface NewBasis {
  readonly childId: string;
  readonly kind: string;
  readonly number: string | null;
  readonly decidedOn: CivilDate | null;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

export async function insertBasis(op: Op, basis: NewBasis): Promise<string> {
  const id = newId();
  await op.tx.run('insert into children.legal_bases (id, child_id, kind, number, decided_on, during) values ($1, $2, $3, $4, $5, daterange($6::date, $7::date))', [
    id, basis.childId, basis.kind, basis.number, basis.decidedOn, basis.from, basis.to,
  ]);
  return id;
}

export async function insertRelative(op: Op, relative: Omit<RelativeEntity, 'id'>): Promise<string> {
  const id = newId();
  await refuseWhenBroken(op.tx.insert(RelativeEntity, { id, ...relative }), { relatives_area_code_fkey: 'AREA_UNKNOWN' });
  return id;
}

/** What is known of a relative of this child; undefined where she has no such relative. */
export async function findRelative(op: Op, childId: string, id: string): Promise<{ relation: string; contact: string | null } | undefined> {
  return op.tx.row<{ relation: string; contact: string | null }>('select relation, contact from children.relatives where id = $1 and child_id = $2', [id, childId]);
}

export async function changeRelative(op: Op, id: string, relative: Omit<RelativeEntity, 'id' | 'childId' | 'relation'>): Promise<void> {
  await refuseWhenBroken(op.tx.update(RelativeEntity, id, relative), { relatives_area_code_fkey: 'AREA_UNKNOWN' });
}

/** Somebody or some place a child must not meet. */
export interface NewContactRisk {
  readonly childId: string;
  readonly familyId: string | null;
  readonly adultName: string | null;
  readonly areaCode: string | null;
  readonly from: CivilDate;
  readonly until: CivilDate | null;
  readonly reason: string;
}

export async function insertContactRisk(op: Op, risk: NewContactRisk): Promise<string> {
  const id = newId();
  await refuseWhenBroken(
    op.tx.run('insert into children.contact_risks (id, child_id, family_id, adult_name, area_code, during, reason) values ($1, $2, $3, $4, $5, daterange($6::date, $7::date), $8)', [
      id, risk.childId, risk.familyId, risk.adultName, risk.areaCode, risk.from, risk.until, risk.reason,
    ]),
    { contact_risks_area_code_fkey: 'AREA_UNKNOWN' },
  );
  return id;
}

/** Is there such a family among those the actor sees? */
export async function seesFamily(op: Op, familyId: string): Promise<boolean> {
  return (await op.tx.row('select id from carers.families where id = $1', [familyId])) !== undefined;
}

export async function insertView(op: Op, view: { childId: string; heardOn: CivilDate; heardBy: string; alone: boolean; text: string }): Promise<string> {
  const id = newId();
  await op.tx.run('insert into children.views (id, child_id, heard_on, heard_by, alone, text) values ($1, $2, $3, $4, $5, $6)', [id, view.childId, view.heardOn, view.heardBy, view.alone, view.text]);
  return id;
}

export async function insertObjection(op: Op, childId: string, familyId: string, on: CivilDate): Promise<void> {
  await refuseWhenBroken(op.tx.run('insert into children.objections (child_id, family_id, on_day) values ($1, $2, $3)', [childId, familyId, on]), { objections_pkey: 'ALREADY_OBJECTED' });
}
