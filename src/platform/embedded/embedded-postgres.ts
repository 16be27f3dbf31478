import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveInto } from '../backup/archive.js';
import { databasePrograms, databaseUser, type RunAs } from './binaries.js';
import { answers, freePort, portTrouble } from './ports.js';
import { commandOf, isAlive, processesIn, signal, until } from './processes.js';
import { RefusalToStart } from './refusal-to-start.js';

/** What a database server of our own needs to know. */
export interface EmbeddedOptions {
  /** The folder that holds everything of this server: cluster, log, port. */
  readonly folder: string;
  /** Where a copy of the programs may go when the database's user cannot reach the checkout. */
  readonly spare?: string;
  /** The password of the superuser `postgres`. */
  readonly password: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** The folder of backups that the server's log is archived into. */
  readonly backups?: string | undefined;
  /** False only for clusters that are thrown away: initdb then does not wait for the disk. */
  readonly durable?: boolean;
}

/** A running server. */
export interface EmbeddedPostgres {
  readonly pid: number;
  readonly port: number;
  /** The superuser's address of a database. */
  url(database: string): string;
  /** Fast stop: sessions are ended, a checkpoint is written. Repeating it is harmless. */
  stop(): Promise<void>;
  /** Settles when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' });
const STOP_PATIENCE = 30_000;

/** Where one server's files are, and who it runs as. */
export interface Place {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  readonly programs: string;
  readonly runAs: RunAs;
}

/**
 * Starts the database server of a folder, making its cluster the first time.
 *
 * A server left over by a process that was killed is stopped first rather than taken over:
 * one path, one set of settings, and the server is always a child whose end is noticed.
 * The caller makes sure that only one process does this to a folder (see launcher-lock).
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const runAs = databaseUser();
  mkdirSync(options.folder, { recursive: true });
  const folder = realpathSync(options.folder);
  mustReach(folder, runAs);
  const programs = databasePrograms(runAs, options.spare ?? folder);
  const place: Place = { folder, data: join(folder, 'postgres'), log: join(folder, 'postgres.log'), programs, runAs };
  if (existsSync(place.data)) await endLeftovers(place.data);
  else makeCluster(place, options);
  const archive = options.backups === undefined ? {} : archiveInto(options.backups, place.data, runAs);
  return startServer(place, options.password, { ...options.settings, ...archive });
}

function mustReach(folder: string, runAs: RunAs): void {
  if (runAs.uid === undefined) return;
  const tried = spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { uid: runAs.uid, gid: runAs.gid, cwd: '/', env: environment() });
  if (tried.status !== 0) {
    throw new RefusalToStart(`The user ${runAs.name ?? ''}, who runs the database when the program is started as root, cannot reach the data folder ${folder}: set DATA_DIR to a folder that every user may pass through, such as /var/lib/register.`);
  }
}

function makeCluster(place: Place, options: EmbeddedOptions): void {
  // A cluster counts only under its final name: an initdb that was killed leaves nothing to mistake for one.
  const half = `${place.data}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  const passwordFile = join(place.folder, 'initial-password');
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600, flag: 'wx' });
  if (place.runAs.uid !== undefined && place.runAs.gid !== undefined) {
    chownSync(half, place.runAs.uid, place.runAs.gid);
    chownSync(passwordFile, place.runAs.uid, place.runAs.gid);
  }
  try {
    // builtin C.UTF-8: sorts the same everywhere, and trigrams work in Khmer (with lc_ctype C they find nothing).
    const made = spawnSync(join(place.programs, 'initdb'), [
      '-D', half, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8',
      '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-ctype=C.UTF-8', '--lc-collate=C', '--no-instructions',
      ...(options.durable === false ? ['--no-sync'] : []),
    ], { uid: place.runAs.uid, gid: place.runAs.gid, cwd: '/', env: environment(), encoding: 'utf8' });
    if (made.status !== 0) throw new RefusalToStart(`The database cluster could not be made in ${half}: ${lastLine(made.stderr ?? made.error?.message ?? '')}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, place.data);
}

interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
}

function readPidFile(data: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
  } catch {
    return undefined;
  }
}

/** Stops what an earlier, killed run left at work in a data folder, and clears its traces. */
export async function endLeftovers(data: string): Promise<void> {
  const left = readPidFile(data);
  const isOurs = (pid: number): boolean => {
    const command = commandOf(pid);
    return isAlive(pid) && command.includes('postgres') && command.includes(data);
  };
  if (left && isOurs(left.pid)) {
    signal(left.pid, 'SIGINT');
    if (!(await until(() => !isOurs(left.pid), STOP_PATIENCE))) {
      throw new RefusalToStart(`An earlier database server (process ${left.pid}) still runs in ${data} and does not stop: end it and start again.`);
    }
  }
  // A killed postmaster's sessions end by themselves unless they are busy; until then PostgreSQL refuses the folder.
  if (!(await until(() => processesIn(data).length === 0, 500))) {
    for (const pid of processesIn(data)) signal(pid, 'SIGTERM');
    if (!(await until(() => processesIn(data).length === 0, 5_000))) for (const pid of processesIn(data)) signal(pid, 'SIGKILL');
    await until(() => processesIn(data).length === 0, 5_000);
  }
  // PostgreSQL takes a zombie, or a stranger who was given the number, for its predecessor.
  rmSync(join(data, 'postmaster.pid'), { force: true });
}

/** Is this server ready for everything? */
export function isReady(data: string, pid: number | undefined): boolean {
  const found = readPidFile(data);
  return found !== undefined && found.pid === pid && found.status === 'ready';
}

/** Is it a stand-by that takes questions? */
function isStandby(data: string, pid: number | undefined): boolean {
  const found = readPidFile(data);
  return found !== undefined && found.pid === pid && found.status === 'standby';
}

async function startServer(place: Place, password: string, settings: Readonly<Record<string, string>>): Promise<EmbeddedPostgres> {
  const portFile = join(place.folder, 'postgres.port');
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(portFile);
    keepLogSmall(place.log);
    const from = existsSync(place.log) ? statSync(place.log).size : 0;
    const child = spawnServer(place, port, settings);
    const state = { over: false };
    const ended = new Promise<void>((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => resolve());
    }).then(() => {
      state.over = true;
    });
    const ready = await until(async () => state.over || ((isReady(place.data, child.pid) || isStandby(place.data, child.pid)) && (await answers(port))), 60_000);
    if (ready && !state.over && child.pid !== undefined) {
      writeFileSync(portFile, `${port}\n`);
      return running(child.pid, port, password, ended, () => state.over);
    }
    const said = readFileSync(place.log, 'utf8').slice(from);
    if (!state.over && child.pid !== undefined) signal(child.pid, 'SIGQUIT');
    await ended;
    if (attempt < 5 && /could not (bind|create any TCP)/.test(said)) {
      rmSync(portFile, { force: true });
      continue;
    }
    throw new RefusalToStart(`The database server did not start: ${fatalLine(said)} (log: ${place.log})`);
  }
}

