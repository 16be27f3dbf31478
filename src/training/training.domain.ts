import { addMonths, compareDates } from '../kernel/civil-date.js';
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
  /** The day on which it was cancelled. */
  readonly cancelledOn?: CivilDate | null;
}

/** A part of a course, and how long it takes. */
export interface Module {
  readonly id: string;
  readonly hours: number;
}

/** A part of a course that is taught on a day of a session. */
export interface Lesson {
  readonly moduleId: string;
  readonly day: CivilDate;
}

/**
 * Which part is taught on which day where nobody said: in their order, each day as long as the others. A part that does
 * not fit into its day goes on on the next.
 */
export function spread(modules: readonly Module[], days: readonly CivilDate[]): Lesson[] {
  const total = modules.reduce((sum, { hours }) => sum + hours, 0);
  let before = 0;
  return modules.flatMap(({ id, hours }) => {
    // In units of an hour divided by the number of days, so that no day ends inside a fraction.
    const [from, to] = [before * days.length, (before + hours) * days.length];
    before += hours;
    return days.flatMap((day, index) => (from < (index + 1) * total && to > index * total ? [{ moduleId: id, day }] : []));
  });
}

/** May this be the plan of a session? Each part of the course is taught on some day, each lesson on a day of the session. */
export function mayTeach(modules: readonly Module[], days: readonly CivilDate[], lessons: readonly Lesson[]): Result<true, 'LESSONS_INCOMPLETE' | 'NOT_A_SESSION_DAY'> {
  if (lessons.some(({ day }) => !days.includes(day))) return refuse('NOT_A_SESSION_DAY', { days });
  const missing = modules.flatMap(({ id }, index) => (lessons.some(({ moduleId }) => moduleId === id) ? [] : [index + 1]));
  return missing.length > 0 ? refuse('LESSONS_INCOMPLETE', { modules: missing.map(String) }) : ok(true);
}

export function firstDay(session: Pick<Session, 'days'>): CivilDate {
  return session.days.reduce((a, b) => (b < a ? b : a));
}

export function lastDay(session: Pick<Session, 'days'>): CivilDate {
  return session.days.reduce((a, b) => (b > a ? b : a));
}

/**
 * May one more be put on the list on that day? `carer` is whether it is an adult of a family; undefined asks for anybody.
 * Where the list is full the answer is to wait, for who is willing to.
 */
export function mayRegister(
  session: Session, registered: number, on: CivilDate, { carer, willWait = false }: { readonly carer?: boolean; readonly willWait?: boolean } = {},
): Result<'listed' | 'waiting', 'SESSION_ENDED' | 'SESSION_CANCELLED' | 'OTHER_AUDIENCE' | 'SESSION_FULL'> {
  if (carer !== undefined && carer !== isForCarers(session.audience)) return refuse('OTHER_AUDIENCE', { audience: session.audience });
  if (session.cancelledOn) return refuse('SESSION_CANCELLED', { on: session.cancelledOn });
  // Who walks in on the last day is still written down.
  if (compareDates(on, lastDay(session)) > 0) return refuse('SESSION_ENDED', { lastDay: lastDay(session) });
  if (registered < session.capacity) return ok('listed');
  return willWait ? ok('waiting') : refuse('SESSION_FULL', { capacity: session.capacity });
}

/** May a session be cancelled? Not one of which a day was held: what happened stays. */
export function mayCancel(session: Session, held: boolean): Result<true, 'SESSION_CANCELLED' | 'SESSION_HELD'> {
  if (session.cancelledOn) return refuse('SESSION_CANCELLED', { on: session.cancelledOn });
  return held ? refuse('SESSION_HELD') : ok(true);
}

/** May a session have room for so many? Nobody who is on its list is put off it by a smaller room. */
export function mayResize(session: Session, registered: number, capacity: number): Result<true, 'SESSION_CANCELLED' | 'BELOW_REGISTERED'> {
  if (session.cancelledOn) return refuse('SESSION_CANCELLED', { on: session.cancelledOn });
  return capacity < registered ? refuse('BELOW_REGISTERED', { registered }) : ok(true);
}

