import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AGE_BANDS, ageBand, ageOn } from '../kernel/age.js';
import { addDays, civil, contains, daysInMonth, monthOf } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { CARE_KINDS, careNights } from './entitlement.domain.js';
import type { CareKind, CareNights, Stay } from './entitlement.domain.js';
import { linesOf, owed } from './payment.domain.js';
import type { Owed, Rate, RatedChild } from './payment.domain.js';

const day = civil;
const child: RatedChild = { birth: { date: day('2015-03-10'), precision: 'day' }, specialNeed: [] };
const always = { from: day('2025-01-01'), to: null };

const flat = (riel: bigint, during = always as Rate['during'], id = `r${riel}`, careKinds: readonly CareKind[] = CARE_KINDS): Rate[] =>
  careKinds.flatMap((careKind) => AGE_BANDS.flatMap((band) => [true, false].flatMap((specialNeed) => [true, false].map((urban) => ({ id: `${id} ${careKind} ${band} ${specialNeed} ${urban}`, careKind, ageBand: band, specialNeed, urban, riel, during })))));

const nights = (from: string, to: string | null, familyId: string | null = 'a'): CareNights => ({ during: { from: day(from), to: to === null ? null : day(to) }, careKind: 'foster', familyId });
const rural = () => false;

function due(care: readonly CareNights[], rates: readonly Rate[], last = '2025-12', who = child): Owed[] {
  const result = owed(care, who, rates, rural, last);
  if (!result.ok) throw new Error(result.code);
  return result.value;
}

describe('what is owed for a month', () => {
  it('is the worked example: 400,000 from 8 November, 23 of 30 nights', () => {
    expect(due([nights('2025-11-08', '2025-12-01')], flat(400_000n))).toMatchObject([{ month: '2025-11', nights: 23, riel: 306_700n }]);
  });

  it('is the same while her place is kept: hospital, respite elsewhere, a visit, her carers\' holiday, missing for some nights', () => {
    const placed = { placementId: 'p', familyId: 'a', careKind: 'foster' as const };
    const stays = (['foster', 'hospital', 'foster', 'respite', 'family_visit', 'trial_visit', 'carer_holiday', 'missing'] as const).map(
      (kind, n): Stay => ({ kind, during: { from: day(`2025-11-${String(8 + 2 * n).padStart(2, '0')}`), to: n === 7 ? day('2025-12-01') : day(`2025-11-${String(10 + 2 * n).padStart(2, '0')}`) }, placed }),
    );
    expect(due(careNights(stays), flat(400_000n))).toMatchObject([{ month: '2025-11', familyId: 'a', nights: 23, riel: 306_700n }]);
    // Once the place is kept no more, nights missing are nobody's.
    expect(due(careNights([...stays.slice(0, 7), { kind: 'missing', during: { from: day('2025-11-22'), to: null }, placed: null }]), flat(400_000n))).toMatchObject([{ nights: 14 }]);
  });

  it('counts the start day and not the end day', () => {
    expect(due([nights('2025-11-08', '2025-11-09')], flat(300_000n))).toMatchObject([{ nights: 1, riel: 10_000n }]);
  });

  it('splits the month at a new rate and rounds once', () => {
    const rates = [...flat(100_000n, { from: day('2025-01-01'), to: day('2025-11-11') }, 'old'), ...flat(200_000n, { from: day('2025-11-11'), to: null }, 'new')];
    const [line] = due([nights('2025-11-01', '2025-12-01')], rates);
    expect(line).toMatchObject({ nights: 30, riel: 166_700n });
    expect(line?.parts.map(({ riel, nights: count }) => [riel, count])).toEqual([[100_000n, 10], [200_000n, 20]]);
  });

  it('splits at a birthday into the next band and at the assessment of a special need', () => {
    const rates = flat(100_000n).map((rate) => ({ ...rate, riel: rate.riel + (rate.ageBand === '12-14' ? 30_000n : 0n) + (rate.specialNeed ? 50_000n : 0n) }));
    const twelve = { ...child, birth: { date: day('2013-11-16'), precision: 'day' as const }, specialNeed: [{ from: day('2025-11-21'), to: null }] };
    const [line] = due([nights('2025-11-01', '2025-12-01')], rates, '2025-11', twelve);
    expect(line?.parts.map(({ riel, nights: count }) => [riel, count])).toEqual([[100_000n, 15], [130_000n, 5], [180_000n, 10]]);
  });

  it('takes the rate of town or village by the family', () => {
    const rates = flat(100_000n).map((rate) => ({ ...rate, riel: rate.urban ? 150_000n : 100_000n }));
    const result = owed([nights('2025-11-01', '2025-11-16', 'town'), nights('2025-11-16', '2025-12-01', 'village')], child, rates, (id) => id === 'town', '2025-11');
    expect(result.ok && result.value.map(({ familyId, riel }) => [familyId, riel])).toEqual([['town', 75_000n], ['village', 50_000n]]);
  });

  it('is refused without a rate, naming the care kind and not the child', () => {
    expect(owed([nights('2024-11-08', '2024-12-01')], child, flat(1n), rural, '2025-12')).toEqual({ ok: false, code: 'RATE_MISSING', details: { careKind: 'foster', month: '2024-11' } });
  });
});

