/** Where progress is shown: standard output, or a stand-in of a test. */
export interface Shown {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 30;

/** Shows how far a piece of work has come: a bar that grows in place on a terminal, elsewhere a plain line for each quarter. */
export function progressOn(output: Shown, what: string): { tell(done: number, of: number): void; end(): void } {
  let quarter = -1;
  let drawn = false;
  const bar = (done: number, of: number): void => {
    const filled = Math.round((WIDTH * done) / of);
    output.write(`\r[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${Math.floor((100 * done) / of)} %  ${done} of ${of} ${what}`);
    drawn = true;
  };
  const line = (done: number, of: number): void => {
    const now = Math.floor((4 * done) / of);
    // A transaction that is run again begins again.
    if (now === quarter) return;
    quarter = now;
    output.write(`${done} of ${of} ${what}\n`);
  };
  return {
    tell: (done, of) => {
      if (of > 0) (output.isTTY === true ? bar : line)(done, of);
    },
    end: () => {
      if (drawn) output.write('\n');
    },
  };
}
