/** Backups and exports of chat programs whose messages do not hold their words themselves, or hold more than words. */
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { conversationsOf, readFile, shortly } from '../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';

const at = '2026-01-02T03:04:05.000Z';

describe('a backup of Cherry Studio', () => {
  const block = (id: string, messageId: string, type: string, rest: object) => ({
    id,
    messageId,
    type,
    createdAt: at,
    ...rest,
  });
  const backup = (blocks: readonly object[]) => ({
    time: 1_767_323_045_000,
    version: 5,
    localStorage: {
      'persist:cherry-studio': JSON.stringify({
        assistants: JSON.stringify({ assistants: [{ id: 'as', name: 'A', topics: [{ id: 't', name: 'Herons' }] }] }),
        settings: '{}',
      }),
    },
    indexedDB: {
      topics: [
        {
          id: 't',
          messages: [
            { id: 'u', role: 'user', topicId: 't', createdAt: at, blocks: ['b1', 'b2'] },
            {
              id: 'm',
              role: 'assistant',
              topicId: 't',
              askId: 'u',
              model: { id: 'x', name: 'M' },
              createdAt: at,
              blocks: ['b3', 'b4', 'b5', 'gone'],
            },
          ],
        },
      ],
      message_blocks: blocks,
      files: [],
    },
  });
  const blocks = [
    block('b1', 'u', 'main_text', { content: 'Which bird?' }),
    block('b2', 'u', 'image', { file: { id: 'f', name: 'f.png', origin_name: 'heron.png', type: 'image' } }),
    block('b3', 'm', 'thinking', { content: 'Long legs.', thinking_millsec: 5 }),
    block('b4', 'm', 'tool', { toolId: 'c', toolName: 'look', arguments: { q: 1 }, content: 'grey' }),
    block('b5', 'm', 'main_text', { content: 'A heron.' }),
  ];
  const expected = [
    ['user', 'human', 'text: Which bird?', 'image: null'],
    [
      'assistant',
      'model',
      'reasoning: Long legs.',
      'tool_call: {"q":1}',
      'tool_result: grey',
      'text: A heron.',
      expect.stringMatching(/^raw: .*gone$/s),
    ],
  ];

  it('has its texts where their messages name them, and its titles', async () => {
    const [found, ...rest] = await conversationsOf(JSON.stringify(backup(blocks)), 'generic');
    expect(rest).toEqual([]);
    expect(shortly(found)).toEqual(expected);
    expect(found).toMatchObject({ title: 'Herons', externalId: 't' });
    expect(found?.messages[0]?.parts[1]?.attachment).toMatchObject({ externalId: 'f', name: 'heron.png' });
  });

  it('comes in out of its archive, for one person and nobody else', async () => {
    const { alice, bob } = twoSpaces();
    const bytes = zipOf([{ name: 'data.json', bytes: JSON.stringify(backup(blocks)) }]);
    const run = await newCapture(alice).bring({ bytes, name: 'cherry-studio.zip' });
    expect(run.report).toMatchObject({ conversations: { added: 1, degraded: 1 }, messages: { added: 2 } });
    expect(bob.read((r) => r.conversations.page({ limit: 5 })).items).toEqual([]);
  });

  it('whose texts are not in it is refused, and not taken for one without words', async () => {
    await expect(readFile(JSON.stringify(backup([])))).rejects.toMatchObject({ code: 'import_format_unknown' });
  });
});

it('Chatbox: what stood in the place of an answer is a branch, talks begun anew are conversations', async () => {
  const say = (id: string, role: string, text: string) => ({ id, role, contentParts: [{ type: 'text', text }] });
  const session = {
    id: 's',
    name: 'Birds',
    messages: [
      say('1', 'user', 'Herons?'),
      { ...say('2', 'assistant', 'They wade.'), reasoningContent: 'Legs.', files: [{ id: 'f', name: 'a.pdf' }] },
    ],
    messageForksHash: {
      1: {
        position: 1,
        createdAt: 1,
        lists: [
          { id: 'l', messages: [say('0', 'assistant', 'They fly.')] },
          { id: 'k', messages: [] },
        ],
      },
    },
    threads: [
      {
        id: 'th',
        name: 'Owls',
        createdAt: 1_767_323_045_000,
        messages: [say('8', 'user', 'Owls?'), say('9', 'assistant', 'At night.')],
      },
    ],
  };
  const found = await conversationsOf(JSON.stringify({ __version: 1, __source: 'chatbox', session }), 'generic');
  expect(found.map(({ title, externalId, branchPoints }) => [title, externalId, branchPoints])).toEqual([
    ['Birds', 's', 1],
    ['Owls', 'th', 0],
  ]);
  expect(found[0]?.messages.map(({ key, parentKey, onActivePath }) => [key, parentKey, onActivePath])).toEqual([
    ['1', null, true],
    ['0', '1', false],
    ['2', '1', true],
  ]);
  expect(shortly(found[0])[2]).toEqual(['assistant', 'model', 'reasoning: Legs.', 'text: They wade.', 'file: null']);
});

