import { addDays, compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** Where a complaint stands. */
export interface ComplaintFacts {
  readonly dueOn: CivilDate;
  readonly answeredOn: CivilDate | null;
  /** It is an appeal itself, or there is one against its answer. */
  readonly appealed: boolean;
}

/** May it be answered? Once. */
export function mayAnswer({ answeredOn }: ComplaintFacts): Result<true, 'COMPLAINT_ANSWERED'> {
  return answeredOn === null ? ok(true) : refuse('COMPLAINT_ANSWERED', { on: answeredOn });
}

/** May a carer appeal on that day? Against an answer, once, and for so many days. */
export function mayAppeal({ answeredOn, dueOn, appealed }: ComplaintFacts, days: number, on: CivilDate): Result<true, 'COMPLAINT_OPEN' | 'ALREADY_APPEALED' | 'APPEAL_LATE'> {
  if (answeredOn === null) return refuse('COMPLAINT_OPEN', { dueOn });
  if (appealed) return refuse('ALREADY_APPEALED');
  const until = addDays(answeredOn, days);
  return compareDates(on, until) > 0 ? refuse('APPEAL_LATE', { until }) : ok(true);
}
