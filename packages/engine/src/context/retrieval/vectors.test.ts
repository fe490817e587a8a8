import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieceLimits, piecesOf } from './pieces.ts';
import { cosine, int8, isVector, signBits } from './quantise.ts';
import { SignTable } from './sign-table.ts';

const unit = (values: readonly number[]): Float32Array => {
  const norm = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / norm);
};
const vector = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 64, maxLength: 64 })
  .filter((values) => values.some((value) => Math.abs(value) > 0.01))
  .map(unit);
const hamming = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, byte, i) => sum + [...(byte ^ (b[i] ?? 0)).toString(2)].filter((bit) => bit === '1').length, 0);

describe('small vectors', () => {
  it('keep the angle', () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const exact = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
        expect(cosine(a, int8(b))).toBeCloseTo(exact, 1);
      }),
    );
  });

  it('are found by the bits in which they differ', () => {
    fc.assert(
      fc.property(
        fc.array(vector, { minLength: 1, maxLength: 60 }),
        vector,
        fc.integer({ min: 1, max: 20 }),
        (all, asked, count) => {
          const table = new SignTable(64);
          all.forEach((v, i) => {
            table.add(i, signBits(v));
          });
          const distances = all.map((v) => hamming(signBits(v), signBits(asked)));
          const reach = [...distances].sort((a, b) => a - b)[Math.min(count, all.length) - 1] ?? 0;
          const near = table.nearest(signBits(asked), count).sort((a, b) => a - b);
          expect(near).toEqual(distances.flatMap((distance, i) => (distance <= reach ? i : [])));
        },
      ),
    );
  });

  it('are refused when they are none', () => {
    expect(isVector(unit([1, 2, 3]), 3)).toBe(true);
    expect(isVector(Float32Array.from([1, Number.NaN, 0]), 3)).toBe(false);
    expect(isVector(Float32Array.from([1, Number.POSITIVE_INFINITY, 0]), 3)).toBe(false);
    expect(isVector(new Float32Array(3), 3)).toBe(false);
    expect(isVector(unit([1, 2]), 3)).toBe(false);
  });
});

describe('pieces', () => {
  it('are slices of the text, in order, none too long, at least one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 9_000 }), (text) => {
        const pieces = piecesOf(text);
        expect(pieces.length).toBeGreaterThan(0);
        expect(pieces.length).toBeLessThanOrEqual(pieceLimits.most);
        let from = 0;
        for (const piece of text.trim() === '' ? [] : pieces) {
          expect(piece.length).toBeLessThanOrEqual(pieceLimits.length);
          const at = text.indexOf(piece, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + piece.length;
        }
      }),
    );
  });
});
