import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, openSync, closeSync, readFileSync, readSync, readdirSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { RunAs } from '../embedded/binaries.js';
import { RefusalToStart, systemCode } from '../embedded/refusal-to-start.js';

/** Where a folder of backups keeps the archived log, one compressed file a segment. */
export const WAL = 'wal';
/** Whose backups a folder holds. */
const OWNER = 'register.json';
/** A segment is archived at the latest so many seconds after its first change: what a lost disk may cost. */
export const ARCHIVE_SECONDS = 60;

/** A word of a command line, safe in a shell and in PostgreSQL, which reads `%p` and `%f` in it. */
const word = (path: string): string => `'${path.replaceAll(`'`, `'\\''`).replaceAll('%', '%%')}'`;

/**
 * How a segment is archived: compressed (an idle minute's is some kilobytes then, not 16 MB), forced to the disk, and only
 * then under its name. One that is there already is right when it is the same, after a crash between the two; never overwritten.
 */
export function archiveCommand(folder: string): string {
  const file = `${word(folder)}/%f.gz`;
  const force = (what: string): string => `(sync ${what} 2>/dev/null || sync)`;
  return `if test -f ${file}; then gzip -dc ${file} | cmp -s - "%p"; else gzip -1nc "%p" > ${file}.part && ${force(`${file}.part`)} && mv ${file}.part ${file} && ${force(word(folder))}; fi`;
}

/** How a recovery fetches a segment from the archive. */
export function fetchCommand(folder: string): string {
  const file = `${word(folder)}/%f.gz`;
  return `test -f ${file} && gzip -dc ${file} > "%p"`;
}

/** The names of what is archived: segments, histories. */
export function archivedNames(backups: string): string[] {
  const folder = join(backups, WAL);
  return existsSync(folder) ? readdirSync(folder).flatMap((name) => /^([0-9A-F]{24}|[0-9A-F]{8}\.history)\.gz$/.exec(name)?.[1] ?? []) : [];
}

/** The text of an archived history file. */
export function archivedText(backups: string, name: string): string {
  return gunzipSync(readFileSync(join(backups, WAL, `${name}.gz`))).toString('utf8');
}

/** The number that tells one cluster from every other: the first eight bytes of its control file. */
export function clusterIdentifier(data: string): string {
  const file = openSync(join(data, 'global', 'pg_control'), 'r');
  try {
    const bytes = Buffer.alloc(8);
    readSync(file, bytes, 0, 8, 0);
    return bytes.readBigUInt64LE().toString();
  } finally {
    closeSync(file);
  }
}

/** Makes a folder of backups ready for the log of a cluster, and gives the settings that archive into it. */
export function archiveInto(named: string, data: string, runAs: RunAs): Readonly<Record<string, string>> {
  const backups = openBackups(named, clusterIdentifier(data));
  const folder = join(backups, WAL);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(folder, runAs.uid, runAs.gid);
  const tried = spawnSync('/bin/sh', ['-c', 'test -w "$0"', folder], { uid: runAs.uid, gid: runAs.gid, cwd: '/', env: {} });
  if (tried.status !== 0) {
    throw new RefusalToStart(`The user ${runAs.name ?? 'of this program'}, who runs the database, cannot write to ${folder}: set BACKUP_DIR to a folder that every user may pass through.`);
  }
  keepHistories(data, folder, runAs);
  return { archive_mode: 'on', archive_command: archiveCommand(folder), archive_timeout: String(ARCHIVE_SECONDS) };
}

/**
 * PostgreSQL archives the history of a timeline only at the moment it begins, which may have been while nothing was
 * archived: without it a later recovery would follow the timeline that this one has left.
 */
function keepHistories(data: string, folder: string, { uid, gid }: RunAs): void {
  for (const name of readdirSync(join(data, 'pg_wal')).filter((each) => /^[0-9A-F]{8}\.history$/.test(each))) {
    const file = join(folder, `${name}.gz`);
    if (existsSync(file)) continue;
    writeFileSync(`${file}.part`, gzipSync(readFileSync(join(data, 'pg_wal', name))), { mode: 0o600, flush: true });
    if (uid !== undefined && gid !== undefined) chownSync(`${file}.part`, uid, gid);
    renameSync(`${file}.part`, file);
  }
}

/** Makes a folder of backups, or proves that the one that is there is this cluster's: two registers in one would spoil both. */
export function openBackups(named: string, identifier: string): string {
  const wanted = resolve(named);
  try {
    // Root's folder is passed through by the database's user, who may not list it.
    mkdirSync(wanted, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    const file = join(wanted, OWNER);
    if (!existsSync(file)) writeFileSync(file, `${JSON.stringify({ cluster: identifier })}\n`, { mode: 0o600 });
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const owner = typeof kept === 'object' && kept !== null && 'cluster' in kept ? String(kept.cluster) : '';
    if (owner !== identifier) throw new RefusalToStart(`${wanted} holds the backups of another register: name another folder.`);
    return realpathSync(wanted);
  } catch (error) {
    const code = systemCode(error);
    if (code === '') throw error;
    throw new RefusalToStart(`The folder of backups ${wanted} cannot be used (${code}): name one that this user may write to.`);
  }
}
