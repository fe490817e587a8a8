/** Histories nobody would write by hand: names that look like commands, thousands of names, one endless conversation, times that cannot be. */
import { EntityProfile, TopicProfile } from '@vivim/contract/profile';
import { describe, expect, it } from 'vitest';
import { type FilledConversation, fillSpace } from '../../../../test/kit/fill-space.ts';
import { rollUp } from '../../../../test/kit/profiles.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { ProfileRollupService } from './profile-rollup-service.ts';
import { entityProfile, topicProfile } from './profiles/assemble-profile.ts';

const now = Date.parse('2025-01-01T00:00:00Z');

async function filled(space: UserSpace, conversations: readonly FilledConversation[]): Promise<void> {
  fillSpace(space, conversations);
  space.write((w) =>
    w.outbox.put(
      'rollup',
      conversations.map((_, i) => i + 1),
      now,
    ),
  );
  await rollUp(space);
}

/** Every profile in every list, whole. @returns how many topics and entities there are */
function readAll(space: UserSpace): [topics: number, entities: number] {
  return space.read((r) => {
    const topics = r.topics.list({ limit: 200 }, now).items;
    const entities = r.entities.list({ limit: 200 }, now).items;
    for (const { id } of topics) TopicProfile.parse(topicProfile(r, id, now));
    for (const { id } of entities) EntityProfile.parse(entityProfile(r, id, now));
    return [topics.length, entities.length];
  });
}

describe('profiles of', () => {
  it('names that look like SQL, HTML and patterns are names', async () => {
    const { alice, bob } = twoSpaces();
    const names = [
      `Robert'); DROP TABLE topic;--`,
      '<b>Bold</b> Move',
      '%_% Glob*',
      'Ünïcode\u0000Null',
      '(?:Regex)+ [A-Z',
    ];
    await filled(
      alice,
      names.map((name, i) => ({
        externalId: `n${i}`,
        title: name,
        messages: [
          { text: `I met ${name} today and ${name} again.` },
          { text: `Then ${name} and my friend ${name} came.` },
        ],
      })),
    );
    expect(readAll(alice)[0]).toBeGreaterThan(0);
    expect(readAll(bob)).toEqual([0, 0]);
  });

  it('thousands of names are paged to the end, each once', async () => {
    const { alice, bob } = twoSpaces();
    fillSpace(alice, [{ externalId: 'many', messages: [{ text: 'x' }] }]);
    const names = Array.from({ length: 3_000 }, (_, i) => `name ${i}`);
    alice.write((w) =>
      w.entities.replaceForConversation(
        1,
        names.map((key) => ({
          key,
          forms: [
            ['name', key, 2],
            ['type', 'person', 4],
          ],
          titled: false,
          strength: 40,
          said: [0, 0, 1, 1],
          firstMs: null,
          lastMs: null,
          units: [],
        })),
      ),
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = alice.read((r) => r.entities.list({ limit: 200, cursor }, now));
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    // All of one weight: by their names, so that two spaces of the same words list them alike.
    expect(seen).toEqual([...names].sort());
    expect(readAll(bob)).toEqual([0, 0]);
  });

  it('one endless conversation are bounded, and a step can be broken off', async () => {
    const { alice, bob } = twoSpaces();
    const texts = Array.from(
      { length: 3_000 },
      (_, i) => `Our glaze number ${i} cracks, and Emma dislikes Kiln ${i % 9}.`,
    );
    fillSpace(alice, [{ externalId: 'long', messages: texts.map((text) => ({ text })) }]);
    alice.write((w) => w.outbox.put('rollup', [1], now));
    const abort = new AbortController();
    const step = new ProfileRollupService(alice, (error) => expect.fail(String(error))).step(abort.signal);
    abort.abort();
    await step;
    expect(alice.read((r) => r.outbox.count('rollup'))).toBe(1);
    await rollUp(alice);
    const [topics, entities] = readAll(alice);
    expect([topics > 0, topics <= 40, entities > 0, entities <= 80]).toEqual([true, true, true, true]);
    expect(readAll(bob)).toEqual([0, 0]);
  });

  it('messages of the far past and of tomorrow are profiles all the same', async () => {
    const { alice, bob } = twoSpaces();
    const at = (time: string) => [
      { text: 'My sourdough bread is flat.', at: time },
      { text: 'More sourdough bread.', at: time },
    ];
    await filled(alice, [
      { externalId: 'past', title: 'Sourdough bread', messages: at('1901-01-01T00:00:00Z') },
      { externalId: 'future', title: 'Sourdough bread', messages: at('2999-01-01T00:00:00Z') },
    ]);
    const [topic] = alice.read((r) => r.topics.list({ limit: 1 }, now)).items;
    expect(topic).toMatchObject({ firstSeenAt: '1901-01-01T00:00:00.000Z', lastSeenAt: '2999-01-01T00:00:00.000Z' });
    expect(topic?.importance).toBeLessThanOrEqual(1);
    expect(readAll(alice)[0]).toBeGreaterThan(0);
    expect(readAll(bob)).toEqual([0, 0]);
  });
});
