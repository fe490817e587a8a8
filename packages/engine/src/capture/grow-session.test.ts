/** A session log that comes in line by line ends as the same log that came whole; nobody's log touches another's. */

import { AppError } from '@vivim/contract/errors';
import { uuidv7 } from '@vivim/contract/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { newErasing, rawPages, wordsIn } from '../../../../test/kit/erasing.ts';
import { runs } from '../../../../test/kit/property-runs.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { growSession } from './grow-session.ts';

const key = 'a'.repeat(64);
const clock = () => 1_790_000_000_000;

/** @param result length of what a tool answered */
function row(n: number, text: string, result = 0): string {
  const role = n % 2 === 0 ? 'user' : 'assistant';
  const words = role === 'user' ? text : [{ type: 'text', text }];
  const content =
    result === 0 ? words : [{ type: 'tool_result', tool_use_id: 't', content: `${text}${'.'.repeat(result)}` }];
  const at = new Date(1_780_000_000_000 + n * 60_000).toISOString();
  const parentUuid = n === 0 ? null : `row-${n - 1}`;
  return `${JSON.stringify({ type: role, uuid: `row-${n}`, parentUuid, sessionId: 'one', timestamp: at, message: { role, content } })}\n`;
}

const grow = (
  space: UserSpace,
  from: number,
  text: string | Buffer,
  more: { key?: string; source?: 'claude-code' | 'chatgpt' } = {},
) =>
  growSession(
    {
      space,
      clock,
      onUnexpected: (error) => {
        throw error;
      },
    },
    {
      key: more.key ?? key,
      source: more.source ?? 'claude-code',
      fileName: 'one.jsonl',
      from,
      bytes: Buffer.from(text),
    },
    { id: uuidv7(), operation: 'growWatchedFile', requestHash: 'h' },
  );
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};
const contents = (space: UserSpace) =>
  space
    .read((r) => r.conversations.page({ limit: 50 }))
    .items.map((item) => [
      item,
      space.read((r) => r.conversations.messages(item.id, { limit: 200, branches: 'all' }))?.items,
    ]);
const records = (space: UserSpace) =>
  space.read((r) =>
    r.conversations
      .page({ limit: 50 })
      .items.flatMap(({ id }) => r.rawRecords.versionsOf({ source: 'claude-code', externalKey: id })),
  );

