import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { civil } from '../kernel/civil-date.js';
import { FACTORS, bandOf, checkedWeights, rank, strategiesNeeded } from './ranking.domain.js';
import type { AskedGroup, Factor, RankedFamily, Weights } from './ranking.domain.js';

const DEFAULTS: Weights = {
  needs_and_behaviour: 27, siblings_together: 18, nearness: 14, language: 9, same_school: 9, already_known: 8, age_preference: 5, length_of_placement: 4, religion_culture: 3,
  household_load: 2, continuity_of_worker: 1,
};
const RUNS = { seed: 20260615, numRuns: 300 };

const area = fc.constantFrom('020301', '020302', '02030101', '020101', '171001', '171002', '0203', '17');
const commune = fc.constantFrom('020301', '020302', '020101', '171001', '171002');
const kinds = fc.uniqueArray(fc.constantFrom('daily_medicine', 'wheelchair', 'therapy', 'infant_care'), { maxLength: 3 });
const languages = fc.uniqueArray(fc.constantFrom('khm', 'cjm', 'jra', 'tpu'), { maxLength: 3 });
const religion = fc.constantFrom(null, 'buddhist', 'muslim');
const child = fc.record({ id: fc.uuid(), age: fc.integer({ min: 0, max: 17 }), languages, religion, needs: kinds.chain((all) => fc.tuple(...all.map((kind) => fc.record({ kind: fc.constant(kind), level: fc.integer({ min: 1, max: 3 }) })))) });
const groups: fc.Arbitrary<AskedGroup> = fc.record({
  children: fc.array(child, { minLength: 1, maxLength: 3 }),
  people: fc.uniqueArray(area, { maxLength: 3 }),
  schoolArea: fc.option(commune, { nil: null }),
  riskAreas: fc.uniqueArray(area, { maxLength: 1 }),
  siblingFamilies: fc.constantFrom([], ['00000000-0000-7000-8000-000000000001']),
  siblingsElsewhere: fc.integer({ min: 0, max: 2 }),
  officeId: fc.constantFrom('a', 'b'),
  officeArea: fc.constantFrom('', '02', '1710'),
});
const family: fc.Arbitrary<RankedFamily> = fc.record({
  id: fc.uuid(),
  number: fc.integer({ min: 1, max: 9999 }),
  communeCode: commune,
  officeId: fc.constantFrom('a', 'b', 'c'),
  languages,
  religion,
  ownChildren: fc.integer({ min: 0, max: 9 }),
  placedChildren: fc.integer({ min: 0, max: 3 }),
  experience: kinds,
  schoolArea: fc.option(commune, { nil: null }),
  termsNeeds: kinds,
  youngest: fc.integer({ min: 0, max: 10 }),
  oldest: fc.integer({ min: 11, max: 17 }),
  freePlaces: fc.integer({ min: 1, max: 3 }),
  placesForAll: fc.boolean(),
  waitingSince: fc.constantFrom(null, civil('2024-01-01'), civil('2025-03-01')),
  distances: fc.dictionary(area, fc.option(fc.integer({ min: 0, max: 6000 }), { nil: null })),
});
const families = fc.uniqueArray(family, { minLength: 1, maxLength: 12, selector: ({ id }) => id });
const weights: fc.Arbitrary<Weights> = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: FACTORS.length, maxLength: FACTORS.length }).map((all) => Object.fromEntries(FACTORS.map((factor, at) => [factor, all[at] ?? 0])) as Weights);

const ids = (group: AskedGroup, all: readonly RankedFamily[], w: Weights = DEFAULTS): string[] => rank(group, all, w).map((one) => one.family.id);

