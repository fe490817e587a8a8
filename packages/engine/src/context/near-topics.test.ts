/** Topics near in meaning: by vectors of what they are called, made in the background, offered and never joined. Two people. */
import type { TopicId } from '@vivim/contract/ids';
import { builtInEmbedder } from '@vivim/contract/models';
import { describe, expect, it } from 'vitest';
import { type FilledConversation, fillSpace } from '../../../../test/kit/fill-space.ts';
import { profilesIn, rollUp } from '../../../../test/kit/profiles.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { Embedder } from '../models/embedder.ts';
import type { UserSpace } from '../space/user-space.ts';
import { TopicEmbedding } from './embedders/topic-embedding.ts';
import { topicProfile } from './profiles/assemble-profile.ts';
import { topicsMeant } from './profiles/near-topics.ts';
import { TopicVectorMemory } from './profiles/topic-vector-memory.ts';
import { topicsAtHand } from './topics-at-hand.ts';

const now = Date.parse('2025-01-01T00:00:00Z');
const dimensions = 32;

/** Each text stands in one corner, and somewhat in the corners of what it is near. */
const corners: Readonly<Record<string, readonly number[]>> = {
  sneakers: [1],
  'running shoes': [0.7, 0.7],
  'knee brace': [0, 0.5, 0.86],
  celadon: [0, 0, 0, 1],
  'zapatos rojos': [1],
  'What shoes did I like?': [0.8, 0.6],
};
const embedderOf = (name: string = builtInEmbedder.name, asked: string[] = []): Embedder => ({
  name,
  dimensions,
  embed: (texts) => {
    asked.push(...texts);
    return Promise.resolve(
      texts.map((text) =>
        Float32Array.from({ length: dimensions }, (_, i) => corners[text]?.[i] ?? (corners[text] ? 0 : 0.2)),
      ),
    );
  },
});
const meaning = async (text: string, embedder = embedderOf()) => {
  const [vector] = await embedder.embed([text]);
  return { model: embedder.name, vector: vector ?? new Float32Array() };
};

const about = (thing: string): FilledConversation => ({
  externalId: thing,
  title: thing,
  messages: [
    { text: `What do you think of the ${thing} that I have?` },
    { text: `I like the ${thing}.`, role: 'assistant' },
    { text: `Then the ${thing} can stay, and I am happy with that.` },
  ],
});
const spanish: FilledConversation = {
  externalId: 'es',
  title: 'zapatos rojos',
  messages: ['Los zapatos rojos no son para mí.', 'Y los zapatos rojos que tengo en la casa.'].map((text) => ({
    text,
    units: [{ text, language: 'es' }],
  })),
};

async function filled(space: UserSpace, ...conversations: FilledConversation[]): Promise<void> {
  fillSpace(space, conversations);
  for (let pk = 1; pk <= conversations.length; pk++) await again(space, pk);
}
async function again(space: UserSpace, pk: number): Promise<void> {
  space.write((w) => w.outbox.put('rollup', [pk], now));
  await rollUp(space);
}
async function embed(space: UserSpace, embedder = embedderOf()): Promise<number> {
  const task = new TopicEmbedding({ space, embedder, clock: () => now, wake: () => {} });
  let steps = 0;
  for (; task.pending() > 0; steps++) await task.step(new AbortController().signal);
  return steps;
}
const idOf = (space: UserSpace, label: string): TopicId => {
  const found = space.read((r) => r.topics.list({ limit: 50 }, now)).items.find((one) => one.label === label);
  if (found === undefined) throw new Error(`There is no topic ${label}.`);
  return found.id;
};
const profile = (space: UserSpace, label: string) => {
  const found = space.read((r) => topicProfile(r, idOf(space, label), now));
  if (found === null) throw new Error(`There is no profile of ${label}.`);
  return found;
};
const offers = (space: UserSpace, label: string) => profile(space, label).alike.map((one) => one.label);
const related = (space: UserSpace, label: string) => profile(space, label).relatedTopics.map((one) => one.label);

const made = (space: UserSpace): string[] =>
  space.read((r) =>
    r.topicVectors.shown(r.topicVectors.madeBy(builtInEmbedder.name, 9).map(({ pk }) => pk)).map(({ label }) => label),
  );

const things = ['sneakers', 'running shoes', 'knee brace', 'celadon'].map(about);

