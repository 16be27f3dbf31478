import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { availability } from './availability.domain.js';
import type { Ask, FamilyFacts } from './availability.domain.js';

const START = civil('2026-06-01');
const NOW = new Date('2026-06-01T03:00:00Z');
const day = (n: number): CivilDate => addDays(START, n);
const anybody: Ask = { places: 1, age: null, sex: null, needs: [], careKind: null };
const always = { from: civil('2020-01-01'), to: null };

const terms = { ...always, places: 2, youngest: 3, oldest: 12, sexes: ['female'], needs: ['wheelchair'], careKinds: ['foster'] };
const ready: FamilyFacts = {
  closedOn: null,
  adults: [{ id: 'her', carer: true, ...always }, { id: 'granny', carer: false, ...always }],
  standings: [
    { code: 'approval', adultId: null, confidential: false, ...always },
    { code: 'certificate', adultId: 'her', confidential: false, ...always },
    { code: 'check', adultId: 'her', confidential: false, ...always },
    { code: 'check', adultId: 'granny', confidential: false, ...always },
  ],
  terms: [terms],
  places: [1, 2].map((slot) => ({ slot, basis: 'terms' as const, sourceId: 's', ...always })),
  occupancies: [],
};
const ask = (facts: Partial<FamilyFacts>, wish: Partial<Ask> = {}, mayReadAll = false) => availability({ ...ready, ...facts }, START, { ...anybody, ...wish }, NOW, mayReadAll);
const codes = (facts: Partial<FamilyFacts>, wish: Partial<Ask> = {}) => ask(facts, wish).reasons.map(({ code, adultId, until }) => [code, adultId, until]);
const without = (code: string, adultId: string | null) => ready.standings.filter((one) => one.code !== code || one.adultId !== adultId);

