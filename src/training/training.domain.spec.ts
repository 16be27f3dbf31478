import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import type { Result } from '../kernel/result.js';
import { mayCertify, mayRecord, mayRegister } from './training.domain.js';
import type { Session } from './training.domain.js';

const D1 = civil('2026-06-10');
const D2 = civil('2026-06-17');
const session: Session = { audience: 'foster_carer', days: [D2, D1], capacity: 2 };
const code = (result: Result<unknown, string>): string => (result.ok ? 'ok' : result.code);

describe('a session', () => {
  it('takes people up to its last day and its capacity, of its audience', () => {
    expect(code(mayRegister(session, 1, D2, true))).toBe('ok');
    expect(code(mayRegister(session, 2, D1, true))).toBe('SESSION_FULL');
    expect(code(mayRegister(session, 0, addDays(D2, 1), true))).toBe('SESSION_ENDED');
    expect(code(mayRegister(session, 0, D1, false))).toBe('OTHER_AUDIENCE');
    expect(code(mayRegister({ ...session, audience: 'senior_official' }, 0, D1, false))).toBe('ok');
  });

  it('is attended on its own days only', () => {
    expect(code(mayRecord(session, D1))).toBe('ok');
    expect(code(mayRecord(session, addDays(D1, 1)))).toBe('NOT_A_SESSION_DAY');
  });

  it('certifies who was there often enough, from the last day on', () => {
    expect(code(mayCertify(session, [D1, D2], addDays(D2, -1), 100))).toBe('SESSION_NOT_ENDED');
    expect(mayCertify(session, [D1], D2, 100)).toEqual({ ok: false, code: 'NOT_ATTENDED', details: { present: 1, days: 2, needed: 2 } });
    expect(code(mayCertify(session, [D1], D2, 50))).toBe('ok');
    expect(code(mayCertify(session, [], D2, 0))).toBe('NOT_ATTENDED');
  });

  it('never certifies fewer days than the share says, whatever else somebody attended', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 10 }), fc.array(fc.integer({ min: 0, max: 40 })), fc.integer({ min: 1, max: 100 }), (days, there, percent) => {
        const one = { ...session, days: days.map((n) => addDays(D1, n)) };
        const said = mayCertify(one, there.map((n) => addDays(D1, n)), addDays(D1, 50), percent);
        expect(said.ok).toBe(days.filter((n) => there.includes(n)).length * 100 >= days.length * percent);
      }),
      { seed: 20260610, numRuns: 500 },
    );
  });
});
