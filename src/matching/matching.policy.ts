import { defineActs, mayForOffice, postingsFor } from '../platform/auth/acts.js';
import type { Actor, Role } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';

const OFFICES: readonly Role[] = ['social_worker', 'supervisor'];

/** What may be done in matching, and by whom at all; whose child it is, is asked with the facts. */
export const acts = defineActs('matching', {
  'match.ask': OFFICES,
  'match.read': OFFICES,
  'match.readConfidential': ['supervisor'],
  'match.propose': OFFICES,
  'match.recordStrategies': OFFICES,
  'match.answer': OFFICES,
});

/** Splitting siblings is a supervisor's decision. */
export function maySplit(op: Op): boolean {
  return postingsFor(op.actor, op.act).some(({ role }) => role === 'supervisor');
}

/** May the actor read rules that rest on an allegation, a contact risk, a conviction or health, of a list of this office? */
export function mayReadConfidential(actor: Actor, officeId: string): boolean {
  return mayForOffice(actor, acts['match.readConfidential'], officeId);
}
