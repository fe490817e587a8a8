/**
 * Histories that are hard to carry, from the file to the context: one message of megabytes, one conversation of thousands of messages,
 * a clock that goes backwards all the while. Two people: the other finds none of it. `npm run soak -- properties` takes the whole sizes.
 */
import { ContextRequest } from '@vivim/contract/context';
import type { ConversationId } from '@vivim/contract/ids';
import { SearchQuery } from '@vivim/contract/search';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { chatgptConversation } from '../../../../test/kit/chatgpt-export.ts';
import { asker, contextsOf } from '../../../../test/kit/context.ts';
import { rollUp } from '../../../../test/kit/profiles.ts';
import { runs } from '../../../../test/kit/property-runs.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import type { Call } from '../http/handler.ts';
import { searchHandlers } from '../http/search.ts';
import type { UserSpace } from '../space/user-space.ts';
import { MemoryFinder } from './memories/memory-finder.ts';
import { Retriever } from './retrieval/retriever.ts';
import { TitleIndex } from './title-index.ts';

async function living(space: UserSpace, conversations: readonly object[], clock = () => 1_790_000_000_000) {
  const run = await newCapture(space, clock).bring(JSON.stringify(conversations));
  expect(run.state).toBe('done');
  await rollUp(space);
  const finder = new MemoryFinder({
    space,
    clock,
    onUnreadable: (error) => {
      throw error;
    },
  });
  while (finder.pending() > 0) await finder.step(new AbortController().signal);
  const orchestrator = contextsOf(space, clock);
  const retriever = new Retriever({ space, embedder: null, vectors: null, clock });
  const { search } = searchHandlers({ space, retriever, titles: new TitleIndex(space) });
  return {
    run,
    context: (request: Partial<typeof ContextRequest._input> & { query: string }) =>
      orchestrator.compile(ContextRequest.parse(request), asker),
    found: async (query: Partial<typeof SearchQuery._input>) => {
      const asked = { query: SearchQuery.parse(query), asker, signal: new AbortController().signal } as Call<'search'>;
      return (await search(asked)).items.map(({ acu }) => acu.text);
    },
  };
}

const longMessage = runs(5_000_000, 1_200_000);
const manyMessages = runs(20_000, 5_000);

const firstConversation = (space: UserSpace): ConversationId =>
  space.read((r) => r.conversations.page({ limit: 1 })).items[0]?.id as ConversationId;

describe('a history with', () => {
  it('a message of megabytes is found by its first words and its last, and a context of it keeps its budget', {
    timeout: 120_000,
  }, async () => {
    const { alice, bob } = twoSpaces();
    const filler = 'The ferry leaves at nine, and comes back when the wind allows it. ';
    const text = `The zymurgy begins here. ${filler.repeat(Math.ceil(longMessage / filler.length))}The quokka ends it.`;
    const conversation = chatgptConversation('huge', 'Huge', [
      { id: 'm0', parts: [text] },
      { id: 'm1', role: 'assistant', parts: ['That was long.'] },
    ]);
    const home = await living(alice, [conversation]);
    expect((await home.found({ q: 'zymurgy' }))[0]).toContain('zymurgy');
    expect((await home.found({ q: 'quokka' }))[0]).toContain('quokka');
    for (const budget of [256, 2_000, 12_000]) {
      const bundle = await home.context({
        query: 'What of the quokka?',
        budget,
        conversationId: firstConversation(alice),
      });
      expect(bundle.tokens).toBeLessThanOrEqual(budget);
    }
    const his = await living(bob, [chatgptConversation('small', 'Small', [{ id: 'b0', parts: ['A quiet day.'] }])]);
    expect(await his.found({ q: 'quokka' })).toEqual([]);
  });

  it('a conversation of thousands of messages is searched to its end, continued, and looked at in its middle', {
    timeout: 120_000,
  }, async () => {
    const space = newSpace();
    const messages = Array.from({ length: manyMessages }, (_, i) => ({
      id: `m${i}`,
      role: i % 2 === 0 ? ('user' as const) : ('assistant' as const),
      parts: [`Step ${i} of the rigging, word${i % 997} and rope${i}.`],
    }));
    const home = await living(space, [chatgptConversation('long', 'Rigging', messages)]);
    expect(home.run.report.messages.added).toBe(manyMessages);
    const [last, middle] = [manyMessages - 1, manyMessages / 2 - 1];
    expect((await home.found({ q: `+rope${last}` }))[0]).toContain(`Step ${last} `);
    const conversationId = firstConversation(space);
    const bundle = await home.context({ query: 'What is the next step?', budget: 4_000, conversationId });
    expect(bundle.tokens).toBeLessThanOrEqual(4_000);
    expect(bundle.text).toContain(`Step ${last} `);
    const asOf = new Date((1_780_000_000 + middle) * 1_000).toISOString();
    const then = await home.context({ query: 'What is the next step?', budget: 4_000, conversationId, asOf });
    expect(then.text).toContain(`Step ${middle} `);
    const later = [...then.text.matchAll(/Step (\d+) /g)].filter(([, step]) => Number(step) > middle);
    expect(later).toEqual([]);
  });

  it('a clock that goes backwards all the while says the same as with one that stands', async () => {
    const { alice, bob } = twoSpaces();
    let ms = 1_790_000_000_000;
    const backwards = () => {
      ms -= 86_400_000;
      return ms;
    };
    const conversations = [
      chatgptConversation('home', 'Home', [
        { id: 'a', parts: ['I live in Porto. Always answer in metric units.'] },
        { id: 'b', role: 'assistant', parts: ['Noted.'] },
      ]),
      chatgptConversation('kiln', 'Kiln', [
        { id: 'c', parts: ['The kiln needs a thermocouple.'] },
        { id: 'd', role: 'assistant', parts: ['Which kiln is it?'] },
      ]),
    ];
    const [hers, his] = [await living(alice, conversations, backwards), await living(bob, conversations)];
    const query = 'What about the kiln in Porto?';
    const [one, other] = [await hers.context({ query }), await his.context({ query })];
    expect(one.text).toBe(other.text);
    expect(await hers.found({ q: 'kiln' })).toEqual(await his.found({ q: 'kiln' }));
    await hers.context({ query: 'again' });
    const records = alice.read((r) => r.assemblies.page({ limit: 10 })).items;
    expect(records.map((record) => record.query)).toEqual(expect.arrayContaining(['again', query]));
    const again = await newCapture(alice, backwards).bring(JSON.stringify(conversations));
    expect(again.report.conversations).toMatchObject({ added: 0, unchanged: 2 });
  });
});
