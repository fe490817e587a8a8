import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredVectors } from '../../space/stores/embeddings.ts';
import { VectorMemory } from './vector-memory.ts';
import { type MeasuredVectors, measured } from './vicinity.ts';

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

const piecesOf = ({ values, at, dimensions }: MeasuredVectors): Buffer[] =>
  values.map((of, i) => Buffer.from(of.subarray(at[i], (at[i] ?? 0) + dimensions)));
/** What is found, wherever it lies. */
const laidOut = (found: MeasuredVectors) => ({
  messagePks: found.messagePks,
  pieces: piecesOf(found).map((piece) => [...piece]),
  lengths: [...found.lengths],
});

const asked = fc.array(
  fc.record({ pks: fc.uniqueArray(fc.nat(40), { maxLength: 30 }), written: fc.boolean(), bobs: fc.boolean() }),
  { maxLength: 12 },
);

describe('vectors that are remembered', () => {
  test('are those the space would be read for, message by message, in each of two spaces', () => {
    fc.assert(
      fc.property(asked, (rounds) => {
        const people = [new Space(1), new Space(60)].map((space) => ({ space, memory: new VectorMemory() }));
        for (const { pks, written, bobs } of rounds) {
          const person = people[bobs ? 1 : 0];
          if (person === undefined) continue;
          const { space, memory } = person;
          if (written) space.version += 1;
          const found = memory.of(pks, space.version, dimensions, space.vectors);
          expect(laidOut(found)).toEqual(laidOut(measured(space.vectors(pks))));
        }
      }),
    );
  });

  test('are read once while nothing is written, also where a message has none', () => {
    const alice = new Space(1);
    const memory = new VectorMemory();
    memory.of([1, 2, 4], alice.version, dimensions, alice.vectors);
    memory.of([4, 2, 5, 1], alice.version, dimensions, alice.vectors);
    expect(alice.read).toEqual([1, 2, 4, 5]);
    alice.version += 1;
    memory.of([2], alice.version, dimensions, alice.vectors);
    memory.clear();
    memory.of([2], alice.version, dimensions, alice.vectors);
    expect(alice.read).toEqual([1, 2, 4, 5, 2, 2]);
  });

  test('begin anew where they would be more than the bound, and answer all the same', () => {
    const alice = new Space(1);
    const large = 2 ** 18;
    const memory = new VectorMemory();
    // Of 1, 2 or 3 pieces of a quarter of a megabyte each: 48 MB are full after some hundred.
    for (let from = 0; from < 400; from += 40) {
      const pks = Array.from({ length: 40 }, (_, ix) => from + ix);
      const found = memory.of(pks, 0, large, (of) => alice.vectors(of, large));
      const plain = alice.vectors(pks, large);
      expect(found.messagePks).toEqual(plain.messagePks);
      expect(Buffer.compare(Buffer.concat(piecesOf(found)), Buffer.from(plain.values.buffer))).toBe(0);
    }
  });
});
