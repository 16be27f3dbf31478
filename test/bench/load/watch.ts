import { readFileSync, readdirSync } from 'node:fs';
import { cpuSeconds, residentMegabytes } from '../processes.js';
import { slopePerHour } from './figures.js';

/** A process, or PostgreSQL with all its sessions. */
export interface Watched {
  readonly name: string;
  readonly pid: number;
  readonly cluster?: true;
}

/** What a process used while it was looked at. */
export interface Usage {
  readonly name: string;
  readonly cpu: number;
  readonly start: number;
  readonly end: number;
  readonly most: number;
  /** Megabytes an hour, over the second half: what is filled at first is no leak. */
  readonly slope: number;
}

const EVERY = 5_000;

/** Looks at processes every few seconds, until it is asked what they used. */
export class Watch {
  readonly #points = new Map<string, { at: number; value: number }[]>();
  readonly #before: Map<string, number>;
  readonly #timer: NodeJS.Timeout;
  readonly #began = performance.now();

  constructor(private readonly watched: readonly Watched[]) {
    this.#before = new Map(watched.map((one) => [one.name, cpuOf(one)]));
    this.#look();
    this.#timer = setInterval(() => this.#look(), EVERY);
  }

  end(): Usage[] {
    clearInterval(this.#timer);
    this.#look();
    return this.watched.map((one) => {
      const points = this.#points.get(one.name) ?? [];
      const values = points.map(({ value }) => value);
      return {
        name: one.name, cpu: cpuOf(one) - (this.#before.get(one.name) ?? 0), start: values[0] ?? NaN, end: values.at(-1) ?? NaN, most: Math.max(...values),
        slope: slopePerHour(points.slice(Math.floor(points.length / 2))),
      };
    });
  }

  #look(): void {
    const at = (performance.now() - this.#began) / 1000;
    for (const one of this.watched) this.#points.set(one.name, [...(this.#points.get(one.name) ?? []), { at, value: memoryOf(one) }]);
  }
}

/** What V8 says of its full collections under `--trace-gc`: the megabytes that were still used after each, by seconds since the start. Resident memory also counts what has not been collected yet. */
export function heapAfterCollections(log: string): { readonly at: number; readonly value: number }[] {
  return [...log.matchAll(/ (\d+) ms: Mark-Compact[^\n]*? -> ([\d.]+) \([\d.]+\) MB/g)].map(([, ms, after]) => ({ at: Number(ms) / 1000, value: Number(after) }));
}

function cpuOf({ pid, cluster }: Watched): number {
  if (cluster === undefined) return cpuSeconds(pid);
  // Sessions that have ended are counted with their parent.
  const [own, ofChildren] = fieldsOf(pid);
  return own + ofChildren + childrenOf(pid).reduce((sum, child) => sum + (cpuSeconds(child) || 0), 0);
}

/** Shared buffers are counted once: by the share of each page that is a session's own. */
function memoryOf({ pid, cluster }: Watched): number {
  if (cluster === undefined) return residentMegabytes(pid);
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + proportional(one), 0);
}

function proportional(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;
}

function fieldsOf(pid: number): readonly [own: number, ofChildren: number] {
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
  const ticks = (at: number): number => Number(fields[at] ?? 0) / 100;
  return [ticks(11) + ticks(12), ticks(13) + ticks(14)];
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((one) => Number(read(`/proc/${one}/stat`).split(') ')[1]?.split(' ')[1] ?? 0) === pid);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
