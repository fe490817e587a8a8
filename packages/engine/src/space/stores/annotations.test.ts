/**
 * Bookmarks, notes, tags and archiving: each step takes back exactly what it did, lists and search heed them, what is imported or
 * read again keeps them, and Bob, who has the same conversations, sees none of Alice's.
 */

import type { AnnotationStep } from '@vivim/contract/annotation';
import { AppError } from '@vivim/contract/errors';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { chatGptConversation, dialogue } from '../../../../../test/kit/exports.ts';
import { runs } from '../../../../../test/kit/property-runs.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../user-space.ts';
import type { ConversationFilter } from './conversation-filter.ts';

const talks = [
  dialogue('bread', 'Sourdough bread', ['My bread is flat.', 'Fold it more often.']),
  dialogue('roses', 'Roses', ['My roses bloom.', 'How nice.', 'They are red.', 'Indeed.']),
  dialogue('boat', 'Zinc boat', ['The boat rusts.', 'Paint it.']),
];
const all = JSON.stringify(talks);
let alice: UserSpace;
let bob: UserSpace;
const page = (space: UserSpace, filter: ConversationFilter & { sort?: 'oldest' | 'longest' | 'title' } = {}) =>
  space.read((r) => r.conversations.page({ limit: 50, ...filter })).items;
const idOf = (space: UserSpace, title: string) => page(space).find((one) => one.title === title)?.id as ConversationId;
const messagesOf = (space: UserSpace, title: string) =>
  space.read((r) => r.conversations.messages(idOf(space, title), { limit: 50, branches: 'all' }))?.items ?? [];
const take = (space: UserSpace, steps: AnnotationStep[], at = 1_000) =>
  space.write((w) => w.annotations.take(steps, at));
const state = (space: UserSpace) =>
  space
    .read((r) => r.annotations.page({ limit: 200 }))
    .items.map(({ kind, conversationId, messageId, text }) => `${kind} ${messageId ?? conversationId} ${text}`)
    .sort();
const titles = (space: UserSpace, filter: ConversationFilter = {}) =>
  page(space, filter)
    .map(({ title }) => title)
    .sort();

beforeEach(async () => {
  ({ alice, bob } = twoSpaces());
  for (const space of [alice, bob]) await newCapture(space).bring(all);
});

