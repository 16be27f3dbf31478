import { ageOn, latestBirth } from '../kernel/age.js';
import type { BirthDate } from '../kernel/age.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { lifecycle } from '../kernel/lifecycle.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** `received -> checking -> studying -> training -> panel -> approved | refused | withdrawn`; an appeal that was upheld opens what was refused. */
export type ApplicationState = 'received' | 'checking' | 'studying' | 'training' | 'panel' | 'approved' | 'refused' | 'withdrawn';

export type ApplicationCommand = 'check' | 'study' | 'train' | 'present' | 'approve' | 'refuse' | 'withdraw' | 'reopen' | 'dissolve';

export const applicationLifecycle = lifecycle<ApplicationState, ApplicationCommand>()({
  received: { check: 'checking', study: 'studying', train: 'training', withdraw: 'withdrawn' },
  checking: { check: 'checking', study: 'studying', train: 'training', withdraw: 'withdrawn' },
  studying: { check: 'studying', study: 'studying', train: 'training', present: 'panel', withdraw: 'withdrawn' },
  training: { check: 'training', study: 'training', train: 'training', present: 'panel', withdraw: 'withdrawn' },
  panel: { check: 'panel', dissolve: 'training', approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' },
  approved: {},
  refused: { reopen: 'training' },
  withdrawn: {},
} as const);

export interface Applicant {
  readonly carer: boolean;
  readonly birth: BirthDate;
}

/**
 * May this household apply? At least one adult is a carer, and on that day every carer has the least age for a first
 * approval by her latest possible birth date; kin are exempt.
 */
export function mayApply(
  household: { readonly kind: 'foster' | 'kinship' | 'family_house'; readonly adults: readonly Applicant[] },
  minimumAge: number,
  on: CivilDate,
): Result<true, 'CARER_NEEDED' | 'CARER_TOO_YOUNG'> {
  const carers = household.adults.filter(({ carer }) => carer);
  if (carers.length === 0) return refuse('CARER_NEEDED');
  if (household.kind !== 'kinship' && carers.some(({ birth }) => ageOn(latestBirth(birth), on) < minimumAge)) return refuse('CARER_TOO_YOUNG', { minimum: minimumAge });
  return ok(true);
}
