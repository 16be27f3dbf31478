import { compareDates } from '../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { applicationLifecycle } from './application.domain.js';
import type { ApplicationCommand, ApplicationState } from './application.domain.js';

/** One check on one adult: what was looked into, what came of it, and the last day on which it holds (exclusive). */
export interface Check {
  readonly kind: string;
  readonly outcome: 'clear' | 'concern';
  readonly doneOn: CivilDate;
  readonly validUntil: CivilDate;
}

/**
 * The days on which an adult is checked: on each of them the latest check of every kind that was required when the last
 * check was done is clear and has not lapsed. A check that is recorded late changes the days after it, and no others.
 */
export function checkedRanges(requiredOn: (doneOn: CivilDate) => readonly string[], checks: readonly Check[]): DayRange[] {
  return rangesWhere(checks, (day) => checkedOn(requiredOn, checks, day));
}

/** The days on which the latest check of some kind speaks against an adult: until a later one is clear. */
export function concernRanges(checks: readonly Check[]): DayRange[] {
  return rangesWhere(checks, (day) => {
    const latest = new Map(checks.filter(({ doneOn }) => doneOn <= day).sort((a, b) => compareDates(a.doneOn, b.doneOn)).map((check) => [check.kind, check.outcome]));
    return [...latest.values()].includes('concern');
  });
}

function rangesWhere(checks: readonly Check[], holds: (day: CivilDate) => boolean): DayRange[] {
  const days = [...new Set(checks.flatMap(({ doneOn, validUntil }) => [doneOn, validUntil]))].sort();
  const ranges: DayRange[] = [];
  for (const [i, from] of days.entries()) {
    if (!holds(from)) continue;
    const to = days[i + 1] ?? null;
    const last = ranges.at(-1);
    if (last?.to === from) ranges[ranges.length - 1] = { from: last.from, to };
    else ranges.push({ from, to });
  }
  return ranges;
}

function checkedOn(requiredOn: (doneOn: CivilDate) => readonly string[], checks: readonly Check[], day: CivilDate): boolean {
  const known = checks.filter(({ doneOn }) => doneOn <= day).sort((a, b) => compareDates(a.doneOn, b.doneOn));
  const last = known.at(-1);
  return last !== undefined && requiredOn(last.doneOn).every((kind) => {
    const latest = known.filter((check) => check.kind === kind).at(-1);
    return latest?.outcome === 'clear' && latest.validUntil > day;
  });
}

/** Does the paper of this check tell of health, or of something that stands against somebody? Then it is the supervisors'. */
export function isConfidentialPaper(check: { readonly kind: string; readonly outcome: string }): boolean {
  return check.kind === 'health' || check.outcome === 'concern';
}

/** The form of home studies, as the setting of a day writes it. */
export interface StudyForm {
  readonly version: string;
  readonly sections: readonly string[];
  readonly lowest: number;
  readonly highest: number;
}

/** Is the study whole by the form of its day: every section once, none that it does not know, every score in its range? */
export function studyStands(form: StudyForm, scores: readonly { readonly section: string; readonly score: number }[]): Result<true, 'STUDY_NOT_WHOLE' | 'SCORE_OUT_OF_RANGE'> {
  const given = scores.map(({ section }) => section);
  const missing = form.sections.filter((section) => !given.includes(section));
  const unknown = given.filter((section, i) => !form.sections.includes(section) || given.indexOf(section) !== i);
  if (missing.length > 0 || unknown.length > 0) return refuse('STUDY_NOT_WHOLE', { form: form.version, missing, unknown });
  const outside = scores.filter(({ score }) => score < form.lowest || score > form.highest).map(({ section }) => section);
  return outside.length > 0 ? refuse('SCORE_OUT_OF_RANGE', { lowest: form.lowest, highest: form.highest, sections: outside }) : ok(true);
}

/** What a panel needs to see before it meets. */
export interface Dossier {
  /** Adults of the home whose checks do not all hold on the day. */
  readonly adultsUnchecked: number;
  readonly signaturesMissing: readonly string[];
  readonly neighboursMissing: number;
  /** The last home study's recommendation; undefined where there is none. */
  readonly recommended: boolean | undefined;
  /** Carers of the home without a certificate on the day. */
  readonly carersUntrained: number;
}

/** Is the dossier whole? The refusal names everything that is missing, not only the first. */
export function complete(dossier: Dossier): Result<true, 'NOT_COMPLETE'> {
  const missing = [
    ...(dossier.adultsUnchecked > 0 ? [`checks:${dossier.adultsUnchecked}`] : []),
    ...dossier.signaturesMissing.map((party) => `signature:${party}`),
    ...(dossier.neighboursMissing > 0 ? [`neighbours:${dossier.neighboursMissing}`] : []),
    ...(dossier.recommended === undefined ? ['home_study'] : []),
    ...(dossier.carersUntrained > 0 ? [`certificate:${dossier.carersUntrained}`] : []),
  ];
  return missing.length === 0 ? ok(true) : refuse('NOT_COMPLETE', { missing });
}

