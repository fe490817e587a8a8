import { EntityProfile, TopicProfile } from '@vivim/contract/profile';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FilledConversation, fillSpace } from '../../../../test/kit/fill-space.ts';
import { conversationsAbout, profilesIn, rollUp } from '../../../../test/kit/profiles.ts';
import { runs } from '../../../../test/kit/property-runs.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { ProfileRollupService } from './profile-rollup-service.ts';
import { entityProfile, topicProfile } from './profiles/assemble-profile.ts';

const now = Date.parse('2025-01-01T00:00:00Z');

/** Conversations in this order; rolled up after each group. */
async function fillAndRollUp(
  space: UserSpace,
  conversations: readonly FilledConversation[],
  groups: number,
): Promise<void> {
  const size = Math.max(1, Math.ceil(conversations.length / groups));
  for (let i = 0; i < conversations.length; i += size) {
    fillSpace(space, conversations.slice(i, i + size));
    const pks = Array.from({ length: Math.min(size, conversations.length - i) }, (_, n) => i + n + 1);
    space.write((w) => w.outbox.put('rollup', pks, now));
    await rollUp(space);
  }
}

const pottery: FilledConversation = {
  externalId: 'p1',
  title: 'Glazing pottery at home',
  messages: [
    {
      text: 'My wife Emma started pottery last year. Which glaze suits stoneware pottery?',
      at: '2024-03-01T10:00:00Z',
    },
    {
      role: 'assistant',
      text: 'For stoneware pottery a celadon glaze is forgiving, and it shows the clay well.',
      at: '2024-03-01T10:01:00Z',
    },
    {
      text: 'We decided to go with a celadon glaze. Emma loves it.',
      at: '2024-03-01T10:02:00Z',
      units: [{ text: 'We decided to go with a celadon glaze.', type: 'decision' }, { text: 'Emma loves it.' }],
    },
  ],
};
const reaches = 'A kiln for stoneware pottery reaches 1250 degrees.';
const kiln: FilledConversation = {
  externalId: 'p2',
  title: 'Kiln temperatures',
  messages: [
    { text: 'How hot must a kiln be for stoneware pottery? Emma asked me.', at: '2024-05-01T10:00:00Z' },
    { role: 'assistant', text: reaches, units: [{ text: reaches, quality: 0.8 }], at: '2024-05-01T10:01:00Z' },
  ],
};

