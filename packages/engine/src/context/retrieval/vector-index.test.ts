import { describe, expect, it, vi } from 'vitest';
import { fillSpace } from '../../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { EmbeddingReader } from '../../space/stores/embeddings.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { vectorsBy } from './pieces.ts';
import { int8, signBits } from './quantise.ts';
import { VectorIndex } from './vector-index.ts';

const model = { name: 'made', dimensions: 32 };
const towards = (...axes: readonly number[]): Float32Array =>
  Float32Array.from({ length: model.dimensions }, (_, ix) => (axes.includes(ix) ? Math.sqrt(1 / axes.length) : 0));
const store = (space: UserSpace, messagePk: number, vector: Float32Array) =>
  space.write((w) => {
    const contentHash = w.embeddings.unembedded('nobody', [1], { characters: 9, before: 9, limit: 9 })[messagePk - 1]
      ?.contentHash;
    const row = { messagePk, piece: 0, contentHash: contentHash ?? '', sign: signBits(vector), vector: int8(vector) };
    w.embeddings.put(vectorsBy(model), [row]);
  });
const nearness = (index: VectorIndex, asked: Float32Array, messagePk: number) =>
  index.around([asked], 9)?.similarities([asked]).get(messagePk);

function homes() {
  const both = twoSpaces();
  for (const space of Object.values(both)) {
    fillSpace(space, [{ externalId: 'a', messages: [{ text: 'The ferry.' }, { text: 'The kiln.' }] }]);
    space.write((w) => w.words.index([1]));
    store(space, 1, towards(0));
    store(space, 2, towards(1, 2));
  }
  return both;
}

describe('vectors of a space', () => {
  it('are compared as they are stored now, and one person’s are nobody else’s', async () => {
    const { alice, bob } = homes();
    const [hers, his] = [new VectorIndex(alice, model), new VectorIndex(bob, model)];
    await Promise.all([hers.ready(), his.ready()]);
    expect(nearness(hers, towards(0), 1)).toBeCloseTo(1, 1);
    store(alice, 1, towards(5));
    expect(nearness(hers, towards(0), 1)).toBeCloseTo(0, 1);
    expect(nearness(his, towards(0), 1)).toBeCloseTo(1, 1);
    alice.write((w) => w.embeddings.forget([2]));
    expect(nearness(hers, towards(1), 2)).toBeUndefined();
    expect(nearness(his, towards(1), 2)).toBeGreaterThan(0.5);
  });

  it('are read once, whatever else is written', async () => {
    const { alice } = homes();
    const index = new VectorIndex(alice, model);
    await index.ready();
    nearness(index, towards(0), 1);
    const read = vi.spyOn(EmbeddingReader.prototype, 'vectors');
    alice.write((w) => w.outbox.put('rollup', [1], 0));
    expect(nearness(index, towards(0), 1)).toBeCloseTo(1, 1);
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });
});
