import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { civil } from '../kernel/civil-date.js';
import type { ChildFacts, FamilyFacts, Limits } from '../placements/suitability.domain.js';
import { answered, confidentialCount, countsOf, mayChoose, proposalLifecycle, sift, stillEligible, wellChosen } from './matching.domain.js';
import type { Choice } from './matching.domain.js';

const RUNS = { seed: 20260615, numRuns: 200 };
const TODAY = civil('2026-06-15');
const START = { on: TODAY, careKind: 'foster', emergency: false } as const;
const LIMITS: Limits = { fosterLimit: 3, familyHouseLimit: 10, familyHouseUnderThrees: 2, ageGap: 16, languageFromAge: 2, needLevelInTerms: 3 };
const since = { from: civil('2024-01-01'), to: null };

function child(more: Partial<ChildFacts> = {}): ChildFacts {
  return {
    id: 'child', birth: { date: civil('2014-02-11'), precision: 'day' }, sex: 'female', languages: ['khm'], needs: [], gatekeepingComplete: true, siblingGroupId: null, risks: [], objections: [], ...more,
  };
}

function family(more: Partial<FamilyFacts> & { readonly free?: number } = {}): FamilyFacts {
  const { free = 2, ...rest } = more;
  const standing = (code: 'approval' | 'certificate' | 'check', adultId: string | null) => ({ ...since, code, adultId, sourceId: 'source', confidential: false });
  return {
    id: 'family', kind: 'foster', officeId: 'office', communeCode: '020301', languages: ['khm'], closedOn: null, adults: [{ id: 'carer', carer: true, birth: { date: civil('1980-01-01'), precision: 'day' } }],
    standings: [standing('approval', null), standing('certificate', 'carer'), standing('check', 'carer')],
    terms: { youngest: 0, oldest: 17, sexes: ['female', 'male'], needs: [], careKinds: ['foster'] }, places: Array.from({ length: free }, () => ({ ...since, exempt: false })), occupants: [], ...rest,
  };
}

const families = fc.uniqueArray(
  fc.record({ id: fc.uuid(), free: fc.integer({ min: 0, max: 3 }), languages: fc.constantFrom(['khm'], ['jra'], []), communeCode: fc.constantFrom('020301', '171001') }).map((more) => family(more)),
  { maxLength: 8, selector: ({ id }) => id },
);

