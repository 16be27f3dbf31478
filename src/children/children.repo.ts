import type { BirthPrecision } from '../kernel/age.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { nameKeys } from '../kernel/khmer.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { ChildEntity } from './child.entity.js';

/** What decisions about a child need to know of her. */
export interface ChildFacts {
  readonly id: string;
  readonly number: number;
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly sex: 'female' | 'male';
  readonly birthDate: CivilDate;
  readonly birthPrecision: BirthPrecision;
  readonly birthBasis: string;
  readonly officeId: string;
  readonly originOfficeId: string | null;
  readonly institutionId: string | null;
  readonly homeAreaCode: string | null;
  readonly religion: string | null;
  readonly languages: readonly string[];
  readonly mainReason: string | null;
  readonly reasons: readonly string[];
  readonly parentalStatus: string;
  readonly civilRegistration: string;
  readonly disability: boolean | null;
  readonly diedOn: CivilDate | null;
  readonly registeredOn: CivilDate;
  readonly firstSeenOn: CivilDate;
  readonly lastSeenOn: CivilDate;
  readonly version: number;
  /** Is the file shared today with an office of the actor? */
  readonly shared: boolean;
}

/** Columns of {@link ChildFacts}, for a table called `c`. */
export const FACTS = `c.id, c.number, c.name_km as "nameKm", c.name_latin as "nameLatin", c.sex, c.birth_date as "birthDate", c.birth_precision as "birthPrecision",
  c.birth_basis as "birthBasis", c.office_id as "officeId", c.origin_office_id as "originOfficeId", c.institution_id as "institutionId",
  c.home_area_code as "homeAreaCode", c.religion, c.languages, c.main_reason as "mainReason", c.reasons, c.parental_status as "parentalStatus",
  c.civil_registration as "civilRegistration", c.disability, c.died_on as "diedOn", c.registered_on as "registeredOn", c.first_seen_on as "firstSeenOn",
  c.last_seen_on as "lastSeenOn", c.version, c.id = any (array(select children.shared_ids())) as shared`;

/** Locks children that the actor sees, always in the order of their ids. Those she does not see are not among the answer. */
export async function lockChildRows(op: Op, ids: readonly string[]): Promise<ChildFacts[]> {
  return op.tx.rows<ChildFacts>(`select ${FACTS} from children.children c where c.id = any ($1::uuid[]) order by c.id for no key update`, [[...new Set(ids)]]);
}

export async function insertChild(op: Op, child: Omit<ChildEntity, 'id' | 'number' | 'version'>): Promise<string> {
  const id = newId();
  await op.tx.insert(ChildEntity, { id, ...child, version: 1 });
  await replaceNameKeys(op, id, child.nameKm, child.nameLatin);
  return id;
}

/** What the form of a child may change. */
export type Description = Pick<
  ChildEntity,
  'nameKm' | 'nameLatin' | 'sex' | 'birthDate' | 'birthPrecision' | 'birthBasis' | 'homeAreaCode' | 'religion' | 'languages' | 'civilRegistration' | 'disability' | 'mainReason' | 'reasons' | 'parentalStatus'
>;

/** Writes changed fields and the next version; a home area that does not exist is AREA_UNKNOWN. */
export async function changeChild(op: Op, child: ChildFacts, changes: Partial<Description>): Promise<void> {
  await refuseWhenBroken(op.tx.update(ChildEntity, child.id, { ...changes, version: child.version + 1 }), { children_home_area_code_fkey: 'AREA_UNKNOWN' });
  if (changes.nameKm === undefined && changes.nameLatin === undefined) return;
  await replaceNameKeys(op, child.id, changes.nameKm === undefined ? child.nameKm : changes.nameKm, changes.nameLatin === undefined ? child.nameLatin : changes.nameLatin);
}

/** Which fields the last `count` edits of a child changed. */
export async function changedLately(op: Op, childId: string, edits: readonly string[], count: number): Promise<string[]> {
  const rows = await op.tx.rows<{ field: string }>(
    `select distinct unnest(changed) as field from (
       select changed from platform.acts where subject_id = $1 and act = any ($2::text[]) and cardinality(changed) > 0 order by at desc, seq desc limit $3) as latest
     order by field`,
    [childId, edits, count],
  );
  return rows.map(({ field }) => field);
}

/** Writes the keys by which she is found, with her name and in its transaction. */
async function replaceNameKeys(op: Op, childId: string, nameKm: string | null, nameLatin: string | null): Promise<void> {
  await op.tx.run('delete from children.name_keys where child_id = $1', [childId]);
  await op.tx.run('insert into children.name_keys (child_id, key) select $1, unnest($2::text[])', [childId, nameKeys(nameKm, nameLatin)]);
}

/** Says where she lives now. */
export async function moveChild(op: Op, childId: string, institutionId: string | null, officeId: string): Promise<void> {
  await op.tx.run('update children.children set institution_id = $2, office_id = $3 where id = $1', [childId, institutionId, officeId]);
}

export async function insertShare(op: Op, childId: string, officeId: string, from: CivilDate, until: CivilDate | null, why: string): Promise<void> {
  await op.tx.run('insert into children.shares (id, child_id, office_id, during, why) values ($1, $2, $3, daterange($4::date, $5::date), $6)', [newId(), childId, officeId, from, until, why]);
}

/** Ends a share that was given for this reason: at once, or with the day on which it was given. */
export async function endShare(op: Op, childId: string, officeId: string, why: string): Promise<void> {
  await op.tx.run(
    `update children.shares set during = daterange(lower(during), greatest(lower(during) + 1, $4::date))
     where child_id = $1 and office_id = $2 and why = $3 and (upper_inf(during) or upper(during) > greatest(lower(during) + 1, $4::date))`,
    [childId, officeId, why, op.today],
  );
}

export async function setOrigin(op: Op, childId: string, officeId: string): Promise<void> {
  await op.tx.run('update children.children set origin_office_id = $2 where id = $1', [childId, officeId]);
}

export async function setSeen(op: Op, childId: string, on: CivilDate): Promise<void> {
  await op.tx.run('update children.children set last_seen_on = $2 where id = $1 and last_seen_on < $2', [childId, on]);
}

export async function setDeath(op: Op, childId: string, on: CivilDate): Promise<void> {
  await op.tx.run('update children.children set died_on = $2 where id = $1', [childId, on]);
}