it('HuggingChat: ancestors are the tree', async () => {
  const say = (id: string, from: string, content: string, ancestors: readonly string[], rest: object = {}) => ({
    id,
    from,
    content,
    ancestors,
    createdAt: at,
    ...rest,
  });
  const conversation = {
    _id: '665f00aa11',
    title: 'Birds',
    model: 'org/model',
    rootMessageId: 'r',
    messages: [
      say('r', 'system', '', []),
      say('u', 'user', 'Herons?', ['r'], { files: ['file-665f-1.png'] }),
      say('a', 'assistant', 'They wade.', ['r', 'u'], { reasoning: 'Legs.' }),
      say('b', 'assistant', 'They fly.', ['r', 'u']),
    ],
  };
  const [found] = await conversationsOf(JSON.stringify([conversation]), 'generic');
  expect(found).toMatchObject({ externalId: '665f00aa11', title: 'Birds', branchPoints: 1, defaultModel: 'org/model' });
  expect(found?.messages.map(({ key, parentKey }) => [key, parentKey])).toEqual([
    ['r', null],
    ['u', 'r'],
    ['a', 'u'],
    ['b', 'u'],
  ]);
  expect(shortly(found).slice(1, 3)).toEqual([
    ['user', 'human', 'text: Herons?', 'image: null'],
    ['assistant', 'model', 'reasoning: Legs.', 'text: They wade.'],
  ]);
});

it('OpenRouter: messages by their ids, with what they hold elsewhere, in the order of their times', async () => {
  const text = (type: string, words: string) => ({ data: { type: 'message', content: [{ type, text: words }] } });
  const file = {
    version: 'orpg.3.0',
    title: 'Birds',
    characters: { c: { id: 'c', model: 'org/model' } },
    messages: {
      m2: {
        id: 'm2',
        type: 'assistant',
        characterId: 'c',
        createdAt: '2026-01-02T00:00:09Z',
        items: [
          { id: 'i2', type: 'reasoning' },
          { id: 'i3', type: 'message' },
        ],
      },
      m1: {
        id: 'm1',
        type: 'user',
        characterId: 'USER',
        createdAt: '2026-01-02T00:00:00Z',
        items: [{ id: 'i1', type: 'message' }],
      },
    },
    items: {
      i1: text('input_text', 'Herons?'),
      i2: { data: { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Legs.' }] } },
      i3: text('output_text', 'They wade.'),
    },
  };
  const [found] = await conversationsOf(JSON.stringify(file), 'generic');
  expect(found?.title).toBe('Birds');
  expect(found?.messages.map(({ model }) => model)).toEqual([null, 'org/model']);
  expect(shortly(found)).toEqual([
    ['user', 'human', 'text: Herons?'],
    ['assistant', 'model', 'reasoning: Legs.', 'text: They wade.'],
  ]);
});

it('Qwen: the text of an answer stands in its phases, and a chat that was shared has its parents', async () => {
  const messages = [
    { id: 'u', role: 'user', content: 'Herons?', timestamp: 1_767_323_045, parentId: null, childrenIds: ['a', 'b'] },
    {
      id: 'a',
      role: 'assistant',
      content: '',
      parentId: 'u',
      childrenIds: [],
      content_list: [
        { phase: 'think', content: 'Legs.' },
        { phase: 'answer', content: 'They wade.' },
      ],
    },
    { id: 'b', role: 'assistant', content: 'They fly.', reasoning_content: 'Wings.', parentId: 'u', childrenIds: [] },
  ];
  const shared = { success: true, data: { id: 'q', title: 'Birds', created_at: at, chat: { messages } } };
  const [found] = await conversationsOf(JSON.stringify(shared), 'openwebui');
  expect(found).toMatchObject({ externalId: 'q', title: 'Birds', branchPoints: 1 });
  expect(shortly(found)).toEqual([
    ['user', 'human', 'text: Herons?'],
    ['assistant', 'model', 'reasoning: Legs.', 'text: They wade.'],
    ['assistant', 'model', 'reasoning: Wings.', 'text: They fly.'],
  ]);
});
