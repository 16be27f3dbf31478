import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import { apply, assign, enquiryLifecycle, followUp } from './enquiry.domain.js';
import type { EnquiryState, Outcome } from './enquiry.domain.js';

const receivedOn = civil('2026-05-01');
const step = fc.record({
  outcome: fc.constantFrom<Outcome[]>('interested', 'no_answer', 'not_interested', 'unreachable'),
  on: fc.integer({ min: -2, max: 30 }),
  next: fc.option(fc.integer({ min: -2, max: 40 })),
});

/** The rule again, told as a story of flags instead of a table. */
function naive(steps: readonly { outcome: Outcome; on: number; next: number | null }[]): EnquiryState {
  let asked = false;
  let lost = false;
  let over = false;
  for (const { outcome, on, next } of steps) {
    if (over || on < 0) continue;
    if (lost && (outcome === 'unreachable' || outcome === 'not_interested')) continue;
    if (outcome === 'not_interested') over = true;
    else if (outcome === 'unreachable') lost = true;
    else if (lost && outcome === 'no_answer') continue;
    else if (next !== null && next > on) [asked, lost] = [true, false];
  }
  return over ? 'not_interested' : lost ? 'unreachable' : asked ? 'followed_up' : 'new';
}

describe('following up an enquiry', () => {
  it('ends where the story says, after any sequence of follow-ups', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let state: EnquiryState = 'new';
        for (const { outcome, on, next } of steps) {
          const day = addDays(receivedOn, on);
          const result = followUp({ state, receivedOn }, { on: day, outcome, nextOn: next === null ? null : addDays(receivedOn, next) });
          if (result.ok) {
            state = result.value.state;
            // An open enquiry always has a day on which to ask again, an ended one never.
            expect(result.value.nextOn !== null).toBe(state === 'followed_up');
          }
        }
        expect(state).toBe(naive(steps));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('lets an application come of every open enquiry and of no other', () => {
    for (const state of enquiryLifecycle.states) {
      expect(apply({ state, receivedOn }, receivedOn).ok).toBe(state === 'new' || state === 'followed_up');
    }
    expect(apply({ state: 'new', receivedOn }, addDays(receivedOn, -1))).toMatchObject({ code: 'BEFORE_ENQUIRY' });
  });

  it('gives every open enquiry, and no other, to another worker who is posted there', () => {
    const given = { on: receivedOn, from: 'a', to: 'b', posted: ['a', 'b'] };
    for (const state of enquiryLifecycle.states) {
      expect(assign({ state, receivedOn }, given).ok).toBe(state === 'new' || state === 'followed_up');
    }
    expect(assign({ state: 'new', receivedOn }, { ...given, on: addDays(receivedOn, -1) })).toMatchObject({ code: 'BEFORE_ENQUIRY' });
    expect(assign({ state: 'new', receivedOn }, { ...given, posted: ['a'] })).toMatchObject({ code: 'WORKER_NOT_POSTED' });
    expect(assign({ state: 'new', receivedOn }, { ...given, to: 'a' })).toMatchObject({ code: 'HERS_ALREADY' });
  });
});
