import { defineActs, mayForOffice, postingsFor, mayInArea } from '../platform/auth/acts.js';
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
  'match.recordTold': OFFICES,
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

/** Codes that rest on what is known of the family, not of the child: for supervisors of the family's own territory. */
const OF_THE_FAMILY: ReadonlySet<string> = new Set(['SUSPENDED']);

/**
 * May the actor read this confidential rule? What rests on the child, a supervisor of the list's office; what rests on
 * the family, a supervisor of the area where it lives ('' for a count over the whole country).
 */
export function mayReadRule(actor: Actor, code: string, officeId: string, familyArea: string): boolean {
  return OF_THE_FAMILY.has(code) ? mayInArea(actor, acts['match.readConfidential'], familyArea) : mayReadConfidential(actor, officeId);
}