describe('the hard rules over many families', () => {
  it('leave every family in one of two heaps, whatever the order', () => {
    fc.assert(fc.property(families, fc.integer({ min: 1, max: 3 }), (all, size) => {
      const children = Array.from({ length: size }, (_, at) => child({ id: `child ${at}` }));
      const { eligible, excluded } = sift(children, all, START, LIMITS);
      expect([...eligible, ...excluded].map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
      const turned = sift([...children].reverse(), [...all].reverse(), START, LIMITS);
      expect(turned.eligible.map(({ id, placesForAll }) => [id, placesForAll]).sort()).toEqual(eligible.map(({ id, placesForAll }) => [id, placesForAll]).sort());
    }), RUNS);
  });

  it('change nothing with a child\'s sex, unless the terms of a family read it', () => {
    fc.assert(fc.property(families, (all) => {
      expect(sift([child({ sex: 'male' })], all, START, LIMITS)).toEqual(sift([child({ sex: 'female' })], all, START, LIMITS));
    }), RUNS);
    const girls = family({ terms: { youngest: 0, oldest: 17, sexes: ['female'], needs: [], careKinds: ['foster'] } });
    expect(sift([child({ sex: 'male' })], [girls], START, LIMITS).excluded).toMatchObject([{ failures: [{ code: 'TERMS', details: { terms: ['sex'] } }] }]);
  });

  it('keep for siblings a family that has only too few places, and not one that suits none of them', () => {
    const two = [child({ id: 'a' }), child({ id: 'b' })];
    expect(sift(two, [family({ free: 2 })], START, LIMITS).eligible).toEqual([{ id: 'family', placesForAll: true }]);
    expect(sift(two, [family({ free: 1 })], START, LIMITS).eligible).toEqual([{ id: 'family', placesForAll: false }]);
    expect(sift(two, [family({ free: 0 })], START, LIMITS).excluded).toMatchObject([{ failures: [{ code: 'NO_PLACE' }] }]);
    expect(sift([child({ id: 'a' }), child({ id: 'b', languages: ['jra'] })], [family()], START, LIMITS).excluded).toMatchObject([{ failures: [{ code: 'NO_SHARED_LANGUAGE' }] }]);
  });

  it('are counted by family, the most frequent first, and what is confidential once a family', () => {
    const feared = family({ id: 'feared', languages: ['jra'] });
    const { excluded } = sift([child({ risks: [{ familyId: 'feared', areaCode: null }] })], [feared, family({ id: 'other', languages: ['jra'] })], START, LIMITS);
    expect(countsOf(excluded)).toEqual([{ code: 'NO_SHARED_LANGUAGE', confidential: false, count: 2 }, { code: 'CONTACT_RISK', confidential: true, count: 1 }]);
    expect(confidentialCount(excluded)).toBe(1);
  });

  it('say of a full family alone that somebody was first, and mask what not everybody may know', () => {
    const shown = (): string[] => ['ASK_SUPERVISOR'];
    const of = (one: FamilyFacts, children = [child()]) => stillEligible(sift(children, [one], START, LIMITS), children.length, shown);
    expect(of(family())).toEqual({ ok: true, value: null });
    expect(of(family({ free: 0 }))).toMatchObject({ code: 'PLACE_TAKEN', details: { day: TODAY } });
    expect(of(family({ free: 0, languages: ['jra'] }))).toMatchObject({ code: 'UNSUITABLE', details: { rules: ['ASK_SUPERVISOR'] } });
    expect(of(family({ free: 1 }), [child({ id: 'a' }), child({ id: 'b' })])).toMatchObject({ code: 'PLACES_MISSING', details: { children: 2 } });
  });
});

describe('a choice', () => {
  const list = { askedOn: civil('2026-06-01'), today: TODAY, listDays: 14, startTooLate: false, planned: false };

  it('is made from a list of the last days, for who has no plan', () => {
    expect(mayChoose(list).ok).toBe(true);
    expect(mayChoose({ ...list, askedOn: civil('2026-05-31') })).toMatchObject({ code: 'LIST_STALE' });
    expect(mayChoose({ ...list, startTooLate: true })).toMatchObject({ code: 'LIST_STALE' });
    expect(mayChoose({ ...list, planned: true })).toMatchObject({ code: 'ALREADY_PROPOSED' });
  });

  it('needs a reason when not the first, and a strategy for each factor that asks for one; in an emergency they follow', () => {
    const choice: Choice = { entry: { needed: ['language'], first: false }, emergency: false, reason: 'Near.', given: ['language'] };
    expect(wellChosen(choice)).toEqual({ ok: true, value: [] });
    expect(wellChosen({ ...choice, entry: undefined })).toMatchObject({ code: 'NOT_ON_LIST' });
    expect(wellChosen({ ...choice, reason: null })).toMatchObject({ code: 'REASON_NEEDED' });
    expect(wellChosen({ ...choice, given: ['nearness'] })).toMatchObject({ code: 'STRATEGY_UNKNOWN', details: { factors: ['nearness'] } });
    expect(wellChosen({ ...choice, given: [] })).toMatchObject({ code: 'STRATEGY_MISSING', details: { factors: ['language'] } });
    expect(wellChosen({ ...choice, given: [], emergency: true })).toEqual({ ok: true, value: ['language'] });
    expect(wellChosen({ ...choice, entry: { needed: [], first: true }, reason: null, given: [] }).ok).toBe(true);
  });
});

describe('a proposal', () => {
  it('takes a yes once and a no until the child has moved', () => {
    expect(answered({ state: 'waiting', moved: false }, 'accepted')).toEqual({ ok: true, value: 'accepted' });
    expect(answered({ state: 'accepted', moved: false }, 'accepted')).toMatchObject({ code: 'PROPOSAL_STATE' });
    expect(answered({ state: 'accepted', moved: false }, 'declined')).toEqual({ ok: true, value: 'declined' });
    expect(answered({ state: 'accepted', moved: true }, 'declined')).toMatchObject({ code: 'PROPOSAL_STATE', details: { state: 'moved' } });
    for (const state of ['declined', 'lapsed', 'withdrawn'] as const) expect(proposalLifecycle.commandsFrom(state)).toEqual([]);
  });
});
