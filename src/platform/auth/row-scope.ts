import type { Act } from './acts.js';
import { rolesOf } from './acts.js';
import type { Actor, Posting, Role } from './roles.js';

/** Which kinds of protected rows a role sees at all, and by what: its offices or its institution. */
const SEES: Readonly<Record<string, readonly Role[]>> = {
  child_offices: ['social_worker', 'supervisor'],
  family_offices: ['social_worker', 'supervisor'],
  money_offices: ['finance_officer', 'finance_approver', 'supervisor'],
};

/**
 * The ids that row security compares with in one transaction. A command counts only the postings that allow its act; a
 * query counts every live posting, each for the kinds of rows its role may see. No posting means no rows.
 */
export function rowScope(actor: Actor, act: Act | undefined): Readonly<Record<string, string>> {
  const none = { child_offices: '', child_institutions: '', family_offices: '', money_offices: '', work_posts: '' };
  if (actor.kind === 'system') return none;
  const counts = (posting: Posting): boolean => act === undefined || rolesOf(act).has(posting.role);
  const live = actor.postings.filter(counts);
  const scope: Record<string, string> = { ...none };
  for (const [kind, roles] of Object.entries(SEES)) {
    scope[kind] = [...new Set(live.filter(({ role }) => roles.includes(role)).flatMap(({ officeIds }) => officeIds))].join(',');
  }
  scope['child_institutions'] = [
    ...new Set(live.flatMap(({ role, institutionId }) => (role === 'para_social_worker' && institutionId !== null ? [institutionId] : []))),
  ].join(',');
  // Role and office together: a task is for one role of an office, not for everybody there.
  scope['work_posts'] = [...new Set(live.map(({ role, officeId }) => `${role}@${officeId ?? ''}`))].join(',');
  return scope;
}
