import { dayTurning, latestBirth } from '../kernel/age.js';
import type { BirthDate } from '../kernel/age.js';
import { addDays, addMonths, compareDates, daysBetween, firstOfMonth, intersect, maxDate, minDate } from '../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';

/** The kinds of care that a scheme may list, each by a dated setting of its own. */
export const CARE_KINDS = ['foster', 'kinship', 'home', 'family_house'] as const;
export type CareKind = (typeof CARE_KINDS)[number];

/** Where a child sleeps, as the timeline says it. */
export type StayKind = CareKind | 'institution' | 'hospital' | 'independent' | 'missing' | 'unknown' | 'respite' | 'family_visit' | 'trial_visit' | 'carer_holiday';

/** The family that a stay belongs to: where she lives, or where her place is kept while she sleeps elsewhere. */
export interface PlacedWith {
  readonly placementId: string;
  readonly familyId: string;
  readonly careKind: CareKind;
}

/** One stretch of a child's timeline. */
export interface Stay {
  readonly kind: StayKind;
  readonly during: DayRange;
  readonly placed: PlacedWith | null;
}

/** Nights with a care kind that a scheme may pay, and with whom; `familyId` null is the child's own home. */
export interface CareNights {
  readonly during: DayRange;
  readonly careKind: CareKind;
  readonly familyId: string | null;
}

/** What a scheme asks of a child, by dated settings. */
export interface SchemeRules {
  /** Residential care must have been left on or after this day. */
  readonly leftFrom: CivilDate;
  /** On which days a care kind is listed. */
  readonly listed: readonly { readonly careKind: CareKind; readonly during: DayRange }[];
  /** The age at which the entitlement stops, by the latest possible birth date. */
  readonly ageLimit: number;
}

/** A child as far as the entitlement asks: her timeline in order, birth and death. */
export interface ChildTimeline {
  readonly birth: BirthDate;
  readonly diedOn: CivilDate | null;
  readonly stays: readonly Stay[];
}

export type StopReason = 'residential' | 'exit' | 'age' | 'died';

/** One stretch of an entitlement: from the first night with a listed care kind to the first night without, at the latest by age. */
export interface EntitledStretch {
  readonly during: { readonly from: CivilDate; readonly to: CivilDate };
  readonly stop: StopReason;
}

function isCareKind(kind: StayKind): kind is CareKind {
  return (CARE_KINDS as readonly StayKind[]).includes(kind);
}

/**
 * The nights that belong to a family or to the child's own home. A stay inside a placement - hospital, a visit,
 * missing - is the family's whose place is kept.
 */
export function careNights(stays: readonly Stay[]): CareNights[] {
  return stays.flatMap(({ kind, during, placed }): CareNights[] => {
    if (placed !== null) return [{ during, careKind: placed.careKind, familyId: placed.familyId }];
    return isCareKind(kind) ? [{ during, careKind: kind, familyId: null }] : [];
  });
}

/** The nights with a care kind on days on which the scheme lists it. */
export function listedNights(stays: readonly Stay[], rules: SchemeRules): CareNights[] {
  return careNights(stays)
    .flatMap((night) =>
      rules.listed
        .filter(({ careKind }) => careKind === night.careKind)
        .flatMap((listed) => {
          const during = intersect(night.during, listed.during);
          return during === undefined ? [] : [{ ...night, during }];
        }),
    )
    .sort((a, b) => compareDates(a.during.from, b.during.from));
}

/** What happens on the way through a timeline, each on its first night. */
type Turn = { readonly on: CivilDate; readonly what: 'residential' | 'listed' | 'exit'; readonly order: number };

/** Residential care and living alone end an entitlement, so does the end of the timeline; hospital, missing and a kind that is not listed do neither. */
function turnsOf(stays: readonly Stay[], rules: SchemeRules): Turn[] {
  const turns: Turn[] = listedNights(stays, rules).map(({ during }) => ({ on: during.from, what: 'listed', order: 1 }));
  for (const [i, stay] of stays.entries()) {
    if (stay.kind === 'institution') turns.push({ on: stay.during.from, what: 'residential', order: 0 });
    if (stay.kind === 'independent' && stay.placed === null) turns.push({ on: stay.during.from, what: 'exit', order: 0 });
    const next = stays[i + 1];
    if (stay.during.to !== null && (next === undefined || next.during.from > stay.during.to)) turns.push({ on: stay.during.to, what: 'exit', order: 0 });
  }
  return turns.sort((a, b) => compareDates(a.on, b.on) || a.order - b.order);
}

