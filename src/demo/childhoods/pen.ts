import { addDays, minDate, startOfDay } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import type { Role } from '../../platform/auth/roles.js';
import type { Chronicle } from '../chronicle.js';
import type { Sheets } from '../copy.js';
import { stream } from '../random.js';
import type { Stream } from '../random.js';
import type { DemoCountry, DemoPosting } from '../world.js';
import { lastDay } from './households.js';
import type { Life, Stay } from './life.js';

const MINUTE = 60_000;
const PATIENCE_DAYS = 3;

/** Everything that writing about children needs: the country, where rows go, and who did it. */
export class Pen {
  readonly last: CivilDate;
  readonly #areas: ReadonlyMap<string, string>;

  constructor(
    readonly country: DemoCountry,
    readonly sheets: Sheets,
    readonly chronicle: Chronicle,
  ) {
    this.last = lastDay(country);
    this.#areas = new Map(country.places.offices().map(({ id, areaCode }) => [id, areaCode]));
  }

  /** The province of an office; '' for the ministry's. */
  provinceOf(officeId: string): string {
    return this.areaOf(officeId).slice(0, 2);
  }

  /** The area for which an office answers. */
  areaOf(officeId: string): string {
    return this.#areas.get(officeId) ?? '';
  }

  /** A stream of its own for a part of a child's file. */
  stream(part: string, id: string): Stream {
    return stream(this.country.seed, part, id);
  }

  /** Who answers for a child or family at an office on a day: the same person for as long as she is posted there. */
  serving(role: Role, officeId: string, day: CivilDate, about: string, not: readonly string[] = []): DemoPosting {
    return this.country.roster.one(role, officeId, day, this.stream('serving', about), not);
  }

  /** A day on which something is written down: not before it happened, and not today. */
  late(on: CivilDate, days: number): CivilDate {
    return minDate(this.last, addDays(on, days));
  }

  /** When an open task was brought to the supervisor: the fourth morning after it was due, where that has come. */
  escalation(due: CivilDate): CivilDate | undefined {
    const on = addDays(due, PATIENCE_DAYS + 1);
    return on <= this.country.today ? on : undefined;
  }

  /** The office that answers for a child during each of her stays. */
  officesOf({ stays, household }: Life): string[] {
    let office = household.institution.officeId;
    return stays.map((stay) => (office = this.#officeOf(stay, household.homeArea) ?? office));
  }

  #officeOf({ institution, placement, kind }: Stay, homeArea: string): string | undefined {
    if (institution !== null) return institution.officeId;
    if (placement !== null) return placement.family.officeId;
    return kind === 'home' ? this.country.places.officeFor(homeArea).id : undefined;
  }
}

/** A moment of a day at which something became known; later ones of the same day come after. */
export function moment(day: CivilDate, order: number): Date {
  return new Date(startOfDay(day).getTime() + (600 + order) * MINUTE);
}
