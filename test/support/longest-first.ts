import { statSync } from 'node:fs';

interface Test {
  readonly path: string;
}

/** The files that take longest, most of it waiting: begun last, one of them would be waited for alone. */
const LONG = ['faults/deployment', 'faults/queue.', 'faults/restore', 'api/walker', 'faults/launcher', 'journeys/', 'api/staff-sessions', 'faults/stand-by', 'faults/queue-cluster'];

/** The order of the files where Jest has no memory of earlier runs, as in a new clone: the long ones, then the large ones. */
export default class LongestFirst {
  sort(tests: readonly Test[]): Test[] {
    const rank = ({ path }: Test): number => {
      const at = LONG.findIndex((name) => path.includes(name));
      return at < 0 ? LONG.length : at;
    };
    const size = new Map(tests.map((test) => [test, statSync(test.path).size]));
    return tests.toSorted((a, b) => rank(a) - rank(b) || (size.get(b) ?? 0) - (size.get(a) ?? 0));
  }

  /** Nothing is remembered, so where only failed tests are to run again, all do. */
  allFailedTests(tests: readonly Test[]): readonly Test[] {
    return tests;
  }

  /** The order is the same every time. */
  cacheResults(): void {}
}
