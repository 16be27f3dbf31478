import { defineActs, mayInArea, postingsFor } from '../platform/auth/acts.js';
import type { Act } from '../platform/auth/acts.js';
import type { Actor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { forbidden } from '../platform/errors.js';

/** What may be done in training, and by whom at all. */
export const acts = defineActs('training', {
  'course.open': ['trainer', 'supervisor'],
  'course.read': ['social_worker', 'supervisor', 'trainer'],
  'session.open': ['trainer', 'supervisor'],
  'session.register': ['social_worker', 'supervisor', 'trainer'],
  'session.read': ['social_worker', 'supervisor', 'trainer'],
  'session.withdraw': ['social_worker', 'supervisor', 'trainer'],
  'session.resize': ['trainer', 'supervisor'],
  'session.cancel': ['trainer', 'supervisor'],
  'session.attendance': ['trainer', 'supervisor'],
  'session.assess': ['trainer', 'supervisor'],
  'certificate.issue': ['trainer', 'supervisor'],
  'certificate.recordEarlier': ['supervisor'],
  'record.countersign': ['supervisor'],
  'countersignature.read': ['social_worker', 'supervisor', 'para_social_worker'],
});

/** FORBIDDEN unless one of the actor's postings allows the act in this area. */
export function needArea(op: Op, areaCode: string): void {
  if (!mayInArea(op.actor, op.act, areaCode)) throw forbidden();
}

/** Who calls the names: the session's own trainer, or a supervisor of its place. */
export function mayHold(actor: Actor, act: Act, session: { readonly trainerId: string; readonly areaCode: string }): boolean {
  if (actor.kind === 'system') return true;
  return postingsFor(actor, act).some(({ role, area }) => (role === 'supervisor' ? area !== null && session.areaCode.startsWith(area) : session.trainerId === actor.userId));
}
