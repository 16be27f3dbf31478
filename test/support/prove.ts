import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run prove -- NAME --trials N`: runs the specs whose path holds NAME in full: every property N times, in chunks of
 * their own seeds, and every race and fault spec once a chunk. What was proven is kept in `.prove/`, so that a run that
 * was cut off goes on where it stopped. A spec that counted something says it in the journal (`{ said }`): it is printed
 * and kept with the proof.
 */
interface Progress {
  readonly trials: number;
  done: number;
  chunk: number;
  readonly properties: Record<string, { trials: number; seeds: number[] }>;
  /** What specs counted and say of each chunk. */
  said?: string[];
}

const CHUNK = 1_000;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { trials: { type: 'string', default: '1000' }, again: { type: 'boolean', default: false } } });
const name = positionals[0];
const trials = Number(values.trials);
if (name === undefined || !Number.isInteger(trials) || trials < 1) {
  console.error('npm run prove -- NAME --trials N    NAME is a part of the specs\' paths: domain, places, races, kernel/money');
  process.exit(2);
}
if (!specs('dist').some((path) => path.includes(name))) {
  console.error(`No spec has "${name}" in its path.`);
  process.exit(2);
}

mkdirSync('.prove', { recursive: true });
const file = join('.prove', `${name.replaceAll('/', '.')}.${trials}.json`);
const journal = join(process.cwd(), `${file}l`);
if (values.again) rmSync(file, { force: true });
const progress: Progress = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Progress) : { trials, done: 0, chunk: 0, properties: {} };
if (progress.done > 0) console.log(`Going on after ${progress.done} of ${trials} trials.`);

while (progress.done < trials) {
  const now = Math.min(CHUNK, trials - progress.done);
  rmSync(journal, { force: true });
  const run = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--ci', '--testTimeout', '600000', '--', name],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PROVE_TRIALS: String(now), PROVE_SHIFT: String(progress.chunk * 7_919), PROVE_JOURNAL: journal } },
  );
  if (run.status !== 0) {
    console.error(`Chunk ${progress.chunk} failed (seeds shifted by ${progress.chunk * 7_919}). See it with: PROVE_TRIALS=${now} PROVE_SHIFT=${progress.chunk * 7_919} npx jest ${name}`);
    process.exit(1);
  }
  for (const line of existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').filter(Boolean) : []) {
    const noted = JSON.parse(line) as { property: string; seed: number; trials: number } | { said: string };
    if ('said' in noted) {
      (progress.said ??= []).push(noted.said);
      console.log(noted.said);
      continue;
    }
    const { property, seed, trials: ran } = noted;
    const known = (progress.properties[property] ??= { trials: 0, seeds: [] });
    known.trials += ran;
    known.seeds.push(seed);
  }
  progress.done += now;
  progress.chunk += 1;
  writeFileSync(file, JSON.stringify(progress, undefined, 2));
  console.log(`${progress.done} of ${trials} trials, 0 failed`);
}
for (const [property, { trials: ran, seeds }] of Object.entries(progress.properties)) console.log(`${String(ran).padStart(9)}  seeds ${seeds.slice(0, 4).join(', ')}${seeds.length > 4 ? ', ...' : ''}  ${property}`);
console.log(`${name}: ${progress.done} trials of each property in ${progress.chunk} chunks, 0 failed`);

function specs(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.spec.js'));
}
