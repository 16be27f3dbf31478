import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chainFrom, liesOn, parseSegment, placeOf, segmentAt, segmentName, wayFrom } from './wal.js';

const MB16 = 16 * 1024 * 1024;
const one = [{ timeline: 1, end: undefined }];

describe('segments of write-ahead log', () => {
  it('are named as PostgreSQL names them', () => {
    expect(segmentName(1, segmentAt(placeOf('0/3000148'), MB16), MB16)).toBe('000000010000000000000003');
    expect(segmentName(3, segmentAt(placeOf('2A/FF000000'), MB16), MB16)).toBe('000000030000002A000000FF');
    expect(parseSegment('000000010000000000000003.00000028.backup', MB16)).toBeUndefined();
    expect(parseSegment('000000010000000000000003.partial', MB16)).toBeUndefined();
  });

  it('are read back from their names, whatever their size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffff_ffff }), fc.bigInt({ min: 0n, max: (1n << 34n) - 1n }), fc.constantFrom(1, 16, 64, 1024), (timeline, segment, megabytes) => {
        const bytes = megabytes * 1024 * 1024;
        expect(parseSegment(segmentName(timeline, segment, bytes), bytes)).toEqual({ timeline, segment });
      }),
      { seed: 71 },
    );
  });
});

describe('the way through timelines', () => {
  it('is one without history, and follows the newest history that follows on', () => {
    expect(wayFrom(1, ['000000010000000000000003'], () => '')).toEqual(one);
    expect(wayFrom(2, [], () => '')).toEqual([{ timeline: 2, end: undefined }]);
    const third = '1\t0/5000100\tbefore 2026\n\n2\t0/9000000\tbefore 2027\n';
    expect(wayFrom(1, ['00000002.history', '00000003.history', '00000007.history'], (name) => (name === '00000003.history' ? third : ''))).toEqual([
      { timeline: 1, end: placeOf('0/5000100') }, { timeline: 2, end: placeOf('0/9000000') }, { timeline: 3, end: undefined },
    ]);
  });

  it('knows which backups were made after it had been left', () => {
    const way = [{ timeline: 1, end: placeOf('0/5000100') }, { timeline: 3, end: undefined }];
    expect(liesOn(way, 1, placeOf('0/5000000'))).toBe(true);
    expect(liesOn(way, 1, placeOf('0/6000000'))).toBe(false);
    expect(liesOn(way, 2, placeOf('0/1000000'))).toBe(false);
    expect(liesOn(way, 3, placeOf('0/F000000'))).toBe(true);
  });
});

describe('a chain of segments', () => {
  const name = (segment: bigint, timeline = 1): string => segmentName(timeline, segment, MB16);

  it('is whole when nothing is missing, and names exactly what is taken out of its middle', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 34n }), fc.integer({ min: 1, max: 30 }), fc.array(fc.nat(28), { maxLength: 5 }), (first, length, out) => {
        const all = Array.from({ length }, (_, at) => first + BigInt(at));
        const taken = all.filter((_, at) => at < length - 1 && out.includes(at));
        const left = all.filter((each) => !taken.includes(each)).map((each) => name(each));
        expect(chainFrom(first, one, [...left, name(first - 1n < 0n ? 0n : first - 1n, 9)], MB16)).toEqual({ last: all.at(-1), missing: taken.map((each) => name(each)) });
      }),
      { seed: 72 },
    );
  });

  it('does not count what a left timeline went on to write', () => {
    const way = [{ timeline: 1, end: placeOf('0/5000100') }, { timeline: 2, end: undefined }];
    const names = [name(3n), name(4n), name(5n), name(6n), name(7n), name(5n, 2)];
    expect(chainFrom(3n, way, names, MB16)).toEqual({ last: 5n, missing: [] });
    expect(chainFrom(3n, way, [...names, name(7n, 2)], MB16)).toEqual({ last: 7n, missing: [name(6n, 2)] });
    expect(chainFrom(3n, way, [name(3n), name(5n, 2), name(6n, 2)], MB16).missing).toEqual([name(4n)]);
  });
});
