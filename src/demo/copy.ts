import type { CivilDate } from '../kernel/civil-date.js';

/** Tables that the demonstration fills, each after those that its foreign keys name (`test/db/demo.spec.ts` asks the database). */
export const TABLES = [
  'territory.areas', 'territory.offices', 'institutions.institutions',
  'staff.accounts', 'staff.postings', 'staff.qualifications',
  'carers.families', 'carers.family_keys', 'carers.adults', 'carers.family_places', 'carers.standings', 'carers.suspensions', 'carers.approval_terms',
  'carers.family_addresses', 'carers.family_moves', 'carers.own_children', 'carers.exemptions', 'carers.respites', 'carers.complaints', 'carers.exit_interviews',
  'carers.groups', 'carers.group_members', 'carers.group_meetings', 'carers.group_attendance',
  'training.courses', 'training.sessions', 'training.registrations', 'training.attendance', 'training.certificates',
  'recruitment.campaigns', 'recruitment.campaign_events', 'recruitment.enquiries', 'recruitment.enquiry_keys', 'recruitment.follow_ups', 'recruitment.applications', 'recruitment.checks', 'recruitment.signatures',
  'recruitment.home_studies', 'recruitment.motive_talks', 'recruitment.panels', 'recruitment.appeals', 'recruitment.reviews', 'recruitment.application_steps',
  'children.children', 'children.name_keys', 'children.shares', 'children.sibling_groups', 'children.siblings', 'children.legal_bases', 'children.needs',
  'children.relatives', 'children.contact_risks', 'children.views', 'children.objections',
  'placements.placements', 'placements.approvals', 'placements.emergencies', 'placements.episodes', 'placements.episode_versions', 'placements.care_periods',
  'placements.gatekeepings', 'placements.options', 'placements.consultations', 'placements.agreements', 'placements.breaches',
  'matching.lists', 'matching.entries', 'matching.exclusions', 'matching.proposals', 'matching.proposal_children', 'matching.told_items', 'matching.strategies',
  'carers.place_occupancies',
  'support.rates', 'support.payees', 'support.entitlements', 'support.runs', 'support.lines', 'support.warnings',
  'casework.visits',
  'worklist.tasks', 'worklist.reminders', 'worklist.inbox',
  'statistics.releases', 'statistics.cells',
  'platform.acts', 'platform.outbox', 'platform.receipts', 'platform.reads',
] as const;

export type Table = (typeof TABLES)[number];

/** Tables whose rows must come in an order that only the end knows: they wait in a table of the transaction's own. */
const STAGED: Partial<Record<Table, string>> = { 'platform.acts': 'pg_temp.acts_to_be' };

/** A value of a row. jsonb and ranges are text: {@link json}, {@link days}. */
export type Cell = string | number | bigint | boolean | Date | Uint8Array | null | undefined | readonly (string | number | null)[];

/** The rows of one table that wait to be written. */
export interface Sheet<Column extends string> {
  add(row: Readonly<Record<Column, Cell>>): void;
}

/** Who copies rows into a table: the open transaction, or a test that reads along. */
export interface CopyTarget {
  copy(sql: string, text: Iterable<string>): Promise<void>;
}

/** Text is handed on in pieces of about this many characters. */
const PIECE = 65_536;

/**
 * Rows gathered table by table and written by COPY, in an order that satisfies foreign keys. Whoever gathers calls
 * {@link flush} when everything that belongs together is there: memory holds only what came since the last one.
 */
export class Sheets {
  readonly #sheets = new Map<Table, { readonly columns: readonly string[]; readonly lines: string[] }>();
  readonly #written = new Map<Table, number>();

  /** The sheet of a table with the columns that are given; the others get their defaults. */
  sheet<const Column extends string>(table: Table, columns: readonly Column[]): Sheet<Column> {
    const known = this.#sheets.get(table);
    if (known !== undefined && known.columns.join() !== columns.join()) throw new Error(`The sheet of ${table} has other columns already.`);
    const lines: string[] = known?.lines ?? [];
    if (known === undefined) this.#sheets.set(table, { columns, lines });
    return {
      add: (row) => {
        // Joined, not added up: a line waits as one flat text instead of a tree of its pieces, which spared a third of the time.
        lines.push(columns.map((column) => copyText(row[column])).join('\t'));
      },
    };
  }

  /** Writes every row that waits. */
  async flush(target: CopyTarget): Promise<void> {
    for (const table of TABLES) {
      const sheet = this.#sheets.get(table);
      if (sheet === undefined || sheet.lines.length === 0) continue;
      await target.copy(`copy ${STAGED[table] ?? table} (${sheet.columns.join(', ')}) from stdin`, pieces(sheet.lines));
      this.#written.set(table, (this.#written.get(table) ?? 0) + sheet.lines.length);
      sheet.lines.length = 0;
    }
  }

  /** How many rows of each table were written. */
  written(): ReadonlyMap<Table, number> {
    return this.#written;
  }
}

function* pieces(lines: readonly string[]): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length >= PIECE) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

const ESCAPED = /[\\\t\n\r\b\f\v]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v' };

/** A value as COPY's text format writes it. */
export function copyText(value: Cell): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`;
  return escaped(`{${value.map(element).join(',')}}`);
}

function escaped(text: string): string {
  return ESCAPED.test(text) ? text.replace(/[\\\t\n\r\b\f\v]/g, (c) => ESCAPES[c] ?? c) : text;
}

function element(value: string | number | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** The days from `from` until the day before `to`, as a daterange. */
export function days(from: CivilDate, to: CivilDate | null): string {
  return `[${from},${to ?? ''})`;
}

/** A value of a jsonb column. */
export function json(value: unknown): string {
  return JSON.stringify(value);
}
