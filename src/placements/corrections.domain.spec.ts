import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil, daysBetween } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { careRuns, changedDays, edited, rewritten, stays } from './corrections.domain.js';
import type { Edit } from './corrections.domain.js';
import type { Episode, EpisodeKind, Life, Whereabouts } from './timeline.domain.js';

const DAY0 = civil('2026-01-01');
const DAYS = 40;
const day = (n: number): CivilDate => addDays(DAY0, n);
const at = (on: CivilDate | null): number => (on === null ? DAYS : daysBetween(DAY0, on));
const PLACES = ['institution a', 'institution b', 'home', 'missing', 'hospital'];
const place = (name: string): Whereabouts => ({
  kind: name.split(' ')[0] as EpisodeKind, institutionId: name.startsWith('institution') ? name : null, familyId: name.startsWith('foster') ? name : null, placementId: name.startsWith('foster') ? name : null,
});
const nameOf = (one: Whereabouts): string => (one.kind === 'institution' ? one.institutionId : one.familyId) ?? one.kind;
const numbered = (): (() => string) => {
  let made = 0;
  return () => `n${(made += 1)}`;
};
const whole = (one: Whereabouts): string => [one.kind, one.institutionId, one.familyId, one.placementId].join(' ');
const life: Life = { birth: { date: day(2), precision: 'day' }, diedOn: null };
const stretch = (id: string, name: string, from: number, to: number | null): Episode => ({ ...place(name), id, from: day(from), to: to === null ? null : day(to) });

/** The timeline again as one box a day, each with the stretch that it is a day of. */
function boxesOf(timeline: readonly Episode[]): (string | null)[] {
  const boxes = Array<string | null>(DAYS).fill(null);
  for (const one of timeline) boxes.fill(one.id, at(one.from), at(one.to));
  return boxes;
}

/** The correction as somebody with a pencil would do it. Undefined where a stretch would vanish, or the pencil has nothing to write on. */
function pencilled(timeline: readonly Episode[], edit: Edit): (string | null)[] | undefined {
  const old = boxesOf(timeline);
  const boxes = [...old];
  const it = 'episodeId' in edit ? timeline.find(({ id }) => id === edit.episodeId) : undefined;
  const mine = old.flatMap((id, n) => (id === it?.id ? [n] : []));
  const [first, last] = [mine[0] ?? 0, mine.at(-1) ?? 0];
  if (edit.what === 'moved') {
    const [from, to] = [edit.from === null ? first : at(edit.from), edit.to === null ? last + 1 : at(edit.to)];
    boxes.fill(old[first - 1] ?? null, first, Math.max(first, from));
    boxes.fill(old[last + 1] ?? null, Math.min(last + 1, to), last + 1);
    boxes.fill(it?.id ?? null, from, to);
  } else if (edit.what === 'missed') {
    const [from, to] = [at(edit.from), at(edit.to)];
    boxes.fill('fresh', from, to);
  } else if (edit.what === 'never_was') {
    const heir = edit.daysGoTo === 'before' ? old[first - 1] : old[last + 1];
    if (first > 0 && old.slice(0, first).some((id) => id !== null) && (heir === null || heir === undefined)) return undefined;
    boxes.fill(heir ?? null, first, last + 1);
    return boxes.some((id) => id !== null) ? boxes : undefined;
  }
  return timeline.every(({ id }) => boxes.includes(id)) ? boxes : undefined;
}

