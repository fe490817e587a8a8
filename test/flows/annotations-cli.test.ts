/** Tags, archiving, bookmarks and notes in the terminal: a real server, two people. */
import { Annotation, AnnotationResult } from '@vivim/contract/annotation';
import { ConversationSummary } from '@vivim/contract/conversation';
import { ConversationFacets } from '@vivim/contract/conversation-list';
import { page } from '@vivim/contract/page';
import { SearchResult } from '@vivim/contract/search';
import { beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import { answerOf } from '../kit/command.ts';
import { dialogue } from '../kit/exports.ts';
import { useTerminals } from '../kit/terminals.ts';

const { run: vivim, signIn } = useTerminals();
const json = async <T extends z.ZodType>(profile: string, schema: T, args: readonly string[], stdin?: string) =>
  answerOf(schema, await vivim(profile, [...args, '--json'], stdin));
const listed = async (profile: string, ...options: string[]) =>
  (await json(profile, page(ConversationSummary), ['conversations', ...options])).items.map(({ title }) => title);

beforeAll(async () => {
  await signIn([
    dialogue('a', 'Harbour', ['The harbour begins in spring.', 'It needs a crane.']),
    dialogue('b', 'Bread', ['The bakery sells rye.', 'Good.']),
  ]);
}, 120_000);

it('put conversations in order, say how each is taken back, and take it back', { timeout: 120_000 }, async () => {
  const { items } = await json('alice', page(ConversationSummary), ['conversations']);
  const [harbour, bread] = ['Harbour', 'Bread'].map((title) => items.find((one) => one.title === title)?.id as string);
  const tagged = await vivim('alice', ['conversations', 'tag', 'Thesis work', harbour, bread].map(String));
  expect(tagged.stdout).toContain(`vivim conversations untag "Thesis work"`);
  expect(await listed('alice', '--tag', 'thesis WORK')).toHaveLength(2);
  const archived = await json('alice', AnnotationResult, ['conversations', 'archive', String(bread)]);
  expect(archived).toMatchObject({ changed: 1, undo: [{ kind: 'archive', of: bread, on: false }] });
  expect(await listed('alice', '--archived', 'only')).toEqual(['Bread']);
  expect((await vivim('alice', ['search', 'rye'])).stdout).toContain('Bread');
  expect((await vivim('alice', ['conversations', 'undo'], JSON.stringify(archived))).stdout).toContain('1 change');

  expect((await vivim('alice', ['conversations', 'note', String(harbour), '-'], 'Ask the *harbourmaster*.')).code).toBe(
    0,
  );
  const again = await vivim('alice', ['conversations', 'note', String(harbour), 'Ask', 'Rui.']);
  expect(again.stdout).toContain('It said before:\nAsk the *harbourmaster*.');
  expect((await json('alice', SearchResult, ['search', 'Rui'])).notes.map(({ note }) => note.text)).toEqual([
    'Ask Rui.',
  ]);
  expect((await vivim('alice', ['conversations', 'bookmark', String(harbour)])).stdout).toContain('1 bookmarked');
  expect(await listed('alice', '--bookmarked')).toEqual(['Harbour']);

  // Bob has the very same conversations, and nothing hangs on his.
  expect((await json('bob', ConversationFacets, ['conversations', 'tags'])).tags).toEqual([]);
  expect((await json('bob', page(Annotation), ['conversations', 'notes'])).items).toEqual([]);
  expect((await json('bob', SearchResult, ['search', 'Rui'])).notes).toEqual([]);
});

it('refuse what names nothing, in words', async () => {
  const wrong = await vivim('alice', ['conversations', 'archive', 'm_nothing']);
  expect(wrong.code).not.toBe(0);
  expect(wrong.stderr).toContain('m_nothing names no conversation.');
  expect((await vivim('alice', ['conversations', 'archive', `c_${'a'.repeat(32)}`])).code).not.toBe(0);
  expect((await vivim('alice', ['conversations', 'undo'], 'nonsense')).stderr).toContain(
    'vivim conversations undo < said.json',
  );
});
