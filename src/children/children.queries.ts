import type { BirthPrecision } from '../kernel/age.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { recordReads } from '../platform/audit/acts.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { LoaderDefinition, RequestContext } from '../platform/graphql/context.js';
import { FACTS } from './children.repo.js';
import type { ChildFacts } from './children.repo.js';

/** Children by id, of those row security lets through. To be read only as an opened file, by {@link opened}. */
export async function childrenById(op: Op, ids: readonly string[]): Promise<(ChildFacts | undefined)[]> {
  return inOrder(ids, await op.tx.rows<ChildFacts>(`select ${FACTS} from children.children c where c.id = any ($1::uuid[])`, [ids]), (row) => row.id);
}

/** Reads a batch and writes, in the same transaction, whose file was opened, which part of it, and by which operation. */
export function opened<T>(kind: string, request: RequestContext, read: (op: Op, ids: readonly string[]) => Promise<readonly (T | undefined)[]>): LoaderDefinition<T> {
  return defineLoader<T>(kind, async (op, ids) => {
    const values = await read(op, ids);
    await recordReads(op, kind, ids.filter((_, at) => values[at] !== undefined), request.operation);
    return values;
  });
}

/** What a list shows of a child. */
export interface SummaryRow {
  readonly id: string;
  readonly number: number;
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly sex: 'female' | 'male';
  readonly birthDate: CivilDate;
  readonly birthPrecision: BirthPrecision;
  readonly diedOn: CivilDate | null;
  readonly institutionId: string | null;
}

/** Columns of {@link SummaryRow}, for a table called `c`. */
export const SUMMARY = `c.id, c.number, c.name_km as "nameKm", c.name_latin as "nameLatin", c.sex, c.birth_date as "birthDate", c.birth_precision as "birthPrecision",
  c.died_on as "diedOn", c.institution_id as "institutionId"`;

/**
 * Children of these places, and those shared with them, the latest registered first; `after` is the number of the last
 * one seen. Row security says the same again, but only a list of known length lets the planner choose between the few
 * children of a district (1 ms over 200,000 children instead of 90) and walking down the numbers of the country.
 */
export async function listChildren(
  op: Op,
  places: { readonly offices: readonly string[]; readonly institutions: readonly string[] },
  only: { readonly institutionId: string | null; readonly officeId: string | null },
  after: readonly (string | number | null)[] | undefined,
  limit: number,
): Promise<SummaryRow[]> {
  const [number = null] = after ?? [];
  return op.tx.rows<SummaryRow>(
    `select ${SUMMARY} from children.children c
     where (c.office_id = any ($5::uuid[]) or c.origin_office_id = any ($5::uuid[]) or c.institution_id = any ($6::uuid[]) or c.id = any (array(select children.shared_ids())))
       and ($1::uuid is null or c.institution_id = $1) and ($2::uuid is null or c.office_id = $2) and ($3::int is null or c.number < $3)
     order by c.number desc limit $4`,
    [only.institutionId, only.officeId, number, limit, places.offices, places.institutions],
  );
}

/** A sibling group as decisions need it. */
export interface SiblingGroupFacts {
  readonly groupId: string;
  /** How many belong to it, whoever may see them. */
  readonly members: number;
  /** Those the actor sees, in the order of their ids. */
  readonly children: readonly { readonly childId: string; readonly wishTogether: boolean | null }[];
}

const GROUP = `(select jsonb_build_object('groupId', g.id, 'members', g.members, 'children', (
    select jsonb_agg(jsonb_build_object('childId', s.child_id, 'wishTogether', s.wish_together) order by s.child_id) from children.siblings s where s.group_id = g.id))
  from children.siblings own join children.sibling_groups g on g.id = own.group_id where own.child_id = c.id and g.members > 1)`;

/** The sibling group of one child. */
export async function readSiblingGroup(op: Op, childId: string): Promise<SiblingGroupFacts | undefined> {
  const row = await op.tx.row<{ group: SiblingGroupFacts | null }>(`select ${GROUP} as "group" from children.children c where c.id = $1`, [childId]);
  return row?.group ?? undefined;
}

/** The sibling groups of many children, for the file. */
export const siblingGroupOf = defineLoader<SiblingGroupFacts>('siblingGroup', async (op, ids) => {
  const rows = await op.tx.rows<{ id: string; group: SiblingGroupFacts | null }>(`select c.id, ${GROUP} as "group" from children.children c where c.id = any ($1::uuid[])`, [ids]);
  return inOrder(ids, rows, (row) => row.id).map((row) => row?.group ?? undefined);
});

/** Summaries by id. */
export async function summariesById(op: Op, ids: readonly string[]): Promise<(SummaryRow | undefined)[]> {
  return inOrder(ids, await op.tx.rows<SummaryRow>(`select ${SUMMARY} from children.children c where c.id = any ($1::uuid[])`, [ids]), (row) => row.id);
}

/** What matching compares of a child. */
export interface MatchingFacts {
  readonly id: string;
  readonly number: number;
  readonly sex: 'female' | 'male';
  readonly birthDate: CivilDate;
  readonly birthPrecision: BirthPrecision;
  readonly officeId: string;
  readonly institutionId: string | null;
  readonly homeAreaCode: string | null;
  readonly languages: readonly string[];
  readonly religion: string | null;
  readonly diedOn: CivilDate | null;
  readonly needs: readonly { readonly kind: string; readonly level: number }[];
  readonly contactRisks: readonly { readonly familyId: string | null; readonly adultName: string | null; readonly areaCode: string | null }[];
  /** Families she does not want to live with. */
  readonly objections: readonly string[];
  readonly relatives: readonly { readonly relation: string; readonly whereabouts: string; readonly areaCode: string | null; readonly contact: string | null }[];
  readonly siblings: SiblingGroupFacts | null;
}

/** Matching facts as of today, in the order of the ids' rows; a child the actor does not see is left out. */
export async function readMatchingFacts(op: Op, childIds: readonly string[]): Promise<MatchingFacts[]> {
  const part = (fields: string, from: string, order: string): string => `(select coalesce(jsonb_agg(${fields} order by ${order}), '[]') from ${from} p where p.child_id = c.id`;
  return op.tx.rows<MatchingFacts>(
    `select c.id, c.number, c.sex, c.birth_date as "birthDate", c.birth_precision as "birthPrecision", c.office_id as "officeId", c.institution_id as "institutionId",
       c.home_area_code as "homeAreaCode", c.languages, c.religion, c.died_on as "diedOn",
       ${part(`jsonb_build_object('kind', p.kind, 'level', p.level)`, 'children.needs', 'p.kind')} and p.during @> $2::date) as needs,
       ${part(`jsonb_build_object('familyId', p.family_id, 'adultName', p.adult_name, 'areaCode', p.area_code)`, 'children.contact_risks', 'p.id')} and p.during @> $2::date) as "contactRisks",
       ${part('p.family_id', 'children.objections', 'p.family_id')}) as objections,
       ${part(`jsonb_build_object('relation', p.relation, 'whereabouts', p.whereabouts, 'areaCode', p.area_code, 'contact', p.contact)`, 'children.relatives', 'p.id')}) as relatives,
       ${GROUP} as siblings
     from children.children c where c.id = any ($1::uuid[]) order by c.id`,
    [childIds, op.today],
  );
}
