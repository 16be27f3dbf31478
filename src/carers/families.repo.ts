import type { CivilDate } from '../kernel/civil-date.js';
import type { BirthPrecision } from '../kernel/age.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
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
  return id;
}
