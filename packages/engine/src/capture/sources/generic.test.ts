import { describe, expect, it } from 'vitest';
import { conversationsOf, jsonLinesOf, shortly } from '../../../../../test/kit/source-files.ts';
import { type CanonicalConversation, noContext } from '../canonical.ts';
import { readGenericConversation } from './generic.ts';

const read = (messages: unknown[]): CanonicalConversation => {
  const reading = readGenericConversation({ externalId: 'c', messages }, noContext);
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  return reading.conversation;
};
const tree = (messages: unknown[]) => read(messages).messages.map(({ key, parentKey }) => [key, parentKey]);

describe('the generic format', () => {
  it('chains messages that name no parents, even where a program wrote null', () => {
    const message = (externalId: string) => ({ externalId, parentId: null, role: 'user', content: 'x' });
    expect(tree([message('a'), message('b')])).toEqual([
      ['a', null],
      ['b', 'a'],
    ]);
  });

  it('follows parents where they are named', () => {
    expect(
      tree([
        { externalId: 'a', role: 'user', content: '1' },
        { externalId: 'b', parentId: 'a', role: 'assistant', content: '2' },
        { externalId: 'c', parentId: 'a', role: 'assistant', content: '3' },
        { externalId: 'd', role: 'user', content: '4' },
        { externalId: 'e', parentId: null, role: 'user', content: '5' },
      ]),
    ).toEqual([
      ['a', null],
      ['b', 'a'],
      ['c', 'a'],
      ['d', 'c'],
      ['e', null],
    ]);
  });

  it('gives a message without an id the same key again, and twins keys of their own', () => {
    const list = [
      { role: 'user', content: 'hi' },
      { role: 'user', content: 'hi' },
    ];
    const keys = tree(list).map(([key]) => key);
    expect(new Set(keys).size).toBe(2);
    expect(tree(list).map(([key]) => key)).toEqual(keys);
    const roots = [
      { role: 'user', content: 'hi', parentId: null },
      { role: 'user', content: 'hi', parentId: null },
      { role: 'user', content: 'x', parentId: 'gone' },
    ];
    expect(new Set(tree(roots).map(([key]) => key)).size).toBe(3);
  });

  it.each([
    ['user', 'user', 'human', null],
    ['AI', 'assistant', 'model', null],
    ['developer', 'system', 'runtime', null],
    ['Caroline', 'user', 'human', 'Caroline'],
  ])('takes the role %s as %s, %s', (role, expected, authorKind, authorName) => {
    expect(read([{ role, content: 'x' }]).messages[0]).toMatchObject({ role: expected, authorKind, authorName });
  });

  it('reads content in parts, and keeps what it does not know', () => {
    expect(
      read([{ role: 'user', content: ['a', { type: 'text', text: 'b' }, { image: 1 }] }]).messages[0]?.parts,
    ).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'text', text: 'b' },
      { kind: 'raw', text: null, json: '{"image":1}' },
    ]);
  });
});

describe('what is nearly the generic format', () => {
  const turns = [
    { role: 'user', content: 'Herons?' },
    { role: 'assistant', content: 'They wade.' },
  ];
  const expected = [
    ['user', 'human', 'text: Herons?'],
    ['assistant', 'model', 'text: They wade.'],
  ];
  it.each([
    ['a bare list of messages', JSON.stringify(turns)],
    ['a message a line', jsonLinesOf(...turns)],
    [
      'contents as Gemini takes them',
      JSON.stringify(
        turns.map(({ role, content }) => ({ role: role === 'user' ? role : 'model', parts: [{ text: content }] })),
      ),
    ],
    [
      'senders and texts',
      JSON.stringify(
        turns.map(({ role, content }) => ({ sender: role === 'user' ? 'Human' : 'Claude', text: content })),
      ),
    ],
    [
      'turns under `conversations`',
      JSON.stringify({
        conversations: turns.map(({ role, content }) => ({ from: role === 'user' ? role : 'chatgpt', text: content })),
      }),
    ],
  ])('%s is one conversation', async (_, file) => {
    const found = await conversationsOf(file, 'generic');
    expect(found.map(shortly)).toEqual([expected]);
  });

  it('a list of lists of messages is as many', async () => {
    const found = await conversationsOf(JSON.stringify([turns, [turns[0]]]), 'generic');
    expect(found.map(({ messages }) => messages.length)).toEqual([2, 1]);
  });

  it('a talk as browser extensions save it has its title, link and times', async () => {
    const saved = {
      metadata: {
        title: 'Birds',
        dates: { created: '3/6/2025 10:12:44', updated: '3/6/2025 10:14:02' },
        link: 'https://chatgpt.com/c/67c9abcd1234',
        powered_by: 'ChatGPT Exporter',
      },
      messages: [
        { role: 'Prompt', say: 'Herons?', time: '3/6/2025 10:12:44' },
        { role: 'Response', say: 'They wade.', time: '3/6/2025 10:12:55' },
      ],
    };
    const [found] = await conversationsOf(JSON.stringify(saved), 'generic');
    expect(shortly(found)).toEqual(expected);
    expect(found).toMatchObject({
      title: 'Birds',
      externalId: '67c9abcd1234',
      flags: { link: saved.metadata.link },
      created: { ms: Date.UTC(2025, 2, 6, 10, 12, 44) },
      messages: [{}, { created: { ms: Date.UTC(2025, 2, 6, 10, 12, 55) } }],
    });
  });

  it('a talk in the interchange format of the Data Transfer Initiative has its times, and names only where there are several people', async () => {
    const of = (...people: readonly string[]) => ({
      details: {
        createdBy: 'Heron AI',
        startTime: '2026-05-14T17:42:00Z',
        endTime: '2026-05-14T17:47:30Z',
        modality: 'text',
      },
      identifiers: people.map((name) => ({ name, type: 'email', identifier: `${name.toLowerCase()}@example.org` })),
      messages: [
        ...people.map((name) => ({
          sentAt: '2026-05-14T17:42:00Z',
          sender: `${name.toLowerCase()}@example.org`,
          text: `${name} asks`,
        })),
        { sentAt: '2026-05-14T17:42:08Z', sender: 'AI', text: 'They wade.', channel: 'Web' },
      ],
    });
    const read = async (...people: readonly string[]) => {
      const [found] = await conversationsOf(JSON.stringify(of(...people)), 'generic');
      return found?.messages.map(({ role, authorName, created }) => [role, authorName, created.ms]);
    };
    const at = Date.UTC(2026, 4, 14, 17, 42);
    expect(await read('Jo')).toEqual([
      ['user', null, at],
      ['assistant', null, at + 8_000],
    ]);
    expect(await read('Jo', 'Kim')).toEqual([
      ['user', 'Jo', at],
      ['user', 'Kim', at],
      ['assistant', null, at + 8_000],
    ]);
    const [found] = await conversationsOf(JSON.stringify(of('Jo')), 'generic');
    expect(found).toMatchObject({ created: { ms: at }, updated: { ms: at + 330_000 } });
  });
});
