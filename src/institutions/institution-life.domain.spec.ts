import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import { closureStep, decideLicence, decidePosts } from './institution-life.domain.js';
import type { ClosureCommand } from './institution-life.domain.js';
import type { InstitutionStateCode } from './institution.domain.js';

const day = (n: number) => addDays(civil('2026-06-01'), n);

describe('a closure', () => {
  it('goes as a naive reading of the rule says, whatever is asked in whatever order', () => {
    const asked = fc.array(fc.record({ command: fc.constantFrom<ClosureCommand>('order', 'empty', 'close'), on: fc.nat(20), children: fc.nat(2) }), { maxLength: 12 });
    fc.assert(
      fc.property(asked, (steps) => {
        let [state, since]: [InstitutionStateCode, number | null] = ['open', null];
        // Naive: the list of steps done so far says all.
        const done: { command: string; on: number }[] = [];
        for (const { command, on, children } of steps) {
          const result = closureStep({ state, children, since: since === null ? null : day(since) }, command, day(on));
          const isNext = ['order', 'empty', 'close'][done.length] === command;
          const inOrder = done.every((one) => one.on <= on);
          const allowed = isNext && inOrder && (command === 'order' || children === 0);
          expect(result.ok).toBe(allowed);
          if (result.ok) {
            done.push({ command, on });
            [state, since] = [result.value, on];
          } else expect(result.code).toBe(!isNext ? 'INSTITUTION_STATE' : !inOrder ? 'CLOSURE_STEP_BEFORE' : 'INSTITUTION_NOT_EMPTY');
        }
        expect(state).toBe((['open', 'ordered', 'emptied', 'closed'] as const)[done.length]);
      }),
      { seed: 20260601 },
    );
  });
});

describe('licences', () => {
  it('never share a day', () => {
    const range = fc.record({ from: fc.nat(30), days: fc.option(fc.integer({ min: 1, max: 15 })) });
    const days = ({ from, days: n }: { from: number; days: number | null }): Set<number> => new Set(Array.from({ length: n ?? 100 }, (_, at) => from + at));
    const wide = ({ from, days: n }: { from: number; days: number | null }) => ({ from: day(from), to: n === null ? null : day(from + n) });
    fc.assert(
      fc.property(fc.array(range, { maxLength: 4 }), range, (others, wanted) => {
        const taken = others.some((other) => [...days(other)].some((one) => days(wanted).has(one)));
        expect(decideLicence(others.map(wide), wide(wanted)).ok).toBe(!taken);
      }),
      { seed: 20260601 },
    );
    expect(decideLicence([], { from: day(2), to: day(2) })).toMatchObject({ code: 'LICENCE_ENDS_FIRST' });
  });
});

it('posts change on a later day than they last did', () => {
  expect([decidePosts(null, day(1)), decidePosts(day(1), day(2)), decidePosts(day(1), day(1)), decidePosts(day(2), day(1))].map(({ ok }) => ok)).toEqual([true, true, false, false]);
});
