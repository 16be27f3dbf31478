import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { api } from './api/api.js';
import { growing } from './growing/growing.js';
import { load } from './load/load.js';
import { search } from './search/search.js';
import { standby } from './standby/standby.js';
import { readOptions } from './options.js';
import type { Bench } from './options.js';

/** Every bench, in the order in which all of them run. */
const BENCHES: readonly Bench[] = [
  api,
  load,
  growing,
  standby,
  search,
];

/** `npm run bench -- [NAME ...] [--seed N] ...`: the named benches, or all; exits with 1 where something that counts failed. */
const { names, options } = readOptions(process.argv.slice(2));
const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0 || options.other('help') !== undefined) {
  console.log(`npm run bench -- [NAME ...] [--seed N] [--seconds S] [--rounds R] [--connections C] [--data FOLDER] [--profile FOLDER]\n${BENCHES.map(({ name, what }) => `  ${name.padEnd(10)} ${what}`).join('\n')}`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

console.log(`commit ${commit()}, Node ${process.version}, ${cpus().length} cores, seed ${options.seed}. Times of a shared machine move; ratios of one run mean something.`);
let well = true;
for (const bench of BENCHES.filter(({ name }) => names.length === 0 || names.includes(name))) well = (await bench.run(options)) && well;
process.exitCode = well ? 0 : 1;

function commit(): string {
  const git = (...line: string[]): string => execFileSync('git', line, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ' with changes'}`;
  } catch {
    return 'unknown (no git here)';
  }
}
