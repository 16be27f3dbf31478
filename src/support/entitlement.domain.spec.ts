import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil, contains } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { entitledStretches, payableNights, shortResidentialStays } from './entitlement.domain.js';
import type { CareKind, ChildTimeline, SchemeRules, Stay, StayKind } from './entitlement.domain.js';

const day = civil;
const born = { date: day('2015-03-10'), precision: 'day' as const };
const always = { from: day('1900-01-01'), to: null };
const rules: SchemeRules = {
  leftFrom: day('2025-01-01'),
  listed: [{ careKind: 'foster', during: always }, { careKind: 'kinship', during: always }, { careKind: 'home', during: always }],
  ageLimit: 18,
};

const stay = (kind: StayKind, from: string, to: string | null, placed: Stay['placed'] = null): Stay => ({ kind, during: { from: day(from), to: to === null ? null : day(to) }, placed });
const family = (familyId: string, careKind: CareKind = 'foster') => ({ placementId: familyId, familyId, careKind });
const child = (stays: readonly Stay[], more: Partial<ChildTimeline> = {}): ChildTimeline => ({ birth: born, diedOn: null, stays, ...more });
const stretches = (stays: readonly Stay[], more: Partial<ChildTimeline> = {}, by = rules) => entitledStretches(child(stays, more), by).map(({ during, stop }) => [during.from, during.to, stop]);

describe('an entitlement', () => {
  it('opens on the first night in a family after residential care, and goes on through the next family to 18', () => {
    expect(stretches([stay('institution', '2024-05-01', '2025-11-08'), stay('foster', '2025-11-08', '2026-02-01', family('a')), stay('kinship', '2026-02-01', null, family('b', 'kinship'))])).toEqual([
      ['2025-11-08', '2033-03-10', 'age'],
    ]);
  });

  it('belongs to no one placed directly or before the scheme\'s day', () => {
    expect(stretches([stay('foster', '2025-03-01', null, family('a'))])).toEqual([]);
    const moved = [stay('institution', '2020-01-01', '2024-12-31'), stay('foster', '2024-12-31', '2025-06-01', family('a'))];
    expect(stretches([...moved, stay('kinship', '2025-06-01', null, family('b', 'kinship'))])).toEqual([]);
    expect(stretches([stay('institution', '2020-01-01', '2025-01-01'), stay('foster', '2025-01-01', null, family('a'))])).toEqual([['2025-01-01', '2033-03-10', 'age']]);
  });

  it('stops at residential care and opens again after it', () => {
    expect(stretches([
      stay('institution', '2024-05-01', '2025-02-01'), stay('foster', '2025-02-01', '2025-05-01', family('a')),
      stay('institution', '2025-05-01', '2025-05-20'), stay('foster', '2025-05-20', null, family('b')),
    ])).toEqual([['2025-02-01', '2025-05-01', 'residential'], ['2025-05-20', '2033-03-10', 'age']]);
  });

  it('outlives hospital, running away and days whose place nobody knows, and stops on leaving care', () => {
    const away = [stay('institution', '2024-05-01', '2025-02-01'), stay('hospital', '2025-02-01', '2025-02-05'), stay('foster', '2025-02-05', '2025-03-01', family('a')), stay('missing', '2025-03-01', '2025-03-09'), stay('unknown', '2025-03-09', '2025-04-01')];
    expect(stretches([...away, stay('independent', '2025-04-01', null)])).toEqual([['2025-02-05', '2025-04-01', 'exit']]);
    expect(stretches(away)).toEqual([['2025-02-05', '2025-04-01', 'exit']]);
  });

  it('opens where a kind is listed on that day only', () => {
    const houses = [stay('institution', '2024-05-01', '2025-02-01'), stay('family_house', '2025-02-01', '2025-08-01', family('h', 'family_house')), stay('foster', '2025-08-01', null, family('a'))];
    expect(stretches(houses)).toEqual([['2025-08-01', '2033-03-10', 'age']]);
    const listedSince = { ...rules, listed: [...rules.listed, { careKind: 'family_house' as const, during: { from: day('2025-04-01'), to: null } }] };
    expect(stretches(houses, {}, listedSince)).toEqual([['2025-04-01', '2033-03-10', 'age']]);
  });

  it('lasts to the end of the month in which the child died', () => {
    const stays = [stay('institution', '2024-05-01', '2025-11-08'), stay('foster', '2025-11-08', '2025-11-21', family('a'))];
    expect(stretches(stays, { diedOn: day('2025-11-20') })).toEqual([['2025-11-08', '2025-12-01', 'died']]);
    expect(payableNights(child(stays, { diedOn: day('2025-11-20') }), rules, day('2025-11-25')).map(({ during }) => during)).toEqual([{ from: '2025-11-08', to: '2025-12-01' }]);
  });

  it('goes by the latest possible birth date', () => {
    expect(stretches([stay('institution', '2024-05-01', '2025-11-08'), stay('foster', '2025-11-08', null, family('a'))], { birth: { date: day('2015-01-01'), precision: 'year' } })).toEqual([
      ['2025-11-08', '2033-12-31', 'age'],
    ]);
  });

  it('is flagged where residential care was short, however many houses it was in', () => {
    const short = (from: string) => shortResidentialStays(child([stay('home', '2024-01-01', from), stay('institution', from, '2025-11-01'), stay('institution', '2025-11-01', '2025-11-08'), stay('foster', '2025-11-08', null, family('a'))]), rules, 30);
    expect([short('2025-10-10'), short('2025-10-09')]).toEqual([['2025-11-08'], []]);
  });
});

