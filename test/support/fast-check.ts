import { appendFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import * as real from '../../node_modules/fast-check/lib/fast-check.js';

/**
 * Every property of the suite runs small with its fixed seed; under `npm run prove` it runs as often as asked, from
 * another seed for each chunk, and says so in a file.
 */
const trials = Number(process.env['PROVE_TRIALS'] ?? 0);
const shift = Number(process.env['PROVE_SHIFT'] ?? 0);
const journal = process.env['PROVE_JOURNAL'];

function asked<Ts>(parameters: real.Parameters<Ts> = {}): real.Parameters<Ts> {
  if (trials === 0) return parameters;
  return { ...parameters, seed: (parameters.seed ?? 0) + shift, numRuns: trials, interruptAfterTimeLimit: undefined };
}

function note<Ts>(parameters: real.Parameters<Ts>): void {
  if (journal !== undefined) appendFileSync(journal, `${JSON.stringify({ property: expect.getState().currentTestName, seed: parameters.seed, trials: parameters.numRuns })}\n`);
}

type Assert = typeof real.assert;
const assert: Assert = ((property: Parameters<Assert>[0], parameters?: real.Parameters<unknown>) => {
  const used = asked(parameters);
  const done = real.assert(property as real.IAsyncProperty<unknown>, used);
  if ((done as unknown) instanceof Promise) return (done as Promise<void>).then(() => note(used));
  note(used);
  return done;
}) as Assert;

export * from '../../node_modules/fast-check/lib/fast-check.js';
export { assert };
export default { ...real.default, assert };
