import { defineActs } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';

/** Exact counts are for who may see the records; a policy analyst may ask, and is told which figures are hers. */
export const acts = defineActs('statistics', {
  'statistics.count': ['social_worker', 'supervisor', 'policy_analyst'],
  'statistics.publish': ['supervisor'],
  'statistics.read': ['social_worker', 'supervisor', 'policy_analyst', 'auditor', 'finance_approver'],
});

/** Does one of her postings let her see children's records? */
export function seesRecords(actor: UserActor): boolean {
  return actor.postings.some(({ role }) => role === 'social_worker' || role === 'supervisor');
}