async function choosePort(portFile: string): Promise<number> {
  const remembered = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
  if (Number.isInteger(remembered) && remembered > 0 && (await portTrouble(remembered)) === undefined) return remembered;
  return freePort();
}

function keepLogSmall(log: string): void {
  if (existsSync(log) && statSync(log).size > 10_000_000) renameSync(log, `${log}.1`);
}

/** Starts a server's process; the caller waits for it and ends it. */
export function spawnServer(place: Place, port: number, settings: Readonly<Record<string, string>>): ChildProcess {
  // A log file, not a pipe: a server whose launcher was killed must be able to go on writing.
  const log = openSync(place.log, 'a', 0o600);
  try {
    const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', log_timezone: 'UTC', ...settings };
    const child = spawn(join(place.programs, 'postgres'), ['-D', place.data, '-p', String(port), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
      uid: place.runAs.uid,
      gid: place.runAs.gid,
      cwd: '/',
      // A group of its own: a terminal's Ctrl-C goes to the launcher, which stops the database last.
      detached: true,
      stdio: ['ignore', log, log],
      env: environment(),
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

function running(pid: number, port: number, password: string, ended: Promise<void>, isOver: () => boolean): EmbeddedPostgres {
  return {
    pid,
    port,
    ended,
    url: (database) => `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    stop: async () => {
      if (!isOver()) signal(pid, 'SIGINT');
      // Polled beside the event: the handle is unreferenced, and a loop with nothing else to do would end before the server.
      await until(isOver, STOP_PATIENCE);
      if (!isOver()) signal(pid, 'SIGQUIT');
    },
  };
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Why a server ended, as its log says. */
export function fatalLine(log: string): string {
  const line = log.split('\n').find((each) => /(FATAL|PANIC):/.test(each)) ?? lastLine(log);
  return line.replace(/^.*(FATAL|PANIC):\s*/, '').trim() || 'it said nothing';
}

/** Removes a cluster that nobody needs any more: stops what runs in it, then deletes the folder. */
export async function removeEmbeddedPostgres(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const data = join(realpathSync(folder), 'postgres');
  if (existsSync(data)) await endLeftovers(data);
  rmSync(folder, { recursive: true, force: true });
}
