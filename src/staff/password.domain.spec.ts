import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LEAST, weakness } from './password.domain.js';

describe('a password', () => {
  it.each([
    ['short', 'sokha', 'PASSWORD_TOO_SHORT'],
    ['ខ្មែរ', 'sokha', 'PASSWORD_TOO_SHORT'],
    ['Sokha.Chan1', 'sokha.chan1', 'PASSWORD_IS_LOGIN'],
    ['1234567890', 'sokha', 'PASSWORD_TOO_COMMON'],
    ['PassWord123', 'sokha', 'PASSWORD_TOO_COMMON'],
    ['aaaaaaaaaaaaaaa', 'sokha', 'PASSWORD_TOO_COMMON'],
    ['ababababababab', 'sokha', 'PASSWORD_TOO_COMMON'],
  ])('%s is refused', (password, login, code) => {
    expect(weakness(password, login)?.code).toBe(code);
  });

  it.each(['three blue buffaloes', 'ទន្លេសាបមានត្រីច្រើន', 'xK4!mm9 pq'])('%s is taken', (password) => {
    expect(weakness(password, 'sokha')).toBeUndefined();
  });

  it('is never taken below the least length, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: LEAST - 1 }), (password) => {
        fc.pre([...password.normalize('NFKC')].length < LEAST);
        expect(weakness(password, 'sokha')?.code).toBe('PASSWORD_TOO_SHORT');
      }),
      { seed: 42, numRuns: 200 },
    );
  });
});
