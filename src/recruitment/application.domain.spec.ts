import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import { mayAppeal, mayDecideAppeal } from './appeal.domain.js';
import type { Appeal } from './appeal.domain.js';
import { applicationLifecycle, mayApply } from './application.domain.js';
import type { ApplicationCommand, ApplicationState } from './application.domain.js';
import { ok, refuse } from '../kernel/result.js';
import { studyStands } from './approval.domain.js';

const on = civil('2026-06-15');
const adult = fc.record({
  carer: fc.boolean(),
  birth: fc.record({ date: fc.integer({ min: 1940, max: 2010 }).map((year) => civil(`${year}-06-15`)), precision: fc.constant('day' as const) }),
});

describe('who may apply', () => {
  it('is a household with a carer, all of them old enough unless kin', () => {
    fc.assert(
      fc.property(fc.array(adult, { maxLength: 4 }), fc.constantFrom('foster' as const, 'kinship' as const, 'family_house' as const), (adults, kind) => {
        const years = adults.filter(({ carer }) => carer).map(({ birth }) => 2026 - Number(birth.date.slice(0, 4)));
        const expected = years.length > 0 && (kind === 'kinship' || Math.min(...years) >= 25);
        expect(mayApply({ kind, adults }, 25, on).ok).toBe(expected);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('counts the latest birth date that the precision allows', () => {
    const born = (precision: 'day' | 'year') => mayApply({ kind: 'foster', adults: [{ carer: true, birth: { date: civil('2001-01-01'), precision } }] }, 25, on).ok;
    expect([born('day'), born('year')]).toEqual([true, false]);
  });
});

describe('an application', () => {
  it('reaches approval only through the panel', () => {
    for (const state of applicationLifecycle.states) expect(applicationLifecycle.next(state, 'approve')).toBe(state === 'panel' ? 'approved' : undefined);
  });
});

const COMMANDS: readonly ApplicationCommand[] = ['check', 'study', 'train', 'present', 'approve', 'refuse', 'withdraw', 'reopen', 'dissolve'];

/** The lifecycle again, told as what has happened so far. */
function story(commands: readonly ApplicationCommand[]): ApplicationState {
  let [stage, panel, over]: [number, boolean, ApplicationState | undefined] = [0, false, undefined];
  for (const command of commands) {
    if (over !== undefined) {
      if (over === 'refused' && command === 'reopen') [stage, panel, over] = [3, false, undefined];
    } else if (command === 'withdraw') over = 'withdrawn';
    else if (panel && command === 'dissolve') [stage, panel] = [3, false];
    else if (panel && (command === 'approve' || command === 'refuse')) over = command === 'approve' ? 'approved' : 'refused';
    else if (!panel && command === 'present') panel = stage >= 2;
    else if (!panel) stage = Math.max(stage, ['', 'check', 'study', 'train'].indexOf(command));
  }
  return over ?? (panel ? 'panel' : (['received', 'checking', 'studying', 'training'] as const)[stage] ?? 'received');
}

describe('the way of an application', () => {
  it('ends where its story says, after any sequence of acts', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...COMMANDS), { maxLength: 20 }), (commands) => {
        let state: ApplicationState = 'received';
        for (const command of commands) state = applicationLifecycle.next(state, command) ?? state;
        expect(state).toBe(story(commands));
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  it('is appealed once, in time, and decided by other hands', () => {
    const day = fc.integer({ min: -3, max: 40 });
    fc.assert(
      fc.property(day, day, fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 30 }), (filed, decided, by, days) => {
        const refused = { decidedOn: on, hands: ['a', 'b'] };
        const filedOn = addDays(on, filed);
        const may = mayAppeal(refused, undefined, days, filedOn);
        expect(may.ok ? 'yes' : may.code).toBe(filed < 0 ? 'BEFORE_DECISION' : filed > days ? 'APPEAL_TOO_LATE' : 'yes');
        const known: Appeal = { filedOn, decided: false };
        expect(mayAppeal(refused, known, days, filedOn).ok).toBe(false);
        const decides = mayDecideAppeal(refused, known, by, addDays(on, decided), ok(true));
        expect(decides.ok ? 'yes' : decides.code).toBe(by !== 'c' ? 'OWN_DECISION' : decided < filed ? 'BEFORE_APPEAL' : 'yes');
        expect(mayDecideAppeal(refused, { ...known, decided: true }, by, filedOn, ok(true)).ok).toBe(false);
        expect(mayDecideAppeal(refused, known, by, addDays(on, decided), refuse('CONFLICT_OF_INTEREST')).ok).toBe(false);
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('has studies that are whole: each section once and no other, each score in its range', () => {
    const form = { version: 'F', sections: ['a', 'b'], lowest: 1, highest: 4 };
    fc.assert(
      fc.property(fc.array(fc.record({ section: fc.constantFrom('a', 'b', 'c'), score: fc.integer({ min: 0, max: 5 }) }), { maxLength: 3 }), (scores) => {
        const whole = scores.map(({ section }) => section).sort().join('') === 'ab';
        const result = studyStands(form, scores);
        expect(result.ok ? 'yes' : result.code).toBe(!whole ? 'STUDY_NOT_WHOLE' : scores.some(({ score }) => score < 1 || score > 4) ? 'SCORE_OUT_OF_RANGE' : 'yes');
      }),
      { seed: 13, numRuns: 300 },
    );
  });
});
