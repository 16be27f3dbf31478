import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeBackup } from '../../src/platform/backup/base-backup.js';
import { databaseUser } from '../../src/platform/embedded/binaries.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded/embedded-postgres.js';

/** Makes a streaming stand-by of a server in a folder, by a base backup of it; gives what starts it, as often as it is needed. */
export async function standByOf({ primaryUrl, folder, password, settings = {} }: {
  readonly primaryUrl: string; readonly folder: string; readonly password: string; readonly settings?: Readonly<Record<string, string>>;
}): Promise<() => Promise<EmbeddedPostgres>> {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const taken = await takeBackup({ ownerUrl: primaryUrl, root: join(folder, 'backups'), fieldKeys: new Map() });
  renameSync(join(taken.folder, 'postgres'), join(folder, 'postgres'));
  writeFileSync(join(folder, 'postgres', 'standby.signal'), '');
  const { uid, gid } = databaseUser();
  if (uid !== undefined) spawnSync('chown', ['-R', `${uid}:${gid ?? uid}`, join(folder, 'postgres')]);
  return () => startEmbeddedPostgres({
    folder, spare: process.getuid?.() === 0 ? '/var/lib/register' : folder, password,
    settings: { ...settings, hot_standby_feedback: 'on', primary_conninfo: `host=127.0.0.1 port=${new URL(primaryUrl).port} user=postgres password=${password}` },
  });
}
