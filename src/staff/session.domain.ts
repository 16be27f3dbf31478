/** Days a refresh token is good for. */
export const REFRESH_DAYS = 30;
/** Seconds in which the same token gives the same answer again: an answer that a bad network lost. */
export const REPEAT_SECONDS = 10;

/** What is known, under the session's lock, about a refresh token that somebody shows. */
export interface RefreshFacts {
  readonly usedAt: Date | null;
  readonly expiresAt: Date;
  /** When the token that followed this one was used; undefined where none followed. */
  readonly successorUsedAt: Date | null | undefined;
  readonly sessionStands: boolean;
  readonly accountActive: boolean;
}

/** `rotate` makes the successor, `repeat` gives it again, `reuse` ends the session, `over` says no. */
export type RefreshDecision = 'rotate' | 'repeat' | 'reuse' | 'over';

/**
 * A refresh token is used once. Shown again, two people have it, and nobody knows which one is she: the session ends.
 * Except within ten seconds while its successor is unused: then it is the same client asking again after a lost answer,
 * and the answer is the same successor, so that there is never a second live token, whoever asked.
 */
export function decideRefresh(facts: RefreshFacts, now: Date): RefreshDecision {
  if (!facts.sessionStands || !facts.accountActive) return 'over';
  if (facts.usedAt !== null) {
    const age = now.getTime() - facts.usedAt.getTime();
    return facts.successorUsedAt === null && age <= REPEAT_SECONDS * 1000 ? 'repeat' : 'reuse';
  }
  return now.getTime() < facts.expiresAt.getTime() ? 'rotate' : 'over';
}
