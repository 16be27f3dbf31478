import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import type { Result } from '../kernel/result.js';
import { certifiedUntil, mayCancel, mayCertify, mayRecord, mayRegister, mayResize, mayTeach, spread } from './training.domain.js';
import type { Demands, Session, Work } from './training.domain.js';

const D1 = civil('2026-06-10');
const D2 = civil('2026-06-17');
const session: Session = { audience: 'foster_carer', days: [D2, D1], capacity: 2 };
const work: Work = { presentOn: [], modules: [], score: null, renews: null };
const demands: Demands = { percent: 100, passMark: null, isRenewal: false, renewalMonths: 12 };
const code = (result: Result<unknown, string>): string => (result.ok ? 'ok' : result.code);

describe('a session', () => {
  it('takes people up to its last day and its capacity, of its audience', () => {
    expect(code(mayRegister(session, 1, D2, { carer: true }))).toBe('ok');
    expect(code(mayRegister(session, 2, D1, { carer: true }))).toBe('SESSION_FULL');
    expect(code(mayRegister(session, 0, addDays(D2, 1), { carer: true }))).toBe('SESSION_ENDED');
    expect(code(mayRegister(session, 0, D1, { carer: false }))).toBe('OTHER_AUDIENCE');
    expect(code(mayRegister({ ...session, audience: 'senior_official' }, 0, D1, { carer: false }))).toBe('ok');
  });

  it('is attended on its own days only', () => {
    expect(code(mayRecord(session, D1))).toBe('ok');
    expect(code(mayRecord(session, addDays(D1, 1)))).toBe('NOT_A_SESSION_DAY');
  });

  it('certifies who was there often enough, from the last day on', () => {
    expect(code(mayCertify(session, { ...work, presentOn: [D1, D2] }, addDays(D2, -1), demands))).toBe('SESSION_NOT_ENDED');
    expect(mayCertify(session, { ...work, presentOn: [D1] }, D2, demands)).toEqual({ ok: false, code: 'NOT_ATTENDED', details: { present: 1, days: 2, needed: 2 } });
    expect(code(mayCertify(session, { ...work, presentOn: [D1] }, D2, { ...demands, percent: 50 }))).toBe('ok');
    expect(code(mayCertify(session, work, D2, { ...demands, percent: 0 }))).toBe('NOT_ATTENDED');
  });

  it('never certifies fewer days than the share says, whatever else somebody attended', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 10 }), fc.array(fc.integer({ min: 0, max: 40 })), fc.integer({ min: 1, max: 100 }), (days, there, percent) => {
        const one = { ...session, days: days.map((n) => addDays(D1, n)) };
        const said = mayCertify(one, { ...work, presentOn: there.map((n) => addDays(D1, n)) }, addDays(D1, 50), { ...demands, percent });
        expect(said.ok).toBe(days.filter((n) => there.includes(n)).length * 100 >= days.length * percent);
      }),
      { seed: 20260610, numRuns: 500 },
    );
  });

  it('that is full may be waited for; one that was cancelled is over', () => {
    expect(mayRegister(session, 2, D1, { carer: true, willWait: true })).toEqual({ ok: true, value: 'waiting' });
    expect(mayRegister(session, 1, D1, { willWait: true })).toEqual({ ok: true, value: 'listed' });
    const cancelled = { ...session, cancelledOn: D1 };
    for (const said of [mayRegister(cancelled, 0, D1), mayCancel(cancelled, false), mayResize(cancelled, 0, 5), mayCertify(cancelled, { ...work, presentOn: [D1, D2] }, D2, demands)]) {
      expect(said).toEqual({ ok: false, code: 'SESSION_CANCELLED', details: { on: D1 } });
    }
    expect(code(mayCancel(session, true))).toBe('SESSION_HELD');
    expect(code(mayCancel(session, false))).toBe('ok');
    expect(mayResize(session, 3, 2)).toEqual({ ok: false, code: 'BELOW_REGISTERED', details: { registered: 3 } });
    expect(code(mayResize(session, 3, 3))).toBe('ok');
  });
});

