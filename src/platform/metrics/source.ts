import type { Reading } from './metrics.js';

/** Several who ask within so many milliseconds get one reading. */
const KEPT = 5_000;
/** Who asks is answered without this source when it takes longer. */
const PATIENCE = 1_000;

/** A source of numbers outside of the process: read when asked for, by one at a time, and never waited for long. */
export class Source {
  #reading: Promise<readonly Reading[] | undefined> | undefined;
  #kept: { readonly readings: readonly Reading[]; readonly until: number } | undefined;

  constructor(readonly name: string, private readonly ask: () => Promise<readonly Reading[]>, private readonly complain: (error: unknown) => void) {}

  /** Its numbers; undefined when it failed or was late, rather than old ones. */
  async read(): Promise<readonly Reading[] | undefined> {
    if (this.#kept !== undefined && performance.now() < this.#kept.until) return this.#kept.readings;
    this.#reading ??= this.#ask();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((give) => {
      timer = setTimeout(() => give(undefined), PATIENCE);
    });
    try {
      return await Promise.race([this.#reading, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #ask(): Promise<readonly Reading[] | undefined> {
    try {
      const readings = await this.ask();
      this.#kept = { readings, until: performance.now() + KEPT };
      return readings;
    } catch (error) {
      this.complain(error);
      return undefined;
    } finally {
      this.#reading = undefined;
    }
  }
}
