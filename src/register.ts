import 'reflect-metadata';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addressAs } from './platform/database/roles.js';
import { openDataFolder } from './platform/embedded/data-folder.js';
import { answers } from './platform/embedded/ports.js';
import { secretsOf } from './platform/embedded/secrets.js';

/** The environment of a command. With the embedded database its addresses and keys are filled in. */
export type CommandEnv = Readonly<Record<string, string | undefined>>;

/** One command of the operator. `run` gives the exit code; what it throws is printed as one sentence, exit 1; an error named UsageError also brings the usage, exit 2. */
export interface Command {
  /** The words it is called by: `admin create`. */
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  /** Whether it needs a database: DATABASE_URL (as register_api) and MIGRATE_DATABASE_URL (as the owner). */
  readonly database: boolean;
  readonly run: (args: readonly string[], env: CommandEnv) => Promise<number>;
}

/** Every command. A room's file is loaded only when its command is called. */
const COMMANDS: readonly Command[] = [
  {
    name: 'migrate',
    summary: 'Brings the database to the program\'s schema.',
    usage: 'migrate        (MIGRATE_DATABASE_URL, API_DB_PASSWORD, WORKER_DB_PASSWORD)',
    database: false,
    run: async (_, env) => (await import('./platform/database/migrate.command.js')).migrateCommand(env),
  },
  {
    name: 'admin create',
    summary: 'Makes an administrator and prints the one-time link to set the password.',
    usage: 'admin create --login X --name "Y"',
    database: true,
    run: async (args, env) => (await import('./staff/admin.command.js')).createAdministrator(args, env),
  },
  {
    name: 'areas load',
    summary: 'Loads areas from a CSV file; rows that cannot be taken are named, the others go in.',
    usage: 'areas load FILE',
    database: true,
    // Only the worker's login and the owner may write areas.
    run: async (args, env) => (await import('./territory/areas.command.js')).run(args, { ...env, DATABASE_URL: env['WORKER_DATABASE_URL'] ?? env['MIGRATE_DATABASE_URL'] ?? env['DATABASE_URL'] }),
  },
  {
    name: 'demo',
    summary: 'Fills an empty register with invented people, from a seed: 0.02 is small, 1 is the whole country.',
    usage: 'demo --scale 0.02 | 1 | 10 [--seed N]',
    // It finds its database itself, also that of a register that was never started.
    database: false,
    run: async (args, env) => (await import('./demo/demo.command.js')).inventCountry(args, env),
  },
  {
    name: 'backup',
    summary: 'Copies the embedded database, running or not, into a new folder of a folder of backups.',
    usage: 'backup [--to FOLDER] [--keep N]        (BACKUP_DIR, where --to is left out)',
    database: false,
    run: async (args, env) => (await import('./backup.command.js')).backupCommand(args, env),
  },
  {
    name: 'restored',
    summary: 'After a server of your own was put back: checks schema, rows and keys, ends all sessions, empties the queue in Redis.',
    usage: 'restored        (MIGRATE_DATABASE_URL, FIELD_KEYS, REDIS_URL)',
    database: false,
    run: async (_, env) => (await import('./restore.command.js')).restoredCommand(env),
  },
  {
    name: 'restore',
    summary: 'Puts the embedded database back into an empty DATA_DIR, up to a moment or to the end of its log.',
    usage: 'restore --from FOLDER [--to-time 2026-11-23T10:00:00+07:00] [--secrets FILE] [--without-keys]',
    database: false,
    run: async (args, env) => (await import('./restore.command.js')).restoreCommand(args, env),
  },
  {
    name: 'verify standings',
    summary: 'Recomputes the stand-by list from the facts of the rooms that own them; lists what differs, changes nothing, exit 1 if anything does.',
    usage: 'verify standings',
    // It finds its database itself, running or not.
    database: false,
    run: async (_, env) => (await import('./verify.command.js')).verifyStandingsCommand(env),
  },
  {
    name: 'check-episodes',
    summary: 'Checks a foreign list of stays (CSV) by the published rules of England\'s return and by this register\'s own; keeps nothing, exit 1 if any is broken.',
    usage: 'check-episodes FILE [--language en | km] [--all]',
    database: false,
    run: async (args) => (await import('./placements/episode-check.command.js')).checkEpisodesCommand(args),
  },
  {
    name: 'messages',
    summary: 'Prints every text in English and Khmer as CSV, with whether it was reviewed.',
    usage: 'messages',
    database: false,
    run: async () => (await import('./messages.command.js')).printMessages(),
  },
];

/** Runs the command named by the first words of `args`. */
export async function register(args: readonly string[], env: CommandEnv): Promise<number> {
  const command = COMMANDS.find(({ name }) => name.split(' ').every((word, index) => args[index] === word));
  if (command === undefined) {
    process.stderr.write(usage(args));
    return 2;
  }
  try {
    return await command.run(args.slice(command.name.split(' ').length), command.database ? await withDatabase(env) : env);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (isUsage(error)) process.stderr.write(`Usage: register ${command.usage}\n`);
    return isUsage(error) ? 2 : 1;
  }
}

const isUsage = (error: unknown): boolean => error instanceof Error && error.name === 'UsageError';

function usage(args: readonly string[]): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const unknown = args.length === 0 ? '' : `There is no command "${args.slice(0, 2).join(' ')}".\n`;
  return `${unknown}Usage: register <command>\n${COMMANDS.map(({ name, summary, usage: how }) => `  ${name.padEnd(width)}  ${summary}\n  ${' '.repeat(width)}  register ${how}\n`).join('')}`;
}

/**
 * Where DATABASE_URL names a server, that one is meant; the program's own rights follow from the login in it. Otherwise
 * the embedded database of the data folder, which runs while `npm start` runs.
 */
async function withDatabase(env: CommandEnv): Promise<CommandEnv> {
  if (env['DATABASE_URL'] || env['MIGRATE_DATABASE_URL']) return env;
  const folder = openDataFolder(env['DATA_DIR'], resolve(dirname(fileURLToPath(import.meta.url)), '../..'));
  const portFile = join(folder, 'postgres.port');
  const port = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
  if (port === 0 || !(await answers(port))) throw new Error(`The register of ${folder} does not run: start it with npm start and call this again meanwhile, or set DATABASE_URL.`);
  const secrets = secretsOf(folder);
  const owner = addressAs(`postgres://127.0.0.1:${port}/register`, 'postgres', secrets.superuserPassword);
  return {
    ...env,
    MIGRATE_DATABASE_URL: owner,
    DATABASE_URL: addressAs(owner, 'register_api', secrets.apiPassword),
    WORKER_DATABASE_URL: addressAs(owner, 'register_worker', secrets.workerPassword),
    API_DB_PASSWORD: secrets.apiPassword,
    WORKER_DB_PASSWORD: secrets.workerPassword,
    TOKEN_SECRET: env['TOKEN_SECRET'] || secrets.tokenSecret,
    FIELD_KEYS: env['FIELD_KEYS'] || secrets.fieldKeys,
  };
}

const here = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && existsSync(process.argv[1]) && realpathSync(process.argv[1]) === here) process.exitCode = await register(process.argv.slice(2), process.env);
