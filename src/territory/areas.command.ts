import { readFile, stat } from 'node:fs/promises';
import { newId } from '../kernel/ids.js';
import { systemActor } from '../platform/auth/roles.js';
import { SystemClock } from '../platform/clock.js';
import { dataSource } from '../platform/database/data-source.js';
import { sqlState } from '../platform/database/tx.js';
import { systemCode } from '../platform/embedded/refusal-to-start.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { AreaFileRefused, decodeAreaFile } from './area-file.domain.js';
import { loadAreas } from './areas.load.js';
import type { AreaLoadDone } from './areas.load.js';
import { progressOn } from './progress.js';

export const name = 'areas load';

export const summary = 'Loads areas from a CSV file; rows that cannot be taken are named, the others go in.';

export const usage = `register areas load FILE

FILE is CSV in UTF-8 whose first line names the columns code,parent_code,level,type_en,name_km,name_latin,lat,lng.
The rows may stand in any order, and loading a file again changes nothing. Answers 0 when every row is in or was in
already, 2 when some rows were refused, 1 when nothing could be loaded.`;

/** Ten times the national file. */
const MOST_BYTES = 12_000_000;

/** Loads a file of areas as the operator: one transaction, everything or nothing but the rows that are named. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0) return fail(usage);
  const url = env['DATABASE_URL'];
  if (!url) return fail('DATABASE_URL is missing: the address of the register, as its owner or as register_worker.');
  try {
    const text = decodeAreaFile(await bytesOf(file));
    const done = await loadInto(url, text);
    for (const line of report(done)) process.stdout.write(`${line}\n`);
    return done.refused.length > 0 ? 2 : 0;
  } catch (error) {
    if (error instanceof AreaFileRefused) return fail(error.message);
    if (sqlState(error) === '42501') return fail('This database login may not load areas: sign in as the owner or as register_worker.');
    throw error;
  }
}

function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    if ((await stat(file)).size > MOST_BYTES) throw new AreaFileRefused(`The file is larger than ${MOST_BYTES / 1_000_000} MB: an area file of the whole country has 1.2 MB.`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof AreaFileRefused) throw error;
    const code = systemCode(error);
    throw new AreaFileRefused(code === 'ENOENT' ? 'There is no such file.' : `The file cannot be read (${code}).`);
  }
}

async function loadInto(databaseUrl: string, text: string): Promise<AreaLoadDone> {
  const source = await dataSource({ databaseUrl, poolSize: 1 }, 'register-areas-load').initialize();
  try {
    const progress = progressOn(process.stdout, 'areas');
    const uow = new UnitOfWork(source, new SystemClock());
    const done = await uow.system(systemActor('register areas load'), newId(), (op) => loadAreas(op, text, progress.tell));
    progress.end();
    return done;
  } finally {
    await source.destroy();
  }
}

/** What was done, in lines: what was put right, what was refused and why, and the counts. */
export function report(done: AreaLoadDone): string[] {
  const at = (line: number, code: string): string => `line ${line}${code === '' ? '' : ` (${code})`}`;
  return [
    ...done.repaired.map(({ line, written, code }) => `${at(line, written)}: repaired, the leading zero is back: ${code}`),
    ...done.refused.map(({ line, code, why }) => `${at(line, code)}: refused, ${why}`),
    `${count(done.rows)} rows: ${count(done.added.length)} added, ${count(done.changed.length)} changed, ${count(done.unchanged)} unchanged, ${count(done.repeated)} repeated, ${count(done.refused.length)} refused.`,
    ...(done.offices > 0 ? [`${count(done.offices)} offices opened for the ministry, provinces and districts that had none.`] : []),
    ...(done.added.length + done.changed.length + done.offices === 0 ? ['Nothing was changed.'] : []),
  ];
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
