import { existsSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import pg from 'pg';
import { until } from '../embedded/processes.js';
import { RefusalToStart } from '../embedded/refusal-to-start.js';
import type { FieldKeys } from '../field-crypto.js';
import { archivedNames, openBackups, WAL } from './archive.js';
import { copyOne, copyTree, forceFile, writeForced, type CopiedFile } from './copy.js';
import { fingerprints } from './keys.js';
import { backupsIn, CLUSTER, MANIFEST, manifestOf, type Backup, type Manifest } from './manifest.js';
import { parseSegment, placeOf, segmentAt, segmentName } from './wal.js';

/** What a base backup is taken of and where it goes. */
export interface BackupOrder {
  /** The running server as its superuser; its files are on this machine. */
  readonly ownerUrl: string;
  /** The folder of backups. */
  readonly root: string;
  readonly fieldKeys: FieldKeys;
}

/** A backup that was taken. */
export interface Taken extends Backup {
  /** The log it needs is in the archive too; undefined where nothing is archived. */
  readonly archived: boolean | undefined;
}

/** What a recovery makes anew or must not find (the same list as pg_basebackup's). The control file is copied last. */
const LEFT_OUT = [
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/./,
  /^(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map(\.old)?|backup_manifest|current_logfiles|recovery\.signal|standby\.signal|postgresql\.auto\.conf\.tmp)$/,
  /^global\/pg_control$/,
  /(^|\/)(pgsql_tmp|pg_internal\.init)/,
  /^base\/\d+\/t\d+_\d+/,
];
const ARCHIVE_PATIENCE = 60_000;

/**
 * Copies a running cluster by PostgreSQL's low-level way: begin, copy the files as they are, end, and keep the log written
 * meanwhile, which makes the copy whole. The backup needs no archive to be restored to its own end, and with one reaches
 * any later moment. It counts only under its final name; secrets.json is never in it.
 */
export async function takeBackup(order: BackupOrder): Promise<Taken> {
  const client = new pg.Client({ connectionString: order.ownerUrl, application_name: 'register-backup' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const about = await aboutServer(client);
    const root = openBackups(order.root, about.cluster);
    const name = `base-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
    for (const left of readdirSync(root)) if (left.endsWith('.part') && left.startsWith('base-')) rmSync(join(root, left), { recursive: true });
    const half = join(root, `${name}.part`);
    const { files, ...times } = await copyCluster(client, about, join(half, CLUSTER));
    const manifest: Manifest = manifestOf({ cluster: about.cluster, ...times, segmentBytes: about.segmentBytes, schema: about.schema, keys: fingerprints(order.fieldKeys), files });
    await writeForced(half, MANIFEST, `${JSON.stringify(manifest, undefined, 1)}\n`);
    renameSync(half, join(root, name));
    await forceFile(root);
    return { folder: join(root, name), manifest, archived: about.archiving ? await isArchived(root, client, manifest) : undefined };
  } finally {
    await client.end();
  }
}

interface Server {
  readonly data: string;
  readonly cluster: string;
  readonly segmentBytes: number;
  readonly archiving: boolean;
  readonly schema: readonly string[];
}

async function aboutServer(client: pg.Client): Promise<Server> {
  const { rows: [row] } = await client.query<{ data: string; cluster: string; bytes: number; archiving: boolean; recovering: boolean }>(
    `select current_setting('data_directory') as data, (select system_identifier::text from pg_control_system()) as cluster,
       (select setting::int from pg_settings where name = 'wal_segment_size') as bytes, current_setting('archive_mode') <> 'off' as archiving, pg_is_in_recovery() as recovering`,
  );
  if (row === undefined || row.recovering) throw new RefusalToStart('The server is a stand-by of another one: back up that one.');
  const { rows: stamps } = await client.query<{ stamp: string }>('select "timestamp"::text as stamp from public.applied_migrations order by 1').catch(() => ({ rows: [] }));
  return { data: row.data, cluster: row.cluster, segmentBytes: row.bytes, archiving: row.archiving, schema: stamps.map(({ stamp }) => stamp) };
}

type Copied = Pick<Manifest, 'startedAt' | 'endedAt' | 'timeline' | 'startPlace' | 'stopPlace' | 'files'>;

async function copyCluster(client: pg.Client, { data, segmentBytes }: Server, to: string): Promise<Copied> {
  // Held by this session alone: what is written meanwhile stays until it is copied, and no longer.
  await client.query('select pg_create_physical_replication_slot($1, true, true)', [`register_backup_${process.pid}`]);
  const { rows: [start] } = await client.query<{ place: string; at: Date }>(`select pg_backup_start('register', fast => true)::text as place, clock_timestamp() as at`);
  const copied = await copyTree(data, to, { force: true, leaveOut: (path) => LEFT_OUT.some((pattern) => pattern.test(path)) });
  const control = await copyControl(data, to);
  const { rows: [stop] } = await client.query<{ place: string; label: string; links: string; at: Date }>(
    `select lsn::text as place, labelfile as label, spcmapfile as links, clock_timestamp() as at from pg_backup_stop(wait_for_archive => false)`,
  );
  if (start === undefined || stop === undefined) throw new Error('PostgreSQL did not say where the backup begins and ends.');
  if (stop.links.trim() !== '') throw new RefusalToStart('The cluster has tablespaces of its own: copy it with pg_basebackup.');
  const label = await writeForced(to, 'backup_label', stop.label);
  const timeline = Number(/^START TIMELINE: (\d+)$/m.exec(stop.label)?.[1]);
  const log: CopiedFile[] = [];
  const last = segmentAt(placeOf(stop.place) - 1n, segmentBytes);
  for (let segment = segmentAt(placeOf(start.place), segmentBytes); segment <= last; segment += 1n) {
    log.push(await copyOne(data, to, `pg_wal/${segmentName(timeline, segment, segmentBytes)}`));
  }
  return { startedAt: start.at.toISOString(), endedAt: stop.at.toISOString(), timeline, startPlace: start.place, stopPlace: stop.place, files: [...copied, control, label, ...log] };
}

/** A running server writes this one in place: it is read until two readings are the same. */
async function copyControl(data: string, to: string): Promise<CopiedFile> {
  const path = 'global/pg_control';
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    const before = readFileSync(join(data, path));
    const copied = await copyOne(data, to, path);
    if (before.equals(readFileSync(join(data, path))) && before.equals(readFileSync(join(to, path)))) return copied;
    rmSync(join(to, path));
  }
  throw new Error('The control file did not stand still for a moment.');
}

async function isArchived(root: string, client: pg.Client, { timeline, stopPlace, segmentBytes }: Manifest): Promise<boolean> {
  const last = segmentName(timeline, segmentAt(placeOf(stopPlace) - 1n, segmentBytes), segmentBytes);
  const taken = async (): Promise<boolean> => {
    const { rows: [row] } = await client.query<{ last: string | null }>('select last_archived_wal as last from pg_stat_archiver');
    return (row?.last?.slice(0, 24) ?? '') >= last || archivedNames(root).includes(last);
  };
  return until(taken, ARCHIVE_PATIENCE);
}

/** Removes all but the newest backups, and the archived log that only the removed ones need. Gives the names of what went. */
export function prune(root: string, keep: number): readonly string[] {
  const all = backupsIn(root);
  const [gone, kept] = [all.slice(0, Math.max(0, all.length - keep)), all.slice(-keep)];
  for (const { folder } of gone) rmSync(folder, { recursive: true });
  const [oldest] = kept;
  if (oldest === undefined || gone.length === 0 || !existsSync(join(root, WAL))) return gone.map(({ folder }) => basename(folder));
  const { startPlace, segmentBytes } = oldest.manifest;
  const first = segmentAt(placeOf(startPlace), segmentBytes);
  const needless = readdirSync(join(root, WAL)).filter((name) => (parseSegment(name.slice(0, 24), segmentBytes)?.segment ?? first) < first);
  for (const name of needless) rmSync(join(root, WAL, name));
  return [...gone.map(({ folder }) => basename(folder)), ...needless];
}
