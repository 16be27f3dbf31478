import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalisePhone } from './phone.js';

const runs = { seed: 1, numRuns: 200 };

/** Eight or nine digits after the trunk zero. */
const national = fc
  .tuple(fc.integer({ min: 10, max: 99 }), fc.constantFrom(6, 7).chain((n) => fc.array(fc.nat(9), { minLength: n, maxLength: n })))
  .map(([code, rest]) => `${code}${rest.join('')}`);
const khmerDigits = (s: string): string => s.replace(/\d/g, (d) => String.fromCharCode(0x17e0 + Number(d)));

describe('a telephone number', () => {
  it('is one number however it is written', () => {
    fc.assert(
      fc.property(
        national,
        fc.constantFrom('', '0', '+855', '+8550', '+855 (0)', '00855', '855', '8550', '(0)', '\u200b0', '\u202a+855'),
        fc.constantFrom('', ' ', '-', '.', '\u00a0', ' / ', '\u200b', '–'),
        fc.boolean(),
        (n, prefix, gap, khmer) => {
          const written = `${prefix}${n.slice(0, 2)}${gap}${n.slice(2, 5)}${gap}${n.slice(5)}`;
          expect(normalisePhone(khmer ? khmerDigits(written) : ` ${written} `)).toBe(`+855${n}`);
        },
      ),
      runs,
    );
  });

  it('is understood from examples', () => {
    expect(normalisePhone('012 345 678')).toBe('+85512345678');
    expect(normalisePhone('០៩៧ ១២៣ ៤៥៦៧')).toBe('+855971234567');
    expect(normalisePhone('+855 (0)23-722-033')).toBe('+85523722033');
    // A number of the area 85, not a country code followed by too little.
    expect(normalisePhone('85512345')).toBe('+85585512345');
    expect(normalisePhone('085 512 345')).toBe('+85585512345');
  });

  it('is undefined when it is none, short, foreign, or two in one', () => {
    for (const bad of ['', '117', '1280', '012 345', '012 345 678 90', '+66 81 234 5678', '+84912345678', '012 345 678 / 098 765 432', '012x345678', '+012345678', '0012345678', '00012345678', '+855', '+855 855 12 345 678', '٠١٢٣٤٥٦٧٨', '0'.repeat(50_000), null, 12345678]) {
      expect(normalisePhone(bad)).toBeUndefined();
    }
  });

  it('is the same when it is normalised again', () => {
    fc.assert(fc.property(national, (n) => expect(normalisePhone(normalisePhone(`0${n}`))).toBe(`+855${n}`)), runs);
  });
});
