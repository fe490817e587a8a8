/** Words a reader passes over are told: whatever the field is called, however deep it stands; and what was read is not told again. */

import { sources } from '@vivim/contract/conversation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { readFile } from '../../../../test/kit/source-files.ts';
import { sourceSeeds } from '../../../../test/kit/source-seeds.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';

const unreadOf = async (bytes: Buffer | string): Promise<string[]> =>
  (await readFile(bytes)).readings.flatMap((reading) =>
    reading.outcome === 'conversation'
      ? reading.issues.filter(({ code }) => code === 'fields_not_read').map(({ detail }) => detail)
      : [],
  );
const words = 'The lantern hangs over the harbour gate';
/** A row of every object of a record, in the order they stand. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const item of Object.values(value)) yield* objectsIn(item);
}

describe('fields nobody reads', () => {
  it('are named where they hold words, and kept in the record', async () => {
    const { alice, bob } = twoSpaces();
    const told = { ...dialogue('c', 'T', ['Hi', 'Hello']), margin_notes: [{ says: words }] };
    const run = await newCapture(alice).bring({ bytes: JSON.stringify([told]), name: 'conversations.json' });
    expect(run.report.issues).toMatchObject([
      { severity: 'note', code: 'fields_not_read', detail: expect.stringContaining('margin_notes/says.') },
    ]);
    expect(bob.read((r) => r.counts()).conversations).toBe(0);
  });

  it.each([
    ['an id', 'c0ffee00-0000-4000-8000-000000000000'],
    ['an address', 'https://example.org/a/very/long/path'],
    ['a time', '2026-01-02 03:04:05 and so on'],
    ['bytes', 'data:image/png;base64,AAAA BBBB CCCC'],
    ['a label', 'two words'],
  ])('are passed over where they hold %s', async (_, value) => {
    expect(await unreadOf(JSON.stringify([{ ...dialogue('c', 'T', ['Hi', 'Hello']), aside: value }]))).toEqual([]);
  });

  it('of a short text that marks were taken out of are not told again', async () => {
    const mark =
      '<grok:render card_id="c" card_type="citation_card"><argument name="citation_id">1</argument></grok:render>';
    const response = {
      _id: 'r',
      message: `A tile roof ${mark} yes`,
      sender: 'ASSISTANT',
      create_time: '2026-01-02T03:04:05Z',
    };
    const talk = { conversation: { id: 'g', title: 'T' }, responses: [{ response }] };
    expect(await unreadOf(JSON.stringify({ conversations: [talk] }))).toEqual([]);
  });

  it('of a text that was taken apart are not told again', async () => {
    const page = `<p>${words}</p><pre>x &lt; 1</pre>`;
    const event = { header: 'Gemini Apps', title: 'Prompted Where is it, please?', time: '2026-01-02T03:04:05Z' };
    expect(await unreadOf(JSON.stringify([{ ...event, safeHtmlItem: [{ html: page }] }]))).toEqual([]);
  });

  it.each(sources)('of a plain file of %s are all read', async (source) => {
    expect(await unreadOf(sourceSeeds[source])).toEqual([]);
  });

  const written = sources.filter((source) => /^[[{]/.test(sourceSeeds[source].toString('latin1')));
  it.each(written)('of %s: words under a new name are never lost without a word', async (source) => {
    const rows = sourceSeeds[source]
      .toString('utf8')
      .split('\n')
      .filter((row) => row !== '');
    const places = rows.flatMap((row, ix) => [...objectsIn(JSON.parse(row))].map((_, at) => [ix, at] as const));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), async ([ix, at]) => {
        const record: unknown = JSON.parse(rows[ix] ?? '');
        const object = [...objectsIn(record)][at];
        if (object !== undefined) object.newly_written = { says: words };
        const file = await readFile(Buffer.from(rows.with(ix, JSON.stringify(record)).join('\n')));
        const told = file.readings.some(
          (reading) =>
            reading.outcome === 'skipped' ||
            JSON.stringify(reading).includes('newly_written') ||
            reading.issues.some(({ code }) => code === 'rows_not_messages'),
        );
        const noted = file.notes.some(({ code }) => code === 'beside_not_imported');
        expect(told || noted || JSON.stringify(file).includes(words)).toBe(true);
      }),
      { numRuns: Math.min(40, places.length * 3) },
    );
  });
});