/** The day on which the right ends whatever the timeline says: of age, or the month of death paid to its end. */
function lastDay(child: ChildTimeline, ageLimit: number): { readonly on: CivilDate; readonly stop: StopReason } {
  const ofAge = dayTurning(latestBirth(child.birth), ageLimit);
  const afterDeath = child.diedOn === null ? null : firstOfMonth(addMonths(child.diedOn, 1));
  return afterDeath !== null && child.diedOn !== null && child.diedOn < ofAge ? { on: afterDeath, stop: 'died' } : { on: ofAge, stop: 'age' };
}

/**
 * The stretches of a child's entitlement. It opens on the first night with a listed care kind after residential care
 * that she left on or after the scheme's day, goes on through every later family, and stops when she returns to
 * residential care, leaves care, or comes of age. Somebody who moved before that day, or came to the family from
 * elsewhere, belongs to another scheme until she leaves residential care again.
 */
export function entitledStretches(child: ChildTimeline, rules: SchemeRules): EntitledStretch[] {
  const end = lastDay(child, rules.ageLimit);
  const stretches: EntitledStretch[] = [];
  let leftResidential = false;
  let open: CivilDate | undefined;
  const close = (on: CivilDate, stop: StopReason): void => {
    if (open === undefined) return;
    const to = minDate(on, end.on);
    if (to > open) stretches.push({ during: { from: open, to }, stop: on < end.on ? stop : end.stop });
    open = undefined;
  };
  for (const { on, what } of turnsOf(child.stays, rules)) {
    if (what === 'listed') {
      if (open === undefined && leftResidential && on >= rules.leftFrom && on < end.on) open = on;
      leftResidential = false;
    } else {
      // Her timeline ends with her death, and the month goes on being paid.
      const died = what === 'exit' && child.diedOn !== null && on > child.diedOn;
      if (!died) close(on, what);
      leftResidential = what === 'residential';
    }
  }
  // What nothing has ended yet ends of itself, on a day that is known already.
  close(end.on, end.stop);
  return stretches;
}

/**
 * The nights a scheme pays: listed, inside the entitlement, and already slept on `until` (exclusive). After a death the
 * family where she lived is paid to the end of that month.
 */
export function payableNights(child: ChildTimeline, rules: SchemeRules, until: CivilDate): CareNights[] {
  const stretches = entitledStretches(child, rules);
  const nights = listedNights(child.stays, rules);
  const slept: CareNights[] = nights.map((night) => ({ ...night, during: { from: night.during.from, to: night.during.to === null ? until : minDate(night.during.to, maxDate(until, night.during.from)) } }));
  const last = nights.at(-1);
  if (child.diedOn !== null && last !== undefined && last.during.to === addDays(child.diedOn, 1)) {
    slept[slept.length - 1] = { ...last, during: { from: last.during.from, to: firstOfMonth(addMonths(child.diedOn, 1)) } };
  }
  return slept.flatMap((night) =>
    stretches.flatMap((stretch) => {
      const during = intersect(night.during, stretch.during);
      return during === undefined ? [] : [{ ...night, during }];
    }),
  );
}

/** The days on which a family was begun after fewer than `nights` nights of residential care: somebody should look. */
export function shortResidentialStays(child: ChildTimeline, rules: SchemeRules, nights: number): CivilDate[] {
  const listed = listedNights(child.stays, rules);
  return child.stays.flatMap((stay, i) => {
    const next = child.stays[i + 1];
    if (stay.kind !== 'institution' || stay.during.to === null || next === undefined) return [];
    // A child who changed institutions was in residential care all along.
    let from = stay.during.from;
    for (let before = i - 1; child.stays[before]?.kind === 'institution'; before -= 1) from = child.stays[before]?.during.from ?? from;
    const paid = listed.some(({ during }) => during.from === stay.during.to);
    return paid && daysBetween(from, stay.during.to) < nights ? [stay.during.to] : [];
  });
}
