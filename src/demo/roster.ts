import { contains } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Role } from '../platform/auth/roles.js';
import type { Stream } from './random.js';
import type { DemoOffice, DemoPosting } from './world.js';

/** Who was posted where and when: nothing is done by somebody who was not there. */
export class Roster {
  readonly #byPlace = new Map<string, DemoPosting[]>();
  readonly #areaOf = new Map<string, string>();
  readonly #officeIn = new Map<string, string>();

  constructor(postings: readonly DemoPosting[], offices: readonly DemoOffice[]) {
    for (const posting of postings) {
      const place = placeOf(posting.role, posting.officeId ?? posting.institutionId);
      this.#byPlace.set(place, [...(this.#byPlace.get(place) ?? []), posting]);
    }
    for (const { id, areaCode } of offices) {
      this.#areaOf.set(id, areaCode);
      this.#officeIn.set(areaCode, id);
    }
  }

  /** Everybody who held a role at exactly this office or institution (null: in the country) on a day. */
  posted(role: Role, placeId: string | null, day: CivilDate): readonly DemoPosting[] {
    return (this.#byPlace.get(placeOf(role, placeId)) ?? []).filter((posting) => contains(posting, day));
  }

  /** Everybody who held a role for an office on a day: at the office, or where nobody did at the nearest one above it. */
  serving(role: Role, officeId: string, day: CivilDate): readonly DemoPosting[] {
    const area = this.#areaOf.get(officeId) ?? '';
    for (const length of [4, 2, 0]) {
      const office = length <= area.length ? this.#officeIn.get(area.slice(0, length)) : undefined;
      const found = office === undefined ? [] : this.posted(role, office, day);
      if (found.length > 0) return found;
    }
    throw new Error(`Nobody was posted as ${role} for the office of "${area}" on ${day}.`);
  }

  /** One of those who served, other than some. */
  one(role: Role, officeId: string, day: CivilDate, random: Stream, not: readonly string[] = []): DemoPosting {
    const all = this.serving(role, officeId, day);
    const others = all.filter(({ accountId }) => !not.includes(accountId));
    return random.pick(others.length > 0 ? others : all);
  }
}

const placeOf = (role: Role, placeId: string | null): string => `${role}@${placeId ?? ''}`;
