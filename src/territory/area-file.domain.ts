import { searchKey } from '../kernel/khmer.js';
import { AREA_LEVELS, isAreaCode, isInBounds, parentOf } from './area.domain.js';
import type { AreaFacts, AreaLevel } from './area.domain.js';
import { readCsv } from './csv.js';

/** The columns of an area file, in the order the national file has them; a file may have them in any order. */
export const AREA_COLUMNS = ['code', 'parent_code', 'level', 'type_en', 'name_km', 'name_latin', 'lat', 'lng'] as const;
type Column = (typeof AREA_COLUMNS)[number];

/** Why a row was not taken. */
export type RowFault =
  | 'ROW_UNREADABLE'
  | 'LEVEL_UNKNOWN'
  | 'CODE_UNREADABLE'
  | 'CODE_WAS_A_NUMBER'
  | 'CODE_AND_LEVEL'
  | 'CODE_AND_PARENT'
  | 'CODE_AMBIGUOUS'
  | 'CODE_OF_ANOTHER'
  | 'NAME_MISSING'
  | 'TYPE_MISSING'
  | 'POSITION_UNREADABLE'
  | 'POSITION_SWAPPED'
  | 'POSITION_OUTSIDE'
  | 'ROWS_CONTRADICT'
  | 'PARENT_MISSING';

/** A row that was not taken: its line, its code as written, and why. */
export interface RefusedRow {
  readonly line: number;
  readonly code: string;
  readonly fault: RowFault;
  readonly why: string;
}

/** A code that had lost its leading zero, and got it back. */
export interface RepairedRow {
  readonly line: number;
  readonly written: string;
  readonly code: string;
}

/** What loading a file would do. Every row of the file is in exactly one of added, changed, unchanged, repeated, refused. */
export interface AreaLoadPlan {
  readonly rows: number;
  /** Parents before children. */
  readonly added: readonly AreaFacts[];
  readonly changed: readonly AreaFacts[];
  readonly unchanged: number;
  /** Rows that say again what another row says. */
  readonly repeated: number;
  readonly refused: readonly RefusedRow[];
  readonly repaired: readonly RepairedRow[];
}

/** The file as a whole cannot be taken; its message is a sentence for the operator. */
export class AreaFileRefused extends Error {
  override name = 'AreaFileRefused';
}

type Row = Readonly<Record<Column, string>> & { readonly line: number };
type Candidate = { readonly line: number; readonly written: string; readonly facts: AreaFacts };

const MOST_CHARACTERS = 200;

/** The text of a file's bytes. Other encodings than UTF-8 are told by their first bytes; a single broken letter is left to its row. */
export function decodeAreaFile(bytes: Uint8Array): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) throw new AreaFileRefused('The file is written in UTF-16. Save it as "CSV UTF-8" and load it again.');
  return new TextDecoder('utf-8').decode(bytes);
}

/**
 * Decides what loading a file does to the areas known so far: pure, and the same for any order of the rows. A row that
 * cannot be taken is named with its line; the others go in, unless the area around them is neither in the file nor known.
 */
export function planAreaLoad(text: string, known: ReadonlyMap<string, AreaFacts>): AreaLoadPlan {
  const refused: RefusedRow[] = [];
  const candidates: Candidate[] = [];
  let rows = 0;
  for (const read of readRows(text)) {
    rows += 1;
    const result = 'fault' in read ? read : factsOf(read, known);
    if ('fault' in result) refused.push(result);
    else candidates.push(result);
  }
  const { single, repeated, contradicting } = withoutRepetitions(candidates);
  refused.push(...contradicting);
  const plan = { added: [] as AreaFacts[], changed: [] as AreaFacts[], unchanged: 0 };
  const repaired: RepairedRow[] = [];
  const there = new Set(known.keys());
  for (const { line, written, facts } of single) {
    if (facts.parentCode !== null && !there.has(facts.parentCode)) {
      refused.push({ line, code: written, fault: 'PARENT_MISSING', why: `the area around it, ${facts.parentCode}, is neither in the register nor among the rows that could be taken` });
      continue;
    }
    there.add(facts.code);
    if (written !== facts.code) repaired.push({ line, written, code: facts.code });
    const before = known.get(facts.code);
    if (before === undefined) plan.added.push(facts);
    else if (!isSame(before, facts)) plan.changed.push(facts);
    else plan.unchanged += 1;
  }
  return { rows, ...plan, repeated, refused: refused.sort((a, b) => a.line - b.line), repaired: repaired.sort((a, b) => a.line - b.line) };
}

