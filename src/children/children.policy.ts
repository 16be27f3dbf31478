import { defineActs, postingsFor } from '../platform/auth/acts.js';
import type { Act } from '../platform/auth/acts.js';
import type { Actor, Role } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { forbidden } from '../platform/errors.js';

/** Who works with children's files: offices, and the trained staff of the institution where the child lives. */
const OFFICES: readonly Role[] = ['social_worker', 'supervisor'];
const OFFICES_AND_INSTITUTION: readonly Role[] = [...OFFICES, 'para_social_worker'];

/** What may be done with a child's file, and by whom at all; whose child it is, is asked with the facts. */
export const acts = defineActs('children', {
  'child.read': OFFICES_AND_INSTITUTION,
  'child.search': OFFICES_AND_INSTITUTION,
  'child.describe': OFFICES_AND_INSTITUTION,
  'child.recordReasons': OFFICES_AND_INSTITUTION,
  'child.readReasons': OFFICES_AND_INSTITUTION,
  'child.recordLegalBasis': OFFICES_AND_INSTITUTION,
  'child.readLegalBases': OFFICES_AND_INSTITUTION,
  'child.recordNeeds': OFFICES_AND_INSTITUTION,
  'child.readNeeds': OFFICES_AND_INSTITUTION,
  'child.linkSiblings': OFFICES_AND_INSTITUTION,
  'child.unlinkSibling': OFFICES,
  'child.recordRelative': OFFICES_AND_INSTITUTION,
  'child.readRelatives': OFFICES_AND_INSTITUTION,
  'child.recordContactRisk': OFFICES,
  'child.readContactRisks': OFFICES,
  'child.recordView': OFFICES,
  'child.readViews': OFFICES,
  'child.recordObjection': OFFICES,
  // A parent says it to whoever is there.
  'child.withdrawAgreement': OFFICES_AND_INSTITUTION,
  'child.reviewWithdrawal': ['supervisor'],
  'child.readWithdrawals': OFFICES_AND_INSTITUTION,
  'child.readDuplicates': OFFICES,
  'child.recordKnownDifferent': OFFICES,
  'child.merge': ['supervisor'],
  'child.undoMerge': ['supervisor'],
});

/** What decides whose child she is. */
export interface Belonging {
  readonly officeId: string;
  readonly originOfficeId: string | null;
  readonly institutionId: string | null;
  /** Is the file shared today with an office of the actor? */
  readonly shared: boolean;
}

/** May the actor do this act with this child? Offices by where she lives, comes from or is shared with; an institution's staff while she lives there. */
export function mayForChild(actor: Actor, act: Act, child: Belonging): boolean {
  if (actor.kind === 'system') return true;
  return postingsFor(actor, act).some((posting) => {
    if (posting.role === 'para_social_worker') return posting.institutionId !== null && posting.institutionId === child.institutionId;
    return child.shared || posting.officeIds.includes(child.officeId) || (child.originOfficeId !== null && posting.officeIds.includes(child.originOfficeId));
  });
}

/** Offices and institutions whose children the actor may do this act with, for lists; shares come beside them. */
export function placesFor(actor: Actor, act: Act): { readonly offices: readonly string[]; readonly institutions: readonly string[] } {
  const postings = postingsFor(actor, act);
  return {
    offices: [...new Set(postings.flatMap(({ officeIds }) => officeIds))],
    institutions: [...new Set(postings.flatMap(({ role, institutionId }) => (role === 'para_social_worker' && institutionId !== null ? [institutionId] : [])))],
  };
}

/** FORBIDDEN unless one of the actor's postings allows the act with this child. */
export function needChild(op: Op, child: Belonging): void {
  if (!mayForChild(op.actor, op.act, child)) throw forbidden();
}

/** FORBIDDEN to who may do the act only as an institution's staff: this part of it is an office's decision. */
export function needOffice(op: Op): void {
  if (op.actor.kind === 'user' && postingsFor(op.actor, op.act).every(({ role }) => role === 'para_social_worker')) throw forbidden();
}
