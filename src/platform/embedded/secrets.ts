import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RefusalToStart } from './refusal-to-start.js';

/** What an installation keeps to itself. Made once; losing it loses the encrypted fields. */
export interface Secrets {
  readonly superuserPassword: string;
  readonly apiPassword: string;
  readonly workerPassword: string;
  /** Signs access tokens: 32 random bytes, base64url. */
  readonly tokenSecret: string;
  /** Keys of encrypted fields, `version:base64 of 32 bytes`; the highest version writes. */
  readonly fieldKeys: string;
}

const NAMES = ['superuserPassword', 'apiPassword', 'workerPassword', 'tokenSecret', 'fieldKeys'] as const;

/** New secrets, kept nowhere. */
export function newSecrets(): Secrets {
  const random = (): string => randomBytes(32).toString('base64url');
  return {
    superuserPassword: random(),
    apiPassword: random(),
    workerPassword: random(),
    tokenSecret: random(),
    fieldKeys: `1:${randomBytes(32).toString('base64')}`,
  };
}

function isSecrets(value: unknown): value is Secrets {
  return typeof value === 'object' && value !== null && NAMES.every((name) => typeof Reflect.get(value, name) === 'string' && Reflect.get(value, name) !== '');
}

/** The secrets of a data folder: read, or made the first time. Only the owner may read the file. */
export function secretsOf(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  if (!existsSync(file)) {
    if (existsSync(join(folder, 'postgres'))) {
      throw new RefusalToStart(`The database in ${folder} is there, but its passwords and keys (${file}) are not: put that file back, or move the folder away to begin anew.`);
    }
    keep(file, newSecrets());
  }
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  return readSecrets(file);
}

/** The secrets in a file, wherever it was kept. */
export function readSecrets(file: string): Secrets {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isSecrets(read)) return read;
  } catch {
    // Said below, without the content: it may be half a secret.
  }
  throw new RefusalToStart(`The file ${file} does not hold the passwords and keys of this database: put the right one back.`);
}

/** Gives a data folder its secrets, where it has none. */
export function keepSecrets(folder: string, secrets: Secrets): void {
  keep(join(folder, 'secrets.json'), secrets);
}

function keep(file: string, secrets: Secrets): void {
  const half = `${file}.${process.pid}`;
  rmSync(half, { force: true });
  const handle = openSync(half, 'wx', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(secrets, undefined, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(half, file);
}
