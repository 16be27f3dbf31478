import { describe, expect, it } from '@jest/globals';
import { earliestBirth } from '../../kernel/age.js';
import { addDays, civil, contains, daysBetween } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { payableNights } from '../../support/entitlement.domain.js';
import { stream } from '../random.js';
import { Roster } from '../roster.js';
import { Places } from '../world.js';
import type { DemoCountry, DemoFamily, DemoInstitution } from '../world.js';
import { Course } from './course.js';
import { Homes } from './homes.js';
import { householdsOf, lastDay } from './households.js';
import type { Life } from './life.js';

const TODAY = civil('2026-06-15');
const BEGAN = civil('2024-06-15');
const AREAS = ['02', '0203', '020301', '02030101', '02030102', '17', '1710', '171001', '17100101'].map((code) => ({ code, nameKm: code, nameLatin: code, type: 'Commune' }));
const OFFICES = ['', '02', '0203', '17', '1710'].map((areaCode) => ({
  id: stream(1, 'office', areaCode).id(BEGAN), kind: areaCode === '' ? ('ministry' as const) : areaCode.length === 2 ? ('province' as const) : ('district' as const), areaCode,
}));

function institution(i: number): DemoInstitution {
  const areaCode = i % 2 === 0 ? '020301' : '171001';
  return { id: stream(1, 'institution', i).id(BEGAN), kind: 'protection_centre', areaCode, officeId: officeOf(areaCode), capacity: 90, children: 60, registeredOn: BEGAN };
}

function officeOf(area: string): string {
  return OFFICES.find(({ areaCode }) => areaCode === area.slice(0, 4))?.id ?? '';
}

function family(i: number): DemoFamily {
  const areaCode = i % 2 === 0 ? '02030102' : '17100101';
  const from = addDays(BEGAN, 60 + (i % 5) * 30);
  const kind = (['foster', 'foster', 'kinship', 'foster', 'family_house'] as const)[i % 5] ?? 'foster';
  const closedOn = i % 7 === 0 ? addDays(TODAY, -100) : null;
  return {
    id: stream(1, 'family', i).id(from), kind, nameKm: 'ក', nameLatin: 'K', phone: null, areaCode, officeId: officeOf(areaCode), languages: ['khm'],
    adults: [], approvals: [{ from, to: addDays(from, 365), places: 1 + (i % 3), youngest: 0, oldest: 17, sexes: ['female', 'male'], needs: [], careKinds: [kind] },
      { from: addDays(from, 365), to: addDays(from, 800), places: 1 + ((i + 1) % 3), youngest: 0, oldest: 17, sexes: ['female', 'male'], needs: [], careKinds: [kind] }],
    suspended: i % 6 === 0 ? [{ from: addDays(from, 200), to: addDays(from, 260) }] : [], ready: [{ from, to: addDays(from, 700) }], closedOn, workerId: '',
    ...(i === 3 && { full: true as const }),
  };
}

function country(seed: number): DemoCountry {
  return {
    seed, scale: 0.02, today: TODAY, rolledOut: addDays(BEGAN, -30), began: BEGAN, known: new Map(), places: new Places(AREAS, OFFICES), roster: new Roster([], OFFICES), holidays: new Set(),
    institutions: Array.from({ length: 12 }, (_, i) => institution(i)), families: Array.from({ length: 160 }, (_, i) => family(i)),
  };
}

function livesOf(world: DemoCountry): Life[] {
  const course = new Course(world, new Homes(world));
  let number = 0;
  return world.institutions.flatMap((one) => householdsOf(world, one, () => (number += 1)).flatMap((household) => course.livesOf(household)));
}

const world = country(11);
const lives = livesOf(world);
const placements = lives.flatMap((life) => life.placements.map((placement) => ({ life, placement })));

