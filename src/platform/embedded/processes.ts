import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { systemCode } from './refusal-to-start.js';

/** A process named so that a later one with the same number is not taken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly born: string;
}

interface Stat {
  readonly state: string;
  readonly born: string;
}

function statOf(pid: number): Stat | undefined {
  if (process.platform === 'linux') {
    try {
      // The command name may itself hold spaces and brackets: the fields are counted after the last ')'.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      return { state: fields[0] ?? '', born: fields[19] ?? '' };
    } catch {
      return undefined;
    }
  }
  const shown = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const line = shown.stdout?.trim();
  return line ? { state: line.slice(0, 1), born: line.slice(1).trim() } : undefined;
}

/** Whether a process runs. A zombie does not, though signals still find it where nobody reaps. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) !== 'EPERM') return false;
  }
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X';
}

/** The identity of a process now: its number and the moment it was born. */
export function identityOf(pid: number): ProcessIdentity {
  return { pid, born: statOf(pid)?.born ?? '' };
}

/** Whether this very process still runs, and not another one that was given its number. */
export function isStillRunning(identity: ProcessIdentity): boolean {
  return isAlive(identity.pid) && statOf(identity.pid)?.born === identity.born;
}

/** The command line of a process, its words divided by spaces; empty where it cannot be read. */
export function commandOf(pid: number): string {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
      return '';
    }
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/**
 * The processes at work in a folder (their current directory), on Linux only.
 * A database server and everything it forks stay in the data folder, so that this finds the
 * servers left behind by a postmaster that was killed.
 */
export function processesIn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder && isAlive(pid);
      } catch {
        return false;
      }
    });
}

/** Sends a signal to a process that may be gone already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

/** Asks every few milliseconds until the condition holds; false when it never did. */
export async function until(condition: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
