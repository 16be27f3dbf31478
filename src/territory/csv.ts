/** One record of a CSV text: its line number (the header is line 1) and its fields, or what keeps it from being read. */
export type CsvRecord = { readonly line: number; readonly fields: readonly string[] } | { readonly line: number; readonly fault: string };

/** A quoted field (its quotes doubled inside), or everything up to the next separator. */
const FIELDS = { ',': /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/y, ';': /(?:"((?:[^"]|"")*)"|([^;]*))(;|$)/y, '\t': /(?:"((?:[^"]|"")*)"|([^\t]*))(\t|$)/y } as const;

/** What divides the fields of a line; spreadsheets in some languages write semicolons. */
export type Separator = keyof typeof FIELDS;

/**
 * Reads CSV as RFC 4180 writes it, with one difference on purpose: a field never runs over the end of its line. In these
 * files none does, and a forgotten quote then spoils its own line instead of swallowing all lines up to the next quote.
 * Lines end with LF, CRLF or CR; blank lines are passed over and still counted.
 */
export function readCsv(text: string, separator: Separator = ','): CsvRecord[] {
  const field = FIELDS[separator];
  return text.split(/\r\n|\n|\r/).flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, index + 1, field)]));
}

function readLine(text: string, line: number, field: RegExp): CsvRecord {
  const fields: string[] = [];
  field.lastIndex = 0;
  for (;;) {
    // A field that begins with a quote is quoted or broken: it is never taken as it stands.
    const isQuoted = text[field.lastIndex] === '"';
    const match = field.exec(text);
    if (match === null || (isQuoted && match[1] === undefined)) return { line, fault: 'a quoted field is not closed, or goes on behind its quote' };
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '') return { line, fields };
  }
}

/** Writes one record, quoting only the fields that need it. */
export function writeCsvLine(fields: readonly string[]): string {
  return fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}
