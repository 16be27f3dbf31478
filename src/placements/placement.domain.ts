import { lifecycle } from '../kernel/lifecycle.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

export type PlacementState = 'planned' | 'approved' | 'active' | 'ended' | 'cancelled';
export type PlacementCommand = 'approve' | 'start' | 'end' | 'cancel';

/** The whole life of a placement. A recorded fact begins as active: what happened was never planned. */
export const placementLifecycle = lifecycle<PlacementState, PlacementCommand>()({
  planned: { approve: 'approved', cancel: 'cancelled' },
  approved: { start: 'active', cancel: 'cancelled' },
  active: { end: 'ended' },
  ended: {},
  cancelled: {},
} as const);

export const END_REASONS = [
  'planned', 'carer_behaviour', 'carer_illness', 'carer_migration', 'carer_support', 'carer_other', 'allegation', 'standards', 'approval_removed', 'child_asked',
  'returned_home', 'adopted', 'leaving_care', 'died', 'moved', 'missing',
] as const;
export type EndReason = (typeof END_REASONS)[number];

export const CANCEL_REASONS = ['child_asked', 'family_declined', 'parents_disagree', 'not_suitable', 'other_plan', 'written_in_error', 'hold_lapsed', 'family_gone', 'died'] as const;

export type ConsultationKind = 'child' | 'family' | 'team' | 'province';
export type ConsultationOutcome = 'agrees' | 'does_not_agree' | 'not_found';
export const CONSULTATION_KINDS: readonly ConsultationKind[] = ['child', 'family', 'team', 'province'];

/** Who signs the agreement before it can be approved; parents and the child may sign too. */
export const NEEDED_PARTIES = ['carer', 'office', 'commune'] as const;

/** The next state, or why the command does not belong to this one: somebody else may have been first. */
export function step(state: PlacementState, command: PlacementCommand): Result<PlacementState, 'PLACEMENT_STATE'> {
  const next = placementLifecycle.next(state, command);
  return next === undefined ? refuse('PLACEMENT_STATE', { state }) : ok(next);
}

export interface Consultation {
  readonly kind: ConsultationKind;
  readonly alone: boolean | null;
  readonly tooYoungReason: string | null;
  readonly outcome: ConsultationOutcome | null;
  readonly reason: string | null;
}

/** May this be written as somebody's view? */
export function heard(consultation: Consultation): Result<Consultation, 'CHILD_NOT_HEARD_ALONE' | 'OUTCOME_NEEDED' | 'REASON_NEEDED'> {
  const { kind, alone, tooYoungReason, outcome, reason } = consultation;
  if (kind === 'child' && tooYoungReason !== null) return ok({ ...consultation, alone: null, outcome: null });
  if (kind === 'child' && alone !== true) return refuse('CHILD_NOT_HEARD_ALONE');
  if (outcome === null || (outcome === 'not_found' && kind !== 'family')) return refuse('OUTCOME_NEEDED');
  if (outcome !== 'agrees' && reason === null) return refuse('REASON_NEEDED');
  return ok({ ...consultation, alone: kind === 'child' ? true : null, tooYoungReason: null });
}

export interface ApprovalFacts {
  readonly state: PlacementState;
  readonly plannedBy: string | null;
  readonly emergency: boolean;
  readonly consultations: readonly { readonly kind: string; readonly outcome: string | null }[];
  readonly parties: readonly string[];
}

/** May this supervisor approve it, as far as people were heard and signed? Whether the family still suits is asked after. */
export function mayApprove(
  facts: ApprovalFacts,
  approver: string,
  reason: string | null,
): Result<PlacementState, 'PLACEMENT_STATE' | 'OWN_PLAN' | 'CONSULTATIONS_MISSING' | 'AGREEMENT_MISSING' | 'REASON_NEEDED'> {
  const next = step(facts.state, 'approve');
  if (!next.ok) return next;
  if (facts.plannedBy === approver) return refuse('OWN_PLAN');
  // In an emergency they follow within ten working days.
  if (!facts.emergency) {
    const unheard = CONSULTATION_KINDS.filter((kind) => !facts.consultations.some((one) => one.kind === kind));
    if (unheard.length > 0) return refuse('CONSULTATIONS_MISSING', { missing: unheard });
    const unsigned = NEEDED_PARTIES.filter((party) => !facts.parties.includes(party));
    if (unsigned.length > 0) return refuse('AGREEMENT_MISSING', { missing: unsigned });
  }
  // Somebody said no: deciding otherwise is the supervisor's, with her reason.
  if (reason === null && facts.consultations.some(({ outcome }) => outcome === 'does_not_agree')) return refuse('REASON_NEEDED');
  return next;
}
