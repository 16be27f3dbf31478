import { youngestAge } from '../../kernel/age.js';
import { contains } from '../../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../../kernel/civil-date.js';
import { LISTED, confidentialCount, countsOf, sift } from '../../matching/matching.domain.js';
import type { Sifted } from '../../matching/matching.domain.js';
import { METHOD, rank } from '../../matching/ranking.domain.js';
import type { AskedGroup, FactorValue, RankedFamily, Weights } from '../../matching/ranking.domain.js';
import type { ChildFacts, FamilyFacts, Limits, Standing } from '../../placements/suitability.domain.js';
import { json } from '../copy.js';
import type { Sheet } from '../copy.js';
import type { Stream } from '../random.js';
import type { DemoFamily, DemoPosting } from '../world.js';
import type { Described } from './files.js';
import type { Homes } from './homes.js';
import type { CareKind, Life } from './life.js';
import type { Pen } from './pen.js';

/** So many families are asked about, all of the child's province: a list of the whole country would be most of what is written. */
const ASKED_ABOUT = 60;
const LISTS = [
  'id', 'child_id', 'office_id', 'asked_by', 'asked_on', 'starts_on', 'care_kind', 'emergency', 'gatekeeping_complete', 'apart_reason', 'method', 'weights_version', 'weights', 'asked',
  'kin_relative_ids', 'searched', 'eligible', 'failed_rules',
] as const;

/** What the register knows of a family that ranking reads and the country does not carry along. */
export interface FamilyMarks {
  readonly number: number;
  readonly religion: string | null;
  readonly ownChildren: number;
  readonly experience: readonly string[];
  readonly schoolArea: string | null;
}

/** By what families are ruled out and ranked, as the settings say. */
export interface MatchRules {
  readonly limits: Limits;
  readonly weights: { readonly version: number; readonly weights: Weights };
  readonly marks: ReadonlyMap<string, FamilyMarks>;
}

/** A question: which families for this child, from a day on? */
export interface Asked {
  readonly life: Life;
  readonly described: Described;
  readonly officeId: string;
  readonly by: DemoPosting;
  readonly on: CivilDate;
  readonly startsOn: CivilDate;
  readonly careKind: CareKind;
}

/** A family of a list. */
export interface Listed {
  readonly family: DemoFamily;
  readonly rank: number;
  readonly factors: readonly FactorValue[];
}

/** Makes lists of families by the rules and the ranking of the room that matches. */
export class Matchmaking {
  readonly #lists: Sheet<(typeof LISTS)[number]>;
  readonly #entries: Sheet<'list_id' | 'family_id' | 'rank' | 'score' | 'places_for_all' | 'facts' | 'factors'>;
  readonly #exclusions: Sheet<'list_id' | 'family_number' | 'area_code' | 'failures'>;
  readonly #families = new Map<string, DemoFamily[]>();

  constructor(
    private readonly pen: Pen,
    private readonly homes: Homes,
    private readonly rules: MatchRules,
  ) {
    const { sheets, country } = pen;
    this.#lists = sheets.sheet('matching.lists', LISTS);
    this.#entries = sheets.sheet('matching.entries', ['list_id', 'family_id', 'rank', 'score', 'places_for_all', 'facts', 'factors']);
    this.#exclusions = sheets.sheet('matching.exclusions', ['list_id', 'family_number', 'area_code', 'failures']);
    for (const family of country.families) {
      const province = family.areaCode.slice(0, 2);
      const known = this.#families.get(province);
      if (known === undefined) this.#families.set(province, [family]);
      else known.push(family);
    }
  }

  /** Asks, and writes the list. Gives its id and its families, best first. */
  ask(asked: Asked, random: Stream): { readonly id: string; readonly listed: readonly Listed[] } {
    const { life, on, startsOn, careKind } = asked;
    const families = this.#searched(asked, random);
    const byId = new Map(families.map((family) => [family.id, family]));
    const facts = families.map((family) => this.#facts(family, startsOn));
    const sifted = sift([childFacts(asked)], facts, { on: startsOn, careKind, emergency: false }, this.rules.limits);
    const group = this.#group(asked);
    const eligible = sifted.eligible.flatMap(({ id }) => {
      const family = byId.get(id);
      return family === undefined ? [] : [this.#ranked(family, group, startsOn)];
    });
    const ranked = rank(group, eligible, this.rules.weights.weights).slice(0, LISTED);
    const id = random.id(on);
    this.#write(id, asked, group, sifted, eligible.length, families.length);
    for (const [at, { family, score, factors }] of ranked.entries()) {
      this.#entries.add({ list_id: id, family_id: family.id, rank: at + 1, score, places_for_all: true, facts: json(family), factors: json(factors) });
    }
    for (const { id: familyId, failures } of sifted.excluded) {
      this.#exclusions.add({ list_id: id, family_number: this.#marks(familyId).number, area_code: byId.get(familyId)?.areaCode.slice(0, 6), failures: json(failures) });
    }
    this.pen.chronicle.act(random, { act: 'match.ask', by: asked.by, subject: ['match_list', id], about: life.child.id, on, reason: 'planned' });
    const listed = ranked.flatMap(({ family, factors }, at): Listed[] => {
      const known = byId.get(family.id);
      return known === undefined ? [] : [{ family: known, rank: at + 1, factors }];
    });
    return { id, listed };
  }

  #searched({ officeId, on }: Asked, random: Stream): DemoFamily[] {
    const all = (this.#families.get(this.pen.provinceOf(officeId)) ?? []).filter(({ approvals }) => (approvals[0]?.from ?? on) <= on);
    const start = random.below(Math.max(1, all.length));
    return [...all.slice(start), ...all.slice(0, start)].slice(0, ASKED_ABOUT).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #write(id: string, { life, by, officeId, on, startsOn, careKind }: Asked, group: AskedGroup, { excluded }: Sifted, eligible: number, searched: number): void {
    const { version, weights } = this.rules.weights;
    const confidential = confidentialCount(excluded);
    this.#lists.add({
      id, child_id: life.child.id, office_id: officeId, asked_by: by.accountId, asked_on: on, starts_on: startsOn, care_kind: careKind, emergency: false, gatekeeping_complete: true,
      apart_reason: null, method: METHOD, weights_version: version, weights: json(weights), asked: json(group), kin_relative_ids: [], searched, eligible,
      failed_rules: json([...countsOf(excluded), ...(confidential > 0 ? [{ code: 'ASK_SUPERVISOR', confidential: false, count: confidential }] : [])]),
    });
  }

