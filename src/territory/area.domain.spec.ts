import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { areaSearchKey, isAreaCode, isInBounds, levelOf, nearness, NEARNESS, parentOf, pathOf } from './area.domain.js';

const SEED = { seed: 20260601 };
const code = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).map((pairs) => pairs.map((pair) => `0${pair}`).join(''));

describe('an area code', () => {
  it('has two digits for each level, none of them 00', () => {
    expect(['01', '2512', '020301', '02030101'].map(isAreaCode)).toEqual([true, true, true, true]);
    expect(['', '1', '203', '00', '0200', '020300', '0203010100', '02a1', '០១'].map(isAreaCode)).toEqual(Array(9).fill(false));
  });

  it('says its level, its parent and the way down to it', () => {
    expect([levelOf('02030101'), parentOf('02'), parentOf('0203'), pathOf('020301')]).toEqual(['village', null, '02', ['02', '0203', '020301']]);
    expect(() => levelOf('203')).toThrow(RangeError);
  });
});

describe('nearness', () => {
  it.each([
    ['02030101', '02030101', 'same_village'],
    ['02030101', '02030102', 'same_commune'],
    ['02030101', '020301', 'same_commune'],
    ['020301', '020302', 'same_district'],
    ['0203', '0203', 'same_district'],
    ['0203', '02', 'same_province'],
    ['02030101', '17100101', 'further'],
  ])('%s and %s: %s', (a, b, band) => {
    expect(nearness(a, b)).toBe(band);
  });

  it('is the same both ways, and never nearer from further out', () => {
    fc.assert(
      fc.property(code, code, (a, b) => {
        const band = nearness(a, b);
        expect(nearness(b, a)).toBe(band);
        const outer = parentOf(a);
        if (outer !== null) expect(NEARNESS.indexOf(nearness(outer, b))).toBeGreaterThanOrEqual(NEARNESS.indexOf(band));
      }),
      SEED,
    );
  });
});

it('finds an area by either script', () => {
  expect(areaSearchKey({ nameKm: 'ទួល តាឯក', nameLatin: 'Tuol Ta-Ek' })).toBe('ទួលតាឯក tuoltaek');
});

it('sees swapped positions, because latitudes and longitudes of Cambodia do not overlap', () => {
  fc.assert(
    fc.property(fc.double({ min: 9, max: 15.5, noNaN: true }), fc.double({ min: 102, max: 108.5, noNaN: true }), (lat, lng) => {
      expect([isInBounds({ lat, lng }), isInBounds({ lat: lng, lng: lat })]).toEqual([true, false]);
    }),
    SEED,
  );
});
