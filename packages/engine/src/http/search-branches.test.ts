/** What stands on another branch, and what code defines: found where it is asked for, by its owner, also after an upgrade. */
import { join } from 'node:path';
import type { SearchQuery } from '@vivim/contract/search';
import { SearchResult } from '@vivim/contract/search';
import { SearchChoices } from '@vivim/contract/search-choices';
import { describe, expect, it } from 'vitest';
import { newErasing } from '../../../../test/kit/erasing.ts';
import { type ChatGptTurn, chatGptConversation } from '../../../../test/kit/exports.ts';
import { newLocation, twoSpaces } from '../../../../test/kit/spaces.ts';
import { ReindexTask } from '../capture/reindex-words.ts';
import { Retriever } from '../context/retrieval/retriever.ts';
import { TitleIndex } from '../context/title-index.ts';
import { migrations } from '../space/migrations/migrations.ts';
import { createUserSpace, openUserSpace, type UserSpace } from '../space/user-space.ts';
import { openConnection } from '../sqlite/database.ts';
import type { Call } from './handler.ts';
import { messageHandlers } from './messages.ts';
import { searchHandlers } from './search.ts';

const turn = (id: string, parent: string | null, role: 'user' | 'assistant', text: string): ChatGptTurn => ({
  id,
  parent,
  role,
  text,
});
/** Asked about Peniche first, then edited to ask about Nazaré; the answer to that was made twice. */
const trip = chatGptConversation('trip', 'Trip', [
  turn('t1', null, 'user', 'Where should we stay at the sea?'),
  turn('t2', 't1', 'assistant', 'It depends on the waves you like.'),
  turn('t3', 't2', 'user', 'A campsite near the harbour of Peniche with a kitchen'),
  turn('t4', 't3', 'assistant', 'In Peniche the municipal campsite has a kitchen.'),
  turn('t5', 't2', 'user', 'A hostel in Nazaré with a view'),
  turn('t6', 't5', 'assistant', 'The first answer praised a lighthouse hostel.'),
  turn('t7', 't5', 'assistant', 'The hostel above the cliff has a view.'),
]);
const code = chatGptConversation('code', 'Settings', [
  turn('c1', null, 'user', 'How do I read settings?'),
  turn(
    'c2',
    'c1',
    'assistant',
    'Like this:\n\n```python\ndef parse_config(path):\n    return load(path)\n\nclass ConfigError(Exception):\n    pass\n```\n\nAnd in another language:\n\n```ts\nexport function parseConfig(text: string) {\n  return JSON.parse(text);\n}\n```',
  ),
  turn('c3', 'c2', 'user', 'Does parseConfig check the file?'),
]);

const asking = (space: UserSpace) => {
  const retriever = new Retriever({ space, embedder: null, vectors: null, clock: () => 0 });
  const handlers = searchHandlers({ space, retriever, titles: new TitleIndex(space) });
  const call = (query: object, params: object = {}) =>
    ({ query, params, asker: { sessionId: '', way: 'api' }, signal: new AbortController().signal }) as never;
  return {
    search: async (query: Partial<SearchQuery>) =>
      SearchResult.parse(await handlers.search(call({ limit: 10, ...query }) as Call<'search'>)),
    choices: async (query = {}) => SearchChoices.parse(await handlers.listSearchChoices(call(query))),
    around: (id: string, reach = { before: 2, after: 2 }) =>
      messageHandlers({ space }).listMessagesAround(call(reach, { id })),
  };
};
const ids = ({ items }: SearchResult) => items.map(({ message }) => message.externalId);

async function filled() {
  const { alice, bob } = twoSpaces();
  await newErasing(alice).bring(JSON.stringify([trip, code]));
  await newErasing(bob).bring(
    JSON.stringify([chatGptConversation('bob', 'Bob', [turn('b1', null, 'user', 'Peniche?')])]),
  );
  return { alice: asking(alice), bob: asking(bob), space: alice };
}

