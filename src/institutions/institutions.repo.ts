import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import type { InstitutionFacts, InstitutionKindCode, InstitutionStateCode, Neighbour } from './institution.domain.js';
import { InstitutionEntity } from './institution.entity.js';

export interface LockedInstitution {
  readonly id: string;
  readonly kind: InstitutionKindCode;
  readonly name_km: string;
  readonly name_latin: string;
  readonly area_code: string;
  readonly capacity: number;
  readonly state: InstitutionStateCode;
  readonly version: number;
}

/** Locks an institution and reads what a decision about it needs. */
export async function lockInstitution(op: Op, id: string): Promise<LockedInstitution | undefined> {
  return op.tx.row<LockedInstitution>(
    'select id, kind, name_km, name_latin, area_code, capacity, state, version from institutions.institutions where id = $1 for no key update',
    [id],
  );
}

/**
 * The other institutions of the area's commune that are not closed. Whoever names an institution there waits for whoever
 * is naming one: names that look alike cannot be a constraint, so this lock is what keeps two of them apart.
 */
export async function lockNeighbours(op: Op, areaCode: string, except: string | null): Promise<Neighbour[]> {
  const commune = areaCode.slice(0, 6);
  await op.tx.run(`select pg_advisory_xact_lock(hashtextextended('institutions.names:' || $1, 0))`, [commune]);
  return op.tx.rows<Neighbour>(
    `select id, name_km as "nameKm", name_latin as "nameLatin" from institutions.institutions
     where starts_with(area_code, $1) and state <> 'closed' and ($2::uuid is null or id <> $2)`,
    [commune, except],
  );
}

export async function insertInstitution(op: Op, row: InstitutionFacts & { readonly id: string; readonly areaCode: string; readonly officeId: string; readonly registeredOn: CivilDate }): Promise<void> {
  await op.tx.insert(InstitutionEntity, { ...row, state: 'open', version: 1 });
}

export async function updateInstitution(op: Op, id: string, facts: InstitutionFacts): Promise<void> {
  await op.tx.run(
    'update institutions.institutions set kind = $2, name_km = $3, name_latin = $4, capacity = $5, version = version + 1 where id = $1',
    [id, facts.kind, facts.nameKm, facts.nameLatin, facts.capacity],
  );
}
