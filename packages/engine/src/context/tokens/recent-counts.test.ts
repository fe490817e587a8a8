import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { o200k } from './byte-pair-tokenizer.ts';
import { markOf, RecentCounts } from './recent-counts.ts';

describe('counts that are remembered', () => {
  it("are never another's, and never more than the bound", () => {
    const steps = fc.array(fc.nat(40), { maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 8 }), (keys, half) => {
        const counts = new RecentCounts(2 * half);
        const added = new Set<number>();
        for (const key of keys) {
          const known = counts.get(key);
          expect(known === undefined || (added.has(key) && known === 3 * key)).toBe(true);
          if (known === undefined) counts.add(key, 3 * key);
          added.add(key);
        }
        const held = [...added].filter((key) => counts.get(key) !== undefined);
        expect(held.length).toBeLessThanOrEqual(2 * half);
      }),
    );
  });

  it('stay while they are asked for', () => {
    const counts = new RecentCounts(4);
    counts.add(1_000, 7);
    for (let i = 0; i < 50; i++) {
      counts.add(i, i);
      expect(counts.get(1_000)).toBe(7);
    }
    expect(counts.get(1)).toBeUndefined();
  });

  it('of a line are those of the text itself, asked for again or not', async () => {
    const tokenizer = await o200k();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const plain = tokenizer.pieces(text).reduce((sum, piece) => sum + tokenizer.countPiece(piece), 0);
        expect([tokenizer.count(text), tokenizer.count(text)]).toEqual([plain, plain]);
      }),
    );
  });

  it('have a mark for each text, which one letter changes', () => {
    const line = '- The ferry leaves at nine from the north pier [12] (2024-03-09)';
    const marks = Array.from(line, (_, i) => markOf(`${line.slice(0, i)}x${line.slice(i + 1)}`));
    expect(new Set([...marks, markOf(line)]).size).toBe(line.length + 1);
    expect(marks.every((mark) => Number.isSafeInteger(mark) && mark >= 0)).toBe(true);
  });
});
