import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../../test/kit/fill-space.ts';
import { letterEmbedder } from '../../../../../test/kit/letter-embedder.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { Embedder } from '../../models/embedder.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { openConnection } from '../../sqlite/database.ts';
import { EmbeddingService } from './embedding-service.ts';
import { vectorsBy } from './pieces.ts';
import { VectorIndex } from './vector-index.ts';

const chats = [
  { externalId: 'a', messages: [{ text: 'The ferry leaves from Peniche.' }, { text: 'word '.repeat(2_000) }] },
  { externalId: 'b', messages: Array.from({ length: 60 }, (_, i) => ({ text: `Tomato plant number ${i}` })) },
];

function queued(space: UserSpace): UserSpace {
  fillSpace(space, chats);
  space.write((w) => {
    w.words.index([1, 2]);
    w.outbox.put('embed', [1, 2], 0);
    return null;
  });
  return space;
}

function service(space: UserSpace, embedder: Embedder = letterEmbedder()) {
  const clock = { now: 1_000 };
  const vectors = new VectorIndex(space, embedder);
  const made = new EmbeddingService({ space, embedder, vectors, clock: () => clock.now, wake: () => {} });
  const step = () => made.step(new AbortController().signal);
  const finish = async () => {
    while (made.pending() > 0) await step();
  };
  return { service: made, step, finish, clock, vectors };
}
const stored = (space: UserSpace) => space.read((r) => r.embeddings.signs(vectorsBy(letterEmbedder()), null, 10_000));
const sql = (space: UserSpace, statement: string) => {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  connection.exec(statement);
  connection.close();
};

describe('embedding', () => {
  it('gives every message a vector, long ones several, and only in the space it works for', async () => {
    const { alice, bob } = twoSpaces();
    const { finish, vectors } = service(queued(alice));
    queued(bob);
    await finish();
    expect(new Set(stored(alice).map((row) => row.messagePk)).size).toBe(62);
    expect(stored(alice).filter((row) => row.messagePk === 2)).toHaveLength(6);
    expect(alice.read((r) => r.outbox.count('embed'))).toBe(0);
    expect(stored(bob)).toEqual([]);
    expect(bob.read((r) => r.outbox.count('embed'))).toBe(2);
    await vectors.ready();
    expect(vectors.size).toBe(67);
  });

  it('goes on where a killed engine stopped, and embeds nothing twice', async () => {
    const space = queued(newSpace());
    await service(space).step();
    const before = stored(space).length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(67);
    let asked = 0;
    const counting = letterEmbedder({ onTexts: (texts) => (asked += texts.length) });
    await service(space, counting).finish();
    expect(stored(space)).toHaveLength(67);
    expect(asked).toBe(67 - before);
  });

  it.each([
    ['is away', () => Promise.reject(new AppError('models_unavailable'))],
    [
      'answers NaN',
      (texts: readonly string[]) => Promise.resolve(texts.map(() => new Float32Array(32).fill(Number.NaN))),
    ],
    [
      'answers another size',
      (texts: readonly string[]) => Promise.resolve(texts.map(() => new Float32Array(3).fill(1))),
    ],
    ['answers too few', () => Promise.resolve([])],
  ])('stores nothing and waits, longer each time, while the embedder %s', async (_, embed) => {
    const space = queued(newSpace());
    const broken = { value: true };
    const good = letterEmbedder();
    const {
      service: made,
      step,
      finish,
      clock,
    } = service(space, {
      ...good,
      embed: (texts) => (broken.value ? embed(texts) : good.embed(texts)),
    });
    for (const waitMs of [1_000, 2_000, 4_000]) {
      await expect(step()).rejects.toMatchObject({ code: 'models_unavailable' });
      expect(stored(space)).toEqual([]);
      clock.now += waitMs - 1;
      expect(made.pending()).toBe(0);
      clock.now += 1;
      expect(made.pending()).toBe(2);
    }
    broken.value = false;
    await finish();
    expect(stored(space)).toHaveLength(67);
  });

  it('survives messages that are deleted while it waits for their vectors', async () => {
    const space = queued(newSpace());
    const good = letterEmbedder();
    const { finish } = service(space, {
      ...good,
      embed: (texts) => {
        sql(space, 'DELETE FROM acu; UPDATE message SET parent_pk = NULL; DELETE FROM message WHERE pk = 3');
        space.write((w) => w.words.index([2]));
        return good.embed(texts);
      },
    });
    await finish();
    expect(stored(space).some((row) => row.messagePk === 3)).toBe(false);
    expect(stored(space)).toHaveLength(66);
  });

  it('embeds again what changed, and only that', async () => {
    const space = queued(newSpace());
    await service(space).finish();
    sql(
      space,
      "UPDATE message SET content_hash = 'new' WHERE pk = 1; UPDATE part SET text = 'zzz zzz' WHERE message_pk = 1",
    );
    space.write((w) => {
      w.words.index([1]);
      w.outbox.put('embed', [1], 0);
      return null;
    });
    const texts: string[] = [];
    await service(space, letterEmbedder({ onTexts: (asked) => texts.push(...asked) })).finish();
    expect(texts).toEqual(['zzz zzz']);
    expect(stored(space)).toHaveLength(67);
  });
});
