import { compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

export const AUDIENCES = ['foster_carer', 'kinship_carer', 'para_social_worker', 'government_social_worker', 'senior_official', 'community'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Carers are adults of a family; everybody else is a colleague with an account. */
export function isForCarers(audience: Audience): boolean {
  return audience === 'foster_carer' || audience === 'kinship_carer';
}

export interface Session {
  readonly audience: Audience;
  readonly days: readonly CivilDate[];
  readonly capacity: number;
}

export function firstDay(session: Pick<Session, 'days'>): CivilDate {
  return session.days.reduce((a, b) => (b < a ? b : a));
}

export function lastDay(session: Pick<Session, 'days'>): CivilDate {
  return session.days.reduce((a, b) => (b > a ? b : a));
}

/** May one more be put on the list on that day? `carer` is whether it is an adult of a family; undefined asks for anybody. */
export function mayRegister(session: Session, registered: number, on: CivilDate, carer?: boolean): Result<true, 'SESSION_ENDED' | 'OTHER_AUDIENCE' | 'SESSION_FULL'> {
  if (carer !== undefined && carer !== isForCarers(session.audience)) return refuse('OTHER_AUDIENCE', { audience: session.audience });
  // Who walks in on the last day is still written down.
  if (compareDates(on, lastDay(session)) > 0) return refuse('SESSION_ENDED', { lastDay: lastDay(session) });
  return registered >= session.capacity ? refuse('SESSION_FULL', { capacity: session.capacity }) : ok(true);
}

/** May attendance be recorded for that day? */
export function mayRecord(session: Session, day: CivilDate): Result<true, 'NOT_A_SESSION_DAY'> {
  return session.days.includes(day) ? ok(true) : refuse('NOT_A_SESSION_DAY', { days: session.days });
}

/** May somebody who was there on these days get the certificate on that day? `percent` of the days are needed, rounded up. */
export function mayCertify(session: Session, presentOn: readonly CivilDate[], on: CivilDate, percent: number): Result<true, 'SESSION_NOT_ENDED' | 'NOT_ATTENDED'> {
  if (compareDates(on, lastDay(session)) < 0) return refuse('SESSION_NOT_ENDED', { lastDay: lastDay(session) });
  const days = session.days.length;
  const present = session.days.filter((day) => presentOn.includes(day)).length;
  const needed = Math.max(1, Math.ceil((days * percent) / 100));
  return present < needed ? refuse('NOT_ATTENDED', { present, days, needed }) : ok(true);
}
