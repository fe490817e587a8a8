/**
 * CSV (RFC 4180), as spreadsheets and web sites write it: quoted fields may hold separators, line breaks and doubled quotes. Pure.
 * Spreadsheets of many countries write `;` between fields, because their numbers have a comma, and some write tabs.
 */

export interface CsvRow {
  readonly fields: readonly string[];
  /** Where the row stands in the text, its line break left out. */
  readonly start: number;
  readonly end: number;
}

/** The rows of a text. A quote that is never closed ends with the text; empty lines are left out. */
export function csvRows(text: string, separator = ','): CsvRow[] {
  const rows: CsvRow[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const start = at;
    const fields: string[] = [];
    for (;;) {
      const { value, next } = text[at] === '"' ? quoted(text, at, separator) : plain(text, at, separator);
      fields.push(value);
      at = next;
      if (text[at] !== separator) break;
      at += 1;
    }
    const end = at;
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    if (fields.length > 1 || fields[0]?.trim() !== '') rows.push({ fields, start, end });
  }
  return rows;
}

const separators = [',', ';', '\t', '|'] as const;
/** What Excel puts in front of a table to say what stands between its fields. */
const told = /^\uFEFF?sep=(.)\r?\n/i;

/** A table with what stands between its fields: what its first line says, or whatever its first row has most of. */
export function csvTable(text: string): { readonly rows: CsvRow[]; readonly separator: string } {
  const said = told.exec(text);
  if (said !== null) {
    const separator = said[1] ?? ',';
    return { rows: csvRows(text, separator).slice(1), separator };
  }
  const line = text.slice(0, mostHeader);
  const widths = separators.map((separator) => csvRows(line, separator)[0]?.fields.length ?? 0);
  const separator = separators[widths.indexOf(Math.max(...widths))] ?? ',';
  return { rows: csvRows(text, separator), separator };
}

/** Characters of the first row. */
const mostHeader = 4_000;

function plain(text: string, start: number, separator: string): { value: string; next: number } {
  let at = start;
  for (; at < text.length; at += 1) {
    const char = text[at];
    if (char === separator || char === '\n' || char === '\r') break;
  }
  return { value: text.slice(start, at), next: at };
}

function quoted(text: string, start: number, separator: string): { value: string; next: number } {
  const pieces: string[] = [];
  let from = start + 1;
  for (;;) {
    const end = text.indexOf('"', from);
    if (end < 0) return { value: [...pieces, text.slice(from)].join('"'), next: text.length };
    pieces.push(text.slice(from, end));
    if (text[end + 1] !== '"') {
      // What stands between the closing quote and the separator belongs to nothing, and is kept.
      const rest = plain(text, end + 1, separator);
      return { value: pieces.join('"') + rest.value, next: rest.next };
    }
    from = end + 2;
  }
}
