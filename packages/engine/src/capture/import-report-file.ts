/**
 * The report of an import as a file to keep: its figures, what became of every record, and why. Written a page at a time, so that
 * it may be of any length. Pure: what it says is handed in. Never cuts a reason short.
 */
import { stripVTControlCharacters } from 'node:util';
import { sourceNames } from '@vivim/contract/conversation';
import { withoutUnsafe } from '@vivim/contract/harmless-text';
import {
  type ImportEntry,
  type ImportIssue,
  type ImportKept,
  type ImportReportFormat,
  type ImportRun,
  importSourceNames,
} from '@vivim/contract/imports';

/** What a report is written of. Each list is read once, a page at a time. */
export interface Reported {
  readonly run: ImportRun;
  readonly entries: Iterable<readonly ImportEntry[]>;
  /** What came in beside conversations. */
  readonly kept: Iterable<readonly ImportKept[]>;
  /** Of no single record. */
  readonly issues: Iterable<readonly ImportIssue[]>;
}

/** @returns the report in pieces of text; together one document, ending in a line feed */
export function importReportFile(reported: Reported, format: ImportReportFormat): Generator<string> {
  if (format === 'json') return asJson(reported);
  return format === 'csv' ? asCsv(reported) : asMarkdown(reported);
}

/** `{ run, entries, kept, issues }`: the run as the API gives it without its issues; those of a record stand with it. */
function* asJson({ run, entries, kept, issues }: Reported): Generator<string> {
  yield `{"run":${JSON.stringify({ ...run, report: { ...run.report, issues: undefined } })},"entries":[`;
  yield* joined(entries);
  yield '\n],"kept":[';
  yield* joined(kept);
  yield '\n],"issues":[';
  yield* joined(issues);
  yield '\n]}\n';
}

function* joined(pages: Iterable<readonly object[]>): Generator<string> {
  let between = '\n';
  for (const page of pages) {
    if (page.length === 0) continue;
    yield between + page.map((each) => JSON.stringify(each)).join(',\n');
    between = ',\n';
  }
}

const csvColumns = [
  'record',
  'outcome',
  'degraded',
  'where',
  'source',
  'conversationId',
  'externalId',
  'title',
  'code',
  'detail',
];

/**
 * RFC 4180, with the columns named in the first line. What is of no record has none: what came in beside conversations its kind as
 * outcome, what is said of the file its severity.
 */
function* asCsv({ entries, kept, issues }: Reported): Generator<string> {
  yield csvLine(csvColumns);
  for (const page of entries) yield page.map((entry) => csvLine(csvOf(entry))).join('');
  for (const page of kept)
    yield page
      .map((each) =>
        csvLine([
          '',
          each.kind,
          '',
          '',
          each.source ?? '',
          each.conversationId ?? '',
          idOf(each),
          each.label ?? '',
          '',
          '',
        ]),
      )
      .join('');
  for (const page of issues)
    yield page
      .map(({ severity, code, path, externalId, title, detail }) =>
        csvLine(['', severity, '', path, '', '', externalId ?? '', title ?? '', code, detail]),
      )
      .join('');
}

const idOf = ({ memoryId, projectId }: ImportKept): string => memoryId ?? projectId ?? '';

const csvOf = ({
  id,
  outcome,
  degraded,
  place,
  source,
  conversationId,
  externalId,
  title,
  issues,
  ...entry
}: ImportEntry) => [
  id,
  entry.erased ? `${outcome}, erased since` : outcome,
  degraded ? 'yes' : 'no',
  place,
  source ?? '',
  conversationId ?? '',
  externalId ?? '',
  title ?? '',
  issues.map(({ code }) => code).join(' '),
  issues.map(({ detail }) => detail).join('\n'),
];

