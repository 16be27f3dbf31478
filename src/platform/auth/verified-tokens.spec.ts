import { describe, expect, it } from '@jest/globals';
import { VerifiedTokens } from './verified-tokens.js';

const at = (second: number): Date => new Date(second * 1000);

describe('verified tokens', () => {
  it('are kept until they expire, and not a moment longer', () => {
    const kept = new VerifiedTokens<string>();
    kept.keep('a', 'she', 10_000);
    expect(kept.find('a', at(9))).toBe('she');
    expect(kept.find('a', at(10))).toBeUndefined();
    expect(kept.size).toBe(0);
    expect(kept.find('b', at(0))).toBeUndefined();
  });

  it('are at most so many: the longest unasked goes first', () => {
    const kept = new VerifiedTokens<number>(2);
    kept.keep('a', 1, 99_000);
    kept.keep('b', 2, 99_000);
    expect(kept.find('a', at(0))).toBe(1);
    kept.keep('c', 3, 99_000);
    expect(['a', 'b', 'c'].map((token) => kept.find(token, at(0)))).toEqual([1, undefined, 3]);
    kept.keep('c', 4, 99_000);
    expect([kept.size, kept.find('c', at(0))]).toEqual([2, 4]);
  });
});
