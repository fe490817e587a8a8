import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import type { ImportId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { describe, expect, it } from 'vitest';
import { pieces } from '../../../../test/kit/capture.ts';
import { newLocation } from '../../../../test/kit/spaces.ts';
import { sha256 } from './hash.ts';
import { Spool } from './spool.ts';

const newId = () => uuidv7() as ImportId;
const room = () => 10_000_000;
const options = { limit: 10_000_000, contentLength: null, room };
const noise = (length: number) => Buffer.from(Array.from({ length }, (_, ix) => (ix * 31 + (ix >> 8)) & 0xff));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const left = (location: { directory: string }) => readdirSync(join(location.directory, 'spool'));

async function collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** Where an open descriptor leads; '' for one that is closed by now. */
const readlinkOf = (fd: string): string => {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
};

describe('the spool', () => {
  it.skipIf(!existsSync('/proc/self/fd'))('that cannot be read leaves nothing open', async () => {
    const location = newLocation();
    const spool = new Spool(location);
    const id = newId();
    const path = join(location.directory, 'spool', id);
    mkdirSync(path, { recursive: true });
    await expect(spool.open(id)).rejects.toThrow();
    const open = readdirSync('/proc/self/fd').map((fd) => readlinkOf(fd));
    expect(open).not.toContain(path);
  });

  it('gives back what came in, from any place, and has it encrypted on disk', async () => {
    const location = newLocation();
    const spool = new Spool(location);
    const id = newId();
    const bytes = noise(2_500_000);
    expect(await spool.receive(id, pieces(bytes), options)).toEqual({ bytes: bytes.length, sha256: sha256(bytes) });
    const stored = readFileSync(join(location.directory, 'spool', id));
    expect(stored.includes(bytes.subarray(1000, 1032))).toBe(false);
    const file = await spool.open(id);
    expect(file.size).toBe(bytes.length);
    for (const [offset, length] of [
      [0, 10],
      [17, 33],
      [1_048_575, 70_000],
      [2_499_990, 100],
      [15, 1],
    ] as const) {
      expect((await file.read(offset, length)).equals(bytes.subarray(offset, offset + length))).toBe(true);
    }
    for (const [start, end] of [
      [0, bytes.length],
      [5, 1_100_003],
      [1_048_576, 2_000_000],
    ] as const) {
      expect((await collect(file.stream(start, end))).equals(bytes.subarray(start, end))).toBe(true);
    }
    await file.close();
  });

  it('cannot be read with the key of another space', async () => {
    const alice = newLocation();
    const bob = { ...newLocation(), directory: alice.directory };
    const id = newId();
    await new Spool(alice).receive(id, pieces(Buffer.from('only for Alice')), options);
    const file = await new Spool(bob).open(id);
    expect((await file.read(0, 14)).toString()).not.toBe('only for Alice');
    await file.close();
  });

  it.each([
    [
      'over the limit while it comes',
      pieces(noise(200)),
      { limit: 100, contentLength: null, room },
      'import_too_large',
    ],
    ['over the limit by its own word', pieces(noise(1)), { limit: 100, contentLength: 101, room }, 'import_too_large'],
    ['empty', pieces(Buffer.alloc(0)), options, 'import_empty'],
    ['shorter than announced', pieces(noise(50)), { limit: 100, contentLength: 60, room }, 'import_incomplete'],
    [
      'announced, and nothing came',
      pieces(Buffer.alloc(0)),
      { limit: 100, contentLength: 60, room },
      'import_incomplete',
    ],
    [
      'broken off',
      (async function* () {
        yield noise(50);
        throw new Error('connection reset');
      })(),
      options,
      'import_incomplete',
    ],
  ])('refuses a file that is %s, and leaves nothing behind', async (_, bytes, limits, code) => {
    const location = newLocation();
    const spool = new Spool(location);
    expect(await codeOf(spool.receive(newId(), bytes as AsyncIterable<Uint8Array>, limits))).toBe(code);
    // A file refused by its announced size is never opened.
    if (code !== 'import_too_large' || limits.contentLength === null) expect(left(location)).toEqual([]);
  });

  it('sweeps what no import waits for, and nothing that is arriving', async () => {
    const location = newLocation();
    const spool = new Spool(location);
    const waiting = newId();
    await spool.receive(waiting, pieces(noise(10)), options);
    writeFileSync(join(location.directory, 'spool', newId()), 'left by a dead process');
    const arriving = newId();
    const finish = Promise.withResolvers<void>();
    const slow = (async function* () {
      yield noise(10);
      await finish.promise;
    })();
    const received = spool.receive(arriving, slow, options);
    while (!left(location).includes(arriving)) await new Promise((resolve) => setTimeout(resolve, 1));
    await spool.sweep((id) => id === waiting);
    expect(left(location).toSorted()).toEqual([waiting, arriving].toSorted());
    finish.resolve();
    await received;
    await spool.remove(waiting);
    expect(left(location)).toEqual([arriving]);
  });
});
