import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { say } from '../platform/messages/messages.js';
import type { Language } from '../platform/messages/messages.js';
import { progressOn } from '../territory/progress.js';
import type { Shown } from '../territory/progress.js';
import { checkEpisodes } from './episode-check.domain.js';
import type { EpisodeReport } from './episode-check.domain.js';
import { ruleWords } from './episode-check.messages.js';
import { readEpisodeTable } from './episode-table.domain.js';

const MOST_ROWS = 1_000_000;
const MOST_BYTES = 100_000_000;
/** So many rows of a rule are named where not all are asked for. */
const NAMED = 20;

/** `register check-episodes FILE`: exit code 1 where a rule is broken. Reads the file, touches no database. */
export async function checkEpisodesCommand(args: readonly string[], output: Shown = process.stdout): Promise<number> {
  const { file, language, all } = options(args);
  if ((await stat(file)).size > MOST_BYTES) throw new Error(`The file is larger than ${MOST_BYTES / 1_000_000} MB. Check it in parts, each child's rows in one.`);
  const read = readEpisodeTable(new TextDecoder('utf-8').decode(await readFile(file)), MOST_ROWS);
  if (!read.ok) throw new Error(say(language, `episode_table.${read.code}`, read.details));
  const { rows, ignored } = read.value;
  const progress = progressOn(output, 'rows');
  const report = checkEpisodes(rows, progress.tell);
  progress.end();
  for (const line of told(report, language, all)) output.write(`${line}\n`);
  if (ignored.length > 0) output.write(`No rule asks about: ${ignored.join(', ')}.\n`);
  return report.violations.length === 0 ? 0 : 1;
}

function told({ rows, children, violations }: EpisodeReport, language: Language, all: boolean): string[] {
  const count = (n: number): string => n.toLocaleString('en-US');
  const lines = violations.map(({ code, rows: broken }) => {
    const { sentence, next } = ruleWords(language, code);
    const named = all ? broken : broken.slice(0, NAMED);
    const more = broken.length > named.length ? ` and ${count(broken.length - named.length)} more (--all names them)` : '';
    return `${code}: ${sentence} ${next}\n  lines ${named.join(', ')}${more}`;
  });
  const found = violations.length === 0 ? 'no rule is broken' : `${count(violations.length)} ${violations.length === 1 ? 'rule is' : 'rules are'} broken`;
  return [...lines, `${count(rows)} rows of ${count(children)} children: ${found}.`];
}

function options(args: readonly string[]): { file: string; language: Language; all: boolean } {
  const { values, positionals } = parseArgs({ args: [...args], options: { language: { type: 'string' }, all: { type: 'boolean' } }, strict: false, allowPositionals: true });
  const [file, ...more] = positionals;
  const language = values.language ?? 'en';
  if (file === undefined || more.length > 0) throw usage('Name one file.');
  if (language !== 'en' && language !== 'km') throw usage('--language is en or km.');
  return { file, language, all: values.all === true };
}

/** Told apart by its name: the frame imports this file, not the other way round. */
function usage(message: string): Error {
  const error = new Error(message);
  error.name = 'UsageError';
  return error;
}
