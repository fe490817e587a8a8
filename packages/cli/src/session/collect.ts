/** Reads a list page by page until there is enough. */
import type { Page } from '@vivim/contract/page';

/**
 * @param limit how many items are wanted in all
 * @param pageMax the most one request may ask for
 * @returns the items, and the cursor behind them when there are more
 */
export async function collect<T>(
  limit: number,
  pageMax: number,
  fetchPage: (page: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<Page<T>> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await fetchPage({
      limit: Math.min(pageMax, limit - items.length),
      ...(cursor === null ? {} : { cursor }),
    });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < limit);
  return { items, nextCursor: cursor };
}
