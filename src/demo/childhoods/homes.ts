import { ageOn, latestBirth, youngestAge } from '../../kernel/age.js';
import { contains } from '../../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../../kernel/civil-date.js';
import type { Stream } from '../random.js';
import type { DemoCountry, DemoFamily } from '../world.js';
import type { CareKind, Child } from './life.js';
import { ELSEWHERE } from './odds.js';

/** Somebody in a numbered place of a family. */
export interface Taken extends DayRange {
  readonly occupantId: string;
  readonly child: Child;
}

/** What a family is looked for with: who comes, from when, and until when each one stays. */
export interface Wanted {
  readonly careKind: CareKind;
  readonly children: readonly Child[];
  readonly languages: readonly string[];
  /** The office from which they come. */
  readonly areaCode: string;
  readonly on: CivilDate;
  readonly until: readonly (CivilDate | null)[];
  /** Families that are out of the question: where she lives, where she lived. */
  readonly not: readonly string[];
}

const AGE_GAP = 16;
const LANGUAGE_FROM = 2;
const TRIES = 80;

/**
 * The places of every family, handed out stay by stay: a place is given for the whole of a stay or not at all, so that in
 * whatever order lives are invented no family ever has more children than places.
 */
export class Homes {
  readonly #families = new Map<string, DemoFamily[]>();
  readonly #slots = new Map<string, Taken[][]>();

  constructor(private readonly country: DemoCountry) {
    for (const family of country.families) {
      // A family that must be full today is filled by name.
      if (family.full === true) continue;
      for (const area of [family.areaCode.slice(0, 4), family.areaCode.slice(0, 2), '']) {
        const key = `${family.kind}@${area}`;
        const known = this.#families.get(key);
        if (known === undefined) this.#families.set(key, [family]);
        else known.push(family);
      }
    }
  }

  /** A family that has places for all of them for as long as they stay, near where they come from where it can be. */
  find(wanted: Wanted, random: Stream): DemoFamily | undefined {
    const far = random.chance(ELSEWHERE.province) ? 0 : random.chance(ELSEWHERE.district) ? 2 : 4;
    for (const digits of [4, 2, 0].filter((one) => one <= far)) {
      const families = this.#families.get(`${wanted.careKind}@${wanted.areaCode.slice(0, digits)}`) ?? [];
      const start = random.below(Math.max(1, families.length));
      for (let i = 0; i < Math.min(TRIES, families.length); i++) {
        const family = families[(start + i) % families.length];
        if (family !== undefined && this.suits(family, wanted) && this.hasRoom(family, wanted)) return family;
      }
    }
    return undefined;
  }

  /** Gives a stay a place, and its number; undefined where the family has none for all of its days. */
  take(family: DemoFamily, { occupantId, child, from, to }: Taken): number | undefined {
    const slots = this.#of(family);
    const slot = slots.findIndex((taken, i) => this.#isFree(family, taken, i + 1, { from, to }));
    if (slot === -1) return undefined;
    slots[slot]?.push({ occupantId, child, from, to });
    return slot + 1;
  }

  /** The number of the place that somebody has. */
  placeOf(family: DemoFamily, occupantId: string): number {
    return this.#of(family).findIndex((taken) => taken.some((one) => one.occupantId === occupantId)) + 1;
  }

  /** Everybody who has a place in a family at some time. */
  occupantsOf(family: DemoFamily): readonly Taken[] {
    return this.#of(family).flat();
  }

  /** How many children live with a family on a day. */
  livingWith(family: DemoFamily, on: CivilDate): number {
    return this.#of(family).filter((taken) => taken.some((one) => contains(one, on))).length;
  }

  /** Does every hard rule that can be known here hold on the day? */
  suits(family: DemoFamily, { on, children, careKind, languages, not }: Wanted): boolean {
    const terms = family.approvals.find((approval) => contains(approval, on));
    if (terms === undefined || not.includes(family.id) || family.suspended.some((days) => contains(days, on)) || !family.ready.some((days) => contains(days, on))) return false;
    if (!terms.careKinds.includes(careKind) || (family.closedOn !== null && family.closedOn <= on)) return false;
    return children.every(({ birth, sex }) => {
      const age = youngestAge(birth, on);
      if (age < terms.youngest || age > terms.oldest || !terms.sexes.includes(sex)) return false;
      if (age >= LANGUAGE_FROM && !languages.some((language) => family.languages.includes(language))) return false;
      const gap = (carer: DemoFamily['adults'][number]): number => ageOn(latestBirth({ date: carer.birthDate, precision: carer.birthPrecision }), latestBirth(birth));
      return careKind === 'kinship' || family.adults.every((adult) => !adult.carer || gap(adult) >= AGE_GAP);
    });
  }

  /** Are there places for all of them at once, each for as long as she stays? */
  hasRoom(family: DemoFamily, { on, until }: Wanted): boolean {
    const slots = this.#of(family);
    let next = 0;
    for (const to of until) {
      while (next < slots.length && !this.#isFree(family, slots[next] ?? [], next + 1, { from: on, to })) next += 1;
      if (next >= slots.length) return false;
      next += 1;
    }
    return true;
  }

  #isFree(family: DemoFamily, taken: readonly Taken[], slot: number, stay: DayRange): boolean {
    if (family.closedOn !== null && (stay.to === null || stay.to > family.closedOn)) return false;
    // A later approval may have fewer places.
    if (family.approvals.some((approval) => meet(approval, stay) && approval.places < slot)) return false;
    return !taken.some((other) => meet(other, stay));
  }

  #of(family: DemoFamily): Taken[][] {
    const known = this.#slots.get(family.id);
    if (known !== undefined) return known;
    const made = Array.from({ length: Math.max(...family.approvals.map(({ places }) => places)) }, (): Taken[] => []);
    this.#slots.set(family.id, made);
    return made;
  }
}

function meet(a: DayRange, b: DayRange): boolean {
  return (a.to === null || a.to > b.from) && (b.to === null || b.to > a.from);
}
