/**
 * The seal over the key of a space: what is left on disk, what a wrong key does, and that a cut between any two steps loses
 * nothing. Two people's spaces lie side by side throughout.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageId } from '@vivim/contract/ids';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import { loadKek } from './kek.ts';
import { openSealableKeys, type SealableKeys } from './sealable-keys.ts';
import { openSpaceKeys, type SpaceKeys } from './space-keys.ts';

let directory: string;
let now = 0;
const [alice, bob] = [StorageId.parse(crypto.randomUUID()), StorageId.parse(crypto.randomUUID())];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vivim-test-'));
});
afterEach(() => rm(directory, { recursive: true }));

const wraps = () => readdir(join(directory, 'wraps'));
const seals = () => readdir(join(directory, 'seals'));
const plainKeys = async (): Promise<SpaceKeys> =>
  openSpaceKeys(join(directory, 'wraps'), await loadKek(join(directory, 'kek'), join(directory, 'wraps')), {
    error: () => {},
  });
/** As a server that starts. */
const open = async (): Promise<SealableKeys> =>
  openSealableKeys(join(directory, 'seals'), await plainKeys(), () => now);
const copy = (key: Uint8Array) => Buffer.from(key);

async function twoSpaces(): Promise<{ keys: SealableKeys; hers: Buffer; his: Buffer }> {
  const keys = await open();
  return { keys, hers: copy(await keys.create(alice)), his: copy(await keys.create(bob)) };
}

it('leaves no wrap and no key on disk, and the neighbour’s as it was', async () => {
  const { keys, hers, his } = await twoSpaces();
  await keys.seal(alice);
  expect([await wraps(), await seals()]).toEqual([[bob], [alice]]);
  const seal = await readFile(join(directory, 'seals', alice), 'latin1');
  for (const encoding of ['hex', 'base64', 'base64url', 'latin1'] as const)
    expect(seal).not.toContain(hers.toString(encoding));
  expect((await keys.state(alice)).state).toBe('unlocked');
  expect(copy(await keys.unwrap(alice)).equals(hers)).toBe(true);

  const started = await open();
  expect((await started.state(alice)).state).toBe('locked');
  expect(await refusalOf(() => started.unwrap(alice))).toBe('space_sealed');
  expect(await refusalOf(() => started.create(alice))).toBe('space_sealed');
  expect(copy(await started.unwrap(bob)).equals(his)).toBe(true);
  expect((await started.list()).sort()).toEqual([alice, bob].sort());
});

it('takes in the key of the space and no other, and a wrong one changes nothing', async () => {
  const { keys, hers, his } = await twoSpaces();
  await keys.seal(alice);
  await keys.seal(bob);
  const started = await open();
  for (const wrong of [his, Buffer.alloc(32), hers.subarray(0, 31)]) {
    expect(await refusalOf(() => started.unlock(alice, wrong))).toBe('space_key_wrong');
    expect(await refusalOf(() => started.unseal(alice, wrong))).toBe('space_key_wrong');
  }
  expect([(await started.state(alice)).state, await wraps()]).toEqual(['locked', []]);
  await started.unlock(alice, hers);
  expect(copy(await started.unwrap(alice)).equals(hers)).toBe(true);
  expect(await refusalOf(() => started.unlock(alice, his))).toBe('space_key_wrong');
  expect((await started.state(alice)).state).toBe('unlocked');
  expect((await started.state(bob)).state).toBe('locked');
});

it('forgets a key by overwriting it, and hands out copies alone', async () => {
  const { keys, hers } = await twoSpaces();
  await keys.seal(alice);
  const given = await keys.unwrap(alice);
  given.fill(0);
  expect(copy(await keys.unwrap(alice)).equals(hers)).toBe(true);
  keys.forget(alice);
  expect(await refusalOf(() => keys.unwrap(alice))).toBe('space_sealed');
  await keys.unlock(alice, hers);
  keys.forgetAll();
  expect([(await keys.state(alice)).state, keys.unlocked()]).toEqual(['locked', []]);
});

