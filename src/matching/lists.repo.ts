import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import type { CareKind } from '../placements/suitability.domain.js';
import type { Sifted } from './matching.domain.js';
import { METHOD } from './ranking.domain.js';
import type { AskedGroup, FactorValue, RankedFamily, Weights } from './ranking.domain.js';

/** A family of a list: ranked, or a former carer apart and unscored. */
export interface NewEntry {
  readonly rank: number | null;
  readonly score: number | null;
  readonly family: RankedFamily;
  readonly factors: readonly FactorValue[];
}

/** Everything that a list keeps. */
export interface NewList {
  readonly id: string;
  readonly childId: string;
  readonly officeId: string;
  readonly startsOn: CivilDate;
  readonly careKind: CareKind;
  readonly emergency: boolean;
  readonly gatekeepingComplete: boolean;
  readonly apartReason: string | null;
  readonly weights: { readonly version: number; readonly weights: Weights };
  readonly asked: AskedGroup;
  readonly kin: readonly string[];
  readonly searched: number;
  readonly eligible: number;
  readonly failedRules: readonly object[];
  readonly entries: readonly NewEntry[];
  readonly excluded: Sifted['excluded'];
}

/** Writes a list with its families, each part in one statement. */
export async function insertList(op: Op, list: NewList, of: ReadonlyMap<string, { readonly number: number; readonly communeCode: string }>): Promise<void> {
  await op.tx.run(
    `insert into matching.lists (id, child_id, office_id, asked_by, asked_on, starts_on, care_kind, emergency, gatekeeping_complete, apart_reason, method, weights_version, weights, asked,
       kin_relative_ids, searched, eligible, failed_rules)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      list.id, list.childId, list.officeId, actorId(op), op.today, list.startsOn, list.careKind, list.emergency, list.gatekeepingComplete, list.apartReason, METHOD, list.weights.version,
      JSON.stringify(list.weights.weights), JSON.stringify(list.asked), list.kin, list.searched, list.eligible, JSON.stringify(list.failedRules),
    ],
  );
  const entries = list.entries.map(({ rank, score, family, factors }) => ({ family_id: family.id, rank, score, places_for_all: family.placesForAll, facts: family, factors }));
  await op.tx.run(
    `insert into matching.entries (list_id, family_id, rank, score, places_for_all, facts, factors)
     select $1, family_id, rank, score, places_for_all, facts, factors
     from jsonb_to_recordset($2::jsonb) as e (family_id uuid, rank int, score int, places_for_all boolean, facts jsonb, factors jsonb)`,
    [list.id, JSON.stringify(entries)],
  );
  const excluded = list.excluded.map(({ id, failures }) => ({ family_number: of.get(id)?.number, area_code: of.get(id)?.communeCode, failures }));
  await op.tx.run(
    `insert into matching.exclusions (list_id, family_number, area_code, failures)
     select $1, family_number, area_code, failures from jsonb_to_recordset($2::jsonb) as e (family_number int, area_code text, failures jsonb)`,
    [list.id, JSON.stringify(excluded)],
  );
}

/** A list as a proposal needs it. */
export interface KnownList {
  readonly id: string;
  readonly childId: string;
  readonly childIds: string[];
  readonly askedOn: CivilDate;
  readonly startsOn: CivilDate;
  readonly careKind: CareKind;
  readonly emergency: boolean;
}

/** A list of a child whom the actor may see. */
export async function findList(op: Op, id: string): Promise<KnownList | undefined> {
  return op.tx.row<KnownList>(
    `select id, child_id as "childId", array(select jsonb_path_query(asked, '$.children[*].id') #>> '{}') as "childIds", asked_on as "askedOn", starts_on as "startsOn",
       care_kind as "careKind", emergency from matching.lists where id = $1`,
    [id],
  );
}

/** A family of a list, and whether it stands at the top: a former carer where there is one, else the first by rank. */
export async function findEntry(op: Op, listId: string, familyId: string): Promise<{ readonly factors: FactorValue[]; readonly rank: number | null; readonly first: boolean } | undefined> {
  return op.tx.row(
    `select factors, rank, rank is null or (rank = 1 and not exists (select from matching.entries f where f.list_id = e.list_id and f.rank is null)) as first
     from matching.entries e where list_id = $1 and family_id = $2`,
    [listId, familyId],
  );
}
