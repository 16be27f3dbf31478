import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil, contains } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ASK_SUPERVISOR, RULES, shownCodes, unsuitable } from './suitability.domain.js';
import type { CareKind, ChildFacts, FamilyFacts, Limits, Occupant, Standing, Start } from './suitability.domain.js';

const ON = civil('2026-06-15');
const LIMITS: Limits = { fosterLimit: 3, familyHouseLimit: 10, familyHouseUnderThrees: 2, ageGap: 16, languageFromAge: 2, needLevelInTerms: 3 };
const START: Start = { on: ON, careKind: 'foster', emergency: false, together: 1, ownHolds: [] };
const ALWAYS = { from: civil('2024-01-01'), to: null };

const girl: ChildFacts = {
  id: 'girl', birth: { date: civil('2016-02-11'), precision: 'day' }, sex: 'female', languages: ['khm'], needs: [], gatekeepingComplete: true,
  siblingGroupId: null, risks: [], objections: [],
};
const fact = (code: Standing['code'], adultId: string | null = null, more: Partial<Standing> = {}): Standing => ({ ...ALWAYS, code, adultId, sourceId: 's', confidential: false, ...more });
const family: FamilyFacts = {
  id: 'family', kind: 'foster', officeId: 'office', communeCode: '020301', languages: ['khm'], closedOn: null,
  adults: [{ id: 'mother', carer: true, birth: { date: civil('1984-03-09'), precision: 'day' } }],
  standings: [fact('approval'), fact('certificate', 'mother'), fact('check', 'mother')],
  terms: { youngest: 0, oldest: 17, sexes: ['female', 'male'], needs: [], careKinds: ['foster'] },
  places: [{ ...ALWAYS, exempt: false }, { ...ALWAYS, exempt: false }],
  occupants: [],
};
const boarder = (more: Partial<Occupant> = {}): Occupant => ({ ...ALWAYS, occupantId: 'o', childId: 'other', groupId: null, underThree: false, ...more });
const codes = (child: Partial<ChildFacts>, home: Partial<FamilyFacts> = {}, start: Partial<Start> = {}): string[] =>
  unsuitable({ ...girl, ...child }, { ...family, ...home }, { ...START, ...start }, LIMITS).map(({ code }) => code);
const places = (n: number, exempt = false) => Array.from({ length: n }, () => ({ ...ALWAYS, exempt }));
const boarders = (n: number, more: Partial<Occupant> = {}) => Array.from({ length: n }, (_, i) => boarder({ occupantId: `o${i}`, childId: `c${i}`, ...more }));

