import type { Op } from '../../platform/database/op.js';
import type { Chronicle } from '../chronicle.js';
import type { Sheets } from '../copy.js';
import type { DemoCountry, DemoInstitution } from '../world.js';
import { Course } from './course.js';
import { Files } from './files.js';
import { Gatekeepings } from './gatekeeping.js';
import { Homes } from './homes.js';
import { householdsOf } from './households.js';
import type { Life } from './life.js';
import { Matchmaking } from './matchmaking.js';
import type { MatchRules } from './matchmaking.js';
import { Money } from './money.js';
import type { Treasury } from './money.js';
import { Pen } from './pen.js';
import { Placing } from './placing.js';
import { Plans } from './plans.js';
import { Relations } from './relations.js';
import { Timelines } from './timelines.js';
import { Visiting } from './visiting.js';

/** About so many children are gathered before their rows are written: memory stays flat however large the country is. */
const CHILDREN_AT_ONCE = 600;

/** What the loader hands over beside the country. */
export interface Surroundings {
  /** The first number that no child has. */
  readonly firstNumber: number;
  /** The setting casework.visit_months. */
  readonly visitMonths: readonly number[];
  readonly treasury: Treasury;
  readonly matching: MatchRules;
}

/**
 * The children of the country. `batches` gives groups of institutions; `gather` puts everything about their children into
 * the sheets, which the loader then flushes, batch after batch and in this order.
 */
export class Childhoods {
  readonly #course: Course;
  readonly #files: Files;
  readonly #relations: Relations;
  readonly #timelines: Timelines;
  readonly #gatekeepings: Gatekeepings;
  readonly #placing: Placing;
  readonly #visiting: Visiting;
  readonly #money: Money;
  readonly #plans: Plans;
  readonly #pen: Pen;
  #number: number;
  #children = 0;

  constructor(
    private readonly country: DemoCountry,
    sheets: Sheets,
    chronicle: Chronicle,
    { firstNumber, visitMonths, treasury, matching }: Surroundings,
  ) {
    const pen = new Pen(country, sheets, chronicle);
    const homes = new Homes(country);
    this.#pen = pen;
    this.#number = firstNumber;
    this.#course = new Course(country, homes);
    this.#placing = new Placing(pen, homes);
    this.#visiting = new Visiting(pen, visitMonths);
    this.#money = new Money(pen, treasury);
    this.#plans = new Plans(pen, homes, new Matchmaking(pen, homes, matching), this.#placing);
    this.#files = new Files(pen);
    this.#relations = new Relations(pen);
    this.#timelines = new Timelines(pen);
    this.#gatekeepings = new Gatekeepings(pen);
  }

  /** The institutions in batches of some hundred children. */
  *batches(): Generator<readonly DemoInstitution[]> {
    let batch: DemoInstitution[] = [];
    let children = 0;
    for (const institution of this.country.institutions) {
      batch.push(institution);
      children += institution.children;
      if (children < CHILDREN_AT_ONCE) continue;
      yield batch;
      batch = [];
      children = 0;
    }
    if (batch.length > 0) yield batch;
  }

  /** Gathers everything about the children who came into care in these institutions. Says how many they are. */
  gather(batch: readonly DemoInstitution[]): number {
    const before = this.#children;
    for (const institution of batch) {
      for (const household of householdsOf(this.country, institution, () => this.#number++)) this.#together(this.#course.livesOf(household));
    }
    return this.#children - before;
  }

  /** What is done when the last rows are written: runs are approved, numbers go on after the last child's. */
  async finish(op: Op): Promise<void> {
    await this.#money.runs.approve(op);
    await op.tx.run(`select setval('children.child_numbers', $1::int, false)`, [this.#number]);
  }

  /** The number that the next child gets. */
  get nextNumber(): number {
    return this.#number;
  }

  #together(lives: readonly Life[]): void {
    for (const life of lives) this.#one(life);
    this.#relations.siblings(lives);
    this.#children += lives.length;
  }

  #one(life: Life): void {
    const offices = this.#pen.officesOf(life);
    const periods = this.#timelines.write(life, offices);
    const described = this.#files.write(life, offices, periods);
    const relatives = this.#relations.relatives(life);
    const decision = this.#gatekeepings.write(life, periods, relatives);
    for (const visited of this.#placing.write(life, offices, relatives, decision)) this.#visiting.write(visited);
    this.#plans.consider({ life, described, officeId: offices.at(-1) ?? '', relatives, decision });
    this.#money.write(life, offices, described);
  }
}
