/** A question about its person finds what a memory says, in whatever words and language it was said, and nobody else's. */
import type { SearchResult } from '@vivim/contract/search';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { MemoryFinder } from '../context/memories/memory-finder.ts';
import { Retriever } from '../context/retrieval/retriever.ts';
import { TitleIndex } from '../context/title-index.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Call } from './handler.ts';
import { searchHandlers } from './search.ts';

const told = async (space: UserSpace, ...said: string[]): Promise<void> => {
  const messages = said.map((content, i) => ({
    externalId: `${i}`,
    role: 'user',
    createdAt: `2025-05-0${i + 1}T09:00:00Z`,
    content,
  }));
  await newCapture(space).bring(JSON.stringify({ conversations: [{ externalId: 'a', title: null, messages }] }));
  const finder = new MemoryFinder({
    space,
    clock: () => 0,
    onUnreadable: (error) => {
      throw error;
    },
  });
  while (finder.pending() > 0) await finder.step(new AbortController().signal);
};
const searching = (space: UserSpace, way: 'api' | 'mcp' = 'api') => {
  const retriever = new Retriever({ space, embedder: null, vectors: null, clock: () => 0 });
  const { search } = searchHandlers({ space, retriever, titles: new TitleIndex(space) });
  return (q: string): Promise<SearchResult> =>
    search({
      query: { q, limit: 10 },
      asker: { sessionId: '', way },
      signal: new AbortController().signal,
    } as Call<'search'>);
};

it('answers who somebody is out of their own space', async () => {
  const { alice, bob } = twoSpaces();
  await told(
    alice,
    'My name is Renata Quiroga.',
    'I am allergic to walnuts.',
    'What is the name of the boat, and who am I to ask?',
  );
  await told(bob, 'My name is Bogdan.', 'I live in Ghent.');
  const found = async (space: UserSpace, q: string) => {
    const { items, memories } = await searching(space)(q);
    return { hits: items.map(({ acu }) => acu.text), memories: memories.map(({ memory }) => memory.text) };
  };
  const name = await found(alice, 'What is my name?');
  expect([name.hits[0], name.memories[0]]).toEqual(['My name is Renata Quiroga.', 'Is called Renata Quiroga']);
  expect((await found(alice, 'Wie heiße ich?')).hits).toEqual(['My name is Renata Quiroga.']);
  const whole = await found(alice, 'Who am I?');
  expect(whole.hits.toSorted()).toEqual(['I am allergic to walnuts.', 'My name is Renata Quiroga.']);
  expect(whole.memories).toEqual(['Is called Renata Quiroga', 'Is allergic to walnuts']);
  expect((await found(bob, 'Who am I?')).memories).toEqual(['Is called Bogdan', 'Lives in Ghent']);
  expect((await found(bob, 'What am I allergic to?')).memories).toEqual([]);
});

it('is a question like any other where nothing is known', async () => {
  const { alice, bob } = twoSpaces();
  await told(alice, 'Nobody can say who I am.');
  await told(bob, 'My name is Bogdan.');
  expect((await searching(alice)('who am I')).items).toHaveLength(1);
});
