import { parseArgs } from 'node:util';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prune, takeBackup } from './platform/backup/base-backup.js';
import { fieldKeysOf } from './platform/config/config.js';
import { openOwnerDatabase } from './platform/embedded/owner-database.js';
import { RefusalToStart } from './platform/embedded/refusal-to-start.js';
import type { CommandEnv } from './register.js';

const CHECKOUT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** `register backup --to FOLDER`: a base backup of the embedded database, which may go on running; where it does not run, it is started for this. */
export async function backupCommand(args: readonly string[], env: CommandEnv): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { to: { type: 'string' }, keep: { type: 'string' } }, strict: false });
  const root = typeof values.to === 'string' && values.to !== '' ? values.to : env['BACKUP_DIR'];
  const keep = values.keep === undefined ? undefined : Number(values.keep);
  if (!root) throw usage('Name the folder of backups: --to FOLDER, or BACKUP_DIR.');
  if (keep !== undefined && (!Number.isInteger(keep) || keep < 1)) throw usage('--keep is the number of backups that stay, at least 1.');
  if (env['MIGRATE_DATABASE_URL'] || env['DATABASE_URL']) {
    throw new RefusalToStart('This command copies the files of the embedded database. A server of your own is backed up with pg_basebackup: see README.md, "Backup and restore".');
  }
  const began = performance.now();
  const owner = await openOwnerDatabase(env, CHECKOUT);
  try {
    const taken = await takeBackup({ ownerUrl: owner.url, root, fieldKeys: fieldKeysOf(env['FIELD_KEYS'] || (owner.secrets?.fieldKeys ?? '')) });
    const bytes = taken.manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    console.log(`${taken.folder}: ${taken.manifest.files.length} files, ${(bytes / 1e6).toFixed(0)} MB in ${((performance.now() - began) / 1000).toFixed(1)} s. It can be restored from ${taken.manifest.endedAt} on.`);
    if (owner.secrets !== undefined) console.log('The keys are not in it: keep a copy of secrets.json in another place. Without it no account number and no document can be opened again.');
    if (keep !== undefined) console.log(`Removed what only older backups need: ${prune(root, keep).length} names.`);
    if (taken.archived === undefined) console.log('No log is archived (BACKUP_DIR was not set when the register started): what happens from now on is not in any backup.');
    if (taken.archived !== false) return 0;
    console.error('The backup is whole, but the archive has not taken its log within a minute: look into postgres.log.');
    return 1;
  } finally {
    await owner.close();
  }
}

/** Told apart by its name: the frame imports this file, not the other way round. */
function usage(message: string): Error {
  const error = new Error(message);
  error.name = 'UsageError';
  return error;
}
