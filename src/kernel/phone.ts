import { stripInvisible, toAsciiDigits } from './khmer.js';

const SEPARATORS = /[\s().\-\u2010-\u2015/]+/g;
/** A subscriber number without trunk zero: an area or operator code and the rest, 8 or 9 digits. */
const NATIONAL = /^[1-9]\d{7,8}$/;

/**
 * A Cambodian telephone number as '+855' and 8 or 9 digits, or undefined when the text is none.
 * Accepted: '012 345 678', '+855 (0)12-345-678', '00855...', '855...', Khmer digits, and a number whose
 * leading zero a spreadsheet has eaten. New operator codes come every few years, so codes are not listed.
 * Refused: short codes, foreign numbers, two numbers in one field.
 */
export function normalisePhone(s: unknown): string | undefined {
  if (typeof s !== 'string' || s.length > 64) return undefined;
  const typed = toAsciiDigits(stripInvisible(s)).replace(SEPARATORS, '');
  const international = /^(?:\+|00)?855(.*)$/.exec(typed)?.[1];
  // '85 512 345' is also a number of its own here: the length tells it from the country code.
  const national = NATIONAL.test(typed) ? typed : (international ?? typed);
  const digits = national.replace(/^0/, '');
  return NATIONAL.test(digits) ? `+855${digits}` : undefined;
}
