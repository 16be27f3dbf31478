import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { move, whereOn } from './timeline.domain.js';
import type { Episode, EpisodeKind, Life, Whereabouts } from './timeline.domain.js';

const DAY0 = civil('2026-01-01');
const DAYS = 60;
const day = (n: number): CivilDate => addDays(DAY0, n);
const place = (name: string): Whereabouts => ({ kind: name.split(' ')[0] as EpisodeKind, institutionId: name.startsWith('institution') ? name : null, familyId: name.startsWith('foster') ? name : null, placementId: name.startsWith('foster') ? name : null });
const nameOf = (where: Whereabouts): string => where.institutionId ?? where.familyId ?? where.kind;
const PLACES = ['institution a', 'institution b', 'foster c', 'foster d', 'home', 'missing'];

/** The timeline again as one box a day: the last box says where she goes on living. */
class Boxes {
  readonly boxes: (string | null)[] = Array<string | null>(DAYS).fill(null);
  born = 0;

  readonly starts = new Set<number>();

  move(n: number, name: string): boolean {
    const last = Math.max(-1, ...this.starts);
    if (n < this.born || (last >= 0 && (n <= last || this.boxes[DAYS - 1] === name))) return false;
    this.starts.add(n);
    this.boxes.fill(name, n);
    return true;
  }
}

const step = fc.record({ on: fc.integer({ min: 0, max: DAYS - 1 }), to: fc.constantFrom(...PLACES) });

describe('a timeline', () => {
  it('is what one box a day says, after any sequence of moves', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5 }), fc.array(step, { maxLength: 14 }), (born, steps) => {
        const boxes = new Boxes();
        boxes.born = born;
        const life: Life = { birth: { date: day(born), precision: 'day' }, diedOn: null };
        let timeline: Episode[] = [];
        for (const [n, one] of steps.entries()) {
          const moved = move(timeline, life, place(one.to), day(one.on));
          expect(moved.ok).toBe(boxes.move(one.on, one.to));
          if (!moved.ok) continue;
          const { ends } = moved.value;
          timeline = [...timeline.map((episode) => (episode.id === ends?.id ? { ...episode, to: day(one.on) } : episode)), { ...place(one.to), id: `e${n}`, from: day(one.on), to: null }];
          const seen = boxes.boxes.map((_, at) => {
            const there = whereOn(timeline, day(at));
            return there === undefined ? null : nameOf(there);
          });
          expect(seen).toEqual(boxes.boxes);
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('refuses what contradicts it, by name', () => {
    const life: Life = { birth: { date: civil('2020-05-01'), precision: 'estimated' }, diedOn: null };
    const here: Episode = { ...place('institution a'), id: 'e', from: day(0), to: null };
    expect(move([], life, place('home'), civil('2019-04-30'))).toMatchObject({ code: 'BEFORE_BIRTH', details: { born: '2019-05-01' } });
    expect(move([], life, place('home'), civil('2019-05-01')).ok).toBe(true);
    expect(move([here], life, place('home'), day(0))).toMatchObject({ code: 'BEFORE_LAST_MOVE' });
    expect(move([here], life, place('institution a'), day(3))).toMatchObject({ code: 'ALREADY_THERE' });
    expect(move([here], { ...life, diedOn: day(9) }, place('home'), day(3))).toMatchObject({ code: 'AFTER_DEATH', details: { diedOn: day(9) } });
  });
});