describe('topics near in meaning', () => {
  it('are offered as the same, or told as related, and not before their vectors are there', async () => {
    const { alice, bob } = twoSpaces();
    await filled(alice, ...things);
    await filled(bob, about('sneakers'));
    const before = profilesIn(alice);
    expect(offers(alice, 'sneakers')).toEqual([]);
    await embed(alice);
    await embed(bob);
    expect(offers(alice, 'sneakers')).toEqual(['running shoes']);
    expect(offers(alice, 'celadon')).toEqual([]);
    expect(offers(bob, 'sneakers')).toEqual([]);
    expect(offers(alice, 'running shoes')).toEqual(['sneakers']);
    expect(related(alice, 'celadon')).toEqual([]);
    // Nothing is joined by it, and no figure moves.
    expect(profilesIn(alice)).toEqual(before);
  });

  it('that are not the same are not offered again, and those that are, are one', async () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) {
      await filled(space, ...things);
      await embed(space);
    }
    const [sneakers, shoes] = [idOf(alice, 'sneakers'), idOf(alice, 'running shoes')];
    alice.write((w) => w.corrections.make('topic', sneakers, { action: 'apart', from: shoes }, 'verb-1', now));
    expect(offers(alice, 'sneakers')).toEqual([]);
    expect(offers(alice, 'running shoes')).toEqual([]);
    expect(offers(bob, 'sneakers')).toEqual(['running shoes']);
    bob.write((w) =>
      w.corrections.make(
        'topic',
        idOf(bob, 'sneakers'),
        { action: 'merge', into: idOf(bob, 'running shoes') },
        'verb-2',
        now,
      ),
    );
    expect(offers(bob, 'running shoes')).toEqual([]);
    expect(await embed(bob)).toBe(0);
  });

  it('are at hand for a message that names none of them', async () => {
    const { alice, bob } = twoSpaces();
    await filled(alice, ...things);
    await embed(alice);
    const query = 'What shoes did I like?';
    const asked = await meaning(query);
    const at = (space: UserSpace, of: typeof asked | null) =>
      space.read((r) => topicsAtHand(r, { query }, [], [], of, 3)).map(({ name }) => name);
    // The nearest, and not all that are near enough.
    expect(at(alice, asked)).toEqual(['running shoes']);
    expect(at(alice, null)).toEqual([]);
    expect(at(alice, await meaning(query, embedderOf('another')))).toEqual([]);
    expect(at(bob, asked)).toEqual([]);
  });

  it('are compared as they are now, however often they were before', async () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) {
      await filled(space, ...things);
      await embed(space);
    }
    const query = 'What shoes did I like?';
    const asked = await meaning(query);
    const memories = new Map([alice, bob].map((space) => [space, new TopicVectorMemory(space)]));
    const meant = (space: UserSpace) =>
      space.read((r) =>
        topicsMeant(r, query, asked, (model) => memories.get(space)?.of(r, model) ?? []).map(({ label }) => label),
      );
    const plainly = (space: UserSpace) => space.read((r) => topicsMeant(r, query, asked).map(({ label }) => label));
    for (const space of [alice, bob]) expect([meant(space), meant(space)]).toEqual([plainly(space), plainly(space)]);
    alice.write((w) =>
      w.corrections.make('topic', idOf(alice, 'running shoes'), { action: 'hide', hidden: true }, 'verb-3', now),
    );
    expect(meant(alice)).toEqual(plainly(alice));
    expect(meant(alice)).not.toEqual(meant(bob));
    expect(bob.read((r) => memories.get(bob)?.of(r, 'another'))).toEqual([]);
  });

  it('are not told of a language the model never learnt', async () => {
    const { alice } = twoSpaces();
    await filled(alice, about('sneakers'), spanish);
    await embed(alice);
    const asked = await meaning('What shoes did I like?');
    const meant = (message: string) => alice.read((r) => topicsMeant(r, message, asked)).map(({ label }) => label);
    expect(meant('¿Qué zapatos son los que no me gustan?')).toEqual([]);
    expect(meant('スニーカー')).toEqual([]);
    expect(meant('What shoes did I like?')).toEqual(['sneakers']);
  });

  it('have one vector each, made anew for another label and another model, and gone with the topic', async () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) await filled(space, ...things);
    const asked: string[] = [];
    await embed(alice, embedderOf(builtInEmbedder.name, asked));
    expect(asked.sort()).toEqual(['celadon', 'knee brace', 'running shoes', 'sneakers']);
    await embed(bob);
    const id = idOf(alice, 'celadon');
    const pk = alice.read((r) => r.topics.byId(id, now))?.pk ?? 0;
    const waiting = (space: UserSpace) => space.read((r) => r.topicVectors.waiting(builtInEmbedder.name));
    alice.write((w) => w.corrections.make('topic', id, { action: 'rename', name: 'Glazes' }, 'verb-3', now));
    expect([waiting(alice), waiting(bob)]).toEqual([1, 0]);
    expect(alice.read((r) => r.topicVectors.of(pk))).toBeNull();
    expect(alice.read((r) => r.topicVectors.waiting('another'))).toBe(4);
    await embed(alice);
    expect(alice.read((r) => r.topicVectors.of(pk))?.model).toBe(builtInEmbedder.name);
    alice.write((w) => w.corrections.make('topic', id, { action: 'hide', hidden: true }, 'verb-4', now));
    expect(alice.read((r) => r.topicVectors.of(pk))).toBeNull();
    // Nobody measured what is near for this one: it is not asked.
    expect(await embed(alice, embedderOf('unmeasured', asked))).toBe(0);
    alice.write((w) => {
      w.topics.replaceForConversation(1, []);
      w.topics.replaceForConversation(2, []);
    });
    expect(made(alice)).toEqual(['knee brace']);
    expect(made(bob)).toHaveLength(4);
  });

  it('wait for an embedder that is away, and keep nothing of one that answers nonsense', async () => {
    const { alice } = twoSpaces();
    await filled(alice, about('sneakers'));
    expect(await embed(alice, { ...embedderOf(), absent: true })).toBe(0);
    const nonsense = { ...embedderOf(), embed: () => Promise.resolve([new Float32Array(3)]) };
    await expect(embed(alice, nonsense)).rejects.toThrow('no vector');
    expect(alice.read((r) => r.topicVectors.waiting(builtInEmbedder.name))).toBe(1);
    expect(offers(alice, 'sneakers')).toEqual([]);
  });
});
