import type { BirthDate } from '../kernel/age.js';
import { ageOn, latestBirth, youngestAge } from '../kernel/age.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { contains } from '../kernel/civil-date.js';
import type { RefusalDetails } from '../kernel/result.js';

/**
 * The hard rules: what excludes a family for a child whatever else speaks for it. Each is one row of {@link RULES}: a code,
 * why in both languages, what would have to change, and a pure test. Approving, starting and moving run them again under
 * lock; matching shows them. They bind decisions; a fact that breaks one is recorded and brought to a supervisor.
 */

export type CareKind = 'foster' | 'kinship' | 'family_house';

export interface ChildFacts {
  readonly id: string;
  readonly birth: BirthDate;
  readonly sex: 'female' | 'male';
  readonly languages: readonly string[];
  readonly needs: readonly { readonly kind: string; readonly level: number }[];
  readonly gatekeepingComplete: boolean;
  readonly siblingGroupId: string | null;
  /** Families and areas she must not meet; a family's commune counts as an area to keep away from. */
  readonly risks: readonly { readonly familyId: string | null; readonly areaCode: string | null }[];
  /** Families she said she does not want to live with. */
  readonly objections: readonly string[];
}

/** Somebody in one of the family's places. A place held for matching has no child yet. */
export interface Occupant extends DayRange {
  readonly occupantId: string;
  readonly childId: string | null;
  readonly groupId: string | null;
  readonly underThree: boolean;
}

/** A fact of the stand-by list, with its days. */
export interface Standing extends DayRange {
  readonly code: 'approval' | 'terms' | 'certificate' | 'check' | 'suspension' | 'declined';
  readonly adultId: string | null;
  /** For `declined`: the child whom the family could not take. */
  readonly sourceId: string;
  readonly confidential: boolean;
}

export interface Terms {
  readonly youngest: number;
  readonly oldest: number;
  readonly sexes: readonly string[];
  readonly needs: readonly string[];
  readonly careKinds: readonly string[];
}

export interface FamilyFacts {
  readonly id: string;
  readonly kind: CareKind;
  readonly officeId: string;
  readonly communeCode: string;
  readonly languages: readonly string[];
  readonly closedOn: CivilDate | null;
  /** Adults living in the home on the start day. */
  readonly adults: readonly { readonly id: string; readonly carer: boolean; readonly birth: BirthDate }[];
  readonly standings: readonly Standing[];
  /** Terms on the start day. */
  readonly terms: Terms | null;
  /** Places by terms or exemption; a place added for a recorded breach serves no decision. */
  readonly places: readonly (DayRange & { readonly exempt: boolean })[];
  /** Without holds that have lapsed. */
  readonly occupants: readonly Occupant[];
}

/** What is asked: from which day, as what, and with how many others at once. */
export interface Start {
  readonly on: CivilDate;
  readonly careKind: CareKind;
  /** What may follow later does not exclude an emergency start. */
  readonly emergency: boolean;
  /** Some nights while her own family rests: why she is in care is not asked again. */
  readonly respite?: boolean | undefined;
  /** How many children move together, this one included. */
  readonly together: number;
  /** Places already held for this very plan. */
  readonly ownHolds: readonly string[];
}

/** Dated settings, read as of the start day; each has its citation in the table of settings. */
export interface Limits {
  readonly fosterLimit: number;
  readonly familyHouseLimit: number;
  readonly familyHouseUnderThrees: number;
  readonly ageGap: number;
  readonly languageFromAge: number;
  /** A need as heavy as this must be named in the terms. */
  readonly needLevelInTerms: number;
}

interface Text {
  readonly en: string;
  readonly km: string;
}

