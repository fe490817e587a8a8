import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download } from './download.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'vivim-download-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const never = new AbortController().signal;
/** An answer in pieces; an Error among them breaks it off. */
const answer = (...pieces: (string | Error)[]) =>
  new Response(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) controller.close();
        else if (piece instanceof Error) controller.error(piece);
        else controller.enqueue(new TextEncoder().encode(piece));
      },
    }),
  );
const failure = (name: string) => expect.objectContaining({ failure: name });

describe('a download', () => {
  it('is whole, its owner’s alone, and says how large it is', async () => {
    const file = path.join(directory, 'space.db');
    expect(await download(answer('SQLite ', 'format 3'), file, never)).toBe(15);
    expect(readFileSync(file, 'utf8')).toBe('SQLite format 3');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual(['space.db']);
  });

  it('that broke off leaves nothing behind', async () => {
    const file = path.join(directory, 'space.db');
    const broken = download(answer('SQLite ', new TypeError('terminated')), file, never);
    await expect(broken).rejects.toThrow(failure('unreachable'));
    expect(readdirSync(directory)).toEqual([]);
  });

  it('replaces nothing', async () => {
    const file = path.join(directory, 'space.db');
    writeFileSync(file, 'mine');
    await expect(download(answer('theirs'), file, never)).rejects.toThrow(failure('already_there'));
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(readdirSync(directory)).toEqual(['space.db']);
  });

  it('says where it cannot be written', async () => {
    const file = path.join(directory, 'nowhere', 'space.db');
    await expect(download(answer('x'), file, never)).rejects.toThrow(failure('usage'));
    expect(existsSync(file)).toBe(false);
  });

  it('that was interrupted leaves nothing behind', async () => {
    const interrupt = new AbortController();
    interrupt.abort();
    await expect(download(answer('x'), path.join(directory, 'space.db'), interrupt.signal)).rejects.toThrow();
    expect(readdirSync(directory)).toEqual([]);
  });
});
