/** Lists of topics and entities, and the graph of what comes up together: filtered, ordered, bounded, and of one person alone. */
import type { TopicId } from '@vivim/contract/ids';
import { expect, it } from 'vitest';
import { type FilledConversation, fillSpace } from '../../../../test/kit/fill-space.ts';
import { rollUp } from '../../../../test/kit/profiles.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { entityProfile, topicProfile } from './profiles/assemble-profile.ts';

const now = Date.parse('2025-01-01T00:00:00Z');
const days = (ago: number): string => new Date(now - ago * 86_400_000).toISOString();

/** A conversation of four messages about a thing with somebody. */
const about = (thing: string, who: string, ago: number): FilledConversation => ({
  externalId: `${thing} ${who} ${ago}`,
  title: thing,
  messages: [
    { text: `My friend ${who} asks about ${thing}.`, at: days(ago) },
    { role: 'assistant', text: `Here is ${thing}.`, at: days(ago) },
    { text: `${who} likes ${thing}. I told ${who}.`, at: days(ago) },
    { text: `More ${thing}!`, at: days(ago) },
  ],
});
const history = [
  about('sourdough bread', 'Emma', 10),
  about('sourdough bread', 'Emma', 20),
  ...[300, 280, 250, 200, 150].map((ago) => about('rock climbing', 'Oliver', ago)),
  about('rock climbing', 'Oliver', 30),
  about('tax returns', 'Hannah', 700),
  about('sailing boats', 'Hannah', 200),
  about('sailing boats', 'Hannah', 180),
  about('sailing boats', 'Hannah', 150),
  about('sailing boats', 'Hannah', 120),
  about('sailing boats', 'Hannah', 5),
];

async function filled(space: UserSpace, conversations: readonly FilledConversation[]): Promise<UserSpace> {
  fillSpace(space, conversations);
  const pks = conversations.map((_, i) => i + 1);
  space.write((w) => w.outbox.put('rollup', pks, now));
  await rollUp(space);
  return space;
}
type Options = Parameters<Parameters<Parameters<UserSpace['read']>[0]>[0]['topics']['list']>[0];
const list = (space: UserSpace, options: Partial<Options> = {}) =>
  space.read((r) => r.topics.list({ limit: 50, ...options }, now)).items;
const labels = (space: UserSpace, options: Partial<Options> = {}) => list(space, options).map(({ label }) => label);

it('lists say what is rising, steady, falling and quiet, and can be asked for it', async () => {
  const { alice, bob } = twoSpaces();
  await filled(alice, history);
  const trends = Object.fromEntries(list(alice).map(({ label, trend }) => [label, trend]));
  expect(trends).toEqual({
    'sourdough bread': 'rising',
    'rock climbing': 'falling',
    'tax returns': 'quiet',
    'sailing boats': 'steady',
  });
  expect(labels(alice, { trend: 'quiet' })).toEqual(['tax returns']);
  const climbing = list(alice, { q: 'CLIMB' });
  expect(climbing.map(({ label }) => label)).toEqual(['rock climbing']);
  const profile = alice.read((r) => topicProfile(r, climbing[0]?.id as TopicId, now));
  expect(profile?.rhythm.trend).toBe('falling');
  expect(list(bob)).toEqual([]);
});

it('lists are ordered by what is asked for, page by page, and hold those that are hidden apart', async () => {
  const { alice } = twoSpaces();
  await filled(alice, history);
  expect(labels(alice, { sort: 'name' })).toEqual(['rock climbing', 'sailing boats', 'sourdough bread', 'tax returns']);
  expect(labels(alice, { sort: 'recent' })).toEqual([
    'sailing boats',
    'sourdough bread',
    'rock climbing',
    'tax returns',
  ]);
  expect(labels(alice, { sort: 'messages' })[0]).toBe('rock climbing');
  for (const sort of ['name', 'recent', 'messages', 'importance'] as const) {
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = alice.read((r) => r.topics.list({ limit: 1, sort, cursor }, now));
      paged.push(...page.items.map(({ label }) => label));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(labels(alice, { sort }));
  }
  const [boats] = list(alice, { q: 'sailing' });
  alice.write((w) => w.corrections.make('topic', boats?.id as TopicId, { action: 'hide', hidden: true }, 'hide', now));
  expect(labels(alice)).not.toContain('sailing boats');
  expect(labels(alice, { hidden: true })).toEqual(['sailing boats']);
  const people = alice.read((r) => r.entities.list({ limit: 50, type: 'person', sort: 'name' }, now)).items;
  expect(people.map(({ name }) => name)).toEqual(['Emma', 'Hannah', 'Oliver']);
});

it('a profile tells where it is spoken of, by what words, and who may be the same', async () => {
  const { alice } = twoSpaces();
  await filled(alice, [...history, about('chess', 'Emma Watson', 3), about('chess', 'Emma Stone', 2)]);
  const [emma] = alice.read((r) => r.entities.list({ limit: 9, q: 'emma watson' }, now)).items;
  if (emma === undefined) throw new Error('There is no Emma Watson.');
  const told = alice.read((r) => entityProfile(r, emma.id, now));
  expect(told?.conversations.map(({ title }) => title)).toEqual(['chess']);
  expect(told?.alike.map(({ name }) => name)).toEqual(['Emma']);
  for (const { evidence } of told?.claims ?? []) for (const one of evidence) expect(one.text).not.toBe('');
  const [other] = alice
    .read((r) => r.entities.list({ limit: 9, q: 'emma' }, now))
    .items.filter(({ name }) => name === 'Emma');
  if (other === undefined) throw new Error('There is no Emma.');
  alice.write((w) => w.corrections.make('entity', emma.id, { action: 'apart', from: other.id }, 'apart', now));
  expect(alice.read((r) => entityProfile(r, emma.id, now))?.alike).toEqual([]);
});

it('the graph ties what comes up together, is bounded, and knows one person', async () => {
  const { alice, bob } = twoSpaces();
  await filled(alice, history);
  await filled(bob, [about('chess', 'Peter', 3), about('chess', 'Peter', 4)]);
  const graph = alice.read((r) => r.graph.graph({ limit: 400 }, now));
  expect(graph.left).toBe(0);
  const ties = graph.edges.map(([a, b]) => [graph.nodes[a]?.name, graph.nodes[b]?.name].sort().join(' & '));
  expect(ties).toContain('Emma & sourdough bread');
  expect(ties).toContain('Oliver & rock climbing');
  expect(ties).not.toContain('Emma & rock climbing');
  for (const [a, b, weight] of graph.edges) {
    expect(a).not.toBe(b);
    expect(weight).toBeGreaterThan(0);
    expect(weight).toBeLessThanOrEqual(1);
  }
  const few = alice.read((r) => r.graph.graph({ limit: 2 }, now));
  expect(few.nodes).toEqual(graph.nodes.slice(0, 2));
  expect(few.left).toBe(graph.nodes.length - 2);
  const topics = alice.read((r) => r.graph.graph({ limit: 400, kind: 'topic', since: days(40) }, now)).nodes;
  expect(topics.map(({ name }) => name).sort()).toEqual(['rock climbing', 'sailing boats', 'sourdough bread']);
  expect(JSON.stringify(graph)).not.toMatch(/chess|Peter/);
});
