import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** A line of the journal: what was meant, written before it was sent; and what came of it. One `send` for each sending, several under one key where it was repeated. */
export type Line =
  | { readonly is: 'intent'; readonly send: number; readonly key: string; readonly op: string; readonly actor: string }
  /** `request` is the register's own id of that request, `id` what the answer says was made or changed. */
  | { readonly is: 'ack'; readonly send: number; readonly key: string; readonly request: string; readonly id: string }
  | { readonly is: 'refused'; readonly send: number; readonly key: string; readonly code: string }
  | { readonly is: 'unknown'; readonly send: number; readonly key: string; readonly why: string };

/** Written line by line, at once: what a driver meant when it died is known. */
export class JournalFile {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  write(line: Line): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}

export function readJournal(path: string): Line[] {
  return readFileSync(path, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Line);
}

/** What an operation leaves behind when it is done. */
export interface Trace {
  readonly act: string;
  /** Does its act tell others? */
  readonly event: boolean;
  /** Does it write a row in which its key can be found again? */
  readonly row: boolean;
}

/** What the database holds of the people and the time of a run. */
export interface Found {
  readonly keys: readonly { readonly actor: string; readonly key: string; readonly id: string }[];
  readonly acts: readonly { readonly actor: string; readonly act: string; readonly request: string; readonly events: number }[];
  /** Keys as they stand in the rows that were written, once for each row. */
  readonly rows: readonly string[];
}

/** The four numbers that must be 0, how much was compared, and the first sentences on what is wrong. */
export interface Verdict {
  readonly n: number;
  readonly lost: number;
  readonly doubled: number;
  readonly torn: number;
  readonly unexplained: number;
  readonly examples: readonly string[];
}

interface Intent {
  readonly key: string;
  readonly op: string;
  readonly actor: string;
  readonly requests: Set<string>;
  readonly ids: Set<string>;
  sends: number;
  unknown: number;
}

/**
 * Compares what was acknowledged with what is there. Lost: acknowledged, and nothing is there. Torn: one part of it is
 * there (key, act, event, row) and another is not. Doubled: one key, two effects, or two answers. Unexplained: there, and
 * nobody was told so.
 */
export function compare(journal: readonly Line[], found: Found, traces: Readonly<Record<string, Trace>>): Verdict {
  const intents = intentsOf(journal);
  const count = { lost: 0, doubled: 0, torn: 0, unexplained: 0 };
  const examples: string[] = [];
  const wrong = (what: keyof typeof count, sentence: string): void => {
    count[what] += 1;
    if (examples.length < 10) examples.push(`${what}: ${sentence}`);
  };
  const keys = new Map(found.keys.map((row) => [row.key, row]));
  const rows = new Map<string, number>();
  for (const key of found.rows) rows.set(key, (rows.get(key) ?? 0) + 1);
  const byRequest = new Map<string, Found['acts'][number][]>();
  for (const act of found.acts) byRequest.set(act.request, [...(byRequest.get(act.request) ?? []), act]);
  const explained = new Set<string>();
  const spare = new Map<string, number>();

  for (const intent of intents.values()) {
    const trace = traces[intent.op];
    if (trace === undefined) throw new Error(`Nobody says what ${intent.op} leaves behind.`);
    for (const request of intent.requests) explained.add(request);
    const acts = [...intent.requests].flatMap((request) => (byRequest.get(request) ?? []).filter(({ act }) => act === trace.act));
    const there = { key: keys.has(intent.key), act: acts.length > 0, event: acts.some(({ events }) => events > 0), row: rows.has(intent.key) };
    const wanted = (['key', 'act', ...(trace.event ? ['event'] : []), ...(trace.row ? ['row'] : [])] as (keyof typeof there)[]);
    const name = `${intent.op} ${intent.key}`;
    if (intent.ids.size === 0) {
      if (!there.key && !there.row) continue;
      if (intent.unknown === 0) wrong('unexplained', `${name} was refused, and is there`);
      else spare.set(`${intent.actor} ${trace.act}`, (spare.get(`${intent.actor} ${trace.act}`) ?? 0) + 1);
      continue;
    }
    const missing = wanted.filter((part) => !there[part]);
    if (missing.length === wanted.length) wrong('lost', `${name} was acknowledged, and nothing of it is there`);
    else if (missing.length > 0) wrong('torn', `${name} has no ${missing.join(', no ')}`);
    if (acts.length > 1 || (rows.get(intent.key) ?? 0) > 1 || intent.ids.size > 1) wrong('doubled', `${name} was done twice`);
    const id = keys.get(intent.key)?.id;
    if (id !== undefined && !intent.ids.has(id)) wrong('torn', `${name} was answered with another id than it is kept under`);
  }
  for (const { key } of found.keys) if (!intents.has(key)) wrong('unexplained', `a request key ${key}`);
  for (const key of rows.keys()) if (!intents.has(key)) wrong('unexplained', `a row of ${key}`);
  for (const { actor, act, request } of found.acts) {
    if (explained.has(request)) continue;
    const left = spare.get(`${actor} ${act}`) ?? 0;
    if (left > 0) spare.set(`${actor} ${act}`, left - 1);
    else wrong('unexplained', `an act ${act} of request ${request}`);
  }
  return { n: intents.size, ...count, examples };
}

function intentsOf(journal: readonly Line[]): Map<string, Intent> {
  const intents = new Map<string, Intent>();
  for (const line of journal) {
    if (line.is === 'intent' && !intents.has(line.key)) {
      intents.set(line.key, { key: line.key, op: line.op, actor: line.actor, requests: new Set(), ids: new Set(), sends: 0, unknown: 0 });
    }
    const intent = intents.get(line.key);
    if (intent === undefined) throw new Error(`The journal has an answer to ${line.key}, which was never meant.`);
    if (line.is === 'intent') {
      intent.sends += 1;
      // Until something else is heard, nobody knows.
      intent.unknown += 1;
      continue;
    }
    if (line.is !== 'unknown') intent.unknown -= 1;
    if (line.is !== 'ack') continue;
    intent.requests.add(line.request);
    intent.ids.add(line.id);
  }
  return intents;
}

/** The line that a proof ends with. */
export function verdictLine({ n, lost, doubled, torn, unexplained }: Verdict): string {
  return `lost=${lost} doubled=${doubled} torn=${torn} unexplained=${unexplained} n=${n}`;
}

/** Is everything as it was told? A run that wrote nothing proves nothing. */
export function isWhole({ n, lost, doubled, torn, unexplained }: Verdict): boolean {
  return n > 0 && lost + doubled + torn + unexplained === 0;
}