interface Rule<C extends string> {
  readonly code: C;
  /** Rests on an allegation, a contact risk, a conviction or health: reads ASK_SUPERVISOR to who is not named on it. */
  readonly confidential?: boolean;
  readonly waivedInEmergency?: boolean;
  readonly why: Text;
  readonly change: Text;
  /** The facts behind a failure, or undefined where the rule holds. */
  readonly broken: (child: ChildFacts, family: FamilyFacts, start: Start, limits: Limits) => RefusalDetails | undefined;
}

const rule = <const C extends string>(one: Rule<C>): Rule<C> => one;
const when = (broken: boolean, details: RefusalDetails = {}): RefusalDetails | undefined => (broken ? details : undefined);

/** Every hard rule, in the order in which failures are told. */
export const RULES = [
  rule({
    code: 'GATEKEEPING_INCOMPLETE',
    waivedInEmergency: true,
    why: { en: 'Parents and kin have not been looked for, or the result is not concluded.', km: 'មិនទាន់បានស្វែងរកឪពុកម្ដាយ និងសាច់ញាតិ ឬមិនទាន់បានសន្និដ្ឋាន។' },
    change: { en: 'Conclude the gatekeeping, or propose an emergency placement.', km: 'សូមបញ្ចប់ការសម្រេចអំពីជម្រើសថែទាំ ឬស្នើការទុកដាក់បន្ទាន់។' },
    broken: (child, _, start) => when(!child.gatekeepingComplete && start.respite !== true),
  }),
  rule({
    code: 'CONTACT_RISK',
    confidential: true,
    why: { en: 'The child must not meet this family, or somebody who lives near it.', km: 'កុមារមិនត្រូវជួបគ្រួសារនេះ ឬអ្នករស់នៅជិតគ្រួសារនេះទេ។' },
    change: { en: 'Choose another family, in another commune.', km: 'សូមជ្រើសរើសគ្រួសារផ្សេង នៅឃុំផ្សេង។' },
    broken: (child, family) => when(child.risks.some(({ familyId, areaCode }) => familyId === family.id || (areaCode !== null && sameCommune(areaCode, family.communeCode)))),
  }),
  rule({
    code: 'CHILD_OBJECTED',
    why: { en: 'The child said that she does not want to live with this family.', km: 'កុមារបាននិយាយថាមិនចង់រស់នៅជាមួយគ្រួសារនេះទេ។' },
    change: { en: 'Choose another family, or hear the child again alone.', km: 'សូមជ្រើសរើសគ្រួសារផ្សេង ឬស្ដាប់កុមារម្ដងទៀតដោយឡែក។' },
    broken: (child, family) => when(child.objections.includes(family.id)),
  }),
  rule({
    code: 'FAMILY_DECLINED',
    why: { en: 'The family said that it cannot take this child.', km: 'គ្រួសារបាននិយាយថាមិនអាចទទួលកុមារនេះបានទេ។' },
    change: { en: 'Choose another family. A no is not held against them.', km: 'សូមជ្រើសរើសគ្រួសារផ្សេង។ ការបដិសេធមិនមែនជាកំហុសទេ។' },
    broken: (child, family, start) => when(standing(family, 'declined', start.on).some(({ sourceId }) => sourceId === child.id)),
  }),
  rule({
    code: 'NOT_APPROVED',
    why: { en: 'The family is not approved on the start day.', km: 'គ្រួសារមិនទាន់បានអនុម័តនៅថ្ងៃចាប់ផ្ដើមទេ។' },
    change: { en: 'Finish its application, or choose a start day within its approval.', km: 'សូមបញ្ចប់ពាក្យសុំ ឬជ្រើសរើសថ្ងៃចាប់ផ្ដើមក្នុងរយៈពេលអនុម័ត។' },
    broken: (_, family, start) => when((family.closedOn !== null && family.closedOn <= start.on) || standing(family, 'approval', start.on).length === 0 || family.terms === null),
  }),
  rule({
    code: 'SUSPENDED',
    confidential: true,
    why: { en: 'The family is suspended on the start day.', km: 'គ្រួសារត្រូវបានផ្អាកនៅថ្ងៃចាប់ផ្ដើម។' },
    change: { en: 'Wait for the decision on the suspension.', km: 'សូមរង់ចាំសេចក្ដីសម្រេចលើការផ្អាក។' },
    broken: (_, family, start) => when(standing(family, 'suspension', start.on).length > 0),
  }),
  rule({
    code: 'CERTIFICATE_EXPIRED',
    waivedInEmergency: true,
    why: { en: 'A carer has no training certificate that is valid on the start day.', km: 'អ្នកថែទាំម្នាក់គ្មានវិញ្ញាបនបត្របណ្ដុះបណ្ដាលដែលមានសុពលភាពនៅថ្ងៃចាប់ផ្ដើម។' },
    change: { en: 'The carer attends the course or its renewal.', km: 'អ្នកថែទាំត្រូវចូលរៀនវគ្គ ឬបន្តសុពលភាព។' },
    broken: (_, family, start) => when(family.adults.some(({ id, carer }) => carer && !has(family, 'certificate', id, start.on))),
  }),
  rule({
    code: 'CHECK_EXPIRED',
    waivedInEmergency: true,
    why: { en: 'The police check of an adult in the home is not valid on the start day.', km: 'ការពិនិត្យប្រវត្តិរបស់មនុស្សពេញវ័យម្នាក់ក្នុងផ្ទះគ្មានសុពលភាពនៅថ្ងៃចាប់ផ្ដើម។' },
    change: { en: 'Renew the check.', km: 'សូមបន្តការពិនិត្យប្រវត្តិ។' },
    broken: (_, family, start) => when(family.adults.some(({ id }) => !has(family, 'check', id, start.on) && everHad(family, 'check', id))),
  }),
  rule({
    code: 'ADULT_UNCHECKED',
    waivedInEmergency: true,
    why: { en: 'An adult who lives in the home has never been checked.', km: 'មនុស្សពេញវ័យម្នាក់ដែលរស់នៅក្នុងផ្ទះមិនដែលបានពិនិត្យប្រវត្តិទេ។' },
    change: { en: 'Check every adult in the home.', km: 'សូមពិនិត្យប្រវត្តិមនុស្សពេញវ័យគ្រប់រូបក្នុងផ្ទះ។' },
    broken: (_, family) => when(family.adults.some(({ id }) => !everHad(family, 'check', id))),
  }),
  rule({
    code: 'NO_PLACE',
    why: { en: 'The family has no free place from {day} on.', km: 'គ្រួសារគ្មានកន្លែងទំនេរចាប់ពីថ្ងៃ {day}។' },
    change: { en: 'Choose another family, another start day, or wait until a place is free.', km: 'សូមជ្រើសរើសគ្រួសារផ្សេង ថ្ងៃផ្សេង ឬរង់ចាំរហូតមានកន្លែង។' },
    broken: (child, family, start) => {
      const day = fullOn(child, family, start);
      return day === undefined ? undefined : { day };
    },
  }),
  rule({
    code: 'LIMIT',
    why: { en: 'With this child the family would care for {children} placed children; {limit} is the most, except for one sibling group or by a named exemption.', km: 'បើមានកុមារនេះ គ្រួសារនឹងថែទាំកុមារ {children} នាក់។ អតិបរមាគឺ {limit} លើកលែងតែបងប្អូនមួយក្រុម ឬមានការលើកលែង។' },
    change: { en: 'Choose another family, or ask the supervisor for an exemption.', km: 'សូមជ្រើសរើសគ្រួសារផ្សេង ឬសុំការលើកលែងពីអ្នកគ្រប់គ្រង។' },
    broken: overLimit,
  }),
  rule({
    code: 'TERMS',
    why: { en: 'The terms of the approval do not cover: {terms}.', km: 'លក្ខខណ្ឌនៃការអនុម័តមិនគ្របដណ្ដប់៖ {terms}។' },
    change: { en: 'Choose another family, or have the terms reviewed.', km: 'សូមជ្រើសរើសគ្រួសារផ្សេង ឬសុំពិនិត្យលក្ខខណ្ឌឡើងវិញ។' },
    broken: outsideTerms,
  }),
  rule({
    code: 'AGE_GAP',
    why: { en: 'A carer is less than {years} years older than the child; kin are exempt.', km: 'អ្នកថែទាំម្នាក់ចាស់ជាងកុមារតិចជាង {years} ឆ្នាំ លើកលែងតែសាច់ញាតិ។' },
    change: { en: 'Choose another family.', km: 'សូមជ្រើសរើសគ្រួសារផ្សេង។' },
    broken: (child, family, start, { ageGap }) =>
      when(
        start.careKind !== 'kinship' && family.adults.some(({ carer, birth }) => carer && ageOn(latestBirth(birth), latestBirth(child.birth)) < ageGap),
        { years: ageGap },
      ),
  }),
  rule({
    code: 'NO_SHARED_LANGUAGE',
    waivedInEmergency: true,
    why: { en: 'Nobody in the family speaks a language that the child speaks.', km: 'គ្មាននរណាក្នុងគ្រួសារនិយាយភាសាដែលកុមារនិយាយទេ។' },
    change: { en: 'Choose a family that shares a language with her, or complete the languages that are recorded.', km: 'សូមជ្រើសរើសគ្រួសារដែលនិយាយភាសាដូចកុមារ ឬបំពេញភាសាដែលបានកត់ត្រា។' },
    // A language that nobody wrote down is a gap in the record, not a reason to leave a family out.
    broken: (child, family, start, { languageFromAge }) =>
      when(
        youngestAge(child.birth, start.on) >= languageFromAge && child.languages.length > 0 && family.languages.length > 0 &&
          !child.languages.some((language) => family.languages.includes(language)),
      ),
  }),
] as const;

