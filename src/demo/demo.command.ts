import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fieldKeysOf } from '../platform/config/config.js';
import { sqlState } from '../platform/database/tx.js';
import { migrate } from '../platform/database/migrate.js';
import { openOwnerDatabase } from '../platform/embedded/owner-database.js';
import { progressOn } from '../territory/progress.js';
import type { Shown } from '../territory/progress.js';
import { SMALL, demoSignIns, inventInto } from './demo.js';

const MOST = 20;
const CHECKOUT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/**
 * `register demo --scale 1`: fills an empty register with invented people. The register may run, stand still, or never have
 * been started: then its database is made first, and the next `npm start` finds it filled.
 */
export async function inventCountry(args: readonly string[], env: NodeJS.ProcessEnv, output: Shown = process.stdout): Promise<number> {
  const { scale, seed } = options(args);
  if (env['NODE_ENV'] === 'production') throw new Error('Invented people do not belong in a real register: with NODE_ENV=production none are made.');
  const started = performance.now();
  const database = await openOwnerDatabase(env, CHECKOUT);
  try {
    const { secrets } = database;
    if (secrets !== undefined) {
      await migrate({
        ownerUrl: database.url, apiPassword: env['API_DB_PASSWORD'] || secrets.apiPassword, workerPassword: env['WORKER_DB_PASSWORD'] || secrets.workerPassword,
        log: (line) => void output.write(`${line}\n`),
      });
    }
    const keys = env['FIELD_KEYS'] || secrets?.fieldKeys;
    const progress = progressOn(output, 'steps');
    const made = await inventInto(database.url, { seed, scale, tell: progress.tell, fieldKeys: keys === undefined ? undefined : fieldKeysOf(keys) }).catch((error: unknown) => {
      throw explained(error);
    });
    progress.end();
    if (made === undefined) throw new Error('This register holds people already: invented ones go only into an empty one.');
    const seconds = (performance.now() - started) / 1000;
    const count = (n: number): string => n.toLocaleString('en-US');
    output.write(
      `Invented with seed ${seed}: ${count(made.provinces)} provinces, ${count(made.institutions)} institutions, ${count(made.families)} families, ${count(made.children)} children; `
      + `${count(made.rows)} rows in ${seconds.toFixed(1)} s.\n${signIns()}`,
    );
    return 0;
  } finally {
    await database.close();
  }
}

/** What an operator can do about it, where she can. */
function explained(error: unknown): unknown {
  const state = sqlState(error);
  if (state === '3F000' || state === '42P01') return new Error('This database has no schema yet, or an older one: run "register migrate" first.', { cause: error });
  if (state === '42501') return new Error('This database login may not fill the register: set MIGRATE_DATABASE_URL to the address of its owner.', { cause: error });
  return error;
}

function signIns(): string {
  const all = demoSignIns();
  const [password] = new Set(all.map((each) => each.password));
  return `Sign in with the password ${password ?? ''} as ${all.map(({ account }) => account).join(', ')}.\n`;
}

function options(args: readonly string[]): { scale: number; seed: number } {
  const { values } = parseArgs({ args: [...args], options: { scale: { type: 'string' }, seed: { type: 'string' } }, strict: false });
  const scale = Number(values.scale ?? '');
  const seed = Number(values.seed ?? SMALL.seed);
  if (typeof values.scale !== 'string' || !(scale > 0 && scale <= MOST)) throw usage(`--scale is the size: 0.02 is small, 1 is Cambodia, at most ${MOST}.`);
  if (!Number.isSafeInteger(seed) || seed < 0) throw usage('--seed is a whole number, the same for the same people.');
  return { scale, seed };
}

/** Told apart by its name: the frame imports this file, not the other way round. */
function usage(message: string): Error {
  const error = new Error(message);
  error.name = 'UsageError';
  return error;
}
