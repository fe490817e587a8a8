/** The scanner itself: it finds what it must, in every spelling and wherever it stands. A scan that finds nothing is worth nothing otherwise. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { findBelow, findIn } from './scan.ts';

const marker = 'qzkxvbwtqzkx';
const word = `${marker}00017f3a`;
const around = (bytes: Buffer) => Buffer.concat([Buffer.from('\0\x01words before '), bytes, Buffer.from(' and after')]);

const written: Record<string, (text: string) => Buffer> = {
  raw: (text) => Buffer.from(text),
  'upper case': (text) => Buffer.from(text.toUpperCase()),
  hex: (text) => Buffer.from(Buffer.from(text).toString('hex')),
  'UTF-16 LE': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16 BE': (text) => Buffer.from(text, 'utf16le').swap16(),
  gzip: (text) => gzipSync(Buffer.from(text.repeat(3))),
  zlib: (text) => deflateSync(Buffer.from(text.repeat(3))),
  zstd: (text) => zstdCompressSync(Buffer.from(text.repeat(3))),
  'a zip entry': (text) => {
    const header = Buffer.alloc(30);
    header.write('PK\x03\x04', 'latin1');
    header.writeUInt16LE(1, 26);
    return Buffer.concat([header, Buffer.from('a'), deflateRawSync(Buffer.from(text.repeat(3)))]);
  },
  'base64 in gzip': (text) => gzipSync(Buffer.from(Buffer.from(text).toString('base64'))),
};
for (const before of ['', 'x', 'xy', 'xyz'])
  for (const encoding of ['base64', 'base64url'] as const)
    written[`${encoding} after ${before.length}`] = (text) =>
      Buffer.from(Buffer.from(before + text).toString(encoding));

it.each(Object.keys(written))('finds it as %s', (how) => {
  expect(findIn('here', around((written[how] as (text: string) => Buffer)(word)), marker)).not.toEqual([]);
  expect(findIn('here', around((written[how] as (text: string) => Buffer)('somethingelse0001')), marker)).toEqual([]);
});

it('finds it in files, across the seam of two readings, and in names', () => {
  const place = mkdtempSync(join(tmpdir(), 'vivim-scan-'));
  try {
    mkdirSync(join(place, 'deep'));
    writeFileSync(join(place, 'deep', 'seam'), Buffer.concat([Buffer.alloc(32 * 1024 ** 2 - 5), Buffer.from(word)]));
    writeFileSync(join(place, `${word}.txt`), 'nothing');
    const { findings, files } = findBelow([place], marker);
    expect(files).toBe(2);
    expect(new Set(findings.map(({ where }) => where))).toEqual(
      new Set([join(place, 'deep/seam'), join(place, `${word}.txt`)]),
    );
  } finally {
    rmSync(place, { recursive: true });
  }
});
