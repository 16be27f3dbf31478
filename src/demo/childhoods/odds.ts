/**
 * How often things happen in the demonstration. Every figure here is invented: none was taken from a register, a census or
 * a study, and none may be quoted. They are only meant to be plausible beside one another.
 */

/** Weights of a choice. */
export type Weights<T> = readonly (readonly [value: T, weight: number])[];

/** How many children come together. */
export const GROUP_SIZES: Weights<number> = [[1, 62], [2, 22], [3, 11], [4, 4], [5, 1]];

/** This share came while the register was kept; the others lived there when it began. */
export const CAME_SINCE = 0.22;

/** Age bands of children in care when the register began, and at entry of those who came since. */
export const AGES_THEN: Weights<readonly [from: number, to: number]> = [[[0.3, 3], 3], [[3, 6], 10], [[6, 12], 41], [[12, 15], 29], [[15, 17.9], 17]];
export const AGES_AT_ENTRY: Weights<readonly [from: number, to: number]> = [[[0.05, 1], 5], [[1, 3], 6], [[3, 6], 15], [[6, 12], 47], [[12, 15], 22], [[15, 16.8], 5]];

/** Years for which those who were there had been there: the mean of an exponential. */
export const YEARS_BEFORE = 3.4;

/** How well a birth date is known, and from what. */
export const PRECISIONS: Weights<'day' | 'month' | 'year' | 'estimated'> = [['day', 56], ['month', 7], ['year', 22], ['estimated', 15]];
export const BASES: Readonly<Record<'day' | 'month' | 'year' | 'estimated', Weights<string>>> = {
  day: [['birth_certificate', 62], ['family_book', 28], ['other_document', 10]],
  month: [['other_document', 30], ['told_by_family', 70]],
  year: [['told_by_family', 60], ['told_by_others', 30], ['told_by_child', 10]],
  estimated: [['estimated', 100]],
};

/** The main reason for entry, by whether the child was a small one. */
export const REASONS: Weights<string> = [
  ['basic_needs', 30], ['schooling', 24], ['parents_migration', 13], ['orphan', 8], ['abandoned', 5], ['abuse', 4.5], ['disability', 4], ['hiv_affected', 3], ['street', 2.5],
  ['exploitation', 1.5], ['prison', 1.5], ['trafficking', 1], ['drugs', 0.7], ['conflict_with_law', 0.3], ['other', 1],
];
export const REASONS_SMALL: Weights<string> = [['abandoned', 34], ['basic_needs', 22], ['orphan', 12], ['parents_migration', 12], ['disability', 8], ['hiv_affected', 5], ['abuse', 4], ['prison', 3]];
export const SECOND_REASONS: Weights<string> = [['basic_needs', 40], ['schooling', 30], ['parents_migration', 20], ['abuse', 5], ['other', 5]];

export const PARENTS: Weights<'both' | 'mother' | 'father' | 'none' | 'unknown'> = [['both', 44], ['mother', 27], ['father', 11], ['none', 9], ['unknown', 9]];
export const CIVIL_REGISTRATION: Weights<string> = [['registered', 71], ['in_progress', 12], ['refused', 1], ['unknown', 16]];

/** The same things a year, for a child of each place. One hundred years of childhood give that many. */
export type Risks = Readonly<Record<string, number>>;
export const IN_INSTITUTION = {
  /** What befalls all who came together. */
  together: { home: 0.115, foster: 0.085, kinship: 0.07, family_house: 0.012, other_institution: 0.045 },
  /** What befalls one of them. */
  alone: { missing: 0.014, died: 0.0016, adopted: 0.003, unknown: 0.004 },
} as const;
export const IN_FAMILY = {
  together: { unplanned: 0.17, home: 0.1, moved: 0.05 },
  alone: { died: 0.001, adopted: 0.004 },
} as const;
/** Kin keep children for longer. */
export const KIN_UNPLANNED = 0.5;
export const AT_HOME = { back: 0.06 } as const;

/** Stretches inside a stay: share of years with one, and how many nights it has. */
export const HOSPITAL = { perYear: 0.035, nights: [3, 24] } as const;
export const RUNS_AWAY = { perYear: 0.015, nights: [1, 21] } as const;
/** How many nights somebody who left an institution without a word is gone; this share has not come back. */
export const MISSING = { nights: [2, 70], never: 0.2 } as const;

/** Why a stay in a family ends that was meant to last. */
export const UNPLANNED: Weights<'carer_behaviour' | 'carer_illness' | 'carer_migration' | 'carer_support' | 'carer_other' | 'allegation' | 'standards' | 'approval_removed' | 'child_asked'> = [
  ['carer_behaviour', 30], ['carer_support', 17], ['carer_illness', 12], ['carer_migration', 10], ['carer_other', 8], ['child_asked', 12], ['allegation', 5], ['standards', 4], ['approval_removed', 2],
];
/** Where she goes then. */
export const AFTER_UNPLANNED: Weights<'foster' | 'institution' | 'home'> = [['foster', 48], ['institution', 38], ['home', 14]];

/** At 18: this share leaves an institution within months, and a family at the birthday. */
export const LEAVES_AT_18 = { institution: 0.85, family: 0.5, within: 120 } as const;
export const LEAVES_FOR: Weights<'independent' | 'home'> = [['independent', 64], ['home', 36]];

/** The eldest of a group who is as old as this stays where she is, in this share of moves. */
export const STAYS_BEHIND = { age: 15, share: 0.2 } as const;
/** Placements that began in an emergency, or were recorded as a fact. */
export const EMERGENCY = 0.06;
export const FACT = 0.025;
/** Moves whose day was written down wrongly and put right a month later. */
export const CORRECTED = 0.03;
/** Moves that the register was told of so late that their first month was paid with the second. */
export const TOLD_LATE = 0.04;
/** Children whom another institution has registered before, spelt otherwise. */
export const REGISTERED_TWICE = 0.012;
/** A family of another district, of another province. */
export const ELSEWHERE = { district: 0.45, province: 0.1 } as const;

/** Of the children who wait for a foster family: somebody plans for them these days; a family has said no before. */
export const OPEN_PLANS = 0.09;
export const DECLINED_BEFORE = 0.08;

/** Gatekeeping: concluded of those who live there still, and which option then was chosen. */
export const CONCLUDED = 0.62;
export const CHOSEN: Weights<'birth_family' | 'kin' | 'foster' | 'residential'> = [['residential', 46], ['foster', 24], ['birth_family', 18], ['kin', 12]];