  /** The child as ranking reads her. */
  #group({ life: { child, household }, described, officeId, startsOn }: Asked): AskedGroup {
    return {
      children: [{ id: child.id, age: youngestAge(child.birth, startsOn), languages: [...described.languages].sort(), religion: described.religion, needs: described.needs.map(({ kind, level }) => ({ kind, level })) }],
      people: described.homeArea === null ? [] : [described.homeArea], schoolArea: null, riskAreas: [...described.riskAreas], siblingFamilies: [],
      siblingsElsewhere: household.children.length - 1, officeId, officeArea: this.pen.areaOf(officeId),
    };
  }

  #ranked(family: DemoFamily, group: AskedGroup, on: CivilDate): RankedFamily {
    const { number, religion, ownChildren, experience, schoolArea } = this.#marks(family.id);
    const terms = family.approvals.find((approval) => contains(approval, on));
    const placedChildren = this.homes.livingWith(family, on);
    return {
      id: family.id, number, communeCode: family.areaCode.slice(0, 6), officeId: family.officeId, languages: family.languages, religion, ownChildren, placedChildren, experience, schoolArea,
      termsNeeds: terms?.needs ?? [], youngest: terms?.youngest ?? 0, oldest: terms?.oldest ?? 0, freePlaces: Math.max(0, (terms?.places ?? 0) - placedChildren), placesForAll: true,
      waitingSince: family.approvals[0]?.from ?? null, distances: Object.fromEntries(group.people.map((area) => [area, null])),
    };
  }

  /** A family as the hard rules read it. */
  #facts(family: DemoFamily, on: CivilDate): FamilyFacts {
    const whole = (code: Standing['code'], adultId: string | null) => ({ from, to }: DayRange): Standing => ({ code, adultId, sourceId: family.id, confidential: false, from, to });
    const terms = family.approvals.find((approval) => contains(approval, on)) ?? null;
    const adults = family.adults.filter((adult) => contains(adult, on));
    return {
      id: family.id, kind: family.kind, officeId: family.officeId, communeCode: family.areaCode.slice(0, 6), languages: family.languages, closedOn: family.closedOn,
      adults: adults.map(({ id, carer, birthDate, birthPrecision }) => ({ id, carer, birth: { date: birthDate, precision: birthPrecision } })),
      standings: [
        ...family.approvals.map(whole('approval', null)), ...family.suspended.map(whole('suspension', null)),
        ...adults.flatMap(({ id, carer }) => family.ready.flatMap((days) => [whole('check', id)(days), ...(carer ? [whole('certificate', id)(days)] : [])])),
      ],
      terms, places: placesOf(family),
      occupants: this.homes.occupantsOf(family).map(({ occupantId, child, from, to }) => ({ occupantId, childId: child.id, groupId: null, underThree: youngestAge(child.birth, on) < 3, from, to })),
    };
  }

  #marks(familyId: string): FamilyMarks {
    const marks = this.rules.marks.get(familyId);
    if (marks === undefined) throw new Error('A family of the country is not in the register.');
    return marks;
  }
}

function childFacts({ life: { child }, described }: Asked): ChildFacts {
  return {
    id: child.id, birth: child.birth, sex: child.sex, languages: described.languages, needs: described.needs, gatekeepingComplete: true, siblingGroupId: null,
    risks: described.riskAreas.map((areaCode) => ({ familyId: null, areaCode })), objections: [],
  };
}

/** Numbered places by the days of each approval; the last one's stay until the family is closed. */
function placesOf({ approvals, closedOn }: DemoFamily): (DayRange & { readonly exempt: boolean })[] {
  return approvals.flatMap(({ from, places }, i) => Array.from({ length: places }, () => ({ from, to: approvals[i + 1]?.from ?? closedOn, exempt: false })));
}
