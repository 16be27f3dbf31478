import { randomBytes } from 'node:crypto';

/**
 * Numbers of certificates: eight random characters and a check character, '7K3M-9QXT-2'. Random, because
 * strangers may verify one and must not be able to count on from it; with a check character, because
 * it is read out over the telephone and copied by hand.
 */

/** Crockford's base 32: no I, L, O (taken for 1 and 0) and no U. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** Twice x in the field of 32 elements, GF(2^5) with x^5 + x^2 + 1. */
function double(x: number): number {
  const shifted = x << 1;
  return shifted & 32 ? (shifted ^ 0b100101) & 31 : shifted;
}

/**
 * Damm's method over the field of 32 elements: each character is multiplied by another power of 2 and
 * the sum must be zero. Every power up to the 30th is different and none is zero, so any single wrong
 * character and any two exchanged ones, adjacent or not, leave a sum that is not zero.
 */
function checksum(values: readonly number[]): number {
  return double(values.reduce((sum, v) => double(sum) ^ v, 0));
}

function valuesOf(text: string): number[] {
  return [...text].map((c) => SYMBOLS.indexOf(c));
}

function print(text: string): string {
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

/** A new random number for a certificate (40 random bits). The table's UNIQUE constraint has the last word. */
export function newCertificateNumber(bytes: Uint8Array = randomBytes(LENGTH)): string {
  const values = [...bytes.subarray(0, LENGTH)].map((byte) => byte & 31);
  return print([...values, checksum(values)].map((v) => SYMBOLS.charAt(v)).join(''));
}

/**
 * The printed form of a number as somebody typed it: small letters, missing or other separators, O for 0,
 * I or L for 1 and Khmer digits are accepted. Undefined when it is no number or the check character is wrong.
 */
export function normaliseCertificateNumber(s: unknown): string | undefined {
  if (typeof s !== 'string' || s.length > 64) return undefined;
  const text = s
    .replace(/[\s\u200b\u2010-\u2015._-]+/g, '')
    .replace(/[\u17e0-\u17e9]/g, (c) => String(c.charCodeAt(0) - 0x17e0))
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (text.length !== LENGTH + 1) return undefined;
  const values = valuesOf(text);
  if (values.includes(-1)) return undefined;
  return checksum(values.slice(0, LENGTH)) === values[LENGTH] ? print(text) : undefined;
}

/** Is this the printed form of a number with the right check character? */
export function isCertificateNumber(s: unknown): s is string {
  return typeof s === 'string' && normaliseCertificateNumber(s) === s;
}
