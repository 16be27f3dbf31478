import { stream } from '../../../src/demo/random.js';
import type { Stream } from '../../../src/demo/random.js';
import { addDays } from '../../../src/kernel/civil-date.js';
import type { CivilDate } from '../../../src/kernel/civil-date.js';
import type { Asking, Operation, Someone, Thing, Variables, World } from './operations.js';

/** A question made up: who asks, and with what. */
export interface Question {
  readonly who: Someone;
  readonly variables: Variables;
  readonly key: string;
  /** Where the next page of this list is remembered. */
  readonly list?: string;
}

/** Where somebody has read to. */
interface Bookmark {
  readonly who: Someone;
  readonly variables: Variables;
  readonly after: string;
}

/** How many of those who may ask are tried before an operation is given up. */
const TRIES = 30;
/** So many ends of pages are remembered of each list, for those who read on. */
const REMEMBERED = 50;

/** Makes up questions: the same seed and world, the same questions, as far as nobody waits for an answer. */
export class Asker {
  readonly #random: Stream;
  readonly #byRole = new Map<string, Someone[]>();
  readonly #pools = new Map<string, readonly Thing[]>();
  readonly #given = new Set<string>();
  readonly #pages = new Map<string, Bookmark[]>();
  readonly #walks = new Map<string, Bookmark>();
  #keys = 0;

  constructor(
    private readonly world: World,
    private readonly people: readonly Someone[],
    private readonly today: CivilDate,
    /** Begins every key of this run. */
    private readonly run: string,
    seed: number,
  ) {
    this.#random = stream(seed, 'load', 'questions');
    for (const one of people) this.#byRole.set(one.role, [...(this.#byRole.get(one.role) ?? []), one]);
  }

  /** A question of this kind by somebody who may ask it; undefined where nobody has anything to ask for. */
  question(operation: Operation): Question | undefined {
    const people = operation.roles.flatMap((role) => this.#byRole.get(role) ?? []);
    if (people.length === 0) return undefined;
    const on = this.#readsOn(operation);
    if (on !== undefined) return on;
    for (let tried = 0; tried < TRIES; tried++) {
      const who = this.#random.pick(people);
      const key = `${this.run}-${++this.#keys}`;
      const variables = operation.variables(this.#asking(who, key));
      if (variables === undefined) continue;
      if (operation.pages === undefined) return { who, key, variables };
      return { who, key, variables: { ...variables, first: this.#random.pick(operation.pages.sizes) }, list: listOf(operation) };
    }
    return undefined;
  }

  /** What the end of a page says, for whoever reads on. */
  pageEnd(operation: Operation, { who, list, variables: asked }: Question, after: string | null): void {
    if (list === undefined) return;
    const { after: _before, ...variables } = asked;
    if (operation.pages?.how === 'all') {
      if (after === null) this.#walks.delete(list);
      else this.#walks.set(list, { who, variables, after });
      return;
    }
    if (after === null) return;
    const known = this.#pages.get(list) ?? [];
    known.push({ who, variables, after });
    if (known.length > REMEMBERED) known.shift();
    this.#pages.set(list, known);
  }

  /** The page after one that was read before. */
  #readsOn({ pages, ...operation }: Operation): Question | undefined {
    if (pages === undefined || pages.how === 'first') return undefined;
    const list = listOf({ pages, ...operation });
    const ends = this.#pages.get(list) ?? [];
    const known = pages.how === 'all' ? this.#walks.get(list) : ends.length > 0 ? this.#random.pick(ends) : undefined;
    return known && { who: known.who, key: '', list, variables: { ...known.variables, after: known.after, first: this.#random.pick(pages.sizes) } };
  }

  #asking(who: Someone, key: string): Asking {
    return {
      who, key, today: this.today,
      some: (kind) => {
        const pool = this.#pool(who, kind);
        return pool.length === 0 ? undefined : this.#random.pick(pool);
      },
      once: (kind) => this.#once(who, kind),
      pick: (list) => this.#random.pick(list),
      day: (days) => addDays(this.today, days),
    };
  }

  #once(who: Someone, kind: string): Thing | undefined {
    const pool = this.#pool(who, kind);
    const from = pool.length === 0 ? 0 : this.#random.below(pool.length);
    for (let at = 0; at < Math.min(pool.length, 200); at++) {
      const one = pool[(from + at) % pool.length];
      if (one === undefined || this.#given.has(`${kind} ${one.id}`)) continue;
      this.#given.add(`${kind} ${one.id}`);
      return one;
    }
    return undefined;
  }

  #pool(who: Someone, kind: string): readonly Thing[] {
    const key = `${who.token} ${kind}`;
    let pool = this.#pools.get(key);
    if (pool === undefined) {
      const places = this.world[kind] ?? {};
      pool = who.places.flatMap((place) => places[place] ?? []);
      this.#pools.set(key, pool);
    }
    return pool;
  }
}

/** Pages of one document follow one another, whoever sends it under which name; a whole list is gone through by itself. */
const listOf = ({ pages, name, document }: Operation): string => (pages?.how === 'all' ? name : document);
