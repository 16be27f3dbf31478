/** Who people are in the register, by posting. One person may hold several postings; her rights are their union. */
export const ROLES = [
  'social_worker',
  'supervisor',
  'para_social_worker',
  'community_worker',
  'agency_worker',
  'trainer',
  'finance_officer',
  'finance_approver',
  'policy_analyst',
  'auditor',
  'administrator',
  'system_client',
] as const;

export type Role = (typeof ROLES)[number];

/** One live posting: a role at an office, in an institution, or for the whole country. */
export interface Posting {
  readonly id: string;
  readonly role: Role;
  readonly officeId: string | null;
  readonly institutionId: string | null;
  /** Area code whose territory the posting serves: '' is the country, null is no territory. */
  readonly area: string | null;
  /** The office and every office below it. */
  readonly officeIds: readonly string[];
}

/** A signed-in person with the postings that are live today. */
export interface UserActor {
  readonly kind: 'user';
  readonly userId: string;
  /** Her session here; for a sign-in of the external issuer, the link of her account to it. */
  readonly sessionId: string;
  /** Signed in by the external issuer, which keeps the session. */
  readonly external?: true;
  /** Her roles ask for a second factor and she has none: until she has set one up her postings do not count. */
  readonly needsSecondFactor?: true;
  readonly postings: readonly Posting[];
}

/** The register itself, in a job of the queue or a command of the operator. */
export interface SystemActor {
  readonly kind: 'system';
  readonly job: string;
}

export type Actor = UserActor | SystemActor;

/** The register acting by itself, named by its job: `system:<job>` in the audit. */
export function systemActor(job: string): SystemActor {
  return Object.freeze({ kind: 'system', job });
}
