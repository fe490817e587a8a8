/** Files of every kind, through upload, spool and database: what is recognised, what grows, what is asked for by name. */
import { sources } from '@vivim/contract/conversation';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { jsonLinesOf } from '../../../../test/kit/source-files.ts';
import { sourceSeeds } from '../../../../test/kit/source-seeds.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';

const row = (uuid: string, parentUuid: string | null, type: string, content: string, sessionId = 's1') => ({
  type,
  uuid,
  parentUuid,
  sessionId,
  timestamp: '2026-01-02T03:04:05.000Z',
  message: { role: type, content },
});

describe('a file of any source', () => {
  it.each(sources)('of %s comes in for one person, and the same file again changes nothing', async (source) => {
    const { alice, bob } = twoSpaces();
    const capture = newCapture(alice);
    const run = await capture.bring({ bytes: sourceSeeds[source], name: 'a file' });
    expect(run).toMatchObject({ state: 'done', detected: { source }, error: null });
    expect(run.report.conversations.added).toBeGreaterThan(0);
    const counts = alice.read((r) => r.counts());
    // Not the same upload: the same bytes under a source that is named.
    const again = await capture.bring({ bytes: sourceSeeds[source], name: 'b', source });
    expect(again.report.conversations).toMatchObject({ added: 0, updated: 0 });
    expect(alice.read((r) => r.counts())).toMatchObject({
      conversations: counts.conversations,
      messages: counts.messages,
    });
    expect(bob.read((r) => r.counts())).toMatchObject({ conversations: 0, messages: 0 });
  });

  it('that grew is the same conversation with more in it', async () => {
    const { alice } = twoSpaces();
    const capture = newCapture(alice);
    const one = [row('a', null, 'user', 'Fix the lighthouse'), row('b', 'a', 'assistant', 'Done.')];
    await capture.bring({ bytes: jsonLinesOf(...one), name: 's1.jsonl' });
    const grown = [...one, row('c', 'b', 'user', 'And the boat?'), row('d', 'c', 'assistant', 'Done too.')];
    const run = await capture.bring({ bytes: jsonLinesOf(...grown), name: 's1.jsonl' });
    expect(run.report.conversations).toMatchObject({ added: 0, updated: 1 });
    expect(run.report.messages).toMatchObject({ added: 2, unchanged: 2 });
    expect(alice.read((r) => r.counts())).toMatchObject({ conversations: 1, messages: 4 });
  });

  it('stands in a zip with files of other sources, and each is read as its own', async () => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring({
      bytes: zipOf([
        { name: 'projects/-home-me-app/s1.jsonl', bytes: jsonLinesOf(row('a', null, 'user', 'Hi')) },
        { name: 'projects/-home-me-app/s2.jsonl', bytes: jsonLinesOf(row('a', null, 'user', 'Hi', 's2')) },
        { name: 'projects/-home-me-app/notes.md', bytes: '# Notes\n\nNobody speaks here.' },
        { name: 'Cursor/state.vscdb', bytes: sourceSeeds.cursor },
        { name: 'broken.db', bytes: sourceSeeds.llm.subarray(0, 5_000) },
        { name: 'Takeout/MyActivity.json', bytes: sourceSeeds.gemini },
      ]),
      name: 'all.zip',
    });
    expect(run).toMatchObject({ state: 'done', detected: { source: 'claude-code' } });
    const found = alice.read((r) => r.conversations.page({ limit: 10 })).items.map(({ source }) => source);
    expect(found.toSorted()).toEqual(['claude-code', 'claude-code', 'cursor', 'gemini']);
    expect(run.report.issues.map(({ code, path }) => [code, path])).toEqual([
      ['entry_not_readable', 'broken.db'],
      ['files_unmentioned', 'all.zip'],
    ]);
  });

  it('is what the person says it is', async () => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: 'You: hi\n## User\nHi', name: 'x', source: 'markdown' });
    expect(run).toMatchObject({ state: 'done', detected: { source: 'markdown', confidence: 1, why: 'You said so.' } });
    expect(run.report.conversations.skipped).toBe(1);
    expect(run.report.issues[0]?.detail).toContain('fewer than two turns');
  });
});
