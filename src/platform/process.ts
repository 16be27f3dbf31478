import { utimesSync, writeFileSync } from 'node:fs';

/** A process under the launcher ends when its channel to it closes, so that nothing is orphaned; on SIGTERM and SIGINT it ends too. */
export function endWithParent(close: () => Promise<void>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('disconnect', end);
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // The launcher may have gone while this process was still starting.
  if (process.send !== undefined && !process.connected) end();
}

/** Tells the launcher that this process is ready. */
export function tellReady(): void {
  process.send?.({ ready: true });
}

/** Ends a process that could not start, with the reason and without a stack: whoever reads it runs the program. */
export function refuseToStart(error: unknown, env: Readonly<Record<string, string | undefined>>): never {
  process.stderr.write(`${whyNot(error, 'DATABASE_URL', env)}\n`);
  process.exit(1);
}

const SILENT = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN', '57P03']);

/** One sentence for what keeps a process from its database; any other error in its own words. */
export function whyNot(error: unknown, setting: string, env: Readonly<Record<string, string | undefined>>): string {
  const code = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const address = URL.canParse(env[setting] ?? '') ? new URL(env[setting] ?? '') : undefined;
  const where = `The database at ${address?.host ?? 'an unknown place'}`;
  if (SILENT.has(code)) return `${where} does not answer (${code}): check ${setting}.`;
  if (code === '28P01' || code === '28000') return `${where} does not let ${address?.username ?? 'this login'} in: the password of ${setting} is another one, or "register migrate" has not made the login yet.`;
  if (code === '3D000') return `${where} has no database ${address?.pathname.slice(1) ?? ''}: check ${setting}.`;
  return error instanceof Error && error.message !== '' ? error.message : `The process could not start (${code || String(error)}).`;
}

/** How often a heart beats: often enough that a check which looks for a minute's silence is sure. */
const BEAT = 5_000;

/**
 * Touches a file for as long as `alive` settles well, so that a health check outside can tell a process that works from
 * one that only exists. The first beat comes at once; a file that cannot be written keeps the process from starting.
 */
export function beat(file: string, alive: () => Promise<unknown>): void {
  writeFileSync(file, '');
  const next = (): void => {
    setTimeout(() => {
      alive()
        .then(() => utimesSync(file, new Date(), new Date()))
        // Nothing to be said: the silence is the message.
        .catch(() => undefined)
        .finally(next);
    }, BEAT).unref();
  };
  next();
}