describe('a life', () => {
  it('has stays without a gap and without an overlap, from the day of entry to death or today', () => {
    const wrong = lives.filter(({ stays, child, diedOn }) => stays[0]?.from !== child.enteredOn || stays.some((stay, i) =>
      (stay.to !== null && stay.to <= stay.from) || stay.to !== (stays[i + 1]?.from ?? (diedOn === null ? null : addDays(diedOn, 1))) || stay.from > lastDay(world)));
    expect(wrong).toEqual([]);
  });

  it('begins at birth and is written down in its order, never on a day that has not come', () => {
    const wrong = lives.filter(({ child, stays }) => child.enteredOn < earliestBirth(child.birth)
      || stays.some(({ recordedOn }, i) => recordedOn < (stays[i - 1]?.recordedOn ?? child.registeredOn) || recordedOn >= TODAY));
    expect(wrong).toEqual([]);
  });

  it('has been spent in every kind of place, and most children live where they came', () => {
    const kinds = new Set(lives.flatMap(({ stays }) => stays.map(({ kind }) => kind)));
    for (const kind of ['institution', 'foster', 'kinship', 'family_house', 'home', 'hospital', 'missing', 'independent'] as const) expect(kinds).toContain(kind);
    const now = lives.filter(({ stays, diedOn }) => diedOn === null && stays.at(-1)?.kind === 'institution').length;
    expect(lives).toHaveLength(720);
    expect(now / lives.length).toBeGreaterThan(0.5);
    expect(now / lives.length).toBeLessThan(0.8);
  });

  it('is paid for no night twice, and for none outside a family or her home', () => {
    const rules = { leftFrom: civil('2025-01-01'), listed: (['foster', 'kinship', 'home'] as const).map((careKind) => ({ careKind, during: { from: civil('1900-01-01'), to: null } })), ageLimit: 18 };
    let nights = 0;
    for (const { child, stays, diedOn } of lives.filter((life) => life.diedOn === null)) {
      const timeline = {
        birth: child.birth, diedOn,
        stays: stays.map(({ kind, from, to, placement }) => ({ kind, during: { from, to }, placed: placement && { placementId: placement.id, familyId: placement.family.id, careKind: placement.careKind } })),
      };
      let until = child.enteredOn;
      for (const { during } of payableNights(timeline, rules, TODAY)) {
        if (during.to === null || during.from < until || during.to > TODAY) throw new Error(`${child.id} is paid twice, or for a night to come`);
        if (stays.some(({ kind, from, to }) => kind === 'institution' && from < (during.to ?? TODAY) && (to ?? TODAY) > during.from)) throw new Error(`${child.id} is paid in an institution`);
        nights += daysBetween(during.from, during.to);
        until = during.to;
      }
    }
    expect(nights).toBeGreaterThan(10_000);
  });

  it('is written down late or wrongly now and then, and the same child twice', () => {
    const late = lives.filter(({ stays }) => stays.some(({ from, recordedOn, placement }) => placement?.startsOn === from && recordedOn > addDays(from, 10)));
    const corrected = lives.filter(({ correction }) => correction !== null);
    const trace = ({ child, household }: Life): string => [household.family[0], household.homeArea, household.mainReason, household.parents, household.religion, child.sex, child.nameLatin?.length].join();
    const again = lives.filter((life) => lives.some((other) => other.household.institution !== life.household.institution && trace(other) === trace(life)));
    expect([late, corrected, again].map(({ length }) => length > 0)).toEqual([true, true, true]);
    for (const { correction, stays } of corrected) {
      const stay = stays.find(({ id }) => id === correction?.stayId);
      expect(stay !== undefined && correction !== null && correction.was > stay.from && correction.correctedOn > stay.recordedOn && stay.basis === 'correction').toBe(true);
    }
  });

  it('is the same for the same seed, and another one for another', () => {
    expect(JSON.stringify(livesOf(country(11)))).toBe(JSON.stringify(lives));
    expect(JSON.stringify(livesOf(country(12)))).not.toBe(JSON.stringify(lives));
  });
});

describe('a placement', () => {
  it('is one stretch of nights with its family, nights in hospital and away included', () => {
    for (const { life, placement } of placements) {
      const own = life.stays.filter((stay) => stay.placement === placement);
      expect(own[0]?.from).toBe(placement.startsOn);
      const ended = own.at(-1)?.to ?? null;
      // Where she died the last night is still hers, and the stay ended on the day.
      expect(ended).toBe(placement.endReason === 'died' ? addDays(placement.endedOn ?? TODAY, 1) : placement.endedOn);
      expect((placement.endedOn === null) === (placement.endReason === null)).toBe(true);
    }
    expect(placements.length).toBeGreaterThan(60);
    expect(placements.some(({ placement }) => placement.endedOn === null)).toBe(true);
  });

  it('never makes more children than places, on any day', () => {
    const overfull: string[] = [];
    for (const one of world.families) {
      const here = placements.filter(({ placement }) => placement.family === one).map(({ placement }) => placement);
      for (let day: CivilDate = BEGAN; day <= TODAY; day = addDays(day, 3)) {
        const living = here.filter(({ startsOn, endedOn }) => contains({ from: startsOn, to: endedOn }, day)).length;
        const places = one.approvals.find((approval) => contains(approval, day))?.places ?? one.approvals.at(-1)?.places ?? 0;
        if (living > (one.closedOn !== null && day >= one.closedOn ? 0 : places)) overfull.push(`${one.id} on ${day}`);
      }
    }
    expect(overfull).toEqual([]);
  });

  it('begins on a day on which the family is approved and ready, and not suspended', () => {
    for (const { placement: { family: one, startsOn, careKind } } of placements) {
      expect(one.approvals.some((approval) => contains(approval, startsOn) && approval.careKinds.includes(careKind))).toBe(true);
      expect(one.suspended.some((days) => contains(days, startsOn))).toBe(false);
      expect(one.ready.some((days) => contains(days, startsOn))).toBe(true);
    }
  });

  it('fills the family that must be full, with children of the first institution', () => {
    const full = placements.filter(({ placement }) => placement.family.full === true);
    expect(full).toHaveLength(world.families[3]?.approvals.at(-1)?.places ?? 0);
    for (const { life, placement } of full) {
      expect(placement.endedOn).toBeNull();
      expect(life.household.institution).toBe(world.institutions[0]);
    }
  });
});
