import { readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The stamps of the migrations that this program was built with. */
export function migrationStamps(): string[] {
  const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../../../migrations');
  return readdirSync(folder).flatMap((name) => /^(\d{13})-[a-z0-9-]+\.js$/.exec(name)?.[1] ?? []).sort();
}