describe('a rollup', () => {
  it('finds what a person talks of and whom they name, each claim with its evidence', async () => {
    const { alice, bob } = twoSpaces();
    await fillAndRollUp(alice, [pottery, kiln], 1);
    fillSpace(bob, [kiln]);
    const topics = alice.read((r) => r.topics.list({ limit: 20 }, now)).items;
    expect(topics.map(({ label }) => label)).toContain('stoneware pottery');
    const found = topics.find(({ label }) => label === 'stoneware pottery');
    if (found === undefined) throw new Error('There is no such topic.');
    expect(found.counts).toMatchObject({ conversations: 2, messages: 4 });
    expect(found.firstSeenAt).toBe('2024-03-01T10:00:00.000Z');
    const emma = alice.read((r) => r.entities.list({ limit: 20 }, now)).items.find(({ name }) => name === 'Emma');
    expect(emma).toMatchObject({ type: 'person', counts: { conversations: 2 } });
    if (emma === undefined) throw new Error('There is no Emma.');
    const topic = TopicProfile.parse(alice.read((r) => topicProfile(r, found.id, now)));
    const person = EntityProfile.parse(alice.read((r) => entityProfile(r, emma.id, now)));
    expect(topic.timeline).toEqual([
      { month: '2024-03', messages: 2 },
      { month: '2024-05', messages: 2 },
    ]);
    expect(person.relatedTopics.map(({ label }) => label)).toContain('stoneware pottery');
    expect(topic.claims.length).toBeGreaterThan(0);
    for (const { evidence } of [...topic.claims, ...person.claims]) {
      for (const { acuId } of evidence) expect(alice.read((r) => r.acus.byId(acuId))).not.toBeNull();
    }
    expect(bob.read((r) => r.topics.list({ limit: 20 }, now)).items).toEqual([]);
    expect(bob.read((r) => topicProfile(r, found.id, now))).toBeNull();
    expect(bob.read((r) => entityProfile(r, emma.id, now))).toBeNull();
  });

  it('changes nothing when it runs again, and leaves standing bundles alone', async () => {
    const { alice, bob } = twoSpaces();
    await fillAndRollUp(alice, [pottery, kiln], 1);
    await fillAndRollUp(bob, [kiln], 1);
    const before = profilesIn(alice);
    const topics = alice.read((r) => r.topics.list({ limit: 50 }, now)).items;
    const id = topics.find(({ label }) => label === 'stoneware pottery')?.id ?? '';
    alice.write((w) => {
      w.bundles.put(
        {
          kind: 'topic',
          subject: id,
          label: 'x',
          text: '',
          tokens: 0,
          tokenizer: 't',
          hash: 'h',
          quotes: [],
          sections: [],
          sources: [{ kind: 'topic', key: id }],
        },
        1,
      );
      w.outbox.put('rollup', [1, 2], now);
    });
    expect(await rollUp(alice)).toBeGreaterThan(0);
    expect(profilesIn(alice)).toEqual(before);
    expect(alice.read((r) => r.bundles.find('topic', id))?.dirty).toBe(false);
    alice.write((w) => w.topics.replaceForConversation(1, []));
    expect(alice.read((r) => r.bundles.find('topic', id))?.dirty).toBe(true);
    expect(profilesIn(bob)).not.toEqual(before);
  });

  it('takes back everything a conversation said', async () => {
    const { alice, bob } = twoSpaces();
    await fillAndRollUp(alice, [pottery, kiln], 2);
    await fillAndRollUp(bob, [pottery], 1);
    alice.write((w) => {
      w.topics.replaceForConversation(2, []);
      w.entities.replaceForConversation(2, []);
    });
    expect(profilesIn(alice)).toEqual(profilesIn(bob));
  });

  it('stops when told to, and loses nothing', async () => {
    const { alice, bob } = twoSpaces();
    fillSpace(alice, [pottery]);
    alice.write((w) => w.outbox.put('rollup', [1], now));
    await new ProfileRollupService(alice, (error) => expect.fail(String(error))).step(AbortSignal.abort());
    expect(alice.read((r) => r.outbox.count('rollup'))).toBe(1);
    expect(bob.read((r) => r.outbox.count('rollup'))).toBe(0);
  });

  it('gives the same profiles in whatever order and portions conversations come', { timeout: 60_000 }, async () => {
    const thing = fc.constantFrom(
      'stoneware pottery',
      'celadon glaze',
      'Kiln',
      'kilns',
      'tax return',
      'tax returns',
      'PostgreSQL',
      'sourdough bread',
      '陶芸',
    );
    const person = fc.constantFrom('Emma', 'Emma Watson', 'Tom', 'Dr. Miller', 'Miller', '@sam', 'Lisbon', 'Acme Ltd');
    const conversation = conversationsAbout(thing, person, (a, b) => `I asked my friend ${b} about ${a} and ${a}.`);
    const history = fc.array(conversation, { minLength: 2, maxLength: 8 });
    const property = fc.asyncProperty(
      history,
      fc.integer({ min: 0 }),
      fc.integer({ min: 1, max: 8 }),
      async (list, seed, groups) => {
        const named = list.map((made, i): FilledConversation => ({ ...made, externalId: `c${i}` }));
        const shuffled = named
          .map((made, i) => ({ made, at: (i * 7919 + seed) % 101 }))
          .sort((a, b) => a.at - b.at || 1);
        const [first, second] = [newSpace(), newSpace()];
        await fillAndRollUp(first, named, groups);
        await fillAndRollUp(
          second,
          shuffled.map(({ made }) => made),
          1,
        );
        expect(profilesIn(second)).toEqual(profilesIn(first));
      },
    );
    await fc.assert(property, { numRuns: runs(40) });
  });
});

describe('lists of profiles', () => {
  it('go page by page, most important first, and fade with time', async () => {
    const { alice, bob } = twoSpaces();
    await fillAndRollUp(alice, [pottery, kiln], 1);
    await fillAndRollUp(bob, [kiln], 1);
    const all = alice.read((r) => r.topics.list({ limit: 50 }, now)).items;
    expect(all.length).toBeGreaterThan(1);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = alice.read((r) => r.topics.list({ limit: 1, cursor }, now));
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(all.map(({ id }) => id));
    const importance = all.map((topic) => topic.importance);
    expect(importance).toEqual([...importance].sort((a, b) => b - a));
    const later = alice.read((r) => r.topics.list({ limit: 50 }, now + 365 * 86_400_000)).items;
    expect(later.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(later[0]?.importance).toBeLessThan(importance[0] ?? 0);
    const bobs = new Set<string>(bob.read((r) => r.topics.list({ limit: 50 }, now)).items.map(({ id }) => id));
    expect(bobs.size).toBeLessThan(all.length);
  });
});
