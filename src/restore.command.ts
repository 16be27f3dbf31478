import './app.module.js';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { keysWithout, lackingKeys } from './platform/backup/keys.js';
import { routeTo, type Manifest } from './platform/backup/manifest.js';
import { recover } from './platform/backup/recovery.js';
import { inspect, recordRestore, type Findings } from './platform/backup/settle.js';
import { ConfigError, fieldKeysOf, redisOf } from './platform/config/config.js';
import { scramVerifier } from './platform/database/scram.js';
import { openDataFolder } from './platform/embedded/data-folder.js';
import { lockFolder } from './platform/embedded/launcher-lock.js';
import { RefusalToStart } from './platform/embedded/refusal-to-start.js';
import { keepSecrets, newSecrets, readSecrets, type Secrets } from './platform/embedded/secrets.js';
import type { FieldKeys } from './platform/field-crypto.js';
import { wipeQueue } from './platform/queue/backend.js';
import type { RedisAddress } from './platform/queue/redis.js';
import type { CommandEnv } from './register.js';
import { endEverySession } from './staff/after-restore.js';

const CHECKOUT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const LOST_KEYS = 'what they sealed (account numbers, documents) cannot be opened again';

/** `register restore --from FOLDER`: puts the embedded database back into an empty data folder, to the end of its log or to a moment. */
export async function restoreCommand(args: readonly string[], env: CommandEnv): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { from: { type: 'string' }, 'to-time': { type: 'string' }, secrets: { type: 'string' }, 'without-keys': { type: 'boolean' } }, strict: false });
  const root = typeof values.from === 'string' ? resolve(values.from) : '';
  if (root === '') throw usage('Name the folder of backups: --from FOLDER.');
  const to = momentOf(values['to-time']);
  const withoutKeys = values['without-keys'] === true;
  const redis = redisOf(env);
  const began = performance.now();
  const folder = openDataFolder(env['DATA_DIR'], CHECKOUT);
  const lock = lockFolder(folder);
  try {
    if (existsSync(join(folder, 'postgres'))) throw new RefusalToStart(`${folder} holds a register already: move it away, or set DATA_DIR to an empty folder. Nothing was touched.`);
    const route = routeTo(root, to);
    const own = join(folder, 'secrets.json');
    const secrets = secretsFor(route.backup.manifest, typeof values.secrets === 'string' ? values.secrets : existsSync(own) ? own : undefined, withoutKeys, env);
    console.log(`Restoring ${route.backup.folder} (of ${route.backup.manifest.endedAt}) and the log after it, ${to === undefined ? 'all there is' : `up to ${to.toISOString()}`}.`);
    const report: string[] = [];
    const recovered = await recover({
      root, route, to, folder, log: (line) => console.log(line),
      settle: async (client) => {
        report.push(...(await putInOrder(client, fieldKeysOf(secrets.fieldKeys), withoutKeys)));
        await client.query(`alter role postgres password ${client.escapeLiteral(scramVerifier(secrets.superuserPassword))}`);
        keepSecrets(folder, secrets);
      },
    });
    if (redis.redisUrl !== undefined) report.push(await emptied(redis));
    console.log([`Restored${recovered.until === undefined ? '' : ` until ${recovered.until.toISOString()}`} into ${folder} in ${((performance.now() - began) / 1000).toFixed(1)} s. What was done later is not in it.`, ...report].join('\n'));
    console.log('Next: npm start, then a new backup.');
    return 0;
  } finally {
    lock.release();
  }
}

