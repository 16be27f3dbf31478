import { describe, expect, it } from '@jest/globals';
import { civil, todayIn } from '../kernel/civil-date.js';
import { isId } from '../kernel/ids.js';
import { nameKeys } from '../kernel/khmer.js';
import { normalisePhone } from '../kernel/phone.js';
import { asWritten, nameOf, phoneOf } from './names.js';
import { stream } from './random.js';

const DAY = civil('2026-03-14');

describe('a stream', () => {
  const drawn = (seed: number, part: string): unknown[] => {
    const random = stream(seed, part);
    return [random.id(DAY), random.below(1e9), random.chance(0.5), random.pick(['a', 'b', 'c']), random.some([1, 2, 3, 4, 5], 3), random.split('x').below(1e9)];
  };

  it('is the same for the same seed and path, and another for another', () => {
    expect(drawn(1, 'families')).toEqual(drawn(1, 'families'));
    expect(drawn(1, 'families')).not.toEqual(drawn(2, 'families'));
    expect(drawn(1, 'families')).not.toEqual(drawn(1, 'staff'));
  });

  it('gives ids of their day, each once, that sort by it', () => {
    const random = stream(7);
    const ids = Array.from({ length: 20_000 }, () => random.id(DAY));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isId)).toBe(true);
    expect(new Set(ids.map((id) => todayIn(new Date(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)))))).toEqual(new Set([DAY]));
    expect(random.id(civil('2026-03-13')) < random.id(DAY)).toBe(true);
    expect(ids.every((id) => id[14] === '7' && /[89ab]/.test(id.charAt(19)))).toBe(true);
  });

  it('spreads what it gives evenly enough', () => {
    const random = stream(3);
    const tens = Array.from({ length: 20_000 }, () => random.below(10));
    const counts = Array.from({ length: 10 }, (_, digit) => tens.filter((one) => one === digit).length);
    expect(Math.min(...counts)).toBeGreaterThan(1_850);
    expect(Math.max(...counts)).toBeLessThan(2_150);
    const heads = Array.from({ length: 10_000 }, () => random.chance(0.2)).filter(Boolean).length;
    expect(heads).toBeGreaterThan(1_850);
    expect(heads).toBeLessThan(2_150);
    expect(Math.min(...Array.from({ length: 5_000 }, () => random.between(3, 9)))).toBe(3);
  });
});

describe('invented names', () => {
  it('are written by many hands, and found however they are written', () => {
    const random = stream(11);
    const people = Array.from({ length: 2_000 }, () => nameOf(random, 'female'));
    const written = people.map((name) => asWritten(random, name));
    const lost = people.filter(({ km, latin }, i) => {
      const keys = new Set(nameKeys(written[i]?.km, written[i]?.latin));
      return !nameKeys(km, latin).some((key) => keys.has(key));
    });
    expect(lost).toEqual([]);
    expect(written.filter(({ km }, i) => km !== null && km !== people[i]?.km).length).toBeGreaterThan(100);
    expect(written.every(({ km, latin }) => km !== null || latin !== null)).toBe(true);
    expect(written.some(({ km }) => km?.includes('\u200b'))).toBe(true);
    expect(people.filter(({ latin }) => latin === 'Sok Sopheap').length).toBeGreaterThan(10);
  });

  it('come with telephone numbers in the form the register keeps', () => {
    const random = stream(12);
    const phones = Array.from({ length: 100 }, () => phoneOf(random));
    expect(phones.map((phone) => normalisePhone(phone))).toEqual(phones);
  });
});
