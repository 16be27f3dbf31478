import { needChild } from '../children/children.policy.js';
import type { Belonging } from '../children/children.policy.js';
import { defineActs, mayForOffice, postingsFor } from '../platform/auth/acts.js';
import type { Actor, Role } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { forbidden } from '../platform/errors.js';

const OFFICES: readonly Role[] = ['social_worker', 'supervisor'];

/** What may be done about where a child lives, and by whom at all; whose child it is, is asked with the facts. */
export const acts = defineActs('placements', {
  'resident.register': [...OFFICES, 'para_social_worker'],
  'gatekeeping.recordOption': OFFICES,
  'gatekeeping.conclude': OFFICES,
  'gatekeeping.read': OFFICES,
  'placement.plan': OFFICES,
  'placement.consult': OFFICES,
  'placement.sign': OFFICES,
  'placement.attachPage': OFFICES,
  'placement.approve': ['supervisor'],
  'placement.start': OFFICES,
  'placement.end': OFFICES,
  'placement.cancel': OFFICES,
  'placement.recordFact': OFFICES,
  'placement.read': OFFICES,
  'placement.readConfidential': ['supervisor'],
  // It reads nothing of the register; only offices take over lists of others.
  'episode.check': OFFICES,
  'episode.correct': OFFICES,
  'correction.propose': OFFICES,
  'correction.approve': ['supervisor'],
  'correction.decline': OFFICES,
  'correction.read': OFFICES,
  'timeline.read': [...OFFICES, 'para_social_worker'],
  'absence.record': [...OFFICES, 'para_social_worker'],
  'absence.return': [...OFFICES, 'para_social_worker'],
  'missing.record': [...OFFICES, 'para_social_worker'],
  'missing.recordTalk': OFFICES,
  'telling.record': OFFICES,
  'move.record': OFFICES,
  'death.record': OFFICES,
  'whereabouts.read': OFFICES,
});

/** FORBIDDEN unless one of the actor's postings allows the act with this child. */
export function needHerOffice(op: Op, child: Belonging): void {
  needChild(op, child);
}

/** FORBIDDEN unless the actor works in the institution, or an office of hers answers for it. */
export function needInstitution(op: Op, institution: { readonly id: string; readonly office_id: string }): void {
  const inside = postingsFor(op.actor, op.act).some(({ role, institutionId }) => role === 'para_social_worker' && institutionId === institution.id);
  if (!inside && !mayForOffice(op.actor, op.act, institution.office_id)) throw forbidden();
}

/** Is the actor employed by the institution? Then she describes the child, and somebody else decides about her. */
export function employedBy(op: Op, institutionId: string | null): boolean {
  return op.actor.kind === 'user' && institutionId !== null && op.actor.postings.some((posting) => posting.role === 'para_social_worker' && posting.institutionId === institutionId);
}

/** May the actor know what a confidential rule, breach or end rests on? The supervisors of the office that answers for the family. */
export function mayKnow(actor: Actor, familyOfficeId: string): boolean {
  return mayForOffice(actor, acts['placement.readConfidential'], familyOfficeId);
}

const CONFIDENTIAL_ENDS: readonly string[] = ['allegation', 'carer_illness'];

/** Does the reason rest on an allegation or on health? Then the audit says no more than that it is confidential. */
export function isConfidentialEnd(reason: string): boolean {
  return CONFIDENTIAL_ENDS.includes(reason);
}

/** Why a placement ended, as somebody may read it: null where it rests on an allegation or on health and she is not named on it. */
export function shownEnd<T extends string>(reason: T | null, isNamed: boolean): T | null {
  return reason !== null && CONFIDENTIAL_ENDS.includes(reason) && !isNamed ? null : reason;
}
