import type { BirthDate } from '../../kernel/age.js';
import { addDays, civil, maxDate, minDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { asWritten, familyName, nameOf } from '../names.js';
import type { FamilyName } from '../names.js';
import { stream } from '../random.js';
import type { Stream } from '../random.js';
import type { DemoCountry, DemoInstitution, Places } from '../world.js';
import type { Child, Household } from './life.js';
import {
  AGES_AT_ENTRY, AGES_THEN, BASES, CAME_SINCE, GROUP_SIZES, PARENTS, PRECISIONS, REASONS, REASONS_SMALL, REGISTERED_TWICE, SECOND_REASONS, YEARS_BEFORE,
} from './odds.js';

const YEAR = 365.25;
/** First registration of those who were there took months, and of some few much longer. */
const FIRST_MONTHS = 150;

/** A number between 0 and 1. */
export function fraction(random: Stream): number {
  return random.below(1_000_000) / 1_000_000;
}

/** Days until something happens that happens so often a year; far away where it never does. */
export function waiting(random: Stream, perYear: number): number {
  return perYear <= 0 ? 1_000_000 : Math.ceil((-Math.log(1 - fraction(random)) / perYear) * YEAR);
}

/** The last day on which anything has happened: today has only begun. */
export function lastDay(country: DemoCountry): CivilDate {
  return addDays(country.today, -1);
}

/** The children who came into care in an institution, as they came: alone, or brothers and sisters together. */
export function householdsOf(country: DemoCountry, institution: DemoInstitution, numbers: () => number): Household[] {
  const made: Household[] = [];
  let left = institution.children;
  for (let i = 0; left > 0; i++) {
    const random = stream(country.seed, 'childhoods', institution.id, i);
    const size = Math.min(left, random.weighted(GROUP_SIZES));
    left -= size;
    const again = size === 1 && random.chance(REGISTERED_TWICE) ? random.pick(country.institutions) : institution;
    made.push(again === institution ? household(country, institution, random, size, numbers) : registeredAgain(country, institution, again, random, numbers));
  }
  return made;
}

function household(country: DemoCountry, institution: DemoInstitution, random: Stream, size: number, numbers: () => number): Household {
  const came = entry(country, random);
  const small = came.age < 3;
  const mainReason = random.weighted(small ? REASONS_SMALL : REASONS);
  const second = random.chance(0.35) ? [random.weighted(SECOND_REASONS)] : [];
  const people = origin(random, homeOf(country, institution, random));
  const family = familyName(random);
  const children: Child[] = [];
  let age = came.age;
  for (let index = 0; index < size; index++) {
    // Each next one is some years younger, and seldom a twin.
    if (index > 0) age = random.chance(0.03) ? age : age - random.between(11, 44) / 12;
    if (age < 0.05) age = came.age + random.between(12, 40) / 12;
    children.push(child(country, random, { ...came, index, age: Math.min(age, 17.5), family }, numbers));
  }
  return {
    institution, family, mainReason, reasons: [...new Set([mainReason, ...second])].sort(), parents: parentsOf(random, mainReason), ...people, children,
  };
}

/** Somebody whom another institution has registered before: the same person under a name spelt otherwise, a year older or younger, and nobody knows. */
function registeredAgain(country: DemoCountry, institution: DemoInstitution, other: DemoInstitution, random: Stream, numbers: () => number): Household {
  const first = stream(country.seed, 'childhoods', other.id, 0);
  const known = household(country, other, first, Math.min(other.children, first.weighted(GROUP_SIZES)), () => 0);
  const [one] = known.children;
  if (one === undefined) return household(country, institution, random, 1, numbers);
  const { birth, nameKm, nameLatin } = one;
  const enteredOn = maxDate(addDays(one.registeredOn, 60), random.day(addDays(country.began, 200), addDays(lastDay(country), -20)));
  const last = addDays(lastDay(country), -1);
  const name = asWritten(random, { km: nameKm ?? '', latin: nameLatin ?? '' });
  const guess = { date: civil(`${Number(birth.date.slice(0, 4)) + random.between(-1, 0)}-01-01`), precision: random.pick(['year', 'estimated'] as const) };
  return {
    ...known, institution,
    children: [{
      ...one, index: 0, id: random.id(minDate(last, enteredOn)), number: numbers(), birth: guess, birthBasis: guess.precision === 'year' ? 'told_by_others' : 'estimated',
      nameKm: nameKm === null ? null : name.km, nameLatin: nameLatin === null ? null : name.latin, enteredOn: minDate(last, enteredOn), registeredOn: minDate(last, enteredOn),
    }],
  };
}

/** Age and day of entry of the eldest, and the day of first registration. */
function entry(country: DemoCountry, random: Stream): { readonly age: number; readonly enteredOn: CivilDate; readonly registeredOn: CivilDate } {
  const last = lastDay(country);
  if (random.chance(CAME_SINCE)) {
    const [from, to] = random.weighted(AGES_AT_ENTRY);
    const enteredOn = random.day(addDays(country.began, 30), last);
    return { age: from + fraction(random) * (to - from), enteredOn, registeredOn: minDate(last, addDays(enteredOn, random.between(0, 3))) };
  }
  const [from, to] = random.weighted(AGES_THEN);
  const ageThen = from + fraction(random) * (to - from);
  const years = Math.min(ageThen - 0.1, 12, -Math.log(1 - fraction(random)) * YEARS_BEFORE);
  const months = random.chance(0.95) ? random.between(5, FIRST_MONTHS) : random.between(FIRST_MONTHS, 500);
  return {
    age: ageThen - years,
    enteredOn: addDays(country.began, -Math.ceil(years * YEAR) - 1),
    registeredOn: minDate(last, addDays(country.began, months)),
  };
}

function child(
  country: DemoCountry,
  random: Stream,
  { index, age, family, enteredOn, registeredOn }: { readonly index: number; readonly age: number; readonly family: FamilyName; readonly enteredOn: CivilDate; readonly registeredOn: CivilDate },
  numbers: () => number,
): Child {
  const sex = random.chance(0.47) ? 'female' : 'male';
  const precision = random.weighted(PRECISIONS);
  const born = addDays(enteredOn, -Math.ceil(age * YEAR) - 1);
  const unknown = random.chance(0.004);
  const name = asWritten(random, nameOf(random, sex, family));
  return {
    index, id: random.id(registeredOn), number: numbers(), sex, birth: birthAs(random, born, precision, enteredOn), birthBasis: random.weighted(BASES[precision]),
    nameKm: unknown ? null : name.km, nameLatin: unknown ? null : name.latin, enteredOn, registeredOn,
  };
}

/** A birth date as well as it is known: of a year the first of January stands for all its days, and a guess may be wrong. */
function birthAs(random: Stream, born: CivilDate, precision: BirthDate['precision'], enteredOn: CivilDate): BirthDate {
  const guessed = { date: minDate(enteredOn, addDays(born, random.between(-300, 300))), precision };
  if (precision === 'estimated') return guessed;
  const written = precision === 'day' ? born : precision === 'month' ? `${born.slice(0, 7)}-01` : `${born.slice(0, 4)}-01-01`;
  return { date: civil(written), precision };
}

/** Most come from the province of the institution, and many from a village that is not far. */
function homeOf(country: DemoCountry, institution: DemoInstitution, random: Stream): string {
  const near = random.weighted([[4, 46], [2, 40], [0, 14]] as const);
  const villages = villagesIn(country.places, institution.areaCode.slice(0, near));
  return villages.length > 0 ? random.pick(villages) : institution.areaCode;
}

const VILLAGES = new WeakMap<Places, Map<string, readonly string[]>>();

/** The villages of an area, looked for once: a country has fourteen thousand. */
function villagesIn(places: Places, code: string): readonly string[] {
  const known = VILLAGES.get(places) ?? new Map<string, readonly string[]>();
  VILLAGES.set(places, known);
  const villages = known.get(code) ?? places.within(code, 8).map((area) => area.code);
  known.set(code, villages);
  return villages;
}

/** Language and faith go together, and with where people come from. */
function origin(random: Stream, homeArea: string): { readonly homeArea: string; readonly languages: readonly string[]; readonly religion: string | null } {
  const upland = homeArea.startsWith('16') || homeArea.startsWith('11');
  const people = upland ? random.weighted([['khm', 45], ['jra', 30], ['tpu', 25]]) : random.weighted([['khm', 965], ['cjm', 30], ['eng', 5]]);
  const languages = people === 'khm' ? ['khm'] : random.chance(0.75) ? ['khm', people] : [people];
  const faith = people === 'cjm' ? 'Muslim' : random.weighted([['Buddhist', 95], ['Christian', 4], ['Muslim', 1]]);
  return { homeArea, languages: people === 'eng' ? ['khm'] : languages, religion: random.chance(0.3) ? null : faith };
}

function parentsOf(random: Stream, reason: string): Household['parents'] {
  if (reason === 'orphan') return random.weighted([['none', 70], ['mother', 20], ['father', 10]]);
  if (reason === 'abandoned') return random.weighted([['unknown', 80], ['mother', 20]]);
  return random.weighted(PARENTS);
}
