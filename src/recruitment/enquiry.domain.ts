import { compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { lifecycle } from '../kernel/lifecycle.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** `new -> followed_up -> applied | not_interested | unreachable`; who could not be reached may be reached after all. */
export type EnquiryState = 'new' | 'followed_up' | 'applied' | 'not_interested' | 'unreachable';

export type Outcome = 'interested' | 'no_answer' | 'not_interested' | 'unreachable';

export const enquiryLifecycle = lifecycle<EnquiryState, Outcome | 'apply' | 'assign'>()({
  new: { interested: 'followed_up', no_answer: 'followed_up', not_interested: 'not_interested', unreachable: 'unreachable', apply: 'applied', assign: 'new' },
  followed_up: { interested: 'followed_up', no_answer: 'followed_up', not_interested: 'not_interested', unreachable: 'unreachable', apply: 'applied', assign: 'followed_up' },
  unreachable: { interested: 'followed_up', no_answer: 'unreachable' },
  applied: {},
  not_interested: {},
} as const);

export interface Enquiry {
  readonly state: EnquiryState;
  readonly receivedOn: CivilDate;
  /** The enquiry of the same household that it was linked to. */
  readonly original: string | null;
}

export interface FollowUp {
  readonly on: CivilDate;
  readonly outcome: Outcome;
  readonly nextOn: CivilDate | null;
}

/** What a follow-up makes of an enquiry. While it is open it has a next day; once ended it has none. */
export function followUp(enquiry: Enquiry, command: FollowUp): Result<{ state: EnquiryState; nextOn: CivilDate | null }, 'ENQUIRY_DUPLICATE' | 'ENQUIRY_ENDED' | 'BEFORE_ENQUIRY' | 'NEXT_DAY_NEEDED'> {
  if (enquiry.original !== null) return refuse('ENQUIRY_DUPLICATE');
  const state = enquiryLifecycle.next(enquiry.state, command.outcome);
  if (state === undefined) return refuse('ENQUIRY_ENDED', { state: enquiry.state });
  if (compareDates(command.on, enquiry.receivedOn) < 0) return refuse('BEFORE_ENQUIRY', { receivedOn: enquiry.receivedOn });
  if (state !== 'followed_up') return ok({ state, nextOn: null });
  if (command.nextOn === null || compareDates(command.nextOn, command.on) <= 0) return refuse('NEXT_DAY_NEEDED');
  return ok({ state, nextOn: command.nextOn });
}

/** May an application be received from this enquiry on that day? */
export function apply(enquiry: Enquiry, on: CivilDate): Result<EnquiryState, 'ENQUIRY_DUPLICATE' | 'ENQUIRY_ENDED' | 'BEFORE_ENQUIRY'> {
  if (enquiry.original !== null) return refuse('ENQUIRY_DUPLICATE');
  const state = enquiryLifecycle.next(enquiry.state, 'apply');
  if (state === undefined) return refuse('ENQUIRY_ENDED', { state: enquiry.state });
  if (compareDates(on, enquiry.receivedOn) < 0) return refuse('BEFORE_ENQUIRY', { receivedOn: enquiry.receivedOn });
  return ok(state);
}

export interface Assignment {
  readonly on: CivilDate;
  /** The account that has it, and the one that gets it. */
  readonly from: string;
  readonly to: string;
  /** Accounts with a live posting as social worker at the enquiry's office. */
  readonly posted: readonly string[];
}

/** May the enquiry go to this worker on that day? It stays where it stands, and goes to a social worker of its own office. */
export function assign(enquiry: Enquiry, { on, from, to, posted }: Assignment): Result<true, 'ENQUIRY_DUPLICATE' | 'ENQUIRY_ENDED' | 'BEFORE_ENQUIRY' | 'WORKER_NOT_POSTED' | 'HERS_ALREADY'> {
  if (enquiry.original !== null) return refuse('ENQUIRY_DUPLICATE');
  if (enquiryLifecycle.next(enquiry.state, 'assign') === undefined) return refuse('ENQUIRY_ENDED', { state: enquiry.state });
  if (compareDates(on, enquiry.receivedOn) < 0) return refuse('BEFORE_ENQUIRY', { receivedOn: enquiry.receivedOn });
  if (!posted.includes(to)) return refuse('WORKER_NOT_POSTED');
  return from === to ? refuse('HERS_ALREADY') : ok(true);
}

export interface Linked extends Enquiry {
  readonly id: string;
  /** Were others linked to it? */
  readonly isOriginal: boolean;
}

/**
 * May this enquiry be linked to that one of the same household? Links are one step long: all enquiries of a household name
 * the same first one. What became an application stands for itself.
 */
export function link(
  enquiry: Linked,
  original: { readonly id: string; readonly receivedOn: CivilDate; readonly original: string | null },
  on: CivilDate,
): Result<true, 'ENQUIRY_DUPLICATE' | 'ENQUIRY_ENDED' | 'LINK_TO_FIRST' | 'BEFORE_ENQUIRY'> {
  if (enquiry.original !== null) return refuse('ENQUIRY_DUPLICATE');
  if (enquiry.state === 'applied') return refuse('ENQUIRY_ENDED', { state: enquiry.state });
  if (original.id === enquiry.id || original.original !== null || enquiry.isOriginal) return refuse('LINK_TO_FIRST');
  const receivedOn = compareDates(enquiry.receivedOn, original.receivedOn) < 0 ? original.receivedOn : enquiry.receivedOn;
  return compareDates(on, receivedOn) < 0 ? refuse('BEFORE_ENQUIRY', { receivedOn }) : ok(true);
}
