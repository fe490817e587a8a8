import type { ConversationId } from '@vivim/contract/ids';
import type { ImportEntry, ImportEntryId, ImportIssue, ImportKept, ImportReportFormat } from '@vivim/contract/imports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importRun, noOutcomes } from '../../../../test/kit/import-run.ts';
import { importReportFile } from './import-report-file.ts';

const run = importRun(
  { fileName: 'my|export.zip' },
  {
    conversations: { ...noOutcomes, added: 2, skipped: 1 },
    messages: { ...noOutcomes, added: 9 },
    acus: 12,
  },
);

const issue = (over: Partial<ImportIssue>): ImportIssue => ({
  severity: 'skipped',
  code: 'x',
  path: 'conversations.json[2]',
  externalId: null,
  title: null,
  detail: 'It has no messages.',
  ...over,
});
const entry = (over: Partial<ImportEntry>): ImportEntry => ({
  id: '1-1' as ImportEntryId,
  place: 'conversations.json, conversation 1',
  source: 'chatgpt',
  outcome: 'added',
  degraded: false,
  conversationId: `c_${'a'.repeat(32)}` as ConversationId,
  externalId: null,
  title: null,
  erased: false,
  raw: null,
  issues: [],
  ...over,
});

/** In pages of two. */
function* pages<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += 2) yield items.slice(at, at + 2);
}

const kept: readonly ImportKept[] = [
  { kind: 'project', source: 'claude', label: 'Poetry|', memoryId: null, projectId: null, conversationId: null },
  { kind: 'memory', source: 'claude', label: '=Lives in Leeds', memoryId: null, projectId: null, conversationId: null },
];

const written = (
  format: ImportReportFormat,
  entries: readonly ImportEntry[],
  issues: readonly ImportIssue[] = [],
  of = run,
  beside: readonly ImportKept[] = [],
): string =>
  [...importReportFile({ run: of, entries: pages(entries), kept: pages(beside), issues: pages(issues) }, format)].join(
    '',
  );

/** Reads RFC 4180 the way it is written down, apart from the code under test. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const anyText = fc.string({ unit: 'binary', maxLength: 30 });
const anyIssue = fc
  .record({
    severity: fc.constantFrom('skipped' as const, 'degraded' as const, 'note' as const),
    path: anyText,
    externalId: fc.option(anyText),
    title: fc.option(anyText),
    detail: anyText,
  })
  .map(issue);
const anyEntry = fc
  .record({
    place: anyText,
    outcome: fc.constantFrom('added' as const, 'skipped' as const, 'again' as const),
    title: fc.option(anyText),
    externalId: fc.option(anyText),
    issues: fc.array(anyIssue, { maxLength: 2 }),
  })
  .map(entry);
const anyReport = [fc.array(anyEntry, { maxLength: 5 }), fc.array(anyIssue, { maxLength: 5 })] as const;

describe('the report of an import as a file', () => {
  it('lists what came in beside conversations, in every format', () => {
    expect(JSON.parse(written('json', [], [], run, kept)).kept).toEqual(kept);
    const markdown = written('markdown', [], [], run, kept);
    expect(markdown).toContain('## Beside the conversations');
    expect(markdown).toContain('| project | Claude |  | Poetry\\| |');
    expect(csvRows(written('csv', [], [], run, kept)).map((row) => [row[1], row[7]])).toEqual([
      ['outcome', 'title'],
      ['project', 'Poetry|'],
      ['memory', "'=Lives in Leeds"],
    ]);
  });

  it('holds every record and every item in JSON as the API gives it', () => {
    fc.assert(
      fc.property(...anyReport, (entries, issues) => {
        const read = JSON.parse(written('json', entries, issues));
        expect(read.entries).toEqual(entries);
        expect(read.issues).toEqual(issues);
        expect(read.run.report.conversations.skipped).toBe(1);
      }),
    );
  });

  it('holds each of them in CSV whatever is in it, and nothing a spreadsheet would run', () => {
    const bare = (text: string | null) => (text ?? '').replace(/^'(?=[=+\-@\t\r])/, '');
    fc.assert(
      fc.property(...anyReport, (entries, issues) => {
        const [columns, ...rows] = csvRows(written('csv', entries, issues));
        expect(columns?.slice(0, 5)).toEqual(['record', 'outcome', 'degraded', 'where', 'source']);
        const texts = [
          ...entries.map((each) => [
            each.id,
            each.outcome,
            'no',
            each.place,
            each.source,
            each.conversationId,
            each.externalId,
            each.title,
            each.issues.map(({ code }) => code).join(' '),
            each.issues.map(({ detail }) => detail).join('\n'),
          ]),
          ...issues.map((each) => [
            '',
            each.severity,
            '',
            each.path,
            '',
            '',
            each.externalId,
            each.title,
            each.code,
            each.detail,
          ]),
        ];
        expect(rows.map((row) => row.map(bare))).toEqual(texts.map((row) => row.map(bare)));
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it('is one line a record in Markdown, and a title in it is no markup', () => {
    const text = written(
      'markdown',
      [
        entry({ title: 'a | b\n<script> [x](http://y) \u001b[1m' }),
        entry({ outcome: 'skipped', conversationId: null, issues: [issue({})] }),
        entry({ degraded: true, erased: true }),
      ],
      [issue({ severity: 'note', detail: 'One file has no room.' })],
    );
    expect(text).toContain('# Import of my\\|export.zip');
    expect(text).toContain('| conversations | 2 | 0 | 0 | 1 | 0 |');
    expect(text).toContain('a \\| b \\<script\\> \\[x\\](http://y) |');
    expect(text.split('\n').filter((line) => /^\| (added|skipped)/.test(line))).toHaveLength(3);
    expect(text).toContain('| added, degraded, erased since | conversations.json, conversation 1 | ChatGPT |');
    expect(text).toContain('It has no messages.');
    expect(text).toContain('One file has no room.');
  });

  it('says so where nothing was skipped', () => {
    expect(written('markdown', [entry({})])).toContain('Nothing was skipped');
  });

  it('says so where it was not kept what became of each conversation', () => {
    expect(written('markdown', [], [], run, kept)).toContain(
      'What became of each conversation is not kept for this import',
    );
  });

  it('does not say that nothing was skipped of an import that did not come to its end', () => {
    const stopped = written('markdown', [], [], { ...run, state: 'cancelled' });
    expect(stopped).toContain('The import is cancelled: what it did not get to is not in this report.');
    expect(stopped).not.toContain('Nothing was skipped');
  });
});

describe('a report that lists no record', () => {
  const none = importRun({}, { conversations: noOutcomes });
  const failed = {
    ...none,
    state: 'failed' as const,
    error: { code: 'import_json_invalid', detail: 'Line 3 ends early.' },
  };

  it('says why, and promises nothing that does not come', () => {
    const text = written('markdown', [], [], failed);
    expect(text).toContain('No conversation was read before it failed.');
    expect(text).toContain('Line 3 ends early');
    expect(text).not.toMatch(/follows/);
    expect(written('markdown', [], [], none)).toContain('No conversation was found in it.');
    expect(written('markdown', [], [], run)).toContain('its figures are all there is');
  });
});
