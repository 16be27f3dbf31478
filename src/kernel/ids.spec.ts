import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { isId, newId } from './ids.js';

afterEach(() => {
  jest.restoreAllMocks();
});

/** Milliseconds that an id says it was made at. */
function momentOf(id: string): number {
  return Number.parseInt(id.replace('-', '').slice(0, 12), 16);
}

describe('an id', () => {
  it('is a UUID of version 7 that says when it was made', () => {
    const before = Date.now();
    const id = newId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(isId(id)).toBe(true);
    expect(momentOf(id)).toBeGreaterThanOrEqual(before);
    expect(momentOf(id)).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('sorts after every one before it, many in a millisecond too', () => {
    const ids = Array.from({ length: 50_000 }, newId);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('sorts after every one before it when the clock stands still or is set back', () => {
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 60_000);
    const ids = Array.from({ length: 10_000 }, newId);
    clock.mockReturnValue(now);
    ids.push(...Array.from({ length: 10_000 }, newId));
    expect([...ids].sort()).toEqual(ids);
    // More than 4,096 in one millisecond borrow from the next ones, a few of them.
    expect(momentOf(ids.at(-1) ?? '') - (now + 60_000)).toBeLessThanOrEqual(5);
  });

  it('has random bits that differ', () => {
    const tails = new Set(Array.from({ length: 1_000 }, () => newId().slice(19)));
    expect(tails.size).toBe(1_000);
    const variants = new Set(Array.from({ length: 1_000 }, () => newId().charAt(19)));
    expect([...variants].sort()).toEqual(['8', '9', 'a', 'b']);
  });

  it('is recognised as the database prints it, and in no other way', () => {
    const id = newId();
    expect(isId('00000000-0000-0000-0000-000000000000')).toBe(true);
    for (const bad of [id.toUpperCase(), `{${id}}`, id.replaceAll('-', ''), `${id}\n`, ` ${id}`, id.slice(1), '', null, undefined, 7, [id]]) {
      expect(isId(bad)).toBe(false);
    }
  });
});
