import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Problem } from '../platform/errors.js';
import { MOST_BYTES } from './document.domain.js';

/** Bytes of documents on their way in or out of one process, before or after they are whole. */
const MOST_UNDER_WAY = 64_000_000;
/** Documents of one account in a minute, good ones and refused ones. */
const PER_MINUTE = 30;
const MINUTE = 60_000;

/** "Come again": the same for a full process and a hasty account. */
export function tryLater(seconds: number): Problem {
  return new Problem('TOO_EXPENSIVE', 'documents.TRY_LATER', { retryAfter: seconds });
}

/**
 * Who may send or fetch a document now. What is at stake is this process's memory and time, so each process counts for
 * itself; what an account may leave lying about is counted in the database.
 */
@Injectable()
export class Admission {
  #underWay = 0;
  #minute = 0;
  readonly #counted = new Map<string, number>();

  constructor(@Inject(Clock) private readonly clock: Clock) {}

  /** Lets a document of at most so many bytes in or out; what it gives back says that it is through. */
  admit(account: string, announced: number): () => void {
    const minute = Math.floor(this.clock.now().getTime() / MINUTE);
    if (minute !== this.#minute) this.#counted.clear();
    this.#minute = minute;
    const count = (this.#counted.get(account) ?? 0) + 1;
    if (count > PER_MINUTE) throw tryLater(60);
    // Who does not say how much she sends may send the most.
    const bytes = Number.isInteger(announced) && announced > 0 ? Math.min(announced, MOST_BYTES) : MOST_BYTES;
    if (this.#underWay + bytes > MOST_UNDER_WAY) throw tryLater(10);
    this.#counted.set(account, count);
    this.#underWay += bytes;
    let through = false;
    return () => {
      if (!through) this.#underWay -= bytes;
      through = true;
    };
  }
}
