import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PieceTable } from './piece-table.ts';

const unit = (values: readonly number[]): Float32Array => {
  const norm = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / norm);
};

describe('products of whole numbers', () => {
  // Sizes that fill whole 16 bytes and that do not.
  test.each([8, 32, 384, 1_000])('of %i dimensions are the cosines', (dimensions) => {
    const whole = (arbitrary: fc.Arbitrary<number>) =>
      fc.array(arbitrary, { minLength: dimensions, maxLength: dimensions });
    const int8s = fc.oneof(
      whole(fc.integer({ min: -128, max: 127 })),
      fc.constantFrom(127, -128, 0).map((one) => Array(dimensions).fill(one)),
    );
    const question = fc.oneof(
      whole(fc.integer({ min: -9, max: 9 })),
      fc.constant([1, ...Array(dimensions - 1).fill(0)]),
    );
    fc.assert(
      fc.property(fc.array(fc.array(int8s, { maxLength: 9 }), { maxLength: 4 }), question, (batches, asked) => {
        const table = new PieceTable(dimensions);
        const exact = unit(asked);
        // Asked between one batch and the next, whose room the answers stood in.
        const all: number[][] = [];
        for (const batch of batches) {
          expect(table.add(Int8Array.from(batch.flat()))).toBe(all.length);
          all.push(...batch);
          const nths = Int32Array.from(all.keys()).reverse();
          const cosines = table.cosines(exact, nths);
          for (const [i, nth] of nths.entries()) {
            const vector = all[nth] ?? [];
            const length = Math.hypot(...vector) || 1;
            const product = vector.reduce((sum, value, at) => sum + value * (exact[at] ?? 0), 0);
            expect(Math.abs((cosines[i] ?? 9) - product / length)).toBeLessThan(1e-3);
            expect([...table.vector(nth)]).toEqual(vector);
          }
        }
        expect(table.size).toBe(all.length);
      }),
      { numRuns: 20 },
    );
  });

  test('of nothing are none, and of a vector of nothing 0', () => {
    const table = new PieceTable(32);
    expect([...table.cosines(unit(Array(32).fill(1)), new Int32Array(0))]).toEqual([]);
    table.add(new Int8Array(32));
    expect([...table.cosines(unit(Array(32).fill(1)), Int32Array.of(0, 0))]).toEqual([0, 0]);
  });

  test('of thousands are those of each, as memory grows', () => {
    const table = new PieceTable(64);
    const of = (nth: number) => Int8Array.from({ length: 64 }, (_, at) => ((nth * 31 + at * 7) % 255) - 127);
    for (let nth = 0; nth < 20_000; nth += 1) table.add(of(nth));
    const asked = unit(Array.from({ length: 64 }, (_, at) => (at % 5) - 2));
    const nths = Int32Array.from({ length: 400 }, (_, i) => i * 50);
    const cosines = table.cosines(asked, nths);
    nths.forEach((nth, i) => {
      const alone = new PieceTable(64);
      alone.add(of(nth));
      expect(cosines[i]).toBe(alone.cosines(asked, Int32Array.of(0))[0]);
    });
  });
});
