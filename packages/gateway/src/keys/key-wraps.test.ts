import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageId } from '@vivim/contract/ids';
import { expect, onTestFinished, test } from 'vitest';
import { openKeyWraps } from './key-wraps.ts';

test('what is sealed for Alice is listed, taken back and destroyed for her alone', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'vivim-test-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const [alice, bob] = [StorageId.parse(crypto.randomUUID()), StorageId.parse(crypto.randomUUID())];
  const wraps = await openKeyWraps(directory, () => 0);
  const sealed = { enc: 'enc', ciphertext: 'text' };
  await Promise.all([wraps.put(alice, 'hers', sealed), wraps.put(bob, 'his', sealed)]);
  const kids = async (storageId: StorageId) => (await wraps.list(storageId)).map(({ kid }) => kid);
  expect([await kids(alice), await kids(bob)]).toEqual([['hers'], ['his']]);
  await wraps.remove(bob, ['hers']);
  expect(await kids(alice)).toEqual(['hers']);
  await wraps.destroy(bob);
  expect([await kids(alice), await wraps.spaces()]).toEqual([['hers'], [alice]]);
});