/** May attendance be recorded for that day? */
export function mayRecord(session: Session, day: CivilDate): Result<true, 'SESSION_CANCELLED' | 'NOT_A_SESSION_DAY'> {
  if (session.cancelledOn) return refuse('SESSION_CANCELLED', { on: session.cancelledOn });
  return session.days.includes(day) ? ok(true) : refuse('NOT_A_SESSION_DAY', { days: session.days });
}

/** What somebody on a list has done for her certificate. */
export interface Work {
  /** The days of this session on which she was there. */
  readonly presentOn: readonly CivilDate[];
  /** The best share of each part's lessons, in hundredths, in any session of the course; empty for a course without parts. */
  readonly modules: readonly { readonly position: number; readonly percent: number }[];
  /** The latest result of the assessment, where there was one. */
  readonly score: number | null;
  /** The day on which her certificate of the course that this one renews ends or ended; null without one. */
  readonly renews: CivilDate | null;
}

/** What a course asks for, and the settings on that day: `percent` of the days or lessons, rounded up; a renewal at most so many months late. */
export interface Demands {
  readonly percent: number;
  readonly passMark: number | null;
  readonly isRenewal: boolean;
  readonly renewalMonths: number;
}

export type Uncertified = 'SESSION_CANCELLED' | 'SESSION_NOT_ENDED' | 'NOT_ATTENDED' | 'MODULES_MISSING' | 'NOT_PASSED' | 'NOTHING_TO_RENEW';

/** May she get the certificate on that day? */
export function mayCertify(session: Session, work: Work, on: CivilDate, demands: Demands): Result<true, Uncertified> {
  if (session.cancelledOn) return refuse('SESSION_CANCELLED', { on: session.cancelledOn });
  if (compareDates(on, lastDay(session)) < 0) return refuse('SESSION_NOT_ENDED', { lastDay: lastDay(session) });
  const attended = mayCountAsThere(session, work, demands.percent);
  if (!attended.ok) return attended;
  if (demands.passMark !== null && (work.score ?? -1) < demands.passMark) return refuse('NOT_PASSED', { passMark: demands.passMark });
  if (demands.isRenewal && (work.renews === null || compareDates(addMonths(work.renews, demands.renewalMonths), on) < 0)) {
    return refuse('NOTHING_TO_RENEW', { months: demands.renewalMonths });
  }
  return ok(true);
}

function mayCountAsThere(session: Session, work: Work, percent: number): Result<true, 'NOT_ATTENDED' | 'MODULES_MISSING'> {
  const missing = work.modules.flatMap((module) => (module.percent < percent || module.percent === 0 ? [module.position] : []));
  if (missing.length > 0) return refuse('MODULES_MISSING', { modules: missing.map(String) });
  if (work.modules.length > 0) return ok(true);
  const days = session.days.length;
  const present = session.days.filter((day) => work.presentOn.includes(day)).length;
  const needed = Math.max(1, Math.ceil((days * percent) / 100));
  return present < needed ? refuse('NOT_ATTENDED', { present, days, needed }) : ok(true);
}

/** Until when a certificate of that day holds: a renewal in time begins where the old one ends, so that nobody waits for the last day. */
export function certifiedUntil(on: CivilDate, validityMonths: number, renews: CivilDate | null): CivilDate {
  return addMonths(renews !== null && compareDates(renews, on) > 0 ? renews : on, validityMonths);
}

/** A certificate outlasts the one of the same course that she has: a second one for days that are covered already would only contradict the first. */
export function outlasts(to: CivilDate, other: CivilDate | null): Result<true, 'VALIDITY_OVERLAPS'> {
  return other !== null && compareDates(to, other) <= 0 ? refuse('VALIDITY_OVERLAPS', { until: other }) : ok(true);
}

/** May somebody countersign what was recorded? Once, and never what she recorded herself. */
export function mayCountersign(recorded: { readonly recordedBy: string; readonly countersignedOn: CivilDate | null }, by: string): Result<true, 'COUNTERSIGNED' | 'OWN_RECORD'> {
  if (recorded.countersignedOn !== null) return refuse('COUNTERSIGNED', { on: recorded.countersignedOn });
  return recorded.recordedBy === by ? refuse('OWN_RECORD') : ok(true);
}
