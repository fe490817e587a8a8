import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileOf, newCapture } from '../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { gunzipped } from './gunzip.ts';

const conversations = [
  {
    id: 'c',
    title: 'T',
    messages: [
      { role: 'user', content: 'Łódź' },
      { role: 'assistant', content: 'b' },
    ],
  },
];
const json = JSON.stringify(conversations);

const unpacked = async (bytes: Buffer, limits?: Parameters<typeof gunzipped>[2]): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of gunzipped(fileOf(bytes), 'a.gz', limits)) pieces.push(piece);
  return Buffer.concat(pieces);
};

describe('a file packed with gzip', () => {
  it('comes in as what it holds, for its owner and for nobody else', async () => {
    const { alice, bob } = twoSpaces();
    const before = bob.version;
    const run = await newCapture(alice).bring({ bytes: gzipSync(json), name: 'c.json.gz' });
    expect(run.report.conversations.added).toBe(1);
    expect(alice.read((r) => r.conversations.page({ limit: 5 })).items).toMatchObject([{ title: 'T' }]);
    expect(bob.version).toBe(before);
  });

  it('gives back whatever was packed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (bytes) => {
        expect(await unpacked(gzipSync(bytes))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('that is cut off, or unpacks to too much, says so', async () => {
    const packed = gzipSync(Buffer.from(json));
    await expect(unpacked(packed.subarray(0, packed.length - 9))).rejects.toMatchObject({
      code: 'import_archive_invalid',
    });
    const limits = { entries: 1, entryBytes: 1e9, totalBytes: 1e9, ratio: 10, ratioFromBytes: 1_000 };
    await expect(unpacked(gzipSync(Buffer.alloc(1e6)), limits)).rejects.toMatchObject({ code: 'import_too_large' });
  });
});
