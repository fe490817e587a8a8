/**
 * Exports of one account, of different times: whatever the order they come in, and however often, the memory ends the same. What
 * differs is the history of imports alone.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { type ChatGptTurn, chatGptConversation } from '../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../space/user-space.ts';

const at = 1_750_000_000;
const turn = (id: string, parent: string | null, role: 'user' | 'assistant', text: string): ChatGptTurn => ({
  id,
  parent,
  role,
  text,
});

/** As the account was at three times: a conversation that grows and is renamed, one that is edited, one that branches, one that goes. */
const ages: readonly object[][] = [
  [
    { ...chatGptConversation('grows', 'Tomatoes', [turn('g0', null, 'user', 'When do I sow?')]), update_time: at },
    {
      ...chatGptConversation('edited', 'Letter', [
        turn('e0', null, 'user', 'Draft one.'),
        turn('e1', 'e0', 'assistant', 'Noted.'),
      ]),
      update_time: at,
    },
    { ...chatGptConversation('goes', 'Gone later', [turn('x0', null, 'user', 'Only here.')]), update_time: at },
  ],
  [
    {
      ...chatGptConversation('grows', 'Tomatoes', [
        turn('g0', null, 'user', 'When do I sow?'),
        turn('g1', 'g0', 'assistant', 'In spring.'),
      ]),
      update_time: at + 100,
    },
    {
      ...chatGptConversation('edited', 'Letter', [
        turn('e0', null, 'user', 'Draft two.'),
        turn('e1', 'e0', 'assistant', 'Noted.'),
      ]),
      update_time: at + 100,
    },
    {
      ...chatGptConversation('branches', 'Trip', [
        turn('b0', null, 'user', 'Where to?'),
        turn('b1', 'b0', 'assistant', 'To the sea.'),
      ]),
      update_time: at + 100,
    },
  ],
  [
    {
      ...chatGptConversation('grows', 'Tomatoes in pots', [
        turn('g0', null, 'user', 'When do I sow?'),
        turn('g1', 'g0', 'assistant', 'In spring.'),
        turn('g2', 'g1', 'user', 'Thanks.'),
      ]),
      update_time: at + 200,
    },
    {
      ...chatGptConversation('branches', 'Trip', [
        turn('b0', null, 'user', 'Where to?'),
        turn('b2', 'b0', 'assistant', 'To the hills.'),
      ]),
      update_time: at + 200,
    },
  ],
];

/** Everything that is remembered, and nothing of when it came in. */
function memory(space: UserSpace): unknown {
  const items = space.read((r) => r.conversations.page({ limit: 50 })).items;
  return items
    .map((item) => {
      const whole = space.read((r) => r.conversations.find(item.id));
      const { firstImportId: _, lastImportId: __, ...conversation } = whole ?? { firstImportId: '', lastImportId: '' };
      const messages = space.read((r) =>
        r.conversations.messages(item.id, { limit: 50, branches: 'all', hidden: true }),
      )?.items;
      const units = (messages ?? []).map(({ id }) =>
        space
          .read((r) => r.acus.listForMessage(id, { limit: 50 }))
          ?.items.map(({ id: unit, text, state, type }) => [unit, text, state, type]),
      );
      return { conversation, messages, units };
    })
    .sort((a, b) => (JSON.stringify(a.conversation) < JSON.stringify(b.conversation) ? -1 : 1));
}

/** The whole account as a zip that says whose it is and when it was made. */
const exportOf = (age: number): Uint8Array => {
  const made = new Date((at + age * 100_000) * 1_000);
  return zipOf([
    { name: 'conversations.json', bytes: JSON.stringify(ages[age]), at: made },
    {
      name: 'user.json',
      bytes: JSON.stringify({ id: 'user-1', email: 'a@example.org', chatgpt_plus_user: false }),
      at: made,
    },
  ]);
};

async function after(order: readonly number[]): Promise<unknown> {
  const space = newSpace();
  const capture = newCapture(space);
  for (const [ix, age] of order.entries()) await capture.bring({ bytes: exportOf(age), name: `${ix}.zip` });
  return memory(space);
}

const marked = (space: UserSpace): (string | null)[] =>
  space
    .read((r) => r.conversations.page({ limit: 50 }))
    .items.filter(({ deletedInSourceAt }) => deletedInSourceAt !== null)
    .map(({ title }) => title)
    .sort();

it('marks what the newest export of the account lacks, for whoever had it', async () => {
  const { alice, bob } = twoSpaces();
  const capture = newCapture(alice);
  await capture.bring({ bytes: exportOf(0), name: '0.zip' });
  expect(marked(alice)).toEqual([]);
  const second = await capture.bring({ bytes: exportOf(1), name: '1.zip' });
  expect(marked(alice)).toEqual(['Gone later']);
  expect(second.report.issues).toMatchObject([
    { code: 'conflict', severity: 'note' },
    { code: 'deleted_in_source', severity: 'note' },
  ]);
  await capture.bring({ bytes: exportOf(2), name: '2.zip' });
  expect(marked(alice)).toEqual(['Gone later', 'Letter']);
  // A single file is no account: what the account's own exports say stands.
  await capture.bring({ bytes: JSON.stringify(ages[0]), name: 'conversations.json' });
  expect(marked(alice)).toEqual(['Gone later', 'Letter']);
  await newCapture(bob).bring({ bytes: exportOf(0), name: '0.zip' });
  expect(marked(bob)).toEqual([]);
});

it('ends the same in any order, and however often one comes again', async () => {
  const expected = await after([0, 1, 2]);
  const orders = fc.shuffledSubarray([0, 0, 1, 1, 2, 2], { minLength: 6, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      expect(await after(order)).toEqual(expected);
    }),
    { numRuns: 12, examples: [[[2, 1, 0]], [[1, 0, 2]], [[2, 0, 1]]].map(([order]) => [order as number[]]) },
  );
});
