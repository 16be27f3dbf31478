import { addDays, daysBetween, maxDate, minDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { OPTIONS } from '../../placements/gatekeeping.domain.js';
import type { Option } from '../../placements/gatekeeping.domain.js';
import type { Sheet } from '../copy.js';
import type { Stream } from '../random.js';
import type { Life } from './life.js';
import { CHOSEN, CONCLUDED } from './odds.js';
import { moment } from './pen.js';
import type { Pen } from './pen.js';
import type { Relative } from './relations.js';
import { OPTION_REASONS, TRACING_REASONS } from './texts.js';
import type { Period } from './timelines.js';

const HOUR = 3_600_000;
const DUE_HOURS = 72;
const GATEKEEPINGS = [
  'id', 'child_id', 'care_period_id', 'opened_on', 'due_at', 'concluded_on', 'concluded_by', 'parents_traced', 'parents_reason', 'kin_traced', 'kin_reason', 'state', 'version',
] as const;

/** How the question of a period stands: open, or concluded on a day for one option. */
export interface Decision {
  readonly concludedOn: CivilDate | null;
  readonly chosen: Option | null;
}

/** Writes why children are not at home, and what was tried in the order of policy. */
export class Gatekeepings {
  readonly #gatekeepings: Sheet<(typeof GATEKEEPINGS)[number]>;
  readonly #options: Sheet<'id' | 'gatekeeping_id' | 'option' | 'outcome' | 'reason' | 'relative_id' | 'on_day' | 'recorded_by'>;

  constructor(private readonly pen: Pen) {
    this.#gatekeepings = pen.sheets.sheet('placements.gatekeepings', GATEKEEPINGS);
    this.#options = pen.sheets.sheet('placements.options', ['id', 'gatekeeping_id', 'option', 'outcome', 'reason', 'relative_id', 'on_day', 'recorded_by']);
  }

  /** Writes the question of every care period. Gives how the latest one stands. */
  write(life: Life, periods: readonly Period[], relatives: readonly Relative[]): Decision {
    let latest: Decision = { concludedOn: null, chosen: null };
    for (const [i, period] of periods.entries()) {
      const random = this.pen.stream('gatekeeping', period.id);
      const openedOn = maxDate(life.child.registeredOn, period.recordedOn);
      latest = this.#decide(life, period, i === periods.length - 1, openedOn, random);
      this.#write(life, period, latest, openedOn, relatives, random);
    }
    return latest;
  }

  /** Who moved was decided about before; of the others some were, and some wait. */
  #decide({ stays, diedOn, placements, household }: Life, period: Period, isLast: boolean, openedOn: CivilDate, random: Stream): Decision {
    const move = stays.find(({ from, kind, placement, why }) => from > period.from && (period.to === null || from <= period.to)
      && (why === 'returned_home' || (kind === placement?.careKind && placement.startsOn === from)));
    if (move !== undefined && move.placement?.how !== 'emergency' && move.placement?.how !== 'fact') {
      const latest = addDays(move.from, -28);
      const concludedOn = minDate(addDays(openedOn, random.between(6, 30)), maxDate(latest, addDays(openedOn, 5)));
      return { concludedOn, chosen: move.why === 'returned_home' ? 'birth_family' : move.kind === 'kinship' ? 'kin' : move.kind === 'family_house' ? 'family_house' : 'foster' };
    }
    const until = diedOn ?? period.to ?? this.pen.last;
    const days = daysBetween(openedOn, until);
    if (!isLast || period.to !== null || diedOn !== null || days < 20 || !random.chance(CONCLUDED)) {
      // What was a fact at first was decided about before anything was planned.
      const planned = placements.find(({ how, startsOn }) => how === 'planned' && startsOn > openedOn);
      const latest = planned === undefined ? days : Math.min(days, Math.max(2, daysBetween(openedOn, planned.startsOn) - 10));
      const over = days >= 20 && (!isLast || move !== undefined) ? addDays(openedOn, random.between(Math.min(6, latest), latest)) : null;
      return { concludedOn: over, chosen: over === null ? null : 'foster' };
    }
    // Where the known people work, most of those decided about wait for a family.
    const known = household.institution === this.pen.country.institutions[0];
    return { concludedOn: addDays(openedOn, random.between(6, Math.min(days, 240))), chosen: known && random.chance(0.7) ? 'foster' : random.weighted(CHOSEN) };
  }

  #write({ child }: Life, period: Period, { concludedOn, chosen }: Decision, openedOn: CivilDate, relatives: readonly Relative[], random: Stream): void {
    const id = random.id(openedOn);
    const dueAt = new Date(moment(openedOn, 5).getTime() + DUE_HOURS * HOUR);
    const parents = random.chance(0.87);
    const kin = random.chance(0.84);
    const by = concludedOn === null ? undefined : this.pen.serving('social_worker', period.officeId, concludedOn, child.id);
    this.#gatekeepings.add({
      id, child_id: child.id, care_period_id: period.id, opened_on: openedOn, due_at: dueAt, concluded_on: concludedOn, concluded_by: by?.accountId,
      parents_traced: by && parents, parents_reason: by && !parents ? random.pick(TRACING_REASONS) : null, kin_traced: by && kin, kin_reason: by && !kin ? random.pick(TRACING_REASONS) : null,
      state: by === undefined ? 'open' : 'complete', version: by === undefined ? 1 : 2,
    });
    this.#tried(id, child.id, period, { concludedOn, chosen }, openedOn, relatives, random);
    if (by !== undefined && concludedOn !== null) {
      this.pen.chronicle.act(random, { act: 'gatekeeping.conclude', by, subject: ['gatekeeping', id], about: child.id, on: concludedOn, changed: ['state'] });
    }
    const due = addDays(openedOn, 3);
    this.pen.chronicle.task(random, {
      kind: 'placements.gatekeeping', subject: ['gatekeeping', id], about: child.id, to: { role: 'social_worker', office: period.officeId }, openedOn, due: dueAt,
      closed: this.#closed(period, concludedOn, by?.accountId),
      escalatedOn: concludedOn === null || concludedOn > addDays(due, 4) ? this.pen.escalation(due) : undefined,
    });
  }

  /** A question that nobody answered ends for the worklist where the period does. */
  #closed(period: Period, concludedOn: CivilDate | null, by: string | undefined): { readonly on: CivilDate; readonly by: string | null; readonly state?: 'done' | 'cancelled' } | undefined {
    if (concludedOn !== null) return { on: concludedOn, by: by ?? null };
    return period.to === null || period.to > this.pen.last ? undefined : { on: period.to, by: null, state: 'cancelled' };
  }

  /** Every option before the chosen one was looked at; where nothing is decided, some were. */
  #tried(gatekeepingId: string, childId: string, period: Period, decision: Decision, openedOn: CivilDate, relatives: readonly Relative[], random: Stream): void {
    const count = decision.chosen === null ? random.weighted([[0, 55], [1, 30], [2, 15]]) : OPTIONS.indexOf(decision.chosen) + 1;
    const latest = decision.concludedOn ?? this.pen.last;
    let on = minDate(addDays(openedOn, 1), latest);
    for (const option of OPTIONS.slice(0, count)) {
      on = minDate(latest, addDays(on, random.between(0, 5)));
      const by = this.pen.serving('social_worker', period.officeId, on, childId);
      const kin = option === 'kin' && decision.chosen === 'kin' ? relatives.findLast(({ relation, whereabouts }) => ['grandparent', 'aunt_uncle'].includes(relation) && whereabouts === 'known') : undefined;
      const outcome = option === decision.chosen ? 'chosen' : random.weighted([['passed_over', 60], ['absent', 28], ['refused', 12]]);
      this.#options.add({
        id: random.id(on), gatekeeping_id: gatekeepingId, option, outcome, reason: random.pick(OPTION_REASONS[option] ?? ['—']), relative_id: kin?.id, on_day: on, recorded_by: by.accountId,
      });
      this.pen.chronicle.act(random, { act: 'gatekeeping.recordOption', by, subject: ['gatekeeping', gatekeepingId], about: childId, on, reason: `${option}.${outcome}` });
    }
  }
}
