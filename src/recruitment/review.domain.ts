import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

export type Outcome = 'confirmed' | 'changed' | 'suspended' | 'removed';

/** What is known of a family when its review is decided. */
export interface ReviewFacts {
  readonly closedOn: CivilDate | null;
  /** The day of the last decision that approved it; null where there was none. */
  readonly decidedOn: CivilDate | null;
  /** Placements and kept places on the day or after it; holds are no children. */
  readonly children: number;
  readonly hasTerms: boolean;
}

export type ReviewRefusal = 'FAMILY_CLOSED' | 'NOT_APPROVED' | 'BEFORE_LAST_DECISION' | 'TERMS_NEEDED' | 'CHILDREN_THERE';

/** May a family's review be decided so on that day? */
export function mayReview(facts: ReviewFacts, outcome: Outcome, on: CivilDate): Result<true, ReviewRefusal> {
  if (facts.closedOn !== null) return refuse('FAMILY_CLOSED', { closedOn: facts.closedOn });
  if (facts.decidedOn === null) return refuse('NOT_APPROVED');
  if (on <= facts.decidedOn) return refuse('BEFORE_LAST_DECISION', { decidedOn: facts.decidedOn });
  if (facts.hasTerms !== (outcome === 'changed')) return refuse('TERMS_NEEDED');
  return outcome === 'removed' && facts.children > 0 ? refuse('CHILDREN_THERE', { places: facts.children }) : ok(true);
}

/** Does this outcome let the family stand by again? Then it needs what an approval needs. */
export function approves(outcome: Outcome): boolean {
  return outcome === 'confirmed' || outcome === 'changed';
}
