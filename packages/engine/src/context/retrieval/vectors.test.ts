import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieceLimits, piecesOf } from './pieces.ts';
import { int8, isVector, signBits } from './quantise.ts';
import { SignTable } from './sign-table.ts';
import { type PlacedVectors, placed, type Similarities, Vicinity } from './vicinity.ts';

const unit = (values: readonly number[]): Float32Array => {
  const norm = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / norm);
};
const vectorOf = (dimensions: number) =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: dimensions, maxLength: dimensions })
    .filter((values) => values.some((value) => Math.abs(value) > 0.01))
    .map(unit);
const vector = vectorOf(64);
/** Pieces as the store gives them. */
const stored = (...pieces: readonly { messagePk: number; vector: Float32Array }[]): PlacedVectors =>
  placed(
    {
      messagePks: pieces.map(({ messagePk }) => messagePk),
      values: new Int8Array(pieces.flatMap(({ vector }) => [...int8(vector)])),
    },
    pieces[0]?.vector.length ?? 0,
  );
const hamming = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, byte, i) => sum + [...(byte ^ (b[i] ?? 0)).toString(2)].filter((bit) => bit === '1').length, 0);

describe('small vectors', () => {
  it('keep the angle', () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const exact = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
        const near = new Vicinity(stored({ messagePk: 1, vector: b })).similarities([a]);
        expect(near.get(1)).toBeCloseTo(exact, 1);
      }),
    );
  });

  // Sizes that fill whole 16 bytes and that do not, and one whose distances are more than a byte holds.
  it.each([32, 64, 96, 384, 512])('of %i dimensions are found by the bits in which they differ', (dimensions) => {
    const of = vectorOf(dimensions);
    fc.assert(
      fc.property(
        fc.array(of, { minLength: 1, maxLength: 40 }),
        of,
        fc.integer({ min: 1, max: 20 }),
        (all, asked, count) => {
          const table = new SignTable(dimensions);
          all.forEach((v, i) => {
            table.add(i, signBits(v));
          });
          const distances = all.map((v) => hamming(signBits(v), signBits(asked)));
          const reach = [...distances].sort((a, b) => a - b)[Math.min(count, all.length) - 1] ?? 0;
          const near = table.nearest(signBits(asked), count).sort((a, b) => a - b);
          expect(near).toEqual(distances.flatMap((distance, i) => (distance <= reach ? i : [])));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are found as they grow to thousands, also where distances were noted before', () => {
    const table = new SignTable(96);
    let state = 1;
    // xorshift (Marsaglia, 2003).
    const next = () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 255;
    };
    const signs = Array.from({ length: 5_000 }, () => Uint8Array.from({ length: 12 }, next));
    const opposite = (sign: Uint8Array) => sign.map((byte) => ~byte);
    signs.forEach((sign, i) => {
      table.add(i, sign);
      if (i % 700 !== 699) return;
      expect(table.nearest(sign, 1)).toEqual([i]);
      expect(table.nearest(opposite(sign), 1)).not.toContain(i);
    });
    const asked = signs[4_321] as Uint8Array;
    const distances = signs.map((sign) => hamming(sign, asked));
    const reach = distances.toSorted((a, b) => a - b)[49] ?? 0;
    const near = table.nearest(asked, 50).sort((a, b) => a - b);
    expect(near).toEqual(distances.flatMap((distance, i) => (distance <= reach ? i : [])));
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
      fc.property(fc.string({ unit: 'grapheme', minLength: 500, maxLength: 9_000 }), fc.string(), (text, before) => {
        const pieces = piecesOf(text, before);
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

  it('of any text are few, never empty, and never twice the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 700 }), fc.string({ maxLength: 700 }), (text, before) => {
        const pieces = piecesOf(text, before);
        expect(pieces.length).toBeLessThanOrEqual(pieceLimits.all);
        expect(pieces.every((piece) => piece !== '')).toBe(true);
        expect(new Set(pieces).size).toBe(pieces.length);
      }),
    );
  });

  it('of a short message are itself, itself behind the question it answers, and its sentences', () => {
    const text = 'We took the early ferry out to the islands. My sister stayed at home with her new puppy.';
    expect(piecesOf(text, 'Nice. What did you do on Sunday?')).toEqual([
      text,
      `What did you do on Sunday? ${text}`,
      'We took the early ferry out to the islands.',
      'My sister stayed at home with her new puppy.',
    ]);
    expect(piecesOf('Thanks!', 'Glad I could help.')).toEqual(['Thanks!']);
  });

  it('of a wish tell the occasion it is for', () => {
    expect(piecesOf('Always give grams when I ask about bread recipes.')).toEqual([
      'Always give grams when I ask about bread recipes.',
      'bread recipes',
    ]);
  });
});

describe('the vicinity of a question', () => {
  const rows = stored(
    { messagePk: 1, vector: unit([1, 0.2, 0, 0]) },
    { messagePk: 1, vector: unit([0, 0, 0, 1]) },
    { messagePk: 2, vector: unit([0.8, 0, 1, 0]) },
    { messagePk: 3, vector: unit([0.8, 1, 0, 0]) },
  );
  const asked = unit([1, 0, 0, 0]);

  /** Messages, nearest first. */
  const order = (near: Similarities) => [...near].sort((a, b) => b[1] - a[1]).map(([messagePk]) => messagePk);

  it('tells each message once, by its nearest piece', () => {
    const near = new Vicinity(rows).similarities([asked]);
    expect(order(near)).toEqual([1, 2, 3]);
    expect(near.get(1)).toBeGreaterThan(0.9);
  });

  it('tells of several things asked for what is near to any', () => {
    const near = new Vicinity(rows).similarities([asked, unit([0, 0, 1, 0])]);
    expect(order(near)).toEqual([1, 2, 3]);
    expect(near.get(2)).toBeGreaterThan(0.77);
  });

  it('follows what was found first', () => {
    const vicinity = new Vicinity(rows);
    const towards = (pks: number[]) => order(vicinity.similarities([vicinity.towards(asked, pks, 0.5)]));
    expect(towards([2]).indexOf(2)).toBeLessThan(towards([2]).indexOf(3));
    expect(towards([3]).indexOf(3)).toBeLessThan(towards([3]).indexOf(2));
    expect([...vicinity.towards(asked, [99], 0.5)]).toEqual([...asked]);
  });
});
