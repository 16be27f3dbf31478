import type { CivilDate } from '../kernel/civil-date.js';
import { nearness } from '../territory/area.domain.js';

/**
 * How well a family that meets every hard rule would fit: advice, never a decision. Each factor gives a value of 0 to
 * 1000, its weight times that value is its contribution, and the sum is the score: whole numbers only, so that the same
 * facts give the same list to the last digit, on any machine, years later. A child's sex and ethnicity and the reasons
 * for her care are not among the facts: what no factor can read, none can weigh.
 */

/** What speaks for a family, in the order in which it is shown. */
export const FACTORS = [
  'needs_and_behaviour', 'siblings_together', 'nearness', 'language', 'same_school', 'already_known', 'age_preference', 'length_of_placement', 'religion_culture', 'household_load',
  'continuity_of_worker',
] as const;
export type Factor = (typeof FACTORS)[number];

/** How much each factor counts, of 100. */
export type Weights = Readonly<Record<Factor, number>>;

/** The way in which values are counted. A list says which one made it; another way gets another number. */
export const METHOD = 1;

/** A child of the group as ranking knows her. */
export interface AskedChild {
  readonly id: string;
  /** In whole years on the start day, the youngest she can be. */
  readonly age: number;
  readonly languages: readonly string[];
  readonly religion: string | null;
  readonly needs: readonly { readonly kind: string; readonly level: number }[];
}

/** A child, or siblings who are to live together. */
export interface AskedGroup {
  readonly children: readonly AskedChild[];
  /** Areas of parents, kin and siblings elsewhere whom they will see; empty where nobody is known. Never the institution's. */
  readonly people: readonly string[];
  /** The area of the school, where it is known. */
  readonly schoolArea: string | null;
  /** Areas of people whom they must not meet. */
  readonly riskAreas: readonly string[];
  /** Families in which brothers and sisters live who are not asked for here. */
  readonly siblingFamilies: readonly string[];
  /** How many brothers and sisters are not asked for here, wherever they live. */
  readonly siblingsElsewhere: number;
  readonly officeId: string;
  /** The area of that office: '' is the country. */
  readonly officeArea: string;
}

/** A family as ranking knows it: no name, no phone, no address below the commune. */
export interface RankedFamily {
  readonly id: string;
  readonly number: number;
  readonly communeCode: string;
  readonly officeId: string;
  readonly languages: readonly string[];
  readonly religion: string | null;
  readonly ownChildren: number;
  readonly placedChildren: number;
  readonly experience: readonly string[];
  readonly schoolArea: string | null;
  readonly termsNeeds: readonly string[];
  readonly youngest: number;
  readonly oldest: number;
  /** On the start day. */
  readonly freePlaces: number;
  /** Has it places for all of the group, from the start day on? */
  readonly placesForAll: boolean;
  readonly waitingSince: CivilDate | null;
  /** By area of `people`, in units of 100 m, rounded when gathered; null where nothing around one of the two has a position. */
  readonly distances: Readonly<Record<string, number | null>>;
}

export type Band = 'High' | 'Medium' | 'Low' | 'Unknown';

/** What one factor says of one family. */
export interface FactorValue {
  readonly factor: Factor;
  readonly value: number;
  /** Nobody has written down what it reads: half the value, flagged, never 0. */
  readonly missing: boolean;
}

/** A family in its place. */
export interface Ranked {
  readonly family: RankedFamily;
  readonly factors: readonly FactorValue[];
  readonly score: number;
}

/** What a missing fact counts. */
export const HALF = 500;
const BEST = 1000;

/** Values per level of what surrounds both, and for who lives further away: what is left of 300 after one for each km. */
const NEAR = { same_village: 1000, same_commune: 900, same_district: 700, same_province: 400 } as const;
const FAR = 300;
/** A need is met by the approval's terms, known from experience, or met by the basic training alone. */
const NEED = { terms: 1000, experience: 800, training: 200 } as const;
/** Each child already there takes so much off. */
const LOAD_PER_CHILD = 150;

/** The value of each factor; undefined where what it reads is not known. */
const VALUES: Readonly<Record<Factor, (group: AskedGroup, family: RankedFamily) => number | undefined>> = {
  needs_and_behaviour: (group, family) => overChildren(group, ({ needs }) => needsMet(needs, family)),
  siblings_together: (group, family) => {
    const others = group.children.length - 1 + group.siblingsElsewhere;
    if (others === 0) return BEST;
    const room = family.placesForAll ? group.children.length : Math.min(family.freePlaces, group.children.length - 1);
    const together = Math.max(0, room - 1) + group.siblingFamilies.filter((id) => id === family.id).length;
    return share(together, others);
  },
  nearness: near,
  language: (group, family) =>
    overChildren(group, ({ languages }) =>
      languages.length === 0 || family.languages.length === 0 ? undefined : share(languages.filter((one) => family.languages.includes(one)).length, languages.length),
    ),
  same_school: ({ schoolArea }, family) => {
    if (schoolArea === null || family.schoolArea === null) return undefined;
    const how = nearness(schoolArea, family.schoolArea);
    return how === 'same_village' || how === 'same_commune' ? BEST : how === 'same_district' ? HALF : 0;
  },
  // Whom else she knows is nowhere written down.
  already_known: ({ siblingFamilies }, { id }) => (siblingFamilies.includes(id) ? BEST : undefined),
  // Near either end of what the approval says, she may soon be older, or is younger, than the family had in mind.
  age_preference: (group, { youngest, oldest }) => overChildren(group, ({ age }) => (age > youngest && age < oldest ? BEST : 700)),
  length_of_placement: () => undefined,
  religion_culture: (group, family) => overChildren(group, ({ religion }) => (religion === null || family.religion === null ? undefined : religion === family.religion ? BEST : 0)),
  household_load: (_, { ownChildren, placedChildren }) => Math.max(0, BEST - LOAD_PER_CHILD * (ownChildren + placedChildren)),
  continuity_of_worker: ({ officeId, officeArea }, family) =>
    officeId === family.officeId ? BEST : officeArea.length >= 2 && family.communeCode.startsWith(officeArea.slice(0, 2)) ? HALF : 0,
};

