import { addDays, addMonths, daysBetween, maxDate, minDate } from '../../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../../kernel/civil-date.js';
import type { Stream } from '../random.js';

/** Where a household stands today on its way. The last ten were approved once. */
export const STAGES = [
  'received', 'checking', 'studying', 'training', 'panel', 'withdrawn', 'refused',
  'standing', 'suspended', 'check_expired', 'certificate_expired', 'newcomer', 'lapsed', 'closed',
] as const;
export type Stage = (typeof STAGES)[number];

/** How many of a hundred stand where. */
const SHARES: readonly (readonly [Stage, number])[] = [
  ['received', 3], ['checking', 5], ['studying', 4], ['training', 5], ['panel', 3], ['withdrawn', 6], ['refused', 4],
  ['standing', 56], ['suspended', 2], ['check_expired', 2], ['certificate_expired', 2], ['newcomer', 1], ['lapsed', 3], ['closed', 4],
];

/** What one application went through; the days that lie ahead, or were never reached, are null. */
export interface ApplicationPlan {
  readonly receivedOn: CivilDate;
  /** The days between which papers are gathered. */
  readonly gathered: readonly [from: CivilDate, to: CivilDate];
  readonly studiedOn: CivilDate | null;
  readonly panelOn: CivilDate | null;
  readonly endedOn: CivilDate | null;
  readonly outcome: 'open' | 'approved' | 'refused' | 'withdrawn';
}

/** The days of one household. */
export interface FamilyPlan {
  readonly stage: Stage;
  readonly enquiredOn: CivilDate;
  readonly first: ApplicationPlan;
  /** The yearly review of an approved family: an application of its own, without an enquiry. */
  readonly review: ApplicationPlan | null;
  readonly suspensions: readonly DayRange[];
  readonly closedOn: CivilDate | null;
  readonly closedWhy: string | null;
}

/** Draws where a household stands. */
export function drawStage(random: Stream): Stage {
  return random.weighted(SHARES);
}

/** The days of a household that stands there today. Nothing lies before `began`, and nothing that was done after yesterday. */
export function planFamily(random: Stream, stage: Stage, began: CivilDate, today: CivilDate): FamilyPlan {
  const first = firstApplication(random, stage, began, today);
  const enquiredOn = maxDate(began, addDays(first.receivedOn, -random.between(4, 40)));
  const plain: FamilyPlan = { stage, enquiredOn, first, review: null, suspensions: [], closedOn: null, closedWhy: null };
  if (first.outcome !== 'approved' || first.endedOn === null) return plain;
  const approvedOn = first.endedOn;
  const closedOn = stage === 'closed' ? random.day(addDays(approvedOn, 45), addDays(today, -4)) : null;
  const review = stage === 'lapsed' ? null : reviewOf(random, approvedOn, minDate(addDays(today, -2), closedOn ?? today));
  const closedWhy = closedOn === null ? null : random.pick(['resigned', 'moved_away', 'carer_died', 'no_longer_needed', 'approval_removed']);
  return { ...plain, closedOn, closedWhy, review, suspensions: suspensionsOf(random, stage, approvedOn, minDate(closedOn ?? today, today)) };
}

function firstApplication(random: Stream, stage: Stage, began: CivilDate, today: CivilDate): ApplicationPlan {
  const ago = (least: number, most: number): CivilDate => addDays(today, -random.between(least, most));
  switch (stage) {
    case 'received': return open(ago(1, 20), today, null, null);
    case 'checking': return underWay(random, ago(12, 45), today, false, false);
    case 'studying': return underWay(random, ago(30, 75), today, true, false);
    case 'training': return underWay(random, ago(45, 110), today, true, false);
    case 'panel': return underWay(random, ago(75, 130), today, true, true);
    case 'withdrawn': return withdrawn(random, random.day(addDays(began, 30), addDays(today, -25)), today);
    default: return decided(random, approvalDay(random, stage, began, today), stage === 'refused' ? 'refused' : 'approved', began);
  }
}

