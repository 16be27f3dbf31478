import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isCertificateNumber, newCertificateNumber, normaliseCertificateNumber } from './check-number.js';

const runs = { seed: 1, numRuns: 200 };
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Multiplication in the field of 32 elements, as at school: multiply the polynomials, then divide by x^5 + x^2 + 1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 5; bit += 1) if (b & (1 << bit)) product ^= a << bit;
  for (let degree = 9; degree >= 5; degree -= 1) if (product & (1 << degree)) product ^= 0b100101 << (degree - 5);
  return product;
}

/** The number that belongs to eight characters: the weights 2^8 ... 2^1 and 2^0 for the check make the sum zero. */
function numberFor(body: readonly number[]): string {
  let weight = 1;
  let sum = 0;
  for (const value of [...body].reverse()) {
    weight = times(weight, 2);
    sum ^= times(weight, value);
  }
  const text = [...body, sum].map((v) => symbols.charAt(v)).join('');
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

const numbers = fc.array(fc.nat(31), { minLength: 8, maxLength: 8 }).map(numberFor);
const plain = (s: string): string => s.replaceAll('-', '');

describe('the number of a certificate', () => {
  it('is new, random and in its printed form', () => {
    const made = Array.from({ length: 2_000 }, newCertificateNumber);
    expect(new Set(made).size).toBe(made.length);
    expect(made.every(isCertificateNumber)).toBe(true);
    for (const n of made) {
      expect(n).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/);
      expect(n).toBe(numberFor([...plain(n).slice(0, 8)].map((c) => symbols.indexOf(c))));
    }
    // Every symbol turns up in every place, the check character included.
    for (let place = 0; place < 9; place += 1) expect(new Set(made.map((n) => plain(n).charAt(place))).size).toBe(32);
  });

  it('has one check character: 31 of 32 guesses are refused', () => {
    fc.assert(
      fc.property(numbers, (n) => {
        const accepted = [...symbols].filter((c) => isCertificateNumber(n.slice(0, -1) + c));
        expect(accepted).toEqual([n.slice(-1)]);
      }),
      runs,
    );
  });

  it('finds every wrong character and every exchange of two, adjacent or not', () => {
    fc.assert(
      fc.property(numbers, (n) => {
        const text = plain(n);
        for (let i = 0; i < 9; i += 1) {
          for (const c of symbols) {
            const wrong = text.slice(0, i) + c + text.slice(i + 1);
            if (wrong !== text) expect(normaliseCertificateNumber(wrong)).toBeUndefined();
          }
          for (let j = i + 1; j < 9; j += 1) {
            const letters = [...text];
            [letters[i], letters[j]] = [text.charAt(j), text.charAt(i)];
            const swapped = letters.join('');
            if (swapped !== text) expect(normaliseCertificateNumber(swapped)).toBeUndefined();
          }
        }
      }),
      { ...runs, numRuns: 50 },
    );
  });

  it('is understood as people write it', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom('', ' ', '-', ' - ', '.', '\u200b', '–'), fc.boolean(), (n, gap, small) => {
        const read = n.replaceAll('-', gap).replaceAll('0', 'O').replaceAll('1', small ? 'l' : 'I');
        expect(normaliseCertificateNumber(small ? read.toLowerCase() : ` ${read}`)).toBe(n);
        expect(normaliseCertificateNumber(n.replace(/\d/g, (d) => String.fromCharCode(0x17e0 + Number(d))))).toBe(n);
      }),
      runs,
    );
  });

  it('is nothing else', () => {
    const n = numberFor([7, 19, 3, 20, 9, 23, 30, 26]);
    expect(isCertificateNumber(n)).toBe(true);
    expect(isCertificateNumber(plain(n))).toBe(false);
    expect(isCertificateNumber(n.toLowerCase())).toBe(false);
    for (const bad of ['', 'U'.repeat(9), `${n}0`, n.slice(1), 'ß'.repeat(9), ' '.repeat(100_000), null, 123456789, [n]]) {
      expect(normaliseCertificateNumber(bad)).toBeUndefined();
    }
  });
});
