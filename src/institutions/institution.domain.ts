import { searchKey } from '../kernel/khmer.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** What kinds of residential places there are. A day-care centre is none of them. */
export const INSTITUTION_KINDS = ['temporary_centre', 'protection_centre', 'pagoda', 'boarding', 'group_home'] as const;
export type InstitutionKindCode = (typeof INSTITUTION_KINDS)[number];

/** An institution is open until its closure is ordered, then emptied, then closed. */
export const INSTITUTION_STATES = ['open', 'ordered', 'emptied', 'closed'] as const;
export type InstitutionStateCode = (typeof INSTITUTION_STATES)[number];

/** What is written of an institution and may be corrected. */
export interface InstitutionFacts {
  readonly kind: InstitutionKindCode;
  readonly nameKm: string;
  readonly nameLatin: string;
  readonly capacity: number;
}

/** Another institution of the same commune, by its names. */
export interface Neighbour {
  readonly id: string;
  readonly nameKm: string;
  readonly nameLatin: string;
}

/** The neighbour that bears one of these names, in spellings that look alike. */
function namesake(names: Pick<InstitutionFacts, 'nameKm' | 'nameLatin'>, neighbours: readonly Neighbour[]): Neighbour | undefined {
  const isSame = (a: string, b: string): boolean => searchKey(a) !== '' && searchKey(a) === searchKey(b);
  return neighbours.find((other) => isSame(other.nameKm, names.nameKm) || isSame(other.nameLatin, names.nameLatin));
}

/** May an institution with these names be registered in a commune with these neighbours? A commune or village says where it stands; a district does not. */
export function decideRegistration(
  areaCode: string,
  names: Pick<InstitutionFacts, 'nameKm' | 'nameLatin'>,
  neighbours: readonly Neighbour[],
): Result<true, 'INSTITUTION_AREA_TOO_COARSE' | 'INSTITUTION_ALREADY_REGISTERED'> {
  if (areaCode.length < 6) return refuse('INSTITUTION_AREA_TOO_COARSE', { area: areaCode });
  const other = namesake(names, neighbours);
  return other === undefined ? ok(true) : refuse('INSTITUTION_ALREADY_REGISTERED', { institution: other.id });
}

/** May anything written of an institution in this state still be corrected? */
export function decideEdit(state: InstitutionStateCode): Result<true, 'INSTITUTION_CLOSED'> {
  return state === 'closed' ? refuse('INSTITUTION_CLOSED') : ok(true);
}

/** Which fields an edit changes; a name may not become that of a neighbour. */
export function decideChanges(
  state: InstitutionStateCode,
  before: InstitutionFacts,
  after: InstitutionFacts,
  neighbours: readonly Neighbour[],
): Result<readonly string[], 'INSTITUTION_CLOSED' | 'INSTITUTION_ALREADY_REGISTERED' | 'INSTITUTION_UNCHANGED'> {
  const allowed = decideEdit(state);
  if (!allowed.ok) return allowed;
  const columns = { kind: 'kind', nameKm: 'name_km', nameLatin: 'name_latin', capacity: 'capacity' } as const;
  const changed = Object.entries(columns).flatMap(([field, column]) => (before[field as keyof typeof columns] === after[field as keyof typeof columns] ? [] : [column]));
  if (changed.length === 0) return refuse('INSTITUTION_UNCHANGED');
  const renamed = changed.some((column) => column.startsWith('name_'));
  const other = renamed ? namesake(after, neighbours) : undefined;
  return other === undefined ? ok(changed) : refuse('INSTITUTION_ALREADY_REGISTERED', { institution: other.id });
}
