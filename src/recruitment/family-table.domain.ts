import type { BirthPrecision } from '../kernel/age.js';
import { isCivilDate } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { nameKeys, toAsciiDigits } from '../kernel/khmer.js';
import { normalisePhone } from '../kernel/phone.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { mayApply } from './application.domain.js';

/** At most so many rows in one table: what fits into one request on a slow network. */
export const MOST_ROWS = 300;

/** Of whom a row tells: at most two carers and four other adults of the home. */
const PEOPLE = ['carer1', 'carer2', 'adult1', 'adult2', 'adult3', 'adult4'] as const;
const ABOUT_HOME = ['kind', 'area_code', 'phone', 'languages', 'religion', 'own_children'] as const;
const ABOUT_PERSON = ['name_km', 'name_latin', 'sex', 'birth'] as const;
const NEEDED = ['kind', 'area_code', 'carer1_sex', 'carer1_birth'] as const;

/** The columns that a table may have. */
export const COLUMNS: readonly string[] = [...ABOUT_HOME, ...PEOPLE.flatMap((who) => ABOUT_PERSON.map((what) => `${who}_${what}`))];

/** A row as it was sent: column and text, empty ones left out; `extra` counts cells without a column. */
export interface Cells {
  readonly cells: Readonly<Record<string, string>>;
  readonly extra: number;
}

export type TableRefusal = 'TABLE_EMPTY' | 'TABLE_HEADER' | 'TABLE_QUOTE' | 'TABLE_TOO_LONG';

/** Text between commas, semicolons or tabs as spreadsheets write it, taken apart; undefined where a quotation mark is never closed. */
function cellsOf(text: string, separator: string): string[][] | undefined {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const c = text[at] ?? '';
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[at + 1] === '"') [cell, at] = [`${cell}"`, at + 1];
      else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === separator) [line, cell] = [[...line, cell], ''];
    else if (c === '\n') [lines[lines.length], line, cell] = [[...line, cell.replace(/\r$/, '')], [], ''];
    else cell += c;
  }
  if (quoted) return undefined;
  return cell === '' && line.length === 0 ? lines : [...lines, [...line, cell.replace(/\r$/, '')]];
}

/** A table taken apart: its first line names the columns, every other one is a family. Empty lines count for nothing. */
export function readTable(text: string): Result<Cells[], TableRefusal> {
  const plain = text.replace(/^\uFEFF/, '');
  const first = plain.split('\n', 1)[0] ?? '';
  const separator = ['\t', ';', ','].find((one) => first.includes(one)) ?? ',';
  const lines = cellsOf(plain, separator)?.filter((line) => line.some((cell) => cell.trim() !== ''));
  if (lines === undefined) return refuse('TABLE_QUOTE');
  const [head = [], ...rows] = lines;
  const names = head.map((name) => name.trim().toLowerCase());
  const wrong = names.filter((name, at) => !COLUMNS.includes(name) || names.indexOf(name) !== at);
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (lines.length > 0 && wrong.length + missing.length > 0) return refuse('TABLE_HEADER', { columns: [...wrong, ...missing].slice(0, 10).map((name) => name.slice(0, 40)) });
  if (rows.length === 0) return refuse('TABLE_EMPTY');
  if (rows.length > MOST_ROWS) return refuse('TABLE_TOO_LONG', { most: MOST_ROWS });
  return ok(rows.map((row) => ({
    cells: Object.fromEntries(names.flatMap((name, at): [string, string][] => ((row[at] ?? '').trim() === '' ? [] : [[name, (row[at] ?? '').trim()]]))),
    extra: Math.max(0, row.length - names.length),
  })));
}

/** A household as a row tells of it. */
export interface RowHousehold {
  readonly kind: 'foster' | 'kinship' | 'family_house';
  readonly areaCode: string;
  readonly phone: string | null;
  readonly languages: readonly string[];
  readonly religion: string | null;
  readonly ownChildren: number;
  readonly adults: readonly RowAdult[];
}

export interface RowAdult {
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly sex: 'female' | 'male';
  readonly birthDate: CivilDate;
  readonly birthPrecision: BirthPrecision;
  readonly carer: boolean;
}

export const ROW_REFUSALS = [
  'ROW_CELLS', 'ROW_UNREADABLE', 'ROW_KIND', 'ROW_VILLAGE', 'ROW_PHONE', 'ROW_LANGUAGE', 'ROW_RELIGION', 'ROW_OWN_CHILDREN', 'ROW_PERSON', 'CARER_NEEDED', 'CARER_TOO_YOUNG',
] as const;
export type RowRefusal = (typeof ROW_REFUSALS)[number];

const SEXES: Readonly<Record<string, 'female' | 'male'>> = { female: 'female', f: 'female', ស្រី: 'female', ស: 'female', male: 'male', m: 'male', ប្រុស: 'male', ប: 'male' };
const KINDS = ['foster', 'kinship', 'family_house'] as const;

