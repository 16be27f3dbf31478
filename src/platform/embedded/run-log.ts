import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The file and one older one: together they say what happened lately, and never fill a disk. */
const LARGEST = 10 * 1024 * 1024;
const LEVELS: Readonly<Record<string, number>> = { debug: 20, info: 30, warn: 40, error: 50, fatal: 60, silent: Infinity };
const SHOWN_ALREADY = new Set(['level', 'time', 'pid', 'hostname', 'process', 'msg', 'nest']);

/** What the processes of `npm start` say: every line to a file of the data folder, what a person should see to her terminal. */
export class RunLog {
  readonly file: string;
  readonly #least: number;
  #size: number;
  #broken = false;

  /** The terminal shows warnings and worse, or what LOG_LEVEL asks for. */
  constructor(folder: string, level: string | undefined) {
    this.file = join(folder, 'register.log');
    this.#least = LEVELS[level ?? ''] ?? LEVELS['warn'] ?? 0;
    this.#size = sizeOf(this.file);
  }

  /** A line of a process's log. */
  line(text: string): void {
    this.#keep(`${text}\n`);
    const shown = lineForPeople(text, this.#least);
    if (shown !== undefined) process.stdout.write(`${shown}\n`);
  }

  /** What a process wrote where errors go: the runtime's own words, and why it could not start. */
  error(text: string): void {
    this.#keep(text);
    process.stderr.write(text);
  }

  #keep(text: string): void {
    try {
      if (this.#size > LARGEST) {
        renameSync(this.file, `${this.file}.1`);
        this.#size = 0;
      }
      appendFileSync(this.file, text, { mode: 0o600 });
      this.#size += Buffer.byteLength(text);
      this.#broken = false;
    } catch (error) {
      // A full disk ends nothing here; it is told once.
      if (!this.#broken) process.stderr.write(`The log cannot be written to ${this.file}: ${error instanceof Error ? error.message : String(error)}\n`);
      this.#broken = true;
    }
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** A line of JSON as a person reads it, where its level is reached; a line that is none as it stands. */
function lineForPeople(text: string, least: number): string | undefined {
  let found: Readonly<Record<string, unknown>>;
  try {
    found = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return text;
  }
  const level = Number(found['level']);
  if (level < least) return undefined;
  const time = new Date(String(found['time'])).toTimeString().slice(0, 8);
  const word = Object.keys(LEVELS).find((name) => LEVELS[name] === level) ?? 'info';
  // Of a stack the file knows.
  const facts = Object.entries(found).filter(([name, value]) => !SHOWN_ALREADY.has(name) && (typeof value === 'number' || (typeof value === 'string' && !value.includes('\n'))));
  const more = facts.length === 0 ? '' : ` (${facts.map(([name, value]) => `${name} ${String(value)}`).join(', ')})`;
  return `${time} ${word.padEnd(5)} ${String(found['process'])}: ${String(found['msg'] ?? found['nest'] ?? '')}${more}`;
}
