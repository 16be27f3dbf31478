import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { RefusalToStart, systemCode } from './refusal-to-start.js';

/** Where root keeps the data of its checkouts, and a copy of PostgreSQL's programs where one is needed. */
export const ROOT_FOLDER = '/var/lib/register';

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Where the data of a checkout lives unless DATA_DIR says otherwise. Beside the program for an
 * ordinary user; not so for root, whose database runs as another user and must be able to reach it.
 */
export function defaultDataFolder(checkout: string): string {
  if (!isRoot()) return join(checkout, '.data');
  const mark = createHash('sha256').update(checkout).digest('hex').slice(0, 8);
  return join(ROOT_FOLDER, `${basename(checkout)}-${mark}`);
}

/** Makes the data folder and proves that it can be written; its real path. */
export function openDataFolder(named: string | undefined, checkout: string): string {
  const wanted = named ? resolve(named) : defaultDataFolder(checkout);
  try {
    if (isRoot() && !named) mkdirSync(ROOT_FOLDER, { recursive: true, mode: 0o755 });
    // Root's folder is passed through by the database's user, who may not list it.
    mkdirSync(wanted, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
    const probe = join(wanted, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return realpathSync(wanted);
  } catch (error) {
    const code = systemCode(error);
    if (code === '') throw error;
    throw new RefusalToStart(`The data folder ${wanted} cannot be used (${code}): set DATA_DIR to a folder that this user may write to.`);
  }
}
