/** Backups and exports of chat programs nobody wrote a reader for: the generic one brings their conversations in, and names what it left. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { readFile, shortly } from '../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { scatteredIn } from './scattered.ts';

const at = Date.parse('2025-01-05T10:00:00Z');
const said = (role: string, content: unknown, rest: object = {}) => ({ role, content, ...rest });
const talk = [said('user', 'a', { timestamp: at }), said('assistant', 'b')];
const expected = [
  ['user', 'human', 'text: a'],
  ['assistant', 'model', 'text: b'],
];

const shapes: Record<string, unknown> = {
  'chats beside folders': {
    version: 1,
    chats: [{ id: 'c', title: 'T', createdAt: at, messages: talk }],
    folders: { f: {} },
  },
  'chats in data': { data: { chats: [{ id: 'c', chatTitle: 'T', createdAt: at, messages: talk }], folders: [] } },
  'a store of the browser': {
    'some-web-store': {
      sessions: [
        {
          id: 's',
          topic: 'T',
          messages: [
            said('user', 'a', { date: '1/5/2025, 10:00:00 AM' }),
            said('assistant', 'b', { date: '2025/1/5 10:00:05' }),
          ],
        },
      ],
    },
    access: { key: 'x' },
  },
  'a key for each session': {
    'session-list': [{ id: 's', name: 'T' }],
    'session:s': {
      id: 's',
      name: 'T',
      messages: [
        { id: '1', role: 'user', contentParts: [{ type: 'text', text: 'a' }], timestamp: at },
        { id: '2', role: 'assistant', contentParts: [{ type: 'text', text: 'b' }] },
      ],
    },
  },
  fragments: {
    conversations: [
      {
        id: 'c',
        autoTitle: 'T',
        created: at,
        messages: [
          { role: 'user', fragments: [{ ft: 'content', part: { pt: 'text', text: 'a' } }] },
          { role: 'assistant', fragments: [{ ft: 'content', part: { pt: 'text', text: 'b' } }] },
        ],
      },
    ],
  },
  'the speaker as the key': {
    title: 'T',
    created: at,
    messages: [{ User: { id: 'u', content: [{ Text: 'a' }] } }, { Agent: { content: [{ Text: 'b' }] } }],
  },
  'an object of chats': { chats: { c: { id: 'c', title: 'T', created_at: at, messages: talk } } },
  'authors instead of roles': {
    conversation: {
      title: 'T',
      messages: [
        { author: 'human', text: 'a', creationTime: at * 1000 },
        { author: 'Claude', text: 'b' },
      ],
    },
  },
  'prompts and responses of a page': {
    meta: { exported_at: '2025-01-05 10:00:00', title: 'T' },
    created: at,
    chats: [
      { index: 0, type: 'prompt', message: [{ type: 'p', data: 'a' }] },
      { index: 1, type: 'response', message: [{ type: 'p', data: 'b' }] },
    ],
  },
};

describe('a backup of a chat program', () => {
  it.each(Object.entries(shapes))('with %s comes in with roles, title and time', async (_, value) => {
    const { source, readings } = await readFile(JSON.stringify(value));
    const [reading] = readings;
    expect([source, readings.length, reading?.outcome]).toEqual(['generic', 1, 'conversation']);
    if (reading?.outcome !== 'conversation') return;
    expect(shortly(reading.conversation)).toEqual(expected);
    expect(reading.conversation.title).toBe('T');
    expect(reading.conversation.created.ms ?? reading.conversation.messages[0]?.created.ms).toBe(at);
  });

  it('with one list for all conversations is one for each thread, by its title', async () => {
    const value = {
      exportType: 'sessions',
      state: {
        messages: talk.flatMap((message) => [
          { ...message, topicId: 's' },
          { ...message, topicId: 't' },
        ]),
        topics: [
          { id: 's', title: 'S' },
          { id: 't', title: 'T' },
        ],
      },
    };
    const { readings } = await readFile(JSON.stringify(value));
    expect(
      readings.map((one) => one.outcome === 'conversation' && [one.conversation.title, shortly(one.conversation)]),
    ).toEqual([
      ['S', expected],
      ['T', expected],
    ]);
  });

  it('names what lay beside the conversations', async () => {
    const { notes } = await readFile(JSON.stringify(shapes['a store of the browser']));
    expect(notes).toMatchObject([{ code: 'beside_not_imported', detail: expect.stringContaining('"access"') }]);
  });

  it('keeps tools and thoughts of blocks apart from words', async () => {
    const blocks = [
      said('user', [{ type: 'text', text: 'go' }], { ts: at }),
      said('assistant', [
        { type: 'thinking', thinking: 'hm' },
        { type: 'tool_use', id: 't', name: 'read', input: {} },
      ]),
      said('user', [{ type: 'tool_result', tool_use_id: 't', content: 'x' }]),
    ];
    const { readings } = await readFile(JSON.stringify(blocks));
    const [reading] = readings;
    expect(reading?.outcome === 'conversation' && shortly(reading.conversation)).toEqual([
      ['user', 'human', 'text: go'],
      ['assistant', 'model', 'reasoning: hm', 'tool_call: {}'],
      ['user', 'tool', 'tool_result: x'],
    ]);
  });

  it('comes in for its owner, and for nobody else', async () => {
    const { alice, bob } = twoSpaces();
    const before = bob.version;
    const run = await newCapture(alice).bring({
      bytes: Buffer.from(JSON.stringify(shapes['a key for each session'])),
      name: 'b.json',
    });
    expect(run.report.conversations.added).toBe(1);
    expect(bob.version).toBe(before);
    expect(bob.read((r) => r.conversations.page({ limit: 5 })).items).toEqual([]);
  });
});

it('finds nothing in what holds no conversation, and ends for anything', () => {
  expect(scatteredIn({ prompts: [{ messages: [said('user', 'only a template')] }] })).toBeNull();
  fc.assert(fc.property(fc.jsonValue(), (value) => void scatteredIn(value)));
});
