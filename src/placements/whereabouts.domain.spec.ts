import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Result } from '../kernel/result.js';
import { move } from './timeline.domain.js';
import type { Episode, EpisodeKind, Life, Whereabouts } from './timeline.domain.js';
import { ABSENCES, comeBack, goAway, goMissing, isAway, keptUntil, missingSince, openStretch } from './whereabouts.domain.js';
import type { Going } from './whereabouts.domain.js';

const DAY0 = civil('2026-01-01');
const DAYS = 50;
const NIGHTS = 4;
const day = (n: number): CivilDate => addDays(DAY0, n);
const life: Life = { birth: { date: civil('2016-05-01'), precision: 'day' }, diedOn: null };
const nowhere = { institutionId: null, familyId: null, placementId: null };
const lived = (name: string): Whereabouts =>
  name.startsWith('foster') ? { kind: 'foster', institutionId: null, familyId: name, placementId: name } : name.startsWith('institution') ? { ...nowhere, kind: 'institution', institutionId: name } : { ...nowhere, kind: name as EpisodeKind };
const LIVED = ['institution a', 'institution b', 'foster c', 'foster d', 'home', 'unknown'];

/** One night: where she sleeps, who keeps a place for her, and where she would go back to. */
interface Night {
  readonly sleeps: string;
  readonly keeper: string | null;
  readonly backTo: string | null;
}

/** The same rules said of nights: every act rewrites all nights from its own on. */
class Nights {
  readonly nights: (Night | null)[] = Array<Night | null>(DAYS).fill(null);
  last = -1;

  get now(): Night | null {
    return this.nights[DAYS - 1] ?? null;
  }

  #from(n: number, night: Night): boolean {
    if (n <= this.last) return false;
    this.nights.fill(night, n);
    this.last = n;
    return true;
  }

  live(n: number, name: string): boolean {
    if (this.now?.sleeps === name) return false;
    return this.#from(n, { sleeps: name, keeper: name.includes(' ') ? name : null, backTo: null });
  }

  away(n: number, kind: string): boolean {
    const { now } = this;
    if (now === null || now.keeper === null || now.sleeps === kind) return false;
    if (now.keeper.startsWith('institution') && (kind === 'respite' || kind === 'carer_holiday')) return false;
    return this.#from(n, { sleeps: kind, keeper: now.keeper, backTo: now.keeper });
  }

  missing(n: number): boolean {
    const { now } = this;
    if (now === null || now.sleeps === 'missing') return false;
    return this.#from(n, { sleeps: 'missing', keeper: now.keeper, backTo: now.keeper ?? (now.sleeps === 'unknown' ? null : now.sleeps) });
  }

  back(n: number): boolean {
    const { now } = this;
    if (now?.backTo == null) return false;
    return this.#from(n, { sleeps: now.backTo, keeper: now.keeper, backTo: null });
  }

  release(): boolean {
    const { now, last } = this;
    if (now?.sleeps !== 'missing' || now.keeper === null || last + NIGHTS >= DAYS) return false;
    return this.#from(last + NIGHTS, { sleeps: 'missing', keeper: null, backTo: null });
  }
}

const step = fc.tuple(fc.constantFrom('live', 'live', 'away', 'missing', 'missing', 'back', 'release', 'release'), fc.integer({ min: 0, max: DAYS - 1 }), fc.nat({ max: 5 }));

