/** Contexts and searches of a space as it was, and of what is valid only, with memories that changed and conversations that went. */
import { join } from 'node:path';
import { ContextRequest } from '@vivim/contract/context';
import type { MemoryId, MessageId } from '@vivim/contract/ids';
import type { RecipeName } from '@vivim/contract/recipe';
import { SearchQuery } from '@vivim/contract/search';
import { describe, expect, it } from 'vitest';
import { asker, contextsOf } from '../../../../test/kit/context.ts';
import { type FilledConversation, fillSpace, indexWords } from '../../../../test/kit/fill-space.ts';
import { rollUp } from '../../../../test/kit/profiles.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { Call } from '../http/handler.ts';
import { searchHandlers } from '../http/search.ts';
import type { UserSpace } from '../space/user-space.ts';
import { openConnection } from '../sqlite/database.ts';
import { Retriever } from './retrieval/retriever.ts';
import { TitleIndex } from './title-index.ts';

const talk = (externalId: string, ...messages: (readonly [at: string, text: string])[]): FilledConversation => ({
  externalId,
  messages: messages.map(([at, text]) => ({ text, at: `${at}T09:00:00Z` })),
});
const moved = [
  talk('first', ['2022-03-01', 'I live in Lisbon.'], ['2022-03-02', 'The kiln in Lisbon is cold.']),
  talk('then', ['2024-03-01', 'I live in Porto.'], ['2024-03-02', 'The kiln in Porto is warm.']),
];

async function living(space: UserSpace, conversations: readonly FilledConversation[]) {
  const ids = fillSpace(space, conversations);
  indexWords(space, ids);
  space.write((w) => {
    w.outbox.put(
      'rollup',
      ids.map((_, i) => i + 1),
      0,
    );
    return null;
  });
  await rollUp(space);
  const orchestrator = contextsOf(space);
  const { search } = searchHandlers({
    titles: new TitleIndex(space),
    space,
    retriever: new Retriever({ space, embedder: null, vectors: null, clock: () => 0 }),
  });
  return {
    context: (request: Partial<typeof ContextRequest._input> = {}) =>
      orchestrator.compile(ContextRequest.parse({ query: 'Where do I live, and the kiln?', ...request }), asker),
    found: async (query: Partial<typeof SearchQuery._input>) => {
      const asked = { query: SearchQuery.parse(query), asker, signal: new AbortController().signal } as Call<'search'>;
      const { items, memories } = await search(asked);
      return { texts: items.map(({ acu }) => acu.text).sort(), memories: memories.map(({ memory }) => memory.text) };
    },
  };
}

