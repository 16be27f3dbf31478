import { defineActs, mayForOffice } from '../platform/auth/acts.js';
import type { Actor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { forbidden } from '../platform/errors.js';

/** What may be done about families, and by whom at all; whose family it is is asked with the facts. */
export const acts = defineActs('carers', {
  'family.read': ['social_worker', 'supervisor'],
  'family.change': ['social_worker', 'supervisor'],
  'family.move': ['social_worker', 'supervisor'],
  'family.addAdult': ['social_worker', 'supervisor'],
  'family.adultLeft': ['social_worker', 'supervisor'],
  'family.close': ['supervisor'],
  'family.recordOwnChild': ['social_worker', 'supervisor'],
  'family.reportConcern': ['social_worker', 'supervisor'],
  'family.grantExemption': ['supervisor'],
  'family.endExemption': ['supervisor'],
  'family.ownChildLeft': ['social_worker', 'supervisor'],
  'family.suspend': ['supervisor'],
  'family.liftSuspension': ['supervisor'],
  'family.readConfidential': ['supervisor'],
  'standby.read': ['social_worker', 'supervisor'],
});

/** FORBIDDEN unless one of the actor's postings allows the act for this office. */
export function needOffice(op: Op, officeId: string): void {
  if (!mayForOffice(op.actor, op.act, officeId)) throw forbidden();
}

/** May the actor read reasons of this office's families that rest on an allegation, a contact risk, a conviction or health? */
export function mayReadConfidential(actor: Actor, officeId: string): boolean {
  return mayForOffice(actor, acts['family.readConfidential'], officeId);
}
