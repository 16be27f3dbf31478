import type { BirthPrecision } from '../kernel/age.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { nameKeys } from '../kernel/khmer.js';
import type { Op } from '../platform/database/op.js';
import type { Household, Suspension } from './family.domain.js';
import { AdultEntity, FamilyEntity } from './family.entity.js';

/** An adult who lives in the home. */
export interface NewAdult {
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly sex: 'female' | 'male';
  readonly birthDate: CivilDate;
  readonly birthPrecision: BirthPrecision;
  readonly carer: boolean;
}

/** A household as it is first known. */
export interface NewFamily {
  readonly kind: 'foster' | 'kinship' | 'family_house';
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly phone: string | null;
  readonly areaCode: string;
  readonly officeId: string;
  readonly languages: readonly string[];
  readonly religion: string | null;
  readonly ownChildren: number;
  readonly on: CivilDate;
  readonly adults: readonly NewAdult[];
}

/** Writes a family and every adult of the home. Gives the family's id. */
export async function insertFamily(op: Op, family: NewFamily): Promise<string> {
  const id = newId();
  const { adults, on, languages, ...rest } = family;
  await op.tx.insert(FamilyEntity, { id, ...rest, languages: [...languages], experience: [], openedOn: on, version: 1 });
  await op.tx.insert(
    AdultEntity,
    // An adult may be younger than the household's record; living there begins when it is recorded.
    adults.map((adult) => ({ id: newId(), familyId: id, officeId: family.officeId, ...adult, during: `[${on},)` })),
  );
  await writeKeys(op, id);
  return id;
}

/** Writes an adult who lives in the home from that day. Gives her id. */
export async function insertAdult(op: Op, familyId: string, officeId: string, adult: NewAdult, from: CivilDate): Promise<string> {
  const id = newId();
  await op.tx.insert(AdultEntity, { id, familyId, officeId, ...adult, during: `[${from},)` });
  await writeKeys(op, familyId);
  return id;
}

/** An adult with her family, locked. */
export async function lockAdult(op: Op, id: string): Promise<({ readonly family_id: string; readonly carer: boolean } & DayRange) | undefined> {
  return op.tx.row<{ family_id: string; carer: boolean } & DayRange>(
    `select family_id, carer, lower(during) as "from", upper(during) as "to" from carers.adults where id = $1 for no key update`,
    [id],
  );
}

/** The family of an adult, without a lock. */
export async function familyOfAdult(op: Op, adultId: string): Promise<string | undefined> {
  return (await op.tx.row<{ family_id: string }>('select family_id from carers.adults where id = $1', [adultId]))?.family_id;
}

export async function endAdult(op: Op, id: string, on: CivilDate): Promise<void> {
  await op.tx.run('update carers.adults set during = daterange(lower(during), $2) where id = $1', [id, on]);
  // Who grew up here is written twice; she left once.
  await op.tx.run('update carers.own_children set during = daterange(lower(during), greatest($2, lower(during) + 1)) where adult_id = $1 and upper_inf(during)', [id, on]);
}

/** What is written of a household, with its version. */
export async function householdOf(op: Op, id: string): Promise<(Household & { readonly id: string; readonly version: number }) | undefined> {
  return op.tx.row<Household & { id: string; version: number }>(
    `select id, version, name_km as "nameKm", name_latin as "nameLatin", phone, area_code as "areaCode", languages, religion, own_children as "ownChildren",
            experience, school_area_code as "schoolAreaCode", sleeping_places as "sleepingPlaces" from carers.families where id = $1`,
    [id],
  );
}

/** Writes a household anew. Whose it is follows its address, by `handOver`. */
export async function updateHousehold(op: Op, id: string, after: Household): Promise<void> {
  await op.tx.run(
    `update carers.families set name_km = $2, name_latin = $3, phone = $4, area_code = $5, languages = $6, religion = $7, own_children = $8, experience = $9,
       school_area_code = $10, sleeping_places = $11, version = version + 1 where id = $1`,
    [id, after.nameKm, after.nameLatin, after.phone, after.areaCode, after.languages, after.religion, after.ownChildren, after.experience, after.schoolAreaCode, after.sleepingPlaces],
  );
  await writeKeys(op, id);
}

export async function closeFamily(op: Op, id: string, on: CivilDate, why: string): Promise<void> {
  await op.tx.run('update carers.families set closed_on = $2, closed_why = $3, version = version + 1 where id = $1', [id, on, why]);
}

/** The suspensions of a family. */
export async function suspensionsOf(op: Op, familyId: string): Promise<Suspension[]> {
  return op.tx.rows<Suspension>(
    `select id, source_id as "sourceId", reason, lower(during) as "from", upper(during) as "to" from carers.standings where family_id = $1 and code = 'suspension' order by during, id`,
    [familyId],
  );
}

/** Ends one standing on a day; one that began on that very day is gone. */
export async function endOne(op: Op, standingId: string, on: CivilDate): Promise<void> {
  await op.tx.run('delete from carers.standings where id = $1 and lower(during) >= $2::date', [standingId, on]);
  await op.tx.run('update carers.standings set during = daterange(lower(during), $2) where id = $1', [standingId, on]);
}

/** Until which day an adult of an approved family may still be checked. */
export async function setCheckDue(op: Op, adultId: string, due: CivilDate): Promise<void> {
  await op.tx.run('update carers.adults set check_due_on = greatest($2, lower(during)) where id = $1', [adultId, due]);
}

/** The days of grace of an adult end on a day, where they had not ended yet. */
export async function cutCheckDue(op: Op, adultId: string, on: CivilDate): Promise<void> {
  await op.tx.run('update carers.adults set check_due_on = greatest($2, lower(during)) where id = $1 and check_due_on > $2', [adultId, on]);
}

/** Is the family approved on that day? */
export async function approvedOn(op: Op, familyId: string, on: CivilDate): Promise<boolean> {
  return (await op.tx.row(`select from carers.standings where family_id = $1 and code = 'approval' and during @> $2::date`, [familyId, on])) !== undefined;
}

/** Writes a suspension as a fact; the standing that follows from it carries its id as source. */
export async function insertSuspension(op: Op, familyId: string, reason: string, on: CivilDate): Promise<string> {
  const id = newId();
  await op.tx.run('insert into carers.suspensions (id, family_id, reason, from_on) values ($1, $2, $3, $4)', [id, familyId, reason, on]);
  return id;
}

/** The suspension no longer holds from a day on. */
export async function liftSuspension(op: Op, id: string, on: CivilDate): Promise<void> {
  await op.tx.run('update carers.suspensions set lifted_on = $2 where id = $1', [id, on]);
}

/** Under what a family is found: the names of the household and of everybody who lives or lived in it. */
async function writeKeys(op: Op, familyId: string): Promise<void> {
  const names = await op.tx.rows<{ name_km: string | null; name_latin: string | null }>(
    `select name_km, name_latin from carers.families where id = $1 union select name_km, name_latin from carers.adults where family_id = $1`,
    [familyId],
  );
  const keys = [...new Set(names.flatMap(({ name_km, name_latin }) => nameKeys(name_km, name_latin)))];
  await op.tx.run('delete from carers.family_keys where family_id = $1 and key <> all ($2::text[])', [familyId, keys]);
  await op.tx.run('insert into carers.family_keys (family_id, key) select $1, key from unnest($2::text[]) as key on conflict do nothing', [familyId, keys]);
}
