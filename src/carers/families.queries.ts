import type { CivilDate } from '../kernel/civil-date.js';
import { recordReads } from '../platform/audit/acts.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { LoaderDefinition, RequestContext } from '../platform/graphql/context.js';

export interface FamilyRow {
  readonly id: string;
  readonly number: number;
  readonly kind: 'foster' | 'kinship' | 'family_house';
  readonly name_km: string | null;
  readonly name_latin: string | null;
  readonly phone: string | null;
  readonly area_code: string;
  readonly office_id: string;
  readonly languages: string[];
  readonly religion: string | null;
  readonly own_children: number;
  readonly experience: string[];
  readonly school_area_code: string | null;
  readonly sleeping_places: number | null;
  readonly opened_on: CivilDate;
  readonly closed_on: CivilDate | null;
  readonly closed_why: string | null;
  readonly version: number;
}

const COLUMNS = `id, number, kind, name_km, name_latin, phone, area_code, office_id, languages, religion, own_children, experience, school_area_code, sleeping_places,
  opened_on, closed_on, closed_why, version`;

/** Families' files: who opened them, and by which operation, is written in the transaction that reads them. */
export function familyFile(request: RequestContext): LoaderDefinition<FamilyRow> {
  return defineLoader<FamilyRow>('family', async (op, ids) => {
    const rows = await op.tx.rows<FamilyRow>(`select ${COLUMNS} from carers.families where id = any ($1::uuid[])`, [ids]);
    await recordReads(op, 'family', rows.map(({ id }) => id), request.operation);
    return inOrder(ids, rows, (row) => row.id);
  });
}

/** Ids of the families of the caller's offices, by id; with keys only those of whom a key is, with a number only that one. */
export async function listFamilies(
  op: Op,
  only: { readonly areaCode: string; readonly keys: readonly string[] | null; readonly number: number | null },
  after: string | null,
  limit: number,
): Promise<{ id: string }[]> {
  return op.tx.rows<{ id: string }>(
    `select id from carers.families f
     where starts_with(area_code, $1) and ($4::uuid is null or id > $4) and ($3::int is null or number = $3)
       and ($2::text[] is null or id in (select family_id from carers.family_keys where key = any ($2)))
     order by id limit $5`,
    [only.areaCode, only.keys, only.number, after, limit],
  );
}

export interface AdultRow {
  readonly id: string;
  readonly family_id: string;
  readonly name_km: string | null;
  readonly name_latin: string | null;
  readonly sex: string;
  readonly birth_date: CivilDate;
  readonly birth_precision: string;
  readonly carer: boolean;
  readonly since: CivilDate;
  readonly left_on: CivilDate | null;
}

/** The adults of each family, those who left too, in the order in which they came, at most 30. */
export const adultsOf = defineLoader<AdultRow[]>('adults', async (op, ids) => {
  const rows = await op.tx.rows<AdultRow>(
    `select a.* from unnest($1::uuid[]) as f (id) cross join lateral
       (select id, family_id, name_km, name_latin, sex, birth_date, birth_precision, carer, lower(during) as since, upper(during) as left_on
        from carers.adults where family_id = f.id order by lower(during), id limit 30) a`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});

export interface TermsRow {
  readonly id: string;
  readonly family_id: string;
  readonly starts: CivilDate;
  readonly ends: CivilDate | null;
  readonly places: number;
  readonly youngest: number;
  readonly oldest: number;
  readonly sexes: string[];
  readonly needs: string[];
  readonly care_kinds: string[];
}

/** The terms of each family, the latest first, at most 20. */
export const termsOf = defineLoader<TermsRow[]>('terms', async (op, ids) => {
  const rows = await op.tx.rows<TermsRow>(
    `select t.* from unnest($1::uuid[]) as f (id) cross join lateral
       (select id, family_id, lower(during) as starts, upper(during) as ends, places, youngest, oldest, sexes, needs, care_kinds
        from carers.approval_terms where family_id = f.id order by lower(during) desc limit 20) t`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});

export interface StandingRow {
  readonly id: string;
  readonly family_id: string;
  readonly adult_id: string | null;
  readonly code: string;
  readonly starts: CivilDate;
  readonly ends: CivilDate | null;
  readonly reason: string | null;
  readonly confidential: boolean;
}

/** The standings of each family, the latest first, at most 100. */
export const standingsOf = defineLoader<StandingRow[]>('standings', async (op, ids) => {
  const rows = await op.tx.rows<StandingRow>(
    `select s.* from unnest($1::uuid[]) as f (id) cross join lateral
       (select id, family_id, adult_id, code, lower(during) as starts, upper(during) as ends, reason, confidential
        from carers.standings where family_id = f.id order by lower(during) desc, id desc limit 100) s`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});

export interface PlaceRow {
  readonly family_id: string;
  readonly slot: number;
  readonly basis: string;
  readonly taken: string | null;
  readonly until: CivilDate | null;
}

/** The places of each family today, with what has them; a lapsed hold has nothing. */
export const placesToday = defineLoader<PlaceRow[]>('places', async (op, ids) => {
  const rows = await op.tx.rows<PlaceRow>(
    `select p.family_id, p.slot, p.basis, o.kind as taken, upper(o.during) as until from carers.family_places p
     left join carers.place_occupancies o on o.family_id = p.family_id and o.slot = p.slot and o.during @> $2::date and (o.expires_at is null or o.expires_at > $3)
     where p.family_id = any ($1::uuid[]) and p.during @> $2::date order by p.family_id, p.slot`,
    [ids, op.today, op.now],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});
