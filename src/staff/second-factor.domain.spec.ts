import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateSync } from 'otplib';
import { ROLES } from '../platform/auth/roles.js';
import { hashOfRecovery, needsSecondFactor, newFactorSecret, newRecoveryCodes, otpauth, stepOf, typed } from './second-factor.domain.js';

/** RFC 6238, appendix B: the secret of its examples in base32, and the last six of their eight digits. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('a one-time code', () => {
  it.each([[59, '287082'], [1_111_111_109, '081804'], [1_111_111_111, '050471'], [1_234_567_890, '005924'], [2_000_000_000, '279037']])('is that of RFC 6238 at second %i', (seconds, code) => {
    expect(stepOf(SECRET, code, at(seconds), null)).toBe(Math.floor(seconds / 30));
  });

  it('is taken one step early or late and no more, and never a second time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }), fc.integer({ min: -4, max: 4 }), (seconds, steps) => {
        const secret = newFactorSecret();
        const code = generateSync({ secret, epoch: seconds + steps * 30 });
        const step = Math.floor(seconds / 30) + steps;
        // Two steps have the same six digits once in a million.
        const found = stepOf(secret, code, at(seconds), null);
        expect(found).toBe(Math.abs(steps) <= 1 ? step : undefined);
        if (found !== undefined) expect([stepOf(secret, code, at(seconds), found), stepOf(secret, code, at(seconds), found - 1)]).toEqual([undefined, found]);
      }),
      { numRuns: 60, seed: 6238 },
    );
  });

  it('is typed as people type: Khmer digits, spaces, small letters, O for 0', () => {
    expect(typed(' ២៨៧ ០៨២\u200b')).toEqual({ code: '287082' });
    expect(typed('7c4d-aaaa-bbbb-o1l1')).toEqual({ recovery: '7C4DAAAABBBB0111' });
    for (const text of ['', '12345', '1234567', '7C4D-AAAA-BBBB', '7C4D-AAAA-BBBB-000U', 'x'.repeat(40)]) expect(typed(text)).toBeUndefined();
  });
});

describe('a second factor', () => {
  it('is required of supervisors, finance and administrators', () => {
    expect(ROLES.filter((role) => needsSecondFactor([role]))).toEqual(['supervisor', 'finance_officer', 'finance_approver', 'administrator']);
    expect(needsSecondFactor(['trainer', 'supervisor'])).toBe(true);
    expect(needsSecondFactor([])).toBe(false);
  });

  it('is read by an authenticator', () => {
    const secret = newFactorSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const uri = new URL(otpauth(secret, 'sok.dara', 'https://register.example/x'));
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname), uri.searchParams.get('secret')]).toEqual(['otpauth:', 'totp', '/Register register.example:sok.dara', secret]);
  });

  it('comes with ten recovery codes, each another, kept under their hashes', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      const plain = code.replaceAll('-', '');
      expect(typed(code.toLowerCase())).toEqual({ recovery: plain });
      expect(Buffer.from(hashOfRecovery(code)).equals(hashOfRecovery(plain))).toBe(true);
    }
  });
});