/** A day, a month or a year as people write them; Khmer digits too. */
export function readBirth(text: string): { readonly date: CivilDate; readonly precision: BirthPrecision } | undefined {
  const typed = toAsciiDigits(text).replace(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, (_, day: string, month: string, year: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  const precision = ({ 10: 'day', 7: 'month', 4: 'year' } as const)[typed.length as 10 | 7 | 4];
  if (precision === undefined) return undefined;
  const date = `${typed}${'-01-01'.slice(typed.length === 4 ? 0 : typed.length === 7 ? 3 : 6)}`;
  return isCivilDate(date) ? { date, precision } : undefined;
}

/** One person of a row: nobody where all her cells are empty, undefined where they do not make somebody. */
function personOf(cells: Readonly<Record<string, string>>, who: (typeof PEOPLE)[number], on: CivilDate): RowAdult | 'nobody' | undefined {
  const [nameKm, nameLatin, sexText, birthText] = ABOUT_PERSON.map((what) => cells[`${who}_${what}`]);
  if ([nameKm, nameLatin, sexText, birthText].every((cell) => cell === undefined)) return 'nobody';
  const sex = SEXES[(sexText ?? '').toLowerCase()];
  const birth = readBirth(birthText ?? '');
  if (sex === undefined || birth === undefined || birth.date > on || (nameKm === undefined && nameLatin === undefined)) return undefined;
  if ((nameKm ?? '').length > 120 || (nameLatin ?? '').length > 120) return undefined;
  return { nameKm: nameKm ?? null, nameLatin: nameLatin ?? null, sex, birthDate: birth.date, birthPrecision: birth.precision, carer: who.startsWith('carer') };
}

/** What a row tells, or the first thing that is wrong with it: the code, and which column. Where its village lies is asked beside it. */
export function readRow({ cells, extra }: Cells, { on, minimumAge }: { readonly on: CivilDate; readonly minimumAge: number }): Result<RowHousehold, RowRefusal> {
  if (extra > 0) return refuse('ROW_CELLS', { extra });
  const unreadable = Object.keys(cells).filter((name) => /[\uFFFD\u0000-\u001F\u007F]/.test(cells[name] ?? ''));
  if (unreadable.length > 0) return refuse('ROW_UNREADABLE', { columns: unreadable });
  const kind = KINDS.find((one) => one === cells['kind']?.toLowerCase());
  if (kind === undefined) return refuse('ROW_KIND');
  const areaCode = toAsciiDigits(cells['area_code'] ?? '');
  if (!/^\d{6}(\d{2})?$/.test(areaCode)) return refuse('ROW_VILLAGE');
  const phone = cells['phone'] === undefined ? null : normalisePhone(cells['phone']);
  if (phone === undefined) return refuse('ROW_PHONE');
  const languages = [...new Set((cells['languages'] ?? '').split(/[\s;,|]+/).filter((code) => code !== ''))];
  if (languages.length > 8 || languages.some((code) => !/^[a-z]{3}$/.test(code))) return refuse('ROW_LANGUAGE');
  const religion = cells['religion'] ?? null;
  if (religion !== null && religion.length > 60) return refuse('ROW_RELIGION');
  const ownChildren = toAsciiDigits(cells['own_children'] ?? '0');
  if (!/^\d{1,2}$/.test(ownChildren) || Number(ownChildren) > 20) return refuse('ROW_OWN_CHILDREN');
  const people = PEOPLE.map((who) => ({ who, adult: personOf(cells, who, on) }));
  const wrong = people.find(({ adult }) => adult === undefined);
  if (wrong !== undefined) return refuse('ROW_PERSON', { who: wrong.who });
  const adults = people.flatMap(({ adult }) => (adult === undefined || adult === 'nobody' ? [] : [adult]));
  const allowed = mayApply({ kind, adults: adults.map(({ carer, birthDate, birthPrecision }) => ({ carer, birth: { date: birthDate, precision: birthPrecision } })) }, minimumAge, on);
  return allowed.ok ? ok({ kind, areaCode, phone, languages, religion, ownChildren: Number(ownChildren), adults }) : allowed;
}

/** The keys of whole names under which this household is looked for: a part of a name alone is too weak a sign. */
export function wholeNames({ adults }: Pick<RowHousehold, 'adults'>): string[] {
  return [...new Set(adults.flatMap(({ nameKm, nameLatin }) => nameKeys(nameKm, nameLatin).filter((key) => key.startsWith('w:'))))];
}

/** May two rows tell of one household? One telephone, or one whole name in one commune. */
export function sameHousehold(a: RowHousehold, b: RowHousehold): boolean {
  if (a.phone !== null && a.phone === b.phone) return true;
  const names = new Set(wholeNames(a));
  return a.areaCode.slice(0, 6) === b.areaCode.slice(0, 6) && wholeNames(b).some((key) => names.has(key));
}