describe('a course of several parts', () => {
  const parts = (hours: readonly number[]) => hours.map((each, index) => ({ id: `m${index + 1}`, hours: each }));

  it('is spread over the days of a session', () => {
    expect(spread(parts([3, 3, 6]), [D1, D2])).toEqual([{ moduleId: 'm1', day: D1 }, { moduleId: 'm2', day: D1 }, { moduleId: 'm3', day: D2 }]);
    expect(spread(parts([9, 3]), [D1, D2])).toEqual([{ moduleId: 'm1', day: D1 }, { moduleId: 'm1', day: D2 }, { moduleId: 'm2', day: D2 }]);
    expect(spread([], [D1])).toEqual([]);
  });

  it('leaves no part and no day out, and keeps the order, however it is spread', () => {
    const hours = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(hours, fc.integer({ min: 1, max: 20 }), (each, count) => {
        const days = Array.from({ length: count }, (_, n) => addDays(D1, n));
        const modules = parts(each);
        const lessons = spread(modules, days);
        expect(mayTeach(modules, days, lessons)).toEqual({ ok: true, value: true });
        expect(new Set(lessons.map(({ day }) => day)).size).toBe(count);
        const order = lessons.map(({ moduleId, day }) => Number(moduleId.slice(1)) * 1000 + days.indexOf(day));
        expect([...order].sort((a, b) => a - b)).toEqual(order);
        // A naive clock: half a minute into each part's every hour, some day is at its work.
        const perDay = each.reduce((sum, one) => sum + one, 0) / count;
        let at = 0;
        for (const [index, one] of each.entries()) for (let hour = 0; hour < one; hour += 1, at += 1) {
          const day = days[Math.min(count - 1, Math.floor((at + 1 / 120) / perDay))];
          expect(lessons).toContainEqual({ moduleId: `m${index + 1}`, day });
        }
      }),
      { seed: 20260611, numRuns: 200 },
    );
  });

  it('is planned with every part, on days of the session', () => {
    const modules = parts([2, 2]);
    expect(mayTeach(modules, [D1], [{ moduleId: 'm1', day: D1 }])).toEqual({ ok: false, code: 'LESSONS_INCOMPLETE', details: { modules: ['2'] } });
    expect(code(mayTeach(modules, [D1], [{ moduleId: 'm1', day: D1 }, { moduleId: 'm2', day: D2 }]))).toBe('NOT_A_SESSION_DAY');
  });

  it('is certified part by part, wherever each was attended', () => {
    const done = (...percents: number[]): Work => ({ ...work, modules: percents.map((percent, index) => ({ position: index + 1, percent })) });
    expect(code(mayCertify(session, done(100, 100), D2, demands))).toBe('ok');
    expect(mayCertify(session, done(100, 50, 0), D2, { ...demands, percent: 60 })).toEqual({ ok: false, code: 'MODULES_MISSING', details: { modules: ['2', '3'] } });
    expect(code(mayCertify(session, done(100, 0), D2, { ...demands, percent: 0 }))).toBe('MODULES_MISSING');
  });
});

describe('a certificate', () => {
  const there: Work = { ...work, presentOn: [D1, D2] };

  it('waits for the assessment where the course has one', () => {
    const assessed = { ...demands, passMark: 60 };
    expect(mayCertify(session, there, D2, assessed)).toEqual({ ok: false, code: 'NOT_PASSED', details: { passMark: 60 } });
    expect(code(mayCertify(session, { ...there, score: 59 }, D2, assessed))).toBe('NOT_PASSED');
    expect(code(mayCertify(session, { ...there, score: 60 }, D2, assessed))).toBe('ok');
  });

  it('is renewed while it holds, and for some months after', () => {
    const renewal = { ...demands, isRenewal: true };
    expect(mayCertify(session, there, D2, renewal)).toEqual({ ok: false, code: 'NOTHING_TO_RENEW', details: { months: 12 } });
    expect(code(mayCertify(session, { ...there, renews: civil('2025-06-16') }, D2, renewal))).toBe('NOTHING_TO_RENEW');
    expect(code(mayCertify(session, { ...there, renews: civil('2025-06-17') }, D2, renewal))).toBe('ok');
    expect(certifiedUntil(D2, 24, civil('2026-09-01'))).toBe('2028-09-01');
    expect(certifiedUntil(D2, 24, civil('2026-01-01'))).toBe('2028-06-17');
    expect(certifiedUntil(D2, 24, null)).toBe('2028-06-17');
  });
});