/** Reads the header, which must name the eight columns, and gives each line as a row or as what keeps it from being one. */
function* readRows(text: string): Generator<Row | RefusedRow> {
  const [header, ...records] = readCsv(text);
  const names = header !== undefined && 'fields' in header ? header.fields.map((name) => name.trim().toLowerCase()) : [];
  const wrong = AREA_COLUMNS.filter((column) => names.filter((name) => name === column).length !== 1);
  if (wrong.length > 0) throw new AreaFileRefused(`The first line must name the columns ${AREA_COLUMNS.join(',')}, each once, divided by commas; missing or named twice: ${wrong.join(', ')}.`);
  for (const record of records) {
    if ('fault' in record) {
      yield { line: record.line, code: '', fault: 'ROW_UNREADABLE', why: record.fault };
      continue;
    }
    const { line, fields } = record;
    const row = { line, ...(Object.fromEntries(AREA_COLUMNS.map((column) => [column, fields[names.indexOf(column)] ?? ''])) as Record<Column, string>) };
    const code = row.code.trim().slice(0, 20);
    if (fields.length !== names.length) yield { line, code, fault: 'ROW_UNREADABLE', why: `${fields.length} fields where the first line names ${names.length}` };
    else if (fields.some((field) => /[\p{Cc}\uFFFD]/u.test(field))) yield { line, code: code.replace(/[\p{Cc}\uFFFD]/gu, '?'), fault: 'ROW_UNREADABLE', why: 'it holds characters that are not UTF-8 text' };
    else yield row;
  }
}

function factsOf(row: Row, known: ReadonlyMap<string, AreaFacts>): Candidate | RefusedRow {
  const { line } = row;
  const written = row.code.trim();
  const no = (fault: RowFault, why: string): RefusedRow => ({ line, code: written.slice(0, 20), fault, why });
  const level = AREA_LEVELS.find((one) => one === row.level.trim().toLowerCase());
  if (level === undefined) return no('LEVEL_UNKNOWN', `the level is none of ${AREA_LEVELS.join(', ')}`);
  const found = codeOf(written, row.parent_code.trim(), level);
  if (!('code' in found)) return no(found.fault, found.why);
  const { code } = found;
  const [nameKm, nameLatin] = [orEmpty(row.name_km), orEmpty(row.name_latin)];
  if (nameKm === '' && nameLatin === '') return no('NAME_MISSING', 'it has no name in either script');
  if (Math.max(nameKm.length, nameLatin.length, row.type_en.length) > MOST_CHARACTERS) return no('ROW_UNREADABLE', `a name is longer than ${MOST_CHARACTERS} characters`);
  const typeEn = row.type_en.trim();
  if (typeEn === '') return no('TYPE_MISSING', 'type_en is empty');
  const position = positionOf(row.lat.trim(), row.lng.trim());
  if ('fault' in position) return no(position.fault, position.why);
  const before = known.get(code);
  // A number without its zero is weak evidence: it may not rename an area that bears another name in both scripts.
  if (code !== written && before !== undefined && !sharesName(before, { nameKm, nameLatin })) {
    return no('CODE_OF_ANOTHER', `it would be ${code} with its zero back, but the register knows ${code} by another name`);
  }
  return { line, written, facts: { code, parentCode: parentOf(code), level, typeEn, nameKm, nameLatin, ...position } };
}

/** A name is kept as typed; one of blanks alone is none. */
function orEmpty(name: string): string {
  return name.trim() === '' ? '' : name;
}

type CodeFault = { readonly fault: RowFault; readonly why: string };

/**
 * The code that a row means. A spreadsheet that took the code for a number dropped its leading zero, so that an odd number
 * of digits is left; the zero is put back only where level and parent_code both lead to that one area.
 */
