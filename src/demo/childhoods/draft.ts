import { addDays, addMonths, daysBetween, firstOfMonth, maxDate, minDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import type { EndReason } from '../../placements/placement.domain.js';
import type { EpisodeKind } from '../../placements/timeline.domain.js';
import type { Stream } from '../random.js';
import type { DemoFamily, DemoInstitution } from '../world.js';
import { fraction } from './households.js';
import type { CareKind, Child, Correction, Household, Life, Placement, Stay } from './life.js';
import { CORRECTED, HOSPITAL, RUNS_AWAY, TOLD_LATE } from './odds.js';

/** Where somebody goes. */
export interface Where {
  readonly kind: EpisodeKind;
  readonly institution?: DemoInstitution;
  readonly placement?: DraftPlacement;
  readonly why?: Stay['why'];
}

/** A stay with a family while it is being told: how it ends is said when it has. */
export interface DraftPlacement {
  readonly id: string;
  readonly family: DemoFamily;
  readonly careKind: CareKind;
  readonly startsOn: CivilDate;
  readonly how: Placement['how'];
  endedOn: CivilDate | null;
  endReason: EndReason | null;
}

interface DraftStay extends Where {
  readonly from: CivilDate;
  to: CivilDate | null;
  readonly precision: Stay['precision'];
  readonly basis: Stay['basis'];
}

/** A life while it is being told: one stay after the other, each beginning where the one before ends. */
export class Draft {
  readonly placements: DraftPlacement[] = [];
  readonly #stays: DraftStay[] = [];
  #diedOn: CivilDate | null = null;

  constructor(
    readonly household: Household,
    readonly child: Child,
    readonly random: Stream,
    private readonly last: CivilDate,
  ) {}

  /** Where she is now. */
  get here(): Where | undefined {
    return this.#stays.at(-1);
  }

  get alive(): boolean {
    return this.#diedOn === null;
  }

  /** From a day on she sleeps elsewhere. */
  goes(to: Where, on: CivilDate, known: { readonly precision: Stay['precision']; readonly basis: Stay['basis'] } = { precision: 'day', basis: 'recorded' }): void {
    const before = this.#stays.at(-1);
    if (before !== undefined) before.to = on;
    this.#stays.push({ ...to, from: on, to: null, ...known });
    if (to.placement !== undefined) this.placements.push(to.placement);
  }

  /** The day of death is the last day of the last stay. */
  dies(on: CivilDate): void {
    const before = this.#stays.at(-1);
    if (before !== undefined) before.to = addDays(on, 1);
    this.#diedOn = on;
  }

  /** The life as it was told, with nights in hospital and nights away inside its stays. */
  finish(): Life {
    const pieces = this.#stays.flatMap((stay) => this.#interrupted(stay));
    const wrong = this.random.chance(CORRECTED) ? pieces.findIndex((piece, i) => this.#mayBeCorrected(piece, pieces[i - 1])) : -1;
    const was = wrong === -1 ? null : addDays(pieces[wrong]?.from ?? this.last, this.random.between(2, 6));
    const late = wrong === -1 && this.random.chance(TOLD_LATE) ? pieces.findIndex((piece, i) => pieces[i - 1]?.kind === 'institution' && this.#isPaidTwice(piece)) : -1;
    let recorded = this.child.registeredOn;
    const stays = pieces.map((piece, i): Stay => {
      const told = i === wrong && was !== null ? was : piece.from;
      const soon = addDays(told, this.random.weighted([[0, 60], [1, 30], [2, 10]]));
      recorded = maxDate(recorded, minDate(this.last, i === late ? afterTheRun(told, this.random.between(9, 14)) : soon));
      return {
        id: this.random.id(recorded), kind: piece.kind, from: piece.from, to: piece.to, institution: piece.institution ?? null, placement: piece.placement ?? null,
        precision: piece.precision, basis: i === wrong ? 'correction' : piece.basis, recordedOn: recorded, why: piece.why ?? null,
      };
    });
    const stayId = stays[wrong]?.id;
    const correction: Correction | null = stayId === undefined || was === null ? null : { stayId, was, correctedOn: afterTheRun(was, this.random.between(13, 26)) };
    return { child: this.child, household: this.household, stays, placements: this.placements, diedOn: this.#diedOn, correction };
  }

  /** A move out of an institution into a family, early enough in its month. */
  #mayBeCorrected(piece: DraftStay, before: DraftStay | undefined): boolean {
    return before?.kind === 'institution' && piece.placement === this.placements[0] && Number(piece.from.slice(8)) <= 20 && this.#isPaidTwice(piece);
  }

  /** The beginning of a stay in a family or at home that went on for two months after its own, which have been paid. */
  #isPaidTwice(piece: DraftStay): boolean {
    const paid = addMonths(firstOfMonth(piece.from), 2);
    const begins = piece.kind === 'home' || (piece.placement !== undefined && piece.placement.startsOn === piece.from && piece.placement.how === 'planned');
    return begins && piece.from > this.child.registeredOn && paid <= firstOfMonth(addDays(this.last, 1)) && (piece.to === null || piece.to > paid);
  }

  #interrupted(stay: DraftStay): DraftStay[] {
    const earliest = addDays(maxDate(stay.from, this.child.registeredOn), 4);
    const latest = addDays(stay.to ?? this.last, -4);
    const days = daysBetween(earliest, latest);
    const inside = stay.placement !== undefined;
    if (days < 40 || (stay.kind !== 'institution' && !inside)) return [stay];
    const risks = [['hospital', HOSPITAL], ['missing', RUNS_AWAY]] as const;
    const found = risks.find(([kind, { perYear }]) => (kind === 'hospital' || inside) && fraction(this.random) < (perYear * days) / 365);
    if (found === undefined) return [stay];
    const [kind, { nights }] = found;
    const away = this.random.day(earliest, latest);
    const back = addDays(away, this.random.between(nights[0], nights[1]));
    const gone: DraftStay = { kind, placement: stay.placement, from: away, to: back, precision: 'day', basis: 'recorded' };
    // Who is away now has not come back yet.
    if (back >= latest) return stay.to === null ? [{ ...stay, to: away }, { ...gone, to: null }] : [stay];
    return [{ ...stay, to: away }, gone, { ...stay, from: back, precision: 'day', basis: 'recorded' }];
  }
}

/** A day of the next month, when the payment run of this one has been calculated. */
function afterTheRun(day: CivilDate, dayOfMonth: number): CivilDate {
  return addDays(addMonths(firstOfMonth(day), 1), dayOfMonth);
}
