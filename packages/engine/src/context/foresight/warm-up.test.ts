/** What is made ready beforehand: the same bytes as without, gone when the space changes, bounded, and aside while anybody waits. */
import type { ConversationId, TopicId } from '@vivim/contract/ids';
import { SearchQuery } from '@vivim/contract/search';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillSpace, indexWords } from '../../../../../test/kit/fill-space.ts';
import { foresightOf } from '../../../../../test/kit/foresight.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';
import type { Retrieving } from '../candidate.ts';
import { searchRequest } from '../search-request.ts';
import { warmLimits } from './warm-retrievals.ts';

const words = ['kiln', 'glaze', 'wheel', 'clay', 'harbour', 'mast'];
function filled(space: UserSpace) {
  const ids = fillSpace(
    space,
    words.map((word, i) => ({
      externalId: word,
      title: word,
      messages: [0, 1, 2].map((day) => {
        const text = `The ${word} and the ${words[(i + 1) % words.length]} of day ${day}.`;
        return { text, at: `2024-05-${10 + day}T09:00:00Z`, units: [{ text, topics: [word] }] };
      }),
    })),
  );
  indexWords(space, ids);
  const topics = space.read((r) => r.bundles.material.subjects('topic', 10));
  return { ids, topic: (name: string) => topics.find((each) => each.name === name)?.id as TopicId };
}
const searchFor = (q: string) => searchRequest(SearchQuery.parse({ q, limit: 20 }));

describe('warm-up', () => {
  it('makes the bundles and search pages of what is predicted ready, of nobody else’s', async () => {
    const { alice, bob } = twoSpaces();
    const { topic, ids } = filled(alice);
    filled(bob);
    const [hers, his] = [foresightOf(alice), foresightOf(bob)];
    const version = alice.version;
    await hers.show({ topicId: topic('kiln'), conversationId: ids[0] as ConversationId });
    const kept = (space: UserSpace, kind: 'topic' | 'conversation', id: string) =>
      space.read((r) => r.bundles.find(kind, id)) !== null;
    expect([kept(alice, 'topic', topic('kiln')), kept(alice, 'conversation', ids[0] as string)]).toEqual([true, true]);
    expect(hers.retrievals.has(searchFor('kiln'))).toBe(true);
    expect(hers.foresight.predicted.every((each) => hers.warmUp.isReady(each))).toBe(true);
    expect(his.retrievals.size.answers).toBe(0);
    expect(kept(bob, 'topic', topic('kiln'))).toBe(false);
    expect(alice.version).toBe(version);
  });

  it('lets go of everything when the space changes, and makes it ready again', async () => {
    const { alice } = twoSpaces();
    const { topic } = filled(alice);
    const hers = foresightOf(alice);
    await hers.show({ topicId: topic('kiln') });
    expect(hers.retrievals.size.answers).toBeGreaterThan(0);
    indexWords(alice, fillSpace(alice, [{ externalId: 'new', title: 'New', messages: [{ text: 'Another kiln.' }] }]));
    expect(hers.retrievals.size).toEqual({ answers: 0, length: 0 });
    await hers.settle();
    const { candidates } = await hers.retrievals.retrieve(searchFor('kiln'));
    expect(candidates.map(({ conversation }) => conversation.title)).toContain('New');
  });

  it('answers with the bytes there would be without it, also when the day is another by then', async () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) filled(space);
    const [warm, cold] = [foresightOf(alice), foresightOf(bob)];
    const question = fc.record({
      of: fc.subarray(words, { minLength: 1, maxLength: 3 }),
      when: fc.constantFrom('', ' last month', ' yesterday', ' in May 2024', ' two weeks ago'),
      later: fc.constantFrom(0, 60_000, 86_400_000),
    });
    let answeredWarm = 0;
    await fc.assert(
      fc.asyncProperty(question, async ({ of, when, later }) => {
        const query = `What about ${of.join(' and ')}${when}?`;
        await warm.show({ typed: query });
        for (const each of [warm, cold]) each.clock.ms += later;
        const [there, without] = [await warm.ask(query), await cold.ask(query)];
        if (there.timings['retrieve.warm'] !== undefined) answeredWarm += 1;
        expect({ ...there, id: null, timings: null }).toEqual({ ...without, id: null, timings: null });
        cold.clock.ms = warm.clock.ms;
      }),
      { numRuns: 25 },
    );
    expect(answeredWarm).toBeGreaterThan(5);
  });

  it('keeps so many answers, and forgets the oldest first', async () => {
    const { alice } = twoSpaces();
    filled(alice);
    const { retrievals } = foresightOf(alice);
    const signal = new AbortController().signal;
    for (let i = 0; i < warmLimits.answers + 4; i += 1) await retrievals.warm(searchFor(`kiln ${i}`), signal);
    expect(retrievals.size.answers).toBe(warmLimits.answers);
    expect([retrievals.has(searchFor('kiln 3')), retrievals.has(searchFor('kiln 4'))]).toEqual([false, true]);
  });

  it('keeps nothing that quotes more than it may hold', async () => {
    const { alice } = twoSpaces();
    filled(alice);
    const long = 'x'.repeat(warmLimits.length);
    const talkative = (retriever: Retrieving): Retrieving => ({
      async retrieve(request, signal) {
        const answer = await retriever.retrieve(request, signal);
        return {
          ...answer,
          candidates: answer.candidates.map((each) => ({ ...each, acu: { ...each.acu, text: long } })),
        };
      },
    });
    const { retrievals } = foresightOf(alice, talkative);
    await retrievals.warm(searchFor('kiln'), new AbortController().signal);
    expect(retrievals.size).toEqual({ answers: 0, length: 0 });
  });

  it('steps aside for whoever comes to wait, in mid-work, and goes on when they are served', async () => {
    const { alice } = twoSpaces();
    const { topic } = filled(alice);
    const order: string[] = [];
    let arrived: () => void = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    // A retrieval that is held up until somebody comes: it then ends with its signal.
    const held = (retriever: Retrieving): Retrieving => ({
      async retrieve(request, signal) {
        const answer = await retriever.retrieve(request);
        if (request.perMessage !== 1 || request.limit !== 21 || order.length > 0) return answer;
        order.push('warm-up begins');
        arrived();
        await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
        return answer;
      },
    });
    const hers = foresightOf(alice, held);
    const settled = hers.show({ topicId: topic('kiln') });
    await arrival;
    const leave = hers.underWay.enter();
    await settled;
    expect([hers.warmUp.pending(), hers.retrievals.has(searchFor('kiln'))]).toEqual([0, false]);
    await hers.ask('Which mast?');
    order.push('answered');
    leave();
    await hers.settle();
    expect(hers.retrievals.has(searchFor('kiln'))).toBe(true);
    expect(order).toEqual(['warm-up begins', 'answered']);
  });
});
