import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import { StorageId } from '@vivim/contract/ids';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestKeks } from '../../../../test/kit/keks.ts';
import { openSpaceKeys } from './space-keys.ts';

let directory: string;
beforeEach(async () => {
  logged = [];
  directory = await mkdtemp(join(tmpdir(), 'vivim-test-'));
});
afterEach(() => rm(directory, { recursive: true }));

const newId = () => StorageId.parse(crypto.randomUUID());
const kekFile = () => join(directory, 'kek');
const wraps = () => join(directory, 'wraps');
let logged: string[] = [];
const log = { error: (fields: object, event: string) => void logged.push(`${event} ${JSON.stringify(fields)}`) };
const load = () => openTestKeks(directory);
const open = async () => openSpaceKeys(await load(), log);
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

test('a key comes back the same after a restart, and each space has its own', async () => {
  const [alice, bob] = [newId(), newId()];
  const keys = await open();
  const [hers, his] = [await keys.create(alice), await keys.create(bob)];
  expect(hers).toHaveLength(32);
  expect(Buffer.from(hers).equals(his)).toBe(false);
  expect(Buffer.from(await (await open()).unwrap(alice)).equals(hers)).toBe(true);
});

test('creating again changes nothing', async () => {
  const keys = await open();
  const id = newId();
  const first = await keys.create(id);
  expect(Buffer.from(await keys.create(id)).equals(first)).toBe(true);
});

test('what lies on disk is for its owner alone and does not hold the key', async () => {
  const keys = await open();
  const id = newId();
  const key = Buffer.from(await keys.create(id));
  expect(await readdir(wraps())).toEqual([id]);
  const bytes = await readFile(join(wraps(), id));
  for (const encoding of ['hex', 'base64', 'latin1'] as const) {
    expect(bytes.toString('latin1')).not.toContain(key.toString(encoding));
  }
  for (const path of [kekFile(), join(wraps(), id)]) expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a wrap that was renamed, altered or cut does not open', async () => {
  const [alice, bob] = [newId(), newId()];
  const keys = await open();
  await keys.create(alice);
  const path = join(wraps(), alice);
  const bytes = await readFile(path, 'utf8');
  const wrap = JSON.parse(bytes) as Record<string, string>;
  for (const part of ['iv', 'key', 'tag']) {
    const altered = Buffer.from(wrap[part] ?? '', 'base64');
    altered[0] = (altered[0] ?? 0) ^ 1;
    await writeFile(path, JSON.stringify({ ...wrap, [part]: altered.toString('base64') }));
    expect(await codeOf(keys.unwrap(alice))).toBe('storage_integrity');
  }
  await writeFile(path, JSON.stringify({ ...wrap, tag: wrap.tag?.slice(0, 8) }));
  expect(await codeOf(keys.unwrap(alice))).toBe('storage_integrity');
  await writeFile(path, bytes.slice(0, 40));
  expect(await codeOf(keys.unwrap(alice))).toBe('storage_integrity');
  await writeFile(path, bytes);
  await rename(path, join(wraps(), bob));
  expect(await codeOf(keys.unwrap(bob))).toBe('storage_integrity');
});

test('a KEK file with another key than the spaces were made under is refused at the start, with the id that is wanted', async () => {
  await (await open()).create(newId());
  const wanted = (await load()).current().id;
  await writeFile(kekFile(), crypto.getRandomValues(new Uint8Array(32)));
  const refusal = await codeOf(load());
  expect(refusal).toContain(wanted);
  expect(refusal).toContain(`VIVIM_KEK_FILE=${kekFile()}`);
  // Nor without the book, by the wraps alone.
  await rm(join(directory, 'kek-book.json'));
  expect(await codeOf(load())).toContain(wanted);
});

test("a wrap of a KEK that is not here does not open, nobody else's suffers, and the operator is told which KEK it wants", async () => {
  const [alice, bob] = [newId(), newId()];
  const elsewhere = join(directory, 'elsewhere');
  const other = await openTestKeks(elsewhere);
  await (await openSpaceKeys(other, log)).create(alice);
  const keks = await load();
  const keys = await openSpaceKeys(keks, log);
  await keys.create(bob);
  await rename(join(elsewhere, 'wraps', alice), join(wraps(), alice));
  const refusal = await keys.unwrap(alice).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'storage_integrity', message: expect.stringContaining('another key') });
  expect(logged).toHaveLength(1);
  expect(logged[0]).toMatch(/^keys\.other_kek /);
  expect(logged[0]).toContain(other.current().id);
  expect(logged[0]).toContain(keks.current().id);
  expect(await keys.unwrap(bob)).toHaveLength(32);
  // A start with such a wrap among the others is not refused either.
  expect(await (await open()).unwrap(bob)).toHaveLength(32);
});

test('a KEK that is missing although spaces exist is named and not made anew', async () => {
  const keys = await open();
  await writeFile(join(wraps(), 'cut-short.tmp'), '');
  await rm(kekFile());
  await load();
  await rm(kekFile());
  await keys.create(newId());
  const refusal = await codeOf(open());
  expect(refusal).toContain(kekFile());
  expect(refusal).toContain('Restore');
  await expect(stat(kekFile())).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a destroyed key is gone, and destroying it again is fine', async () => {
  const keys = await open();
  const id = newId();
  await keys.create(id);
  await keys.destroy(id);
  await keys.destroy(id);
  expect(await keys.has(id)).toBe(false);
  expect(await codeOf(keys.unwrap(id))).toBe('storage_integrity');
});

test('a KEK that others can read, or of a wrong length, is refused with the way out', async () => {
  await load();
  await chmod(kekFile(), 0o640);
  expect(await codeOf(load())).toContain(`chmod 600 ${kekFile()}`);
  await chmod(kekFile(), 0o600);
  await writeFile(kekFile(), 'short');
  expect(await codeOf(load())).toContain('exactly 32 bytes');
});
