import { isCivilDate } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { toAsciiDigits } from '../kernel/khmer.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { readCsv } from '../territory/csv.js';
import type { Separator } from '../territory/csv.js';

/** Somebody else's list of stays, read as it is: nothing in it is taken for true, what cannot be read is kept in mind. */

/** At most so many rows in one request: what fits into its body. */
export const MOST_ASKED = 1_000;

/** What a row may tell, each under our name and under the one of England's looked-after-children return. */
const NAMES = {
  child: 'child', birth: 'dob', died: 'dod', start: 'decom', end: 'dec', reasonNew: 'rne', reasonCeased: 'rec', place: 'place', missingFrom: 'mis_start', missingTo: 'mis_end',
} as const;
export type Field = keyof typeof NAMES;
const FIELDS = Object.keys(NAMES) as Field[];
const ours = (field: Field): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of a table: `start (or DECOM)`. */
export const COLUMNS: readonly string[] = FIELDS.map((field) => (ours(field) === NAMES[field] ? field : `${ours(field)} (or ${NAMES[field].toUpperCase()})`));

const BY_NAME = new Map<string, Field>(FIELDS.flatMap((field) => [[ours(field), field], [NAMES[field], field]]));

/** A row's cells as they were written. */
export type Cells = { readonly [F in Field]?: string | null };

/** A row as it could be read: a day that is none is null and named in `unreadable`, codes are in capitals. */
export interface ForeignRow extends Readonly<Record<'birth' | 'died' | 'start' | 'end' | 'missingFrom' | 'missingTo', CivilDate | null>>, Readonly<Record<'child' | 'reasonNew' | 'reasonCeased' | 'place', string | null>> {
  /** The line of a table (its header is line 1), or the place in a list, counted from 1. */
  readonly row: number;
  /** Does it tell of a stay? A row may tell of being missing alone. */
  readonly isStay: boolean;
  readonly unreadable: readonly Field[];
  /** A line whose cells cannot be told apart. */
  readonly isBroken: boolean;
}

/** A day as people write it: 2026-02-28 or 28/02/2026, Khmer digits too. */
export function readDay(text: string): CivilDate | undefined {
  const typed = toAsciiDigits(text).replace(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, (_, day: string, month: string, year: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return isCivilDate(typed) ? typed : undefined;
}

/** One row of a list. */
export function readStay(row: number, cells: Cells, isBroken = false): ForeignRow {
  const unreadable: Field[] = [];
  const text = (field: Field): string | null => cells[field]?.trim() || null;
  const code = (field: Field): string | null => text(field)?.toUpperCase() ?? null;
  const day = (field: Field): CivilDate | null => {
    const written = text(field);
    const found = written === null ? null : readDay(written);
    if (found === undefined) unreadable.push(field);
    return found ?? null;
  };
  return {
    row, isBroken, unreadable, child: text('child'), birth: day('birth'), died: day('died'), start: day('start'), end: day('end'), missingFrom: day('missingFrom'), missingTo: day('missingTo'),
    reasonNew: code('reasonNew'), reasonCeased: code('reasonCeased'), place: code('place'),
    isStay: (['start', 'end', 'reasonNew', 'reasonCeased', 'place'] as const).some((field) => text(field) !== null),
  };
}

export type EpisodeTableRefusal = 'EMPTY' | 'HEADER' | 'TOO_LONG';

/** A table that was read, and the columns of it that no rule asks about. */
export interface EpisodeTable {
  readonly rows: readonly ForeignRow[];
  readonly ignored: readonly string[];
}

/** A table of stays (comma, semicolon or tab). Its first line names the columns; it needs the child, and the first day of a stay or of being missing. */
export function readEpisodeTable(text: string, most: number): Result<EpisodeTable, EpisodeTableRefusal> {
  const plain = text.replace(/^\uFEFF/, '');
  const top = plain.split(/[\r\n]/, 1)[0] ?? '';
  const separator = (['\t', ';', ','] satisfies Separator[]).find((one) => top.includes(one)) ?? ',';
  const [head, ...lines] = readCsv(plain, separator);
  if (head === undefined) return refuse('EMPTY');
  const names = 'fields' in head ? head.fields.map((name) => name.trim().toLowerCase()) : [];
  const fields = names.map((name) => BY_NAME.get(name));
  const isTwice = fields.some((field, at) => field !== undefined && fields.indexOf(field) !== at);
  if (isTwice || !fields.includes('child') || !(fields.includes('start') || fields.includes('missingFrom'))) return refuse('HEADER');
  if (lines.length === 0) return refuse('EMPTY');
  if (lines.length > most) return refuse('TOO_LONG', { most });
  const rows = lines.map((line) => {
    if ('fault' in line || line.fields.slice(names.length).some((cell) => cell.trim() !== '')) return readStay(line.line, {}, true);
    return readStay(line.line, Object.fromEntries(fields.flatMap((field, at) => (field === undefined ? [] : [[field, line.fields[at]]]))));
  });
  return ok({ rows, ignored: names.filter((name, at) => fields[at] === undefined && name !== '') });
}
