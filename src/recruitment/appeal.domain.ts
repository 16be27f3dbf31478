import { addDays, compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import type { ApplicationState } from './application.domain.js';

/** A refusal as an appeal sees it. */
export interface RefusedBy {
  readonly decidedOn: CivilDate;
  /** Who decided, sat on the panel or studied the home. */
  readonly hands: readonly string[];
}

export interface Appeal {
  readonly filedOn: CivilDate;
  readonly decided: boolean;
}

/** Is there a refusal that stands, and could be appealed against? */
export function appealStands<R>(state: ApplicationState, refusal: R | undefined): Result<R, 'APPLICATION_STATE'> {
  return state === 'refused' && refusal !== undefined ? ok(refusal) : refuse('APPLICATION_STATE', { state });
}

/** May the household appeal against this refusal on that day? Once, and within the days that the setting of the refusal's day gives. */
export function mayAppeal(refused: RefusedBy, known: Appeal | undefined, days: number, on: CivilDate): Result<true, 'APPEAL_TOO_LATE' | 'APPEAL_KNOWN' | 'BEFORE_DECISION'> {
  if (known !== undefined) return refuse('APPEAL_KNOWN', { filedOn: known.filedOn });
  if (compareDates(on, refused.decidedOn) < 0) return refuse('BEFORE_DECISION', { decidedOn: refused.decidedOn });
  const until = addDays(refused.decidedOn, days);
  return compareDates(on, until) > 0 ? refuse('APPEAL_TOO_LATE', { until }) : ok(true);
}

/** May this person decide the appeal on that day? Never who had a hand in what it is about, or is tied to the family. */
export function mayDecideAppeal(refused: RefusedBy, appeal: Appeal | undefined, by: string, on: CivilDate, apart: Result<true, 'CONFLICT_OF_INTEREST'>): Result<true, 'APPEAL_UNKNOWN' | 'OWN_DECISION' | 'BEFORE_APPEAL' | 'CONFLICT_OF_INTEREST'> {
  if (appeal === undefined || appeal.decided) return refuse('APPEAL_UNKNOWN');
  if (refused.hands.includes(by)) return refuse('OWN_DECISION');
  return compareDates(on, appeal.filedOn) < 0 ? refuse('BEFORE_APPEAL', { filedOn: appeal.filedOn }) : apart;
}