const kinds: readonly StayKind[] = ['institution', 'institution', 'foster', 'kinship', 'family_house', 'home', 'hospital', 'independent', 'missing', 'unknown'];

/** A timeline of whole days from a day of 2024 on; stays inside a placement are drawn too, and sometimes it ends and begins again. */
export const timelines: fc.Arbitrary<Stay[]> = fc
  .array(fc.record({ kind: fc.constantFrom(...kinds), nights: fc.integer({ min: 1, max: 150 }), family: fc.constantFrom('a', 'b'), kept: fc.boolean(), gap: fc.constantFrom(0, 0, 0, 0, 20) }), { minLength: 1, maxLength: 8 })
  .map((steps) => {
    let from = day('2024-08-15');
    return steps.map(({ kind, nights, family: familyId, kept, gap }) => {
      from = addDays(from, gap);
      const to = addDays(from, nights);
      const inFamily = kind === 'foster' || kind === 'kinship' || kind === 'family_house';
      const placed = inFamily ? family(familyId, kind) : kept && (kind === 'hospital' || kind === 'missing' || kind === 'home') ? family(familyId) : null;
      const made: Stay = { kind, during: { from, to }, placed };
      from = to;
      return made;
    });
  });

/** Night by night, as a person would tick them off on a calendar: which nights are paid, and to whom. */
export function naiveNights(stays: readonly Stay[], by: SchemeRules, until: CivilDate): { readonly night: CivilDate; readonly familyId: string | null; readonly careKind: CareKind }[] {
  const found: { night: CivilDate; familyId: string | null; careKind: CareKind }[] = [];
  let left = false;
  let open = false;
  for (let night = day('2024-08-01'); night < until; night = addDays(night, 1)) {
    const here = stays.find(({ during }) => contains(during, night));
    const careKind = here?.placed?.careKind ?? (here !== undefined && ['foster', 'kinship', 'home', 'family_house'].includes(here.kind) ? (here.kind as CareKind) : undefined);
    if (here === undefined) [left, open] = [false, false];
    else if (here.kind === 'institution') [left, open] = [true, false];
    else if (here.kind === 'independent') [left, open] = [false, false];
    else if (careKind !== undefined && by.listed.some((each) => each.careKind === careKind && contains(each.during, night))) {
      open ||= left && night >= by.leftFrom;
      left = false;
      if (open) found.push({ night, familyId: here.placed?.familyId ?? null, careKind });
    }
  }
  return found;
}

describe('the nights of an entitlement', () => {
  it('are the ones ticked off night by night', () => {
    fc.assert(
      fc.property(timelines, fc.integer({ min: 0, max: 900 }), (stays, days) => {
        const until = addDays(day('2024-08-15'), days);
        const nights = payableNights(child(stays), rules, until).flatMap(({ during, familyId, careKind }) => {
          const all = [];
          for (let night = during.from; night < (during.to ?? until); night = addDays(night, 1)) all.push({ night, familyId, careKind });
          return all;
        });
        expect(nights).toEqual(naiveNights(stays, rules, until));
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('open at most one stretch at a time', () => {
    fc.assert(
      fc.property(timelines, (stays) => {
        const found = entitledStretches(child(stays), rules);
        for (const [i, { during }] of found.entries()) {
          expect(during.from < during.to).toBe(true);
          const next = found[i + 1];
          if (next !== undefined) expect(next.during.from >= during.to).toBe(true);
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