export type RuleCode = (typeof RULES)[number]['code'];

/** What stands in place of a confidential rule for who may not know it. */
export const ASK_SUPERVISOR = {
  code: 'ASK_SUPERVISOR',
  why: { en: 'Not available. Ask the supervisor.', km: 'មិនអាចផ្ដល់បានទេ។ សូមសួរអ្នកគ្រប់គ្រង។' },
  change: { en: 'Ask the supervisor.', km: 'សូមសួរអ្នកគ្រប់គ្រង។' },
} as const;

/** One hard rule that a family does not meet for a child. */
export interface Failure {
  readonly code: RuleCode;
  readonly confidential: boolean;
  readonly details: RefusalDetails;
}

/** Every hard rule that this family fails for this child; none means that it may be chosen. */
export function unsuitable(child: ChildFacts, family: FamilyFacts, start: Start, limits: Limits): Failure[] {
  return RULES.flatMap((one: Rule<RuleCode>) => {
    if (start.emergency && one.waivedInEmergency === true) return [];
    const details = one.broken(child, family, start, limits);
    return details === undefined ? [] : [{ code: one.code, confidential: one.confidential === true, details }];
  });
}

/** The codes as somebody may read them: a confidential one only by who is named on it. */
export function shownCodes(failures: readonly Failure[], mayKnow: boolean): (RuleCode | 'ASK_SUPERVISOR')[] {
  return [...new Set(failures.map(({ code, confidential }) => (confidential && !mayKnow ? ('ASK_SUPERVISOR' as const) : code)))];
}