const start = fc.array(fc.record({ name: fc.constantFrom(...PLACES), days: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 5 }).map((wanted) => {
  let from = 3;
  return wanted
    .filter(({ name }, n) => name !== wanted[n - 1]?.name)
    .map(({ name, days }, n, all) => {
      const one = stretch(`s${n}`, name, from, n === all.length - 1 ? null : from + days);
      from += days;
      return one;
    });
});
const anyDay = fc.integer({ min: 0, max: DAYS - 2 });
const steps = fc.array(
  fc.record({ what: fc.constantFrom('moved' as const, 'other_place' as const, 'missed' as const, 'never_was' as const), which: fc.nat({ max: 6 }), a: anyDay, b: anyDay, ends: fc.boolean(), name: fc.constantFrom(...PLACES), to: fc.constantFrom('before' as const, 'after' as const) }),
  { maxLength: 6 },
);

describe('a corrected timeline', () => {
  it('is what a pencil on one box a day makes of it, and nothing else; refused where a stretch would vanish', () => {
    const done = new Map<string, number>();
    fc.assert(
      fc.property(start, steps, (first, wanted) => {
        let timeline: readonly Episode[] = first;
        const newId = numbered();
        for (const { what, which, a, b, ends, name, to } of wanted) {
          const target = timeline[which % timeline.length];
          const episodeId = target?.id ?? '';
          const [low, high] = [Math.min(a, b), Math.max(a, b) + 1];
          const edit: Edit =
            what === 'moved' ? { what, episodeId, from: ends ? null : day(a), to: ends ? day(b) : null }
            : what === 'other_place' ? { what, episodeId, place: place(name) }
            : what === 'missed' ? { what, from: day(low), to: day(high), place: place(name) }
            : { what, episodeId, daysGoTo: to };
          const expected = pencilled(timeline, edit);
          const result = edited(timeline, life, edit, newId);
          if (!result.ok) {
            if (result.code === 'NEVER_IN_CARE') expect((expected ?? []).some((id) => timeline.some((one) => one.id === id && one.kind === 'institution' && (what !== 'other_place' || id !== episodeId)))).toBe(false);
            if (['NEIGHBOUR_SWALLOWED', 'GAP_LEFT'].includes(result.code) && what !== 'missed') expect(expected).toBeUndefined();
            continue;
          }
          done.set(what, (done.get(what) ?? 0) + 1);
          const after = result.value.timeline;
          const names = new Map([...timeline, ...after].map((one) => [one.id, nameOf(one)]));
          if (what === 'other_place') names.set(episodeId, name);
          names.set('fresh', name);
          const old = new Map([...timeline.map((one) => [one.id, nameOf(one)] as const), ...(what === 'other_place' ? [[episodeId, name] as const] : []), ['fresh', name] as const]);
          expect(boxesOf(after).map((id) => (id === null ? null : names.get(id)))).toEqual((expected ?? []).map((id) => (id === null ? null : old.get(id))));
          for (const [n, one] of after.entries()) {
            expect(one.to === null || one.from < one.to).toBe(true);
            const next = after[n + 1];
            if (next !== undefined) expect(one.to !== null && one.to <= next.from && (one.to < next.from || whole(one) !== whole(next))).toBe(true);
          }
          expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
          expect(after.some(({ id }) => id === result.value.about)).toBe(true);
          const days = changedDays(timeline, after);
          const differ = boxesOf(timeline).flatMap((id, n) => (id === boxesOf(after)[n] || old.get(id ?? '') === names.get(boxesOf(after)[n] ?? '') ? [] : [n]));
          if (differ.length > 0 && what !== 'other_place' && ![...timeline, ...after].some((one) => one.kind !== 'institution' && one.institutionId !== null)) expect([days?.from, days?.to === null ? DAYS : at(days?.to ?? null)]).toEqual([day(differ[0] ?? 0), (differ.at(-1) ?? 0) + 1]);
          timeline = after;
        }
      }),
      { seed: 17, numRuns: 400 },
    );
    // A model that never got through would prove nothing.
    for (const what of ['moved', 'other_place', 'missed', 'never_was']) expect(done.get(what) ?? 0).toBeGreaterThan(30);
  });

  const LIVED = [stretch('i', 'institution a', 5, 10), stretch('f', 'foster c', 10, 20), stretch('h', 'home', 20, null)];
  const code = (timeline: readonly Episode[], edit: Edit, of: Life = life): string | undefined => {
    const result = edited(timeline, of, edit, () => 'new');
    return result.ok ? undefined : result.code;
  };

  it('refuses what would contradict it, by name', () => {
    expect(code(LIVED, { what: 'moved', episodeId: 'x', from: day(3), to: null })).toBe('EPISODE_UNKNOWN');
    expect(code(LIVED, { what: 'moved', episodeId: 'h', from: null, to: day(30) })).toBe('STILL_THERE');
    expect(code(LIVED, { what: 'moved', episodeId: 'i', from: day(1), to: null })).toBe('BEFORE_BIRTH');
    expect(code(LIVED, { what: 'moved', episodeId: 'f', from: day(5), to: null })).toBe('NEIGHBOUR_SWALLOWED');
    expect(code(LIVED, { what: 'moved', episodeId: 'f', from: day(10), to: day(20) })).toBe('NOTHING_TO_CORRECT');
    expect(code([stretch('i', 'institution a', 5, 10)], { what: 'moved', episodeId: 'i', from: null, to: day(12) }, { ...life, diedOn: day(9) })).toBe('AFTER_DEATH');
    expect(code(LIVED, { what: 'missed', from: day(12), to: day(14), place: place('home') })).toBe('STAY_SPLIT');
    expect(code(LIVED, { what: 'missed', from: day(3), to: day(4), place: place('home') })).toBe('GAP_LEFT');
    expect(code(LIVED, { what: 'missed', from: day(4), to: day(30), place: place('missing') })).toBe('NEIGHBOUR_SWALLOWED');
    expect(code(LIVED.slice(0, 1), { what: 'never_was', episodeId: 'i', daysGoTo: 'before' })).toBe('ONLY_STRETCH');
    expect(code(LIVED, { what: 'never_was', episodeId: 'h', daysGoTo: 'after' })).toBe('GAP_LEFT');
  });

  it('keeps nights away inside the stay whose place is kept, and does not take its parts from it', () => {
    const away = edited(LIVED, life, { what: 'missed', from: day(12), to: day(14), place: place('hospital') }, numbered());
    if (!away.ok) throw new Error(away.code);
    expect(away.value.timeline.map((one) => [one.kind, one.placementId, at(one.from), at(one.to)])).toEqual([
      ['institution', null, 5, 10], ['foster', 'foster c', 10, 12], ['hospital', 'foster c', 12, 14], ['foster', 'foster c', 14, 20], ['home', null, 20, DAYS],
    ]);
    expect([...stays(away.value.timeline)].map(([id, { from, to }]) => [id, at(from), at(to)])).toEqual([['foster c', 10, 20]]);
    expect(code(away.value.timeline, { what: 'never_was', episodeId: 'f', daysGoTo: 'before' })).toBe('STAY_HAS_PARTS');
    expect(code(away.value.timeline, { what: 'other_place', episodeId: 'f', place: place('home') })).toBe('STAY_HAS_PARTS');
    const back = edited(away.value.timeline, life, { what: 'never_was', episodeId: away.value.about, daysGoTo: 'before' }, () => 'new');
    expect(back.ok && back.value.timeline).toEqual(LIVED);
  });

  it('knows which stretches are written otherwise, and the days in care without a break', () => {
    const after = edited(LIVED, life, { what: 'moved', episodeId: 'f', from: day(8), to: null }, () => 'new');
    expect(after.ok && rewritten(LIVED, after.value.timeline).map(({ id }) => id)).toEqual(['i', 'f']);
    const runs = (timeline: Episode[]): number[][] => careRuns(timeline).map(({ from, to }) => [at(from), at(to)]);
    expect(runs(LIVED)).toEqual([[5, 20]]);
    expect(runs([...LIVED.slice(0, 2), stretch('m', 'missing', 20, 25), stretch('h', 'home', 25, 30), stretch('u', 'missing', 30, 32), stretch('g', 'foster d', 32, null)])).toEqual([[5, 25], [32, DAYS]]);
    expect(runs([stretch('i', 'institution a', 5, 10), stretch('j', 'institution b', 12, null)])).toEqual([[5, 10], [12, DAYS]]);
  });
});
