import type { BirthDate } from '../../kernel/age.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import type { EndReason } from '../../placements/placement.domain.js';
import type { EpisodeKind } from '../../placements/timeline.domain.js';
import type { FamilyName } from '../names.js';
import type { DemoFamily, DemoInstitution } from '../world.js';

/** Children who came into care together, usually brothers and sisters. */
export interface Household {
  readonly institution: DemoInstitution;
  readonly family: FamilyName;
  /** Where they come from: a village. */
  readonly homeArea: string;
  readonly mainReason: string;
  readonly reasons: readonly string[];
  readonly parents: 'both' | 'mother' | 'father' | 'none' | 'unknown';
  readonly languages: readonly string[];
  readonly religion: string | null;
  readonly children: readonly Child[];
}

export type CareKind = 'foster' | 'kinship' | 'family_house';

/** A stay with one family, from its plan to its end. */
export interface Placement {
  readonly id: string;
  readonly family: DemoFamily;
  readonly careKind: CareKind;
  readonly startsOn: CivilDate;
  readonly endedOn: CivilDate | null;
  readonly endReason: EndReason | null;
  /** How it came about: planned and approved, begun in an emergency, or recorded when it had happened. */
  readonly how: 'planned' | 'emergency' | 'fact';
}

/** One stretch of a child's life in one place, as the register says it today. */
export interface Stay {
  readonly id: string;
  readonly kind: EpisodeKind;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly institution: DemoInstitution | null;
  readonly placement: Placement | null;
  readonly precision: 'day' | 'month' | 'year' | 'estimated';
  readonly basis: 'recorded' | 'told_by_institution' | 'correction';
  /** The day on which its beginning was written down. */
  readonly recordedOn: CivilDate;
  /** Why the care period ends where she goes home or lives alone. */
  readonly why: 'returned_home' | 'adopted' | 'leaving_care' | null;
}

/** A child before anything has happened to her. */
export interface Child {
  readonly index: number;
  readonly id: string;
  readonly number: number;
  readonly sex: 'female' | 'male';
  readonly birth: BirthDate;
  readonly birthBasis: string;
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly enteredOn: CivilDate;
  /** The day of first registration. */
  readonly registeredOn: CivilDate;
}

/** The day of a move that was written down wrongly, and put right later. */
export interface Correction {
  readonly stayId: string;
  /** The day that was written at first. */
  readonly was: CivilDate;
  readonly correctedOn: CivilDate;
}

/** What happened to a child until yesterday. */
export interface Life {
  readonly child: Child;
  readonly household: Household;
  /** In order, without a gap from entry to death or today. */
  readonly stays: readonly Stay[];
  readonly placements: readonly Placement[];
  readonly diedOn: CivilDate | null;
  readonly correction: Correction | null;
}
