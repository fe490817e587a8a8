/** Group chats of ChatGPT: each person by name, the model as the model, and what is of no shape known here kept as it came. */
import { expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { conversationsOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';

const group = {
  id: 'g-1',
  name: 'Trip to the coast',
  created_at: '2026-02-01T10:00:00Z',
  participants: [{ id: 'u1', display_name: 'Nora' }, { user: { user_id: 2, name: 'Omar' } }],
  messages: [
    {
      id: 'm1',
      author: { id: 'u1', role: 'user' },
      content: { content_type: 'text', parts: ['Where to?'] },
      created_at: 1770000000,
    },
    { id: 'm2', sender_id: 2, text: 'The lighthouse.' },
    { id: 'm3', author: { role: 'assistant' }, content: { content_type: 'text', parts: ['It opens at nine.'] } },
    {
      id: 'm4',
      sender: 'Zoe',
      content: ['See you there', { content_type: 'image_asset_pointer', asset_pointer: 'sediment://file_1' }],
    },
    { id: 'm5', reaction: { emoji: 'up' } },
  ],
};

it('a group chat comes in with everybody who speaks in it', async () => {
  const [chat] = await conversationsOf(JSON.stringify({ chats: [group] }), 'chatgpt');
  expect(shortly(chat)).toEqual([
    ['user', 'human', 'text: Where to?'],
    ['user', 'human', 'text: The lighthouse.'],
    ['assistant', 'model', 'text: It opens at nine.'],
    ['user', 'human', 'text: See you there', 'image: null'],
    ['user', 'human', 'raw: id: m5\nreaction:\n  emoji: up'],
  ]);
  expect(chat?.messages.map(({ authorName }) => authorName)).toEqual(['Nora', 'Omar', null, 'Zoe', null]);
  expect(chat).toMatchObject({
    title: 'Trip to the coast',
    flags: { group_chat: true, participants: ['Nora', 'Omar'] },
  });
});

it('one with a mapping is read as every conversation of ChatGPT', async () => {
  const [chat] = await conversationsOf(JSON.stringify({ chats: [dialogue('g', 'T', ['Hi', 'Hello'])] }), 'chatgpt');
  expect(chat?.messages).toHaveLength(2);
});

it('a list of chats that holds no messages is no group chat', async () => {
  await expect(readFile(JSON.stringify({ chats: [{ id: 'g' }] }))).rejects.toMatchObject({
    code: 'import_format_unknown',
  });
});

it('beside the conversations of an export it comes in for its owner, and for nobody else', async () => {
  const { alice, bob } = twoSpaces();
  const json = (name: string, value: unknown) => ({ name, bytes: JSON.stringify(value) });
  const bytes = zipOf([
    json('conversations.json', [dialogue('c', 'T', ['Hi', 'Hello'])]),
    json('group_chats.json', { chats: [group] }),
  ]);
  const run = await newCapture(alice).bring({ bytes, name: 'export.zip' });
  expect(run.report).toMatchObject({ conversations: { added: 2 }, messages: { added: 7 } });
  expect(run.report.issues.map(({ path, code }) => [path, code])).toEqual([
    ['group_chats.json#0/messages/4', 'content_unknown'],
  ]);
  expect(bob.read((r) => r.counts()).conversations).toBe(0);
});
