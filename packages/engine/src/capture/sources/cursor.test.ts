import { describe, expect, it } from 'vitest';
import { conversationsOf, jsonLinesOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';
import { databaseOf } from '../../../../../test/kit/sqlite-files.ts';

const tables = `
  CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);
  CREATE TABLE cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);`;
const row = (key: string, value: unknown) => ({
  key,
  value: value === null ? null : Buffer.from(JSON.stringify(value)),
});

describe('the state of Cursor', () => {
  it('holds composers with a bubble for each message', async () => {
    const file = databaseOf(tables, {
      cursorDiskKV: [
        row('composerData:c1', {
          composerId: 'c1',
          name: 'Fix login',
          createdAt: 1750000000000,
          unifiedMode: 'agent',
          fullConversationHeadersOnly: [
            { bubbleId: 'b1', type: 1 },
            { bubbleId: 'b2', type: 2 },
            { bubbleId: 'b3', type: 2 },
          ],
        }),
        row('bubbleId:c1:b1', {
          bubbleId: 'b1',
          type: 1,
          text: 'Fix it',
          context: { fileSelections: [{ uri: { fsPath: '/a.ts' } }] },
        }),
        row('bubbleId:c1:b2', {
          bubbleId: 'b2',
          type: 2,
          text: '',
          thinking: { text: 'hmm' },
          toolFormerData: {
            name: 'read_file',
            rawArgs: '{"path":"a.ts"}',
            result: '{"contents":"x"}',
            status: 'completed',
          },
          modelInfo: { modelName: 'claude-x' },
        }),
        row('composerData:empty', { composerId: 'empty', fullConversationHeadersOnly: [] }),
        row('composerData:gone', null),
        row('composerData:old', {
          composerId: 'old',
          conversation: [
            { bubbleId: 'o1', type: 1, text: 'q' },
            { bubbleId: 'o2', type: 2, text: 'a' },
          ],
        }),
      ],
    });
    const { source, readings } = await readFile(file);
    expect(source).toBe('cursor');
    const found = readings.map((reading) => (reading.outcome === 'conversation' ? reading.conversation : undefined));
    expect(found.map((one) => one?.externalId)).toEqual(['c1', 'old']);
    expect(shortly(found[0])).toEqual([
      ['user', 'human', 'text: Fix it', 'file: null'],
      ['assistant', 'model', 'reasoning: hmm', 'tool_call: {"path":"a.ts"}', 'tool_result: {"contents":"x"}'],
      ['assistant', 'model'],
    ]);
    expect(found[0]).toMatchObject({ title: 'Fix login', defaultModel: 'claude-x', flags: { mode: 'agent' } });
    const [first] = readings;
    expect(first?.outcome === 'conversation' && first.issues.map(({ code, path }) => [code, path])).toEqual([
      ['message_missing', 'bubbles/2'],
    ]);
  });

  it('holds tabs of the older panel, and composers of a workspace', async () => {
    const file = databaseOf('CREATE TABLE ItemTable (key TEXT PRIMARY KEY, value TEXT)', {
      ItemTable: [
        row('workbench.panel.aichat.view.aichat.chatdata', {
          tabs: [
            {
              tabId: 't',
              chatTitle: 'T',
              bubbles: [
                { type: 'user', text: 'Hi' },
                { type: 'ai', rawText: 'Hello', modelType: 'gpt' },
              ],
            },
          ],
        }),
        row('composer.composerData', {
          allComposers: [
            {
              composerId: 'w',
              conversation: [
                { type: 1, richText: '{"root":{"children":[{"type":"paragraph","children":[{"text":"Rich"}]}]}}' },
              ],
            },
          ],
        }),
      ],
    });
    const found = await conversationsOf(file, 'cursor');
    expect(found.map(shortly)).toEqual([
      [['user', 'human', 'text: Rich']],
      [
        ['user', 'human', 'text: Hi'],
        ['assistant', 'model', 'text: Hello'],
      ],
    ]);
  });
});

it('bubbles that stand in the composer itself are read, and thoughts that stand in a list', async () => {
  const file = databaseOf(tables, {
    cursorDiskKV: [
      row('composerData:c1', {
        composerId: 'c1',
        fullConversationHeadersOnly: [
          { bubbleId: 'b1', type: 1 },
          { bubbleId: 'b2', type: 2 },
        ],
        conversationMap: {
          b1: { bubbleId: 'b1', type: 1, text: 'Herons?' },
          b2: { bubbleId: 'b2', type: 2, text: 'They wade.', allThinkingBlocks: [{ thinking: 'Birds' }] },
        },
      }),
    ],
  });
  const [found] = await conversationsOf(file, 'cursor');
  expect(shortly(found)).toEqual([
    ['user', 'human', 'text: Herons?'],
    ['assistant', 'model', 'reasoning: Birds', 'text: They wade.'],
  ]);
});

it('the transcript of an agent is a conversation: what was asked, what was done, what came of it', async () => {
  const said = (role: string, ...content: unknown[]) => ({ role, message: { content } });
  const text = (words: string) => ({ type: 'text', text: words });
  const file = jsonLinesOf(
    said('user', text('<open_files>a.ts</open_files>\n<user_query>\nHerons?\n</user_query>')),
    said('assistant', text('I look.'), { type: 'tool_use', name: 'Read', input: { path: 'a.ts' } }),
    said('user', { type: 'tool_result', content: 'let a' }),
    said('assistant', text('They wade.')),
    { type: 'turn_ended', status: 'success' },
  );
  const [found] = await conversationsOf(file, 'cursor');
  expect(shortly(found)).toEqual([
    ['user', 'human', 'context: <open_files>a.ts</open_files>', 'text: Herons?'],
    ['assistant', 'model', 'text: I look.', 'tool_call: {"path":"a.ts"}'],
    ['user', 'tool', 'tool_result: let a'],
    ['assistant', 'model', 'text: They wade.'],
  ]);
  expect((await readFile(file)).readings).toMatchObject([{ issues: [{ code: 'rows_not_messages' }] }]);
});
