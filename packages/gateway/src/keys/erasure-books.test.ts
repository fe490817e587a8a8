/** Books of erasures: on disk before anybody is answered, in order, one for each space, and never read past a damaged line. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErasureNote } from '@vivim/contract/erasure';
import type { StorageId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { expect, it, onTestFinished } from 'vitest';
import { openErasureBooks } from './erasure-books.ts';

const [alice, bob] = [uuidv7() as StorageId, uuidv7() as StorageId];
const noteOf = (at: number): ErasureNote => ({
  id: uuidv7() as ErasureNote['id'],
  kind: 'message',
  at,
  items: 1,
  marks: [`message:${'a'.repeat(22)}`],
  allows: null,
});

function place(): string {
  const root = mkdtempSync(join(tmpdir(), 'vivim-books-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return join(root, 'erasures');
}

it('keeps notes in order, each once, one book for each space, for the owner of the server alone', async () => {
  const directory = place();
  const books = await openErasureBooks(directory);
  const notes = [1, 2, 3].map(noteOf);
  await Promise.all([...notes, ...notes].map((note) => books.append(alice, note)));
  const his = noteOf(4);
  await books.append(bob, his);
  const again = await openErasureBooks(directory);
  expect(await again.read(alice)).toEqual(notes);
  expect(await again.read(bob)).toEqual([his]);
  expect((await again.list()).sort()).toEqual([alice, bob].sort());
  expect(statSync(join(directory, `${alice}.jsonl`)).mode & 0o077).toBe(0);
});

it('takes off a line a crash cut short, and refuses a book that was damaged in the middle', async () => {
  const directory = place();
  const note = noteOf(1);
  await (await openErasureBooks(directory)).append(alice, note);
  const path = join(directory, `${alice}.jsonl`);
  appendFileSync(path, '{"id":"cut sho');
  expect(await (await openErasureBooks(directory)).read(alice)).toEqual([note]);
  appendFileSync(path, `{}\n${readFileSync(path, 'utf8')}`);
  await expect((await openErasureBooks(directory)).read(alice)).rejects.toThrow(/^Line 2 of .* was damaged/);
});

it('is gone with its space, and the neighbour keeps theirs', async () => {
  const directory = place();
  const books = await openErasureBooks(directory);
  await books.append(alice, noteOf(1));
  await books.append(bob, noteOf(2));
  await books.destroy(alice);
  expect(existsSync(join(directory, `${alice}.jsonl`))).toBe(false);
  expect(await books.read(alice)).toEqual([]);
  expect(await books.read(bob)).toHaveLength(1);
});
