import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import { apply, assign, enquiryLifecycle, followUp, link } from './enquiry.domain.js';
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
          const result = followUp({ state, receivedOn, original: null }, { on: day, outcome, nextOn: next === null ? null : addDays(receivedOn, next) });
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
      expect(apply({ state, receivedOn, original: null }, receivedOn).ok).toBe(state === 'new' || state === 'followed_up');
    }
    expect(apply({ state: 'new', receivedOn, original: null }, addDays(receivedOn, -1))).toMatchObject({ code: 'BEFORE_ENQUIRY' });
  });

  it('gives every open enquiry, and no other, to another worker who is posted there', () => {
    const given = { on: receivedOn, from: 'a', to: 'b', posted: ['a', 'b'] };
    for (const state of enquiryLifecycle.states) {
      expect(assign({ state, receivedOn, original: null }, given).ok).toBe(state === 'new' || state === 'followed_up');
    }
    expect(assign({ state: 'new', receivedOn, original: null }, { ...given, on: addDays(receivedOn, -1) })).toMatchObject({ code: 'BEFORE_ENQUIRY' });
    expect(assign({ state: 'new', receivedOn, original: null }, { ...given, posted: ['a'] })).toMatchObject({ code: 'WORKER_NOT_POSTED' });
    expect(assign({ state: 'new', receivedOn, original: null }, { ...given, to: 'a' })).toMatchObject({ code: 'HERS_ALREADY' });
  });
});

/** Five enquiries as rows of a table, and what was done to them. */
const deed = fc.oneof(
  fc.record({ what: fc.constant('link' as const), one: fc.nat(4), other: fc.nat(4) }),
  fc.record({ what: fc.constant('unlink' as const), one: fc.nat(4), other: fc.constant(0) }),
  fc.record({ what: fc.constant('apply' as const), one: fc.nat(4), other: fc.constant(0) }),
  fc.record({ what: fc.constant('ask' as const), one: fc.nat(4), other: fc.constant(0) }),
);

describe('enquiries of one household', () => {
  it('are linked one step far, and what is linked waits until it is undone, after any sequence of acts', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 25 }), (deeds) => {
        const rows = Array.from({ length: 5 }, (_, i) => ({ id: String(i), state: 'new' as EnquiryState, receivedOn, original: null as string | null }));
        // The rule again: groups of households, each with one head; who applied is never anybody's follower.
        const head = [0, 1, 2, 3, 4];
        const applied = new Set<number>();
        for (const { what, one, other } of deeds) {
          const [row, first] = [rows[one], rows[other]];
          if (row === undefined || first === undefined) continue;
          const follows = head[one] !== one;
          const leads = head.some((of, i) => of === one && i !== one);
          if (what === 'link') {
            const done = link({ ...row, isOriginal: rows.some(({ original }) => original === row.id) }, first, receivedOn).ok;
            expect(done).toBe(!follows && !leads && !applied.has(one) && one !== other && head[other] === other);
            if (done) [row.original, head[one]] = [first.id, other];
          } else if (what === 'unlink') [row.original, head[one]] = [null, one];
          else if (what === 'apply') {
            const done = apply(row, receivedOn);
            expect(done.ok).toBe(!follows && !applied.has(one));
            if (done.ok) row.state = done.value;
            if (done.ok) applied.add(one);
          } else {
            const done = followUp(row, { on: receivedOn, outcome: 'interested', nextOn: addDays(receivedOn, 3) });
            expect(done.ok).toBe(!follows && !applied.has(one));
            if (done.ok) row.state = done.value.state;
          }
          expect(rows.map(({ id, original }) => Number(original ?? id))).toEqual(head);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