/** The state after a command, or the refusal that names where the application stands. */
export function stepped(state: ApplicationState, command: ApplicationCommand): Result<ApplicationState, 'APPLICATION_STATE'> {
  const next = applicationLifecycle.next(state, command);
  return next === undefined ? refuse('APPLICATION_STATE', { state }) : ok(next);
}

type Apart = Result<true, 'CONFLICT_OF_INTEREST'>;
type Open = Result<true, 'FAMILY_CLOSED'>;

/** A family that was closed while it applied may be refused or take its application back, and nothing more. */
export function stillOpen(closedOn: CivilDate | null): Open {
  return closedOn === null ? ok(true) : refuse('FAMILY_CLOSED', { closedOn });
}

/** What presenting and deciding are decided by, beside the dossier: as of one day. */
export interface Deciding {
  /** The day on which the panel met that has not decided yet. */
  readonly metOn: CivilDate | null;
  readonly studiedBy: readonly string[];
  readonly open: Open;
  /** Was every talk held that a home study asked for? */
  readonly talked: Result<true, 'MOTIVE_TALK_NEEDED'>;
  /** Is the actor tied to the family? */
  readonly apart: Apart;
  /** Is the actor, or anybody of that panel? */
  readonly panelApart: Apart;
}

/** May the actor do what only a tie, the state and the family's end forbid: gather, dissolve, talk? */
export function mayGather(state: ApplicationState, command: ApplicationCommand, apart: Apart, open: Open = ok(true)): Result<ApplicationState, 'APPLICATION_STATE' | 'FAMILY_CLOSED' | 'CONFLICT_OF_INTEREST'> {
  const next = stepped(state, command);
  if (!next.ok) return next;
  if (!open.ok) return open;
  return apart.ok ? next : apart;
}

/** May it come before a panel? Who sits on that is asked after. */
export function mayPresent(state: ApplicationState, dossier: Dossier, { open, talked, apart }: Deciding): Result<ApplicationState, 'APPLICATION_STATE' | 'FAMILY_CLOSED' | 'NOT_COMPLETE' | 'MOTIVE_TALK_NEEDED' | 'CONFLICT_OF_INTEREST'> {
  const next = stepped(state, 'present');
  if (!next.ok) return next;
  if (!open.ok) return open;
  const whole = complete(dossier);
  if (!whole.ok) return whole;
  if (!talked.ok) return talked;
  return apart.ok ? next : apart;
}

/** May this person decide it on that day? Never who studied the home, nor where somebody of the panel is tied to the family: then another one is to meet. */
export function mayDecide(
  state: ApplicationState, command: 'approve' | 'refuse', deciding: Deciding, by: string, on: CivilDate,
): Result<ApplicationState, 'APPLICATION_STATE' | 'FAMILY_CLOSED' | 'BEFORE_PANEL' | 'OWN_STUDY' | 'MOTIVE_TALK_NEEDED' | 'CONFLICT_OF_INTEREST'> {
  const next = stepped(state, command);
  if (!next.ok) return next;
  if (command === 'approve' && !deciding.open.ok) return deciding.open;
  if (deciding.metOn === null || compareDates(on, deciding.metOn) < 0) return refuse('BEFORE_PANEL');
  if (deciding.studiedBy.includes(by)) return refuse('OWN_STUDY');
  if (!deciding.talked.ok) return deciding.talked;
  return deciding.panelApart.ok ? next : deciding.panelApart;
}

/** A member of the panel: the offices of her live postings. */
export interface Member {
  readonly account: string;
  readonly offices: readonly string[];
}

/** Three people, one of them from outside the family's office. That none of them is tied to the family is asked beside it. */
export function panelStands(members: readonly Member[], officeId: string): Result<true, 'PANEL_OF_THREE' | 'PANEL_ALL_INSIDE'> {
  if (new Set(members.map(({ account }) => account)).size !== 3 || members.some(({ offices }) => offices.length === 0)) return refuse('PANEL_OF_THREE');
  return members.some(({ offices }) => !offices.includes(officeId)) ? ok(true) : refuse('PANEL_ALL_INSIDE');
}

/** Terms as they are asked for. */
export interface Terms {
  readonly places: number;
  readonly youngest: number;
  readonly oldest: number;
  readonly careKinds: readonly string[];
}

/** May the family be approved for these terms? `limit` is the most places of its kind. */
export function termsStand(kind: 'foster' | 'kinship' | 'family_house', terms: Terms, limit: number): Result<true, 'ABOVE_LIMIT' | 'AGES_REVERSED' | 'OTHER_CARE_KIND'> {
  if (terms.places > limit) return refuse('ABOVE_LIMIT', { limit });
  if (terms.youngest > terms.oldest) return refuse('AGES_REVERSED');
  const fits = terms.careKinds.every((careKind) => careKind === kind || (kind === 'foster' && (careKind === 'emergency' || careKind === 'respite')));
  return fits && terms.careKinds.includes(kind) ? ok(true) : refuse('OTHER_CARE_KIND', { kind });
}
