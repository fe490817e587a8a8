/**
 * Exports of one account, of different times: whatever the order they come in, and however often, the memory ends the same. What
 * differs is the history of imports alone.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { type ChatGptTurn, chatGptConversation } from '../../../../test/kit/exports.ts';
import { newSpace } from '../../../../test/kit/spaces.ts';
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

async function after(order: readonly number[]): Promise<unknown> {
  const space = newSpace();
  const capture = newCapture(space);
  for (const [ix, age] of order.entries())
    await capture.bring({ bytes: JSON.stringify(ages[age]), name: `${ix}.json` });
  return memory(space);
}

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
