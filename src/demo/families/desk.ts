import { contains } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import type { Role } from '../../platform/auth/roles.js';
import type { Stream } from '../random.js';
import type { DemoLand, DemoPosting } from '../world.js';

/** The colleagues who deal with one household: the same ones as long as they are posted. */
export class Desk {
  #worker: DemoPosting | undefined;

  constructor(
    private readonly land: DemoLand,
    readonly officeId: string,
    private readonly random: Stream,
    /** Whose it is where she is posted there: the known people have something to do. */
    private readonly preferred?: string,
  ) {}

  /** Her social worker on a day. */
  worker(day: CivilDate): DemoPosting {
    if (this.#worker === undefined || !contains(this.#worker, day)) this.#worker = this.#one('social_worker', day);
    return this.#worker;
  }

  /** Another social worker takes over. */
  handOver(day: CivilDate): DemoPosting {
    this.#worker = this.land.roster.one('social_worker', this.officeId, day, this.random, this.#worker === undefined ? [] : [this.#worker.accountId]);
    return this.#worker;
  }

  /** A supervisor who answers for the office. */
  supervisor(day: CivilDate): DemoPosting {
    return this.#one('supervisor', day);
  }

  /** A supervisor who talks with the household, drawn from a stream of its own. */
  talker(day: CivilDate, random: Stream): DemoPosting {
    return this.land.roster.one('supervisor', this.officeId, day, random);
  }

  /** Three who hear an application: her worker, a supervisor, and somebody of the ministry's or the province's. */
  panel(day: CivilDate): readonly [DemoPosting, DemoPosting, DemoPosting] {
    const worker = this.worker(day);
    const supervisor = this.supervisor(day);
    const province = this.land.places.provinceOffice(this.officeId);
    const outside = [...this.land.roster.serving('social_worker', province, day), ...this.land.roster.serving('supervisor', this.land.places.officeFor('').id, day)];
    const third = outside.find(({ accountId }) => accountId !== worker.accountId && accountId !== supervisor.accountId);
    if (third === undefined) throw new Error(`Nobody can be the third of a panel on ${day}.`);
    return [worker, supervisor, third];
  }

  #one(role: Role, day: CivilDate): DemoPosting {
    const known = role === 'social_worker' ? this.land.roster.posted(role, this.officeId, day).find(({ accountId }) => accountId === this.preferred) : undefined;
    return known ?? this.land.roster.one(role, this.officeId, day, this.random);
  }
}
