import { contains } from '../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { freePlaces, lapsed } from './places.domain.js';
import type { Occupancy, Place } from './places.domain.js';
import type { StandingCode } from './standings.repo.js';

/** Why a family is not available on a day. */
export const UNAVAILABLE = [
  'CLOSED', 'NOT_APPROVED', 'SUSPENDED', 'NO_CARER', 'CERTIFICATE_MISSING', 'CHECK_MISSING', 'OUTSIDE_TERMS', 'NO_PLACE', 'HELD', 'ASK_SUPERVISOR',
] as const;
export type Unavailable = (typeof UNAVAILABLE)[number];

/** What a family is approved for. */
export interface Terms extends DayRange {
  readonly places: number;
  readonly youngest: number;
  readonly oldest: number;
  readonly sexes: readonly string[];
  readonly needs: readonly string[];
  readonly careKinds: readonly string[];
}

/** What decides about one family, from the day asked for on. */
export interface FamilyFacts {
  readonly closedOn: CivilDate | null;
  readonly adults: readonly (DayRange & { readonly id: string; readonly carer: boolean })[];
  readonly standings: readonly (DayRange & { readonly code: StandingCode; readonly adultId: string | null; readonly confidential: boolean; readonly reason?: string | null })[];
  readonly terms: readonly Terms[];
  readonly places: readonly Place[];
  readonly occupancies: readonly Occupancy[];
}

/** Who needs a family: what is not said is not asked. */
export interface Ask {
  readonly places: number;
  readonly age: number | null;
  readonly sex: string | null;
  readonly needs: readonly string[];
  readonly careKind: string | null;
}

/** One reason; `until` is the first known day on which it no longer stands, null where nobody knows one. */
export interface Reason {
  readonly code: Unavailable;
  readonly adultId: string | null;
  readonly until: CivilDate | null;
  /** What exactly: which of the terms do not fit, or why it is suspended. */
  readonly details: readonly string[];
}

export interface Availability {
  readonly available: boolean;
  /** Numbers of the places that are free on the day. */
  readonly freePlaces: readonly number[];
  readonly reasons: readonly Reason[];
  /** The first day from the one asked for on which nothing known stands against it. */
  readonly availableFrom: CivilDate | null;
}

interface Failure {
  readonly code: Unavailable;
  readonly adultId: string | null;
  readonly details: readonly string[];
  /** What ASK_SUPERVISOR stands for, to who is named on it. */
  readonly behind?: { readonly code: Unavailable; readonly adultId: string | null };
}

/**
 * Is a family available on a day, and if not, why and from when? A reason that rests on an allegation, a contact risk, a
 * conviction or health reads ASK_SUPERVISOR to whom it is not open; its end is not said either, nor the day on which the
 * family will be available again, because that is the same day.
 */
export function availability(known: FamilyFacts, on: CivilDate, ask: Ask, now: Date, mayReadAll: boolean): Availability {
  const gone = lapsed(known.occupancies, now);
  const facts = { ...known, occupancies: known.occupancies.filter((occupancy) => !gone.includes(occupancy)) };
  const failures = failuresOn(facts, on, ask);
  // Nobody asks from when a family is available that is.
  const later = failures.length === 0 ? [] : turns(facts, on).map((day) => ({ day, failures: failuresOn(facts, day, ask) }));
  const until = (failure: Failure): CivilDate | null => later.find((turn) => !turn.failures.some((other) => isSame(other, failure)))?.day ?? null;
  const hidden = !mayReadAll && failures.some(({ code }) => code === 'ASK_SUPERVISOR');
  return {
    available: failures.length === 0,
    freePlaces: freePlaces(facts, on),
    reasons: failures.map((failure) => {
      const { code, adultId, details, behind } = failure;
      if (behind === undefined) return { code, adultId, details, until: until(failure) };
      return mayReadAll ? { ...behind, details, until: until(failure) } : { code, adultId, details: [], until: null };
    }),
    availableFrom: failures.length === 0 ? on : hidden ? null : (later.find((turn) => turn.failures.length === 0)?.day ?? null),
  };
}

