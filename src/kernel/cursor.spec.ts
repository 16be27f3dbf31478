import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor, type CursorPart } from './cursor.js';

const runs = { seed: 1, numRuns: 200 };
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((s) => !/[\0\p{Surrogate}]/u.test(s));
const part: fc.Arbitrary<CursorPart> = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  fc.constant(null),
);

describe('a cursor', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        fc.pre(Buffer.byteLength(JSON.stringify(parts)) <= 384);
        const cursor = encodeCursor(parts);
        expect(cursor).toMatch(/^[A-Za-z0-9_-]{1,512}$/);
        expect(decodeCursor(cursor)).toEqual(parts);
      }),
      runs,
    );
  });

  it('holds a Khmer name of 100 characters and an id', () => {
    const parts = ['ស'.repeat(100), '0197b6c1-0000-7000-8000-000000000000'];
    expect(decodeCursor(encodeCursor(parts))).toEqual(parts);
  });

  it('answers undefined to anything that was not written by it, and never throws', () => {
    const json = fc.json().map((j) => Buffer.from(j).toString('base64url'));
    const bytes = fc.uint8Array({ maxLength: 40 }).map((b) => Buffer.from(b).toString('base64url'));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), json, bytes), (s) => {
        const parts = decodeCursor(s);
        if (parts !== undefined) expect(encodeCursor(parts)).toBe(s);
      }),
      { ...runs, numRuns: 2_000 },
    );
    const of = (json5: string): string => Buffer.from(json5).toString('base64url');
    for (const bad of ['', 'W10=', `${of('[1]')} `, of('[ 1]'), of('{"0":1}'), of('[true]'), of('[[1]]'), of('[1e999]'), of('["\\u0000"]'), of('["\\ud800"]'), of('[1,2,3,4,5,6,7,8,9]'), of(`["${'a'.repeat(400)}"]`)]) {
      expect(decodeCursor(bad)).toBeUndefined();
    }
    expect(decodeCursor(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]).toString('base64url'))).toBeUndefined();
  });

  it('accepts one spelling only: no other text stands for the same row', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 2 }), fc.nat(), fc.constantFrom(...'AZaz09-_'), (parts, at, letter) => {
        fc.pre(Buffer.byteLength(JSON.stringify(parts)) <= 384);
        const cursor = encodeCursor(parts);
        const i = at % cursor.length;
        const other = cursor.slice(0, i) + letter + cursor.slice(i + 1);
        fc.pre(other !== cursor);
        expect(decodeCursor(other)).not.toEqual(parts);
      }),
      runs,
    );
  });

  it('refuses to be written too long or with values that no column holds', () => {
    expect(() => encodeCursor(['a'.repeat(400)])).toThrow(RangeError);
    expect(() => encodeCursor([Number.NaN])).toThrow(RangeError);
    expect(() => encodeCursor(['\0'])).toThrow(RangeError);
    expect(() => encodeCursor([1, 2, 3, 4, 5, 6, 7, 8, 9])).toThrow(RangeError);
  });
});
