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

it('those of a clock that was wrong stand where they came in, not before all others until their day comes', async () => {
  const { alice, bob } = twoSpaces();
  let now = 1_800_000_000_000;
  const hers = newCapture(alice, () => now);
  const dated = (id: string, at: number) => JSON.stringify([dialogue(id, id, ['When?', 'Then.'], at)]);
  await hers.bring(dated('before', 1_799_000_000));
  await hers.bring(dated('to come', 1_900_000_000));
  // A clock that is ahead by hours is not wrong.
  await hers.bring(dated('this evening', 1_800_000_000 + 6 * 3_600));
  now += 10 * 86_400_000;
  await hers.bring(dated('after', 1_800_500_000));
  const titles = () => pages(alice).map(({ title }) => title);
  expect(titles()).toEqual(['after', 'this evening', 'to come', 'before']);
  // Its own time is told as it came.
  expect(pages(alice)[2]?.createdAt).toBe(new Date(1_900_000_000_000).toISOString());
  // Said more of, it stands where that came in.
  await hers.bring(JSON.stringify([dialogue('to come', 'to come', ['When?', 'Then.', 'Really?'], 1_900_000_000)]));
  expect(titles()[0]).toBe('to come');
  expect(pages(bob)).toEqual([]);
});