describe('a family', () => {
  it('is available when everything stands', () => {
    expect(ask({})).toEqual({ available: true, freePlaces: [1, 2], reasons: [], availableFrom: START });
  });

  it('is not without approval or terms, when closed, or when no carer lives there', () => {
    expect(codes({ standings: without('approval', null) })).toEqual([['NOT_APPROVED', null, null]]);
    expect(codes({ terms: [{ ...terms, from: day(9) }] })).toEqual([['NOT_APPROVED', null, day(9)]]);
    expect(codes({ closedOn: START })).toEqual([['CLOSED', null, null]]);
    expect(codes({ closedOn: day(1) })).toEqual([]);
    expect(codes({ adults: ready.adults.filter(({ carer }) => !carer) })).toEqual([['NO_CARER', null, null]]);
  });

  it('needs a certificate of every carer and a check of every adult, and says of whom', () => {
    expect(codes({ standings: without('certificate', 'her') })).toEqual([['CERTIFICATE_MISSING', 'her', null]]);
    expect(codes({ standings: without('check', 'granny') })).toEqual([['CHECK_MISSING', 'granny', null]]);
    const renewed = { code: 'certificate', adultId: 'her', confidential: false, from: day(20), to: null } as const;
    const late = ask({ standings: [...without('certificate', 'her'), renewed] });
    expect(late.reasons).toEqual([{ code: 'CERTIFICATE_MISSING', adultId: 'her', until: day(20), details: [] }]);
    expect(late.availableFrom).toBe(day(20));
  });

  it('tells a place that is held from one that is taken', () => {
    const hold = { slot: 1, kind: 'hold' as const, occupantId: 'h', expiresAt: new Date('2026-06-02T00:00:00Z'), from: START, to: null };
    const child = { slot: 2, kind: 'placement' as const, occupantId: 'p', expiresAt: null, from: START, to: day(5) };
    expect(codes({ occupancies: [hold, child] })).toEqual([['HELD', null, day(5)]]);
    expect(codes({ occupancies: [hold, child] }, { places: 2 })).toEqual([['NO_PLACE', null, null]]);
    expect(ask({ occupancies: [{ ...hold, expiresAt: NOW }, child] }).freePlaces).toEqual([1]);
  });

  it('is measured against the terms: age, sex, needs', () => {
    expect(codes({}, { age: 2 })).toEqual([['OUTSIDE_TERMS', null, null]]);
    expect(codes({}, { age: 12, sex: 'female', needs: ['wheelchair'] })).toEqual([]);
    expect(codes({}, { sex: 'male' })).toEqual([['OUTSIDE_TERMS', null, null]]);
    expect(codes({}, { needs: ['daily_medicine'] })).toEqual([['OUTSIDE_TERMS', null, null]]);
    expect(codes({}, { careKind: 'foster' })).toEqual([]);
    const all = ask({}, { age: 2, sex: 'male', careKind: 'kinship', needs: ['wheelchair', 'daily_medicine'] });
    expect(all.reasons).toMatchObject([{ code: 'OUTSIDE_TERMS', details: ['age', 'sex', 'care_kind', 'daily_medicine'] }]);
  });

  it('unchecked because a paper speaks against somebody, names nobody to who is not named on it', () => {
    const unchecked = [...ready.standings.filter(({ code, adultId }) => code !== 'check' || adultId !== 'her'), { code: 'concern' as const, adultId: 'her', confidential: true, from: START, to: null }];
    expect(ask({ standings: unchecked }).reasons).toEqual([{ code: 'ASK_SUPERVISOR', adultId: null, until: null, details: [] }]);
    expect(ask({ standings: unchecked }, {}, true).reasons).toEqual([{ code: 'CHECK_MISSING', adultId: 'her', until: null, details: ['concern'] }]);
  });

  it('suspended for a reason that is not for everybody gives away neither the reason nor its end', () => {
    const suspended = [...ready.standings, { code: 'suspension' as const, adultId: null, confidential: true, from: START, to: day(7) }];
    expect(ask({ standings: suspended })).toMatchObject({ reasons: [{ code: 'ASK_SUPERVISOR', until: null }], availableFrom: null });
    expect(ask({ standings: suspended }, {}, true)).toMatchObject({ reasons: [{ code: 'SUSPENDED', until: day(7) }], availableFrom: day(7) });
    const open = suspended.map((one) => ({ ...one, confidential: false }));
    expect(ask({ standings: open })).toMatchObject({ reasons: [{ code: 'SUSPENDED', until: day(7), details: [] }], availableFrom: day(7) });
    expect(ask({ standings: open.map((one) => ({ ...one, reason: 'own_wish' })) }).reasons).toMatchObject([{ code: 'SUSPENDED', details: ['own_wish'] }]);
  });
});

/** The same rules as anybody would check them for one day, and the first good day by trying one after the other. */
const HORIZON = 45;
function naive(facts: FamilyFacts, d: number, wish: Ask): boolean {
  const on = day(d);
  const holds = <T extends { from: string; to: string | null }>(rows: readonly T[]): T[] => rows.filter((row) => row.from <= on && (row.to === null || on < row.to));
  const standing = (code: string, adult: string | null): boolean => holds(facts.standings).filter((one) => one.code === code && one.adultId === adult).length > 0;
  const [terms] = holds(facts.terms);
  const home = holds(facts.adults);
  const firm = holds(facts.places).filter((place) => place.basis === 'terms' || place.basis === 'exemption').length;
  const taken = holds(facts.occupancies).filter((one) => one.kind !== 'hold' || (one.expiresAt !== null && one.expiresAt > NOW)).length;
  if (facts.closedOn !== null && facts.closedOn <= on) return false;
  if (terms === undefined || !standing('approval', null) || standing('suspension', null)) return false;
  if (home.every((adult) => !adult.carer)) return false;
  for (const adult of home) if (!standing('check', adult.id) || (adult.carer && !standing('certificate', adult.id))) return false;
  if (wish.age !== null && !(terms.youngest <= wish.age && wish.age <= terms.oldest)) return false;
  if (wish.sex !== null && terms.sexes.indexOf(wish.sex) < 0) return false;
  if (wish.careKind !== null && terms.careKinds.indexOf(wish.careKind) < 0) return false;
  return firm - taken >= wish.places;
}