describe('a context as of a time', () => {
  it('tells what held then, not what was said or held later, and leaves what stands compiled as it is', async () => {
    const { alice, bob } = twoSpaces();
    const home = await living(alice, moved);
    const other = await living(bob, [talk('bob', ['2022-03-01', 'I live in Leeds.'])]);
    const now = await home.context();
    expect(now.text).toContain('Porto');
    const then = await home.context({ asOf: '2023-01-01' });
    expect(then.text).toContain('I live in Lisbon.');
    expect(then.text).not.toContain('Porto');
    expect(then.citations.every(({ at }) => at === null || at < '2023')).toBe(true);
    expect((await home.context({ asOf: '2021-01-01' })).citations).toEqual([]);
    expect((await home.context()).hash).toBe(now.hash);
    expect((await other.context({ asOf: '2023-01-01' })).text).toContain('Leeds');
    expect((await other.context({ asOf: '2023-01-01' })).text).not.toContain('Lisbon');
  });

  it('tells of topics only what had been said, and not how often since', async () => {
    const { alice } = twoSpaces();
    const pots = ['kiln', 'kiln', 'kiln'].map((word, i) =>
      talk(
        `p${i}`,
        [`202${i}-01-01`, `The ${word} needs a thermocouple number ${i}.`],
        [`202${i}-01-02`, `My ${word} glaze ${i} cracked.`],
      ),
    );
    const home = await living(alice, pots);
    const now = await home.context({ query: 'What about the kiln?' });
    expect(now.text).toMatch(/kiln: 3 conversations/i);
    const then = await home.context({ query: 'What about the kiln?', asOf: '2021-06-01' });
    expect(then.text).toMatch(/kiln/i);
    expect(then.text).not.toMatch(/conversations/);
    expect(then.text).not.toMatch(/number 2|glaze 2/);
  });

  it('takes a conversation that is continued up to then', async () => {
    const { alice } = twoSpaces();
    const home = await living(alice, moved);
    const [conversation] = alice.read((r) => r.conversations.page({ limit: 1, source: 'generic' })).items;
    const whole = await home.context({ conversationId: conversation?.id });
    expect(whole.layers.find(({ layer }) => layer === 'L6')?.used).toBeGreaterThan(0);
    await expect(home.context({ conversationId: conversation?.id, asOf: '2021-01-01' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('of a time no calendar has is refused', () => {
    for (const asOf of ['yesterday', '2024-13-01', '2024-02-30', '2024-01-01T25:00:00Z', '1700000000000'])
      expect(ContextRequest.safeParse({ query: 'x', asOf }).success, asOf).toBe(false);
  });
});

describe('what is valid only', () => {
  it('leaves out what says no more than a memory that was superseded, now and as of a time', async () => {
    const { alice } = twoSpaces();
    const home = await living(alice, [
      ...moved,
      talk('more', ['2022-05-01', 'I live in Lisbon and I am allergic to peanuts.']),
    ]);
    const both = ['I live in Lisbon and I am allergic to peanuts.', 'I live in Lisbon.', 'I live in Porto.'];
    expect((await home.found({ q: '+live' })).texts).toEqual(both);
    const live = await home.found({ q: '+live', liveOnly: 'true' });
    expect(live.texts).toEqual(['I live in Lisbon and I am allergic to peanuts.', 'I live in Porto.']);
    expect((await home.found({ q: 'live', liveOnly: 'true' })).memories).toEqual(['Lives in Porto']);
    const then = await home.found({ q: '+live', liveOnly: 'true', asOf: '2023-01-01' });
    expect(then.texts).toEqual(both.slice(0, 2));
    expect((await home.found({ q: 'live', asOf: '2023-01-01' })).memories).toEqual(['Lives in Lisbon']);
    const { text } = await home.context({ query: 'Where do I live?', liveOnly: true });
    expect(text).not.toContain('- I live in Lisbon.');
    expect(text).toContain('Porto');
  });

  it('leaves out what is deleted at its source, and finds no branch that is not read with it or without', async () => {
    const { alice, bob } = twoSpaces();
    const home = await living(alice, moved);
    const other = await living(bob, moved);
    const connection = openConnection(join(alice.location.directory, 'user.db'), alice.location);
    connection.exec(`UPDATE conversation SET deleted_in_source_ms = ${Date.parse('2025-01-01')} WHERE external_id = 'first';
      UPDATE message SET on_active_path = 0 WHERE external_id = 'then/1'`);
    connection.close();
    alice.write((w) => w.words.index([1, 2]));
    const all = ['I live in Lisbon.', 'The kiln in Lisbon is cold.'];
    expect((await home.found({ q: 'kiln Lisbon' })).texts).toEqual(all);
    expect((await home.found({ q: 'kiln Lisbon', liveOnly: 'true' })).texts).toEqual([]);
    expect((await home.found({ q: 'kiln Lisbon', liveOnly: 'true', asOf: '2024-12-31' })).texts).toEqual([all[1]]);
    expect((await other.found({ q: '+kiln Lisbon', liveOnly: 'true' })).texts).toEqual([
      'The kiln in Lisbon is cold.',
      'The kiln in Porto is warm.',
    ]);
  });

  it('of a memory that is archived tells nothing, and of one archived later as of before', async () => {
    const { alice } = twoSpaces();
    const home = await living(alice, [talk('wish', ['2022-03-01', 'Always answer in metric units.'])]);
    const [wish] = alice.read((r) => r.memories.page({ limit: 1 })).items;
    if (wish === undefined) throw new Error('No memory was found.');
    alice.write((w) => w.memories.change(wish.id, { state: 'archived' }, Date.parse('2024-01-01')));
    const asked = { q: 'metric units', liveOnly: 'true' } as const;
    expect((await home.found({ q: 'metric units' })).texts).toHaveLength(1);
    expect((await home.found(asked)).texts).toEqual([]);
    expect((await home.found({ ...asked, asOf: '2023-01-01' })).memories).toEqual([wish.text]);
    expect((await home.context({ asOf: '2023-01-01' })).text).toContain('metric units');
  });
});

describe('what was said and no longer holds', () => {
  const ask = { query: 'Where do I live? And what of the kiln?' } as const;

  it('is marked with what does, in every format and in its citation, and not where all that is said holds', async () => {
    const { alice, bob } = twoSpaces();
    const home = await living(alice, moved);
    const settled = await living(bob, [talk('only', ['2022-03-01', 'I live in Lisbon.'])]);
    const { text, citations } = await home.context(ask);
    expect(text).toMatch(
      /2022-03-01[\s\S]*\(no longer so; since 2024-03-01: “Lives in Porto”\)[^\n]* I live in Lisbon\./,
    );
    expect(text.match(/no longer so/g)).toHaveLength(1);
    const past = citations.flatMap((one) => ('past' in one && one.past !== undefined ? [one] : []));
    expect(past.map(({ quoted, past }) => [quoted, past?.state, past?.later?.text])).toEqual([
      ['I live in Lisbon.', 'superseded', 'Lives in Porto'],
    ]);
    expect((await home.context({ ...ask, format: 'xml' })).text).toContain(
      'past="no longer so; since 2024-03-01: “Lives in Porto”"',
    );
    expect((await home.context({ ...ask, format: 'json' })).text).toContain('"past":"no longer so; since 2024-03-01');
    expect((await home.context({ ...ask, format: 'messages' })).text).toContain('(no longer so; since 2024-03-01');
    expect((await settled.context(ask)).text).not.toContain('no longer so');
    expect((await home.context({ ...ask, asOf: '2023-01-01' })).text).not.toContain('no longer so');
  });

  it('is left out where a recipe says so, and only there', async () => {
    const { alice } = twoSpaces();
    const home = await living(alice, moved);
    const put = (name: string, liveOnly: boolean) =>
      alice.write((w) => w.recipes.put(name as RecipeName, { description: '', settings: { liveOnly } }, 0));
    put('valid', true);
    put('all', false);
    expect((await home.context({ ...ask, recipe: 'valid' })).text).not.toContain('I live in Lisbon.');
    expect((await home.context({ ...ask, recipe: 'all' })).text).toContain('I live in Lisbon.');
    expect((await home.context({ ...ask, recipe: 'valid', liveOnly: false })).text).toContain('I live in Lisbon.');
  });

  it('is marked as put away where its person put it away, and names nothing they keep out of contexts', async () => {
    const { alice } = twoSpaces();
    const home = await living(alice, moved);
    const [porto] = alice.read((r) => r.memories.page({ limit: 9, state: 'active' })).items;
    const [unit] = alice.read((r) => r.memoryLookup.saidIn([r.memories.find(porto?.id as MemoryId)?.pk ?? 0])).values();
    alice.write((w) => w.exclusions.make({ kind: 'message', of: unit?.message.id as MessageId }, 1));
    const { text } = await home.context(ask);
    expect(text).toContain('(no longer so)');
    expect(text).not.toContain('Porto”');
    alice.write((w) => w.memoryDecisions.review(porto?.id as MemoryId, 'gone', Date.parse('2025-01-01')));
    for (const { id } of alice.read((r) => r.exclusions.page({ limit: 9 })).items)
      alice.write((w) => w.exclusions.takeBack(id));
    expect((await home.context(ask)).text).toMatch(/\(put away since\)[^\n]* I live in Porto\./);
  });
});