/** Everything that stands against a family on one day. */
function failuresOn(facts: FamilyFacts, day: CivilDate, ask: Ask): Failure[] {
  const standing = facts.standings.filter((one) => contains(one, day));
  const has = (code: StandingCode, adultId: string | null): boolean => standing.some((one) => one.code === code && one.adultId === adultId);
  const suspensions = standing.filter(({ code }) => code === 'suspension');
  const home = facts.adults.filter((adult) => contains(adult, day));
  const terms = facts.terms.find((one) => contains(one, day));
  const failures: Failure[] = [];
  const fail = (code: Unavailable, adultId: string | null = null, details: readonly string[] = []): void => void failures.push({ code, adultId, details });
  const hide = (behind: { readonly code: Unavailable; readonly adultId: string | null }, details: readonly string[]): void => void failures.push({ code: 'ASK_SUPERVISOR', adultId: null, details, behind });
  const reasonsOf = (confidential: boolean): string[] => [...new Set(suspensions.filter((one) => one.confidential === confidential).flatMap(({ reason }) => reason ?? []))];
  if (facts.closedOn !== null && facts.closedOn <= day) fail('CLOSED');
  if (!has('approval', null) || terms === undefined) fail('NOT_APPROVED');
  if (suspensions.some(({ confidential }) => !confidential)) fail('SUSPENDED', null, reasonsOf(false));
  if (suspensions.some(({ confidential }) => confidential)) hide({ code: 'SUSPENDED', adultId: null }, reasonsOf(true));
  if (!home.some(({ carer }) => carer)) fail('NO_CARER');
  for (const { id, carer } of home) if (carer && !has('certificate', id)) fail('CERTIFICATE_MISSING', id);
  for (const { id } of home) {
    if (has('check', id)) continue;
    // That a paper spoke against somebody is not for everybody, nor is it whom it is about.
    if (has('concern', id)) hide({ code: 'CHECK_MISSING', adultId: id }, ['concern']);
    else fail('CHECK_MISSING', id);
  }
  const outside = terms === undefined ? [] : outsideTerms(terms, ask);
  if (outside.length > 0) fail('OUTSIDE_TERMS', null, outside);
  const free = freePlaces(facts, day).length;
  const held = facts.occupancies.filter((occupancy) => occupancy.kind === 'hold' && contains(occupancy, day)).length;
  if (free < ask.places) fail(free + held >= ask.places ? 'HELD' : 'NO_PLACE');
  return failures;
}

/** What of that which is asked the terms do not allow. */
export function outsideTerms(terms: Terms, ask: Ask): string[] {
  return [
    ...(ask.age !== null && (ask.age < terms.youngest || ask.age > terms.oldest) ? ['age'] : []),
    ...(ask.sex !== null && !terms.sexes.includes(ask.sex) ? ['sex'] : []),
    ...(ask.careKind !== null && !terms.careKinds.includes(ask.careKind) ? ['care_kind'] : []),
    ...ask.needs.filter((need) => !terms.needs.includes(need)),
  ];
}

/** A place that is held and one that is taken are one obstacle: there is no place. */
function isSame(a: Failure, b: Failure): boolean {
  const kind = (code: Unavailable): Unavailable => (code === 'HELD' ? 'NO_PLACE' : code);
  return kind(a.code) === kind(b.code) && a.adultId === b.adultId && a.behind?.code === b.behind?.code && a.behind?.adultId === b.behind?.adultId;
}

/** The days after the one asked for on which anything changes: between them nothing does. */
function turns(facts: FamilyFacts, on: CivilDate): CivilDate[] {
  const ranges: readonly DayRange[] = [...facts.adults, ...facts.standings, ...facts.terms, ...facts.places, ...facts.occupancies];
  const days = [...ranges.flatMap(({ from, to }) => [from, to]), facts.closedOn];
  return [...new Set(days.filter((day): day is CivilDate => day !== null && day > on))].sort();
}
