import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import type { Role } from '../platform/auth/roles.js';
import type { Roster } from './roster.js';

/** An area of the country, as the register has it. */
export interface DemoArea {
  readonly code: string;
  readonly nameKm: string;
  readonly nameLatin: string;
  /** 'Quarter' is a town's commune. */
  readonly type: string;
}

/** An office: '' is the area of the ministry's. */
export interface DemoOffice {
  readonly id: string;
  readonly kind: 'ministry' | 'province' | 'district';
  readonly areaCode: string;
}

/** One posting of somebody, as staff.postings has it. */
export interface DemoPosting extends DayRange {
  readonly id: string;
  readonly accountId: string;
  /** In Latin letters. */
  readonly name: string;
  readonly role: Role;
  readonly officeId: string | null;
  readonly institutionId: string | null;
}

/** A residential institution. */
export interface DemoInstitution {
  readonly id: string;
  readonly kind: 'temporary_centre' | 'protection_centre' | 'pagoda' | 'boarding' | 'group_home';
  /** Its commune. */
  readonly areaCode: string;
  readonly officeId: string;
  readonly capacity: number;
  /** How many of the country's children came into care here; a part of them has left since. Never above the capacity. */
  readonly children: number;
  /** The day on which the register learned of it: children lived there before. */
  readonly registeredOn: CivilDate;
}

/** An adult of a family. */
export interface DemoAdult extends DayRange {
  readonly id: string;
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly sex: 'female' | 'male';
  readonly birthDate: CivilDate;
  readonly birthPrecision: 'day' | 'month' | 'year' | 'estimated';
  readonly carer: boolean;
}

/** What a family is approved for; one after the other, without a gap where it was reviewed in time. */
export interface DemoApproval extends DayRange {
  readonly places: number;
  readonly youngest: number;
  readonly oldest: number;
  readonly sexes: readonly ('female' | 'male')[];
  readonly needs: readonly string[];
  readonly careKinds: readonly string[];
}

/** A family that was approved at least once. What still applies is written by part A and no business of children. */
export interface DemoFamily {
  readonly id: string;
  readonly kind: 'foster' | 'kinship' | 'family_house';
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly phone: string | null;
  /** Its village. */
  readonly areaCode: string;
  readonly officeId: string;
  readonly languages: readonly string[];
  readonly adults: readonly DemoAdult[];
  /** Slots 1..places of carers.family_places are there from the first approval's day on, at least until `closedOn`. */
  readonly approvals: readonly DemoApproval[];
  /** No child is placed on these days. */
  readonly suspended: readonly DayRange[];
  /** Days on which every certificate and check holds: a placement starts on such a day. */
  readonly ready: readonly DayRange[];
  /** Nobody lives here from this day on: every placement ended before. */
  readonly closedOn: CivilDate | null;
  /** The social worker who did its home study: she does not supervise it, she visits. */
  readonly workerId: string;
  /** The day on which it moves to another office: no child was ever placed in it. */
  readonly movesOn?: CivilDate;
  /** Every place of it is taken today by somebody who has come from the House of the Lotus. */
  readonly full?: true;
}

/** The country before anybody lives in it: areas, offices, colleagues, institutions. */
export interface DemoLand {
  readonly seed: number;
  /** 1 is the size of Cambodia. */
  readonly scale: number;
  readonly today: CivilDate;
  /** The day on which the register began in the offices. Nobody was posted in it before, nothing written. */
  readonly rolledOut: CivilDate;
  /** The first day of the two years that have a history, some weeks after. */
  readonly began: CivilDate;
  readonly places: Places;
  readonly roster: Roster;
  readonly holidays: ReadonlySet<string>;
  readonly institutions: readonly DemoInstitution[];
  /** Accounts of the known people by their logins: `demo-worker`. */
  readonly known: ReadonlyMap<string, string>;
}

/** The country that is being invented. */
export interface DemoCountry extends DemoLand {
  /** Every family that was ever approved. */
  readonly families: readonly DemoFamily[];
}

/** Areas and offices by their codes. */
export class Places {
  readonly #byParent = new Map<string, DemoArea[]>();
  readonly #areas = new Map<string, DemoArea>();
  readonly #within = new Map<string, readonly DemoArea[]>();
  readonly #offices = new Map<string, DemoOffice>();
  readonly #areaOfOffice = new Map<string, string>();

  constructor(areas: readonly DemoArea[], offices: readonly DemoOffice[]) {
    for (const area of [...areas].sort((a, b) => (a.code < b.code ? -1 : 1))) {
      const parent = area.code.slice(0, -2);
      this.#areas.set(area.code, area);
      this.#byParent.set(parent, [...(this.#byParent.get(parent) ?? []), area]);
    }
    for (const office of offices) {
      this.#offices.set(office.areaCode, office);
      this.#areaOfOffice.set(office.id, office.areaCode);
    }
  }

  /** The areas directly below one; '' gives the provinces. */
  below(code: string): readonly DemoArea[] {
    return this.#byParent.get(code) ?? [];
  }

  /** The area with this code. */
  area(code: string): DemoArea {
    const area = this.#areas.get(code);
    if (area === undefined) throw new Error(`There is no area ${code}.`);
    return area;
  }

  /** Every area of a level below one: villages of a district by `within('0203', 8)`. */
  within(code: string, digits: number): readonly DemoArea[] {
    if (code.length >= digits) return [this.area(code)];
    // Asked for every child: worked out once.
    const key = `${code} ${digits}`;
    const known = this.#within.get(key) ?? this.below(code).flatMap((area) => this.within(area.code, digits));
    this.#within.set(key, known);
    return known;
  }

  /** The office that answers for an area: its district's, else its province's, else the ministry's. */
  officeFor(code: string): DemoOffice {
    for (const length of [4, 2, 0]) {
      const office = code.length >= length ? this.#offices.get(code.slice(0, length)) : undefined;
      if (office !== undefined) return office;
    }
    throw new Error('There is no ministry.');
  }

  /** The area an office answers for. */
  areaOf(officeId: string): string {
    const area = this.#areaOfOffice.get(officeId);
    if (area === undefined) throw new Error(`There is no office ${officeId}.`);
    return area;
  }

  /** The office of the province in which an office is; the ministry's is its own. */
  provinceOffice(officeId: string): string {
    return this.officeFor(this.areaOf(officeId).slice(0, 2)).id;
  }

  /** Every office. */
  offices(): readonly DemoOffice[] {
    return [...this.#offices.values()].sort((a, b) => (a.areaCode < b.areaCode ? -1 : 1));
  }

  /** Provinces in which somebody can live: those with villages. */
  provinces(): readonly DemoArea[] {
    return this.below('').filter(({ code }) => this.within(code, 8).length > 0);
  }
}
