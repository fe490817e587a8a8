import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredVectors } from '../../space/stores/embeddings.ts';
import { VectorMemory } from './vector-memory.ts';
import { type PlacedVectors, placed } from './vicinity.ts';

const dimensions = 8;

/** A space in which a message has so many pieces, each told apart by what it holds, at a version; and what was read of it. */
class Space {
  version = 0;
  readonly read: number[] = [];
  readonly #salt: number;

  constructor(salt: number) {
    this.#salt = salt;
  }

  vectors = (messagePks: readonly number[], size = dimensions): StoredVectors => {
    this.read.push(...messagePks);
    const pieces = messagePks.flatMap((pk) => Array.from({ length: pk % 4 }, (_, piece) => ({ pk, piece })));
    const values = new Int8Array(pieces.length * size);
    pieces.forEach(({ pk, piece }, ix) => {
      values.fill((pk * 7 + piece * 3 + this.version * 11 + this.#salt) % 127, ix * size, (ix + 1) * size);
    });
    return { messagePks: pieces.map(({ pk }) => pk), values };
  };
}

/** What is found, wherever it lies. */
const laidOut = ({ messagePks, table, nths }: PlacedVectors) => ({
  messagePks,
  pieces: [...nths].map((nth) => [...table.vector(nth)]),
  lengths: [...nths].map((nth) => table.length(nth)),
});

const asked = fc.array(
  fc.record({ pks: fc.uniqueArray(fc.nat(40), { maxLength: 30 }), written: fc.boolean(), bobs: fc.boolean() }),
  { maxLength: 12 },
);

describe('vectors that are remembered', () => {
  test('are those the space would be read for, message by message, in each of two spaces', () => {
    fc.assert(
      fc.property(asked, (rounds) => {
        const people = [new Space(1), new Space(60)].map((space) => ({ space, memory: new VectorMemory(dimensions) }));
        for (const { pks, written, bobs } of rounds) {
          const person = people[bobs ? 1 : 0];
          if (person === undefined) continue;
          const { space, memory } = person;
          if (written) space.version += 1;
          const found = memory.of(pks, space.version, space.vectors);
          expect(laidOut(found)).toEqual(laidOut(placed(space.vectors(pks), dimensions)));
        }
      }),
    );
  });

  test('are read once while nothing is written, also where a message has none', () => {
    const alice = new Space(1);
    const memory = new VectorMemory(dimensions);
    memory.of([1, 2, 4], alice.version, alice.vectors);
    memory.of([4, 2, 5, 1], alice.version, alice.vectors);
    expect(alice.read).toEqual([1, 2, 4, 5]);
    alice.version += 1;
    memory.of([2], alice.version, alice.vectors);
    memory.clear();
    memory.of([2], alice.version, alice.vectors);
    expect(alice.read).toEqual([1, 2, 4, 5, 2, 2]);
  });

  test('begin anew where they are more than the bound, and answer all the same, also what is more by itself', () => {
    const alice = new Space(1);
    const memory = new VectorMemory(dimensions, 100 * dimensions);
    // Of 0 to 3 pieces each: a hundred are full after some seventy.
    for (const most of [40, 400]) {
      alice.read.length = 0;
      for (let from = 0; from < 400; from += most) {
        const pks = Array.from({ length: most }, (_, ix) => from + ix);
        const found = memory.of(pks, 0, alice.vectors);
        expect(laidOut(found)).toEqual(laidOut(placed(new Space(1).vectors(pks), dimensions)));
      }
      expect(alice.read).toHaveLength(400);
    }
    memory.of([1], 0, alice.vectors);
    memory.of([1], 0, alice.vectors);
    expect(alice.read).toHaveLength(401);
  });
});
