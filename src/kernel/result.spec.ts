import { describe, expect, it } from '@jest/globals';
import { never, ok, refuse, type Result } from './result.js';

function half(n: number): Result<number, 'ODD' | 'NEGATIVE'> {
  if (n < 0) return refuse('NEGATIVE');
  return n % 2 === 0 ? ok(n / 2) : refuse('ODD', { next: n + 1 });
}

describe('a result', () => {
  it('is a value or a refusal with a code and details', () => {
    expect(half(4)).toEqual({ ok: true, value: 2 });
    expect(half(3)).toEqual({ ok: false, code: 'ODD', details: { next: 4 } });
    expect(half(-2)).toEqual({ ok: false, code: 'NEGATIVE', details: {} });
  });

  it('makes a forgotten case fail to compile, and a case from outside fail to run', () => {
    const name = (kind: 'a' | 'b'): string => {
      switch (kind) {
        case 'a':
          return 'first';
        case 'b':
          return 'second';
        default:
          return never(kind);
      }
    };
    expect(name('b')).toBe('second');
    expect(() => name('c' as 'a')).toThrow(TypeError);
  });
});
