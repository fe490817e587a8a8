/** Conversations without a time stand behind those that have one, the newest import first, page by page. */
import type { ConversationSummary } from '@vivim/contract/conversation';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../user-space.ts';

const undated = (name: string) => ({
  bytes: JSON.stringify({
    messages: [
      { role: 'user', content: `What is ${name}?` },
      { role: 'assistant', content: `It is ${name}.` },
    ],
  }),
  name: `${name}.jsonl`,
});

function pages(space: UserSpace) {
  const shown: ConversationSummary[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = space.read((r) => r.conversations.page({ limit: 2, cursor }));
    shown.push(...page.items);
    if (page.nextCursor === null) return shown;
    cursor = page.nextCursor;
  }
}

it('are last, and no page leaves one out or shows one twice', async () => {
  const { alice, bob } = twoSpaces();
  let now = 1_800_000_000_000;
  const hers = newCapture(alice, () => now++);
  const dated = (id: string, at: number) => JSON.stringify([dialogue(id, id, ['When?', 'Then.'], at)]);
  await hers.bring(dated('old', 1_000_000_000));
  for (const name of ['tea', 'jam', 'rye']) await hers.bring(undated(name));
  await hers.bring(dated('new', 1_700_000_000));
  const shown = pages(alice);
  expect(shown.slice(0, 2).map(({ title }) => title)).toEqual(['new', 'old']);
  expect(shown.slice(2).map(({ createdAt }) => createdAt)).toEqual([null, null, null]);
  const said = shown
    .slice(2)
    .map(({ id }) => JSON.stringify(alice.read((r) => r.conversations.messages(id, { limit: 1, branches: 'all' }))));
  expect(said.map((text) => /tea|jam|rye/.exec(text)?.[0])).toEqual(['rye', 'jam', 'tea']);
  expect(pages(bob)).toEqual([]);
});
