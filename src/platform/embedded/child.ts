import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { signal } from './processes.js';
import type { RunLog } from './run-log.js';

/** How a process ended: its exit code, or the signal that ended it. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of the program, watched by the launcher. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Settles when the process says it is ready; never, when it ends before. */
  readonly ready: Promise<void>;
  readonly ended: Promise<Ending>;
  /** Asks it to end, and kills it when it has not after the grace. */
  stop(grace: number): Promise<void>;
  kill(): void;
}

/**
 * Starts a process with a channel to us. It ends when the channel closes, so that killing the
 * launcher leaves nothing behind; it is in a group of its own, so that a terminal's Ctrl-C
 * reaches the launcher alone, which stops everything in order. What it says goes to the log,
 * where there is one, else where the launcher's own words go.
 */
export function startChild(name: string, script: string, env: NodeJS.ProcessEnv, log: RunLog | undefined): Child {
  const out = log === undefined ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, ['--enable-source-maps', script], { env, detached: true, stdio: ['ignore', out, out, 'ipc'] });
  const { pid } = child;
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', (line) => log?.line(line));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => log?.error(text));
  if (pid === undefined) throw new Error(`the ${name} process could not be started from ${script}`);
  let over = false;
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null }));
    // Closed: also its last words are read.
    child.once('close', (code, by) => resolve({ code, signal: by }));
  }).then((ending) => {
    over = true;
    return ending;
  });
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'ready' in message && message.ready === true) resolve();
    });
  });
  const kill = (): void => {
    // The whole group: what the process itself started goes with it.
    if (!over) signal(-pid, 'SIGKILL');
  };
  return {
    name,
    pid,
    ready,
    ended,
    kill,
    stop: async (grace) => {
      if (!over) signal(pid, 'SIGTERM');
      const timer = setTimeout(kill, grace);
      await ended;
      clearTimeout(timer);
    },
  };
}