/** The score said a second time, slowly: a sum of sentences, one for each factor, with no table and no helper of the first. */
function naiveScore(group: AskedGroup, f: RankedFamily, w: Weights): number {
  const mean = (values: (number | null)[]): number => (values.includes(null) ? 500 : Math.floor(values.map(Number).reduce((a, b) => a + b, 0) / values.length));
  const n = group.children.length;
  let total = 0;
  total += w.needs_and_behaviour * mean(group.children.map((c) => {
    const units = c.needs.flatMap(({ kind, level }) => Array<string>(level).fill(kind));
    if (units.length === 0) return null;
    return Math.floor(units.map((kind): number => (f.termsNeeds.includes(kind) ? 1000 : f.experience.includes(kind) ? 800 : 200)).reduce((a, b) => a + b) / units.length);
  }));
  const siblings = n + group.siblingsElsewhere - 1;
  const withHer = (f.placesForAll ? n - 1 : Math.max(0, Math.min(f.freePlaces, n - 1) - 1)) + (group.siblingFamilies.filter((id) => id === f.id).length);
  total += w.siblings_together * (siblings === 0 ? 1000 : Math.floor((1000 * Math.min(withHer, siblings)) / siblings));
  const targets = group.people.length > 0 ? group.people : [group.schoolArea].filter((code) => code !== null);
  const same = (code: string, digits: number): boolean => code.length >= digits && code.slice(0, digits) === f.communeCode.slice(0, digits);
  const reach = targets.map((code) => (same(code, 6) ? 900 : same(code, 4) ? 700 : same(code, 2) ? 400 : f.distances[code] == null ? null : Math.max(0, 300 - Math.floor(Number(f.distances[code]) / 10))));
  const reached = reach.filter((value) => value !== null);
  total += w.nearness * (group.riskAreas.some((code) => code.slice(0, 4) === f.communeCode.slice(0, 4)) ? 0 : reached.length === 0 ? 500 : [...reached].sort((a, b) => b - a)[0] ?? 0);
  total += w.language * mean(group.children.map((c) => (c.languages.length * f.languages.length === 0 ? null : Math.floor((1000 * c.languages.filter((one) => f.languages.includes(one)).length) / c.languages.length))));
  total += w.same_school * (group.schoolArea === null || f.schoolArea === null ? 500 : group.schoolArea === f.schoolArea ? 1000 : group.schoolArea.slice(0, 4) === f.schoolArea.slice(0, 4) ? 500 : 0);
  total += w.already_known * (group.siblingFamilies.includes(f.id) ? 1000 : 500);
  total += w.age_preference * mean(group.children.map((c) => (c.age <= f.youngest || c.age >= f.oldest ? 700 : 1000)));
  total += w.length_of_placement * 500;
  total += w.religion_culture * mean(group.children.map((c) => (c.religion === null || f.religion === null ? null : Number(c.religion === f.religion) * 1000)));
  total += w.household_load * Math.max(0, 1000 - 150 * f.ownChildren - 150 * f.placedChildren);
  total += w.continuity_of_worker * (group.officeId === f.officeId ? 1000 : group.officeArea !== '' && group.officeArea.slice(0, 2) === f.communeCode.slice(0, 2) ? 500 : 0);
  return total;
}

