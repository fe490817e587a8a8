/** Exports that contradict each other: each text is seen, one is kept, or both, and nobody else's conversation changes. */
import type { Conflict, ResolveConflicts, ResolvedConflicts } from '@vivim/contract/conflicts';
import type { ConversationId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { uuidv7 } from '@vivim/contract/random';
import { expect, it } from 'vitest';
import { jsonArchiveOf, standing } from '../../../../test/kit/archives.ts';
import { newCapture } from '../../../../test/kit/capture.ts';
import { newErasing } from '../../../../test/kit/erasing.ts';
import { chatGptConversation } from '../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { ReparseTask } from '../capture/reparse.ts';
import type { UserSpace } from '../space/user-space.ts';
import { conflictHandlers } from './conflicts.ts';

const ownerId = '0197c1f4-0000-7000-8000-000000000001';
const clock = () => 1_790_000_000_000;

/** One conversation as an export of a day has it: its question as it stood then, and an answer that never changed. */
const exportOf = (day: number, question: string, id = 'letter'): string =>
  JSON.stringify([
    {
      ...chatGptConversation(id, 'Letter', [
        { id: `${id}-q`, parent: null, role: 'user', text: question },
        { id: `${id}-a`, parent: `${id}-q`, role: 'assistant', text: 'Noted.' },
      ]),
      update_time: 1_750_000_000 + day * 86_400,
    },
  ]);

function home(space: UserSpace) {
  const kit = newErasing(space, { clock });
  const handlers = conflictHandlers({ space, clock, wake: () => {} });
  const fail = (error: unknown): never => {
    throw error;
  };
  const task = new ReparseTask({ space, clock, onUnreadable: fail });
  return {
    ...kit,
    list: (query: object = {}): Page<Conflict> => handlers.listConflicts({ query: { limit: 50, ...query } } as never),
    decide: async (keep: ResolveConflicts['keep'], conversationIds: ConversationId[] | null = null) => {
      const verb = { id: uuidv7(), operation: 'resolveConflicts', requestHash: 'h' };
      const answer = handlers.resolveConflicts({ body: { keep, conversationIds }, verb } as never);
      while (task.pending() > 0) await task.step();
      await kit.settle();
      return answer as ResolvedConflicts;
    },
    async resolve(keep: ResolveConflicts['keep'], conversationIds: ConversationId[] | null = null) {
      return (await this.decide(keep, conversationIds)).conversations;
    },
  };
}

const idOf = (space: UserSpace): ConversationId => {
  const [first] = space.read((r) => r.conversations.page({ limit: 1 })).items;
  if (first === undefined) throw new Error('There is no conversation.');
  return first.id;
};
const said = (space: UserSpace, branches: 'active' | 'all' = 'active') =>
  space
    .read((r) => r.conversations.messages(idOf(space), { limit: 20, branches }))
    ?.items.map(({ parts }) => parts[0]?.text);

const [older, newer] = [exportOf(0, 'Draft one.'), exportOf(1, 'Draft two, rewritten.')];

it.each([
  ['in order', [older, newer]],
  ['the older export last', [newer, older]],
])('are listed with both texts, and decided: %s', async (_, files) => {
  const { alice, bob } = twoSpaces();
  const [hers, his] = [home(alice), home(bob)];
  for (const file of files) await hers.bring({ bytes: file, name: 'conversations.json' });
  await his.bring({ bytes: newer, name: 'conversations.json' });
  await hers.settle();
  expect(hers.list().items).toMatchObject([
    {
      title: 'Letter',
      count: 1,
      rule: null,
      messages: [{ newest: 'Draft two, rewritten.', older: 'Draft one.' }],
    },
  ]);
  expect(said(alice)).toEqual(['Draft two, rewritten.', 'Noted.']);

  expect(await hers.resolve('oldest')).toBe(1);
  expect(said(alice)).toEqual(['Draft one.', 'Noted.']);
  expect([hers.list().items, hers.list({ decided: true }).items.map(({ rule }) => rule)]).toEqual([[], ['oldest']]);

  expect(await hers.resolve('newest', [idOf(alice)])).toBe(1);
  expect(said(alice)).toEqual(['Draft two, rewritten.', 'Noted.']);

  await hers.resolve('both');
  expect(said(alice, 'all')?.toSorted()).toEqual(['Draft one.', 'Draft two, rewritten.', 'Noted.']);
  expect(said(alice)).toEqual(['Draft two, rewritten.', 'Noted.']);

  expect([his.list().items, said(bob)]).toEqual([[], ['Draft two, rewritten.', 'Noted.']]);
});

it('stay decided when a later export comes in', async () => {
  const { alice } = twoSpaces();
  const hers = home(alice);
  for (const file of [older, newer]) await hers.bring({ bytes: file, name: 'conversations.json' });
  await hers.resolve('oldest');
  const run = await hers.bring({ bytes: exportOf(2, 'Draft three.'), name: 'conversations.json' });
  expect(run.report.issues).toEqual([]);
  await hers.settle();
  expect(said(alice)).toEqual(['Draft one.', 'Noted.']);
});

it.each(['newest', 'oldest', 'both'] as const)('are not told of again once %s was decided', async (keep) => {
  const { alice } = twoSpaces();
  const hers = home(alice);
  for (const file of [older, newer]) await hers.bring({ bytes: file, name: 'conversations.json' });
  await hers.resolve(keep);
  for (const file of [older, newer, exportOf(2, 'Draft three.'), exportOf(0, 'Draft none.')]) {
    const run = await hers.bring({ bytes: `${file} `, name: 'conversations.json' });
    expect(run.report.issues).toEqual([]);
  }
  expect(hers.list().items).toEqual([]);
});

it('are taken back, many at once, to what each was before', async () => {
  const { alice, bob } = twoSpaces();
  const [hers, his] = [home(alice), home(bob)];
  for (const day of [0, 1])
    for (const id of ['a', 'b', 'c'])
      for (const one of [hers, his])
        await one.bring({ bytes: exportOf(day, `${id} on day ${day}.`, id), name: 'conversations.json' });
  const [first] = hers.list().items;
  await hers.resolve('both', [first?.conversationId as ConversationId]);
  const before = hers.list({ decided: true, whole: true });
  const { conversations, before: held } = await hers.decide('oldest');
  expect([conversations, held.map(({ keep, conversationIds }) => [keep, conversationIds.length])]).toEqual([
    3,
    expect.arrayContaining([
      [null, 2],
      ['both', 1],
    ]),
  ]);
  for (const one of held) await hers.decide(one.keep, one.conversationIds);
  expect(hers.list({ decided: true, whole: true })).toEqual(before);
  expect(his.list().items).toHaveLength(3);
});

it('show texts whole where they are asked for whole', async () => {
  const { alice } = twoSpaces();
  const hers = home(alice);
  const [long, longer] = ['a'.repeat(900), 'b'.repeat(900)];
  for (const [day, text] of [long, longer].entries()) await hers.bring({ bytes: exportOf(day, text), name: 'a.json' });
  expect(hers.list({ whole: true }).items[0]?.messages).toMatchObject([{ role: 'user', newest: longer, older: long }]);
  expect(hers.list().items[0]?.messages[0]?.newest.length).toBe(200);
});

it('move with the account, and so does what was decided', async () => {
  const alice = newSpace({ ownerId });
  const hers = home(alice);
  for (const file of [older, newer]) await hers.bring({ bytes: file, name: 'conversations.json' });
  await hers.resolve('oldest');
  const there = newSpace({ ownerId });
  const moved = home(there);
  const arriving = newCapture(there, standing);
  await arriving.bring({ bytes: await jsonArchiveOf(alice), name: 'space.zip' });
  await moved.settle();
  expect(moved.list({ decided: true })).toEqual(hers.list({ decided: true }));
  expect(moved.list({ decided: true }).items).toHaveLength(1);
});

it('are no conflict where a text only goes on; one is told once, and without a word of it', async () => {
  const { alice } = twoSpaces();
  const hers = home(alice);
  await hers.bring({ bytes: exportOf(0, 'Draft'), name: 'conversations.json' });
  const grown = await hers.bring({ bytes: exportOf(1, 'Draft, finished.'), name: 'conversations.json' });
  expect([grown.report.issues, hers.list().items]).toEqual([[], []]);
  const changed = await hers.bring({ bytes: exportOf(2, 'Something else.'), name: 'conversations.json' });
  expect(changed.report.issues).toMatchObject([{ code: 'conflict', severity: 'note' }]);
  expect(JSON.stringify(changed.report.issues)).not.toMatch(/Draft|Something/);
});

it('show nothing of a message that was erased', async () => {
  const { alice } = twoSpaces();
  const hers = home(alice);
  for (const file of [older, newer]) await hers.bring({ bytes: file, name: 'conversations.json' });
  await hers.settle();
  const [conflict] = hers.list().items;
  await hers.erase('message', [conflict?.messages[0]?.messageId ?? '']);
  await hers.settle();
  expect(JSON.stringify(hers.list({ decided: true }))).not.toMatch(/Draft/);
  await hers.resolve('both');
  expect(JSON.stringify(said(alice, 'all'))).not.toMatch(/Draft/);
});

it('go page by page, and are decided for those named alone', async () => {
  const { alice } = twoSpaces();
  const hers = home(alice);
  for (const day of [0, 1])
    for (const id of ['a', 'b', 'c'])
      await hers.bring({ bytes: exportOf(day, `${id} on day ${day}.`, id), name: 'conversations.json' });
  const first = hers.list({ limit: 2 });
  const second = hers.list({ limit: 2, cursor: first.nextCursor });
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
  const [named] = second.items;
  expect(await hers.resolve('both', named === undefined ? [] : [named.conversationId])).toBe(1);
  expect(hers.list().items).toHaveLength(2);
});
