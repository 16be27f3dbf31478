import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, isStillRunning, signal, until, type ProcessIdentity } from './processes.js';
import { RefusalToStart, systemCode } from './refusal-to-start.js';

/** The right to run on a data folder: one launcher at a time. */
export interface LauncherLock {
  release(): void;
}

/** Another launcher, alive, has the data folder. */
export class FolderInUse extends RefusalToStart {}

function parse(text: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('born' in value)) return undefined;
    return { pid: Number(value.pid), born: String(value.born) };
  } catch {
    return undefined;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Takes the lock of a data folder, or says who has it. The lock of a launcher that was killed is
 * set aside: it names a number and a birth, so that neither a zombie nor a stranger who was given
 * the number keeps it.
 */
export function lockFolder(folder: string): LauncherLock {
  const file = join(folder, 'launcher.lock');
  const mine = `${file}.${process.pid}`;
  const content = JSON.stringify(identityOf(process.pid));
  rmSync(mine, { force: true });
  writeFileSync(mine, content, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      if (tryLink(mine, file)) return { release: () => release(file, content) };
      const found = read(file);
      if (found === undefined) continue;
      const holder = parse(found);
      if (holder && isStillRunning(holder)) {
        throw new FolderInUse(`The program already runs on the data folder ${folder} (process ${holder.pid}): stop that one first, or set DATA_DIR to another folder.`);
      }
      setAside(file, found);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  throw new RefusalToStart(`The data folder ${folder} could not be locked: another start is under way.`);
}

/** Renames a dead lock away; a living one that somebody took in between is put back. */
function setAside(file: string, dead: string): void {
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  if (read(aside) !== dead) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function release(file: string, content: string): void {
  if (read(file) === content) rmSync(file, { force: true });
}

/** Remembers the processes of this run, for a next one that follows a kill. */
export function rememberChildren(folder: string, pids: readonly number[]): void {
  const file = join(folder, 'children.json');
  writeFileSync(`${file}.new`, JSON.stringify(pids.map(identityOf)), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * Waits for the processes of a run whose launcher was killed. They end by themselves when their
 * channel closes, but hold the port until then; one that does not end is killed.
 */
export async function endRememberedChildren(folder: string, patience: number): Promise<void> {
  const file = join(folder, 'children.json');
  const listed: unknown = JSON.parse(read(file) ?? '[]');
  const left = (Array.isArray(listed) ? listed : []).map((each) => parse(JSON.stringify(each))).filter((each) => each !== undefined);
  const gone = (): boolean => !left.some(isStillRunning);
  if (!(await until(gone, patience))) {
    for (const each of left) if (isStillRunning(each)) signal(each.pid, 'SIGKILL');
    await until(gone, 5_000);
  }
  rmSync(file, { force: true });
}
