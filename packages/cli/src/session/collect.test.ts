import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from './collect.ts';

/** A list of whole numbers, served in pages. */
const list = (total: number, asked: number[] = []) =>
  (({ limit, cursor }: { limit: number; cursor?: string }) => {
    asked.push(limit);
    const start = Number(cursor ?? 0);
    const items = Array.from({ length: Math.min(limit, total - start) }, (_, index) => start + index);
    const next = start + items.length;
    return Promise.resolve({ items, nextCursor: next < total ? String(next) : null });
  }) satisfies Parameters<typeof collect<number>>[2];

describe('collect', () => {
  it('gives as many as asked for and there are, in order, each once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(500),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 100 }),
        async (total, limit, pageMax) => {
          const { items, nextCursor } = await collect(limit, pageMax, list(total));
          expect(items).toEqual(Array.from({ length: Math.min(total, limit) }, (_, index) => index));
          expect(nextCursor === null).toBe(limit >= total);
        },
      ),
    );
  });

  it('never asks a page for more than it gives, nor for more than is wanted', async () => {
    const asked: number[] = [];
    await collect(250, 100, list(1000, asked));
    expect(asked).toEqual([100, 100, 50]);
  });
});
