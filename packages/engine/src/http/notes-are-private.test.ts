/** Notes are told to their person alone: to no application that asks, over MCP or the API, and in no search of the past. */
import type { Asker } from '@vivim/contract/assembly';
import type { ConversationId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import type { SearchQuery } from '@vivim/contract/search';
import { beforeEach, expect, it } from 'vitest';
import { fillSpace, indexWords } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { Retriever } from '../context/retrieval/retriever.ts';
import { TitleIndex } from '../context/title-index.ts';
import type { UserSpace } from '../space/user-space.ts';
import { annotationHandlers } from './annotations.ts';
import type { Call } from './handler.ts';
import { searchHandlers } from './search.ts';

const person: Asker = { sessionId: '', way: 'api' };
const applications: readonly [string, Asker][] = [
  ['over the API', { sessionId: '', way: 'api', application: 'Notes' }],
  ['over MCP', { sessionId: '', way: 'mcp' }],
];

function home(space: UserSpace) {
  const ids = fillSpace(space, [
    { externalId: 'x', messages: [{ text: 'The ferry sails at nine.', at: '2024-05-01' }] },
  ]);
  indexWords(space, ids);
  const of = ids[0] as ConversationId;
  const { search } = searchHandlers({
    titles: new TitleIndex(space),
    space,
    retriever: new Retriever({ space, embedder: null, vectors: null, clock: () => 0 }),
  });
  const annotations = annotationHandlers({ space, clock: () => 1 });
  const note = (text: string, asker: Asker) => {
    const verb = { id: uuidv7(), operation: 'annotate', requestHash: 'h' };
    const steps = [
      { kind: 'note', of, text },
      { kind: 'tag', of, tag: text, on: true },
    ];
    return annotations.annotate({ body: { steps }, verb, asker } as never) as { undo: { kind: string }[] };
  };
  return {
    note,
    found: async (asker: Asker, query: Partial<SearchQuery> = {}) => {
      const call = { query: { q: 'ferry', limit: 9, ...query }, asker, signal: new AbortController().signal };
      const { items, notes } = await search(call as Call<'search'>);
      return { items: items.length, notes: notes.map(({ note: { text } }) => text) };
    },
    listed: (asker: Asker, query: object = {}) =>
      (
        annotations.listAnnotations({ query: { limit: 9, ...query }, asker } as never) as { items: { kind: string }[] }
      ).items
        .map(({ kind }) => kind)
        .sort(),
  };
}

let hers: ReturnType<typeof home>;
let his: ReturnType<typeof home>;
beforeEach(() => {
  const { alice, bob } = twoSpaces();
  [hers, his] = [home(alice), home(bob)];
  hers.note('My ferry', person);
});

it.each(applications)('an application that asks %s is told none', async (_, application) => {
  expect(await hers.found(person)).toEqual({ items: 1, notes: ['My ferry'] });
  expect(await hers.found(application)).toEqual({ items: 1, notes: [] });
  expect(hers.listed(person)).toEqual(['note', 'tag']);
  expect(hers.listed(application)).toEqual(['tag']);
  expect(hers.listed(application, { kind: 'note' })).toEqual([]);
  expect(hers.note('Its ferry', application).undo.map(({ kind }) => kind)).toEqual(['tag']);
  expect(hers.note('My own ferry', person).undo.map(({ kind }) => kind)).toEqual(['tag', 'note']);
  expect(await his.found(person)).toEqual({ items: 1, notes: [] });
});

it('a search of the space as it was finds none of today', async () => {
  expect(await hers.found(person, { asOf: '2025-01-01' })).toEqual({ items: 1, notes: [] });
});