const changingRates = fc.array(fc.record({ on: fc.integer({ min: 1, max: 400 }), riel: fc.integer({ min: 0, max: 2_000_000 }) }), { maxLength: 4 }).map((changes) => {
  const days = [...new Map(changes.map(({ on, riel }) => [on, riel])).entries()].sort((a, b) => a[0] - b[0]);
  const starts = [[0, 123_457] as const, ...days];
  return starts.flatMap(([on, riel], i) => {
    const next = starts[i + 1]?.[0];
    return flat(BigInt(riel), { from: addDays(day('2025-01-01'), on), to: next === undefined ? null : addDays(day('2025-01-01'), next) }, `r${i}`, ['foster']);
  });
});

/** Stays one after the other with this family or that, with pauses. */
const stays = fc.array(fc.record({ nights: fc.integer({ min: 1, max: 70 }), pause: fc.integer({ min: 0, max: 10 }), family: fc.constantFrom('a', 'b', null) }), { minLength: 1, maxLength: 6 }).map((steps) => {
  let from = day('2025-01-20');
  return steps.map(({ nights: count, pause, family }) => {
    const start = addDays(from, pause);
    from = addDays(start, count);
    return nights(start, from, family);
  });
});

describe('what is owed, against a statement night by night', () => {
  it('has the same nights, at most 50 riel more or less a line, and never more nights than the month has', () => {
    fc.assert(
      fc.property(stays, changingRates, fc.constantFrom(day('2013-11-16'), day('2022-06-02'), day('2012-02-29')), (care, rates, birth) => {
        const who = { ...child, birth: { date: birth, precision: 'day' as const } };
        const lines = due(care, rates, '2026-12', who);
        // Exact riel of a line, in thirtieths and the like: rate x nights over the days of its month, kept apart.
        const naive = new Map<string, { nights: number; shares: bigint }>();
        for (const { during, familyId } of care) {
          for (let night: CivilDate = during.from; night < (during.to ?? night); night = addDays(night, 1)) {
            const rate = rates.find((each) => each.careKind === 'foster' && each.ageBand === ageBand(ageOn(birth, night)) && !each.specialNeed && !each.urban && contains(each.during, night));
            const key = `${monthOf(night)} ${familyId ?? ''}`;
            const sum = naive.get(key) ?? { nights: 0, shares: 0n };
            naive.set(key, { nights: sum.nights + 1, shares: sum.shares + (rate?.riel ?? 0n) });
          }
        }
        expect(new Map(lines.map(({ month, familyId, nights: count }) => [`${month} ${familyId ?? ''}`, count]))).toEqual(new Map([...naive].map(([key, sum]) => [key, sum.nights])));
        for (const line of lines) {
          const days = BigInt(daysInMonth(line.month));
          const off = line.riel * days - (naive.get(`${line.month} ${line.familyId ?? ''}`)?.shares ?? 0n);
          expect(off >= -50n * days && off <= 50n * days && line.riel % 100n === 0n).toBe(true);
          expect(line.parts.reduce((all, part) => all + part.nights, 0)).toBe(line.nights);
        }
        for (const month of new Set(lines.map((line) => line.month))) {
          expect(lines.filter((line) => line.month === month).reduce((all, line) => all + line.nights, 0)).toBeLessThanOrEqual(daysInMonth(month));
        }
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});

describe('the lines of a run', () => {
  const sum = (month: string, count: number, riel: bigint, familyId: string | null = 'a'): Owed => ({ month, familyId, nights: count, riel, parts: [] });

  it('are regular for its month, arrears for earlier ones, and adjustments where too little was approved', () => {
    const { lines, overpaid } = linesOf('2025-12', [sum('2025-10', 31, 400_000n), sum('2025-11', 30, 400_000n), sum('2025-12', 31, 400_000n)], [{ month: '2025-11', familyId: 'a', nights: 23, riel: 306_700n, lineId: 'l1' }]);
    expect(lines.map(({ month, kind, nights: count, riel, adjusts }) => [month, kind, count, riel, adjusts])).toEqual([
      ['2025-10', 'arrears', 31, 400_000n, null], ['2025-11', 'adjustment', 7, 93_300n, 'l1'], ['2025-12', 'regular', 31, 400_000n, null],
    ]);
    expect(overpaid).toEqual([]);
  });

  it('take nothing back by themselves', () => {
    const paid = { month: '2025-11', familyId: 'a', nights: 30, riel: 400_000n, lineId: 'l1' };
    expect(linesOf('2025-12', [sum('2025-11', 23, 306_700n)], [paid])).toEqual({ lines: [], overpaid: [{ month: '2025-11', familyId: 'a', nights: 7, riel: 93_300n }] });
    expect(linesOf('2025-12', [sum('2025-11', 30, 400_000n, 'b')], [paid])).toMatchObject({ lines: [{ familyId: 'b', kind: 'arrears' }], overpaid: [{ familyId: 'a', nights: 30, riel: 400_000n }] });
  });

  it('are none where all was approved before, also in several lines', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ month: fc.constantFrom('2025-10', '2025-11', '2025-12'), familyId: fc.constantFrom('a', 'b', null), nights: fc.integer({ min: 1, max: 28 }), riel: fc.bigInt({ min: 0n, max: 10n ** 7n }) }), { maxLength: 6 }), (each) => {
        const unique = [...new Map(each.map((one) => [`${one.month} ${one.familyId ?? ''}`, { ...one, parts: [] }])).values()];
        const first = linesOf('2025-12', unique, []);
        expect(first.lines).toHaveLength(unique.length);
        expect(linesOf('2025-12', unique, first.lines.map((line, i) => ({ ...line, lineId: `l${i}` })))).toEqual({ lines: [], overpaid: [] });
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
