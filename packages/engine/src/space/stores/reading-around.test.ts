/**
 * What a reader of long conversations needs: the outline of every branch, the neighbours of one message, some messages by name, and
 * where the units of a message were used. Bob, who has none of it, is told nothing.
 */
import { ContextRequest } from '@vivim/contract/context';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { asker, contextsOf } from '../../../../../test/kit/context.ts';
import { newErasing } from '../../../../../test/kit/erasing.ts';
import { chatGptConversation, dialogue } from '../../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../user-space.ts';

const said = (id: string, parent: string | null, role: 'user' | 'assistant', text: string) => ({
  id,
  parent,
  role,
  text,
});
const branched = chatGptConversation(
  'kiln',
  'Kiln',
  [
    said('k0', null, 'user', 'How hot is  the kiln?\nPlease.'),
    said('k1', 'k0', 'assistant', 'About 1240 degrees.'),
    said('k2', 'k0', 'assistant', 'Very hot, über 1000.'),
    said('k3', 'k2', 'user', 'Thanks.'),
  ],
  1_760_000_000,
);
const only = (space: UserSpace) => space.read((r) => r.conversations.page({ limit: 1 })).items[0]?.id as ConversationId;
const messages = (space: UserSpace, options: object) =>
  space.read((r) => r.conversations.messages(only(space), { limit: 50, branches: 'all', ...options }))?.items ?? [];

describe('a reader', () => {
  it('is told the tree of a conversation without its words', async () => {
    const { alice, bob } = twoSpaces();
    await newCapture(alice).bring(JSON.stringify([branched]));
    const outline = alice.read((r) => r.conversations.outline(only(alice))) ?? [];
    const all = messages(alice, {});
    expect(outline.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(outline.map(({ parent }) => (parent === null ? null : outline[parent]?.id))).toEqual(
      all.map(({ parentId }) => parentId),
    );
    expect(outline.map(({ size }) => size)).toEqual(
      all.map(({ parts }) => Buffer.byteLength(parts.map(({ text }) => text ?? '').join(''))),
    );
    const first = outline.find(({ opening }) => opening?.startsWith('How'));
    expect(first?.opening).toBe('How hot is the kiln? Please.');
    expect(outline.filter(({ parent }) => parent !== null && outline[parent]?.id === first?.id)).toHaveLength(2);
    expect(bob.read((r) => r.conversations.outline(only(alice)))).toBeNull();
  });

  it('finds a message of any length of conversation with what stands around it, and a few by their names', async () => {
    const space = newSpace();
    await newCapture(space).bring(
      JSON.stringify([
        dialogue(
          'long',
          'Long',
          Array.from({ length: 41 }, (_, n) => `Message number ${n}.`),
        ),
      ]),
    );
    const all = messages(space, { limit: 200 });
    const wanted = all[30]?.id as MessageId;
    const around = messages(space, { around: wanted, limit: 10 });
    expect(around.map(({ id }) => id)).toContain(wanted);
    expect(around).toEqual(
      all.slice(around[0] === undefined ? 0 : all.findIndex(({ id }) => id === around[0]?.id)).slice(0, 10),
    );
    expect(messages(space, { around: all[1]?.id, limit: 10 }).map(({ id }) => id)).toEqual(
      all.slice(0, 10).map(({ id }) => id),
    );
    const named = [all[40], all[3]].map((one) => one?.id as MessageId);
    expect(messages(space, { ids: [...named, `m_${'a'.repeat(32)}`] })).toEqual([all[3], all[40]]);
  });

  it('sees what a unit is about, what is known by it, and which context quoted it', async () => {
    const { alice, bob } = twoSpaces();
    const homes = [newErasing(alice), newErasing(bob)] as const;
    const talk = dialogue('bread', 'Sourdough bread', [
      'I live in Lisbon. My sourdough bread is flat. More sourdough bread!',
      'Fold it.',
    ]);
    for (const home of homes) {
      await home.bring(JSON.stringify([talk]));
      await home.settle();
    }
    const message = messages(alice, {}).find(({ role }) => role === 'user')?.id as MessageId;
    const use = () => alice.read((r) => r.messageUse(message))?.items ?? [];
    expect(use().flatMap(({ contexts }) => contexts)).toEqual([]);
    const bundle = await contextsOf(alice, () => 1_800_000_000_000).compile(
      ContextRequest.parse({ query: 'Why is my sourdough bread flat?', budget: 2_000 }),
      asker,
    );
    const units = use();
    expect(units.flatMap(({ topics }) => topics.map(({ label }) => label))).toContain('sourdough bread');
    expect(units.flatMap(({ memories }) => memories.map(({ text }) => text)).join()).toContain('Lisbon');
    const quoted = new Set(bundle.citations.map(({ acuId }) => acuId as string));
    const known = units.filter(({ contexts }) => contexts.length > 0);
    expect(known.length).toBeGreaterThan(0);
    for (const { acuId, contexts } of known) {
      expect(quoted.has(acuId)).toBe(true);
      expect(contexts).toMatchObject([
        { assemblyId: bundle.id, query: 'Why is my sourdough bread flat?', way: asker.way },
      ]);
    }
    alice.write((w) => w.exclusions.make({ kind: 'message', of: message }, 1));
    expect(use().every(({ excluded }) => excluded)).toBe(true);
    expect(alice.read((r) => r.exclusions.ofMessages(only(alice)))).toEqual([message]);
    // Bob has the very same message: by its name he is told of his own uses alone.
    const his = messages(bob, {}).find(({ role }) => role === 'user')?.id as MessageId;
    const bobs = bob.read((r) => r.messageUse(his))?.items ?? [];
    expect(bobs.length).toBe(units.length);
    expect(bobs.every(({ contexts, excluded }) => contexts.length === 0 && !excluded)).toBe(true);
    expect(bob.read((r) => r.messageUse(`m_${'a'.repeat(32)}` as MessageId))).toBeNull();
  });
});
