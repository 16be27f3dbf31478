import { addDays, daysBetween, startOfDay } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';

const DAY_MS = 86_400_000;

/**
 * Numbers that look random and are the same every time: a stream is made from a seed and a path of names, so that what one
 * part of the country draws never changes what another part gets. sfc32 with a hash of the path as its state.
 */
export class Stream {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(private readonly path: string) {
    [this.#a, this.#b, this.#c] = [hash(path, 0x9e3779b9), hash(path, 0x243f6a88), hash(path, 0xb7e15162)];
    for (let i = 0; i < 12; i++) this.#next();
  }

  /** A stream of its own for a part: the same parts, the same numbers, wherever this one stands. */
  split(...parts: readonly (string | number)[]): Stream {
    return new Stream([this.path, ...parts].join('/'));
  }

  /** A whole number from 0, below `limit`. */
  below(limit: number): number {
    return Math.floor((this.#next() / 2 ** 32) * limit);
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** Yes in this share of all cases. */
  chance(share: number): boolean {
    return this.#next() / 2 ** 32 < share;
  }

  /** One of a list. */
  pick<const T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    return list[this.below(list.length)] as T;
  }

  /** One of a list of values with their weights. */
  weighted<const T>(list: readonly (readonly [value: T, weight: number])[]): T {
    let left = (this.#next() / 2 ** 32) * list.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of list) {
      left -= weight;
      if (left < 0) return value;
    }
    return this.pick(list)[0];
  }

  /** So many different ones of a list, in no order. */
  some<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    for (let i = 0; i < Math.min(count, left.length); i++) {
      const j = this.between(i, left.length - 1);
      [left[i], left[j]] = [left[j] as T, left[i] as T];
    }
    return left.slice(0, count);
  }

  /** A day from `from` to `to`, both included; `from` where they are reversed. */
  day(from: CivilDate, to: CivilDate): CivilDate {
    const days = daysBetween(from, to);
    return days <= 0 ? from : addDays(from, this.below(days + 1));
  }

  /** A UUIDv7 of a moment, or of one within a day: sorts after the ids of earlier ones. */
  id(when: CivilDate | Date): string {
    const time = when instanceof Date ? when.getTime() : startOfDay(when).getTime() + this.below(DAY_MS);
    const [first, second, third] = [this.#next(), this.#next(), this.#next()];
    const upper = Math.floor(time / 2 ** 16);
    return `${hex(upper >>> 16)}${hex(upper)}-${hex(time)}-${hex(0x7000 | (first >>> 20))}-${hex(0x8000 | (second & 0x3fff))}-${hex(first)}${hex(third >>> 16)}${hex(third)}`;
  }

  #next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    return t >>> 0;
  }
}

/** The stream of a seed and a path: `stream(1, 'families', '0203')`. */
export function stream(seed: number, ...parts: readonly (string | number)[]): Stream {
  return new Stream([seed, ...parts].join('/'));
}

/** Four digits of every number of 16 bits: a country needs a million ids. */
const HEX = Array.from({ length: 2 ** 16 }, (_, value) => value.toString(16).padStart(4, '0'));

const hex = (value: number): string => HEX[value & 0xffff] ?? '';

/** FNV-1a over UTF-16, stirred at the end. */
function hash(text: string, start: number): number {
  let h = start;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
