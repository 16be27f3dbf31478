import { createHash, randomBytes } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { stripInvisible, toAsciiDigits } from '../kernel/khmer.js';
import type { Role } from '../platform/auth/roles.js';

/** Who sees or decides most: a password alone does not let them in, where the register requires it. */
const REQUIRED_OF: ReadonlySet<Role> = new Set<Role>(['supervisor', 'finance_officer', 'finance_approver', 'administrator']);
/** Seconds of one step, as every authenticator counts them; a code of the step before or after is taken too. */
export const STEP_SECONDS = 30;
/** Minutes in which the first code must come. */
export const WAITING_MINUTES = 15;
export const RECOVERY_CODES = 10;
/** Without I, L, O and U, so that what is read aloud or from paper is typed right. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RECOVERY_LETTERS = 16;

/** Do these roles need a second factor? */
export function needsSecondFactor(roles: readonly Role[]): boolean {
  return roles.some((role) => REQUIRED_OF.has(role));
}

/** A new secret of 160 bits, in the letters that authenticators take. */
export function newFactorSecret(): string {
  return generateSecret();
}

/** The address that an authenticator reads from a picture. */
export function otpauth(secret: string, login: string, publicUrl: string): string {
  return generateURI({ issuer: `Register ${new URL(publicUrl).hostname}`, label: login, secret });
}

/** What somebody typed: Khmer digits, spaces and "-" are no mistakes. */
export function typed(text: string): { readonly code: string } | { readonly recovery: string } | undefined {
  const plain = toAsciiDigits(stripInvisible(text)).replace(/[\s-]/g, '').toUpperCase();
  if (/^\d{6}$/.test(plain)) return { code: plain };
  const recovery = plain.replaceAll('O', '0').replace(/[IL]/g, '1');
  return recovery.length === RECOVERY_LETTERS && [...recovery].every((letter) => LETTERS.includes(letter)) ? { recovery } : undefined;
}

/** The step whose code this is, one before or after included; undefined for a wrong code and for one of a step that was used. */
export function stepOf(secret: string, code: string, now: Date, lastStep: number | null): number | undefined {
  const result = verifySync({ secret, token: code, epoch: Math.floor(now.getTime() / 1000), period: STEP_SECONDS, epochTolerance: STEP_SECONDS });
  if (!result.valid || !('timeStep' in result)) return undefined;
  return lastStep === null || result.timeStep > lastStep ? result.timeStep : undefined;
}

/** Ten new recovery codes, each of 80 random bits: `7C4D-...`. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    [...randomBytes(RECOVERY_LETTERS)].map((byte) => LETTERS[byte % LETTERS.length]).join('').replace(/(.{4})(?=.)/g, '$1-'),
  );
}

/** The hash under which a recovery code is kept. At 80 random bits it needs no slow one. */
export function hashOfRecovery(code: string): Uint8Array {
  return createHash('sha256').update(`recovery:${code.replaceAll('-', '')}`).digest();
}
