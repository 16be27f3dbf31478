import { earliestBirth, oldestAge } from '../kernel/age.js';
import type { BirthDate } from '../kernel/age.js';
import { addDays, addMonths, compareDates } from '../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import type { Occupancy } from './places.domain.js';

/** What is written of a household and may be changed. */
export interface Household {
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly phone: string | null;
  readonly areaCode: string;
  readonly languages: readonly string[];
  readonly religion: string | null;
  readonly ownChildren: number;
  readonly experience: readonly string[];
  readonly schoolAreaCode: string | null;
  readonly sleepingPlaces: number | null;
}

export const COLUMN_OF: Readonly<Record<keyof Household, string>> = {
  nameKm: 'name_km', nameLatin: 'name_latin', phone: 'phone', areaCode: 'area_code', languages: 'languages', religion: 'religion',
  ownChildren: 'own_children', experience: 'experience', schoolAreaCode: 'school_area_code', sleepingPlaces: 'sleeping_places',
};

/** The household after a change, with the names of the fields that differ. What is left out stays. */
export function change(
  closedOn: CivilDate | null,
  before: Household,
  wanted: Partial<Household>,
): Result<{ readonly after: Household; readonly changed: string[] }, 'FAMILY_CLOSED' | 'UNCHANGED' | 'VILLAGE_NEEDED' | 'OTHER_PROVINCE'> {
  if (closedOn !== null) return refuse('FAMILY_CLOSED', { closedOn });
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as Partial<Household>;
  const after: Household = { ...before, ...given };
  const fields = (Object.keys(COLUMN_OF) as (keyof Household)[]).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  if (fields.length === 0) return refuse('UNCHANGED');
  if (after.areaCode.length < 6) return refuse('VILLAGE_NEEDED');
  if (otherProvince(before.areaCode, after.areaCode)) return refuse('OTHER_PROVINCE');
  return ok({ after, changed: fields.map((field) => COLUMN_OF[field]) });
}

/** Do two areas lie in different provinces? */
export function otherProvince(one: string, other: string): boolean {
  return one.slice(0, 2) !== other.slice(0, 2);
}

/** Where a family lives, since when, and on which day that was first written. */
export interface Address {
  readonly areaCode: string;
  readonly since: CivilDate;
  readonly recordedOn: CivilDate;
}

/** For so many days another address is the correction of a typing error; after them it is a move. */
export const CORRECTION_DAYS = 7;

/** From when a family lives at an address that was changed without a day: since the beginning where it corrects what was just written, else from today. */
export function livesThereFrom(address: Address, today: CivilDate): CivilDate {
  return today <= addDays(address.recordedOn, CORRECTION_DAYS) || address.since >= today ? address.since : today;
}

export type MoveRefusal = 'FAMILY_CLOSED' | 'VILLAGE_NEEDED' | 'UNCHANGED' | 'BEFORE_OPENING' | 'BEFORE_LAST_MOVE';

/** May this family have moved there on that day? One address a day, in the order in which they were. */
export function mayMove(
  family: { readonly openedOn: CivilDate; readonly closedOn: CivilDate | null; readonly address: Address },
  areaCode: string,
  on: CivilDate,
): Result<true, MoveRefusal> {
  if (family.closedOn !== null) return refuse('FAMILY_CLOSED', { closedOn: family.closedOn });
  if (areaCode.length < 6) return refuse('VILLAGE_NEEDED');
  if (areaCode === family.address.areaCode) return refuse('UNCHANGED');
  if (on < family.openedOn) return refuse('BEFORE_OPENING', { openedOn: family.openedOn });
  return on <= family.address.since ? refuse('BEFORE_LAST_MOVE', { since: family.address.since }) : ok(true);
}

/** May somebody be written down as an adult who lives in the home from that day? */
export function mayMoveIn(family: { readonly openedOn: CivilDate; readonly closedOn: CivilDate | null }, birth: BirthDate, on: CivilDate): Result<true, 'FAMILY_CLOSED' | 'NOT_ADULT' | 'BEFORE_OPENING'> {
  if (family.closedOn !== null) return refuse('FAMILY_CLOSED', { closedOn: family.closedOn });
  if (compareDates(on, family.openedOn) < 0) return refuse('BEFORE_OPENING', { openedOn: family.openedOn });
  return oldestAge(birth, on) < 18 ? refuse('NOT_ADULT') : ok(true);
}

/** May an adult, or an own child, have left the home on that day? The last carer may too: it is a fact, and the stand-by list shows it. */
export function mayLeave(adult: DayRange, on: CivilDate): Result<true, 'ALREADY_LEFT' | 'BEFORE_ARRIVAL'> {
  if (adult.to !== null) return refuse('ALREADY_LEFT', { leftOn: adult.to });
  return compareDates(on, adult.from) <= 0 ? refuse('BEFORE_ARRIVAL', { since: adult.from }) : ok(true);
}