/** Recorded breaches as somebody may read them. */
export function shownBreaches(codes: readonly string[], mayKnow: boolean): string[] {
  const confidential = new Set<string>(RULES.flatMap((one: Rule<RuleCode>) => (one.confidential === true ? [one.code] : [])));
  return [...new Set(codes.map((code) => (confidential.has(code) && !mayKnow ? ASK_SUPERVISOR.code : code)))];
}

/** Are two areas within one commune, or one inside the other? */
function sameCommune(risk: string, commune: string): boolean {
  const near = risk.slice(0, 6);
  return commune.startsWith(near) || near.startsWith(commune);
}

function standing(family: FamilyFacts, code: Standing['code'], on: CivilDate): Standing[] {
  return family.standings.filter((one) => one.code === code && contains(one, on));
}

function has(family: FamilyFacts, code: 'certificate' | 'check', adultId: string, on: CivilDate): boolean {
  return standing(family, code, on).some((one) => one.adultId === adultId);
}

function everHad(family: FamilyFacts, code: 'certificate' | 'check', adultId: string): boolean {
  return family.standings.some((one) => one.code === code && one.adultId === adultId);
}

/** Who else has a place from the start day on: neither the child herself nor what is held for this plan. */
function others(child: ChildFacts, family: FamilyFacts, start: Start): Occupant[] {
  return family.occupants.filter(
    ({ to, childId, occupantId }) => (to === null || to > start.on) && childId !== child.id && !start.ownHolds.includes(occupantId),
  );
}

