import { ageOn, dayTurning, latestBirth } from '../../kernel/age.js';
import { addDays, daysBetween, maxDate, minDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import type { EndReason } from '../../placements/placement.domain.js';
import { stream } from '../random.js';
import type { Stream } from '../random.js';
import type { DemoCountry, DemoFamily, DemoInstitution } from '../world.js';
import { Draft } from './draft.js';
import type { Homes } from './homes.js';
import { lastDay, waiting } from './households.js';
import type { CareKind, Child, Household, Life, Placement } from './life.js';
import { AFTER_UNPLANNED, AT_HOME, EMERGENCY, FACT, IN_FAMILY, IN_INSTITUTION, KIN_UNPLANNED, LEAVES_AT_18, LEAVES_FOR, MISSING, STAYS_BEHIND, UNPLANNED } from './odds.js';

/** Days after first registration in which nobody moves: gatekeeping comes first. */
const BEFORE_A_MOVE = 45;

/** Something that happens on a day; null where it does not until today. */
interface Event<W> {
  readonly what: W;
  readonly on: CivilDate;
}

type Alone = 'missing' | 'died' | 'adopted' | 'unknown' | 'of_age';
type Together = 'home' | CareKind | 'other_institution';
type FamilyEnd = 'unplanned' | 'home' | 'moved';

/**
 * What happens to the children who came together, from day to day: each place has its own odds, whatever comes first
 * happens, and who is struck alone goes her own way from there. Nobody is placed where there is no place.
 */
export class Course {
  readonly #last: CivilDate;
  /** How many live in an institution, roughly: nobody is sent where it is full. */
  readonly #residents = new Map<string, number>();
  readonly #nearby = new Map<string, DemoInstitution[]>();
  readonly #toFill: DemoFamily[];

  constructor(
    private readonly country: DemoCountry,
    private readonly homes: Homes,
  ) {
    this.#last = lastDay(country);
    this.#toFill = country.families.filter(({ full }) => full === true);
    for (const institution of country.institutions) {
      this.#residents.set(institution.id, institution.children);
      const province = institution.areaCode.slice(0, 2);
      this.#nearby.set(province, [...(this.#nearby.get(province) ?? []), institution]);
    }
  }

  /** The lives of the children of a household until yesterday. */
  livesOf(household: Household): Life[] {
    const drafts = household.children.map((child) => new Draft(household, child, stream(this.country.seed, 'course', child.id), this.#last));
    const [first] = drafts;
    if (first === undefined) return [];
    this.#arrive(drafts, household, first.random);
    const registeredOn = first.child.registeredOn;
    if (!this.#fill(drafts)) this.#inInstitution(drafts, household.institution, addDays(registeredOn, BEFORE_A_MOVE));
    return drafts.map((draft) => draft.finish());
  }

  /** They come; of some who have been there for long it is known that they lived in another institution before. */
  #arrive(drafts: readonly Draft[], { institution }: Household, random: Stream): void {
    const [{ enteredOn, registeredOn } = { enteredOn: this.#last, registeredOn: this.#last }] = drafts.map(({ child }) => child);
    const isOld = daysBetween(enteredOn, registeredOn) > 10;
    const told = { precision: random.weighted([['day', 40], ['month', 35], ['year', 25]] as const), basis: 'told_by_institution' as const };
    const known = isOld ? told : { precision: 'day' as const, basis: 'recorded' as const };
    const before = isOld && daysBetween(enteredOn, registeredOn) > 500 && random.chance(0.12) ? this.#other(institution, random) : undefined;
    for (const draft of drafts) draft.goes({ kind: 'institution', institution: before ?? institution }, enteredOn, known);
    if (before === undefined) return;
    const changed = random.day(addDays(enteredOn, 120), addDays(registeredOn, -120));
    for (const draft of drafts) draft.goes({ kind: 'institution', institution }, changed, known);
  }

  #inInstitution(unit: readonly Draft[], institution: DemoInstitution, clock: CivilDate): void {
    const [first] = unit;
    if (first === undefined) return;
    const next = this.#first<Together>(first.random, this.#odds(unit), clock);
    const together: Draft[] = [];
    for (const draft of unit) {
      const own = this.#earlier(this.#first<Alone>(draft.random, IN_INSTITUTION.alone, clock), this.#leavesAt18(draft.child, clock, LEAVES_AT_18.institution));
      if (own !== undefined && (next === undefined || own.on <= next.on)) this.#goesAlone(draft, institution, own);
      else together.push(draft);
    }
    if (next === undefined || together.length === 0) return;
    const movers = next.what === 'other_institution' ? together : this.#movers(together, next.on, first.random);
    this.#inInstitution(together.filter((draft) => !movers.includes(draft)), institution, next.on);
    this.#leave(movers, institution, next, first.random);
  }

  #leave(unit: readonly Draft[], institution: DemoInstitution, { what, on }: Event<Together>, random: Stream): void {
    if (what === 'home') return this.#goHome(unit, on, institution);
    if (what === 'other_institution') {
      const other = this.#other(institution, random);
      if (other === undefined) return this.#inInstitution(unit, institution, addDays(on, 90));
      this.#count(institution, -unit.length);
      return this.#enter(unit, other, on);
    }
    if (this.#place(unit, what, on, random, 'institution')) this.#count(institution, -unit.length);
    else this.#inInstitution(unit, institution, addDays(on, 60));
  }

  #goesAlone(draft: Draft, institution: DemoInstitution, { what, on }: Event<Alone>): void {
    this.#count(institution, -1);
    switch (what) {
      case 'died': return draft.dies(on);
      case 'adopted': return draft.goes({ kind: 'home', why: 'adopted' }, on);
      case 'unknown': return draft.goes({ kind: 'unknown' }, on);
      case 'of_age': return draft.goes({ kind: draft.random.weighted(LEAVES_FOR), why: 'leaving_care' }, on);
      case 'missing': {
        draft.goes({ kind: 'missing' }, on);
        const back = addDays(on, draft.random.between(MISSING.nights[0], MISSING.nights[1]));
        if (!draft.random.chance(MISSING.never) && back <= this.#last) this.#enter([draft], institution, back);
      }
    }
  }

  #enter(unit: readonly Draft[], institution: DemoInstitution, on: CivilDate): void {
    this.#count(institution, unit.length);
    for (const draft of unit) draft.goes({ kind: 'institution', institution }, on);
    this.#inInstitution(unit, institution, addDays(on, BEFORE_A_MOVE));
  }

  #goHome(unit: readonly Draft[], on: CivilDate, institution: DemoInstitution): void {
    const [first] = unit;
    if (first === undefined) return;
    if (first.here?.kind === 'institution') this.#count(institution, -unit.length);
    for (const draft of unit) draft.goes({ kind: 'home', why: 'returned_home' }, on);
    const back = this.#first<'back'>(first.random, AT_HOME, addDays(on, 20));
    const returning = back === undefined ? [] : unit.filter(({ child }) => ageAt(child, back.on) < 17);
    if (back !== undefined && returning.length > 0) this.#enter(returning, first.household.institution, back.on);
  }

  /** A stay with a family, where one is found that has places for all of them; siblings who are too many for any are split. */
  #place(unit: readonly Draft[], careKind: CareKind, on: CivilDate, random: Stream, from: 'institution' | 'family', not: readonly string[] = []): boolean {
    const [first] = unit;
    if (first === undefined) return true;
    const { unplanned, ...rest } = IN_FAMILY.together;
    const end = this.#first<FamilyEnd>(random, { ...rest, unplanned: unplanned * (careKind === 'kinship' ? KIN_UNPLANNED : 1) }, addDays(on, 3));
    const own = unit.map((draft) => this.#earlier(this.#first<Alone>(draft.random, IN_FAMILY.alone, addDays(on, 3)), this.#leavesAt18(draft.child, on, LEAVES_AT_18.family)));
    const ends = own.map((one) => (one !== undefined && (end === undefined || one.on < end.on) ? one : undefined));
    const until = ends.map((one) => one?.on ?? end?.on ?? null);
    const wanted = { careKind, children: unit.map(({ child }) => child), languages: first.household.languages, areaCode: first.household.institution.areaCode, on, until, not };
    const family = this.homes.find(wanted, random);
    if (family === undefined) return unit.length > 2 && this.#split(unit, careKind, on, random, from, not);
    const how = from === 'family' || random.chance(1 - EMERGENCY - FACT) ? 'planned' : random.chance(EMERGENCY / (EMERGENCY + FACT)) ? 'emergency' : 'fact';
    for (const [i, draft] of unit.entries()) this.#movesIn(draft, family, { careKind, on, until: until[i] ?? null, how });
    for (const [i, draft] of unit.entries()) if (ends[i] !== undefined) this.#leavesFamily(draft, ends[i]);
    if (end !== undefined) this.#goOn(unit.filter((_, i) => ends[i] === undefined), end, careKind, random, [...not, family.id]);
    return true;
  }

  #split(unit: readonly Draft[], careKind: CareKind, on: CivilDate, random: Stream, from: 'institution' | 'family', not: readonly string[]): boolean {
    const half = Math.ceil(unit.length / 2);
    const [older, younger] = [unit.slice(0, half), unit.slice(half)];
    if (!this.#place(younger, careKind, on, random, from, not)) return false;
    if (this.#place(older, careKind, on, random, from, not)) return true;
    const { institution } = older[0]?.household ?? {};
    if (institution === undefined) return true;
    // The others wait on, or come back, to where they were.
    if (from === 'family') this.#enter(older, institution, on);
    else this.#inInstitution(older, institution, addDays(on, 60));
    return true;
  }

  #movesIn(draft: Draft, family: DemoFamily, { careKind, on, until, how }: { readonly careKind: CareKind; readonly on: CivilDate; readonly until: CivilDate | null; readonly how: Placement['how'] }): void {
    const placement = { id: draft.random.id(on), family, careKind, startsOn: on, how, endedOn: until, endReason: null };
    if (this.homes.take(family, { occupantId: placement.id, child: draft.child, from: on, to: until }) === undefined) throw new Error('A family was found that has no place.');
    draft.goes({ kind: careKind, placement }, on);
  }

  /** One of them leaves the family alone. */
  #leavesFamily(draft: Draft, { what, on }: Event<Alone>): void {
    const placement = draft.placements.at(-1);
    if (placement === undefined) return;
    placement.endReason = what === 'died' ? 'died' : what === 'adopted' ? 'adopted' : 'leaving_care';
    if (what === 'died') draft.dies(on);
    else if (what === 'adopted') draft.goes({ kind: 'home', why: 'adopted' }, on);
    else draft.goes({ kind: draft.random.weighted(LEAVES_FOR), why: 'leaving_care' }, on);
  }

  /** The stay of those who are left in the family together ends. */
  #goOn(unit: readonly Draft[], { what, on }: Event<FamilyEnd>, careKind: CareKind, random: Stream, not: readonly string[]): void {
    const [first] = unit;
    if (first === undefined) return;
    const ended = (reason: EndReason): void => {
      for (const { placements } of unit) {
        const left = placements.find(({ endedOn, endReason }) => endedOn === on && endReason === null);
        if (left !== undefined) left.endReason = reason;
      }
    };
    const { institution } = first.household;
    const next = what === 'home' ? 'home' : what === 'moved' ? 'foster' : random.weighted(AFTER_UNPLANNED);
    ended(what === 'home' ? 'returned_home' : what === 'moved' ? 'moved' : random.weighted(UNPLANNED));
    if (next === 'home' && mayGoHome(first.household)) return this.#goHome(unit, on, institution);
    if (next === 'foster' && this.#place(unit, careKind === 'family_house' ? 'family_house' : 'foster', on, random, 'family', not)) return;
    this.#enter(unit, institution, on);
  }

  /** Brothers and sisters from the House of the Lotus fill the family that must be full. */
  #fill(drafts: readonly Draft[]): boolean {
    const [family] = this.#toFill;
    const [first] = drafts;
    if (family === undefined || first === undefined || first.household.institution !== this.country.institutions[0]) return false;
    const terms = family.approvals.at(-1);
    const earliest = maxDate(addDays(first.child.registeredOn, BEFORE_A_MOVE), addDays(terms?.from ?? this.#last, 10));
    const children = drafts.map(({ child }) => child);
    const on = minDate(addDays(earliest, first.random.below(30)), addDays(this.#last, -20));
    const wanted = { careKind: family.kind, children, languages: first.household.languages, areaCode: family.areaCode, on, until: children.map(() => null), not: [] };
    if (on < earliest || !this.homes.suits(family, wanted) || !this.homes.hasRoom(family, wanted) || children.some((child) => ageAt(child, this.#last) >= 15)) return false;
    for (const draft of drafts) this.#movesIn(draft, family, { careKind: family.kind, on, until: null, how: 'planned' });
    if (this.homes.livingWith(family, this.#last) >= (terms?.places ?? 0)) this.#toFill.shift();
    return true;
  }

  #odds(unit: readonly Draft[]): Record<Together, number> {
    const odds: Record<Together, number> = { ...IN_INSTITUTION.together };
    const youngest = Math.min(...unit.map(({ child }) => ageAt(child, this.#last)));
    const [first] = unit;
    if (first !== undefined && !mayGoHome(first.household)) odds.home = 0;
    // Under-threes first.
    return youngest < 4 ? { ...odds, foster: odds.foster * 3, kinship: odds.kinship * 2 } : odds;
  }

  #movers(unit: readonly Draft[], on: CivilDate, random: Stream): readonly Draft[] {
    const [eldest, ...others] = [...unit].sort((a, b) => (a.child.birth.date < b.child.birth.date ? -1 : 1));
    if (eldest === undefined || others.length === 0 || ageAt(eldest.child, on) < STAYS_BEHIND.age || !random.chance(STAYS_BEHIND.share)) return unit;
    return unit.filter((draft) => draft !== eldest);
  }

  /** The day on which somebody leaves for having come of age; undefined where she stays on, or is not yet of age. */
  #leavesAt18(child: Child, clock: CivilDate, share: number): Event<Alone> | undefined {
    const random = stream(this.country.seed, 'of age', child.id);
    const turns = dayTurning(latestBirth(child.birth), 18);
    if (!random.chance(share)) return undefined;
    const on = addDays(maxDate(turns, clock), random.between(3, LEAVES_AT_18.within));
    return on > this.#last ? undefined : { what: 'of_age', on };
  }

  /** Whatever happens first, at odds of so many a year; undefined where nothing does until today. */
  #first<W extends string>(random: Stream, odds: Readonly<Partial<Record<W, number>>>, clock: CivilDate): Event<W> | undefined {
    const list = Object.entries<number | undefined>(odds).map(([what, perYear]) => [what as W, perYear ?? 0] as const);
    const days = waiting(random, list.reduce((sum, [, perYear]) => sum + perYear, 0));
    if (days > daysBetween(clock, this.#last)) return undefined;
    return { what: random.weighted(list), on: addDays(clock, days) };
  }

  #earlier<W>(a: Event<W> | undefined, b: Event<W> | undefined): Event<W> | undefined {
    if (a === undefined || b === undefined) return a ?? b;
    return a.on <= b.on ? a : b;
  }

  #other(institution: DemoInstitution, random: Stream): DemoInstitution | undefined {
    const nearby = this.#nearby.get(institution.areaCode.slice(0, 2)) ?? [];
    for (let i = 0; i < 6; i++) {
      const one = random.pick(nearby.length > 1 && i < 4 ? nearby : this.country.institutions);
      if (one !== institution && (this.#residents.get(one.id) ?? 0) < one.capacity) return one;
    }
    return undefined;
  }

  #count(institution: DemoInstitution, more: number): void {
    this.#residents.set(institution.id, (this.#residents.get(institution.id) ?? 0) + more);
  }
}

function mayGoHome({ parents, mainReason }: Household): boolean {
  return parents !== 'none' && mainReason !== 'abandoned' && mainReason !== 'trafficking';
}

function ageAt(child: Child, on: CivilDate): number {
  return ageOn(latestBirth(child.birth), on);
}
