import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RefusalToStart } from '../embedded/refusal-to-start.js';
import { archivedNames, archivedText } from './archive.js';
import type { CopiedFile } from './copy.js';
import { chainFrom, liesOn, placeOf, segmentAt, wayFrom } from './wal.js';
import type { Branch, Chain } from './wal.js';

/** The file that makes a folder a backup: written last. */
export const MANIFEST = 'backup.json';
/** Where a backup keeps the cluster's files. */
export const CLUSTER = 'postgres';
const FORMAT = 1;

/** What is known of one base backup. */
export interface Manifest {
  readonly format: number;
  /** The cluster's own number, the same in all its backups. */
  readonly cluster: string;
  readonly startedAt: string;
  /** From this moment on it can be restored. */
  readonly endedAt: string;
  readonly timeline: number;
  readonly startPlace: string;
  readonly stopPlace: string;
  readonly segmentBytes: number;
  /** Stamps of the schema's migrations. */
  readonly schema: readonly string[];
  /** Which keys sealed its fields, by version: a fingerprint, never a key. */
  readonly keys: Readonly<Record<string, string>>;
  readonly files: readonly CopiedFile[];
}

/** A base backup in its folder. */
export interface Backup {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** What a recovery starts from, and the log it then follows. */
export interface Route {
  readonly backup: Backup;
  readonly chain: Chain;
}

/** The finished backups of a folder, the oldest first. One that was cut off has no manifest and is none. */
export function backupsIn(root: string): readonly Backup[] {
  const names = existsSync(root) ? readdirSync(root).filter((name) => /^base-\w+$/.test(name) && existsSync(join(root, name, MANIFEST))) : [];
  return names.map((name) => ({ folder: join(root, name), manifest: readManifest(join(root, name, MANIFEST)) })).sort((a, b) => (a.manifest.endedAt < b.manifest.endedAt ? -1 : 1));
}

function readManifest(file: string): Manifest {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    if (read.format === FORMAT && Array.isArray(read.files) && typeof read.stopPlace === 'string') return read;
  } catch {
    // Said below.
  }
  throw new RefusalToStart(`${file} is not the description of a backup that this program can read.`);
}

/** A manifest as it is written. */
export function manifestOf(rest: Omit<Manifest, 'format'>): Manifest {
  return { format: FORMAT, ...rest };
}

/** The newest backup from which a moment can be reached (without one: the newest of all), and the log from there on. */
export function routeTo(root: string, to: Date | undefined): Route {
  const all = backupsIn(root);
  const names = archivedNames(root);
  const [first] = all;
  if (first === undefined) throw new RefusalToStart(`There is no backup in ${root}: its folders are named base-..., each with a ${MANIFEST}.`);
  const way = wayFrom(Math.min(...all.map(({ manifest }) => manifest.timeline)), names, (name) => archivedText(root, name));
  const strange = names.find((name) => name.length === 24 && Number(`0x${name.slice(0, 8)}`) > (way.at(-1)?.timeline ?? 0));
  if (strange !== undefined) throw new RefusalToStart(`The archive holds the log of a timeline whose history it does not hold (${strange}): without it nobody knows which of two pasts is the register's. Nothing was restored.`);
  const usable = all.filter(({ manifest }) => liesOn(way, manifest.timeline, placeOf(manifest.stopPlace)));
  const backup = usable.findLast(({ manifest }) => to === undefined || manifest.endedAt <= to.toISOString());
  if (backup === undefined) throw new RefusalToStart(`The first backup in ${root} ended at ${usable[0]?.manifest.endedAt ?? first.manifest.endedAt}: no earlier moment can be restored.`);
  return { backup, chain: chainOf(backup, way, names) };
}

function chainOf({ manifest }: Backup, way: readonly Branch[], archived: readonly string[]): Chain {
  const own = manifest.files.flatMap(({ path }) => /^pg_wal\/([0-9A-F]{24})$/.exec(path)?.[1] ?? []);
  return chainFrom(segmentAt(placeOf(manifest.startPlace), manifest.segmentBytes), way, [...own, ...archived], manifest.segmentBytes);
}