describe('the hard rules, each alone', () => {
  it('let a suitable family through', () => expect(codes({})).toEqual([]));

  const expired = { ...ALWAYS, to: ON };
  const cases: readonly (readonly [string, Partial<ChildFacts>, Partial<FamilyFacts>, Partial<Start>])[] = [
    ['GATEKEEPING_INCOMPLETE', { gatekeepingComplete: false }, {}, {}],
    ['CONTACT_RISK', { risks: [{ familyId: 'family', areaCode: null }] }, {}, {}],
    ['CONTACT_RISK', { risks: [{ familyId: null, areaCode: '02030199' }] }, {}, {}],
    ['CONTACT_RISK', { risks: [{ familyId: null, areaCode: '02' }] }, {}, {}],
    ['CHILD_OBJECTED', { objections: ['family'] }, {}, {}],
    ['FAMILY_DECLINED', {}, { standings: [...family.standings, fact('declined', null, { sourceId: 'girl' })] }, {}],
    ['NOT_APPROVED', {}, { standings: family.standings.filter(({ code }) => code !== 'approval') }, {}],
    ['NOT_APPROVED', {}, { closedOn: ON }, {}],
    ['NOT_APPROVED', {}, { terms: null }, {}],
    ['SUSPENDED', {}, { standings: [...family.standings, fact('suspension')] }, {}],
    ['CERTIFICATE_EXPIRED', {}, { standings: [fact('approval'), fact('check', 'mother'), fact('certificate', 'mother', expired)] }, {}],
    ['CHECK_EXPIRED', {}, { standings: [fact('approval'), fact('certificate', 'mother'), fact('check', 'mother', expired)] }, {}],
    ['ADULT_UNCHECKED', {}, { adults: [...family.adults, { id: 'uncle', carer: false, birth: { date: civil('1990-01-01'), precision: 'year' } }] }, {}],
    ['NO_PLACE', {}, { occupants: boarders(2) }, {}],
    ['NO_PLACE', {}, { occupants: [boarder(), boarder({ occupantId: 'later', from: addDays(ON, 40) })] }, {}],
    ['NO_PLACE', {}, {}, { together: 3 }],
    ['LIMIT', {}, { places: places(4), occupants: boarders(3) }, {}],
    ['LIMIT', {}, { places: places(4), occupants: [...boarders(2, { groupId: 'g' }), boarder()] }, {}],
    ['LIMIT', { birth: { date: civil('2024-06-15'), precision: 'day' } }, { places: places(9), occupants: boarders(2, { underThree: true }), terms: { youngest: 0, oldest: 17, sexes: ['female'], needs: [], careKinds: ['family_house'] } }, { careKind: 'family_house' }],
    ['TERMS', {}, { terms: { youngest: 11, oldest: 17, sexes: ['female'], needs: [], careKinds: ['foster'] } }, {}],
    ['TERMS', {}, { terms: { youngest: 0, oldest: 17, sexes: ['male'], needs: [], careKinds: ['foster'] } }, {}],
    ['TERMS', {}, {}, { careKind: 'kinship' }],
    ['TERMS', { needs: [{ kind: 'wheelchair', level: 3 }] }, {}, {}],
    ['AGE_GAP', { birth: { date: civil('2000-03-08'), precision: 'day' } }, { terms: { youngest: 0, oldest: 30, sexes: ['female'], needs: [], careKinds: ['foster'] } }, {}],
    ['NO_SHARED_LANGUAGE', { languages: ['cjm'] }, {}, {}],
  ];
  it.each(cases)('%s %#', (code, child, home, start) => expect(codes(child, home, start)).toEqual([code]));

  it('and what stops just short of them', () => {
    expect(codes({ risks: [{ familyId: 'another', areaCode: '020302' }] })).toEqual([]);
    expect(codes({ birth: { date: civil('2000-03-09'), precision: 'day' } }, { terms: { youngest: 0, oldest: 30, sexes: ['female'], needs: [], careKinds: ['foster'] } })).toEqual([]);
    expect(codes({ siblingGroupId: 'g' }, { places: places(6), occupants: boarders(4, { groupId: 'g' }) })).toEqual([]);
    expect(codes({}, { places: [...places(3), ...places(1, true)], occupants: boarders(3) })).toEqual([]);
    expect(codes({}, { occupants: [boarder(), boarder({ occupantId: 'gone', to: ON })] })).toEqual([]);
    expect(codes({}, { occupants: [boarder(), boarder({ occupantId: 'mine', childId: 'girl' })] })).toEqual([]);
    expect(codes({}, { occupants: [boarder(), boarder({ occupantId: 'held', childId: null })] }, { ownHolds: ['held'] })).toEqual([]);
    expect(codes({ languages: [] }, { languages: ['cjm'] })).toEqual([]);
    expect(codes({ birth: { date: civil('2024-06-16'), precision: 'day' }, languages: ['cjm'] })).toEqual([]);
  });

  it('waive in an emergency only what may follow', () => {
    const bare = { standings: [fact('approval'), fact('check', 'mother', { to: ON })] };
    expect(codes({ gatekeepingComplete: false, languages: ['cjm'] }, bare, { emergency: true })).toEqual([]);
    expect(codes({ risks: [{ familyId: 'family', areaCode: null }] }, { standings: [...bare.standings, fact('suspension')] }, { emergency: true })).toEqual(['CONTACT_RISK', 'SUSPENDED']);
  });

  it('show a confidential one only to who may know it', () => {
    const failures = unsuitable({ ...girl, gatekeepingComplete: false, risks: [{ familyId: 'family', areaCode: null }] }, { ...family, standings: [...family.standings, fact('suspension')] }, START, LIMITS);
    expect(shownCodes(failures, true)).toEqual(['GATEKEEPING_INCOMPLETE', 'CONTACT_RISK', 'SUSPENDED']);
    expect(shownCodes(failures, false)).toEqual(['GATEKEEPING_INCOMPLETE', ASK_SUPERVISOR.code]);
  });

  it('each say why and what would have to change, in both languages', () => {
    for (const { why, change } of RULES) for (const text of [why, change]) {
      expect(text.en.length).toBeGreaterThan(10);
      expect(text.km).toMatch(/[\u1780-\u17ff]/);
    }
  });
});

