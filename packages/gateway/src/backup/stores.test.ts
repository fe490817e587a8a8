/** The places backups go to, a folder and a real server that speaks S3: the same promises at both. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Bucket, startBucket } from '../../../../test/kit/bucket.ts';
import { hashFile } from './folder-store.ts';
import { openStore } from './open-store.ts';
import type { BackupStore } from './store.ts';

let bucket: Bucket;
beforeAll(async () => {
  bucket = await startBucket();
});
afterAll(() => bucket?.stop());

const noS3 = { endpoint: null, region: 'us-east-1' };

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), 'vivim-store-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A file of random bytes, and what it is expected to be. */
async function file(bytes: number) {
  const path = join(directory(), 'source');
  writeFileSync(path, randomBytes(bytes), { mode: 0o600 });
  return { path, expected: await hashFile(path) };
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: { code?: string }) => error.code,
  );

const kinds: readonly [string, () => Promise<BackupStore>][] = [
  ['a folder', () => openStore(join(directory(), 'backups'), noS3)],
  [
    'an S3 server',
    () => openStore(`${bucket.place}-${randomBytes(4).toString('hex')}`, { ...noS3, endpoint: bucket.endpoint }),
  ],
];

describe.each(kinds)('%s', (_, open) => {
  it('gives back what it was given, small and in many parts, and lists by name', async () => {
    const store = await open();
    const target = join(directory(), 'target');
    for (const [name, bytes] of [
      ['spaces/a/1.db', 0],
      ['spaces/a/2.db', 4096],
      ['spaces/b/1.db', 20_000_003],
    ] as const) {
      const { path, expected } = await file(bytes);
      await store.upload(name, path, expected);
      await store.download(name, target, expected);
      expect([readFileSync(target).equals(readFileSync(path)), statSync(target).mode & 0o777]).toEqual([true, 0o600]);
    }
    await store.write('sets/1.json', Buffer.from('{}'));
    expect(await store.list('spaces/')).toEqual(['spaces/a/1.db', 'spaces/a/2.db', 'spaces/b/1.db']);
    expect(await store.list('spaces/b')).toEqual(['spaces/b/1.db']);
    expect(Buffer.from((await store.read('sets/1.json')) ?? []).toString()).toBe('{}');
    await store.remove('spaces/a/1.db');
    await store.remove('spaces/a/1.db');
    expect([await store.read('spaces/a/1.db'), await store.list('nothing/')]).toEqual([null, []]);
    store.close();
  });

  it('does not hand out a file that is not the one its manifest describes', async () => {
    const store = await open();
    const [hers, his] = [await file(5_000), await file(5_000)];
    await store.upload('spaces/a/1.db', hers.path, hers.expected);
    await store.upload('spaces/b/1.db', his.path, his.expected);
    const target = join(directory(), 'target');
    expect(await codeOf(store.download('spaces/b/1.db', target, hers.expected))).toBe('copy_altered');
    expect(await codeOf(store.download('spaces/c/1.db', target, hers.expected))).toBe('copy_missing');
    store.close();
  });
});

it('a half upload has no name: parts that were sent before it failed are given back', async () => {
  const store = await openStore(`${bucket.place}-half`, { ...noS3, endpoint: bucket.endpoint });
  const { path, expected } = await file(20_000_000);
  expect(await codeOf(store.upload('spaces/a/1.db', path, { ...expected, bytes: 40_000_000 }))).toBe('copy_altered');
  expect(await store.list('')).toEqual([]);
  const kept = readdirSync(bucket.directory, { recursive: true, encoding: 'utf8' });
  expect(kept.filter((name) => name.includes('vivim-half') && name.includes('1.db'))).toEqual([]);
  store.close();
});

it('a folder keeps no half file, and is closed to others', async () => {
  const root = join(directory(), 'backups');
  const store = await openStore(root, noS3);
  const { path, expected } = await file(5_000);
  expect(await codeOf(store.upload('spaces/a/1.db', path, { ...expected, sha256: '0'.repeat(64) }))).toBe(
    'copy_altered',
  );
  expect([readdirSync(join(root, 'spaces/a')), statSync(root).mode & 0o777]).toEqual([[], 0o700]);
});

it('a server that is not there is said to be not there, and a place that is none is refused in words', async () => {
  const store = await openStore('s3://kept/x', { ...noS3, endpoint: 'http://127.0.0.1:9' });
  expect(await codeOf(store.list(''))).toBe('place_unreachable');
  store.close();
  await expect(openStore('ftp://host/x', noS3)).rejects.toThrow(/folder or to s3:/);
  await expect(openStore('s3://A', noS3)).rejects.toThrow(/s3:\/\/bucket\/prefix/);
});

describe('a place that cannot be had', () => {
  const why = async (open: Promise<BackupStore>): Promise<string> => {
    const store = await open;
    return store.write('a/b.json', Buffer.from('{}')).then(
      () => 'written',
      (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
    );
  };

  it.each([
    [
      'below what makes no folders',
      (): string => '/proc/nope/backups',
      /cannot be written: .*\(E\w+\)\. Mend it, or set VIVIM_BACKUP_TO/,
    ],
    [
      'that is a file',
      (): string => {
        const taken = join(directory(), 'file');
        writeFileSync(taken, '');
        return taken;
      },
      /something above it is a file|it is a file/,
    ],
  ] as [string, () => string, RegExp][])('a folder %s says so at once', async (_, place, words) => {
    const path = place();
    const said = await why(openStore(path, noS3));
    await expect((await openStore(path, noS3)).prepare()).rejects.toMatchObject({ code: 'place_unreachable' });
    expect(said).toMatch(/^place_unreachable: /);
    expect(said).toContain(path);
    expect(said).toMatch(words);
  });

  it('a bucket nobody serves names its address and the reason, and no key', async () => {
    const said = await why(
      openStore('s3://kept/vivim', { region: 'us-east-1', endpoint: 'http://somebody:secret@127.0.0.1:9' }),
    );
    expect(said).toMatch(/^place_unreachable: .*s3:\/\/kept\/vivim at 127\.0\.0\.1:9.*\(.*\w/);
    expect(said).not.toContain('secret');
    expect(said).not.toContain('(Error)');
  }, 60_000);
});
