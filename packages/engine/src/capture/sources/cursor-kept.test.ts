/** What Cursor keeps beside its bubbles: folders, drafts, what was found; chats of its command line; transcripts of before 2026. */
import { describe, expect, it } from 'vitest';
import { conversationsOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';
import { databaseOf } from '../../../../../test/kit/sqlite-files.ts';

const at = 1_767_323_045_000;
const states = `CREATE TABLE cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);`;
const row = (key: string, value: unknown) => ({ key, value: Buffer.from(JSON.stringify(value)) });

describe('a composer', () => {
  const headers = [1, 2].map((type) => ({ bubbleId: `b${type}`, type }));
  const file = (composer: object, one: object, two: object) =>
    databaseOf(states, {
      cursorDiskKV: [
        row('composerData:c', { composerId: 'c', fullConversationHeadersOnly: headers, ...composer }),
        row('bubbleId:c:b1', { bubbleId: 'b1', type: 1, text: 'Why?', ...one }),
        row('bubbleId:c:b2', { bubbleId: 'b2', type: 2, text: 'So.', ...two }),
      ],
    });

  it('says its folder, its branch and what was never sent; times that count from the start of the editor are none', async () => {
    const [found] = await conversationsOf(
      file(
        {
          workspaceIdentifier: { uri: { fsPath: '/home/ada/boat' } },
          createdOnBranch: 'sail',
          text: 'And then',
          subtitle: 'Boat',
        },
        { timingInfo: { clientStartTime: 4_745_281.3, clientRpcSendTime: at } },
        { timingInfo: { clientStartTime: 12.5 } },
      ),
      'cursor',
    );
    expect(found).toMatchObject({
      title: 'Boat',
      projectId: '/home/ada/boat',
      created: { ms: at },
      flags: { git_branch: 'sail', drafts: ['And then'] },
    });
    expect(found?.messages.map(({ created }) => created.ms)).toEqual([at, null]);
  });

  it('keeps what was given with a prompt and what was found for an answer', async () => {
    const [found] = await conversationsOf(
      file(
        {},
        {
          context: {
            terminalSelections: [{ text: '$ sail' }],
            quotes: [{ markdown: 'As you said' }],
            externalLinks: [{ url: 'https://example.org/a' }],
            folderSelections: [{ relativePath: 'src' }],
            selectedImages: [{ uuid: 'i', path: 'a.png' }],
          },
        },
        {
          webReferences: [{ url: 'https://example.org/b', title: 'B' }],
          toolResults: [{ toolName: 'grep', content: 'a.ts' }],
        },
      ),
      'cursor',
    );
    expect(shortly(found)).toEqual([
      [
        'user',
        'human',
        'text: Why?',
        'context: $ sail',
        'context: As you said',
        'context: https://example.org/a',
        'context: src',
        'image: null',
      ],
      ['assistant', 'model', 'text: So.', 'tool_result: a.ts', 'source: null'],
    ]);
  });
});

describe('a chat of the command line', () => {
  const schema =
    'CREATE TABLE blobs (id TEXT PRIMARY KEY, data BLOB); CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);';
  const id = (digit: string) => digit.repeat(64);
  const message = (value: object) => Buffer.from(JSON.stringify(value));
  const messages = {
    [id('2')]: message({
      role: 'assistant',
      id: '2',
      content: [
        { type: 'reasoning', text: 'Hm' },
        { type: 'text', text: 'I look.' },
        { type: 'tool-call', toolCallId: 't', toolName: 'read', args: { path: 'a' } },
      ],
    }),
    [id('1')]: message({
      role: 'user',
      content: '<user_info>\nLinux\n</user_info>\n<user_query>\nMend it\n</user_query>',
    }),
    [id('3')]: message({
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId: 't', toolName: 'read', result: 'let a' }],
    }),
  };
  const root = (...ids: string[]) =>
    Buffer.concat([
      ...ids.flatMap((one) => [Buffer.from([0x0a, 32]), Buffer.from(one, 'hex')]),
      Buffer.from([0x12, 1, 0]),
    ]);
  const store = (meta: object, blobs: object) =>
    databaseOf(schema, {
      meta: [
        {
          key: '0',
          value: Buffer.from(
            JSON.stringify({ agentId: 'g', name: 'Mend it', createdAt: at, lastUsedModel: 'm', ...meta }),
          ).toString('hex'),
        },
      ],
      blobs: Object.entries(blobs).map(([key, data]) => ({ id: key, data })),
    });

  it('is read in the order its root names', async () => {
    const [found] = await conversationsOf(
      store({ latestRootBlobId: id('f') }, { ...messages, [id('f')]: root(id('1'), id('2'), id('3')) }),
      'cursor',
    );
    expect(found).toMatchObject({ externalId: 'g', title: 'Mend it', created: { ms: at }, defaultModel: 'm' });
    expect(shortly(found)).toEqual([
      ['user', 'human', 'context: <user_info>\nLinux\n</user_info>', 'text: Mend it'],
      ['assistant', 'model', 'reasoning: Hm', 'text: I look.', 'tool_call: {"path":"a"}'],
      ['tool', 'tool', 'tool_result: let a'],
    ]);
  });

  it('with a root that is none is read as it came, and one whose message is gone says so', async () => {
    const [found] = await conversationsOf(store({ latestRootBlobId: 'x' }, messages), 'cursor');
    expect(found?.messages).toHaveLength(3);
    const { readings } = await readFile(
      store({ latestRootBlobId: id('f') }, { [id('1')]: messages[id('1')], [id('f')]: root(id('1'), id('9')) }),
    );
    expect(readings).toMatchObject([{ issues: [{ code: 'message_missing' }] }]);
    expect((await readFile(store({}, { [id('1')]: Buffer.from('{') }))).readings).toEqual([]);
  });
});

it('a transcript of text: thoughts, calls with what came of them, and words after them', async () => {
  const text = [
    'user:',
    '<user_query>',
    'Mend the sail',
    '</user_query>',
    '',
    'assistant:',
    '[Thinking] First look',
    'at the seams.',
    '',
    'I look.',
    '[Tool call] Read',
    '  path: sail.ts',
    '  lines: 3',
    '[Tool result] Read',
    '  let sail = 1;',
    'It is torn.',
    'user:',
    'Sew it',
  ].join('\n');
  const [found] = await conversationsOf(text, 'cursor');
  expect(shortly(found)).toEqual([
    ['user', 'human', 'text: Mend the sail'],
    [
      'assistant',
      'model',
      'reasoning: First look\nat the seams.',
      'text: I look.',
      'tool_call: {"path":"sail.ts","lines":"3"}',
      'tool_result: let sail = 1;',
      'text: It is torn.',
    ],
    ['user', 'human', 'text: Sew it'],
  ]);
});
