/** A conversation is found by its title too, beside what was said, and a word that stands in one is not called missing. */
import type { Asker } from '@vivim/contract/assembly';
import type { SearchQuery, SearchResult } from '@vivim/contract/search';
import { wordsFound } from '@vivim/contract/words-found';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { Retriever } from '../context/retrieval/retriever.ts';
import { TitleIndex } from '../context/title-index.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Call } from './handler.ts';
import { searchHandlers } from './search.ts';

const searching = (space: UserSpace, asker: Asker = { sessionId: '', way: 'api' }) => {
  const retriever = new Retriever({ space, embedder: null, vectors: null, clock: () => 0 });
  const { search } = searchHandlers({ space, retriever, titles: new TitleIndex(space) });
  return (query: Partial<SearchQuery>): Promise<SearchResult> =>
    search({ query: { limit: 10, ...query }, asker, signal: new AbortController().signal } as Call<'search'>);
};
const titled = (externalId: string, title: string, text: string, at: string) => ({
  externalId,
  title,
  messages: [{ text, at }],
});
const fill = (space: UserSpace) => {
  fillSpace(space, [
    titled('a', 'Sourdough troubles', 'The loaf is flat', '2025-05-01'),
    titled('b', 'Feeding the sourdough', 'It wants rye', '2025-06-01'),
    titled('c', 'Übungen für den Rücken', 'Dreimal am Tag', '2025-06-02'),
    titled('d', '京都への旅行計画', '三日で回る', '2025-06-03'),
    titled('e', 'Running shoes', 'They are worn', '2025-06-04'),
  ]);
  space.write((w) => w.words.index([1, 2, 3, 4, 5]));
};
const found = async (space: UserSpace, query: Partial<SearchQuery>) =>
  (await searching(space)(query)).titles.map(({ conversation }) => conversation.title);

describe('titles', () => {
  it('bring their conversations, those with most of the words first, then the newest; Bob has none', async () => {
    const { alice, bob } = twoSpaces();
    fill(alice);
    expect(await found(alice, { q: 'sourdough' })).toEqual(['Feeding the sourdough', 'Sourdough troubles']);
    expect(await found(alice, { q: 'sourdough trouble' })).toEqual(['Sourdough troubles', 'Feeding the sourdough']);
    expect(await found(alice, { q: 'ran' })).toEqual(['Running shoes']);
    expect(await found(alice, { q: 'ubungen' })).toEqual(['Übungen für den Rücken']);
    expect(await found(alice, { q: '京都' })).toEqual(['京都への旅行計画']);
    expect(await found(alice, { q: 'dough' })).toEqual([]);
    expect(await found(bob, { q: 'sourdough' })).toEqual([]);
  });

  it('stand in for one that has none: what is found there says how its conversation began', async () => {
    const { alice, bob } = twoSpaces();
    fillSpace(alice, [
      { externalId: 'a', title: null, messages: [{ text: 'Where do I put\n the kiln?', at: '2025-05-01' }] },
      titled('b', 'Kilns', 'The kiln is hot', '2025-06-01'),
    ]);
    alice.write((w) => w.words.index([1, 2]));
    const { items } = await searching(alice)({ q: 'kiln' });
    expect(items.map(({ conversation: { title, opening } }) => [title, opening]).sort()).toEqual([
      [null, 'Where do I put the kiln?'],
      ['Kilns', null],
    ]);
    expect((await searching(bob)({ q: 'kiln' })).items).toEqual([]);
  });

  it('count as places of a word', async () => {
    const { alice } = twoSpaces();
    fill(alice);
    const answer = await searching(alice)({ q: 'sourdough flat' });
    expect(answer.items.map(({ conversation }) => conversation.title)).toEqual(['Sourdough troubles']);
    expect(wordsFound(answer)).toEqual({ together: false, nowhere: [] });
    expect(wordsFound(await searching(alice)({ q: 'sourdough flat baguette' }))?.nowhere).toEqual(['baguette']);
    // What no hit of this page says may stand in others.
    expect((await searching(alice)({ q: 'worn dreimal baguette', limit: 1 })).nowhere).toEqual(['baguette']);
  });

  it('leave an AI no way to tell a word that is kept out from one that stands nowhere', async () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) fill(space);
    const nowhere = async (space: UserSpace, way: 'mcp' | 'api') =>
      (await searching(space, { sessionId: '', way })({ q: 'sourdough flat dreimal baguette' })).nowhere;
    const [kept] = (await searching(alice)({ q: 'dreimal' })).items;
    alice.write((w) => w.exclusions.make({ kind: 'conversation', of: kept?.conversation.id as never }, 1));
    expect(await nowhere(alice, 'mcp')).toEqual(['sourdough', 'dreimal', 'baguette']);
    expect(await nowhere(alice, 'api')).toEqual(['sourdough', 'baguette']);
    expect(await nowhere(bob, 'mcp')).toEqual(['sourdough', 'baguette']);
  });

  it('are told with the first page of a search without filters, and of a past only what there was', async () => {
    const { alice } = twoSpaces();
    fill(alice);
    expect(await found(alice, { q: 'sourdough', role: 'user' })).toEqual([]);
    expect(await found(alice, { q: 'sourdough', asOf: '2025-05-15' })).toEqual(['Sourdough troubles']);
  });
});