describe('a log that grows', () => {
  it('cut anywhere between lines, is the log that came whole, and its bytes are kept once', async () => {
    const lines = fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), async (texts, cuts) => {
        const rows = texts.map((text, n) => row(n, text));
        const [grown, whole] = [newSpace(), newSpace()];
        let from = 0;
        let held = '';
        rows.forEach((line, n) => {
          held += line;
          if (cuts[n] || n === rows.length - 1) {
            from = grow(grown, from, held).bytes;
            held = '';
          }
        });
        await newCapture(whole).bring({ bytes: rows.join(''), name: 'one.jsonl' });
        expect(contents(grown)).toEqual(contents(whole));
        expect(records(grown).map(({ sha256 }) => sha256)).toEqual(records(whole).map(({ sha256 }) => sha256));
      }),
      { numRuns: runs(15) },
    );
  });

  it('shows what goes on from its end, though that says it was written before', () => {
    const { alice, bob } = twoSpaces();
    const log = [0, 1, 2, 3].map((n) => row(n, `turn ${n}`)).join('');
    const early = `${JSON.stringify({
      type: 'user',
      uuid: 'early',
      parentUuid: 'row-3',
      sessionId: 'one',
      timestamp: new Date(1_770_000_000_000).toISOString(),
      message: { role: 'user', content: 'a question about ibexes' },
    })}\n`;
    for (const space of [alice, bob]) grow(space, 0, log);
    grow(alice, Buffer.byteLength(log), early);
    const shown = (space: UserSpace) =>
      space
        .read((r) => r.conversations.page({ limit: 5 }))
        .items.flatMap(
          ({ id }) => space.read((r) => r.conversations.messages(id, { limit: 20, branches: 'active' }))?.items ?? [],
        )
        .map(({ externalId }) => externalId);
    expect(shown(alice)).toEqual(['row-0', 'row-1', 'row-2', 'row-3', 'early']);
    expect(alice.read((r) => r.words.frequency('ibexes'))).toBe(1);
    expect(shown(bob)).toEqual(['row-0', 'row-1', 'row-2', 'row-3']);
  });

  it('goes on in pieces where it is very long, as the whole file does', async () => {
    const rows = Array.from({ length: 12 }, (_, n) => row(n, `Line ${n}.`, n % 2 === 0 ? 3_500_000 : 0));
    const [grown, whole] = [newSpace(), newSpace()];
    let from = 0;
    for (const line of rows) from = grow(grown, from, line).bytes;
    await newCapture(whole).bring({ bytes: rows.join(''), name: 'one.jsonl' });
    expect(contents(whole).length).toBeGreaterThan(1);
    const ids = (space: UserSpace) =>
      space
        .read((r) => r.conversations.page({ limit: 50 }))
        .items.map(({ id, messageCount }) => [id, messageCount])
        .sort();
    expect(ids(grown)).toEqual(ids(whole));
    expect(records(grown).length).toBe(records(whole).length);
  }, 60_000);

  it('is refused where it does not go on, in the middle of a line, and for what does not grow by lines', () => {
    const space = newSpace();
    const { bytes } = grow(space, 0, row(0, 'Hello'));
    expect(codeOf(() => grow(space, bytes + 1, row(1, 'Yes')))).toBe('version_conflict');
    expect(codeOf(() => grow(space, bytes, '{"half'))).toBe('import_incomplete');
    expect(codeOf(() => grow(space, 7, row(1, 'Yes'), { key: 'b'.repeat(64) }))).toBe('version_conflict');
    expect(codeOf(() => grow(space, 0, row(1, 'Yes'), { source: 'chatgpt' }))).toBe('import_format_unknown');
    expect(grow(space, bytes, row(1, 'Yes')).messagesAdded).toBe(1);
  });

  it('counts under one import a day, and leaves the neighbour alone', () => {
    const { alice, bob } = twoSpaces();
    const first = grow(alice, 0, row(0, 'Hello'));
    const second = grow(alice, first.bytes, row(1, 'Yes'));
    expect(second.importId).toBe(first.importId);
    const [run] = alice.read((r) => r.imports.page({ limit: 5 })).items;
    expect(run).toMatchObject({ state: 'done', fileName: 'watched-2026-09-21', report: { messages: { added: 2 } } });
    expect(bob.read((r) => r.watchedFiles.find(key))).toBeNull();
    expect(bob.read((r) => r.counts())).toMatchObject({ conversations: 0, imports: 0 });
  });

  it('begins anew after something was erased from it, which stays out', async () => {
    const space = newSpace();
    const home = newErasing(space);
    const lines = [row(0, 'Hello qzsecretwx'), row(1, 'Yes'), row(2, 'More')];
    const { bytes } = grow(space, 0, lines.slice(0, 2).join(''));
    const [conversation] = space.read((r) => r.conversations.page({ limit: 1 })).items;
    const [message] =
      space.read((r) => r.conversations.messages(conversation?.id as never, { limit: 5, branches: 'all' }))?.items ??
      [];
    await home.erase('message', message?.id as string);
    expect(codeOf(() => grow(space, bytes, lines[2] as string))).toBe('version_conflict');
    expect(space.read((r) => r.watchedFiles.find(key))).toBeNull();
    grow(space, 0, lines.join(''));
    await home.settle();
    expect(wordsIn(rawPages(space.location), ['qzsecretwx'])).toEqual([]);
    expect(JSON.stringify(contents(space))).toContain('More');
  });
});
