/** What the command line asked for. */
export interface BenchOptions {
  /** Every invented row and every choice of a request follows from it. */
  readonly seed: number;
  /** Seconds of one turn of one competitor. */
  readonly seconds: number;
  readonly rounds: number;
  /** Connections that send, each waiting for its answer before it sends again. */
  readonly connections: number;
  /** A data folder of the register to run on, as DATA_DIR names it; without one a new one is made and removed again. */
  readonly data: string | undefined;
  /** Folder for profiles of the API's processor time (.cpuprofile); without one nothing is profiled. */
  readonly profile: string | undefined;
  /** Any other option of the command line, for a bench of its own: `--minutes 15` is `other('minutes')`. */
  other(name: string): string | undefined;
}

/** A bench by name. It prints its own tables and says whether everything that counts went well. */
export interface Bench {
  readonly name: string;
  readonly what: string;
  run(options: BenchOptions): Promise<boolean>;
}

/** Reads the command line: names of benches, then options; an option without a value is "true". */
export function readOptions(line: readonly string[]): { readonly names: readonly string[]; readonly options: BenchOptions } {
  const names: string[] = [];
  const given = new Map<string, string>();
  for (let at = 0; at < line.length; at++) {
    const [, name, inline] = /^--([a-z][a-z-]*)(?:=(.*))?$/.exec(line[at] ?? '') ?? [];
    if (name === undefined) {
      names.push(line[at] ?? '');
      continue;
    }
    const next = line[at + 1];
    const takesNext = inline === undefined && next !== undefined && !next.startsWith('--');
    given.set(name, inline ?? (takesNext ? next : 'true'));
    if (takesNext) at++;
  }
  const number = (name: string, fallback: number): number => {
    const value = Number(given.get(name) ?? fallback);
    if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} must be a number.`);
    return value;
  };
  return {
    names,
    options: {
      seed: number('seed', 2026),
      seconds: number('seconds', 3),
      rounds: number('rounds', 6),
      connections: number('connections', 16),
      data: given.get('data'),
      profile: given.get('profile'),
      other: (name) => given.get(name),
    },
  };
}
