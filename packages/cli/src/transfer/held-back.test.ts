/** A file somebody names that is for a sign-in or a key is not sent, unless they say so once more. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HeldBack, importFile } from './upload.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vivim-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['server.pem', 'x'],
  ['.env', 'A=b'],
  ['mykey', '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n'],
])('%s is held back, and goes where it is meant', async (name, text) => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  await expect(importFile(file, Readable.from([]))).rejects.toThrow(HeldBack);
  expect((await importFile(file, Readable.from([]), true)).size).toBe(text.length);
});

it('a text that only speaks of keys goes', async () => {
  const file = path.join(folder, 'talk.md');
  writeFileSync(file, '## User\n\n-----BEGIN PRIVATE KEY-----\n');
  expect((await importFile(file, Readable.from([]))).name).toBe('talk.md');
});