it('counts the time nobody used it, and none while somebody does', async () => {
  const { keys } = await twoSpaces();
  await keys.seal(alice);
  now += 5_000;
  expect(keys.unlocked()).toEqual([{ storageId: alice, idleMs: 5_000 }]);
  const done = keys.use(alice);
  now += 5_000;
  expect(keys.unlocked()).toEqual([{ storageId: alice, idleMs: 0 }]);
  done();
  now += 1_000;
  expect(keys.unlocked()).toEqual([{ storageId: alice, idleMs: 1_000 }]);
});

it('comes off with the right key, under the same KEK, for a server that starts afterwards', async () => {
  const { keys, hers } = await twoSpaces();
  await keys.seal(alice);
  await keys.unseal(alice, hers);
  expect([await seals(), (await keys.state(alice)).state]).toEqual([[], 'open']);
  expect(copy(await (await open()).unwrap(alice)).equals(hers)).toBe(true);
});

it('is gone with the space', async () => {
  const { keys } = await twoSpaces();
  await keys.seal(alice);
  await keys.destroy(alice);
  expect([await wraps(), await seals(), await keys.has(alice)]).toEqual([[bob], [], false]);
  expect(await refusalOf(() => keys.unwrap(alice))).toBe('storage_integrity');
});

it('that cannot be read opens nothing and is not taken for none', async () => {
  const { keys } = await twoSpaces();
  await keys.seal(alice);
  await writeFile(join(directory, 'seals', alice), '{"version":1', { mode: 0o600 });
  expect(await refusalOf(() => keys.unwrap(alice))).toBe('storage_integrity');
  expect(await refusalOf(() => keys.seal(alice))).toBe('storage_integrity');
});

/** Keys whose given step fails as a power cut would have it: nothing of it, and nothing after it, is done. */
async function cutAt(step: 'destroy' | 'adopt'): Promise<SealableKeys> {
  const keys = await plainKeys();
  const cut = () => Promise.reject(new Error('power cut'));
  return openSealableKeys(join(directory, 'seals'), { ...keys, [step]: cut }, () => now);
}

it('cut between seal and destruction is finished by the next start: sealed, and opened by its key', async () => {
  const { hers, his } = await twoSpaces();
  await expect((await cutAt('destroy')).seal(alice)).rejects.toThrow('power cut');
  expect([(await wraps()).sort(), await seals()]).toEqual([[alice, bob].sort(), [alice]]);
  const started = await open();
  expect([await wraps(), (await started.state(alice)).state]).toEqual([[bob], 'locked']);
  await started.unlock(alice, hers);
  expect(copy(await started.unwrap(alice)).equals(hers)).toBe(true);
  expect(copy(await started.unwrap(bob)).equals(his)).toBe(true);
});

it('cut before destruction is finished by asking again, without a start', async () => {
  const { hers } = await twoSpaces();
  const keys = await plainKeys();
  let cut = true;
  const flaky: SpaceKeys = {
    ...keys,
    destroy: (id) => (cut ? Promise.reject(new Error('disk full')) : keys.destroy(id)),
  };
  const sealable = await openSealableKeys(join(directory, 'seals'), flaky, () => now);
  await expect(sealable.seal(alice)).rejects.toThrow('disk full');
  cut = false;
  await sealable.seal(alice);
  expect([await wraps(), (await sealable.state(alice)).state]).toEqual([[bob], 'unlocked']);
  expect(copy(await sealable.unwrap(alice)).equals(hers)).toBe(true);
});

it('cut while unsealing, before the wrap or after it, stays sealed and loses nothing', async () => {
  const { keys, hers } = await twoSpaces();
  await keys.seal(alice);
  await expect((await cutAt('adopt')).unseal(alice, hers)).rejects.toThrow('power cut');
  expect([(await wraps()).sort(), await seals()]).toEqual([[bob], [alice]]);
  // After the wrap was written and before the seal was taken off.
  await (await plainKeys()).adopt(alice, hers);
  const started = await open();
  expect([await wraps(), (await started.state(alice)).state]).toEqual([[bob], 'locked']);
  await started.unseal(alice, hers);
  expect(copy(await (await open()).unwrap(alice)).equals(hers)).toBe(true);
});