describe('ranking', () => {
  it('says the same as the second statement of the score', () => {
    fc.assert(fc.property(groups, families, weights, (group, all, w) => {
      for (const { family: one, score } of rank(group, all, w)) expect(score).toBe(naiveScore(group, one, w));
    }), RUNS);
  });

  it('does not depend on the order in which families come', () => {
    fc.assert(fc.property(groups, families, fc.integer(), (group, all, seed) => {
      const shuffled = [...all].sort((a, b) => ((a.id + String(seed)) < (b.id + String(seed * 7 + 3)) ? 1 : -1));
      expect(ids(group, shuffled)).toEqual(ids(group, all));
      expect(ids(group, [...all].reverse())).toEqual(ids(group, all));
    }), RUNS);
  });

  it('keeps the others in their order when a family comes or goes', () => {
    fc.assert(fc.property(groups, families, fc.nat(), (group, all, at) => {
      const gone = all[at % all.length]?.id;
      expect(ids(group, all.filter(({ id }) => id !== gone))).toEqual(ids(group, all).filter((id) => id !== gone));
    }), RUNS);
  });

  it('never lowers who is best on a factor when that factor counts more and the others less, in proportion', () => {
    fc.assert(fc.property(groups, families, weights, fc.constantFrom(...FACTORS), fc.integer({ min: 1, max: 99 }), (group, all, w, factor, more) => {
      const sum = FACTORS.reduce((total, one) => total + w[one], 0);
      const raised = Object.fromEntries(FACTORS.map((one) => [one, w[one] * (100 - more) + (one === factor ? more * sum : 0)])) as Weights;
      const old = rank(group, all, w);
      const fresh = ids(group, all, raised);
      const valueOn = (index: number): number => old[index]?.factors.find((one) => one.factor === factor)?.value ?? -1;
      const best = Math.max(...old.map((_, index) => valueOn(index)));
      old.forEach(({ family: one }, index) => {
        if (valueOn(index) === best) expect(fresh.indexOf(one.id)).toBeLessThanOrEqual(index);
      });
    }), RUNS);
  });

  it('gives every factor a value of 0 to 1000, and 500 with a flag where nothing is known', () => {
    fc.assert(fc.property(groups, families, (group, all) => {
      for (const { factors } of rank(group, all, DEFAULTS)) {
        expect(factors.map(({ factor }) => factor)).toEqual([...FACTORS]);
        for (const one of factors) {
          expect(Number.isInteger(one.value) && one.value >= 0 && one.value <= 1000).toBe(true);
          if (one.missing) expect([one.value, bandOf(one)]).toEqual([500, 'Unknown']);
        }
      }
    }), RUNS);
  });

  it('puts the longest waiting first among equals, then the smaller id, and places for all before everything', () => {
    fc.assert(fc.property(groups, family, (group, one) => {
      const twins = [{ ...one, id: 'b', waitingSince: civil('2025-01-01') }, { ...one, id: 'c', waitingSince: civil('2024-01-01') }, { ...one, id: 'a', waitingSince: civil('2025-01-01') }];
      expect(ids(group, twins)).toEqual(['c', 'a', 'b']);
    }), RUNS);
    const two = { ...sample(groups), children: [sample(child), sample(child)] };
    const good = { ...sample(family), id: 'a', placesForAll: false };
    expect(ids(two, [good, { ...good, id: 'b', placesForAll: true, ownChildren: 9, religion: null }])).toEqual(['b', 'a']);
  });

  it('cannot read a child\'s sex, ethnicity or reasons: they are not among its facts', () => {
    fc.assert(fc.property(groups, families, (group, all) => {
      const marked = (sex: string): AskedGroup => ({ ...group, children: group.children.map((one) => ({ ...one, sex, ethnicity: sex, reasons: [sex] })) });
      expect(rank(marked('female'), all, DEFAULTS)).toEqual(rank(marked('male'), all, DEFAULTS));
    }), RUNS);
  });

  it('counts nothing for nearness in the district of somebody whom she must not meet', () => {
    const group = { ...sample(groups), people: ['02030101'], riskAreas: ['020302'] };
    const nearnessOf = (one: RankedFamily, of = group): number | undefined => rank(of, [one], DEFAULTS)[0]?.factors.find(({ factor }) => factor === 'nearness')?.value;
    expect(nearnessOf({ ...sample(family), communeCode: '020301' })).toBe(0);
    expect(nearnessOf({ ...sample(family), communeCode: '020301' }, { ...group, riskAreas: [] })).toBe(900);
    expect(nearnessOf({ ...sample(family), communeCode: '171001', distances: { '02030101': 782 } })).toBe(222);
  });
});

describe('bands and weights', () => {
  it('asks for a strategy for every Medium and Low, for nothing else', () => {
    const of = (factor: Factor, value: number, missing = false) => ({ factor, value, missing });
    const factors = [of('nearness', 700), of('language', 699), of('same_school', 400), of('household_load', 399), of('already_known', 500, true)];
    expect(factors.map(bandOf)).toEqual(['High', 'Medium', 'Medium', 'Low', 'Unknown']);
    expect(strategiesNeeded(factors)).toEqual(['language', 'same_school', 'household_load']);
  });

  it('takes whole weights for every factor that add up to 100, and nothing else', () => {
    expect(checkedWeights(DEFAULTS)).toEqual(DEFAULTS);
    for (const wrong of [{ ...DEFAULTS, language: 10 }, { ...DEFAULTS, language: 9.5, same_school: 8.5 }, { ...DEFAULTS, language: -1, same_school: 19 }, { ...DEFAULTS, luck: 0 }, {}]) {
      expect(() => checkedWeights(wrong)).toThrow(RangeError);
    }
  });
});

function sample<T>(arbitrary: fc.Arbitrary<T>): T {
  const [one] = fc.sample(arbitrary, { seed: 7, numRuns: 1 });
  if (one === undefined) throw new Error('nothing was sampled');
  return one;
}
