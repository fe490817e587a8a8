import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CutRecord, cutFile } from './cut.ts';
import type { Cut } from './sources/source-module.ts';

async function cutUp(text: string | Buffer, cut: Cut, size = 65_536): Promise<CutRecord[]> {
  const bytes = Buffer.from(text as string);
  const records: CutRecord[] = [];
  const stream = {
    path: 'a file',
    source: 'generic' as const,
    format: { kind: 'json' as const, cut, claim: () => null },
    bytes: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    },
  };
  for await (const record of cutFile(stream)) records.push(record);
  return records;
}
const texts = (records: readonly CutRecord[]) => records.map(({ bytes }) => bytes?.toString() ?? null);

describe('cutting a file', () => {
  it('into lines is the same wherever the stream is cut, and leaves empty ones out', async () => {
    const line = fc.constantFrom('{"a":1}', '', '  ', 'x', '"ü😀"', '{"a":1}\r');
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 9 }), async (lines, size) => {
        const found = await cutUp(lines.join('\n'), { kind: 'lines', twins: true }, size);
        const full = lines.filter((text) => text.trim() !== '');
        expect(texts(found).map((text) => text?.trim())).toEqual(full.map((text) => text.trim()));
        expect(found.map(({ ix }) => ix)).toEqual(full.map((_, ix) => ix));
        const twins = full.map((text, ix) => full.slice(0, ix).filter((one) => one.trim() === text.trim()).length);
        expect(found.map(({ twin }) => twin)).toEqual(twins);
      }),
    );
  });

  it('joins entries of one key, and lets the others pass', async () => {
    const keyOf = (value: unknown) => (typeof value === 'string' ? value : null);
    expect(texts(await cutUp('["a",1,"b","a",2]', { kind: 'grouped', keyOf }))).toEqual([
      '1',
      '2',
      '["a","a"]',
      '["b"]',
    ]);
  });

  it('puts an entry of several keys into the list of each, which then says which it is', async () => {
    const keyOf = (value: unknown) => (typeof value === 'string' ? [...value] : null);
    expect(texts(await cutUp('["ab","c","b"]', { kind: 'grouped', keyOf }))).toEqual([
      '[{"vivimGroup":"a"},"ab"]',
      '[{"vivimGroup":"b"},"ab","b"]',
      '["c"]',
    ]);
    const many = JSON.stringify(String.fromCharCode(...Array.from({ length: 90 }, (_, ix) => 0x30 + ix)));
    expect((await cutUp(`[${many}]`, { kind: 'grouped', keyOf })).length).toBe(32);
  });

  it('keeps a session whole, and a very long one in pieces that say whose they are', async () => {
    const short = '{"id":1}\n\n{"id":2}\n';
    expect(texts(await cutUp(short, { kind: 'session' }))).toEqual([short]);
    const row = `${JSON.stringify({ x: 'x'.repeat(5 * 1024 ** 2) })}\n`;
    const pieces = await cutUp(`{"id":1}\n${row.repeat(7)}`, { kind: 'session' }, 1024 ** 2);
    expect(pieces.map(({ bytes }) => Math.round((bytes?.length ?? 0) / 1024 ** 2))).toEqual([15, 15, 5]);
    expect(pieces[1]?.bytes?.subarray(0, 36).toString()).toBe('{"vivimPiece":2,"first":{"id":1}}\n{"');
    expect(pieces.map(({ ix }) => ix)).toEqual([0, 1, 2]);
  });

  it('refuses a line that is too long, and goes on behind it', async () => {
    const long = 'x'.repeat(33 * 1024 ** 2);
    const found = await cutUp(`1\n${long}\n2\n`, { kind: 'lines' }, 1024 ** 2);
    expect(found.map(({ bytes, refused }) => [bytes?.toString() ?? null, refused])).toEqual([
      ['1\n', null],
      [null, 'too_large'],
      ['2\n', null],
    ]);
  });

  it('lets a source cut a text', async () => {
    const split = (text: string) => text.split('|');
    expect(texts(await cutUp('a|b|ü', { kind: 'pieces', split }, 1))).toEqual(['a', 'b', 'ü']);
  });
});
