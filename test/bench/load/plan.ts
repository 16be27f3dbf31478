import type { Someone, World } from './operations.js';

/** What a driver is told, in a file: it runs as a process of its own. */
export interface Plan {
  readonly port: number;
  readonly seed: number;
  readonly today: string;
  /** Begins every key of this run. */
  readonly run: string;
  /** Operations a second. */
  readonly rate: number;
  readonly seconds: number;
  /** Seconds before, at a growing rate; nobody sees their figures. */
  readonly warmUp: number;
  /** Only operations whose class or name begins so. */
  readonly only: string | undefined;
  readonly people: readonly Someone[];
  readonly world: World;
  /** Where it writes its journal and what came of it. */
  readonly journal: string;
  readonly results: string;
}

/** What became of one operation. */
export interface Outcome {
  readonly name: string;
  readonly class: string;
  readonly latencies: readonly number[];
  /** By code, how often it went wrong. */
  readonly errors: Readonly<Record<string, number>>;
  /** Refusals that may happen. */
  readonly refused: number;
  /** Pages without a row. */
  readonly empty: number;
  readonly bytes: number;
}

/** What a driver brings back. */
export interface Results {
  readonly outcomes: readonly Outcome[];
  /** Operations of the mix that nobody could ask, because there is nothing of the kind. */
  readonly unasked: readonly string[];
  /** p95 of everything, minute by minute. */
  readonly minutes: readonly number[];
  readonly seconds: number;
  /** Requests under way at one moment, at most. */
  readonly inFlight: number;
  /** The latest that a request was sent after it was due, and the 99th of a hundred, in milliseconds: the driver's own fault. */
  readonly late: { readonly p99: number; readonly max: number };
  /** Seconds of processor time that the driver itself used. */
  readonly cpu: number;
}
