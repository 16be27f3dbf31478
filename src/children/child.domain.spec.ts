import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { changeNeeds, checkBirth, decideBasis, decideDeath, decideLink, notAfterDeath } from './child.domain.js';
import type { BasisDays, SiblingSide, StandingNeed } from './child.domain.js';

const TODAY = civil('2026-06-15');
const seeded = { seed: 20260615, numRuns: 300 };
const day = fc.integer({ min: -400, max: 0 }).map((n) => addDays(TODAY, n));

describe('a birth', () => {
  it.each([
    ['2026-06-10', 'day', true], ['2026-06-11', 'day', 'BORN_AFTER_SEEN'], ['2026-06-16', 'day', 'BIRTH_IN_FUTURE'],
    ['2026-06-30', 'month', true], ['2026-07-01', 'month', 'BIRTH_IN_FUTURE'],
    ['2026-12-31', 'year', true], ['2027-01-01', 'year', 'BIRTH_IN_FUTURE'],
    ['2026-06-15', 'estimated', true], ['2026-06-16', 'estimated', 'BIRTH_IN_FUTURE'],
  ] as const)('on %s (%s), seen on 10 June: %s', (date, precision, expected) => {
    const result = checkBirth({ date: civil(date), precision }, civil('2026-06-10'), TODAY);
    expect(result.ok || result.code).toBe(expected);
  });
});

describe('death', () => {
  it('is once, not before she was last seen, and the last day of anything', () => {
    expect(decideDeath({ diedOn: null, lastSeenOn: TODAY }, addDays(TODAY, -1))).toMatchObject({ code: 'SEEN_AFTER_DEATH' });
    expect(decideDeath({ diedOn: null, lastSeenOn: TODAY }, TODAY)).toMatchObject({ ok: true });
    expect(decideDeath({ diedOn: TODAY, lastSeenOn: TODAY }, TODAY)).toMatchObject({ code: 'ALREADY_DEAD' });
    expect(notAfterDeath(TODAY, TODAY)).toMatchObject({ ok: true });
    expect(notAfterDeath(addDays(TODAY, -1), TODAY)).toMatchObject({ code: 'AFTER_DEATH' });
  });
});

describe('needs', () => {
  const kinds = ['a', 'b', 'c', 'd'];
  const list = <T>(rest: (kind: string) => fc.Arbitrary<T>) => fc.subarray(kinds).chain((chosen) => fc.tuple(...chosen.map(rest)));
  const standing = list((kind) => fc.record({ id: fc.constant(`id-${kind}`), kind: fc.constant(kind), level: fc.integer({ min: 1, max: 3 }), from: day }));
  const wanted = list((kind) => fc.record({ kind: fc.constant(kind), level: fc.integer({ min: 1, max: 3 }) }));

  it('after the changes stand exactly those that are wanted, and nothing changes that already stood so', () => {
    fc.assert(
      fc.property(standing, wanted, (before: StandingNeed[], after) => {
        const changes = changeNeeds(before, after, TODAY);
        if (!changes.ok) throw new Error(changes.code);
        const { end, drop, relevel, begin } = changes.value;
        const left = before.filter(({ id }) => !end.includes(id) && !drop.includes(id)).map(({ id, kind, level }) => ({ kind, level: relevel.find((one) => one.id === id)?.level ?? level }));
        const byKind = (a: { kind: string }, b: { kind: string }) => (a.kind < b.kind ? -1 : 1);
        expect([...left, ...begin].sort(byKind)).toEqual([...after].sort(byKind));
        for (const need of before) if (after.some(({ kind, level }) => kind === need.kind && level === need.level)) expect([...end, ...drop, ...relevel.map(({ id }) => id)]).not.toContain(need.id);
        // What began on the day is never ended on it: that would be a stretch of no days.
        for (const id of end) expect(before.find((need) => need.id === id)?.from).not.toBe(TODAY);
      }),
      seeded,
    );
  });

  it('are not changed before a day on which they were recorded', () => {
    expect(changeNeeds([{ id: '1', kind: 'a', level: 1, from: TODAY }], [], addDays(TODAY, -1))).toMatchObject({ code: 'NEEDS_RECORDED_LATER' });
  });
});

describe('legal bases', () => {
  it('never leave two known ones on a day, nor a stretch of no days', () => {
    const basis = fc.record({ kind: fc.constantFrom('court_decision', 'authority_order', 'none_known'), from: day, days: fc.option(fc.integer({ min: -1, max: 200 })) });
    fc.assert(
      fc.property(fc.array(basis, { maxLength: 6 }), (many) => {
        let kept: BasisDays[] = [];
        for (const [at, { kind, from, days }] of many.entries()) {
          const next = { kind, from, to: days === null ? null : addDays(from, days) };
          const decided = decideBasis(kept, next, TODAY);
          if (!decided.ok) continue;
          kept = kept.map((one) => ({ ...one, to: decided.value.find(({ id }) => id === one.id)?.to ?? one.to }));
          kept.push({ id: String(at), ...next });
        }
        for (const one of kept) expect(one.to === null || one.to > one.from).toBe(true);
        const known = kept.filter(({ kind }) => kind !== 'none_known');
        const end = (to: CivilDate | null) => to ?? '9999-12-31';
        for (const a of known) for (const b of known) if (a !== b) expect(a.from >= end(b.to) || b.from >= end(a.to)).toBe(true);
      }),
      seeded,
    );
  });
});

describe('sibling groups', () => {
  const side = (childId: string, group: string | null, members = 2, visible = members): SiblingSide => ({ childId, group: group === null ? null : { id: group, members, visible } });

  it.each([
    ['found', [side('1', null), side('2', null)], false, { ok: true, value: { kind: 'found', add: ['1', '2'] } }],
    ['joined', [side('1', 'g'), side('2', null)], false, { ok: true, value: { kind: 'join', groupId: 'g', merge: [], add: ['2'] } }],
    ['already so', [side('1', 'g'), side('2', 'g')], true, { ok: false, code: 'ALREADY_SIBLINGS' }],
    ['two groups, not asked', [side('1', 'g'), side('2', 'h'), side('3', null)], false, { ok: false, code: 'SIBLINGS_OF_TWO_GROUPS' }],
    ['two groups, asked', [side('1', 'h'), side('2', 'g'), side('3', null)], true, { ok: true, value: { kind: 'join', groupId: 'g', merge: ['h'], add: ['3'] } }],
    ['somebody out of sight, others come to her', [side('1', 'g'), side('2', 'h', 3, 1)], true, { ok: true, value: { groupId: 'h', merge: ['g'] } }],
    ['two groups with somebody out of sight', [side('1', 'g', 4, 2), side('2', 'h', 3, 1)], true, { ok: false, code: 'SIBLINGS_ELSEWHERE' }],
  ] as const)('%s', (_, sides, merge, expected) => {
    expect(decideLink(sides, merge)).toMatchObject(expected);
  });
});
