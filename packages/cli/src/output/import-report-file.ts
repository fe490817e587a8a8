/**
 * The report of an import as a file to keep: its figures, and every item that was skipped, degraded or noted, with the
 * reason. Pure, and written item by item, so that it may be of any length. Never cuts a reason short.
 */
import { type ImportIssue, type ImportRun, importSourceNames } from '@vivim/contract/imports';
import { plain } from './text.ts';

export const reportFormats = ['markdown', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** @returns the report in pieces of text; together one document, ending in a line feed */
export function importReportFile(
  run: ImportRun,
  issues: AsyncIterable<ImportIssue>,
  format: ReportFormat,
): AsyncGenerator<string> {
  if (format === 'json') return asJson(run, issues);
  return format === 'csv' ? asCsv(issues) : asMarkdown(run, issues);
}

/** `{ run, issues }`: the run as the server gives it, but its issues all of them and in one place. */
async function* asJson(run: ImportRun, issues: AsyncIterable<ImportIssue>): AsyncGenerator<string> {
  yield `{"run":${JSON.stringify({ ...run, report: { ...run.report, issues: undefined } })},"issues":[`;
  let first = true;
  for await (const issue of issues) {
    yield `${first ? '' : ','}\n${JSON.stringify(issue)}`;
    first = false;
  }
  yield '\n]}\n';
}

const csvColumns = [
  'severity',
  'code',
  'path',
  'externalId',
  'title',
  'detail',
] as const satisfies (keyof ImportIssue)[];

/** RFC 4180, with the columns named in the first line. */
async function* asCsv(issues: AsyncIterable<ImportIssue>): AsyncGenerator<string> {
  yield `${csvColumns.join(',')}\r\n`;
  for await (const issue of issues) yield `${csvColumns.map((column) => csvCell(issue[column] ?? '')).join(',')}\r\n`;
}

/** A spreadsheet takes a cell that begins like a formula for one; an apostrophe in front makes it text again. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function* asMarkdown(run: ImportRun, issues: AsyncIterable<ImportIssue>): AsyncGenerator<string> {
  const { conversations, messages } = run.report;
  yield `# Import of ${markdownCell(run.fileName)}\n\n`;
  yield `- Import: ${run.id}, ${run.state}, begun ${run.createdAt}\n`;
  if (run.detected !== null)
    yield `- Recognised as: ${importSourceNames[run.detected.source]} (${markdownCell(run.detected.why)})\n`;
  if (run.erasedAt !== null) yield `- Erased by you: ${run.erasedAt}\n`;
  if (run.sameFileAs !== null) yield `- The same file as import ${run.sameFileAs}\n`;
  if (run.error !== null) yield `- Not imported: ${markdownCell(run.error.detail)}\n`;
  yield '\n|  | added | updated | unchanged | skipped | of them degraded |\n|---|---|---|---|---|---|\n';
  for (const [what, tally] of [
    ['conversations', conversations],
    ['messages', messages],
  ] as const)
    yield `| ${what} | ${tally.added} | ${tally.updated} | ${tally.unchanged} | ${tally.skipped} | ${tally.degraded} |\n`;
  let first = true;
  for await (const { severity, path, externalId, title, detail } of issues) {
    if (first) yield '\n|  | where | id | title | why |\n|---|---|---|---|---|\n';
    first = false;
    yield `| ${[severity, path, externalId ?? '', title ?? '', detail].map(markdownCell).join(' | ')} |\n`;
  }
  if (run.state !== 'done') yield `\nThe import is ${run.state}: what it did not get to is not in this report.\n`;
  else if (first) yield '\nNothing was skipped or came in with something missing.\n';
}

/** One line that says what the text says, and is never markup: titles are other people's words. */
const markdownCell = (text: string): string =>
  plain(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|!&~]/g, '\\$&');
