/**
 * A space that moves takes its services for models along, without a consent and, unless it was asked for, without a key; what a model
 * found stays the model's, and nothing it has read is sent again.
 */
import { AppError } from '@vivim/contract/errors';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  databaseOfSpace,
  filesOf,
  jsonArchiveOf,
  live,
  settle,
  standing,
} from '../../../../../test/kit/archives.ts';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { newLocation, newSpace } from '../../../../../test/kit/spaces.ts';
import { ModelMemoryFinder } from '../../context/memories/by-model/model-memory-finder.ts';
import { Copies } from '../../space/copies.ts';
import type { UserSpace } from '../../space/user-space.ts';

const address = { kind: 'openai', baseUrl: 'https://model.example/v1', model: 'reader-1' } as const;
const key = 'sk-archiveCANARY553';
const never = new AbortController().signal;

function finderOf(space: UserSpace, answer: () => string) {
  return new ModelMemoryFinder({ space, clock: standing, wake: () => {}, ask: async () => answer() });
}
async function lived(space: UserSpace): Promise<void> {
  await live(space, [[dialogue('a', 'a', ['I collect moths, pinned and named.', 'Lovely.'])]]);
  const finder = finderOf(space, () =>
    JSON.stringify({
      memories: [{ line: 1, quote: 'I collect moths', kind: 'fact', text: 'I collect moths', confidence: 0.9 }],
    }),
  );
  space.write((w) => {
    const limits = { dailyTokens: 9_000, monthlyCost: 2, price: { input: 1, output: 4 } };
    w.modelServices.put('mine', { ...address, key, ...limits }, standing());
    w.modelServices.learn({ name: 'mine', ...address, dimensions: null, chatForm: 'schema' });
    w.modelServices.agree({ name: 'mine', purpose: 'memories', seen: address, atMs: standing() });
    finder.choose(w, 'mine');
  });
  while (finder.pending() > 0) await finder.step(never);
  await settle(space);
}
const bring = async (space: UserSpace, bytes: Buffer) => {
  const run = await newCapture(space, standing).bring({ bytes, name: 'vivim.zip', source: 'vivim' });
  await settle(space);
  return run;
};
const found = (space: UserSpace) =>
  space.read((r) =>
    r.memories
      .page({ limit: 9 })
      .items.map(({ id, text, origin, label, state }) => ({ id, text, origin, label, state })),
  );

describe('services that arrive', () => {
  it.each([
    ['as a JSON archive', jsonArchiveOf],
    ['as a SQLite file', databaseOfSpace],
  ])('%s: with their limits, for nothing agreed to, and what was read is read', async (_, exportOf) => {
    // A SQLite file goes back to whom it came from.
    const { ownerId } = newLocation();
    const [alice, again] = [newSpace({ ownerId }), newSpace({ ownerId })];
    await lived(alice);
    const archive = await exportOf(alice);
    expect(archive.includes(key)).toBe(false);
    await bring(again, archive);
    const [service] = again.read((r) => r.modelServices.all());
    expect(service).toMatchObject({
      ...address,
      key: null,
      chatForm: 'schema',
      dailyTokens: 9_000,
      monthlyCost: 2,
      priceOutput: 4,
      memoriesAgreedMs: null,
      embedAgreedMs: null,
    });
    const issues = again.read((r) => r.imports.page({ limit: 9 }).items);
    expect(JSON.stringify(issues)).toContain('mine (for memories), without a key');
    expect(found(again)).toEqual(found(alice));
    expect(found(again)).toMatchObject([{ text: 'I collect moths', origin: 'model' }]);
    const finder = finderOf(again, () => {
      throw new Error('it was read');
    });
    expect(() => again.write((w) => finder.choose(w, 'mine'))).toThrow(AppError);
    again.write((w) => {
      w.modelServices.agree({ name: 'mine', purpose: 'memories', seen: address, atMs: standing() });
      finder.choose(w, 'mine');
    });
    while (finder.pending() > 0) await finder.step(never);
    // Rules look again and leave the model's alone.
    again.write((w) => w.outbox.put('memories', [1], 1));
    await settle(again);
    expect(found(again)).toEqual(found(alice));
  });

  it('have their keys where those were asked for, and stay as they are where one has the name', async () => {
    const alice = newSpace();
    await lived(alice);
    const { stream } = await new Copies(alice).archive('json', '2026-11-25T12:00:00.000Z', never, true);
    const archive = await bytesOf(stream);
    expect((await filesOf(archive))['space.json']).toContain(key);
    const [carol, dan] = [newSpace(), newSpace()];
    dan.write((w) => w.modelServices.put('mine', { ...address, model: 'another', key: 'k' }, 1));
    await bring(carol, archive);
    await bring(dan, archive);
    expect(carol.read((r) => r.modelServices.address('mine'))).toEqual({ ...address, key });
    expect(dan.read((r) => r.modelServices.address('mine'))).toEqual({ ...address, model: 'another', key: 'k' });
  });
});