/** May a family be closed on that day? Not while a child has a place there, now or later; a hold is no child. */
export function mayClose(
  family: { readonly openedOn: CivilDate; readonly closedOn: CivilDate | null },
  occupancies: readonly Occupancy[],
  on: CivilDate,
): Result<true, 'FAMILY_CLOSED' | 'BEFORE_OPENING' | 'CHILDREN_THERE'> {
  if (family.closedOn !== null) return refuse('FAMILY_CLOSED', { closedOn: family.closedOn });
  if (compareDates(on, family.openedOn) < 0) return refuse('BEFORE_OPENING', { openedOn: family.openedOn });
  const children = new Set(occupancies.filter(({ kind, to }) => kind !== 'hold' && (to === null || to > on)).map(({ occupantId }) => occupantId));
  return children.size > 0 ? refuse('CHILDREN_THERE', { places: children.size }) : ok(true);
}

/** Why a family is suspended: nobody new comes to it; who is there stays. */
export const SUSPENSION_REASONS = ['allegation', 'contact_risk', 'conviction', 'health', 'standards', 'own_wish', 'other'] as const;
export type SuspensionReasonCode = (typeof SUSPENSION_REASONS)[number];

/** Why a family is to be assessed anew before another child comes: what it was approved as is no more. */
export const REASSESS = ['separated', 'carer_died', 'moved_province'] as const;
export type ReassessReason = (typeof REASSESS)[number];

/** Why the leaving of an adult makes a family be assessed anew; undefined where it does not. */
export function reassessWhenLeft(adult: { readonly carer: boolean }, reason: string): ReassessReason | undefined {
  if (!adult.carer) return undefined;
  return reason === 'separated' ? 'separated' : reason === 'died' ? 'carer_died' : undefined;
}

/** From when an own child is an adult of the home: the first day on which she may be eighteen, or the day she came. */
export function adultFrom(birth: BirthDate, during: DayRange): CivilDate | undefined {
  const turns = addMonths(earliestBirth(birth), 18 * 12);
  const from = turns > during.from ? turns : during.from;
  return during.to !== null && during.to <= from ? undefined : from;
}

/** An exemption that was granted, and the first day on which it held no more where it was ended early. */
export interface Granted {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly endedOn: CivilDate | null;
}

/** From when an exemption holds no more, if it may be ended on that day: one that had not begun never held. */
export function mayEndExemption({ from, to, endedOn }: Granted, on: CivilDate): Result<CivilDate, 'EXEMPTION_ENDED'> {
  if (endedOn !== null || on >= to) return refuse('EXEMPTION_ENDED', { endedOn: endedOn ?? to });
  return ok(on > from ? on : from);
}

/** May these days have one place more? They begin before they end, and the family is not closed by then. */
export function mayExempt(closedOn: CivilDate | null, from: CivilDate, to: CivilDate): Result<true, 'FAMILY_CLOSED' | 'DATES_REVERSED'> {
  if (closedOn !== null) return refuse('FAMILY_CLOSED', { closedOn });
  return to <= from ? refuse('DATES_REVERSED') : ok(true);
}

/** Reasons that only the supervisors of the family's office read. */
export function isConfidential(reason: SuspensionReasonCode | ReassessReason): boolean {
  return reason === 'allegation' || reason === 'contact_risk' || reason === 'conviction' || reason === 'health';
}

export interface Suspension extends DayRange {
  /** The standing. */
  readonly id: string;
  /** The suspension that it follows from. */
  readonly sourceId: string;
  readonly reason: string | null;
}

/** From when a suspension for this reason must begin so that it stands from that day on and has no end; undefined where one does already. */
export function suspendedFrom(suspensions: readonly Suspension[], reason: string, on: CivilDate): CivilDate | undefined {
  const same = suspensions.filter((one) => one.reason === reason && (one.to === null || one.to > on));
  if (same.some(({ to }) => to === null)) return undefined;
  return same.reduce((from, { to }) => (to !== null && to > from ? to : from), on);
}

/** May a family be suspended for this reason from that day? */
export function maySuspend(
  family: { readonly closedOn: CivilDate | null },
  suspensions: readonly Suspension[],
  reason: SuspensionReasonCode,
  on: CivilDate,
): Result<true, 'FAMILY_CLOSED' | 'ALREADY_SUSPENDED'> {
  if (family.closedOn !== null) return refuse('FAMILY_CLOSED', { closedOn: family.closedOn });
  return suspensions.some((one) => one.reason === reason && (one.to === null || one.to > on)) ? refuse('ALREADY_SUSPENDED') : ok(true);
}

/** May this suspension be lifted on that day? It has to stand then. */
export function mayLift(suspension: Suspension | undefined, on: CivilDate): Result<Suspension, 'NOT_SUSPENDED'> {
  if (suspension === undefined || suspension.from > on || (suspension.to !== null && suspension.to <= on)) return refuse('NOT_SUSPENDED');
  return ok(suspension);
}