/** `register restored`: the same last steps for a server of your own, once after it was put back and before anybody signs in. */
export async function restoredCommand(env: CommandEnv): Promise<number> {
  const url = env['MIGRATE_DATABASE_URL'];
  const problems = [
    ...(url ? [] : ['MIGRATE_DATABASE_URL is missing: the address of the register\'s PostgreSQL as the owner of the database.']),
    ...(env['FIELD_KEYS'] ? [] : ['FIELD_KEYS is missing: the keys that sealed account numbers and documents.']),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  const redis = redisOf(env);
  const client = new pg.Client({ connectionString: url, application_name: 'register-restored' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const report = await putInOrder(client, fieldKeysOf(env['FIELD_KEYS'] ?? ''), false);
    if (redis.redisUrl !== undefined) report.push(await emptied(redis));
    console.log(report.join('\n'));
    return 0;
  } finally {
    await client.end();
  }
}

function momentOf(text: unknown): Date | undefined {
  if (text === undefined) return undefined;
  const moment = new Date(String(text));
  if (!MOMENT.test(String(text)) || Number.isNaN(moment.getTime())) throw usage('--to-time is a moment with its zone: 2026-11-23T10:00:00+07:00.');
  if (moment.getTime() > Date.now()) throw usage('--to-time has not come yet.');
  return moment;
}

/** The secrets that the restored register gets. A key that the backup was sealed with and nobody kept is said before anything is copied. */
function secretsFor(manifest: Manifest, file: string | undefined, withoutKeys: boolean, env: CommandEnv): Secrets {
  const given = env['FIELD_KEYS'];
  const kept: Secrets | undefined = file === undefined ? undefined : readSecrets(file);
  const secrets: Secrets = { ...(kept ?? newSecrets()), ...(given && { fieldKeys: given }) };
  const keys: FieldKeys = kept === undefined && !given ? new Map() : fieldKeysOf(secrets.fieldKeys);
  const lacking = lackingKeys(manifest.keys, keys);
  if (lacking.length === 0) return secrets;
  if (withoutKeys) return { ...secrets, fieldKeys: keysWithout(manifest.keys, keys) };
  throw new RefusalToStart(
    `The field key of version ${lacking.join(', ')} is not ${given ? 'in FIELD_KEYS' : file === undefined ? 'there' : `in ${file}`}, and it is never in a backup. Name the kept secrets.json with --secrets FILE, or set FIELD_KEYS. ` +
      `Where the key is lost, --without-keys restores everything else: ${LOST_KEYS}. Nothing was restored.`,
  );
}

/** Looks through the restored database, and does what must be done before anybody signs in. */
async function putInOrder(client: pg.Client, keys: FieldKeys, withoutKeys: boolean): Promise<string[]> {
  const { rows: [row] } = await client.query<{ until: Date | null }>('select pg_last_xact_replay_timestamp() as until');
  const findings = await inspect(client, keys);
  const closed = findings.keys.filter(({ state }) => state !== 'opens');
  if (findings.schema.unknown > 0) throw new RefusalToStart(`The backup was written by a newer program (${findings.schema.unknown} migrations that this one does not know): restore it with that one.`);
  if (closed.length > 0 && !withoutKeys) {
    throw new RefusalToStart(`${closed.map(({ column, version, values, state }) => `${values} values of ${column} were sealed with a key of version ${version} that is ${state}`).join('; ')}: ${LOST_KEYS} without it.`);
  }
  await client.query('begin');
  const sessions = await endEverySession(client);
  await recordRestore(client, row?.until ?? undefined);
  await client.query('commit');
  return [...reportOf(findings), `Ended ${sessions} sessions: everybody signs in anew.`];
}

function reportOf({ schema, rows, acts, lastActAt, keys }: Findings): string[] {
  return [
    `Schema: ${schema.applied} migrations${schema.lacking > 0 ? `; ${schema.lacking} newer ones are applied by the next start` : ', all of this program'}.`,
    `Rows: ${rows.map(({ room, rows: n }) => `${room} ${n}`).join(', ')}.`,
    `Acts: ${acts}${lastActAt === undefined ? '' : `, the last at ${lastActAt.toISOString()}`}.`,
    ...keys.map(({ column, version, values, state }) => `Keys: ${values} values of ${column}, key ${version}: ${state === 'opens' ? 'opens' : `${state}, cannot be opened`}.`),
  ];
}

async function emptied(redis: RedisAddress): Promise<string> {
  await wipeQueue(redis);
  return 'The queue in Redis is emptied: the worker fills it again from the database.';
}

/** Told apart by its name: the frame imports this file, not the other way round. */
function usage(message: string): Error {
  const error = new Error(message);
  error.name = 'UsageError';
  return error;
}
