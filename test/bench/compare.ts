import type { Lane, Reply } from './wire.js';
import { cpuSeconds, residentMegabytes } from './processes.js';

/** Somebody who answers the same questions. */
export interface Competitor {
  readonly name: string;
  /** What it leaves out; told under the table. */
  readonly note?: string;
  /** Compared for information only: that it fails is told, and no fault of ours. */
  readonly aside?: boolean;
  /** Its process, for memory and processor time. */
  readonly pid?: number;
  /** The database's processes that work for it. */
  backends?(): Promise<readonly number[]>;
  connect(): Promise<Lane>;
  /** What is wrong with the answer to the nth request; undefined when it is good. Looks at every answer. */
  check(n: number, reply: Reply): string | undefined;
}

export interface Rules {
  readonly connections: number;
  /** Seconds of one turn. */
  readonly seconds: number;
  readonly rounds: number;
  /** Seconds before the first round, whose figures nobody sees. */
  readonly warmUp: number;
}

/** What one competitor did in one turn. */
interface Turn {
  readonly perSecond: number;
  /** Milliseconds of processor time for one request: its own, and the database's. */
  readonly own: number;
  readonly database: number;
}

/** What one competitor did over all rounds. */
export interface Score {
  readonly name: string;
  readonly note: string | undefined;
  readonly aside: boolean;
  /** Why it is out; its figures are then those of nobody. */
  readonly failed: string | undefined;
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Against the first competitor: the median over rounds, and the least and the most of them. */
  readonly ratio: number;
  readonly least: number;
  readonly most: number;
  /** Milliseconds of processor time for one request: of its own process, and of the database's. */
  readonly own: number;
  readonly database: number;
  /** The same work against the first competitor's, by processor time: what a machine that does nothing else comes to. */
  readonly byCpu: number;
  readonly megabytes: number;
}

class Runner {
  readonly turns: Turn[] = [];
  readonly latencies: number[] = [];
  failed: string | undefined;
  #sent = 0;

  constructor(readonly competitor: Competitor) {}

  /** Sends from connections of its own until the time is over: a server may close those that idle. Figures of a warm-up are not kept. */
  async turn(connections: number, seconds: number, keep: boolean): Promise<void> {
    if (this.failed !== undefined) return;
    const took: number[] = [];
    const lanes: Lane[] = [];
    await this.#guarded(async () => {
      for (let i = 0; i < connections; i++) lanes.push(await this.competitor.connect());
    });
    const used = await this.#clocks();
    const start = performance.now();
    await this.#guarded(async () => {
      await Promise.all(lanes.map((lane) => this.#drive(lane, start + seconds * 1000, took)));
    });
    for (const lane of lanes) lane.close();
    if (!keep || this.failed !== undefined) return;
    const elapsed = (performance.now() - start) / 1000;
    const { own, database } = await used();
    this.turns.push({ perSecond: took.length / elapsed, own: (own * 1000) / took.length, database: (database * 1000) / took.length });
    for (const each of took) this.latencies.push(each);
  }

  /** Reads the clocks of its processes; what it gives reads them again and says what was used meanwhile. A backend that came later began at nothing. */
  async #clocks(): Promise<() => Promise<{ readonly own: number; readonly database: number }>> {
    const { pid, backends } = this.competitor;
    const ownBefore = cpuSeconds(pid);
    const before = new Map(((await backends?.()) ?? []).map((each) => [each, cpuSeconds(each)]));
    return async () => {
      const now = (await backends?.()) ?? [];
      const database = now.reduce((sum, each) => sum + cpuSeconds(each) - (before.get(each) ?? 0), 0);
      return { own: cpuSeconds(pid) - ownBefore, database: backends === undefined ? NaN : database };
    };
  }

  async #drive(lane: Lane, until: number, took: number[]): Promise<void> {
    for (let before = performance.now(); before < until && this.failed === undefined;) {
      const n = this.#sent++;
      const reply = await lane.send(n);
      const after = performance.now();
      took.push(after - before);
      before = after;
      this.failed ??= this.competitor.check(n, reply);
    }
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.failed ??= error instanceof Error ? error.message : String(error);
    }
  }
}

/**
 * Lets competitors answer in turns: a warm-up each, then rounds in which each has one turn, begun by another one every
 * time. Ratios are taken inside a round, where the machine was the same for all.
 */
export async function compare(competitors: readonly Competitor[], rules: Rules): Promise<Score[]> {
  const runners = competitors.map((competitor) => new Runner(competitor));
  for (const runner of runners) await runner.turn(rules.connections, rules.warmUp, false);
  for (let round = 0; round < rules.rounds; round++) {
    for (let at = 0; at < runners.length; at++) await runners[(round + at) % runners.length]?.turn(rules.connections, rules.seconds, true);
  }
  return runners.map((runner) => score(runner, runners[0]));
}

function score({ competitor, turns, latencies, failed }: Runner, first: Runner | undefined): Score {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  const ratios = first?.failed !== undefined ? [] : turns.map(({ perSecond }, round) => perSecond / (first?.turns[round]?.perSecond ?? NaN));
  const work = (of: readonly Turn[]): number => median(of.map(({ own, database }) => own + database));
  return {
    name: competitor.name,
    note: competitor.note,
    aside: competitor.aside ?? false,
    failed,
    requests: latencies.length,
    perSecond: median(turns.map(({ perSecond }) => perSecond)),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
    own: median(turns.map(({ own }) => own)),
    database: median(turns.map(({ database }) => database)),
    byCpu: work(first?.turns ?? []) / work(turns),
    megabytes: residentMegabytes(competitor.pid),
  };
}

/** The middle of some numbers; NaN of none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** The scores as a table, the notes below it. */
export function table(title: string, scores: readonly Score[]): string {
  const number = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '-');
  const rows = scores.map((each) =>
    each.failed !== undefined
      ? [each.name, `failed: ${each.failed}`]
      : [each.name, number(each.ratio, 3), `${number(each.least, 3)}-${number(each.most, 3)}`, number(each.perSecond, 0), number(each.p50, 1), number(each.p95, 1), number(each.p99, 1), number(each.own, 2), number(each.database, 2), number(each.byCpu, 2), number(each.megabytes, 0), String(each.requests)],
  );
  const head = ['', 'ratio', 'rounds', 'req/s', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms', 'DB CPU', 'by CPU', 'RSS MB', 'requests'];
  const widths = head.map((name, column) => Math.max(name.length, ...rows.filter((row) => row.length === head.length).map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string => row.map((cell, column) => (column === 0 ? cell.padEnd(Math.max(widths[0] ?? 0, ...scores.map(({ name }) => name.length))) : cell.padStart(row.length === head.length ? (widths[column] ?? 0) : 0))).join('  ');
  const notes = scores.flatMap(({ name, note }) => (note === undefined ? [] : [`  ${name}: ${note}`]));
  return [`\n${title}`, line(head), ...rows.map(line), ...notes].join('\n');
}

/** Did everybody who counts answer well? */
export function wentWell(scores: readonly Score[]): boolean {
  return scores.every(({ failed, aside }) => failed === undefined || aside);
}