const range = fc.record({ from: fc.integer({ min: -10, max: 25 }), nights: fc.option(fc.integer({ min: 1, max: 25 }), { freq: 2 }) })
  .map(({ from, nights }) => ({ from: day(from), to: nights === null ? null : day(from + nights) }));
const generous = fc.oneof({ weight: 9, arbitrary: fc.constant(always) }, { weight: 2, arbitrary: range });
const standing = (code: 'approval' | 'certificate' | 'check', adultId: string | null) =>
  fc.array(generous, { minLength: 1, maxLength: 2 }).map((ranges) => ranges.map((one) => ({ code, adultId, confidential: false, ...one })));
const facts: fc.Arbitrary<FamilyFacts> = fc
  .record({
    closedOn: fc.option(fc.integer({ min: 0, max: 30 }).map(day), { freq: 1, nil: null }),
    her: generous, granny: fc.option(range, { freq: 2 }),
    approval: standing('approval', null), certificate: standing('certificate', 'her'), check: standing('check', 'her'), other: standing('check', 'granny'),
    suspensions: fc.array(fc.tuple(range, fc.boolean()), { maxLength: 1, size: 'xsmall' }),
    terms: fc.option(generous, { freq: 9 }), slots: fc.array(generous, { minLength: 1, maxLength: 3 }), breach: fc.option(range, { freq: 1 }),
    stays: fc.array(fc.tuple(range, fc.constantFrom('hold' as const, 'placement' as const, 'kept' as const), fc.boolean()), { maxLength: 2 }),
  })
  .map((r) => ({
    closedOn: r.closedOn,
    adults: [{ id: 'her', carer: true, ...r.her }, ...(r.granny === null ? [] : [{ id: 'granny', carer: false, ...r.granny }])],
    standings: [...r.approval, ...r.certificate, ...r.check, ...r.other, ...r.suspensions.map(([one, confidential]) => ({ code: 'suspension' as const, adultId: null, confidential, ...one }))],
    terms: r.terms === null ? [] : [{ ...r.terms, places: 3, youngest: 3, oldest: 9, sexes: ['female'], needs: [], careKinds: ['foster'] }],
    places: [...r.slots.map((one, i) => ({ slot: i + 1, basis: 'terms' as const, sourceId: 's', ...one })), ...(r.breach === null ? [] : [{ slot: 13, basis: 'breach' as const, sourceId: 'b', ...r.breach }])],
    occupancies: r.stays.map(([one, kind, live], i) => ({ slot: i + 1, kind, occupantId: `o${i}`, expiresAt: kind === 'hold' ? new Date(NOW.getTime() + (live ? 1 : -1)) : null, ...one })),
  }));
const wishes: fc.Arbitrary<Ask> = fc.record({
  places: fc.integer({ min: 1, max: 2 }), age: fc.option(fc.integer({ min: 0, max: 12 }), { freq: 2 }), sex: fc.option(fc.constantFrom('female', 'male'), { freq: 2 }), needs: fc.constant([]), careKind: fc.option(fc.constantFrom('foster', 'emergency'), { freq: 1 }),
});

describe('availability over random histories', () => {
  it('is what checking day by day says, and so is the first day on which it begins', () => {
    let available = 0;
    fc.assert(
      fc.property(facts, wishes, fc.integer({ min: 0, max: 20 }), (known, wish, d) => {
        const said = availability(known, day(d), wish, NOW, true);
        const days = Array.from({ length: HORIZON + 30 }, (_, i) => d + i);
        const first = days.find((one) => naive(known, one, wish));
        expect(said.available).toBe(naive(known, d, wish));
        expect(said.availableFrom).toBe(first === undefined ? null : day(first));
        expect(said.available).toBe(said.reasons.length === 0);
        if (said.available) available += 1;
      }),
      { seed: 20260601, numRuns: 2000 },
    );
    expect(available).toBeGreaterThan(100);
  });
});