/** More were approved lately: it is a young service that grows. */
function approvalDay(random: Stream, stage: Stage, began: CivilDate, today: CivilDate): CivilDate {
  const months = (count: number, ...more: readonly [number, number]): CivilDate => addDays(addMonths(today, -count), random.between(...more));
  switch (stage) {
    // Papers that held for half a year, and a course that counts for nine months, are over by now; the approval is not.
    case 'check_expired': return months(7, -20, 20);
    case 'certificate_expired': return months(9, 5, 24);
    case 'lapsed': return months(13, -150, 10);
    case 'closed': return random.day(addDays(began, 130), addDays(today, -70));
    default: {
      const span = daysBetween(addDays(began, 130), addDays(today, -5));
      return addDays(today, -5 - Math.floor(span * (random.below(10_000) / 10_000) ** 1.25));
    }
  }
}

function open(receivedOn: CivilDate, today: CivilDate, studiedOn: CivilDate | null, panelOn: CivilDate | null): ApplicationPlan {
  return { receivedOn, gathered: [receivedOn, addDays(today, -1)], studiedOn, panelOn, endedOn: null, outcome: 'open' };
}

function underWay(random: Stream, receivedOn: CivilDate, today: CivilDate, studied: boolean, heard: boolean): ApplicationPlan {
  const panelOn = heard ? addDays(today, -random.between(1, 9)) : null;
  const before = panelOn ?? today;
  const gathered = [addDays(receivedOn, 2), addDays(receivedOn, Math.floor(daysBetween(receivedOn, before) * 0.5))] as const;
  const studiedOn = studied ? random.day(gathered[1], addDays(before, -2)) : null;
  return { receivedOn, gathered, studiedOn, panelOn, endedOn: null, outcome: 'open' };
}

function withdrawn(random: Stream, receivedOn: CivilDate, today: CivilDate): ApplicationPlan {
  const endedOn = minDate(addDays(receivedOn, random.between(8, 70)), addDays(today, -1));
  const studiedOn = random.chance(0.4) ? random.day(addDays(receivedOn, 5), endedOn) : null;
  return { receivedOn, gathered: [addDays(receivedOn, 1), studiedOn ?? endedOn], studiedOn, panelOn: null, endedOn, outcome: 'withdrawn' };
}

function decided(random: Stream, endedOn: CivilDate, outcome: 'approved' | 'refused', began: CivilDate, length: readonly [number, number] = [60, 110]): ApplicationPlan {
  const panelOn = addDays(endedOn, -random.between(0, 9));
  const receivedOn = maxDate(addDays(began, 4), addDays(endedOn, -random.between(...length)));
  const half = Math.floor(daysBetween(receivedOn, panelOn) / 2);
  const gathered = [addDays(receivedOn, 2), addDays(receivedOn, half)] as const;
  return { receivedOn, gathered, studiedOn: random.day(gathered[1], addDays(panelOn, -2)), panelOn, endedOn, outcome };
}

/** The review before the year is over; now and then after it. A review that is not due yet is none. */
function reviewOf(random: Stream, approvedOn: CivilDate, until: CivilDate): ApplicationPlan | null {
  const lapses = addMonths(approvedOn, 12);
  const on = random.chance(0.93) ? addDays(lapses, -random.between(0, 25)) : addDays(lapses, random.between(3, 30));
  return on >= until ? null : decided(random, on, 'approved', approvedOn, [28, 50]);
}

function suspensionsOf(random: Stream, stage: Stage, approvedOn: CivilDate, until: CivilDate): DayRange[] {
  if (stage === 'suspended') return [{ from: maxDate(addDays(approvedOn, 2), addDays(until, -random.between(3, 60))), to: null }];
  if (daysBetween(approvedOn, until) < 120 || !random.chance(0.04)) return [];
  const from = random.day(addDays(approvedOn, 20), addDays(until, -70));
  return [{ from, to: addDays(from, random.between(10, 60)) }];
}
