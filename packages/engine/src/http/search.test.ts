import type { SearchQuery, SearchResult } from '@vivim/contract/search';
import { SearchResult as SearchResultShape } from '@vivim/contract/search';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { Retriever } from '../context/retrieval/retriever.ts';
import { TitleIndex } from '../context/title-index.ts';
import { contentId } from '../space/hash.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Call } from './handler.ts';
import { searchHandlers } from './search.ts';

const searching = (space: UserSpace) => {
  const retriever = new Retriever({ space, embedder: null, vectors: null, clock: () => 0 });
  const { search } = searchHandlers({ space, retriever, titles: new TitleIndex(space) });
  return (query: Partial<SearchQuery>): Promise<SearchResult> =>
    search({
      query: { limit: 10, ...query },
      asker: { sessionId: '', way: 'api' },
      signal: new AbortController().signal,
    } as Call<'search'>);
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

  it('says which filter is none and was looked for as words, with the sources of that person alone', async () => {
    const { alice, bob } = twoSpaces();
    const asked = async (space: UserSpace, q: string) =>
      SearchResultShape.parse(await searching(space)({ q })).unknownFilters;
    expect(await asked(withFerries(alice), 'ferry source:nothing')).toEqual([
      { field: 'source', value: 'nothing', known: ['generic'] },
    ]);
    expect(await asked(bob, 'ferry source:nothing')).toEqual([{ field: 'source', value: 'nothing', known: [] }]);
    expect(await asked(alice, 'ferry role:boss')).toEqual([
      { field: 'role', value: 'boss', known: ['user', 'assistant', 'system', 'tool'] },
    ]);
    expect(await asked(alice, 'ferry source:claude role:user')).toEqual([]);
    // Lines of a log were not typed as filters.
    expect(await asked(alice, 'type:bind\nsource:nothing')).toEqual([]);
  });

  it('narrows by time what is typed with it, by days where the person is', async () => {
    const { alice, bob } = twoSpaces();
    const ask = searching(withFerries(alice));
    const said = async (q: string, timeZone?: string) => {
      const { items } = await ask({ q, ...(timeZone === undefined ? {} : { timeZone }) });
      return items.map(({ message }) => Number(message.createdAt?.slice(8, 10))).sort((a, b) => a - b);
    };
    expect(await said('ferry after:2025-05-03 before:2025-05-05')).toEqual([3, 4]);
    expect(await said('ferry before:2025/5/3')).toEqual([1, 2]);
    expect(await said('ferry before:2025')).toEqual([]);
    expect(await said('ferry after:2025-05')).toHaveLength(7);
    // What is said at midnight in London was said the evening before in New York.
    expect(await said('ferry before:2025-05-03', 'America/New_York')).toEqual([1, 2, 3]);
    expect((await ask({ q: 'ferry before:soon' })).unknownFilters).toEqual([
      { field: 'before', value: 'soon', known: ['2025', '2025-12', '2025-12-31'] },
    ]);
    expect((await searching(bob)({ q: 'ferry after:2025-05' })).items).toEqual([]);
  });

  it('demands a quotation of who searches for one, and takes that of a question for a title; Bob has neither', async () => {
    const books = (space: UserSpace): UserSpace => {
      fillSpace(space, [
        {
          externalId: 'books',
          messages: [{ text: 'I finished Salt and Cedar by Yann Le Bris' }, { text: 'Cedar wants no salt, says Yann' }],
        },
      ]);
      space.write((w) => w.words.index([1]));
      return space;
    };
    const { alice, bob } = twoSpaces();
    const search = searching(books(alice));
    const found = async (q: string) => {
      const { items, unheld, nowhere, terms } = SearchResultShape.parse(await search({ q }));
      return {
        hits: items.map(({ acu }) => acu.text.slice(0, 6)),
        unheld,
        nowhere,
        phrases: terms.filter((t) => t.includes(' ')),
      };
    };
    expect(await found('"salt and cedar"')).toEqual({
      hits: ['I fini'],
      unheld: [],
      nowhere: [],
      phrases: ['salt and cedar'],
    });
    expect(await found('Who wrote "Salt and Cedar"?')).toMatchObject({ hits: ['I fini', 'Cedar '], unheld: [] });
    const none = { unheld: ['cedar and salt'], nowhere: [], phrases: [] };
    expect(await found('"cedar and salt"')).toEqual({ hits: [], ...none });
    const wrong = await found('Who read "Cedar and Salt"?');
    expect({ ...wrong, hits: wrong.hits.toSorted() }).toEqual({
      hits: ['Cedar ', 'I fini'],
      ...none,
      nowhere: ['read'],
    });
    expect((await found('Who read +"Cedar and Salt"?')).hits).toEqual([]);
    expect((await searching(bob)({ q: 'Who read "Salt and Cedar"?' })).items).toEqual([]);
  });

  it('finds what was said on a date, and who says the date itself', async () => {
    const { alice, bob } = twoSpaces();
    fillSpace(alice, [
      { externalId: 'then', messages: [{ text: 'Glazed the bowls', at: '2025-03-14' }] },
      { externalId: 'pass', messages: [{ text: 'The pass is valid until 14.3.2025', at: '2024-06-01' }] },
    ]);
    alice.write((w) => w.words.index([1, 2]));
    const found = async (q: string, space = alice) =>
      (await searching(space)({ q })).items.map(({ message }) => message.externalId?.slice(0, 4)).sort();
    expect(await found('14.3.2025')).toEqual(['pass', 'then']);
    expect(await found('what did we say on 2025-03-14')).toEqual(['then']);
    expect((await searching(alice)({ q: '2025-03-14' })).nowhere).toEqual([]);
    expect(await found('14.3.2025', bob)).toEqual([]);
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

  const drinks = {
    externalId: 'drinks',
    title: 'Drinks',
    messages: [
      {
        text: 'Green tea from the old kettle',
        at: '2025-05-01',
        units: [{ text: 'Green tea', type: 'decision' as const, topics: ['tea'], entities: ['Aiko'] }],
      },
      { role: 'assistant' as const, text: 'Tea that is green wants water of 80 degrees', at: '2025-05-02' },
      { text: 'Fermenting mate, no sugar', at: '2025-06-03' },
      { text: 'Fermented tea with sugar', at: '2025-06-04' },
    ],
  };
  const withDrinks = (space: UserSpace): UserSpace => {
    fillSpace(space, [drinks, { externalId: 'other', messages: [{ text: 'Green tea again' }] }]);
    space.write((w) => w.words.index([1, 2]));
    return space;
  };
  const said = async (query: Partial<SearchQuery>, space = withDrinks(newSpace())) =>
    (await searching(space)(query)).items.map(({ message }) => message.externalId).sort();

  it.each([
    [{ q: '"green tea"' }, ['drinks/0', 'other/0']],
    [{ q: 'ferment*' }, ['drinks/2', 'drinks/3']],
    [{ q: 'tea -sugar' }, ['drinks/0', 'drinks/1', 'other/0']],
    [{ q: '(mate OR kettle) AND NOT nothing' }, ['drinks/0', 'drinks/2']],
    [{ q: 'tea', conversation: contentId('c', ['drinks']) }, ['drinks/0', 'drinks/1', 'drinks/2', 'drinks/3']],
    [{ q: 'tea', topic: contentId('t', ['tea']) }, ['drinks/0']],
    [{ q: 'tea', entity: contentId('e', ['Aiko']) }, ['drinks/0']],
    [{ q: 'tea', type: 'decision' }, ['drinks/0']],
    [{ q: 'tea', language: 'xx' }, []],
    [{ q: 'tea', project: contentId('p', ['none']) }, []],
    [{ q: 'tea', role: 'assistant' }, ['drinks/1']],
  ] as [Partial<SearchQuery>, string[]][])('takes %j', async (query, expected) => {
    const { alice, bob } = twoSpaces();
    expect(await said(query, withDrinks(alice))).toEqual(expected);
    expect(await said(query, bob)).toEqual([]);
  });

  it('lifts what was said at the time the question names, and says so', async () => {
    const search = searching(withFerries(newSpace()));
    const { items } = await search({ q: 'ferry sails on May 3rd, 2025' });
    expect(items[0]?.message.createdAt?.slice(0, 10)).toBe('2025-05-03');
    expect(items[0]?.reasons.map(({ arm }) => arm)).toContain('time');
    expect(items).toHaveLength(7);
    const relative = await search({
      q: 'ferry sails yesterday',
      at: '2025-05-06T09:00:00Z',
      timeZone: 'Europe/Lisbon',
    });
    expect(relative.items[0]?.message.createdAt?.slice(0, 10)).toBe('2025-05-05');
  });

  it('puts what was said last first where the question asks how things are now', async () => {
    const lease = (text: string, at: string) => ({ text, at });
    const space = newSpace();
    fillSpace(space, [
      { externalId: 'new', messages: [lease('The rent of the flat is 780 euros', '2025-02-01')] },
      { externalId: 'old', messages: [lease('The rent of the flat is 700 euros', '2023-05-01')] },
    ]);
    space.write((w) => w.words.index([1, 2]));
    const first = async (q: string) => (await searching(space)({ q })).items[0];
    expect((await first('rent of the flat'))?.message.externalId).toBe('old/0');
    const now = await first('what is the current rent of the flat');
    expect(now?.message.externalId).toBe('new/0');
    expect(now?.reasons.map(({ arm }) => arm)).toContain('recency');
  });

  it('finds what is like a message, never the message itself, and no message of another person', async () => {
    const { alice, bob } = twoSpaces();
    const search = searching(withDrinks(alice));
    const like = (await search({ q: 'kettle' })).items[0]?.message.id as SearchQuery['like'];
    const { items } = await search({ like });
    expect(items.map(({ message }) => message.externalId)).not.toContain('drinks/0');
    expect(items.map(({ message }) => message.externalId)).toContain('other/0');
    await expect(searching(withFerries(bob))({ like })).rejects.toMatchObject({ code: 'not_found', field: 'like' });
  });

  it('refuses a question without a word and a cursor of another list', async () => {
    const search = searching(newSpace());
    await expect(search({ q: '?! …' })).rejects.toMatchObject({ code: 'query_invalid', field: 'q' });
    await expect(search({ q: 'ferry', cursor: 'bm9wZQ' })).rejects.toMatchObject({ code: 'cursor_invalid' });
  });
});
