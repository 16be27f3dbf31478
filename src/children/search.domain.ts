import { addMonths, civil, daysInMonth } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { nameKeys, stripInvisible, toAsciiDigits } from '../kernel/khmer.js';

/** Days between which somebody was born, both ends among them. */
export interface BornBetween {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** What a text asks for: the child of a number, or children by the keys of a name; undefined where there is nothing to look for. */
export type Wanted = { readonly number: number } | { readonly wholes: readonly string[]; readonly parts: readonly string[] };

const NUMBER = /^\d{1,9}$/;

/** Reads what was typed: digits alone, also Khmer ones, are her number; anything else is a name. */
export function wantedOf(text: string): Wanted | undefined {
  const digits = toAsciiDigits(stripInvisible(text)).replace(/[\s\-.]/g, '');
  if (NUMBER.test(digits)) return { number: Number(digits) };
  const keys = nameKeys(text);
  if (keys.length === 0) return undefined;
  return { wholes: keys.filter((key) => key.startsWith('w:')), parts: keys.filter((key) => !key.startsWith('w:')) };
}

/** The days that a partly known birth date means: a year, or a month of it; "about" reaches a year further to either side. */
export function bornBetween(year: number, month: number | null, about: boolean): BornBetween {
  const at = (of: number): string => `${year}-${String(of).padStart(2, '0')}-01`;
  const [first, last] = [civil(at(month ?? 1)), civil(at(month ?? 12))];
  // The register's calendar has an end on either side, and nobody was born beyond it.
  const from = about && year > 1900 ? addMonths(first, -12) : about ? civil('1900-01-01') : first;
  const end = about && year < 2200 ? addMonths(last, 12) : about ? civil('2200-12-01') : last;
  return { from, to: civil(`${end.slice(0, 8)}${String(daysInMonth(end)).padStart(2, '0')}`) };
}

/** How well a child with these keys answers: a whole name is above all parts of it together. 0: not at all. */
export function rankOf(keys: readonly string[], wanted: { readonly wholes: readonly string[]; readonly parts: readonly string[] }): number {
  if (wanted.wholes.some((key) => keys.includes(key))) return wanted.parts.length + 1;
  return wanted.parts.filter((key) => keys.includes(key)).length;
}
