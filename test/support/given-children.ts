import { newId } from '../../src/kernel/ids.js';
import { nameKeys } from '../../src/kernel/khmer.js';
import type { Harness } from './harness.js';
import { arrangeInstitution, arrangeOffices } from './people.js';

/** What a test says about a child; the rest is a girl of twelve in an institution of Battambang town. */
export interface GivenChild {
  /** Where she lives; null: not in an institution (then name the office). */
  readonly institution?: string | null;
  readonly office?: string;
  readonly originOffice?: string | null;
  readonly nameKm?: string | null;
  readonly nameLatin?: string | null;
  readonly sex?: 'female' | 'male';
  readonly birthDate?: string;
  readonly birthPrecision?: 'day' | 'month' | 'year' | 'estimated';
  readonly homeArea?: string | null;
  readonly languages?: readonly string[];
  readonly firstSeenOn?: string;
  readonly diedOn?: string | null;
}

/** A child as the tests know her. */
export interface Given {
  readonly id: string;
  readonly number: number;
  readonly institutionId: string | null;
  readonly officeId: string;
}

/** A registered child, written by the owner: no act, no care period, no episode. */
export async function registeredChild(harness: Harness, given: GivenChild = {}): Promise<Given> {
  const institutionId = given.institution === undefined ? await arrangeInstitution(harness) : given.institution;
  const officeId = given.office ?? (await officeOf(harness, institutionId));
  const id = newId();
  const nameKm = given.nameKm === undefined ? 'ចាន់ ស្រីនាង' : given.nameKm;
  const nameLatin = given.nameLatin === undefined ? 'Chan Sreyneang' : given.nameLatin;
  const [row] = await harness.sql<{ number: number }>(
    `insert into children.children (id, name_km, name_latin, sex, birth_date, birth_precision, birth_basis, office_id, origin_office_id, institution_id,
       home_area_code, languages, died_on, registered_on, first_seen_on, last_seen_on)
     values ($1, $2, $3, $4, $5, $6, 'told_by_others', $7, $8, $9, $10, $11, $12, $13, $13, $13) returning number`,
    [id, nameKm, nameLatin, given.sex ?? 'female', given.birthDate ?? '2014-02-11', given.birthPrecision ?? 'day', officeId, given.originOffice ?? null, institutionId,
      given.homeArea ?? null, given.languages ?? ['khm'], given.diedOn ?? null, given.firstSeenOn ?? '2026-05-04'],
  );
  await harness.sql('insert into children.name_keys (child_id, key) select $1, unnest($2::text[])', [id, nameKeys(nameKm, nameLatin)]);
  return { id, number: row?.number ?? 0, institutionId, officeId };
}

/** Children of one institution who are siblings. */
export async function withSiblings(harness: Harness, count: number, given: GivenChild = {}): Promise<Given[]> {
  const institution = given.institution === undefined ? await arrangeInstitution(harness) : given.institution;
  const made: Given[] = [];
  for (let n = 0; n < count; n += 1) made.push(await registeredChild(harness, { nameLatin: `Chan Sibling ${n + 1}`, ...given, institution, birthDate: `${2010 + n}-03-0${(n % 9) + 1}` }));
  await siblings(harness, made.map(({ id }) => id));
  return made;
}

/** Makes these children one sibling group. Gives its id. */
export async function siblings(harness: Harness, childIds: readonly string[], wishTogether = true): Promise<string> {
  const group = newId();
  await harness.sql('insert into children.sibling_groups (id, members) values ($1, $2)', [group, childIds.length]);
  await harness.sql('insert into children.siblings (child_id, group_id, wish_together) select unnest($1::uuid[]), $2, $3', [childIds, group, wishTogether]);
  return group;
}

/** Gives a child a need from a day on. */
export async function need(harness: Harness, childId: string, kind: string, level = 2, from = '2026-05-04'): Promise<void> {
  await harness.sql(`insert into children.needs (id, child_id, kind, level, during) values ($1, $2, $3, $4, daterange($5::date, null))`, [newId(), childId, kind, level, from]);
}

/** Says whom a child must not meet, from a day on. */
export async function contactRisk(harness: Harness, childId: string, whom: { familyId?: string; adultName?: string; areaCode?: string }, from = '2026-05-04'): Promise<string> {
  const id = newId();
  await harness.sql(
    `insert into children.contact_risks (id, child_id, family_id, adult_name, area_code, during, reason) values ($1, $2, $3, $4, $5, daterange($6::date, null), 'Told in confidence.')`,
    [id, childId, whom.familyId ?? null, whom.adultName ?? null, whom.areaCode ?? null, from],
  );
  return id;
}

/** Records that a child does not want to live with a family. */
export async function objection(harness: Harness, childId: string, familyId: string, on = '2026-05-20'): Promise<void> {
  await harness.sql('insert into children.objections (child_id, family_id, on_day) values ($1, $2, $3)', [childId, familyId, on]);
}

/** Opens a child's file to one more office from a day on. */
export async function sharedWith(harness: Harness, childId: string, officeId: string, from = '2026-05-04', until: string | null = null): Promise<void> {
  await harness.sql(`insert into children.shares (id, child_id, office_id, during, why) values ($1, $2, $3, daterange($4::date, $5::date), 'transition')`, [newId(), childId, officeId, from, until]);
}

async function officeOf(harness: Harness, institutionId: string | null): Promise<string> {
  if (institutionId === null) return (await arrangeOffices(harness)).battambangTown;
  const [row] = await harness.sql<{ office_id: string }>('select office_id from institutions.institutions where id = $1', [institutionId]);
  if (row === undefined) throw new Error(`There is no institution ${institutionId}.`);
  return row.office_id;
}
