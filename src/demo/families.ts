import { addDays, addMonths } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { nameOf } from './names.js';
import type { Stream } from './random.js';

export interface DemoFamily {
  readonly id: string;
  readonly areaCode: string;
  readonly places: number;
  readonly approvedOn: CivilDate;
}

/** Where each family lives, how many children it may have, and what keeps it from the stand-by list, if anything. */
const FAMILIES: readonly (readonly [area: string, places: number, trouble?: 'certificate' | 'suspended' | 'check'])[] = [
  ['02030102', 2], ['02030103', 3], ['02030201', 1], ['02030301', 2, 'certificate'], ['02010101', 3], ['02010201', 2],
  ['17100101', 2], ['17100102', 1, 'suspended'], ['17100201', 3], ['12010101', 2, 'check'],
];

/** Ten approved families: most stand by, three do not, each for another reason. */
export async function insertFamilies(op: Op, pick: Stream): Promise<DemoFamily[]> {
  const made: DemoFamily[] = [];
  for (const [area, places, trouble] of FAMILIES) {
    const approvedOn = addMonths(op.today, -(4 + pick.below(4)));
    const family = { id: newId(), areaCode: area, places, approvedOn };
    const carer = nameOf(pick, 'female');
    await op.tx.run(
      `insert into carers.families (id, kind, name_km, name_latin, area_code, office_id, languages, religion, own_children, experience, school_area_code, opened_on)
       values ($1, 'foster', $2, $3, $4, territory.office_for($4), $5, 'Buddhist', $6, $7, left($4, 6), $8)`,
      [family.id, carer.km, carer.latin, area, area.startsWith('17') ? ['khm', 'cjm'] : ['khm'], pick.below(3), pick.below(2) === 0 ? ['infant_care'] : [], addMonths(approvedOn, -3)],
    );
    await insertAdults(op, pick, family, carer, trouble);
    await insertStandings(op, family, trouble === 'suspended');
    made.push(family);
  }
  return made;
}

async function insertAdults(op: Op, pick: Stream, family: DemoFamily, carer: { km: string; latin: string }, trouble: string | undefined): Promise<void> {
  const partner = nameOf(pick, 'male');
  for (const [name, sex] of [[carer, 'female'], [partner, 'male']] as const) {
    const adult = newId();
    await op.tx.run(
      `insert into carers.adults (id, family_id, office_id, name_km, name_latin, sex, birth_date, birth_precision, carer, during)
       values ($1, $2, territory.office_for($3), $4, $5, $6, $7, 'year', true, daterange($8, null))`,
      [adult, family.id, family.areaCode, name.km, name.latin, sex, `${1968 + pick.below(22)}-01-01`, addMonths(family.approvedOn, -3)],
    );
    const certified = trouble === 'certificate' ? addDays(op.today, -3) : addMonths(family.approvedOn, 24);
    await standing(op, family, 'certificate', adult, addMonths(family.approvedOn, -1), certified);
    await standing(op, family, 'check', adult, addMonths(family.approvedOn, -2), trouble === 'check' && sex === 'male' ? addDays(op.today, -9) : addMonths(family.approvedOn, 12));
  }
}

async function insertStandings(op: Op, family: DemoFamily, suspended: boolean): Promise<void> {
  const source = newId();
  const until = addMonths(family.approvedOn, 12);
  await standing(op, family, 'approval', null, family.approvedOn, until, source);
  await op.tx.run(
    `insert into carers.approval_terms (id, family_id, during, source_id, places, youngest, oldest, sexes, care_kinds)
     values ($1, $2, daterange($3, $4), $5, $6, 0, 15, array['female', 'male'], array['foster', 'emergency'])`,
    [newId(), family.id, family.approvedOn, until, source, family.places],
  );
  await op.tx.run(
    `insert into carers.family_places (family_id, slot, during, basis, source_id) select $1, slot, daterange($2, null), 'terms', $3 from generate_series(1, $4::int) as slot`,
    [family.id, family.approvedOn, source, family.places],
  );
  if (suspended) await standing(op, family, 'suspension', null, addDays(op.today, -20), null);
}

async function standing(op: Op, family: DemoFamily, code: string, adult: string | null, from: CivilDate, to: CivilDate | null, source = newId()): Promise<void> {
  await op.tx.run(`insert into carers.standings (id, family_id, adult_id, code, during, source_id) values ($1, $2, $3, $4, daterange($5, $6), $7)`, [
    newId(), family.id, adult, code, from, to, source,
  ]);
}
