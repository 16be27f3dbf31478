import { addDays } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { OUT_OF_CARE } from '../../placements/timeline.domain.js';
import { days } from '../copy.js';
import type { Sheet } from '../copy.js';
import type { Stream } from '../random.js';
import type { Life, Stay } from './life.js';
import { moment } from './pen.js';
import type { Pen } from './pen.js';

const EPISODES = ['id', 'child_id', 'during', 'kind', 'institution_id', 'family_id', 'placement_id', 'precision', 'basis', 'breaches', 'office_id', 'recorded_at'] as const;
const VERSIONS = ['id', 'child_id', 'during', 'kind', 'institution_id', 'family_id', 'placement_id', 'precision', 'basis', 'breaches', 'office_id', 'recorded'] as const;
const PERIODS = ['id', 'child_id', 'during', 'previous_id', 'entry_reason', 'end_reason'] as const;

/** A stretch in which the care system answers for a child. */
export interface Period {
  readonly id: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  /** The day on which its beginning was written down. */
  readonly recordedOn: CivilDate;
  readonly officeId: string;
  readonly endReason: string | null;
}

/** The periods of a life: each ends where she goes home, lives alone, or dies. */
export function periodsOf({ stays, diedOn }: Life, offices: readonly string[], random: Stream): Period[] {
  const periods: Period[] = [];
  for (const [i, stay] of stays.entries()) {
    const open = periods.at(-1)?.to === null;
    const out = OUT_OF_CARE.includes(stay.kind);
    const last = periods.at(-1);
    if (out && open && last !== undefined) periods[periods.length - 1] = { ...last, to: stay.from, endReason: stay.why ?? 'left' };
    if (!out && !open) periods.push({ id: random.id(stay.recordedOn), from: stay.from, to: null, recordedOn: stay.recordedOn, officeId: offices[i] ?? '', endReason: null });
  }
  const last = periods.at(-1);
  if (diedOn !== null && last !== undefined && last.to === null) periods[periods.length - 1] = { ...last, to: addDays(diedOn, 1), endReason: 'died' };
  return periods;
}

/** Writes where children lived, what the register said of it before, and their care periods. */
export class Timelines {
  readonly #episodes: Sheet<(typeof EPISODES)[number]>;
  readonly #versions: Sheet<(typeof VERSIONS)[number]>;
  readonly #periods: Sheet<(typeof PERIODS)[number]>;

  constructor(private readonly pen: Pen) {
    this.#episodes = pen.sheets.sheet('placements.episodes', EPISODES);
    this.#versions = pen.sheets.sheet('placements.episode_versions', VERSIONS);
    this.#periods = pen.sheets.sheet('placements.care_periods', PERIODS);
  }

  /** Writes the stays of a life. Gives its care periods. */
  write(life: Life, offices: readonly string[]): Period[] {
    const { child, household, stays } = life;
    const random = this.pen.stream('timeline', child.id);
    for (const [i, stay] of stays.entries()) this.#stay(life, stay, i, offices[i] ?? '');
    const periods = periodsOf(life, offices, random);
    for (const [i, { id, from, to, endReason }] of periods.entries()) {
      this.#periods.add({ id, child_id: child.id, during: days(from, to), previous_id: periods[i - 1]?.id, entry_reason: household.mainReason, end_reason: endReason });
    }
    this.#acts(life, random);
    return periods;
  }

  /** Writes a stay as it is known today, and what was said of its days before: open, with a wrong day, closed. */
  #stay(life: Life, stay: Stay, i: number, officeId: string): void {
    const known = knownDays(life, stay, i, this.pen);
    const common = {
      id: stay.id, child_id: life.child.id, kind: stay.kind, institution_id: stay.institution?.id,
      family_id: stay.kind === stay.placement?.careKind ? stay.placement.family.id : null, placement_id: stay.placement?.id, precision: stay.precision, breaches: [], office_id: officeId,
    };
    for (const [j, { from, to, at }] of known.entries()) {
      const next = known[j + 1];
      if (next === undefined) this.#episodes.add({ ...common, basis: stay.basis, during: days(from, to), recorded_at: at });
      else this.#versions.add({ ...common, basis: stay.basis === 'correction' ? 'recorded' : stay.basis, during: days(from, to), recorded: `[${at.toISOString()},${next.at.toISOString()})` });
    }
  }

  /** Moves that no room of the register can record yet are the demonstration's own. */
  #acts({ child, stays, diedOn, correction }: Life, random: Stream): void {
    const wrong = stays.findIndex(({ id }) => id === correction?.stayId);
    const corrected = stays[wrong];
    if (correction !== null && corrected?.placement) {
      const by = this.pen.serving('supervisor', corrected.placement.family.officeId, correction.correctedOn, child.id);
      this.pen.chronicle.act(random, {
        act: 'episode.correct', by, subject: ['episode', corrected.id], about: child.id, on: corrected.from, recordedOn: correction.correctedOn, reason: 'told_later', changed: ['during'],
      });
    }
    for (const [i, stay] of stays.entries()) {
      const before = stays[i - 1];
      if (before === undefined || stay.from <= child.registeredOn) continue;
      if (stay.placement !== null && stay.placement.startsOn === stay.from) continue;
      // The end of a placement is an act of its own.
      if (before.placement !== null && before.placement !== stay.placement) continue;
      this.pen.chronicle.act(random, { act: 'system:demo', by: 'demo', subject: ['episode', stay.id], about: child.id, on: stay.from, recordedOn: stay.recordedOn });
    }
    const last = stays.at(-1);
    if (diedOn !== null && last !== undefined && last.placement === null) {
      this.pen.chronicle.act(random, { act: 'system:demo', by: 'demo', subject: ['episode', last.id], about: child.id, on: diedOn, recordedOn: this.pen.late(diedOn, 1) });
    }
  }
}

/** The days of a stay as the register said them, one after the other: from when it said so. */
function knownDays({ child, stays, diedOn, correction }: Life, stay: Stay, i: number, pen: Pen): { readonly from: CivilDate; readonly to: CivilDate | null; readonly at: Date }[] {
  const next = stays[i + 1];
  const began = moment(stay.recordedOn, i);
  // What was over when she was registered was written down at once, and never said otherwise.
  if (next !== undefined && next.from <= child.registeredOn && next.recordedOn === stay.recordedOn) return [{ from: stay.from, to: stay.to, at: began }];
  const wrong = correction?.stayId === stay.id ? correction : null;
  const cut = next !== undefined && correction?.stayId === next.id ? correction : null;
  const known = [{ from: wrong?.was ?? stay.from, to: null as CivilDate | null, at: began }];
  if (wrong !== null) known.push({ from: stay.from, to: null, at: moment(wrong.correctedOn, 0) });
  if (next !== undefined) known.push({ from: stay.from, to: cut?.was ?? stay.to, at: moment(next.recordedOn, i + 1) });
  if (next === undefined && diedOn !== null) known.push({ from: stay.from, to: stay.to, at: moment(pen.late(diedOn, 1), i + 1) });
  if (cut !== null) known.push({ from: stay.from, to: stay.to, at: moment(cut.correctedOn, 0) });
  return known;
}
