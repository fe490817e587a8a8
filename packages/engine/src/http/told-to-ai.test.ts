/** What an AI over MCP is told of a topic never names another that its person keeps out of contexts; the person sees all of it. */
import type { Asker } from '@vivim/contract/assembly';
import { builtInEmbedder } from '@vivim/contract/models';
import { expect, it } from 'vitest';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { topicProfile } from '../context/profiles/assemble-profile.ts';
import { int8 } from '../context/retrieval/quantise.ts';
import type { UserSpace } from '../space/user-space.ts';
import { topicTold } from './told-to-ai.ts';

const person: Asker = { sessionId: 's', way: 'api' } as Asker;
const ai: Asker = { sessionId: 's', way: 'mcp' } as Asker;

function filled(space: UserSpace): void {
  const messages = ['sneakers', 'running shoes'].map((topic) => ({
    text: topic,
    units: [{ text: topic, topics: [topic] }],
  }));
  fillSpace(space, [{ externalId: 'a', messages }]);
  const vector = int8(Float32Array.of(1, 0.5));
  space.write((w) => {
    const made = w.topicVectors.take(builtInEmbedder.name, 9).map((topic) => ({ ...topic, vector }));
    w.topicVectors.put(builtInEmbedder.name, made);
  });
}
const offered = (space: UserSpace, asker: Asker) =>
  space.read((r) => {
    const [topic] = r.topics.list({ limit: 9 }, 0).items.filter(({ label }) => label === 'sneakers');
    const profile = topic === undefined ? null : topicProfile(r, topic.id, 0);
    return profile === null ? null : topicTold(r, asker, profile).alike.map(({ label }) => label);
  });

it('offers nothing that is kept out', () => {
  const { alice, bob } = twoSpaces();
  for (const space of [alice, bob]) filled(space);
  expect(offered(alice, ai)).toEqual(['running shoes']);
  const [shoes] = alice.read((r) => r.topics.list({ limit: 9 }, 0)).items.filter(({ label }) => label !== 'sneakers');
  alice.write((w) => w.exclusions.make({ kind: 'topic', of: shoes?.id as never }, 1));
  expect(offered(alice, ai)).toEqual([]);
  expect(offered(alice, person)).toEqual(['running shoes']);
  expect(offered(bob, ai)).toEqual(['running shoes']);
});
