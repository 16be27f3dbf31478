import { chmodSync, chownSync, existsSync, lchownSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { databasePrograms, databaseUser, type RunAs } from '../embedded/binaries.js';
import { ROOT_FOLDER } from '../embedded/data-folder.js';
import { endLeftovers, fatalLine, isReady, spawnServer, type Place } from '../embedded/embedded-postgres.js';
import { signal, until } from '../embedded/processes.js';
import { RefusalToStart } from '../embedded/refusal-to-start.js';
import { fetchCommand, WAL } from './archive.js';
import { copyTree } from './copy.js';
import { CLUSTER, type Backup, type Route } from './manifest.js';
import { placeOf } from './wal.js';

/** What is to be recovered, and where. */
export interface RecoveryOrder {
  /** The folder of backups. */
  readonly root: string;
  readonly route: Route;
  /** The moment; everything that the log holds where none is given. */
  readonly to: Date | undefined;
  /** The data folder: its database must not exist yet. */
  readonly folder: string;
  /** Looks at the recovered database and puts it in order, as its superuser. Where it throws, nothing is kept. */
  readonly settle: (client: pg.Client) => Promise<void>;
  readonly log: (line: string) => void;
}

/** How far the recovery came. */
export interface Recovered {
  /** The moment of the last act that is in it. */
  readonly until: Date | undefined;
}

/** Only the name of the socket: nothing listens on a port. */
const SOCKET = 5432;
const PROGRESS_EVERY = 10_000;

/**
 * Brings a cluster back: the base backup's files, each proven by its hash, then the log up to the moment. Everything
 * happens in a folder of another name, with a server that only a private socket reaches; what is not as it must be is
 * thrown away and said. The cluster gets its name when it is whole.
 */
export async function recover(order: RecoveryOrder): Promise<Recovered> {
  const { folder, route, to } = order;
  if (to === undefined && route.chain.missing.length > 0) throw new RefusalToStart(gapSentence(route));
  const runAs = databaseUser();
  const half = join(folder, 'postgres.restoring');
  if (existsSync(half)) await endLeftovers(half);
  rmSync(half, { recursive: true, force: true });
  const socket = mkdtempSync(join(tmpdir(), 'register-restore-'));
  try {
    await copyBack(route.backup, half);
    writeFileSync(join(half, 'recovery.signal'), '', { mode: 0o600 });
    chmodSync(socket, 0o700);
    writeFileSync(join(socket, 'hba.conf'), 'local all postgres trust\n', { mode: 0o600 });
    for (const each of [half, socket]) giveTo(each, runAs);
    const recovered = await withServer(order, half, socket, runAs, async (client) => {
      const { rows: [row] } = await client.query<{ place: string; until: Date | null }>('select pg_last_wal_replay_lsn()::text as place, pg_last_xact_replay_timestamp() as until');
      const lastSegment = route.chain.last * BigInt(route.backup.manifest.segmentBytes);
      if (to === undefined && placeOf(row?.place ?? '0/0') <= lastSegment) {
        throw new RefusalToStart(`The log could not be read to its end: it is broken at ${row?.place ?? 'its beginning'}, and the archive goes on. Nothing was restored.`);
      }
      await order.settle(client);
      return { until: row?.until ?? undefined };
    });
    renameSync(half, join(folder, 'postgres'));
    return recovered;
  } catch (error) {
    await endLeftovers(half);
    rmSync(half, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(socket, { recursive: true, force: true });
  }
}

const gapSentence = ({ chain }: Route): string =>
  `The archive has a gap: ${chain.missing.length === 1 ? 'the segment' : `${chain.missing.length} segments, from`} ${chain.missing[0] ?? ''} ${chain.missing.length === 1 ? 'is' : 'on, are'} missing, later ones are there. Nothing was restored; a moment before the gap can be, with --to-time.`;

async function copyBack({ folder, manifest }: Backup, half: string): Promise<void> {
  const wanted = new Map(manifest.files.map((file) => [file.path, file]));
  for (const { path, bytes, sha256 } of await copyTree(join(folder, CLUSTER), half, { force: false })) {
    const file = wanted.get(path);
    if (file?.sha256 !== sha256 || file.bytes !== bytes) throw new RefusalToStart(`The backup ${folder} is damaged: ${path} is not as it was written. Nothing was restored.`);
    wanted.delete(path);
  }
  const [gone] = wanted.keys();
  if (gone !== undefined) throw new RefusalToStart(`The backup ${folder} is damaged: ${gone} is missing. Nothing was restored.`);
}

function giveTo(folder: string, { uid, gid }: RunAs): void {
  if (uid === undefined || gid === undefined) return;
  chownSync(folder, uid, gid);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) lchownSync(join(folder, name), uid, gid);
}

async function withServer<T>(order: RecoveryOrder, half: string, socket: string, runAs: RunAs, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const { folder, root, to, route } = order;
  const spare = process.getuid?.() === 0 ? ROOT_FOLDER : folder;
  const place: Place = { folder, data: half, log: join(folder, 'postgres.log'), programs: databasePrograms(runAs, spare), runAs };
  const from = existsSync(place.log) ? statSync(place.log).size : 0;
  const child = spawnServer(place, SOCKET, {
    listen_addresses: '',
    unix_socket_directories: socket,
    hba_file: join(socket, 'hba.conf'),
    // Nothing is archived: the history of an attempt that is thrown away would lead every later one astray. The first start does it.
    archive_mode: 'off',
    // Nobody looks before it is done, and no setting of the lost server is asked for.
    hot_standby: 'off',
    restore_command: existsSync(join(root, WAL)) ? fetchCommand(join(root, WAL)) : 'false',
    recovery_target_timeline: 'latest',
    recovery_target_action: 'promote',
    ...(to !== undefined && { recovery_target_time: to.toISOString().replace('T', ' ').replace('Z', '+00') }),
  });
  let over = false;
  child.once('exit', () => (over = true));
  child.once('error', () => (over = true));
  const said = (): string => readFileSync(place.log, 'utf8').slice(from);
  const watch = setInterval(() => order.log(`  ${said().match(/restored log file/g)?.length ?? 0} segments of log so far`), PROGRESS_EVERY);
  try {
    await until(() => over || isReady(half, child.pid), Number.POSITIVE_INFINITY);
    if (over) throw new RefusalToStart(whyEnded(said(), route, to));
    const client = new pg.Client({ host: socket, port: SOCKET, user: 'postgres', database: 'register' });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await act(client);
    } finally {
      await client.end();
    }
  } finally {
    clearInterval(watch);
    if (!over && child.pid !== undefined) signal(child.pid, 'SIGINT');
    await until(() => over, Number.POSITIVE_INFINITY);
  }
}

/** PostgreSQL's reason in the operator's words. */
function whyEnded(log: string, route: Route, to: Date | undefined): string {
  const reason = fatalLine(log);
  if (to === undefined || !/recovery ended before configured recovery target/.test(reason)) return `The recovery ended: ${reason}. Nothing was restored.`;
  const last = /last completed transaction was at log time (\S+ [\d:.]+)/.exec(log)?.[1];
  const upTo = last === undefined ? 'no act after the backup' : `${last.replace(' ', 'T').replace(/(\.\d{3})\d*$/, '$1')}Z, its last act`;
  if (route.chain.missing[0] !== undefined) return `${to.toISOString()} cannot be reached: the segment ${route.chain.missing[0]} is missing from the archive, which therefore ends with ${upTo}. Nothing was restored.`;
  return `${to.toISOString()} cannot be reached: the archive ends with ${upTo}. Nothing was restored; without --to-time everything up to there is.`;
}