/** The days from the start day on at which something begins or ends: between them nothing changes. */
function turningDays(start: Start, rows: readonly DayRange[]): CivilDate[] {
  const days = rows.flatMap(({ from, to }) => [from, to]).filter((day): day is CivilDate => day !== null && day > start.on);
  return [start.on, ...new Set(days)].sort();
}

/** The first day on which there are fewer free places than children who move together. */
function fullOn(child: ChildFacts, family: FamilyFacts, start: Start): CivilDate | undefined {
  const taken = others(child, family, start);
  return turningDays(start, [...family.places, ...taken]).find(
    (day) => family.places.filter((place) => contains(place, day)).length - taken.filter((one) => contains(one, day)).length < start.together,
  );
}

/** The first day on which the family would care for more placed children than it may. */
function overLimit(child: ChildFacts, family: FamilyFacts, start: Start, limits: Limits): RefusalDetails | undefined {
  const house = start.careKind === 'family_house';
  const placed = others(child, family, start);
  const oneGroup = !house && child.siblingGroupId !== null && placed.every(({ groupId }) => groupId === child.siblingGroupId);
  if (oneGroup) return undefined;
  const limit = house ? limits.familyHouseLimit : limits.fosterLimit;
  const small = youngestAge(child.birth, start.on) < 3;
  for (const day of turningDays(start, [...placed, ...family.places])) {
    const there = placed.filter((one) => contains(one, day));
    const exempt = family.places.filter((place) => place.exempt && contains(place, day)).length;
    const children = there.length + start.together;
    if (children > limit + exempt) return { children, limit: limit + exempt };
    const smallOnes = there.filter(({ underThree }) => underThree).length + 1;
    if (house && small && smallOnes > limits.familyHouseUnderThrees) return { children: smallOnes, limit: limits.familyHouseUnderThrees };
  }
  return undefined;
}

/** What of the child and the plan lies outside the terms. Without terms that is everything, which NOT_APPROVED says already. */
function outsideTerms(child: ChildFacts, family: FamilyFacts, start: Start, limits: Limits): RefusalDetails | undefined {
  const { terms } = family;
  if (terms === null) return undefined;
  const age = youngestAge(child.birth, start.on);
  const outside = [
    ...(age < terms.youngest || age > terms.oldest ? ['age'] : []),
    ...(terms.sexes.includes(child.sex) ? [] : ['sex']),
    ...(terms.careKinds.includes(start.careKind) || (start.emergency && start.careKind === 'foster' && terms.careKinds.includes('emergency')) || (start.respite === true && terms.careKinds.includes('respite')) ? [] : ['care_kind']),
    ...(child.needs.some(({ kind, level }) => level >= limits.needLevelInTerms && !terms.needs.includes(kind)) ? ['needs'] : []),
  ];
  return outside.length === 0 ? undefined : { terms: outside };
}
