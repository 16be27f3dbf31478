import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../kernel/ids.js';
import { knownBy, makeLink, readLink } from './document.domain.js';

const key = randomBytes(32);

describe('a link', () => {
  it('tells its session the document and the moment, and any other nothing', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.uuid(), fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }), (documentId, session, other, until) => {
        fc.pre(session !== other);
        const link = makeLink(key, documentId, until, session);
        expect(readLink(key, link, session)).toEqual({ documentId, until });
        expect(readLink(key, link, other)).toBeUndefined();
        expect(readLink(randomBytes(32), link, session)).toBeUndefined();
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('is no link with any letter changed, more or less', () => {
    const [session, link] = [newId(), makeLink(key, newId(), new Date('2026-06-15T03:01:00Z'), newId())];
    const own = makeLink(key, newId(), new Date('2026-06-15T03:01:00Z'), session);
    for (let at = 0; at < own.length; at += 1) {
      for (const letter of 'Ab_') if (own[at] !== letter) expect(readLink(key, own.slice(0, at) + letter + own.slice(at + 1), session)).toBeUndefined();
    }
    for (const other of ['', link, `${own}A`, own.slice(1), `${own}=`, ` ${own}`]) expect(readLink(key, other, session)).toBeUndefined();
  });
});

describe('the bytes of a document', () => {
  it('are known again with the key alone', () => {
    const bytes = randomBytes(1_000);
    expect(knownBy(key, bytes)).toBe(knownBy(key, Buffer.from(bytes)));
    expect(knownBy(randomBytes(32), bytes)).not.toBe(knownBy(key, bytes));
    expect(knownBy(key, bytes.subarray(1))).not.toBe(knownBy(key, bytes));
  });
});
