import { newId } from '../../src/kernel/ids.js';
import { nameKeys } from '../../src/kernel/khmer.js';
import type { Harness } from './harness.js';
import { arrangeOffices } from './people.js';

/** A family as a test wants it: what is left out is a couple in a village of Battambang town with two free places. */
export interface FamilyWanted {
  /** Commune or village. */
  readonly area?: string;
  readonly kind?: 'foster' | 'kinship' | 'family_house';
  /** How many children it is approved for. */
  readonly places?: number;
  /** The day on which approval, terms, certificates and checks begin. */
  readonly from?: string;
  /** The day on which approval and terms end; open where left out. */
  readonly to?: string | null;
  /** The day on which the carers' certificates end. */
  readonly certifiedUntil?: string | null;
  /** The day on which the adults' checks end. */
  readonly checkedUntil?: string | null;
  readonly youngest?: number;
  readonly oldest?: number;
  readonly sexes?: readonly ('female' | 'male')[];
  readonly needs?: readonly string[];
  readonly careKinds?: readonly string[];
  readonly languages?: readonly string[];
  readonly religion?: string | null;
  readonly ownChildren?: number;
  readonly experience?: readonly string[];
  readonly schoolArea?: string | null;
  readonly nameKm?: string | null;
  readonly nameLatin?: string | null;
  readonly phone?: string | null;
  /** Birth dates of the carers, the youngest of whom counts for the age gap. */
  readonly carersBorn?: readonly string[];
  /** Birth dates of other adults in the home. */
  readonly othersBorn?: readonly string[];
}

/** What a test knows about a family that was arranged for it. */
export interface ArrangedFamily {
  readonly id: string;
  readonly number: number;
  readonly officeId: string;
  readonly areaCode: string;
  readonly carers: readonly string[];
  readonly others: readonly string[];
  readonly termsId: string;
}

/** A household that the register knows and nothing more: no approval, no terms, no places. */
export async function knownFamily(harness: Harness, wanted: FamilyWanted = {}): Promise<ArrangedFamily> {
  await arrangeOffices(harness);
  const id = newId();
  const area = wanted.area ?? '02030101';
  const from = wanted.from ?? '2024-01-01';
  const [made] = await harness.sql<{ number: number; office_id: string }>(
    `insert into carers.families (id, kind, name_km, name_latin, phone, area_code, office_id, languages, religion, own_children, experience, school_area_code, opened_on)
     values ($1, $2, $3, $4, $5, $6, territory.office_for($6), $7, $8, $9, $10, $11, $12) returning number, office_id`,
    [
      id, wanted.kind ?? 'foster', wanted.nameKm === undefined ? 'សុខ ដារ៉ា' : wanted.nameKm, wanted.nameLatin === undefined ? 'Sok Dara' : wanted.nameLatin,
      wanted.phone ?? '+85512345678', area, wanted.languages ?? ['khm'], wanted.religion ?? null, wanted.ownChildren ?? 0, wanted.experience ?? [],
      wanted.schoolArea ?? null, from,
    ],
  );
  if (made === undefined) throw new Error('the family was not written');
  const [nameKm, nameLatin] = [wanted.nameKm === undefined ? 'សុខ ដារ៉ា' : wanted.nameKm, wanted.nameLatin === undefined ? 'Sok Dara' : wanted.nameLatin];
  await harness.sql('insert into carers.family_keys (family_id, key) select $1, key from unnest($2::text[]) as key', [id, nameKeys(nameKm, nameLatin)]);
  const adult = async (birth: string, sex: string, carer: boolean): Promise<string> => {
    const adultId = newId();
    await harness.sql(
      `insert into carers.adults (id, family_id, office_id, name_km, name_latin, sex, birth_date, birth_precision, carer, during)
       values ($1, $2, $3, 'សុខ ចាន់', 'Sok Chan', $4, $5, 'day', $6, daterange($7, null))`,
      [adultId, id, made.office_id, sex, birth, carer, from],
    );
    return adultId;
  };
  const carers: string[] = [];
  for (const [i, birth] of (wanted.carersBorn ?? ['1984-03-09', '1981-11-20']).entries()) carers.push(await adult(birth, i % 2 === 0 ? 'female' : 'male', true));
  const others: string[] = [];
  for (const birth of wanted.othersBorn ?? []) others.push(await adult(birth, 'female', false));
  return { id, number: made.number, officeId: made.office_id, areaCode: area, carers, others, termsId: newId() };
}

/** A family on the stand-by list: approved with terms and free places, every carer certified, every adult checked. */
export async function approvedFamily(harness: Harness, wanted: FamilyWanted = {}): Promise<ArrangedFamily> {
  const family = await knownFamily(harness, wanted);
  const from = wanted.from ?? '2024-01-01';
  const to = wanted.to ?? null;
  const kind = wanted.kind ?? 'foster';
  const places = wanted.places ?? 2;
  await harness.sql(
    `insert into carers.approval_terms (id, family_id, during, source_id, places, youngest, oldest, sexes, needs, care_kinds)
     values ($1, $2, daterange($3, $4), $1, $5, $6, $7, $8, $9, $10)`,
    [
      family.termsId, family.id, from, to, places, wanted.youngest ?? 0, wanted.oldest ?? 17, wanted.sexes ?? ['female', 'male'], wanted.needs ?? [],
      wanted.careKinds ?? [kind],
    ],
  );
  await harness.sql(
    `insert into carers.family_places (family_id, slot, during, basis, source_id)
     select $1, slot, daterange($2, $3), 'terms', $4 from generate_series(1, $5::int) as slot`,
    [family.id, from, to, family.termsId, places],
  );
  await standing(harness, family.id, 'approval', from, to);
  for (const adult of family.carers) await standing(harness, family.id, 'certificate', from, wanted.certifiedUntil ?? null, adult);
  for (const adult of [...family.carers, ...family.others]) await standing(harness, family.id, 'check', from, wanted.checkedUntil ?? null, adult);
  return family;
}

/** Writes a standing of a family, or of one of its adults, as it is; gives its id. */
export async function standing(
  harness: Harness,
  familyId: string,
  code: 'approval' | 'certificate' | 'check' | 'suspension' | 'declined' | 'concern',
  from: string,
  to: string | null = null,
  adultId: string | null = null,
  confidential = false,
): Promise<string> {
  const id = newId();
  await harness.sql(
    `insert into carers.standings (id, family_id, adult_id, code, during, source_id, confidential) values ($1, $2, $3, $4, daterange($5, $6), $1, $7)`,
    [id, familyId, adultId, code, from, to, confidential],
  );
  return id;
}

/** Somebody has this slot of the family from that day: a stay that is simply there. Gives the occupant's id. */
export async function placeTaken(harness: Harness, familyId: string, slot: number, from: string, to: string | null = null): Promise<string> {
  const occupant = newId();
  await harness.sql(
    `insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id) values ($1, $2, daterange($3, $4), 'placement', $5)`,
    [familyId, slot, from, to, occupant],
  );
  return occupant;
}
