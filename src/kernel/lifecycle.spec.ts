import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertLifecycle, checkLifecycle, lifecycle } from './lifecycle.js';

const runs = { seed: 1, numRuns: 200 };

type State = 'planned' | 'approved' | 'active' | 'ended' | 'cancelled';
type Command = 'approve' | 'start' | 'end' | 'cancel';

const placement = lifecycle<State, Command>()({
  planned: { approve: 'approved', cancel: 'cancelled' },
  approved: { start: 'active', cancel: 'cancelled' },
  active: { end: 'ended' },
  ended: {},
  cancelled: {},
} as const);

describe('a lifecycle', () => {
  it('answers the next state, or nothing when the command does not belong there', () => {
    expect(placement.next('planned', 'approve')).toBe('approved');
    expect(placement.next('planned', 'start')).toBeUndefined();
    expect(placement.next('ended', 'end')).toBeUndefined();
    expect(placement.states).toEqual(['planned', 'approved', 'active', 'ended', 'cancelled']);
    expect(placement.commandsFrom('approved')).toEqual(['start', 'cancel']);
    expect(placement.commandsFrom('ended')).toEqual([]);
  });

  it('knows nothing that the table does not say, whatever objects inherit', () => {
    for (const word of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(placement.next('planned', word as Command)).toBeUndefined();
      expect(placement.next(word as State, 'approve')).toBeUndefined();
      expect(placement.commandsFrom(word as State)).toEqual([]);
    }
  });

  it('does not compile with a misspelt command, an unknown state or a missing row', () => {
    // @ts-expect-error a command that was not declared
    lifecycle<'a' | 'b', 'go'>()({ a: { goo: 'b' }, b: {} } as const);
    // @ts-expect-error a next state that was not declared
    lifecycle<'a' | 'b', 'go'>()({ a: { go: 'c' }, b: {} } as const);
    // @ts-expect-error a row that was not declared
    lifecycle<'a' | 'b', 'go'>()({ a: { go: 'b' }, b: {}, c: {} } as const);
    // @ts-expect-error a state without a row
    lifecycle<'a' | 'b', 'go'>()({ a: { go: 'b' } } as const);
    expect(lifecycle<'a' | 'b', 'go'>()({ a: { go: 'b' }, b: {} }).next('a', 'go')).toBe('b');
  });
});

describe('the check of a lifecycle', () => {
  it('finds nothing wrong with a good one, given as lifecycle or as table', () => {
    const ends = { initial: 'planned', final: ['ended', 'cancelled'] } as const;
    expect(checkLifecycle(placement, ends)).toEqual([]);
    expect(checkLifecycle(placement.table, ends)).toEqual([]);
    expect(() => assertLifecycle('a placement', placement, ends)).not.toThrow();
  });

  it('stops the program and says every problem in a sentence', () => {
    expect(checkLifecycle(placement, { initial: 'approved', final: ['cancelled'] })).toEqual([
      'no way leads to "planned"',
      'from "active" no final state can be reached',
      '"ended" is a dead end and not final',
    ]);
    expect(() => assertLifecycle('a placement', placement, { initial: 'approved', final: ['cancelled'] })).toThrow(
      /lifecycle of a placement is broken: no way leads to "planned"; /,
    );
    const loose = { a: { go: 'b' } } as unknown as { a: { go: 'a' } };
    expect(checkLifecycle<'a', 'go'>(loose, { initial: 'a', final: [] })).toEqual(['"b" is named but has no row']);
  });

  it('agrees with walking every way step by step', () => {
    const names = ['s0', 's1', 's2', 's3', 's4', 's5'];
    const edges = fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12, selector: (e) => e.join() });
    fc.assert(
      fc.property(edges, fc.nat(5), fc.uniqueArray(fc.nat(5), { minLength: 1 }), (list, first, last) => {
        const table = Object.fromEntries(
          names.map((name, i) => [name, Object.fromEntries(list.filter(([from]) => from === i).map(([, to]) => [`to${to}`, `s${to}`]))]),
        ) as Record<string, Record<string, string>>;
        // Walking: in as many steps as there are states, where can one be?
        const walk = (start: number): Set<number> => {
          let at = new Set([start]);
          for (let step = 0; step < 6; step += 1) at = new Set([...at, ...list.filter(([from]) => at.has(from)).map(([, to]) => to)]);
          return at;
        };
        const expected = names.flatMap((name, i) => {
          const found: string[] = [];
          if (!walk(first).has(i)) found.push(`no way leads to "${name}"`);
          if (!list.some(([from]) => from === i) && !last.includes(i)) found.push(`"${name}" is a dead end and not final`);
          else if (![...walk(i)].some((s) => last.includes(s))) found.push(`from "${name}" no final state can be reached`);
          return found;
        });
        expect(checkLifecycle(table, { initial: `s${first}`, final: last.map((i) => `s${i}`) })).toEqual(expected);
      }),
      runs,
    );
  });
});