describe('other branches', () => {
  it('are found where all branches are asked for, and only there', async () => {
    const { alice, bob } = await filled();
    expect(ids(await alice.search({ q: 'campsite kitchen Peniche' }))).toEqual([]);
    const found = await alice.search({ q: 'campsite kitchen Peniche', branches: 'all' });
    expect(ids(found)).toEqual(['t3', 't4']);
    expect(found.items[0]).toMatchObject({
      branch: 'other',
      acu: { id: null, type: null, text: 'A campsite near the harbour of Peniche with a kitchen' },
      conversation: { title: 'Trip', source: 'chatgpt' },
    });
    expect(found.items[0]?.reasons[0]).toMatchObject({ arm: 'words' });
    expect(found.items[0]?.reasons[0]?.terms?.toSorted()).toEqual(['campsite', 'kitchen', 'peniche']);
    expect(ids(await bob.search({ q: 'campsite', branches: 'all' }))).toEqual([]);
  });

  it('stand beside what is shown in one ranking, page by page', async () => {
    const { alice } = await filled();
    const whole = ids(await alice.search({ q: 'hostel view kitchen', branches: 'all' }));
    expect(whole).toEqual(expect.arrayContaining(['t3', 't4', 't5', 't6', 't7']));
    const paged: (string | null)[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await alice.search({
        q: 'hostel view kitchen',
        branches: 'all',
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      paged.push(...ids(page));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
  });

  it('take demands and refusals too, and no filter that only units answer', async () => {
    const { alice } = await filled();
    expect(ids(await alice.search({ q: '"municipal campsite"', branches: 'all' }))).toEqual(['t4']);
    expect(ids(await alice.search({ q: 'Peniche -municipal', branches: 'all' }))).toEqual(['t3']);
    expect(ids(await alice.search({ q: 'Peniche', branches: 'all', role: 'user' }))).toEqual(['t3']);
    expect(ids(await alice.search({ q: 'Peniche', branches: 'all', type: 'statement' }))).toEqual([]);
  });

  it('leave what is shown as it was found without them', async () => {
    const { alice, space } = await filled();
    const before = await alice.search({ q: 'hostel view' });
    space.write((w) => w.words.index([1, 2]));
    expect((await alice.search({ q: 'hostel view' })).items).toEqual(before.items);
    expect(before.items.every(({ branch }) => branch === 'shown')).toBe(true);
  });
});

describe('code', () => {
  it('is found by what it defines, not by who mentions it', async () => {
    const { alice, bob } = await filled();
    expect(ids(await alice.search({ q: 'parseConfig' }))).toEqual(expect.arrayContaining(['c2', 'c3']));
    const defined = await alice.search({ q: 'symbol:parseConfig' });
    expect(ids(defined)).toEqual(['c2']);
    expect(defined.items[0]?.acu).toMatchObject({ type: 'code', text: expect.stringContaining('export function') });
    expect((await alice.search({ symbol: 'parse*', language: 'py' })).items[0]?.acu.text).toContain('def parse_config');
    expect(ids(await alice.search({ symbol: 'ConfigError' }))).toEqual(['c2']);
    expect(ids(await alice.search({ q: 'symbol:load' }))).toEqual([]);
    expect(ids(await bob.search({ symbol: 'parseConfig' }))).toEqual([]);
  });
});

describe('what there is to narrow to', () => {
  it('tells what the space holds, and no other', async () => {
    const { alice, bob } = await filled();
    const choices = await alice.choices();
    expect(choices.sources).toEqual([{ source: 'chatgpt', conversations: 2 }]);
    expect(choices.languages.code).toEqual(['python', 'typescript']);
    expect(choices.firstAt).toMatch(/^2025-06/);
    expect((await bob.choices()).languages.code).toEqual([]);
  });
});

describe('messages around one', () => {
  it('stand on its own branch', async () => {
    const { alice, bob } = await filled();
    const [hit] = (await alice.search({ q: 'municipal', branches: 'all' })).items;
    const id = hit?.message.id ?? '';
    const around = await alice.around(id, { before: 2, after: 2 });
    expect(around.items.map(({ externalId }) => externalId)).toEqual(['t2', 't3', 't4']);
    expect(await alice.around(id, { before: 1, after: 0 })).toMatchObject({ moreBefore: true, moreAfter: false });
    expect(() => bob.around(id)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });
});

it('a space of the schema before learns both in the background', async () => {
  const location = newLocation();
  createUserSpace(location, () => 0, migrations.slice(0, 3)).close();
  const connection = openConnection(join(location.directory, 'user.db'), location);
  connection.exec(`
    INSERT INTO import_run(pk, id, state, file_name, created_ms) VALUES (1, 'run', 'done', 'x', 0);
    INSERT INTO conversation(pk, id, source, external_id, title, sort_ms, content_hash, message_count, first_run_pk, last_run_pk, last_outcome, words_version)
      SELECT value, 'c_' || replace(hex(zeroblob(16)), '0', char(96 + value)), 'generic', value, NULL, 0, '', 2, 1, 1, 'added', 3 FROM json_each('[1,2,3]');
    INSERT INTO message(pk, id, conversation_pk, seq, role, author_kind, on_active_path, content_hash)
      VALUES (1,'m_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',1,0,'user','human',1,''),(2,'m_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',1,1,'user','human',0,''),(3,'m_cccccccccccccccccccccccccccccccc',2,0,'user','human',1,''),(4,'m_dddddddddddddddddddddddddddddddd',3,0,'user','human',1,'');
    INSERT INTO part(pk, message_pk, ix, kind, text)
      VALUES (1,1,0,'text','Shown'),(2,2,0,'text','Edited away'),(3,3,0,'text','def boil(): pass'),(4,4,0,'text','Plain');
    INSERT INTO acu(id, conversation_pk, message_pk, part_pk, ordinal, start_ix, end_ix, type, author_kind, language, quality, text_key)
      VALUES ('a_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',2,3,3,0,0,16,'code','human','python',0.5,'k3'), ('a_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',3,4,4,0,0,5,'statement','human',NULL,0.5,'k4')`);
  connection.close();
  const space = openUserSpace(location, () => 0);
  const task = new ReindexTask(space);
  // All of it: forms of words are others since.
  expect(task.pending()).toBe(3);
  while (task.pending() > 0) await task.step();
  const alice = asking(space);
  const edited = await alice.search({ q: 'edited', branches: 'all' });
  expect(edited.items).toHaveLength(1);
  expect((await alice.search({ q: 'symbol:boil' })).items).toHaveLength(1);
  space.close();
});
