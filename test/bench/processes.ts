import { readFileSync } from 'node:fs';

/** Megabytes a process has in memory; NaN where the system does not say (it is Linux that does). */
export function residentMegabytes(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid ?? 'none'}/status`))?.[1] ?? NaN) / 1024;
}

/** Seconds of processor time a process has used since its start; NaN where the system does not say. */
export function cpuSeconds(pid: number | undefined): number {
  // The second field, the name in brackets, may hold spaces.
  const fields = read(`/proc/${pid ?? 'none'}/stat`).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11] ?? NaN) + Number(fields[12] ?? NaN)) / 100;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
