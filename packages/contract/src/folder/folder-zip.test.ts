/** A zip that is nowhere: byte for byte that of a library, as long as it was said to be, read from anywhere. */

import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32 as systemCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { crc32 } from './crc32.ts';
import { type FolderFile, folderZip } from './folder-zip.ts';
import { ReplayedBytes } from './replayed-bytes.ts';
import { directory, fileDescriptor, zipSize } from './zip-layout.ts';

const piecesOf = (bytes: Uint8Array, step: number) => () =>
  (async function* () {
    for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
  })();
const changed = (file: FolderFile) => new Error(`${file.name} changed`);

const someFiles = fc
  .uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-zé 日/]{1,12}$/).filter((name) => !/^\/|\/$|\/\//.test(name)),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 4_000 }),
      // The library breaks on what is older than 1970.
      mtimeMs: fc.integer({ min: 0, max: 6e12 }),
      step: fc.integer({ min: 1, max: 700 }),
    }),
    { selector: ({ name }) => name, maxLength: 6 },
  )
  .map((files) =>
    files.map(({ name, bytes, mtimeMs, step }) => ({
      bytes,
      file: { name, size: bytes.length, mtimeMs, open: piecesOf(bytes, step) },
    })),
  );

/** As the command made it before pages took folders. */
function byLibrary(files: readonly { bytes: Uint8Array; file: FolderFile }[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { bytes, file } of files)
    zip.addReadStream(Readable.from([Buffer.from(bytes)]), file.name, {
      size: file.size,
      mtime: new Date(file.mtimeMs),
      mode: 0o100600,
      compress: false,
    });
  zip.end();
  return buffer(zip.outputStream);
}

describe('the zip of a folder', () => {
  it('is byte for byte what a library makes of the same files, and as long as it was said to be', async () => {
    await fc.assert(
      fc.asyncProperty(someFiles, async (files) => {
        const listed = files.map(({ file }) => file);
        const own = await buffer(Readable.from(folderZip(listed, changed)));
        expect(own.equals(await byLibrary(files))).toBe(true);
        expect(own.length).toBe(zipSize(listed));
      }),
      { numRuns: 60 },
    );
  });

  it('has sizes of 64 bits where it must: a large file, what begins late, and many files', () => {
    const size = 5 * 1024 ** 3;
    const large = { name: 'a', size, mtimeMs: 0 };
    const late = { name: 'b', size: 1, mtimeMs: 0 };
    const written = [
      { ...large, at: 0, crc: 1 },
      { ...late, at: 31 + size + 24, crc: 2 },
    ];
    const at = 31 + size + 24 + 31 + 1 + 24;
    const rows = [...directory(written, at)];
    expect(fileDescriptor(written[1] as (typeof written)[1])).toHaveLength(24);
    expect(zipSize([large, late])).toBe(at + rows.reduce((sum, row) => sum + row.length, 0));
    const row = new DataView((rows[1] as Uint8Array<ArrayBuffer>).buffer);
    expect(Number(row.getBigUint64(row.byteLength - 8, true))).toBe(31 + size + 24);

    const many = Array.from({ length: 70_000 }, () => ({ ...late, at: 0, crc: 0 }));
    const end = [...directory(many, 0)].slice(-3).map((piece) => piece.length);
    expect(end).toEqual([56, 20, 22]);
  });

  it('fails with the file that has another length than was listed', async () => {
    const file = { name: 'a', size: 5, mtimeMs: 0, open: piecesOf(new Uint8Array(4), 2) };
    await expect(buffer(Readable.from(folderZip([file], changed)))).rejects.toThrow('a changed');
  });

  it('knows each file by the checksum the system has for it, in whatever pieces', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (one, other) => {
        expect(crc32(other, crc32(one))).toBe(systemCrc32(Buffer.concat([one, other])));
      }),
    );
  });
});

describe('bytes that are made anew', () => {
  it('are read like a file: any range, in any order', async () => {
    const bytes = Uint8Array.from({ length: 997 }, (_, at) => at % 256);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.tuple(fc.nat(bytes.length), fc.nat(bytes.length)), { maxLength: 6 }),
        async (step, ranges) => {
          const reader = new ReplayedBytes(piecesOf(bytes, step));
          for (const [one, other] of ranges) {
            const [start, end] = [Math.min(one, other), Math.max(one, other)];
            expect(await reader.read(start, end)).toEqual(bytes.slice(start, end));
          }
          await reader.close();
        },
      ),
      { numRuns: 50 },
    );
  });

  it('say so where they end too early', async () => {
    await expect(new ReplayedBytes(piecesOf(new Uint8Array(3), 3)).read(0, 4)).rejects.toThrow(/ended/);
  });
});
