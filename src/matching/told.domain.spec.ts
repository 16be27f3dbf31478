import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { civil } from '../kernel/civil-date.js';
import { TOLD_TOPICS, mayBeTold, toldEnough } from './told.domain.js';

const day = (n: number) => civil(`2026-06-${String(n).padStart(2, '0')}`);

describe('what was told before the answer', () => {
  it('is enough when every matter that must be told was told by the day of the answer, and something was', () => {
    const topic = fc.constantFrom(...TOLD_TOPICS);
    fc.assert(
      fc.property(fc.array(fc.record({ topic, on: fc.integer({ min: 1, max: 28 }) })), fc.uniqueArray(topic), fc.integer({ min: 1, max: 28 }), (items, required, on) => {
        const before = items.filter((one) => one.on <= on).map((one) => one.topic);
        const result = toldEnough(items.map((one) => ({ topic: one.topic, words: 'x', on: day(one.on) })), required, day(on));
        expect(result.ok).toBe(before.length > 0 && required.every((one) => before.includes(one)));
        if (!result.ok) expect(result.details['topics']).toEqual(required.filter((one) => !before.includes(one)));
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });

  it.each(['She is HIV positive.', 'takes ARV daily', 'ផ្ទុកមេរោគអេដស៍', 'AIDS'])('never names a diagnosis: %s', (words) => {
    expect(mayBeTold([{ topic: 'needs', words }, { topic: 'school', words: 'Grade two.' }])).toMatchObject({ ok: false, code: 'NOT_TO_BE_TOLD', details: { topics: ['needs'] } });
  });

  it.each(['Daily medicine, monthly clinic.', 'She needs first aid kits and a hive of friends.', 'ថ្នាំរាល់ថ្ងៃ'])('tells the need: %s', (words) => {
    expect(mayBeTold([{ topic: 'needs', words }]).ok).toBe(true);
  });
});
