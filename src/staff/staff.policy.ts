import { EVERYBODY, defineActs } from '../platform/auth/acts.js';
import type { Actor, Role } from '../platform/auth/roles.js';

/**
 * Acts of this room. An administrator reads and keeps accounts and postings, and nothing else: no child's or family's
 * file. What people do about their own sign-in needs no posting.
 */
export const acts = defineActs('staff', {
  'account.invite': ['administrator'],
  'account.read': ['administrator'],
  'account.issueLink': ['administrator'],
  'account.close': ['administrator'],
  'account.linkSignIn': ['administrator'],
  'account.unlinkSignIn': ['administrator'],
  'posting.set': ['administrator'],
  'posting.move': ['administrator'],
  'posting.end': ['administrator'],
  'setting.read': ['administrator', 'auditor'],
  'setting.change': ['administrator'],
  'session.end': EVERYBODY,
  'password.change': EVERYBODY,
  'secondFactor.start': EVERYBODY,
  'secondFactor.confirm': EVERYBODY,
  'secondFactor.reset': ['administrator'],
  'audit.read': ['auditor'],
});

/** What a role is posted to: its office, its institution, or the whole system. */
export const PLACE_OF: Readonly<Record<Role, 'office' | 'institution' | 'none'>> = {
  social_worker: 'office',
  supervisor: 'office',
  para_social_worker: 'institution',
  community_worker: 'office',
  agency_worker: 'office',
  trainer: 'office',
  finance_officer: 'office',
  finance_approver: 'office',
  policy_analyst: 'none',
  auditor: 'none',
  administrator: 'none',
  system_client: 'none',
};

/** Is this the actor's own account? Nobody gives herself rights, or takes the last ones away by accident. */
export function isOwnAccount(actor: Actor, accountId: string): boolean {
  return actor.kind === 'user' && actor.userId === accountId;
}
