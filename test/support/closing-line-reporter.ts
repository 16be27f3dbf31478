/** What this reporter reads of Jest's result. */
interface RunResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly { readonly testResults: readonly { readonly status: string; readonly fullName: string }[] }[];
}

const NOT_RUN = new Set(['pending', 'todo', 'disabled']);

/** The last line of a run, alone: `N passed, N failed`; before it, by name, what was skipped. */
export default class ClosingLineReporter {
  private nothingRan = false;

  /** Names what was skipped, so that nobody takes a skipped proof for a passed one, and closes. */
  onRunComplete(_contexts: unknown, results: RunResult): void {
    const skipped = results.testResults.flatMap((file) => file.testResults.filter((test) => NOT_RUN.has(test.status)).map((test) => test.fullName));
    // A file that did not even load has no tests to count.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    this.nothingRan = results.numPassedTests + failed === 0;
    const line = `${results.numPassedTests} passed, ${failed} failed`;
    // Jest adds its own summary, and remarks about open handles, after every reporter: the exit comes last.
    process.once('exit', () => {
      for (const name of skipped) console.log(`skipped: ${name}`);
      console.log(line);
    });
  }

  /** Jest ends with an error where a reporter has one: a run without a single test proves nothing. */
  getLastError(): Error | undefined {
    return this.nothingRan ? new Error('no test was run') : undefined;
  }
}
