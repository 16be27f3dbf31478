import type { BirthPrecision } from '../kernel/age.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { numberSetting } from '../platform/settings.js';
import type { ChildFacts, FamilyFacts, Limits, Occupant } from './suitability.domain.js';

/** What the hard rules read, as of one day. */
export interface SuitabilityFacts {
  /** By child id; a child the actor does not see is left out. */
  readonly children: ReadonlyMap<string, ChildFacts>;
  /** By family id, of every office. */
  readonly families: ReadonlyMap<string, FamilyFacts>;
  readonly limits: Limits;
}

interface ChildRow {
  readonly id: string;
  readonly sex: 'female' | 'male';
  readonly birth_date: CivilDate;
  readonly birth_precision: BirthPrecision;
  readonly languages: string[];
  readonly needs: ChildFacts['needs'];
  readonly gatekeeping_complete: boolean;
  readonly group_id: string | null;
  readonly risks: ChildFacts['risks'];
  readonly objections: string[];
}

type FamilyRow = Omit<FamilyFacts, 'occupants'> & { readonly occupants: readonly (Occupant & { readonly expiresAt: string | null })[] };

/** Gathers what the hard rules read of these children and families on a start day. Under lock where a decision follows. */
export async function suitabilityFacts(op: Op, childIds: readonly string[], familyIds: readonly string[], on: CivilDate): Promise<SuitabilityFacts> {
  const rows = await childRows(op, childIds, on);
  const dangerous = rows.flatMap(({ risks }) => risks.flatMap(({ familyId }) => (familyId === null ? [] : [familyId])));
  const gathered = await familyRows(op, [...new Set([...familyIds, ...dangerous])], on, childIds);
  const communes = new Map(gathered.map(({ id, communeCode }) => [id, communeCode]));
  const wanted = new Set(familyIds);
  return {
    children: new Map(rows.map((row) => [row.id, toChild(row, communes)])),
    families: new Map(gathered.filter(({ id }) => wanted.has(id)).map((family) => [family.id, toFamily(family, op.now)])),
    limits: await limitsOn(op, on),
  };
}

async function childRows(op: Op, ids: readonly string[], on: CivilDate): Promise<ChildRow[]> {
  return op.tx.rows<ChildRow>(
    `select c.id, c.sex, c.birth_date, c.birth_precision, c.languages, s.group_id,
       (select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'level', n.level) order by n.kind), '[]') from children.needs n where n.child_id = c.id and n.during @> $2::date) as needs,
       coalesce((select g.state = 'complete' from placements.gatekeepings g where g.child_id = c.id order by g.opened_on desc, g.id desc limit 1), false) as gatekeeping_complete,
       (select coalesce(jsonb_agg(jsonb_build_object('familyId', r.family_id, 'areaCode', r.area_code) order by r.id), '[]') from children.contact_risks r
        where r.child_id = c.id and coalesce(upper(r.during), 'infinity') > $2::date) as risks,
       array(select o.family_id from children.objections o where o.child_id = c.id order by o.family_id) as objections
     from children.children c left join children.siblings s on s.child_id = c.id where c.id = any ($1::uuid[]) order by c.id`,
    [ids, on],
  );
}

async function familyRows(op: Op, ids: readonly string[], on: CivilDate, childIds: readonly string[]): Promise<FamilyRow[]> {
  const rows = await op.tx.rows<{ facts: FamilyRow }>('select facts from placements.family_facts($1::uuid[], $2, $3::uuid[])', [ids, on, childIds]);
  return rows.map(({ facts }) => facts);
}

function toChild(row: ChildRow, communes: ReadonlyMap<string, string>): ChildFacts {
  return {
    id: row.id,
    birth: { date: row.birth_date, precision: row.birth_precision },
    sex: row.sex,
    languages: row.languages,
    needs: row.needs,
    gatekeepingComplete: row.gatekeeping_complete,
    siblingGroupId: row.group_id,
    // Who lives in one commune with somebody she must not meet, meets him.
    risks: row.risks.map(({ familyId, areaCode }) => ({ familyId, areaCode: areaCode ?? communes.get(familyId ?? '') ?? null })),
    objections: row.objections,
  };
}

function toFamily(row: FamilyRow, now: Date): FamilyFacts {
  return { ...row, occupants: row.occupants.filter(({ expiresAt }) => expiresAt === null || new Date(expiresAt) > now) };
}

async function limitsOn(op: Op, on: CivilDate): Promise<Limits> {
  const read = (name: string): Promise<number> => numberSetting(op, `placements.${name}`, on);
  return {
    fosterLimit: await read('foster_limit'),
    familyHouseLimit: await read('family_house_limit'),
    familyHouseUnderThrees: await read('family_house_under_threes'),
    ageGap: await read('age_gap'),
    languageFromAge: await read('language_from_age'),
    needLevelInTerms: await read('need_level_in_terms'),
  };
}
