import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsOf, pagesOf } from './pages.ts';

/** A list of whole numbers, `limit` to a page, and how many pages were asked for. */
function served(total: number) {
  const asked: (string | undefined)[] = [];
  const list = async ({ query }: { query?: { limit?: number; cursor?: string | undefined } }) => {
    const { limit = 50, cursor } = query ?? {};
    asked.push(cursor);
    const start = Number(cursor ?? 0);
    const items = Array.from({ length: Math.min(limit, total - start) }, (_, index) => start + index);
    const next = start + items.length;
    return { items, nextCursor: next < total ? String(next) : null };
  };
  return { asked, list };
}

describe('a list that comes in pages', () => {
  it('is read whole, in order, each item once, whatever the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(300), fc.integer({ min: 1, max: 200 }), async (total, limit) => {
        const { list } = served(total);
        const found: number[] = [];
        for await (const item of itemsOf(list, { query: { limit } })) found.push(item);
        expect(found).toEqual(Array.from({ length: total }, (_, index) => index));
      }),
    );
  });

  it('is asked for no page before it is wanted', async () => {
    const { list, asked } = served(1000);
    for await (const item of itemsOf(list, { query: { limit: 10 } })) if (item === 12) break;
    expect(asked).toEqual([undefined, '10']);
  });

  it('begins where it is told', async () => {
    const { list } = served(100);
    const pages: number[] = [];
    for await (const { items } of pagesOf(list, { query: { limit: 20, cursor: '50' } })) pages.push(items.length);
    expect(pages).toEqual([20, 20, 10]);
  });
});
