import { describe, expect, it } from '@jest/globals';
import { AGE_BANDS } from '../kernel/age.js';
import { civil } from '../kernel/civil-date.js';
import { CARE_KINDS } from './entitlement.domain.js';
import { calculateRun, decideRun, runLifecycle } from './run.domain.js';
import type { ChildFacts, RunRules, RunScope } from './run.domain.js';

const always = { from: civil('2020-01-01'), to: null };
const rules: RunRules = {
  leftFrom: civil('2025-01-01'),
  listed: [{ careKind: 'foster', during: always }, { careKind: 'home', during: always }],
  ageLimit: 18,
  rates: CARE_KINDS.flatMap((careKind) => AGE_BANDS.flatMap((ageBand) => [true, false].map((urban) => ({ id: `${careKind} ${ageBand} ${urban}`, careKind, ageBand, specialNeed: false, urban, riel: urban ? 600_000n : 300_000n, during: always })))),
  townCommunes: ['Quarter'],
  shortNights: 30,
};
const scope: RunScope = { runId: 'run', month: '2025-11', officeIds: new Set(['office']), today: civil('2025-12-05') };
const family = { id: 'f', number: 9, officeId: 'office', communeType: 'Commune', payeeId: 'p' };
const foster = (from: string, to: string | null, familyId = 'f') => ({ kind: 'foster' as const, during: { from: civil(from), to: to === null ? null : civil(to) }, placed: { placementId: familyId, familyId, careKind: 'foster' as const } });
const inside = (from: string, to: string) => ({ kind: 'institution' as const, during: { from: civil(from), to: civil(to) }, placed: null });
const child: ChildFacts = {
  childId: 'c', number: 4, officeId: 'office', birthDate: civil('2015-03-10'), birthPrecision: 'day', diedOn: null, communeType: 'Quarter', payeeId: null,
  stays: [inside('2024-01-01', '2025-11-16'), foster('2025-11-16', null)], specialNeed: [], families: [family], settled: [],
};
const run = (facts: Partial<ChildFacts>, where: Partial<RunScope> = {}) => calculateRun({ ...scope, ...where }, [{ ...child, ...facts }], rules);
const settled = { month: '2025-11', familyId: 'f', nights: 15, riel: 150_000n, lineId: 'l', runId: 'earlier', runState: 'approved' as const };

describe('a run', () => {
  it('goes from draft to approved through check, and anew through calculation', () => {
    for (const state of runLifecycle.states) expect(runLifecycle.next(state, 'approve')).toBe(state === 'checked' ? 'approved' : undefined);
    expect(runLifecycle.next('checked', 'calculate')).toBe('calculated');
    expect(runLifecycle.commandsFrom('approved')).toEqual([]);
  });

  it('is not approved by whoever prepared or calculated it', () => {
    const checked = { state: 'checked' as const, preparedBy: 'a', calculatedBy: 'b' };
    expect(['a', 'b', 'c'].map((who) => decideRun(checked, 'approve', who).ok)).toEqual([false, false, true]);
    expect(decideRun(checked, 'check', 'c')).toEqual({ ok: false, code: 'RUN_STATE', details: { state: 'checked' } });
  });

  it('pays the nights slept until today, to the family\'s payee and office', () => {
    expect(run({})).toMatchObject({ ok: true, value: { lines: [{ nights: 15, riel: 150_000n, officeId: 'office', payeeId: 'p', familyNumber: 9, childNumber: 4, kind: 'regular' }], warnings: [] } });
    expect(run({}, { today: civil('2025-11-20') })).toMatchObject({ value: { lines: [{ nights: 4, riel: 40_000n }] } });
  });

  it('pays a return home to the child\'s own payee, and holds the line without one', () => {
    const home = { ...foster('2025-11-16', null), kind: 'home' as const, placed: null };
    expect(run({ stays: [inside('2024-01-01', '2025-11-16'), home] })).toMatchObject({ value: { lines: [{ familyId: null, familyNumber: null, payeeId: null, riel: 300_000n }] } });
  });

  it('leaves other offices\' families to other runs', () => {
    expect(run({ families: [{ ...family, officeId: 'elsewhere' }] })).toEqual({ ok: false, code: 'NOTHING_TO_PAY', details: { month: '2025-11' } });
    expect(run({}, { month: '2025-10' })).toEqual({ ok: false, code: 'NOTHING_TO_PAY', details: { month: '2025-10' } });
  });

  it('pays once: what was approved is left out, what another open run pays is that run\'s, its own lines are made anew', () => {
    expect(run({ settled: [settled] })).toMatchObject({ code: 'NOTHING_TO_PAY' });
    expect(run({ settled: [{ ...settled, riel: 1n, runState: 'calculated' }] })).toMatchObject({ code: 'NOTHING_TO_PAY' });
    expect(run({ settled: [{ ...settled, riel: 1n, runState: 'calculated', runId: 'run' }] })).toMatchObject({ value: { lines: [{ kind: 'regular', riel: 150_000n }] } });
    expect(run({ settled: [{ ...settled, nights: 5, riel: 50_000n }, { ...settled, nights: 4, riel: 40_000n, lineId: 'm' }] })).toMatchObject({ value: { lines: [{ kind: 'adjustment', nights: 6, riel: 60_000n, adjusts: 'm' }] } });
  });

  it('tells what was paid too much, and takes nothing', () => {
    const moved = { stays: [inside('2024-01-01', '2025-11-16'), foster('2025-11-16', '2025-11-21'), foster('2025-11-21', null, 'g')], families: [family, { ...family, id: 'g', number: 10 }] };
    expect(run({ ...moved, settled: [settled] })).toMatchObject({
      value: { lines: [{ familyId: 'g', nights: 10, kind: 'regular' }], warnings: [{ code: 'overpaid', familyNumber: 9, nights: 10, riel: 100_000n, onDay: '2025-11-01' }] },
    });
  });

  it('flags a short stay in residential care before the family, in the month of the move', () => {
    expect(run({ stays: [inside('2025-10-20', '2025-11-16'), foster('2025-11-16', null)] })).toMatchObject({ value: { warnings: [{ code: 'short_residential_stay', onDay: '2025-11-16', childNumber: 4 }] } });
  });
});
