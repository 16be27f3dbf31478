import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideRefresh } from './session.domain.js';
import type { RefreshFacts } from './session.domain.js';

const now = new Date('2026-06-15T03:00:00Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const fresh: RefreshFacts = { usedAt: null, expiresAt: ago(-60), successorUsedAt: undefined, sessionStands: true, accountActive: true };
const used: RefreshFacts = { ...fresh, usedAt: ago(3), successorUsedAt: null };

describe('a refresh token', () => {
  it.each<[string, RefreshFacts, string]>([
    ['never used', fresh, 'rotate'],
    ['expired', { ...fresh, expiresAt: now }, 'over'],
    ['of an ended session', { ...fresh, sessionStands: false }, 'over'],
    ['of a closed account', { ...fresh, accountActive: false }, 'over'],
    ['used a moment ago, its answer lost', used, 'repeat'],
    ['used ten seconds ago', { ...used, usedAt: ago(10) }, 'repeat'],
    ['used longer ago', { ...used, usedAt: ago(10.001) }, 'reuse'],
    ['whose successor was used', { ...used, successorUsedAt: ago(1) }, 'reuse'],
    ['used and without a successor', { ...used, successorUsedAt: undefined }, 'reuse'],
    ['used, of an ended session', { ...used, sessionStands: false }, 'over'],
  ])('%s: %s', (_, facts, decision) => {
    expect(decideRefresh(facts, now)).toBe(decision);
  });

  it('makes a new token only from one that nobody has used', () => {
    const moment = fc.integer({ min: -100, max: 100 }).map(ago);
    fc.assert(
      fc.property(fc.option(moment), moment, fc.option(fc.option(moment), { nil: undefined }), fc.boolean(), fc.boolean(), (usedAt, expiresAt, successorUsedAt, sessionStands, accountActive) => {
        const decision = decideRefresh({ usedAt, expiresAt, successorUsedAt, sessionStands, accountActive }, now);
        if (decision === 'rotate') expect([usedAt, sessionStands, accountActive]).toEqual([null, true, true]);
        if (successorUsedAt instanceof Date && usedAt !== null) expect(['reuse', 'over']).toContain(decision);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
