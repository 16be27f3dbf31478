import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil, isWorkingDay } from '../kernel/civil-date.js';
import { dueDay, happen, visitLifecycle } from './visit.domain.js';

const MONTHS = [1, 3, 6, 9, 12];
const start = fc.integer({ min: 0, max: 4000 }).map((days) => addDays(civil('2020-01-01'), days));
const holidays = fc.array(fc.integer({ min: 0, max: 6000 }), { maxLength: 40 }).map((days) => new Set<string>(days.map((day) => addDays(civil('2020-01-01'), day))));

/** The rule again with JavaScript's own calendar, counting days one by one. */
function naive(startsOn: string, ordinal: number, off: ReadonlySet<string>): string {
  const months = ordinal === 1 ? 0 : ordinal <= 6 ? MONTHS[ordinal - 2] ?? 0 : 12 + 3 * (ordinal - 6);
  const [y = 0, m = 0, d = 0] = startsOn.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(y, m - 1 + months + 1, 0)).getUTCDate();
  const date = ordinal === 1 ? new Date(Date.UTC(y, m - 1, d + 7)) : new Date(Date.UTC(y, m - 1 + months, Math.min(d, lastOfMonth)));
  const step = ordinal <= 2 ? -1 : 1;
  while (date.getUTCDay() === 0 || date.getUTCDay() === 6 || off.has(date.toISOString().slice(0, 10))) date.setUTCDate(date.getUTCDate() + step);
  return date.toISOString().slice(0, 10);
}

describe('when a visit is due', () => {
  it('is week 1, months 1, 3, 6, 9, 12, then quarterly, on a working day', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 20 }), holidays, (startsOn, ordinal, off) => {
        const due = dueDay(startsOn, ordinal, MONTHS, off);
        expect(due).toBe(naive(startsOn, ordinal, off));
        expect(isWorkingDay(due, off)).toBe(true);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('of a move on Monday 8 June 2026 is the Monday after; with a holiday, the Friday before', () => {
    expect(dueDay(civil('2026-06-08'), 1, MONTHS, new Set())).toBe('2026-06-15');
    expect(dueDay(civil('2026-06-08'), 1, MONTHS, new Set(['2026-06-15']))).toBe('2026-06-12');
    expect(dueDay(civil('2026-06-08'), 3, MONTHS, new Set(['2026-09-08']))).toBe('2026-09-09');
  });
});

describe('a visit', () => {
  it('is tapped once and recorded once, on one day, never before the move', () => {
    const visit = { state: 'due', happenedOn: null, startsOn: civil('2026-06-08') } as const;
    expect(happen(visit, 'tap', civil('2026-06-07'))).toMatchObject({ code: 'BEFORE_MOVE' });
    expect(happen(visit, 'tap', civil('2026-06-09'))).toMatchObject({ value: { state: 'seen', isFirstWord: true } });
    const seen = { ...visit, state: 'seen', happenedOn: civil('2026-06-09') } as const;
    expect(happen(seen, 'record', civil('2026-06-10'))).toMatchObject({ code: 'OTHER_DAY' });
    expect(happen(seen, 'record', civil('2026-06-09'))).toMatchObject({ value: { state: 'recorded', isFirstWord: false } });
    for (const state of visitLifecycle.states) expect(happen({ ...visit, state }, 'tap', civil('2026-06-09')).ok).toBe(state === 'due');
  });
});
