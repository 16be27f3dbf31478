import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { distanceKm, type Position } from './distance.js';

const runs = { seed: 1, numRuns: 200 };
const anywhere: fc.Arbitrary<Position> = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
});

/** Naively: the angle between two arrows from the centre of the earth. */
function byArrows(a: Position, b: Position): number {
  const arrow = (p: Position): [number, number, number] => {
    const [lat, lng] = [(p.lat / 180) * Math.PI, (p.lng / 180) * Math.PI];
    return [Math.cos(lat) * Math.cos(lng), Math.cos(lat) * Math.sin(lng), Math.sin(lat)];
  };
  const [[ax, ay, az], [bx, by, bz]] = [arrow(a), arrow(b)];
  const cross = Math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx);
  return 6371.0088 * Math.atan2(cross, ax * bx + ay * by + az * bz);
}

describe('a distance', () => {
  it('is the great circle to 100 m, the same both ways', () => {
    fc.assert(
      fc.property(anywhere, anywhere, (a, b) => {
        expect(Math.abs(distanceKm(a, b) - byArrows(a, b))).toBeLessThanOrEqual(0.0501);
        expect(distanceKm(b, a)).toBe(distanceKm(a, b));
        expect(distanceKm(a, a)).toBe(0);
        expect(String(distanceKm(a, b))).toMatch(/^\d+(\.\d)?$/);
      }),
      runs,
    );
  });

  it('is known for places people know', () => {
    const phnomPenh = { lat: 11.5564, lng: 104.9282 };
    const siemReap = { lat: 13.3671, lng: 103.8448 };
    expect(distanceKm(phnomPenh, siemReap)).toBeCloseTo(233, -1);
    expect(distanceKm({ lat: 0, lng: 0 }, { lat: 0, lng: 180 })).toBe(20015.1);
  });

  it('refuses what is not on the map', () => {
    expect(() => distanceKm({ lat: 104.9, lng: 11.5 }, { lat: 0, lng: 0 })).toThrow(RangeError);
    expect(() => distanceKm({ lat: 0, lng: 0 }, { lat: Number.NaN, lng: 0 })).toThrow(RangeError);
  });
});
