import type { BirthDate } from '../kernel/age.js';
import { youngestAge } from '../kernel/age.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { addDays, startOfDay } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

export type NoticeState = 'notified' | 'accepted' | 'refused';

/** Was it told later than so many hours after the end of the day on which it happened? */
export function isLate(on: CivilDate, now: Date, hours: number): boolean {
  return now.getTime() > startOfDay(addDays(on, 1)).getTime() + hours * 3_600_000;
}

export interface ArrivalFacts {
  readonly institutionState: string;
  readonly birth: BirthDate;
  readonly on: CivilDate;
  /** Younger than this no child goes into residential care, except in a recorded emergency. */
  readonly fromAge: number;
  readonly emergency: boolean;
}

/** The rules that a stay in an institution breaks. The youngest that she can be counts. */
export function brokenByArrival({ institutionState, birth, on, fromAge, emergency }: ArrivalFacts): string[] {
  return [...(institutionState === 'open' ? [] : ['INSTITUTION_CLOSING']), ...(!emergency && youngestAge(birth, on) < fromAge ? ['UNDER_THREE'] : [])];
}

/** May the office accept an arrival? As a decision only within the rules; as a fact always, with the broken rules named. */
export function acceptArrival(broken: readonly string[], asFact: boolean): Result<readonly string[], 'ARRIVAL_BEYOND_RULES'> {
  return broken.length > 0 && !asFact ? refuse('ARRIVAL_BEYOND_RULES', { rules: broken }) : ok(broken);
}

/** May this notice still be decided, and is the no said with its reason and with where the child goes? */
export function mayDecide(
  notice: { readonly state: NoticeState; readonly direction: 'arrival' | 'departure' },
  decision: { readonly accept: boolean; readonly reason: string | null; readonly goesTo: string | null },
): Result<true, 'NOTICE_DECIDED' | 'NOTICE_REASON_NEEDED' | 'NOTICE_WHERE_NEEDED'> {
  if (notice.state !== 'notified') return refuse('NOTICE_DECIDED', { state: notice.state });
  if (!decision.accept && decision.reason === null) return refuse('NOTICE_REASON_NEEDED');
  // Turned away, she is somewhere all the same; gone, she is somewhere too.
  const whereNeeded = notice.direction === 'arrival' ? !decision.accept : decision.accept;
  return whereNeeded && decision.goesTo === null ? refuse('NOTICE_WHERE_NEEDED') : ok(true);
}
