/** Lists that come in pages, read to their end as they are asked for. */
import type { Page } from '@vivim/contract/page';

interface Listing {
  readonly query?: { readonly cursor?: string | undefined };
}

/** Each page of a list, the next one asked for only when it is wanted. */
export async function* pagesOf<Call extends Listing, T>(
  list: (call: Call) => Promise<Page<T>>,
  call: Call,
): AsyncGenerator<Page<T>> {
  for (let cursor = call.query?.cursor; ; ) {
    const page = await list(cursor === undefined ? call : { ...call, query: { ...call.query, cursor } });
    yield page;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

/** Each item of a list: `for await (const conversation of itemsOf(vivim.listConversations, {})) …`. */
export async function* itemsOf<Call extends Listing, T>(
  list: (call: Call) => Promise<Page<T>>,
  call: Call,
): AsyncGenerator<T> {
  for await (const { items } of pagesOf(list, call)) yield* items;
}
