import { addDays, addMonths, firstOfMonth } from '../../../src/kernel/civil-date.js';
import type { CivilDate } from '../../../src/kernel/civil-date.js';
import { Person } from './client.js';

/** Who takes part, by the demonstration's sign-ins. */
export const CAST = {
  admin: 'demo-admin',
  worker: 'demo-worker',
  colleague: 'demo-colleague',
  elsewhere: 'demo-elsewhere',
  supervisor: 'demo-supervisor',
  ministry: 'demo-ministry',
  para: 'demo-para',
  trainer: 'demo-trainer',
  finance: 'demo-finance',
  approver: 'demo-approver',
  analyst: 'demo-analyst',
  auditor: 'demo-auditor',
} as const;

export type Role = keyof typeof CAST;

/** What a journey needs of the place where it runs. */
export interface Place {
  readonly address: string;
  readonly today: CivilDate;
  /** Runs `register areas load` on this text and gives its exit code and output. */
  loadAreas(csv: string): Promise<{ code: number; output: string }>;
  /** Writes a line for whoever watches. */
  tell(line: string): void;
}

/** What steps hand on to later steps. */
export interface Facts {
  campaignId: string;
  enquiryId: string;
  applicationId: string;
  familyId: string;
  carerId: string;
  otherId: string;
  institutionId: string;
  childId: string;
  otherChildId: string;
  nightChildId: string;
  listId: string;
  placementId: string;
  runId: string;
  visitId: string;
}

/** One child's way from an institution to a family, told step by step by a client of the register. */
export class Journey {
  readonly facts: Partial<Facts> = {};
  /** Exact counts before the move, by care kind. */
  before: Readonly<Record<string, number>> = {};
  readonly #people = new Map<Role, Person>();

  constructor(
    readonly place: Place,
    private readonly password: string,
  ) {}

  /** The person in this role, signed in when first needed. */
  async as(role: Role): Promise<Person> {
    const known = this.#people.get(role);
    if (known !== undefined) return known;
    const person = await Person.signIn(this.place.address, role, CAST[role], this.password);
    this.#people.set(role, person);
    return person;
  }

  /** A fact of an earlier step. */
  fact<K extends keyof Facts>(name: K): Facts[K] {
    const value = this.facts[name];
    if (value === undefined) throw new Error(`No earlier step has given ${name}.`);
    return value as Facts[K];
  }

  /** The n-th day of last month: everything happened by the 8th, so that the tour works on any day. */
  day(n: number): CivilDate {
    return addDays(addMonths(firstOfMonth(this.place.today), -1), n - 1);
  }

  yearsAfter(day: CivilDate, years: number): CivilDate {
    return addMonths(day, 12 * years);
  }

  step(number: number, title: string): void {
    this.place.tell(`\n${number}. ${title}`);
  }

  tell(line: string): void {
    this.place.tell(`   ${line}`);
  }

  /** Checks what came back; a journey that is not what it should be ends here. */
  expect(holds: boolean, what: string): void {
    if (!holds) throw new Error(`Not as it should be: ${what}`);
  }

  /** One call that must fail: says how it did. */
  fails(what: string, refusal: { code: string; message: string }, code: string): void {
    if (refusal.code !== code) throw new Error(`${what}: expected ${code}, was ${refusal.code} (${refusal.message})`);
    this.tell(`no: ${what} -> ${refusal.code}: ${refusal.message}`);
  }
}