const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** A spreadsheet takes a cell that begins like a formula for one; an apostrophe in front makes it text again. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function* asMarkdown({ run, entries, kept, issues }: Reported): Generator<string> {
  yield head(run);
  let first = true;
  for (const page of entries) {
    if (page.length === 0) continue;
    if (first)
      yield '\n## Conversations\n\n| outcome | where | source | id | title | why |\n|---|---|---|---|---|---|\n';
    first = false;
    yield page.map((entry) => markdownRow(markdownOf(entry))).join('');
  }
  if (first) yield `\n${nothingListed(run)}\n`;
  let alone = true;
  for (const page of kept) {
    if (page.length === 0) continue;
    if (alone) yield '\n## Beside the conversations\n\n| kind | source | id | what |\n|---|---|---|---|\n';
    alone = false;
    yield page
      .map((each) =>
        markdownRow([
          each.kind,
          each.source === null ? '' : sourceNames[each.source],
          each.memoryId ?? each.projectId ?? each.conversationId ?? '',
          each.label ?? '',
        ]),
      )
      .join('');
  }
  let none = true;
  for (const page of issues) {
    if (page.length === 0) continue;
    if (none) yield '\n## Noted of the file\n\n|  | where | id | title | why |\n|---|---|---|---|---|\n';
    none = false;
    yield page
      .map(({ severity, path, externalId, title, detail }) =>
        markdownRow([severity, path, externalId ?? '', title ?? '', detail]),
      )
      .join('');
  }
  if (run.state !== 'done') yield `\nThe import is ${run.state}: what it did not get to is not in this report.\n`;
  else if (run.report.issueCount === 0) yield '\nNothing was skipped or came in with something missing.\n';
}

function head(run: ImportRun): string {
  const lines = [
    `# Import of ${markdownCell(run.fileName)}\n`,
    `- Import: ${run.id}, ${run.state}, begun ${run.createdAt}`,
  ];
  if (run.detected !== null)
    lines.push(`- Recognised as: ${importSourceNames[run.detected.source]} (${markdownCell(run.detected.why)})`);
  for (const { source, files, why } of run.detected?.parts ?? [])
    lines.push(`  - ${importSourceNames[source]}: ${files} of its files (${markdownCell(why)})`);
  if (run.erasedAt !== null) lines.push(`- Erased by you: ${run.erasedAt}`);
  if (run.sameFileAs !== null) lines.push(`- The same file as import ${run.sameFileAs}`);
  if (run.error !== null) lines.push(`- Not imported: ${markdownCell(run.error.detail)}`);
  lines.push('', '|  | added | updated | unchanged | skipped | of them degraded |', '|---|---|---|---|---|---|');
  const { conversations, messages } = run.report;
  for (const [what, tally] of Object.entries({ conversations, messages }))
    lines.push(
      `| ${what} | ${tally.added} | ${tally.updated} | ${tally.unchanged} | ${tally.skipped} | ${tally.degraded} |`,
    );
  return `${lines.join('\n')}\n`;
}

/** Why no record is listed. */
function nothingListed({ erasedAt, error, report: { conversations } }: ImportRun): string {
  const { added, updated, unchanged, skipped } = conversations;
  if (erasedAt !== null) return 'What became of each conversation went when you erased the import.';
  if (added + updated + unchanged + skipped > 0)
    return 'What became of each conversation is not kept for this import; its figures are all there is.';
  return error === null ? 'No conversation was found in it.' : 'No conversation was read before it failed.';
}

const markdownOf = ({
  outcome,
  degraded,
  erased,
  place,
  source,
  conversationId,
  externalId,
  title,
  issues,
}: ImportEntry) => [
  `${outcome}${degraded ? ', degraded' : ''}${erased ? ', erased since' : ''}`,
  place,
  source === null ? '' : sourceNames[source],
  conversationId ?? externalId ?? '',
  title ?? '',
  issues.map(({ detail }) => detail).join(' '),
];

const markdownRow = (cells: readonly string[]): string => `| ${cells.map(markdownCell).join(' | ')} |\n`;

/** One line that says what the text says, and is never markup: titles are other people's words. */
const markdownCell = (text: string): string =>
  withoutUnsafe(stripVTControlCharacters(text))
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|!&~]/g, '\\$&');
