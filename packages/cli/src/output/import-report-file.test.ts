import type { ImportIssue } from '@vivim/contract/imports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importRun, noOutcomes } from '../../../../test/kit/import-run.ts';
import { importReportFile, type ReportFormat } from './import-report-file.ts';

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

async function* each(issues: readonly ImportIssue[]): AsyncGenerator<ImportIssue> {
  yield* issues;
}

async function written(format: ReportFormat, issues: readonly ImportIssue[], of = run): Promise<string> {
  let text = '';
  for await (const piece of importReportFile(of, each(issues), format)) text += piece;
  return text;
}

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
const anyIssues = fc.array(
  fc.record({
    severity: fc.constantFrom('skipped' as const, 'degraded' as const, 'note' as const),
    code: fc.constant('x'),
    path: anyText,
    externalId: fc.option(anyText),
    title: fc.option(anyText),
    detail: anyText,
  }),
  { maxLength: 5 },
);

describe('the report of an import as a file', () => {
  it('holds every item in JSON as the server gave it', async () => {
    await fc.assert(
      fc.asyncProperty(anyIssues, async (issues) => {
        const read = JSON.parse(await written('json', issues));
        expect(read.issues).toEqual(issues);
        expect(read.run.report.conversations.skipped).toBe(1);
      }),
    );
  });

  it('holds every item in CSV whatever is in it, and nothing a spreadsheet would run', async () => {
    await fc.assert(
      fc.asyncProperty(anyIssues, async (issues) => {
        const [head, ...rows] = csvRows(await written('csv', issues));
        expect(head).toEqual(['severity', 'code', 'path', 'externalId', 'title', 'detail']);
        const texts = issues.map((each) => [
          each.severity,
          each.code,
          each.path,
          each.externalId,
          each.title,
          each.detail,
        ]);
        expect(rows.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, '')))).toEqual(
          texts.map((row) => row.map((text) => (text ?? '').replace(/^'(?=[=+\-@\t\r])/, ''))),
        );
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it('is one line an item in Markdown, and a title in it is no markup', async () => {
    const text = await written('markdown', [issue({ title: 'a | b\n<script> [x](http://y) \u001b[1m' }), issue({})]);
    expect(text).toContain('# Import of my\\|export.zip');
    expect(text).toContain('| conversations | 2 | 0 | 0 | 1 | 0 |');
    expect(text).toContain('a \\| b \\<script\\> \\[x\\](http://y) |');
    expect(text.split('\n').filter((line) => line.startsWith('| skipped'))).toHaveLength(2);
  });

  it('says so where nothing was skipped', async () => {
    expect(await written('markdown', [])).toContain('Nothing was skipped');
  });

  it('does not say so of an import that did not come to its end', async () => {
    const stopped = await written('markdown', [], { ...run, state: 'cancelled' });
    expect(stopped).toContain('The import is cancelled: what it did not get to is not in this report.');
    expect(stopped).not.toContain('Nothing was skipped');
  });
});