describe('what a person hangs on conversations', () => {
  it('is told with each of them, and is nobody else’s', () => {
    const bread = idOf(alice, 'Sourdough bread');
    const reply = messagesOf(alice, 'Sourdough bread')[1]?.id as MessageId;
    const { changed, undo } = take(alice, [
      { kind: 'tag', of: bread, tag: 'Kitchen', on: true },
      { kind: 'tag', of: bread, tag: 'kitchen', on: true },
      { kind: 'bookmark', of: bread, on: true },
      { kind: 'bookmark', of: reply, on: true },
      { kind: 'note', of: reply, text: '  Try **folding** at noon.  ' },
      { kind: 'archive', of: bread, on: true },
    ]);
    expect(changed).toBe(5);
    expect(page(alice).find(({ id }) => id === bread)).toMatchObject({
      tags: ['Kitchen'],
      archivedAt: '1970-01-01T00:00:01.000Z',
      bookmarkedAt: '1970-01-01T00:00:01.000Z',
      bookmarkedMessages: 1,
      notes: 1,
    });
    expect(alice.read((r) => r.annotations.search('folded', 5)).map(({ note }) => note)).toMatchObject([
      { messageId: reply, text: 'Try **folding** at noon.', conversationTitle: 'Sourdough bread', here: true },
    ]);
    expect(state(bob)).toEqual([]);
    expect(bob.read((r) => r.annotations.search('folding', 5))).toEqual([]);
    expect(page(bob).every(({ tags, archivedAt, notes }) => tags.length + notes === 0 && archivedAt === null)).toBe(
      true,
    );
    expect(take(alice, undo).changed).toBe(5);
    expect(state(alice)).toEqual([]);
    expect(alice.read((r) => r.annotations.search('folding', 5))).toEqual([]);
  });

  it('is taken back to the letter, whatever was done', () => {
    const of = [idOf(alice, 'Roses'), idOf(alice, 'Zinc boat')] as const;
    const message = messagesOf(alice, 'Roses').map(({ id }) => id);
    const step = fc.oneof(
      fc.record({ kind: fc.constant('archive' as const), of: fc.constantFrom(...of), on: fc.boolean() }),
      fc.record({ kind: fc.constant('bookmark' as const), of: fc.constantFrom(...of, ...message), on: fc.boolean() }),
      fc.record({
        kind: fc.constant('tag' as const),
        of: fc.constantFrom(...of),
        tag: fc.constantFrom('Work', 'work', 'été'),
        on: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant('note' as const),
        of: fc.constantFrom(...of, ...message),
        text: fc.constantFrom('', 'a', 'b **c**'),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const before = state(alice);
        const { undo, changed } = take(alice, steps as AnnotationStep[]);
        expect(undo).toHaveLength(changed);
        if (undo.length > 0) take(alice, undo);
        expect(state(alice)).toEqual(before);
      }),
      { numRuns: runs(60) },
    );
  });

  it('filters lists, and orders go on behind their cursors', () => {
    const [bread, boat] = [idOf(alice, 'Sourdough bread'), idOf(alice, 'Zinc boat')];
    const { undo } = take(alice, [
      { kind: 'archive', of: boat, on: true },
      { kind: 'tag', of: bread, tag: 'Kitchen', on: true },
      { kind: 'bookmark', of: messagesOf(alice, 'Roses')[0]?.id as MessageId, on: true },
      { kind: 'note', of: boat, text: 'Sold.' },
    ]);
    expect(titles(alice, { archived: 'hide' })).toEqual(['Roses', 'Sourdough bread']);
    expect(titles(alice, { archived: 'only' })).toEqual(['Zinc boat']);
    expect(titles(alice)).toHaveLength(3);
    expect(titles(alice, { tag: 'KITCHEN' })).toEqual(['Sourdough bread']);
    expect(titles(alice, { bookmarked: true })).toEqual(['Roses']);
    expect(titles(alice, { noted: true })).toEqual(['Zinc boat']);
    expect(titles(alice, { noted: false, bookmarked: false })).toEqual(['Sourdough bread']);
    expect(page(alice, { sort: 'title' }).map(({ title }) => title)).toEqual(['Roses', 'Sourdough bread', 'Zinc boat']);
    expect(page(alice, { sort: 'longest' })[0]?.title).toBe('Roses');
    for (const sort of ['latest', 'oldest', 'longest', 'title'] as const) {
      const seen: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const next = alice.read((r) => r.conversations.page({ limit: 1, sort, ...(cursor ? { cursor } : {}) }));
        seen.push(...next.items.map(({ id }) => id));
        if (next.nextCursor === null) break;
        cursor = next.nextCursor;
      }
      expect(seen).toEqual(alice.read((r) => r.conversations.page({ limit: 50, sort })).items.map(({ id }) => id));
    }
    expect(alice.read((r) => r.conversationFacets({ archived: 'hide' }))).toEqual({
      matching: 2,
      conversations: 3,
      archived: 1,
      bookmarked: 1,
      noted: 1,
      sources: [{ value: 'chatgpt', conversations: 3 }],
      models: expect.anything(),
      tags: [{ value: 'Kitchen', conversations: 1 }],
    });
    expect(bob.read((r) => r.conversationFacets({}))).toMatchObject({ matching: 3, archived: 0, tags: [] });
    take(alice, undo);
  });

  it('says nothing of what is not here, and then does none of the steps', () => {
    const bread = idOf(alice, 'Sourdough bread');
    const nobodys = `m_${'a'.repeat(32)}` as MessageId;
    expect(() =>
      take(alice, [
        { kind: 'archive', of: bread, on: true },
        { kind: 'bookmark', of: nobodys, on: true },
      ]),
    ).toThrow(AppError);
    expect(state(alice)).toEqual([]);
  });

  it('stays on a conversation that grows, and on a message that is in it no more', async () => {
    const space = twoSpaces().alice;
    const capture = newCapture(space);
    await capture.bring(all);
    const reply = messagesOf(space, 'Sourdough bread')[1]?.id as MessageId;
    const bread = idOf(space, 'Sourdough bread');
    take(space, [
      { kind: 'tag', of: bread, tag: 'Kitchen', on: true },
      { kind: 'note', of: reply, text: 'Noon.' },
      { kind: 'archive', of: bread, on: true },
    ]);
    const before = state(space);
    const grown = chatGptConversation(
      'bread',
      'Sourdough bread',
      [0, 1, 2].map((n) => ({
        id: `bread-${n}`,
        parent: n === 0 ? null : `bread-${n - 1}`,
        role: n === 1 ? ('assistant' as const) : ('user' as const),
        text: ['My bread is flat.', 'Fold it more often.', 'It is high now.'][n] as string,
      })),
      1_790_000_000,
    );
    await capture.bring(JSON.stringify([grown]));
    expect(page(space).find(({ id }) => id === bread)?.messageCount).toBe(3);
    expect(state(space)).toEqual(before);
  });
});