const day = fc.integer({ min: -30, max: 60 }).map((n) => addDays(ON, n));
const stay = fc.tuple(day, fc.option(fc.integer({ min: 1, max: 60 }))).map(([from, length]) => ({ from, to: length === null ? null : addDays(from, length) }));
const anyFamily = fc
  .record({
    places: fc.array(fc.tuple(stay, fc.boolean()), { maxLength: 6 }),
    occupants: fc.array(fc.tuple(stay, fc.constantFrom(null, 'g', 'h'), fc.boolean()), { maxLength: 5 }),
    kind: fc.constantFrom<CareKind[]>('foster', 'kinship', 'family_house'),
    sexes: fc.constantFrom(['female'], ['male'], ['female', 'male']),
    approvedUntil: fc.option(day),
  })
  .map(({ places: rows, occupants, sexes, approvedUntil, ...rest }) => ({
    ...rest,
    approvedUntil,
    home: {
      ...family,
      places: rows.map(([range, exempt]) => ({ ...range, exempt })),
      occupants: occupants.map(([range, groupId, underThree], i) => boarder({ ...range, groupId, underThree, occupantId: `o${i}`, childId: `c${i}` })),
      standings: [fact('approval', null, { to: approvedUntil }), fact('certificate', 'mother'), fact('check', 'mother')],
      terms: { youngest: 0, oldest: 17, sexes, needs: [], careKinds: ['foster', 'kinship', 'family_house'] },
    },
  }));
const anyChild = fc.record({ age: fc.integer({ min: 0, max: 16 }), group: fc.constantFrom(null, 'g'), together: fc.integer({ min: 1, max: 3 }) });

/** Places and limits again, told day by day, far enough ahead that nothing changes any more. */
function naive(home: FamilyFacts, kind: CareKind, { age, group, together }: { age: number; group: string | null; together: number }): string[] {
  const days = Array.from({ length: 200 }, (_, n) => addDays(ON, n));
  const there = (on: CivilDate) => home.occupants.filter((one) => contains(one, on));
  const found = new Set<string>();
  for (const on of days) {
    if (home.places.filter((place) => contains(place, on)).length < there(on).length + together) found.add('NO_PLACE');
    const most = (kind === 'family_house' ? 10 : 3) + home.places.filter((place) => place.exempt && contains(place, on)).length;
    const strangers = home.occupants.some((one) => (one.to === null || one.to > ON) && one.groupId !== group);
    const siblings = kind !== 'family_house' && group !== null && !strangers;
    if (!siblings && there(on).length + together > most) found.add('LIMIT');
    if (kind === 'family_house' && age < 3 && there(on).filter(({ underThree }) => underThree).length > 1) found.add('LIMIT');
  }
  return [...found].sort();
}

describe('the hard rules together', () => {
  const born = (age: number) => ({ date: civil(`${2026 - age}-06-15`), precision: 'day' as const });

  it('find the same full days and limits as going through every day', () => {
    fc.assert(
      fc.property(anyFamily, anyChild, ({ home, kind }, child) => {
        const failures = unsuitable({ ...girl, birth: born(child.age), siblingGroupId: child.group }, home, { ...START, careKind: kind, together: child.together }, LIMITS);
        expect(failures.map(({ code }) => code).filter((code) => code === 'NO_PLACE' || code === 'LIMIT').sort()).toEqual(naive(home, kind, child));
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  it('read sex only through the terms', () => {
    fc.assert(
      fc.property(anyFamily, anyChild, ({ home, kind }, child) => {
        const ask = (sex: 'female' | 'male') =>
          unsuitable({ ...girl, sex, birth: born(child.age), siblingGroupId: child.group }, { ...home, terms: { youngest: 0, oldest: 17, sexes: ['female', 'male'], needs: [], careKinds: [kind] } }, { ...START, careKind: kind, together: child.together }, LIMITS);
        expect(ask('female')).toEqual(ask('male'));
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});