function codeOf(written: string, parent: string, level: AreaLevel): { readonly code: string } | CodeFault {
  const digits = 2 * AREA_LEVELS.indexOf(level) + 2;
  if (/^[+-]?[\d.,]+e[+-]?\d+$/i.test(written) || /^\d+[.,]\d*$/.test(written)) {
    return { fault: 'CODE_WAS_A_NUMBER', why: 'a spreadsheet turned the code into a number and lost digits: format the column as text' };
  }
  if (!/^\d{1,8}$/.test(written)) return { fault: 'CODE_UNREADABLE', why: 'a code has two digits for each level, at most eight' };
  if (written.length !== digits && written.length !== digits - 1) {
    return { fault: 'CODE_AND_LEVEL', why: `the code of a ${level} has ${digits} digits, not ${written.length}` };
  }
  const code = written.padStart(digits, '0');
  if (code !== written && parent !== '' && parent === written.slice(0, -1)) {
    const other = `${parent}0${written.slice(-1)}`;
    return { fault: 'CODE_AMBIGUOUS', why: `it fits two areas: ${code} by its own digits, ${other} by its parent_code` };
  }
  if (!isAreaCode(code)) return { fault: 'CODE_UNREADABLE', why: 'no pair of digits in a code is 00' };
  const parentMeant = parent.length === digits - 3 ? `0${parent}` : parent;
  if (parentMeant !== (parentOf(code) ?? '')) {
    return { fault: 'CODE_AND_PARENT', why: `${code} lies in ${parentOf(code) ?? 'no other area'}, and parent_code says ${parent === '' ? 'nothing' : parent.slice(0, 20)}` };
  }
  return { code };
}

function positionOf(lat: string, lng: string): { readonly lat: number | null; readonly lng: number | null } | CodeFault {
  if (lat === '' && lng === '') return { lat: null, lng: null };
  const isDegrees = (text: string): boolean => /^-?\d{1,3}(\.\d{1,20})?$/.test(text);
  if (!isDegrees(lat) || !isDegrees(lng)) return { fault: 'POSITION_UNREADABLE', why: 'lat and lng are two decimal numbers with a point, or both empty' };
  const position = { lat: Number(lat), lng: Number(lng) };
  if (isInBounds(position)) return position;
  if (isInBounds({ lat: position.lng, lng: position.lat })) return { fault: 'POSITION_SWAPPED', why: 'lat and lng are swapped' };
  return { fault: 'POSITION_OUTSIDE', why: 'lat and lng lie outside Cambodia' };
}

/** One candidate for each code, outermost and smallest code first; rows that contradict each other are all refused, for nobody can say which is right. */
function withoutRepetitions(candidates: readonly Candidate[]): { single: Candidate[]; repeated: number; contradicting: RefusedRow[] } {
  const single: Candidate[] = [];
  const contradicting: RefusedRow[] = [];
  let repeated = 0;
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.facts.code);
    if (group === undefined) groups.set(candidate.facts.code, [candidate]);
    else group.push(candidate);
  }
  for (const group of groups.values()) {
    const sorted = group.sort((a, b) => a.line - b.line);
    const [first] = sorted;
    if (first === undefined) continue;
    if (sorted.every(({ facts }) => isSame(facts, first.facts))) {
      // Of rows that say the same, the one with the whole code speaks: nothing was repaired then.
      single.push(sorted.find(({ written, facts }) => written === facts.code) ?? first);
      repeated += sorted.length - 1;
    } else {
      const lines = sorted.map(({ line }) => line).join(', ');
      contradicting.push(...sorted.map(({ line, written, facts }): RefusedRow => ({ line, code: written, fault: 'ROWS_CONTRADICT', why: `the lines ${lines} say different things of ${facts.code}` })));
    }
  }
  single.sort(({ facts: a }, { facts: b }) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1));
  return { single, repeated, contradicting };
}

function isSame(a: AreaFacts, b: AreaFacts): boolean {
  return a.code === b.code && a.typeEn === b.typeEn && a.nameKm === b.nameKm && a.nameLatin === b.nameLatin && a.lat === b.lat && a.lng === b.lng;
}

function sharesName(a: Pick<AreaFacts, 'nameKm' | 'nameLatin'>, b: Pick<AreaFacts, 'nameKm' | 'nameLatin'>): boolean {
  const isShared = (one: string, other: string): boolean => one !== '' && searchKey(one) === searchKey(other);
  return isShared(a.nameKm, b.nameKm) || isShared(a.nameLatin, b.nameLatin);
}
