import { describe, expect, it } from 'vitest';
import { importRun, noOutcomes } from '../../../../test/kit/import-run.ts';
import { importReport } from './import-report.ts';

const run = importRun(
  {},
  {
    conversations: { ...noOutcomes, added: 2, skipped: 1, degraded: 1 },
    messages: { ...noOutcomes, added: 9 },
    acus: 1234,
    files: { stored: 2, known: 0, unmentioned: 1, leftOut: 0 },
    secrets: { found: 3, masked: 1 },
    issues: [
      {
        severity: 'skipped',
        code: 'x',
        path: 'conversations.json[2]',
        externalId: null,
        title: 'A \u001b[1mtitle',
        detail: 'It has no messages.',
      },
    ],
    issueCount: 4,
  },
);

describe('import report', () => {
  it('of one that is not over says how to go on', () => {
    const upload = { received: 4_000_000, head: null, source: null, expiresAt: '2026-01-08T00:00:00.000Z' };
    const arriving = importReport({ ...run, state: 'receiving', fileBytes: 8_000_000, upload });
    expect(arriving).toMatch(
      /^export\.zip: 4\.0 MB of 8\.0 MB arrived\. Send the file again to go on: vivim import FILE$/m,
    );
    expect(importReport({ ...run, state: 'paused' })).toMatch(/paused\. Go on with: vivim imports continue 01999999-/);
  });

  it('of one that failed says what to do, and of no other thing', () => {
    const failed = (code: string) =>
      importReport({ ...importRun({ state: 'failed' }), error: { code, detail: 'It is so.' }, begins: ['{"a":1}'] });
    expect(failed('import_format_unknown')).toContain('--source NAME');
    expect(failed('import_archive_invalid')).toContain('download the export again');
    expect(failed('quota_exceeded')).toContain('vivim erase');
    for (const code of ['import_archive_invalid', 'quota_exceeded', 'internal'])
      expect(failed(code)).not.toContain('--source NAME');
    expect(importReport(run)).not.toContain('--source NAME');
    expect(failed('internal')).toMatch(/^export\.zip: not imported\. It is so\./);
    const full = { code: 'quota_exceeded', detail: 'Your space is full.' };
    expect(importReport({ ...run, state: 'failed', error: full })).toMatch(
      /^export\.zip: imported in part\. Your space/,
    );
  });

  it('accounts for what came in, what did not and why', () => {
    expect(importReport(run)).toBe(
      [
        'export.zip (ChatGPT): imported.',
        '  recognised     as ChatGPT, 100% sure: mapping',
        '  conversations  2 added, 1 skipped; 1 of them with something missing',
        '  messages       9 added',
        '  units          1,234',
        '  files          2 stored, 1 in no conversation',
        '  secrets        3 found, 1 masked, see vivim secrets',
        '  skipped   conversations.json[2] “A title”: It has no messages.',
        `  … and 3 more issues: vivim imports report ${run.id}`,
      ].join('\n'),
    );
  });

  it('says that nothing was to do', () => {
    expect(importReport({ ...run, sameFileAs: run.id })).toContain('the same file as before');
  });

  it('says that it was erased, and counts nothing any more', () => {
    const erased = importReport({ ...run, erasedAt: '2026-05-01T10:00:00.000Z' });
    expect(erased).toContain('erased by you on 2026-05-01');
    expect(erased).not.toContain('added');
  });

  it('says why it failed', () => {
    const failed = {
      ...run,
      state: 'failed' as const,
      error: { code: 'import_json_invalid', detail: 'Line 3 ends early.' },
    };
    expect(importReport(failed)).toContain('export.zip: imported in part. Line 3 ends early.');
  });
});
