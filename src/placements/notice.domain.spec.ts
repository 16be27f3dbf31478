import { describe, expect, it } from '@jest/globals';
import { civil, startOfDay } from '../kernel/civil-date.js';
import { acceptArrival, brokenByArrival, isLate, mayDecide } from './notice.domain.js';

const on = civil('2026-06-15');
const facts = { institutionState: 'open', birth: { date: civil('2014-02-11'), precision: 'day' as const }, on, fromAge: 3, emergency: false };

describe('an arrival', () => {
  it('is told late more than 24 hours after the end of its day', () => {
    const end = startOfDay(civil('2026-06-17')).getTime();
    expect([new Date(end), new Date(end + 1)].map((now) => isLate(on, now, 24))).toEqual([false, true]);
  });

  it('breaks a rule in an institution that is being closed, and under three years unless in an emergency', () => {
    expect(brokenByArrival(facts)).toEqual([]);
    for (const institutionState of ['ordered', 'emptied', 'closed']) expect(brokenByArrival({ ...facts, institutionState })).toEqual(['INSTITUTION_CLOSING']);
    const young = { ...facts, birth: { date: civil('2023-06-16'), precision: 'day' as const } };
    expect(brokenByArrival(young)).toEqual(['UNDER_THREE']);
    expect(brokenByArrival({ ...young, birth: { ...young.birth, date: civil('2023-06-15') } })).toEqual([]);
    // An estimate of three years may be of a child of two.
    expect(brokenByArrival({ ...young, birth: { date: civil('2023-01-01'), precision: 'estimated' } })).toEqual(['UNDER_THREE']);
    expect(brokenByArrival({ ...young, emergency: true, institutionState: 'ordered' })).toEqual(['INSTITUTION_CLOSING']);
    expect(acceptArrival(['UNDER_THREE'], false)).toMatchObject({ code: 'ARRIVAL_BEYOND_RULES', details: { rules: ['UNDER_THREE'] } });
    expect([acceptArrival(['UNDER_THREE'], true), acceptArrival([], false)]).toEqual([{ ok: true, value: ['UNDER_THREE'] }, { ok: true, value: [] }]);
  });
});

it('a notice is decided once, a no with its reason, and somebody who is not there is somewhere', () => {
  const said = { accept: true, reason: null, goesTo: null };
  const arrival = { state: 'notified', direction: 'arrival' } as const;
  const departure = { state: 'notified', direction: 'departure' } as const;
  expect(mayDecide(arrival, said).ok).toBe(true);
  expect(mayDecide({ ...arrival, state: 'refused' }, said)).toMatchObject({ code: 'NOTICE_DECIDED' });
  expect(mayDecide(arrival, { ...said, accept: false })).toMatchObject({ code: 'NOTICE_REASON_NEEDED' });
  expect(mayDecide(arrival, { accept: false, reason: 'x', goesTo: null })).toMatchObject({ code: 'NOTICE_WHERE_NEEDED' });
  expect(mayDecide(departure, said)).toMatchObject({ code: 'NOTICE_WHERE_NEEDED' });
  expect(mayDecide(departure, { accept: false, reason: 'x', goesTo: null }).ok).toBe(true);
  expect(mayDecide(departure, { ...said, goesTo: 'home' }).ok).toBe(true);
});
