/** Two files of one session that went on each in its own way are one conversation; that one of them is on a branch is said. */
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { jsonLinesOf } from '../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';

const said = (role: 'user' | 'assistant', text: string, minute: number) => ({
  timestamp: `2026-05-01T10:${String(minute).padStart(2, '0')}:00Z`,
  type: 'response_item',
  payload: { type: 'message', role, content: [{ type: role === 'user' ? 'input_text' : 'output_text', text }] },
});
const rollout = (...rows: object[]) =>
  jsonLinesOf({ timestamp: '2026-05-01T10:00:00Z', type: 'session_meta', payload: { id: 's1', cwd: '/' } }, ...rows);
const begun = [said('user', 'Which rose?', 1), said('assistant', 'A dog rose.', 2)];
const one = rollout(...begun, said('user', 'Where does it grow?', 3), said('assistant', 'In hedges.', 4));
const other = rollout(...begun, said('user', 'Is it red?', 5), said('assistant', 'It is pink.', 6));
const longer = rollout(
  ...begun,
  said('user', 'Where does it grow?', 3),
  said('assistant', 'In hedges.', 4),
  said('user', 'Thanks.', 7),
);

const shown = (space: UserSpace): (string | null)[] => {
  const [conversation] = space.read((r) => r.conversations.page({ limit: 5 })).items;
  if (conversation === undefined) throw new Error('There is no conversation.');
  const page = space.read((r) => r.conversations.messages(conversation.id, { limit: 50, branches: 'active' }));
  return page?.items.map(({ parts }) => parts[0]?.text ?? null) ?? [];
};

it.each([
  ['the later one second', [one, other]],
  ['the later one first', [other, one]],
])('they are told, %s', async (_, files) => {
  const { alice, bob } = twoSpaces();
  const capture = newCapture(alice);
  const runs = [];
  for (const [ix, bytes] of files.entries()) runs.push(await capture.bring({ bytes, name: `rollout-${ix}.jsonl` }));
  expect(runs[0]?.report.issues).toEqual([]);
  expect(runs[1]?.report.issues).toMatchObject([
    { severity: 'note', code: 'session_goes_two_ways', detail: expect.stringContaining('2 messages') },
  ]);
  expect(shown(alice)).toEqual(['Which rose?', 'A dog rose.', 'Is it red?', 'It is pink.']);
  expect(bob.read((r) => r.counts()).conversations).toBe(0);
});

it('a file that only goes on says nothing of the kind', async () => {
  const { alice } = twoSpaces();
  const capture = newCapture(alice);
  await capture.bring({ bytes: one, name: 'rollout-0.jsonl' });
  const run = await capture.bring({ bytes: longer, name: 'rollout-1.jsonl' });
  expect(run.report).toMatchObject({ conversations: { updated: 1 }, issues: [] });
});
