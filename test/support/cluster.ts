import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded/embedded-postgres.js';
import { identityOf, isStillRunning } from '../../src/platform/embedded/processes.js';

const PREFIX = 'register-test-';
const OWNER = 'owner.json';

/** A cluster for one run of the tests, or of a bench: thrown away. */
export interface TestCluster {
  readonly folder: string;
  readonly server: EmbeddedPostgres;
}

/** What a cluster of the tests need not keep, and is fast without. */
const FORGETFUL = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_connections: '300',
  max_wal_size: '256MB',
  autovacuum_naptime: '5min',
  log_min_messages: 'error',
};

const MEMORY = '/dev/shm';
const GIGABYTE = 2 ** 30;

/**
 * Where files go that a run throws away: into memory, where there is plenty. A database is some two thousand files, and a disk's
 * file system (ext4) looks ever longer for a place for new ones where many were just deleted: the tests of the queue alone
 * took 30 s of the system's processor time there and take 8 here.
 */
export function throwAwayFolder(): string {
  if (!existsSync(MEMORY) || process.availableMemory() < 4 * GIGABYTE) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize < 2 * GIGABYTE ? tmpdir() : MEMORY;
}

/**
 * Starts a cluster in a new temporary folder, after clearing those of runs that were killed. `durable` gives it the
 * settings that `npm start` runs with, for a bench: what is committed is on the disk.
 */
export async function startTestCluster(password: string, durable = false, settings: Readonly<Record<string, string>> = {}): Promise<TestCluster> {
  await clearDeadRuns();
  const folder = mkdtempSync(join(durable ? tmpdir() : throwAwayFolder(), PREFIX));
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, OWNER), JSON.stringify(identityOf(process.pid)));
  const server = await startEmbeddedPostgres({
    folder,
    spare: process.getuid?.() === 0 ? '/var/lib/register' : folder,
    password,
    durable,
    settings: durable ? settings : FORGETFUL,
  });
  return { folder, server };
}

async function clearDeadRuns(): Promise<void> {
  const folders = [tmpdir(), MEMORY].filter(existsSync).flatMap((place) => readdirSync(place).filter((each) => each.startsWith(PREFIX)).map((name) => join(place, name)));
  for (const folder of folders) {
    try {
      if (statSync(folder).uid === process.getuid?.() && !hasLivingOwner(folder)) await removeEmbeddedPostgres(folder);
    } catch {
      // Somebody else clears it at the same moment; what is left is found by the next run.
    }
  }
}

function hasLivingOwner(folder: string): boolean {
  const file = join(folder, OWNER);
  // The file is written a moment after the folder.
  if (!existsSync(file)) return Date.now() - statSync(folder).mtimeMs < 60_000;
  const owner: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('born' in owner)) return false;
  return isStillRunning({ pid: Number(owner.pid), born: String(owner.born) });
}

/** Stops a cluster and deletes its folder. */
export async function removeTestCluster(cluster: TestCluster): Promise<void> {
  await cluster.server.stop();
  rmSync(cluster.folder, { recursive: true, force: true });
}
