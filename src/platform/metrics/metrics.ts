/** A pool of connections as it stands. */
export interface PoolState {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max: number };
}

/** One number read when somebody asks. Its labels are words of the program: never an id, a name, or what somebody typed. */
export interface Reading {
  readonly name: string;
  readonly help: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a process counts of itself. */
export abstract class Metrics {
  abstract requestBegan(): void;
  abstract requestEnded(operation: string, outcome: string, seconds: number): void;
  abstract jobEnded(job: string, outcome: 'done' | 'failed', seconds: number): void;
  /** A sign-in was told to wait, because of its account, its address, or codes that were guessed. */
  abstract signInThrottled(by: 'account' | 'address' | 'codes'): void;
  /** Watches a pool, told apart from others by its name. */
  abstract watchPool(name: string, pool: () => PoolState): void;
  /** Reads numbers from a source outside of the process, when somebody asks for them. */
  abstract readFrom(source: string, read: () => Promise<readonly Reading[]>): void;
  /** Serves what was counted. */
  abstract open(): Promise<void>;
  abstract close(): Promise<void>;
}

/** Where no port for metrics is set: nothing is loaded and nothing counted. */
export class SilentMetrics extends Metrics {
  requestBegan(): void {}
  requestEnded(): void {}
  jobEnded(): void {}
  signInThrottled(): void {}
  watchPool(): void {}
  readFrom(): void {}
  async open(): Promise<void> {}
  async close(): Promise<void> {}
}