/** Ranks families: places for all of the group first, then by score; the longest waiting before others of one score, then by id. */
export function rank(group: AskedGroup, families: readonly RankedFamily[], weights: Weights): Ranked[] {
  return families
    .map((family): Ranked => {
      const factors = FACTORS.map((factor) => factorValue(factor, group, family));
      return { family, factors, score: scoreOf(factors, weights) };
    })
    .sort(before);
}

/** Weight times value, summed. */
export function scoreOf(factors: readonly FactorValue[], weights: Weights): number {
  return factors.reduce((sum, { factor, value }) => sum + weights[factor] * value, 0);
}

/** How a value reads. */
export function bandOf({ value, missing }: Pick<FactorValue, 'value' | 'missing'>): Band {
  if (missing) return 'Unknown';
  return value >= 700 ? 'High' : value >= 400 ? 'Medium' : 'Low';
}

/** The factors that need a support strategy before the family can be proposed: each Medium and each Low. */
export function strategiesNeeded(factors: readonly FactorValue[]): Factor[] {
  return factors.filter((one) => ['Medium', 'Low'].includes(bandOf(one))).map(({ factor }) => factor);
}

/** The weights of a setting. A setting that is not whole numbers adding up to 100 is a fault, not an answer. */
export function checkedWeights(given: Readonly<Record<string, unknown>>): Weights {
  const unknown = Object.keys(given).filter((name) => !FACTORS.some((factor) => factor === name));
  const weights = Object.fromEntries(FACTORS.map((factor) => [factor, given[factor]]));
  const whole = Object.values(weights).every((weight) => Number.isInteger(weight) && Number(weight) >= 0);
  const sum = Object.values(weights).reduce<number>((total, weight) => total + Number(weight), 0);
  if (unknown.length > 0 || !whole || sum !== 100) throw new RangeError('the weights of matching are a whole number for each factor, adding up to 100');
  return weights as Weights;
}

function factorValue(factor: Factor, group: AskedGroup, family: RankedFamily): FactorValue {
  const value = VALUES[factor](group, family);
  return { factor, value: value ?? HALF, missing: value === undefined };
}

function before(a: Ranked, b: Ranked): number {
  if (a.family.placesForAll !== b.family.placesForAll) return a.family.placesForAll ? -1 : 1;
  if (a.score !== b.score) return b.score - a.score;
  const [since, other] = [a.family.waitingSince ?? '9999', b.family.waitingSince ?? '9999'];
  if (since !== other) return since < other ? -1 : 1;
  return a.family.id < b.family.id ? -1 : 1;
}

/** The mean over the children; not known where it is not known of one of them. */
function overChildren({ children }: AskedGroup, valueFor: (child: AskedChild) => number | undefined): number | undefined {
  let sum = 0;
  for (const child of children) {
    const value = valueFor(child);
    if (value === undefined) return undefined;
    sum += value;
  }
  return children.length === 0 ? undefined : Math.floor(sum / children.length);
}

/** The mean over her needs, the heavier the more. No need written down may mean that nobody has looked. */
function needsMet(needs: AskedChild['needs'], family: RankedFamily): number | undefined {
  if (needs.length === 0) return undefined;
  const met = needs.reduce((sum, { kind, level }) => sum + level * (family.termsNeeds.includes(kind) ? NEED.terms : family.experience.includes(kind) ? NEED.experience : NEED.training), 0);
  return Math.floor(met / needs.reduce((sum, { level }) => sum + level, 0));
}

/** To the nearest of the people they will see, then to the school. In the district of somebody they must not meet it counts nothing. */
function near(group: AskedGroup, family: RankedFamily): number | undefined {
  if (group.riskAreas.some((area) => area.slice(0, 4) === family.communeCode.slice(0, 4))) return 0;
  const targets = group.people.length > 0 ? group.people : group.schoolArea === null ? [] : [group.schoolArea];
  const values = targets.flatMap((area) => {
    const how = nearness(area, family.communeCode);
    if (how !== 'further') return [NEAR[how]];
    const hundredMetres = family.distances[area];
    return hundredMetres === undefined || hundredMetres === null ? [] : [Math.max(0, FAR - Math.floor(hundredMetres / 10))];
  });
  return values.length === 0 ? undefined : Math.max(...values);
}

function share(part: number, whole: number): number {
  return Math.floor((BEST * Math.min(part, whole)) / whole);
}
