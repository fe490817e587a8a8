import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredVectors } from '../../space/stores/embeddings.ts';
import { type VectorChanges, vectorChanges, vectorsChanged } from '../../space/stores/vector-changes.ts';
import type { Connection } from '../../sqlite/database.ts';
import { VectorMemory } from './vector-memory.ts';
import { type PlacedVectors, placed } from './vicinity.ts';

const dimensions = 8;

/** A space in which a message has so many pieces, each told apart by what it holds and how often it was written; and what was read of it. */
class Space {
  readonly read: number[] = [];
  readonly #connection = {} as Connection;
  readonly #written = new Map<number, number>();
  readonly #salt: number;

  constructor(salt: number) {
    this.#salt = salt;
  }

  get changes(): VectorChanges {
    return vectorChanges(this.#connection);
  }

  /** @param told whether it is said of which */
  write(messagePks: readonly number[], told = true): void {
    for (const pk of messagePks) this.#written.set(pk, (this.#written.get(pk) ?? 0) + 1);
    vectorsChanged(this.#connection, told ? messagePks : null);
  }

  vectors = (messagePks: readonly number[], size = dimensions): StoredVectors => {
    this.read.push(...messagePks);
    const pieces = messagePks.flatMap((pk) => Array.from({ length: pk % 4 }, (_, piece) => ({ pk, piece })));
    const values = new Int8Array(pieces.length * size);
    pieces.forEach(({ pk, piece }, ix) => {
      const value = (pk * 7 + piece * 3 + (this.#written.get(pk) ?? 0) * 11 + this.#salt) % 127;
      values.fill(value, ix * size, (ix + 1) * size);
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
  fc.record({
    pks: fc.uniqueArray(fc.nat(40), { maxLength: 30 }),
    written: fc.array(fc.record({ pks: fc.array(fc.nat(40), { maxLength: 4 }), told: fc.boolean() }), { maxLength: 2 }),
    bobs: fc.boolean(),
  }),
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
          for (const one of written) space.write(one.pks, one.told);
          const found = memory.of(pks, space.changes, space.vectors);
          expect(laidOut(found)).toEqual(laidOut(placed(space.vectors(pks), dimensions)));
        }
      }),
    );
  });

  test('are read once while they are not written, also where a message has none', () => {
    const alice = new Space(1);
    const memory = new VectorMemory(dimensions);
    memory.of([1, 2, 4], alice.changes, alice.vectors);
    memory.of([4, 2, 5, 1], alice.changes, alice.vectors);
    expect(alice.read).toEqual([1, 2, 4, 5]);
    alice.write([2]);
    memory.of([2], alice.changes, alice.vectors);
    memory.clear();
    memory.of([2], alice.changes, alice.vectors);
    memory.of([2], alice.changes, alice.vectors);
    expect(alice.read).toEqual([1, 2, 4, 5, 2, 2]);
  });

  test('are those of now after more changes than are told one by one', () => {
    const alice = new Space(1);
    const memory = new VectorMemory(dimensions);
    memory.of([1, 2], alice.changes, alice.vectors);
    for (let time = 0; time < 300; time += 1) alice.write([time === 0 ? 1 : 2]);
    expect(laidOut(memory.of([1, 2], alice.changes, alice.vectors))).toEqual(
      laidOut(placed(alice.vectors([1, 2]), dimensions)),
    );
  });

  test('begin anew where they are more than the bound, and answer all the same, also what is more by itself', () => {
    const alice = new Space(1);
    const memory = new VectorMemory(dimensions, 100 * dimensions);
    // Of 0 to 3 pieces each: a hundred are full after some seventy.
    for (const most of [40, 400]) {
      alice.read.length = 0;
      for (let from = 0; from < 400; from += most) {
        const pks = Array.from({ length: most }, (_, ix) => from + ix);
        const found = memory.of(pks, alice.changes, alice.vectors);
        expect(laidOut(found)).toEqual(laidOut(placed(new Space(1).vectors(pks), dimensions)));
      }
      expect(alice.read).toHaveLength(400);
    }
    memory.of([1], alice.changes, alice.vectors);
    memory.of([1], alice.changes, alice.vectors);
    expect(alice.read).toHaveLength(401);
  });
});