describe('nights elsewhere, missing and coming back', () => {
  it('are what one box a night says, with no gap and no overlap, after any sequence of acts', () => {
    const done = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 16 }), (steps) => {
        const model = new Nights();
        let timeline: Episode[] = [];
        for (const [at, [act, jitter, which]] of steps.entries()) {
          // Mostly ahead of the last act, sometimes before it.
          const n = Math.min(DAYS - 1, Math.max(0, jitter % 9 === 0 ? jitter % (model.last + 2) : model.last + 1 + (jitter % 3)));
          const since = openStretch(timeline)?.from ?? DAY0;
          const released: Whereabouts = { ...nowhere, kind: 'missing' };
          const go = (): [Result<Going, string>, boolean, CivilDate] => {
            if (act === 'live') return [withTo(move(timeline, life, lived(LIVED[which] ?? 'home'), day(n)), lived(LIVED[which] ?? 'home')), model.live(n, LIVED[which] ?? 'home'), day(n)];
            if (act === 'away') return [goAway(timeline, life, { kind: ABSENCES[which % 5] ?? 'hospital', familyId: null }, day(n)), model.away(n, ABSENCES[which % 5] ?? 'hospital'), day(n)];
            if (act === 'missing') {
              const expected = model.missing(n);
              // Of somebody of whom nothing is known she may be missing: it is her first stretch, which the model has none for.
              return [timeline.length === 0 ? { ok: false, code: 'none', details: {} } : goMissing(timeline, life, day(n)), expected, day(n)];
            }
            if (act === 'back') return [comeBack(timeline, life, day(n)), model.back(n), day(n)];
            const on = keptUntil(since, NIGHTS);
            const expected = model.release();
            return [expected ? withTo(move(timeline, life, released, on), released) : { ok: false, code: 'none', details: {} }, expected, on];
          };
          const [result, expected, on] = go();
          expect(`${act} ${result.ok}`).toBe(`${act} ${expected}`);
          if (!result.ok) continue;
          done.set(act, (done.get(act) ?? 0) + 1);
          const { ends, to } = result.value;
          timeline = [...timeline.map((one) => (one.id === ends?.id ? { ...one, to: on } : one)), { ...to, id: `e${at}`, from: on, to: null }];
          const seen = model.nights.map((_, night) => {
            const there = timeline.filter(({ from, to: until }) => from <= day(night) && (until === null || day(night) < until));
            if (there.length > 1) throw new Error(`two stretches on ${day(night)}`);
            const [one] = there;
            if (one === undefined) return null;
            const keeper = one.placementId ?? one.institutionId;
            return { sleeps: isAway(one) || keeper === null ? one.kind : keeper, keeper };
          });
          expect(seen).toEqual(model.nights.map((night) => night && { sleeps: night.sleeps, keeper: night.keeper }));
        }
      }),
      { seed: 5, numRuns: 250 },
    );
    for (const act of ['live', 'away', 'missing', 'back', 'release']) expect(done.get(act) ?? 0).toBeGreaterThan(8);
  });

  it('begin, where she is missing, with the first of the nights without news that touch', () => {
    const at = (kind: string, from: number, to: number | null): Episode => ({ ...lived(kind), id: `${kind}${from}`, from: day(from), to: to === null ? null : day(to) });
    expect(missingSince([at('home', 0, 3), at('missing', 3, 5), at('unknown', 5, 8), at('missing', 8, null)])).toBe(day(3));
    expect(missingSince([at('missing', 0, 3), at('home', 3, 5), at('unknown', 5, 8), at('missing', 8, null)])).toBe(day(8));
    expect(missingSince([at('missing', 0, 3), at('missing', 5, null)])).toBe(day(5));
    for (const none of [[], [at('home', 0, null)], [at('unknown', 0, null)], [at('missing', 0, 3)]]) expect(missingSince(none)).toBeUndefined();
  });

  it('name what stands against them', () => {
    const home: Episode = { ...lived('home'), id: 'h', from: day(0), to: null };
    const gone: Episode = { ...lived('missing'), id: 'm', from: day(3), to: null };
    expect(goAway([home], life, { kind: 'hospital', familyId: null }, day(4))).toMatchObject({ code: 'NO_PLACE_TO_KEEP', details: { kind: 'home' } });
    expect(goAway([{ ...lived('institution a'), id: 'i', from: day(0), to: null }], life, { kind: 'carer_holiday', familyId: null }, day(4))).toMatchObject({ code: 'NOT_IN_A_FAMILY' });
    expect(goMissing([gone], life, day(4))).toMatchObject({ code: 'ALREADY_MISSING', details: { from: day(3) } });
    expect(comeBack([home], life, day(4))).toMatchObject({ code: 'NOT_AWAY', details: { kind: 'home' } });
    expect(comeBack([{ ...home, to: day(3) }, gone], life, day(4))).toMatchObject({ ok: true, value: { to: lived('home') } });
    expect(comeBack([{ ...lived('missing'), placementId: 'p', id: 'k', from: day(0), to: day(3) }, gone], life, day(4))).toMatchObject({ code: 'PLACE_RELEASED', details: { from: day(3) } });
    for (const act of [goMissing([home], { ...life, diedOn: day(2) }, day(4)), comeBack([gone], { ...life, diedOn: day(9) }, day(10)), goAway([home], { ...life, diedOn: day(2) }, { kind: 'hospital', familyId: null }, day(4))])
      expect(act).toMatchObject({ code: 'AFTER_DEATH' });
  });
});

function withTo<C extends string>(moved: Result<Omit<Going, 'to'>, C>, to: Whereabouts): Result<Going, C> {
  return moved.ok ? { ok: true, value: { ...moved.value, to } } : moved;
}
