import type { SearchQuery, SearchResult } from '@vivim/contract/search';
import { SearchResult as SearchResultShape } from '@vivim/contract/search';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { Retriever } from '../context/retrieval/retriever.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Call } from './handler.ts';
import { searchHandlers } from './search.ts';

const searching = (space: UserSpace) => {
  const retriever = new Retriever({ space, embedder: null, vectors: null, clock: () => 0 });
  const { search } = searchHandlers({ space, retriever });
  return (query: Partial<SearchQuery> & { q: string }): Promise<SearchResult> =>
    search({ query: { limit: 10, ...query }, signal: new AbortController().signal } as Call<'search'>);
};
const withFerries = (space: UserSpace): UserSpace => {
  fillSpace(space, [
    {
      externalId: 'x',
      messages: Array.from({ length: 7 }, (_, i) => ({ text: `Ferry ${i} sails`, at: `2025-05-0${i + 1}` })),
    },
  ]);
  space.write((w) => w.words.index([1]));
  return space;
};

describe('search', () => {
  it('answers in the shape of the contract, each person from their own space', async () => {
    const { alice, bob } = twoSpaces();
    const found = await searching(withFerries(alice))({ q: 'ferry' });
    expect(SearchResultShape.parse(found).items).toHaveLength(7);
    expect(found.items[0]?.message.externalId).toMatch(/^x\//);
    expect((await searching(bob)({ q: 'ferry' })).items).toEqual([]);
  });

  it('pages through a ranking without repeating or losing a hit', async () => {
    const search = searching(withFerries(newSpace()));
    const whole = (await search({ q: 'ferry sails' })).items.map((hit) => hit.message.id);
    const paged: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page: SearchResult = await search({ q: 'ferry sails', limit: 3, ...(cursor ? { cursor } : {}) });
      paged.push(...page.items.map((hit) => hit.message.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(whole);
  });

  it('takes dates as bounds', async () => {
    const { items } = await searching(withFerries(newSpace()))({ q: 'ferry', from: '2025-05-02', to: '2025-05-04' });
    expect(items.map((hit) => hit.message.createdAt?.slice(0, 10)).sort()).toEqual(['2025-05-02', '2025-05-03']);
  });

  it('refuses a question without a word and a cursor of another list', async () => {
    const search = searching(newSpace());
    await expect(search({ q: '?! …' })).rejects.toMatchObject({ code: 'query_invalid', field: 'q' });
    await expect(search({ q: 'ferry', cursor: 'bm9wZQ' })).rejects.toMatchObject({ code: 'cursor_invalid' });
  });
});
