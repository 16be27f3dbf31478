/** How often the queue looks, and how long it is patient. Tests take shorter times. */
export interface QueueSettings {
  /** Milliseconds between two looks at the outbox; one look is an empty read of a partial index. */
  readonly pollMs: number;
  /** Milliseconds between two sweeps, and after which a relayed event without a receipt counts as lost. */
  readonly sweepMs: number;
  /** Milliseconds a job stays a dead worker's before another takes it. */
  readonly lockMs: number;
  /** Jobs at once in one process. */
  readonly concurrency: number;
  /** Tries of a job, and the pause before the second; each further pause is twice as long. */
  readonly attempts: number;
  readonly backoffMs: number;
  /** Milliseconds running jobs get to finish when the process is asked to end. */
  readonly graceMs: number;
}

export const QUEUE_SETTINGS = Symbol('queue settings');

export const USUAL: QueueSettings = {
  pollMs: 250,
  sweepMs: 30_000,
  // A job is one transaction of at most 8 s a statement, and its lock is renewed at half of this.
  lockMs: 15_000,
  concurrency: 4,
  attempts: 8,
  backoffMs: 1_000,
  // The launcher kills after 10 s; the connections need a moment too.
  graceMs: 8_000,
};
